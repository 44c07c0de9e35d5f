// The posts of a tag or category.

import {
  type Answer,
  askedPage,
  hasPage,
  type PageRequest,
  pageNonsense,
  pagingView,
} from "@rose-ash/platform/app";
import { cachingFor } from "../caching.ts";
import { cardOf, dateWriter, imageView } from "../card.ts";
import { pageHead } from "../head.ts";
import { talliesOf } from "../likes.ts";
import { tagPath as pathOf, type TagLink } from "../post.ts";
import type { BlogParts } from "../routes.ts";

export function tagPage(blog: BlogParts, kind: TagLink["kind"]) {
  const { store, settings, site, origin, now } = blog;
  const writeDate = dateWriter(site);
  const perPage = settings.postsPerPage;
  return async (request: PageRequest): Promise<Answer> => {
    const asked = askedPage(request);
    if (asked.kind === "nonsense") return { kind: "bad-request", sentence: pageNonsense };
    const tag = await store.findTag(kind, request.params.slug ?? "", now());
    if (!tag) return { kind: "not-found" };
    const { posts, total } = await store.listPosts({
      now: now(),
      page: asked.number,
      perPage,
      tagId: tag.id,
    });
    if (!hasPage(asked.number, total, perPage)) return { kind: "not-found" };
    const tallies = await talliesOf(blog, posts, request.viewer);
    const base = pathOf(tag);
    const paging = pagingView(base, asked.number, total, perPage);
    const head = pageHead(origin, {
      title: tag.seo.title ?? tag.name,
      description: tag.seo.description ?? tag.description,
      path: asked.number === 1 ? base : `${base}?page=${asked.number}`,
      image: tag.image,
      noindex: total === 0,
      previous: paging.previous,
      next: paging.next,
    });
    const shown = {
      kind,
      name: tag.name,
      description: tag.description,
      image: imageView(tag.image),
      count: total,
    };
    return {
      kind: "page",
      component: "~tag-page",
      props: {
        head,
        tag: shown,
        posts: posts.map((post) => cardOf(post, writeDate, tallies.get(post.id)?.count)),
        paging,
      },
      cache: cachingFor(request.viewer),
    };
  };
}
