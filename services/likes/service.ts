// The service “likes” on one screen: its parts, for the app factory. Only other services ask it anything.
import { defineService } from "@rose-ash/platform/app";
import { answers } from "./answers.ts";
import { settings } from "./config.ts";
import { likes } from "./contract.ts";
import { personalData } from "./personal-data.ts";
import { createStore } from "./store.ts";

export const service = defineService({
  name: "likes",
  folder: import.meta.dirname,
  settings,
  createStore,
  contract: likes,
  answers,
  personalData,
});
