// What robots are asked: everything may be read but the answers of the search and what is the
// editors'.

import type { Answer } from "@rose-ash/platform/app";
import type { BlogParts } from "../routes.ts";

export function robots({ origin }: BlogParts) {
  const body = `User-agent: *\nDisallow: /search/\nDisallow: /admin/\n\nSitemap: ${origin}/sitemap.xml\n`;
  return (): Answer => ({ kind: "document", type: "text/plain", body, cache: "public" });
}
