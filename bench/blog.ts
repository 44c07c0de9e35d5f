// The blog: a post page and the front page of a site with 1,000 posts, from request to the last byte of the
// answer, against a bare handler that runs the same queries on the same embedded database.

import { openBlogSite } from "./blog-site.ts";
import type { Comparison } from "./comparison.ts";
import { compare, type Effort } from "./measure.ts";

const pages = [
  { title: "A post page", path: "/post-500/", bounds: [{ row: "blog", floor: 2.5, goal: null }] },
  { title: "The front page", path: "/", bounds: [] },
];

/** Measures the two pages. */
export async function* compareBlog(effort: Effort): AsyncGenerator<Comparison> {
  const site = await openBlogSite();
  try {
    for (const { title, path, bounds } of pages) {
      const bare = await site.bareHandler(path);
      const { length } = await site.ask(path);
      const contenders = [
        { name: "bare handler", run: bare },
        { name: "blog", run: () => site.ask(path) },
      ];
      const rows = await compare(contenders, { ...effort, sliceMs: effort.sliceMs * 5 });
      yield { title: `${title} (${(length / 1000).toFixed(1)} kB)`, base: "bare handler", rows, bounds };
    }
  } finally {
    await site.close();
  }
}
