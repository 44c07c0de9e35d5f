// The service “sample” on one screen: its parts, for the app factory.
import { defineService } from "@rose-ash/platform/app";
import { settings } from "./config.ts";
import { routes } from "./routes.ts";
import { createStore } from "./store.ts";

export const service = defineService({
  name: "sample",
  folder: import.meta.dirname,
  settings,
  createStore,
  routes,
});
