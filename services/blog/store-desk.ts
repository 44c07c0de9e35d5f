// The blog's queries for editors: posts in every state, what they were before, and what is typed and not yet
// saved. Nothing here asks whether a visitor may see it: only pages below /admin/ use it. Reading for visitors is
// in store.ts, writing in writing-desk.ts.

import type { Database } from "@rose-ash/platform/store";
import { type Kysely, type RawBuilder, sql } from "kysely";
import { type PostState, stateOf } from "./announcement.ts";
import {
  type DeskPost,
  type DeskRow,
  keptDeletedDays,
  type Revision,
  type RevisionRow,
  type WorkingCopy,
} from "./desk-post.ts";
import { noSeo } from "./post.ts";
import type { Tables } from "./tables.ts";

export const deskOrders = ["updated", "oldest", "title"] as const;
export type DeskOrder = (typeof deskOrders)[number];

export interface DeskListRequest {
  readonly now: Date;
  readonly state: PostState | null;
  /** Every one of these must occur in the post. */
  readonly words: readonly string[];
  readonly order: DeskOrder;
  /** From 1. */
  readonly page: number;
  readonly perPage: number;
}

/** What a member did here, for their own export. */
export interface MemberTraces {
  readonly revisions: readonly {
    readonly post: number;
    readonly number: number;
    readonly title: string;
    readonly at: Date;
  }[];
  readonly workingCopies: readonly { readonly post: number; readonly fields: unknown; readonly at: Date }[];
  readonly pictures: readonly {
    readonly name: string;
    readonly alt: string;
    readonly sentAs: string;
    readonly at: Date;
  }[];
}

export interface DeskReading {
  /** A post whatever its state; a deleted one too, with `deletedAt`. */
  deskPost(id: number): Promise<DeskPost | null>;
  deskPosts(request: DeskListRequest): Promise<{ rows: DeskRow[]; total: number }>;
  /** Posts that were deleted and can be brought back, the last one first. */
  deletedPosts(now: Date): Promise<DeskRow[]>;
  /** What a post was, the newest first; at most 500. */
  revisions(postId: number): Promise<RevisionRow[]>;
  revision(postId: number, number: number): Promise<Revision | null>;
  /** The revision that was this version of the post. */
  revisionOfVersion(postId: number, version: number): Promise<Revision | null>;
  /** What is typed and not saved, the newest first. */
  workingCopies(postId: number): Promise<WorkingCopy[]>;
  /** Names to choose from: of tags, categories and authors. */
  knownNames(): Promise<{ tags: string[]; categories: string[]; authors: string[] }>;
  /** Those of these posts that visitors see at `now`. */
  visiblePosts(ids: readonly number[], now: Date): Promise<{ id: number; title: string; path: string }[]>;
  tracesOf(memberId: string): Promise<MemberTraces>;
}

interface DeskRecord extends Omit<DeskPost, "seo"> {
  readonly seo: Partial<DeskPost["seo"]>;
}

const deskColumns = sql`
  p.id, p.version, p.kind, p.slug, p.path, p.parent_id as "parentId", p.title, p.status, p.visibility,
  p.password_hash as "passwordHash", p.pinned, p.excerpt, p.summary, p.html, p.preview_html as "previewHtml",
  p.clean_rules as "cleanRules", p.source_format as "sourceFormat", p.source_text as "sourceText", p.image, p.language,
  p.seo, p.published_at as "publishedAt", p.announced_at as "announcedAt", p.created_at as "createdAt",
  p.updated_at as "updatedAt", p.deleted_at as "deletedAt",
  coalesce((select json_agg(json_build_object('kind', t.kind, 'slug', t.slug, 'name', t.name) order by pt.position)
    from post_tag pt join tag t on t.id = pt.tag_id where pt.post_id = p.id and t.deleted_at is null), '[]'::json) as tags,
  coalesce((select json_agg(json_build_object('slug', a.slug, 'name', a.name) order by pa.position)
    from post_author pa join author a on a.id = pa.author_id where pa.post_id = p.id and a.deleted_at is null), '[]'::json) as authors`;

const rowColumns = sql`
  p.id, p.kind, p.title, p.path, p.status, p.published_at as "publishedAt", p.updated_at as "updatedAt",
  p.deleted_at as "deletedAt",
  array(select a.name from post_author pa join author a on a.id = pa.author_id
    where pa.post_id = p.id and a.deleted_at is null order by pa.position) as authors`;

const revisionRowColumns = sql`
  number, version, kind, restored_from as "restoredFrom", title, status, author_name as "authorName",
  created_at as "createdAt"`;

const revisionColumns = sql`${revisionRowColumns}, slug, visibility, published_at as "publishedAt", excerpt, html,
  source_format as "sourceFormat", source_text as "sourceText", tags, authors, image, language`;

