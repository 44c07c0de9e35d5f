// Every query of this service; nothing else touches its database.
import type { Database } from "@rose-ash/platform/store";
import type { Tables } from "./tables.ts";

export interface Entry {
  readonly id: number;
  readonly title: string;
  readonly addedAt: Date;
}

export interface EntryStore {
  /** The newest entries first, at most `limit`; deleted ones are not among them. */
  listNewest(limit: number): Promise<Entry[]>;
  /** Adds an entry; answers its id. */
  add(title: string, now: Date): Promise<number>;
  /** Takes an entry off the list; its row is kept. */
  remove(id: number, now: Date): Promise<void>;
}

export function createStore({ query }: Database<Tables>): EntryStore {
  return {
    async listNewest(limit) {
      const rows = await query
        .selectFrom("entry")
        .select(["id", "title", "added_at"])
        .where("deleted_at", "is", null)
        .orderBy("added_at", "desc")
        .orderBy("id", "desc")
        .limit(limit)
        .execute();
      return rows.map(({ id, title, added_at }) => ({ id, title, addedAt: added_at }));
    },
    async add(title, now) {
      const row = { title, added_at: now };
      const { id } = await query.insertInto("entry").values(row).returning("id").executeTakeFirstOrThrow();
      return id;
    },
    async remove(id, now) {
      await query.updateTable("entry").set({ deleted_at: now }).where("id", "=", id).execute();
    },
  };
}
