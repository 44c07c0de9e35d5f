// An author: who they are and what they wrote.

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
import { authorPath } from "../post.ts";
import type { BlogParts } from "../routes.ts";

export function authorPage(blog: BlogParts) {
  const { store, settings, site, origin, now } = blog;
  const writeDate = dateWriter(site);
  const perPage = settings.postsPerPage;
  return async (request: PageRequest): Promise<Answer> => {
    const asked = askedPage(request);
    if (asked.kind === "nonsense") return { kind: "bad-request", sentence: pageNonsense };
    const author = await store.findAuthor(request.params.slug ?? "", now());
    if (!author) return { kind: "not-found" };
    const { posts, total } = await store.listPosts({
      now: now(),
      page: asked.number,
      perPage,
      authorId: author.id,
    });
    if (!hasPage(asked.number, total, perPage)) return { kind: "not-found" };
    const tallies = await talliesOf(blog, posts, request.viewer);
    const base = authorPath(author);
    const paging = pagingView(base, asked.number, total, perPage);
    const { name, bio, website } = author;
    const head = pageHead(origin, {
      title: name,
      description: bio,
      path: asked.number === 1 ? base : `${base}?page=${asked.number}`,
      image: author.image,
      noindex: total === 0,
      previous: paging.previous,
      next: paging.next,
      data: {
        "@context": "https://schema.org",
        "@type": "ProfilePage",
        mainEntity: { "@type": "Person", name, description: bio, url: origin + base },
      },
    });
    const shown = { name, bio, website, image: imageView(author.image) };
    return {
      kind: "page",
      component: "~author-page",
      props: {
        head,
        author: shown,
        posts: posts.map((post) => cardOf(post, writeDate, tallies.get(post.id)?.count)),
        paging,
      },
      cache: cachingFor(request.viewer),
    };
  };
}