const states: Readonly<Record<PostState, (now: Date) => RawBuilder<boolean>>> = {
  draft: () => sql`p.status = 'draft'`,
  private: () => sql`p.status = 'private'`,
  scheduled: (now) => sql`p.status = 'published' and p.published_at > ${now}`,
  published: (now) => sql`p.status = 'published' and p.published_at <= ${now}`,
};

const orders: Readonly<Record<DeskOrder, RawBuilder<unknown>>> = {
  updated: sql`p.updated_at desc, p.id desc`,
  oldest: sql`p.updated_at, p.id`,
  title: sql`lower(p.title), p.id`,
};

/** A post for an edit; with `lock` nobody else changes it before the transaction ends. */
export async function readDeskPost(
  query: Kysely<Tables>,
  id: number,
  lock: "for update" | "no lock",
): Promise<DeskPost | null> {
  const locking = lock === "for update" ? sql`for update of p` : sql``;
  const { rows } =
    await sql<DeskRecord>`select ${deskColumns} from post p where p.id = ${id} ${locking}`.execute(query);
  const [row] = rows;
  return row ? { ...row, seo: { ...noSeo, ...row.seo } } : null;
}

export function createDeskReading({ query }: Database<Tables>): DeskReading {
  async function rows<Row>(statement: RawBuilder<unknown>): Promise<Row[]> {
    return (await statement.execute(query)).rows as Row[]; // each caller writes the columns and Row side by side
  }

  async function oneRevision(postId: number, which: RawBuilder<boolean>): Promise<Revision | null> {
    const found = await rows<Revision>(
      sql`select ${revisionColumns} from revision where post_id = ${postId} and ${which}`,
    );
    return found[0] ?? null;
  }

  const namesOf = async (from: RawBuilder<unknown>) =>
    (
      await rows<{ name: string }>(
        sql`select name from ${from} and deleted_at is null order by lower(name) limit 500`,
      )
    ).map(({ name }) => name);

  return {
    deskPost: (id) => readDeskPost(query, id, "no lock"),

    async deskPosts({ now, state, words, order, page, perPage }) {
      const text = sql`lower(p.title || ' ' || p.slug || ' ' || coalesce(p.excerpt, '') || ' ' || p.html)`;
      const wanted = words.map((word) => sql`position(lower(${word}) in ${text}) > 0`);
      const where = sql.join(
        [sql`p.deleted_at is null`, ...(state === null ? [] : [states[state](now)]), ...wanted],
        sql` and `,
      );
      const found = await rows<DeskRow & { status: DeskPost["status"]; total: number }>(sql`
        select ${rowColumns}, count(*) over () as total from post p where ${where}
        order by ${orders[order]} limit ${perPage} offset ${(page - 1) * perPage}`);
      return {
        rows: found.map((row) => ({ ...row, state: stateOf(row, now) })),
        total: found[0]?.total ?? 0,
      };
    },

    async deletedPosts(now) {
      const since = new Date(now.getTime() - keptDeletedDays * 86_400_000);
      const found = await rows<DeskRow & { status: DeskPost["status"] }>(sql`
        select ${rowColumns} from post p where p.deleted_at > ${since} order by p.deleted_at desc, p.id desc limit 500`);
      return found.map((row) => ({ ...row, state: stateOf(row, now) }));
    },

    revisions: (postId) =>
      rows(
        sql`select ${revisionRowColumns} from revision where post_id = ${postId} order by number desc limit 500`,
      ),

    revision: (postId, number) => oneRevision(postId, sql`number = ${number}`),

    revisionOfVersion: (postId, version) => oneRevision(postId, sql`version = ${version}`),

    workingCopies: (postId) =>
      rows(sql`
        select member_id as "memberId", member_name as "memberName", based_on as "basedOn", fields,
          updated_at as "updatedAt"
        from working_copy where post_id = ${postId} order by updated_at desc`),

    async knownNames() {
      return {
        tags: await namesOf(sql`tag where kind = 'tag'`),
        categories: await namesOf(sql`tag where kind = 'category'`),
        authors: await namesOf(sql`author where true`),
      };
    },

    visiblePosts: (ids, now) =>
      rows(sql`
        select p.id, p.title, p.path from post p
        where p.id in (select value::bigint from json_array_elements_text(${JSON.stringify(ids)}::json))
          and p.deleted_at is null and p.status = 'published' and p.published_at <= ${now}`),

    async tracesOf(memberId) {
      return {
        revisions: await rows(sql`
          select post_id as post, number, title, created_at as at from revision
          where author_id = ${memberId} order by post_id, number`),
        workingCopies: await rows(sql`
          select post_id as post, fields, updated_at as at from working_copy
          where member_id = ${memberId} order by post_id`),
        pictures: await rows(sql`
          select name, alt, sent_as as "sentAs", created_at as at from media
          where uploaded_by = ${memberId} order by created_at, name`),
      };
    },
  };
}
