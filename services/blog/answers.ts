// What the blog answers other services: contract name -> function.

import type { ServiceParts } from "@rose-ash/platform/app";
import { defineAnswers, readReference } from "@rose-ash/platform/rpc";
import type { BlogSettings } from "./config.ts";
import { blog } from "./contract.ts";
import type { BlogStore } from "./store.ts";

type Parts = Pick<ServiceParts<BlogSettings, BlogStore>, "store" | "now">;

export function answers({ store, now }: Parts) {
  return defineAnswers(blog, {
    queries: {
      async posts({ posts }) {
        const ids = posts.flatMap((post) => postIdOf(post) ?? []);
        const visible = new Map((await store.visiblePosts(ids, now())).map((post) => [post.id, post]));
        return posts.map((post) => {
          const found = visible.get(postIdOf(post) ?? 0);
          return found
            ? { kind: "visible" as const, post, title: found.title, path: found.path }
            : { kind: "hidden" as const, post };
        });
      },
    },
    actions: {},
    fragments: {},
  });
}

/** The number in "blog/post/12"; null for a reference to anything else. */
export function postIdOf(post: string): number | null {
  const named = readReference(post);
  if (named?.service !== "blog" || named.kind !== "post" || !/^[1-9]\d{0,14}$/.test(named.id)) return null;
  return Number(named.id);
}
