// Every query of this service; nothing else touches its database.
// Promise: a thing's tally equals its rows of `favourite` whenever a transaction ends, because each change writes
// the row first and then the tally, whose lock makes changes of one thing wait for each other.

import type { Database } from "@rose-ash/platform/store";
import { sql, type Transaction } from "kysely";
import type { Cursor } from "./cursor.ts";
import type { Tables } from "./tables.ts";

export interface Like {
  readonly object: string;
  readonly likedAt: Date;
}

export interface Tally {
  readonly object: string;
  readonly count: number;
  /** Whether the member who was asked about likes it. */
  readonly liked: boolean;
}

/** What a like or its taking back did, and how many like the thing now. */
export interface Change {
  readonly kind: "changed" | "unchanged";
  readonly count: number;
}

export interface LikeStore {
  /** A tally per object, in the order given, repeated where one is. */
  tallies(objects: readonly string[], memberId: string | null): Promise<Tally[]>;
  /** A member's likes, newest first, at most `limit` and only those after `after` in that order. */
  likedBy(memberId: string, limit: number, after: Cursor | null): Promise<Like[]>;
  /** All of a member's likes, newest first. */
  allLikes(memberId: string): Promise<Like[]>;
  like(tx: Transaction<Tables>, memberId: string, object: string, now: Date): Promise<Change>;
  unlike(tx: Transaction<Tables>, memberId: string, object: string): Promise<Change>;
  /** Takes back all of a member's likes; answers the things and how many like each now. */
  unlikeAll(tx: Transaction<Tables>, memberId: string): Promise<{ object: string; count: number }[]>;
}

export function createStore({ query }: Database<Tables>): LikeStore {
  return {
    async tallies(objects, memberId) {
      const { rows } = await sql<Tally>`
        select asked.object, coalesce(t.count, 0) as count, f.object is not null as liked
        from json_array_elements_text(${JSON.stringify(objects)}::json) with ordinality as asked (object, place)
        left join tally t on t.object = asked.object
        left join favourite f on f.object = asked.object and f.member_id = ${memberId}::uuid
        order by asked.place`.execute(query);
      return rows;
    },

    async likedBy(memberId, limit, after) {
      let found = newestOf(memberId).limit(limit);
      if (after) {
        found = found.where(
          sql<boolean>`(liked_at, object) < (${after.likedAt}::timestamptz, ${after.object})`,
        );
      }
      return (await found.execute()).map(toLike);
    },

    async allLikes(memberId) {
      return (await newestOf(memberId).execute()).map(toLike);
    },

    async like(tx, memberId, object, now) {
      const added = await tx
        .insertInto("favourite")
        .values({ member_id: memberId, object, liked_at: now })
        .onConflict((like) => like.columns(["member_id", "object"]).doNothing())
        .returning("object")
        .executeTakeFirst();
      if (!added) return { kind: "unchanged", count: await countOf(tx, object) };
      const { count } = await tx
        .insertInto("tally")
        .values({ object, count: 1 })
        .onConflict((tally) => tally.column("object").doUpdateSet({ count: sql`tally.count + 1` }))
        .returning("count")
        .executeTakeFirstOrThrow();
      return { kind: "changed", count };
    },

    async unlike(tx, memberId, object) {
      const removed = await tx
        .deleteFrom("favourite")
        .where("member_id", "=", memberId)
        .where("object", "=", object)
        .returning("object")
        .executeTakeFirst();
      if (!removed) return { kind: "unchanged", count: await countOf(tx, object) };
      const { count } = await tx
        .updateTable("tally")
        .set({ count: sql`count - 1` })
        .where("object", "=", object)
        .returning("count")
        .executeTakeFirstOrThrow();
      return { kind: "changed", count };
    },

    async unlikeAll(tx, memberId) {
      // Tallies are locked in one order, so that two people who leave at once cannot wait for each other.
      const removed = await tx
        .deleteFrom("favourite")
        .where("member_id", "=", memberId)
        .returning("object")
        .execute();
      const objects = sql`(select json_array_elements_text(${JSON.stringify(removed.map(({ object }) => object))}::json))`;
      await sql`select from tally where object in ${objects} order by object for update`.execute(tx);
      const { rows } = await sql<{ object: string; count: number }>`
        with changed as (update tally set count = count - 1 where object in ${objects} returning object, count)
        select object, count from changed order by object`.execute(tx);
      return rows;
    },
  };

  function newestOf(memberId: string) {
    return query
      .selectFrom("favourite")
      .select(["object", "liked_at"])
      .where("member_id", "=", memberId)
      .orderBy("liked_at", "desc")
      .orderBy("object", "desc");
  }
}

async function countOf(tx: Transaction<Tables>, object: string): Promise<number> {
  const found = await tx.selectFrom("tally").select("count").where("object", "=", object).executeTakeFirst();
  return found?.count ?? 0;
}

function toLike({ object, liked_at }: { object: string; liked_at: Date }): Like {
  return { object, likedAt: liked_at };
}
