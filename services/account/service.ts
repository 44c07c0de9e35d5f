// The account service on one screen: who people are, how they sign in, and what other services may know of it.
import { defineService } from "@rose-ash/platform/app";
import { answers } from "./answers.ts";
import { commands } from "./commands.ts";
import { settings } from "./config.ts";
import { account } from "./contract.ts";
import { mounts } from "./oidc/doors.ts";
import { personalData } from "./personal-data.ts";
import { reactions } from "./reactions.ts";
import { routes } from "./routes.ts";
import { createStore } from "./store.ts";

export const service = defineService({
  name: "account",
  folder: import.meta.dirname,
  settings,
  createStore,
  contract: account,
  answers,
  reactions,
  personalData,
  mounts,
  routes,
  commands,
});
