// What likes answers: contract name -> function. Liking and taking back are told as facts only when they changed
// something, each with the count as it is after it.

import type { ServiceParts } from "@rose-ash/platform/app";
import { defineAnswers, refer } from "@rose-ash/platform/rpc";
import type { Settings } from "./config.ts";
import { likes } from "./contract.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import type { LikeStore } from "./store.ts";

export type Parts = Pick<ServiceParts<Settings, LikeStore>, "store" | "emitActivity">;

export function answers({ store, emitActivity }: Parts) {
  return defineAnswers(likes, {
    queries: {
      tallies: ({ objects, memberId }) => store.tallies(objects, memberId),

      async likedBy({ memberId, limit, before }) {
        const found = await store.likedBy(memberId, limit + 1, before === null ? null : readCursor(before));
        const shown = found.slice(0, limit);
        const last = shown.at(-1);
        return {
          likes: shown.map(({ object, likedAt }) => ({ object, likedAt: likedAt.toISOString() })),
          next: last && found.length > limit ? writeCursor(last) : null,
        };
      },
    },
    actions: {
      async like({ object, memberId }, { tx, now }) {
        const { kind, count } = await store.like(tx, memberId, object, now);
        if (kind === "changed") {
          const actor = refer("account", "member", memberId);
          await emitActivity(tx, { fact: likes.facts.liked, actor, object, data: { memberId, count } });
        }
        return { count, liked: true as const };
      },

      // The thing itself is never asked for: what is gone can still be unliked.
      async unlike({ object, memberId }, { tx }) {
        const { kind, count } = await store.unlike(tx, memberId, object);
        if (kind === "changed") {
          const actor = refer("account", "member", memberId);
          await emitActivity(tx, { fact: likes.facts.unliked, actor, object, data: { memberId, count } });
        }
        return { count, liked: false as const };
      },
    },
    fragments: {},
  });
}
