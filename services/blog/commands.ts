// What the blog does from the command line.

import type { Command } from "@rose-ash/platform/app";
import type { BlogParts } from "./routes.ts";

export function commands(_blog: BlogParts): Record<string, Command> {
  return {};
}
