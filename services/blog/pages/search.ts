// Search: the posts and pages whose public words fit, best first. The question stays in the address, so an
// answer can be sent to somebody else.

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
import type { BlogParts } from "../routes.ts";

const longestQuestion = 200;

export function searchPage({ store, settings, site, origin, now }: BlogParts) {
  const writeDate = dateWriter(site);
  const perPage = settings.postsPerPage;
  return async (request: PageRequest): Promise<Answer> => {
    const asked = askedPage(request);
    if (asked.kind === "nonsense") return { kind: "bad-request", sentence: pageNonsense };
    const query = (request.query.get("q") ?? "").trim();
    if (query.length > longestQuestion) {
      return {
        kind: "bad-request",
        sentence: `Please search for fewer words: at most ${longestQuestion} characters.`,
      };
    }
    const nothing = { posts: [], total: 0 };
    const { posts, total } =
      query === ""
        ? nothing
        : await store.search(query, site.language, { now: now(), page: asked.number, perPage });
    if (!hasPage(asked.number, total, perPage)) return { kind: "not-found" };
    const base = `/search/?q=${encodeURIComponent(query)}`;
    const head = pageHead(origin, {
      title: query === "" ? "Search" : `Search: ${query}`,
      description: null,
      path: query === "" ? "/search/" : base,
      noindex: true,
    });
    const results = posts.map((post) => {
      const card = cardOf(post, writeDate);
      return { ...card, snippet: card.excerpt ?? "" };
    });
    const paging = pagingView(base, asked.number, total, perPage);
    return {
      kind: "page",
      component: "~search-page",
      props: { head, query, results, count: total, paging },
      cache: cachingFor(request.viewer),
    };
  };
}
