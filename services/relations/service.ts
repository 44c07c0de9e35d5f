// The service “relations” on one screen: its parts, for the app factory. Only other services ask it anything, and
// it knows no person: who changed an edge is in the fact that tells of the change.
import { defineService } from "@rose-ash/platform/app";
import { answers } from "./answers.ts";
import { settings } from "./config.ts";
import { relations } from "./contract.ts";
import { createStore } from "./store.ts";

export const service = defineService({
  name: "relations",
  folder: import.meta.dirname,
  settings,
  createStore,
  contract: relations,
  answers,
});
