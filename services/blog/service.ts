// The blog: posts, pages, tags and authors for visitors to read, the desk at which editors write them, and the
// commands that fill it.

import { defineService } from "@rose-ash/platform/app";
import { answers } from "./answers.ts";
import { commands } from "./commands.ts";
import { blogSettings } from "./config.ts";
import { blog } from "./contract.ts";
import { movedAddress } from "./pages/moved.ts";
import { personalData } from "./personal-data.ts";
import { reactions } from "./reactions.ts";
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
  contract: blog,
  answers,
  reactions,
  personalData,
  commands,
});
