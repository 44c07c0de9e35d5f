// What the blog does about facts: a scheduled post whose time has come is told of. That it is visible needs no
// reaction; the queries of store.ts see to it.

import { effect } from "@rose-ash/platform/bus";
import { postIdOf } from "./answers.ts";
import { blog } from "./contract.ts";
import type { BlogParts } from "./routes.ts";

export const reactions = [
  effect<BlogParts, typeof blog.facts.postDue>(
    blog.facts.postDue,
    "tell-of-due-post",
    async ({ data }, tx, { store, now, emitActivity }) => {
      const id = postIdOf(data.post);
      if (id !== null) await store.announceDue(tx, id, new Date(data.publishedAt), now(), emitActivity);
    },
  ),
];
