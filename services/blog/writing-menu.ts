// What editors write of the menus: entries added, named, moved and taken away. Moves are planned by menu-tree.ts;
// what the menus look like to visitors is asked in store.ts.

import type { Database } from "@rose-ash/platform/store";
import { sql, type Transaction } from "kysely";
import { type MenuMove, moveEntry, type PlacedEntry } from "./menu-tree.ts";
import type { MenuRow } from "./store.ts";
import type { Tables } from "./tables.ts";

export interface NewMenuEntry {
  readonly place: MenuRow["place"];
  readonly label: string;
  /** A path of this site, decoded, or a whole address. */
  readonly address: string;
}

export interface MenuWriting {
  /** Adds an entry at the end; one that names a post or tag of this site follows it when its address changes. */
  addMenuEntry(entry: NewMenuEntry): Promise<void>;
  nameMenuEntries(labels: ReadonlyMap<number, string>): Promise<void>;
  moveMenuEntry(id: number, move: MenuMove): Promise<void>;
  /** Takes an entry away; what was below it moves up to its place. */
  removeMenuEntry(id: number): Promise<void>;
}

interface StoredEntry extends PlacedEntry {
  readonly place: MenuRow["place"];
}

export function createMenuWriting(database: Database<Tables>): MenuWriting {
  return {
    addMenuEntry: ({ place, label, address }) =>
      database.transaction(async (tx) => {
        await lockMenus(tx);
        const post = await sql<{ id: number }>`
          select id from post where path = ${address} and deleted_at is null`.execute(tx);
        const tag = await sql<{ id: number }>`
          select id from tag where '/' || kind || '/' || slug || '/' = ${address} and deleted_at is null`.execute(
          tx,
        );
        const postId = post.rows[0]?.id ?? null;
        const tagId = postId === null ? (tag.rows[0]?.id ?? null) : null;
        const url = postId === null && tagId === null ? address : null;
        await sql`
          insert into menu_item (place, parent_id, position, label, url, post_id, tag_id)
          select ${place}, null, coalesce(max(position), -1) + 1, ${label}, ${url}::text, ${postId}::bigint, ${tagId}::bigint
          from menu_item where place = ${place} and parent_id is null`.execute(tx);
      }),

    async nameMenuEntries(labels) {
      if (labels.size === 0) return;
      const records = JSON.stringify([...labels].map(([id, label]) => ({ id, label })));
      await sql`
        update menu_item set label = r.label from json_to_recordset(${records}::json) as r (id bigint, label text)
        where menu_item.id = r.id and menu_item.label <> r.label`.execute(database.query);
    },

    moveMenuEntry: (id, move) =>
      database.transaction(async (tx) => {
        await lockMenus(tx);
        await place(tx, moveEntry(await besides(tx, id), id, move));
      }),

    removeMenuEntry: (id) =>
      database.transaction(async (tx) => {
        await lockMenus(tx);
        const entries = await besides(tx, id);
        const gone = entries.find((entry) => entry.id === id);
        if (!gone) return;
        const below = entries
          .filter((entry) => entry.parentId === id)
          .sort((a, b) => a.position - b.position);
        const beside = entries
          .filter((entry) => entry.parentId === gone.parentId)
          .sort((a, b) => a.position - b.position)
          .flatMap((entry) => (entry.id === id ? below : [entry]));
        await place(
          tx,
          beside.map((entry, position) => ({ id: entry.id, parentId: gone.parentId, position })),
        );
        await sql`delete from menu_item where id = ${id}`.execute(tx);
      }),
  };
}

/** Moves are made one at a time: each is planned from all entries. */
async function lockMenus(tx: Transaction<Tables>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('menus', 2))`.execute(tx);
}

/** All entries of the menu that an entry is in. */
async function besides(tx: Transaction<Tables>, id: number): Promise<StoredEntry[]> {
  const { rows } = await sql<StoredEntry>`
    select m.id, m.parent_id as "parentId", m.position, m.place from menu_item m
    where m.place = (select place from menu_item where id = ${id}) order by m.position, m.id`.execute(tx);
  return rows;
}

async function place(tx: Transaction<Tables>, entries: readonly PlacedEntry[]): Promise<void> {
  await sql`
    update menu_item set parent_id = r."parentId", position = r.position
    from json_to_recordset(${JSON.stringify(entries)}::json) as r (id bigint, "parentId" bigint, position integer)
    where menu_item.id = r.id`.execute(tx);
}
