// The command `export`: the whole content as one JSON document that `import` takes in elsewhere. Its shape is in
// ../import/own-export.ts. Passwords of posts are not in it, pictures are named by their addresses (they are in a
// backup); drafts are in it, so only its owner may read the file.

import { link, rm, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { type Command, Refusal, WrongUsage } from "@rose-ash/platform/app";
import type { BlogParts } from "../routes.ts";
import { readWholeSite } from "../whole-site.ts";

export function exportCommand({ database, origin, site, now }: BlogParts): Command {
  return {
    help: "FILE.json: writes posts, pages, tags, authors, menus and redirects into one file that import reads",
    async run(args, session) {
      const [name] = args;
      if (name === undefined || args.length !== 1 || name.startsWith("-"))
        throw new WrongUsage("Say which file: export blog FILE.json.");
      const file = resolve(session.cwd, name);
      session.progress("Reading everything");
      const whole = await readWholeSite(database, { origin, site, now: now() });
      await writeNew(file, `${JSON.stringify(whole, null, 1)}\n`);
      const { posts, tags, authors, redirects } = whole;
      const counts = {
        posts: posts.length,
        tags: tags.length,
        authors: authors.length,
        redirects: redirects.length,
      };
      session.print(
        `Wrote ${counts.posts} posts and pages, ${counts.tags} tags, ${counts.authors} authors and ${counts.redirects} redirects to ${file}.`,
      );
      session.print(
        "Pictures are not in it: import it with --images, naming a copy of the blog's media folder.",
      );
      return { report: { file, ...counts } };
    },
  };
}

/** The file appears whole or not at all, and never over another one. */
async function writeNew(file: string, text: string): Promise<void> {
  const beside = `${file}.${process.pid}.part`;
  try {
    await writeFile(beside, text, { mode: 0o600, flag: "wx" });
    await link(beside, file);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    if (code === "EEXIST")
      throw new Refusal(`Nothing was exported: ${file} exists already. Name another file, or delete it.`);
    throw new Refusal(`Nothing was exported: ${file} cannot be written (${code}). Check the folder.`, {
      cause: error,
    });
  } finally {
    await rm(beside, { force: true });
  }
}
