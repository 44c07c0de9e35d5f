// What editors write of tags and authors: found by their names or made, renamed, merged, taken away. Promise: a
// tag's old address leads to the new one, over any number of renamings.

import type { Database } from "@rose-ash/platform/store";
import { sql, type Transaction } from "kysely";
import { freeSlug, slugFrom, type TagLink, tagPath } from "./post.ts";
import type { Tables } from "./tables.ts";

export interface TagChange {
  readonly id: number;
  readonly name: string;
  readonly slug: string;
  readonly description: string | null;
  readonly now: Date;
}

export type ChangedTag =
  | { readonly kind: "changed" }
  /** Another tag of this kind has the address. */
  | { readonly kind: "taken"; readonly name: string }
  | { readonly kind: "gone" };

export interface TagWriting {
  changeTag(change: TagChange): Promise<ChangedTag>;
  /** Files what bears `id` under `into` and takes `id` away. False when either is not there, or they are one. */
  mergeTags(id: number, into: number, now: Date): Promise<boolean>;
  deleteTag(id: number, now: Date): Promise<boolean>;
}

interface TagRecord extends TagLink {
  readonly id: number;
}

export function createTagWriting(database: Database<Tables>): TagWriting {
  return {
    changeTag: (change) => database.transaction((tx) => changeTag(tx, change)),

    mergeTags: (id, into, now) =>
      database.transaction(async (tx) => {
        const tag = await livingTag(tx, id);
        const other = await livingTag(tx, into);
        if (tag === null || other === null || id === into) return false;
        await sql`
          insert into post_tag (post_id, tag_id, position)
          select post_id, ${into}, position from post_tag where tag_id = ${id}
          on conflict (post_id, tag_id) do nothing`.execute(tx);
        await sql`delete from post_tag where tag_id = ${id}`.execute(tx);
        await sql`update menu_item set tag_id = ${into} where tag_id = ${id}`.execute(tx);
        await sql`update tag set parent_id = ${into} where parent_id = ${id} and id <> ${into}`.execute(tx);
        await sql`update tag set parent_id = null where id = ${into} and parent_id = ${id}`.execute(tx);
        await sql`update tag set deleted_at = ${now}, updated_at = ${now} where id = ${id}`.execute(tx);
        await redirect(tx, tag, other);
        return true;
      }),

    async deleteTag(id, now) {
      const { rows } = await sql`
        update tag set deleted_at = ${now}, updated_at = ${now} where id = ${id} and deleted_at is null
        returning id`.execute(database.query);
      return rows.length > 0;
    },
  };
}

async function changeTag(
  tx: Transaction<Tables>,
  { id, name, slug, description, now }: TagChange,
): Promise<ChangedTag> {
  const tag = await livingTag(tx, id);
  if (tag === null) return { kind: "gone" };
  const { rows } = await sql<{ name: string }>`
    select name from tag where kind = ${tag.kind} and slug = ${slug} and id <> ${id} and deleted_at is null`.execute(
    tx,
  );
  if (rows[0]) return { kind: "taken", name: rows[0].name };
  await sql`
    update tag set name = ${name}, slug = ${slug}, description = ${description}, updated_at = ${now}
    where id = ${id}`.execute(tx);
  if (slug !== tag.slug) await redirect(tx, tag, { ...tag, slug });
  return { kind: "changed" };
}

async function livingTag(tx: Transaction<Tables>, id: number): Promise<TagRecord | null> {
  const { rows } = await sql<TagRecord>`
    select id, kind, slug, name from tag where id = ${id} and deleted_at is null for update`.execute(tx);
  return rows[0] ?? null;
}

/** Lets the old address lead to the new one, and what led to the old one too. */
async function redirect(tx: Transaction<Tables>, from: TagLink, to: TagLink): Promise<void> {
  const source = `/${from.kind}/${from.slug}/`;
  const target = tagPath(to);
  await sql`delete from redirect where kind = 'path' and source = ${`/${to.kind}/${to.slug}/`}`.execute(tx);
  await sql`update redirect set target = ${target} where target = ${tagPath(from)}`.execute(tx);
  await sql`
    insert into redirect (kind, source, target, status) values ('path', ${source}, ${target}, 301)
    on conflict (kind, source) do update set target = excluded.target, status = excluded.status`.execute(tx);
}

/** The ids of tags by name, in this order, each once; those that are not there yet are made. */
export async function tagIdsFor(
  tx: Transaction<Tables>,
  tags: readonly Pick<TagLink, "kind" | "name">[],
): Promise<number[]> {
  const ids: number[] = [];
  for (const { kind, name } of tags) {
    const { rows } = await sql<{ id: number }>`
      select id from tag where kind = ${kind} and deleted_at is null and (lower(name) = lower(${name}) or slug = ${slugFrom(name)})
      order by name = ${name} desc, lower(name) = lower(${name}) desc, id limit 1`.execute(tx);
    ids.push(rows[0]?.id ?? (await addTag(tx, kind, name)));
  }
  return [...new Set(ids)];
}

async function addTag(tx: Transaction<Tables>, kind: TagLink["kind"], name: string): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into tag (kind, slug, name, internal) values (${kind}, ${slugFrom(name)}, ${name}, ${name.startsWith("#")})
    returning id`.execute(tx);
  return rows[0]!.id; // an insert of one row returns it
}

/** The ids of authors by name, likewise. */
export async function authorIdsFor(tx: Transaction<Tables>, names: readonly string[]): Promise<number[]> {
  const ids: number[] = [];
  for (const name of names) {
    const { rows } = await sql<{ id: number }>`
      select id from author where deleted_at is null and lower(name) = lower(${name})
      order by name = ${name} desc, id limit 1`.execute(tx);
    ids.push(rows[0]?.id ?? (await addAuthor(tx, name)));
  }
  return [...new Set(ids)];
}

async function addAuthor(tx: Transaction<Tables>, name: string): Promise<number> {
  const taken = await sql<{ slug: string }>`select slug from author where deleted_at is null`.execute(tx);
  const slugs = new Set(taken.rows.map(({ slug }) => slug));
  const slug = freeSlug(slugFrom(name), (candidate) => slugs.has(candidate));
  const { rows } = await sql<{ id: number }>`
    insert into author (slug, name) values (${slug}, ${name}) returning id`.execute(tx);
  return rows[0]!.id; // an insert of one row returns it
}
