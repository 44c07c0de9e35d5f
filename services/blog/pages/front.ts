// The front page: the newest posts, pinned ones first.

import {
  type Answer,
  askedPage,
  hasPage,
  type PageRequest,
  pageNonsense,
  pagingView,
} from "@rose-ash/platform/app";
import { cachingFor } from "../caching.ts";
import { cardOf, dateWriter } from "../card.ts";
import { pageHead } from "../head.ts";
import { talliesOf } from "../likes.ts";
import type { BlogParts } from "../routes.ts";

export function frontPage(blog: BlogParts) {
  const { store, settings, site, origin, now } = blog;
  const writeDate = dateWriter(site);
  const perPage = settings.postsPerPage;
  return async (request: PageRequest): Promise<Answer> => {
    // "/?p=12" was a post's address on the site this blog came from: the moved addresses know it.
    if (request.query.has("p") || request.query.has("page_id")) return { kind: "not-found" };
    const asked = askedPage(request);
    if (asked.kind === "nonsense") return { kind: "bad-request", sentence: pageNonsense };
    const { posts, total } = await store.listPosts({ now: now(), page: asked.number, perPage });
    if (!hasPage(asked.number, total, perPage)) return { kind: "not-found" };
    const tallies = await talliesOf(blog, posts, request.viewer);
    const paging = pagingView("/", asked.number, total, perPage);
    const head = pageHead(origin, {
      title: asked.number === 1 ? site.title : `${site.title}, page ${asked.number}`,
      description: site.description,
      path: asked.number === 1 ? "/" : `/?page=${asked.number}`,
      previous: paging.previous,
      next: paging.next,
      data: {
        "@context": "https://schema.org",
        "@type": "WebSite",
        name: site.title,
        url: `${origin}/`,
        description: site.description,
      },
    });
    const props = {
      head,
      posts: posts.map((post) => cardOf(post, writeDate, tallies.get(post.id)?.count)),
      paging,
      heading: null,
    };
    return { kind: "page", component: "~front-page", props, cache: cachingFor(request.viewer) };
  };
}

/** "/page/2/", as other blog programs spell it. */
export function numberedPage(request: PageRequest): Answer {
  const { number = "" } = request.params;
  if (!/^[1-9]\d{0,5}$/.test(number)) return { kind: "not-found" };
  return { kind: "redirect", to: number === "1" ? "/" : `/?page=${number}`, status: 301 };
}
