// What likes does about one person's data: their likes are handed out whole, and taken back when they are erased,
// told as facts like any other taking back. Nothing has to be kept.
import { type PersonalData, refer } from "@rose-ash/platform/rpc";
import type { Parts } from "./answers.ts";
import { likes } from "./contract.ts";

export const personalData: PersonalData<Parts> = {
  async gather(memberId, { store }) {
    const found = await store.allLikes(memberId);
    return { likes: found.map(({ object, likedAt }) => ({ object, likedAt: likedAt.toISOString() })) };
  },

  async erase(memberId, tx, { store, emitActivity }) {
    const actor = refer("account", "member", memberId);
    for (const { object, count } of await store.unlikeAll(tx, memberId)) {
      await emitActivity(tx, { fact: likes.facts.unliked, actor, object, data: { memberId, count } });
    }
    return [];
  },
};
