// What the blog does from the command line: take over other sites, publish a Markdown file, hand everything out,
// fill itself with a demonstration. A command a line; what each does is in its file in commands/.

import type { Command } from "@rose-ash/platform/app";
import { demoCommand } from "./commands/demo.ts";
import { exportCommand } from "./commands/export.ts";
import { importCommand } from "./commands/import.ts";
import { postCommand } from "./commands/post.ts";
import type { BlogParts } from "./routes.ts";

export function commands(blog: BlogParts): Record<string, Command> {
  return {
    import: importCommand(blog),
    post: postCommand(blog),
    export: exportCommand(blog),
    demo: demoCommand(blog),
  };
}
