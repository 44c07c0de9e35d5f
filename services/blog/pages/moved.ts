// Old addresses: where a post was reachable before, and the redirects that came with an import.

import type { Answer, PageRequest } from "@rose-ash/platform/app";
import { matchRedirect, normalAddresses } from "../import/addresses.ts";
import type { BlogParts } from "../routes.ts";

/** Addresses that other blog programs give their feeds. */
const feeds: Readonly<Record<string, string>> = {
  "/feed/": "/rss.xml",
  "/feed/rss/": "/rss.xml",
  "/feed/rss2/": "/rss.xml",
  "/feed/atom/": "/atom.xml",
  "/rss/": "/rss.xml",
  "/atom/": "/atom.xml",
};

export function movedAddress({ store, now }: BlogParts) {
  return async (request: PageRequest): Promise<Answer> => {
    const feed = feeds[request.path.endsWith("/") ? request.path : `${request.path}/`];
    if (feed) return { kind: "redirect", to: feed, status: 301 };
    const moved = await store.movedPost(normalAddresses(request.path, request.query), now());
    if (moved !== null) return { kind: "redirect", to: encodeURI(moved), status: 301 };
    const match = matchRedirect(await store.redirects(), request.path, request.query);
    if (!match) return { kind: "not-found" };
    const { to, status } = match;
    return to.startsWith("/")
      ? { kind: "redirect", to, status }
      : { kind: "redirect", to, status, offsite: true };
  };
}
