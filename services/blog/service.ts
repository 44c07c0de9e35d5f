// The blog: posts, pages, tags and authors for visitors to read, and the commands that fill it.

import { defineService } from "@rose-ash/platform/app";
import { commands } from "./commands.ts";
import { blogSettings } from "./config.ts";
import { movedAddress } from "./pages/moved.ts";
import { routes } from "./routes.ts";
import { shell } from "./shell.ts";
import { createStore } from "./store.ts";

export const service = defineService({
  name: "blog",
  folder: import.meta.dirname,
  settings: blogSettings,
  createStore,
  routes,
  shell,
  movedAddress,
  commands,
});
