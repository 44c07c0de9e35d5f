// Every write of the blog: a whole import in one transaction, one post from a file, and what both need to ask
// before. Promise: an import is kept whole or not at all, and writing the same thing again writes nothing.
// Rows are written by writing-posts.ts, writing-terms.ts and writing-addresses.ts; reading is in store.ts.

import type { Database } from "@rose-ash/platform/store";
import { type RawBuilder, sql, type Transaction } from "kysely";
import type { DeskPost } from "./desk-post.ts";
import { type PlacedRow, planPaths } from "./import/page-paths.ts";
import type { ImportOutcome, PostContent, StagedPost, StagedSite } from "./import/staged-site.ts";
import { searchConfiguration } from "./post.ts";
import { readDeskPost } from "./store-desk.ts";
import type { Tables } from "./tables.ts";
import { keepOldAddresses, saveMenus, saveRedirects } from "./writing-addresses.ts";
import { type EmitActivity, tellOfChange } from "./writing-facts.ts";
import {
  insertPosts,
  linkPosts,
  movePosts,
  type PostLinks,
  type PostRow,
  searchVectors,
  setParents,
  updatePosts,
} from "./writing-posts.ts";
import { keepPresent } from "./writing-revisions.ts";
import { saveAuthors, saveTags } from "./writing-terms.ts";

/** A post as the `post` command writes it. */
export interface PostDraft extends PostContent {
  readonly slug: string;
  /** The path of the page above, pages only. */
  readonly parentPath: string | null;
  readonly tags: readonly {
    readonly kind: "tag" | "category";
    readonly slug: string;
    readonly name: string;
  }[];
  readonly authors: readonly { readonly slug: string; readonly name: string }[];
  /** Null: the time it already has, or `now` when it becomes published. */
  readonly publishedAt: Date | null;
  readonly now: Date;
  readonly searchLanguage: string;
}

export type SavedPost =
  | { readonly kind: "created" | "updated" | "unchanged"; readonly path: string }
  /** There is no page at `parentPath`. */
  | { readonly kind: "no-parent" }
  /** Something of the other kind is at this address. */
  | { readonly kind: "taken"; readonly path: string };

export interface KnownPost {
  readonly hash: string | null;
  readonly deleted: boolean;
}

export interface Writing {
  /** Writes a staged import in one transaction. */
  applyImport(site: StagedSite): Promise<ImportOutcome>;
  /** The posts that came from imports with this key prefix, by source key. */
  importedPosts(keyPrefix: string): Promise<ReadonlyMap<string, KnownPost>>;
  /** Creates a post or page, or updates the one with its slug; what it was is kept as a revision, and facts are told. */
  savePost(draft: PostDraft, emit: EmitActivity): Promise<SavedPost>;
  /** How many posts and pages there are that did not come from imports with this key prefix. */
  countOtherPosts(keyPrefix: string): Promise<number>;
}

export function createWriting(database: Database<Tables>): Writing {
  return {
    async applyImport(site) {
      const language = searchConfiguration(site.searchLanguage);
      const vectors = await searchVectors(database.query, site.posts, language);
      const search = new Map(site.posts.map((post, index) => [post.sourceKey, vectors[index]!]));
      return database.transaction((tx) => writeSite(tx, site, search));
    },

    async importedPosts(keyPrefix) {
      const { rows } = await sql<{ key: string; hash: string | null; deleted: boolean }>`
        select source_key as key, import_hash as hash, deleted_at is not null as deleted
        from post where starts_with(source_key, ${keyPrefix})`.execute(database.query);
      return new Map(rows.map(({ key, hash, deleted }) => [key, { hash, deleted }]));
    },

    savePost: (draft, emit) => database.transaction((tx) => writePost(tx, draft, emit)),

    async countOtherPosts(keyPrefix) {
      const { rows } = await sql<{ count: number }>`
        select count(*) as count from post
        where deleted_at is null and not coalesce(starts_with(source_key, ${keyPrefix}), false)`.execute(
        database.query,
      );
      return rows[0]?.count ?? 0;
    },
  };
}

