// What other services may ask of the blog, and what it tells: posts that appear, change and go.
// Promise: a fact says nothing of a post that its card does not show to everybody. A post that is not for
// everybody is told inside the installation only: see announcement.ts, which decides what is told when.

import { defineContract, reference } from "@rose-ash/platform/rpc";
import { z } from "zod";

/** What is said of a post: what its card shows, never its body. */
const told = z.object({
  /** "blog/post/12". */
  post: reference,
  kind: z.enum(["post", "page"]),
  /** Its address below the blog's origin, decoded: "/bread/". */
  path: z.string(),
  title: z.string(),
  publishedAt: z.iso.datetime(),
  /** Who may read its body. */
  audience: z.enum(["public", "members", "paid", "password"]),
});

export const blog = defineContract("blog", {
  queries: {
    /** Up to 100 posts by reference, in the order asked; of a post that visitors do not see nothing is said. */
    posts: {
      params: z.object({ posts: z.array(reference).max(100) }),
      answer: z.array(
        z.discriminatedUnion("kind", [
          z.object({ kind: z.literal("visible"), post: z.string(), title: z.string(), path: z.string() }),
          z.object({ kind: z.literal("hidden"), post: z.string() }),
        ]),
      ),
      callers: "any",
    },
  },
  facts: {
    postPublished: { type: "Create", visibility: "public", data: told },
    postUpdated: { type: "Update", visibility: "public", data: told },
    postUnpublished: { type: "Delete", visibility: "public", data: told },
    postDeleted: { type: "Delete", visibility: "public", data: told },
    /** The time of a scheduled post has come; whether it still holds is asked then. */
    postDue: {
      type: "Announce",
      visibility: "internal",
      data: z.object({ post: reference, publishedAt: z.iso.datetime() }),
    },
  },
});
