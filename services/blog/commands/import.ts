// The command `import`: takes over a WordPress or Ghost site, or an export of this blog. The work is in
// ../import/import.ts; here its options are read, its refusals told and its report printed.

import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Command, Refusal, WrongUsage } from "@rose-ash/platform/app";
import { type ImportTarget, importFile } from "../import/import.ts";
import { ImportRefusal } from "../import/imported-site.ts";
import { writeReport } from "../import/report.ts";
import type { BlogParts } from "../routes.ts";

const usage = "FILE [--redirects FILE] [--images DIR] [--from URL]";

export function importCommand(blog: BlogParts): Command {
  return {
    help: `${usage}: takes over a WordPress (.xml) or Ghost (.json) export`,
    async run(args, session) {
      const { file, redirects, images, from } = readOptions(args);
      const inFolder = (path: string | undefined) => (path === undefined ? null : resolve(session.cwd, path));
      const request = {
        file: resolve(session.cwd, file),
        redirectsFile: inFolder(redirects),
        imagesFolder: inFolder(images),
        from: from ?? null,
      };
      try {
        const report = await importFile(request, importTarget(blog), session);
        for (const line of writeReport(report)) session.print(line);
        return { report };
      } catch (error) {
        if (!(error instanceof ImportRefusal)) throw error;
        throw new Refusal(`Nothing was imported from ${file}. ${error.message}`, { cause: error });
      }
    },
  };
}

/** The running blog as the pipeline sees it. */
export function importTarget({ store, media, origin, site, now }: BlogParts): ImportTarget {
  return { store, media, origin, searchLanguage: site.language, now: now() };
}

function readOptions(args: string[]) {
  const text = { type: "string" } as const;
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { redirects: text, images: text, from: text },
    });
    const [file] = positionals;
    if (file !== undefined && positionals.length === 1) return { ...values, file };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.split(". ", 1)[0] : String(cause);
    throw new WrongUsage(`${why}: import blog ${usage}.`);
  }
  throw new WrongUsage(`Say which file: import blog ${usage}.`);
}