/** `search` holds each post's tsvector by source key. */
async function writeSite(
  tx: Transaction<Tables>,
  site: StagedSite,
  search: ReadonlyMap<string, string>,
): Promise<ImportOutcome> {
  const authors = await saveAuthors(tx, site);
  const tags = await saveTags(tx, site);
  const known = await knownRows(tx);
  const gone = await deletedKeys(tx, site.keyPrefix);
  const wanted = site.posts.filter((post) => !gone.has(post.sourceKey));
  const plan = planPaths(known, wanted);
  const byKey = new Map(
    known.flatMap((row) => (row.sourceKey === null ? [] : [[row.sourceKey, row] as const])),
  );
  const placed = wanted.map((post) => ({ post, ...plan.wanted.get(post.sourceKey)! }));
  const toRow = (post: StagedPost, slug: string, path: string, id: number): PostRow => {
    return { ...post, slug, path, id, search: search.get(post.sourceKey)! };
  };

  const fresh = placed.filter(({ post }) => !byKey.has(post.sourceKey));
  const changed = placed.filter(({ post }) => byKey.has(post.sourceKey));
  await movePosts(tx, plan.moved);
  await updatePosts(
    tx,
    changed.map(({ post, slug, path }) => toRow(post, slug, path, byKey.get(post.sourceKey)!.id)),
  );
  const added = await insertPosts(
    tx,
    fresh.map(({ post, slug, path }) => toRow(post, slug, path, 0)),
  );
  const ids = new Map([...byKey].map(([key, row]) => [key, row.id]));
  for (const { sourceKey, id } of added) ids.set(sourceKey, id);

  const parents = placed.map(({ post, parent }) => ({
    id: ids.get(post.sourceKey)!,
    parentId: parent?.row?.id ?? (parent?.want ? (ids.get(parent.want.sourceKey) ?? null) : null),
  }));
  await setParents(tx, parents);
  const links: PostLinks[] = wanted.map((post) => ({
    id: ids.get(post.sourceKey)!,
    authorIds: resolve(post.authorKeys, authors.ids),
    tagIds: resolve(post.tagKeys, tags.ids),
  }));
  await linkPosts(tx, links);

  const former = [
    ...plan.moved.map(({ id }) => ({ id, path: known.find((row) => row.id === id)!.path })),
    ...changed.flatMap(({ post, path }) => {
      const row = byKey.get(post.sourceKey)!;
      return row.path === path ? [] : [{ id: row.id, path: row.path }];
    }),
  ];
  const oldAddresses = await keepOldAddresses(tx, [
    ...former.map(({ id, path }) => ({ address: path, postId: id })),
    ...placed.flatMap(({ post, path }) =>
      post.oldAddresses
        .filter((address) => address !== path)
        .map((address) => ({ address, postId: ids.get(post.sourceKey)! })),
    ),
  ]);
  const count = (kind: "post" | "page") => ({
    added: fresh.filter(({ post }) => post.kind === kind).length,
    changed: changed.filter(({ post }) => post.kind === kind).length,
    unchanged: site.posts.filter((post) => post.kind === kind && gone.has(post.sourceKey)).length,
  });
  return {
    authors: authors.counts,
    tags: tags.counts,
    posts: count("post"),
    pages: count("page"),
    redirects: await saveRedirects(tx, site.redirects),
    menus: await saveMenus(tx, site.menus, ids, tags.ids),
    oldAddresses,
    notes: [
      ...plan.notes,
      ...authors.notes,
      ...tags.notes,
      ...[...gone]
        .filter((key) => site.posts.some((post) => post.sourceKey === key))
        .map((sourceKey) => ({ sourceKey, note: "It was deleted here and was not brought back." })),
    ],
  };
}

async function writePost(tx: Transaction<Tables>, draft: PostDraft, emit: EmitActivity): Promise<SavedPost> {
  const rows = await knownRows(tx);
  const parent =
    draft.parentPath === null
      ? null
      : rows.find((row) => row.path === draft.parentPath && row.kind === "page");
  if (parent === undefined) return { kind: "no-parent" };
  const path = `${parent?.path ?? "/"}${draft.slug}/`;
  const there = rows.find((row) => row.path === path);
  if (there && there.kind !== draft.kind) return { kind: "taken", path };
  const namesakes = rows.filter((row) => row.slug === draft.slug && row.kind === draft.kind);
  const row = there ?? (namesakes.length === 1 ? namesakes[0]! : null);
  if (row && isBelow(rows, parent, row.id)) return { kind: "no-parent" };

  const before = row === null ? null : await snapshot(tx, row.id);
  const publishedAt =
    draft.publishedAt ?? before?.publishedAt ?? (draft.status === "published" ? draft.now : null);
  const times = { publishedAt, createdAt: draft.now, updatedAt: draft.now };
  const [search = ""] = await searchVectors(tx, [draft], searchConfiguration(draft.searchLanguage));
  const full: PostRow = { ...draft, ...times, id: row?.id ?? 0, path, sourceKey: null, hash: null, search };
  const tagIds: number[] = [];
  for (const tag of draft.tags) tagIds.push(await findOrAddTag(tx, tag));
  const authorIds: number[] = [];
  for (const author of draft.authors) authorIds.push(await findOrAddAuthor(tx, author));

  if (row === null) {
    const { rows: added } = await sql<{ id: number }>`
      insert into post (kind, slug, path, title, status, published_at, clean_rules, source_format, source_text, announced_at)
      values (${draft.kind}, ${draft.slug}, ${path}, ${draft.title}, 'draft', null, '', '', '', null)
      returning id`.execute(tx);
    const id = added[0]!.id;
    await updatePosts(tx, [{ ...full, id }]);
    await setParents(tx, [{ id, parentId: parent?.id ?? null }]);
    await linkPosts(tx, [{ id, authorIds, tagIds }]);
    await tell(null, id);
    return { kind: "created", path };
  }
  await sql`savepoint before_post`.execute(tx);
  const former = await readDeskPost(tx, row.id, "for update");
  if (former !== null) await keepPresent(tx, former);
  await updatePosts(tx, [full]);
  await setParents(tx, [{ id: row.id, parentId: parent?.id ?? null }]);
  await linkPosts(tx, [{ id: row.id, authorIds, tagIds }]);
  const after = await snapshot(tx, row.id);
  if (before !== null && after.content === before.content) {
    // Nothing differs but the time of this attempt.
    await sql`rollback to savepoint before_post`.execute(tx);
    return { kind: "unchanged", path };
  }
  if (row.path !== path) {
    const plan = planPaths(await knownRows(tx), []);
    const below = plan.moved.map(({ id }) => ({
      address: rows.find((known) => known.id === id)!.path,
      postId: id,
    }));
    await movePosts(tx, plan.moved);
    await keepOldAddresses(tx, [{ address: row.path, postId: row.id }, ...below]);
  }
  await tell(former, row.id);
  return { kind: "updated", path };

  async function tell(earlier: DeskPost | null, id: number): Promise<void> {
    const present = await readDeskPost(tx, id, "no lock");
    if (present === null) throw new Error(`Post ${id} went away while it was written.`);
    await tellOfChange(tx, { before: earlier, after: present, actor: "blog", now: draft.now, emit });
  }
}

