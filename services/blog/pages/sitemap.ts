// The sitemap: every address that a visitor may read.

import type { Answer, PageRequest } from "@rose-ash/platform/app";
import type { BlogParts } from "../routes.ts";
import { element } from "../xml.ts";

/** The most addresses that the sitemap protocol allows in one file. */
const most = 50_000;

export function sitemap({ store, origin, now }: BlogParts) {
  return async (_request: PageRequest): Promise<Answer> => {
    const addresses = await store.addresses(now());
    const entries = addresses
      .slice(0, most - 1)
      .map(
        ({ path, updatedAt }) =>
          `<url>${element("loc", origin + encodeURI(path))}${element("lastmod", updatedAt.toISOString())}</url>`,
      );
    const front = `<url>${element("loc", `${origin}/`)}</url>`;
    const body = `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${front}${entries.join("")}</urlset>\n`;
    return { kind: "document", type: "application/xml", body, cache: "public" };
  };
}
