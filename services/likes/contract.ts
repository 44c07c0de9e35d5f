// What other services may ask of likes: to like and unlike for a member, counts for a page of things, and who
// likes what. One person likes a thing once, however often they press.

import { defineContract, reference } from "@rose-ash/platform/rpc";
import { z } from "zod";

const tally = z.object({ object: z.string(), count: z.int(), liked: z.boolean() });

export const likes = defineContract("likes", {
  queries: {
    /** Counts for up to 100 things, in the order asked; `liked` is about the member, false without one. */
    tallies: {
      params: z.object({ objects: z.array(reference).max(100), memberId: z.uuid().nullable() }),
      answer: z.array(tally),
      callers: "any",
    },
    /** What a member likes, newest first; `before` is the last page's `next`. */
    likedBy: {
      params: z.object({
        memberId: z.uuid(),
        limit: z.int().min(1).max(100),
        before: z.string().nullable(),
      }),
      answer: z.object({
        likes: z.array(z.object({ object: z.string(), likedAt: z.iso.datetime() })),
        next: z.string().nullable(),
      }),
      callers: "any",
    },
  },
  actions: {
    like: {
      payload: z.object({ object: reference, memberId: z.uuid() }),
      answer: z.object({ count: z.int(), liked: z.literal(true) }),
      callers: "any",
    },
    unlike: {
      payload: z.object({ object: reference, memberId: z.uuid() }),
      answer: z.object({ count: z.int(), liked: z.literal(false) }),
      callers: "any",
    },
  },
  facts: {
    liked: { type: "Like", visibility: "internal", data: z.object({ memberId: z.uuid(), count: z.int() }) },
    unliked: { type: "Undo", visibility: "internal", data: z.object({ memberId: z.uuid(), count: z.int() }) },
  },
});