function resolve(keys: readonly string[], ids: ReadonlyMap<string, number>): number[] {
  return [...new Set(keys.flatMap((key) => ids.get(key) ?? []))];
}

/** Whether `row` is the page `id` or one below it. */
function isBelow(rows: readonly PlacedRow[], row: PlacedRow | null, id: number): boolean {
  for (let at = row, steps = 0; at !== null && steps < 100; steps += 1) {
    if (at.id === id) return true;
    const { parentId } = at;
    at = rows.find((other) => other.id === parentId) ?? null;
  }
  return false;
}

async function knownRows(tx: Transaction<Tables>): Promise<PlacedRow[]> {
  const { rows } = await sql<PlacedRow>`
    select id, kind, slug, path, parent_id as "parentId", source_key as "sourceKey"
    from post where deleted_at is null order by id`.execute(tx);
  return rows;
}

async function deletedKeys(tx: Transaction<Tables>, keyPrefix: string): Promise<Set<string>> {
  const { rows } = await sql<{ key: string }>`
    select source_key as key from post
    where deleted_at is not null and starts_with(source_key, ${keyPrefix})`.execute(tx);
  return new Set(rows.map(({ key }) => key));
}

/** Everything of a post that a file can change, as one text to compare. */
async function snapshot(
  tx: Transaction<Tables>,
  id: number,
): Promise<{ content: string; publishedAt: Date | null }> {
  const content: RawBuilder<string> = sql`(to_jsonb(p) - 'updated_at' - 'created_at' - 'version')::text
    || coalesce((select string_agg(author_id::text, ',' order by position) from post_author where post_id = p.id), '')
    || ';' || coalesce((select string_agg(tag_id::text, ',' order by position) from post_tag where post_id = p.id), '')`;
  const { rows } = await sql<{ content: string; publishedAt: Date | null }>`
    select ${content} as content, p.published_at as "publishedAt" from post p where p.id = ${id}`.execute(tx);
  return rows[0]!;
}

async function findOrAddTag(tx: Transaction<Tables>, tag: PostDraft["tags"][number]): Promise<number> {
  const found = await sql<{ id: number }>`
    select id from tag where kind = ${tag.kind} and slug = ${tag.slug} and deleted_at is null`.execute(tx);
  if (found.rows[0]) return found.rows[0].id;
  const added = await sql<{ id: number }>`
    insert into tag (kind, slug, name) values (${tag.kind}, ${tag.slug}, ${tag.name}) returning id`.execute(
    tx,
  );
  return added.rows[0]!.id;
}

async function findOrAddAuthor(
  tx: Transaction<Tables>,
  author: PostDraft["authors"][number],
): Promise<number> {
  const found = await sql<{ id: number }>`
    select id from author where slug = ${author.slug} and deleted_at is null`.execute(tx);
  if (found.rows[0]) return found.rows[0].id;
  const added = await sql<{ id: number }>`
    insert into author (slug, name) values (${author.slug}, ${author.name}) returning id`.execute(tx);
  return added.rows[0]!.id;
}
