// The command `demo`: fills an empty blog with a small invented co-op. Running it again changes nothing; a blog
// that has posts of its own is left alone.

import type { Command } from "@rose-ash/platform/app";
import { demoImages, demoSite } from "../demo/demo-site.ts";
import { importSite } from "../import/import.ts";
import { keyPrefixOf } from "../import/source-keys.ts";
import type { BlogParts } from "../routes.ts";
import { importTarget } from "./import.ts";

export function demoCommand(blog: BlogParts): Command {
  return {
    help: "fills an empty blog with a small invented co-op",
    async run(_args, session) {
      const site = await demoSite();
      const others = await blog.store.countOtherPosts(keyPrefixOf(site));
      if (others > 0) {
        session.print(`This blog has ${others} posts of its own: the demo was left out.`);
        return { report: { added: 0, others } };
      }
      const options = { folder: demoImages(), from: null, fetchImages: false };
      const { taken } = await importSite(site, options, importTarget(blog), session);
      const added = taken.posts.added + taken.pages.added;
      session.print(added > 0 ? `The demo is in: ${added} posts and pages.` : "The demo was in already.");
      return { report: { added, others } };
    },
  };
}
