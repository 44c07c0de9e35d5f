// Every query of the blog that reads for visitors. Their question carries `now`: a post is there when it is published
// and its time has passed, and that is asked here, in the query, so no page can forget it. What writes is in
// writing.ts; what editors read is in store-desk.ts and store-shelves.ts.

import type { Database } from "@rose-ash/platform/store";
import { type RawBuilder, sql } from "kysely";
import type { AuthorLink, Post, PostImage, PostSummary, Seo, TagLink } from "./post.ts";
import { noSeo, searchConfiguration } from "./post.ts";
import { createDeskReading, type DeskReading } from "./store-desk.ts";
import { createShelfReading, type ShelfReading } from "./store-shelves.ts";
import type { Tables } from "./tables.ts";
import { createWriting, type Writing } from "./writing.ts";
import { createDeskWriting, type DeskWriting } from "./writing-desk.ts";
import { createMediaWriting, type MediaWriting } from "./writing-media.ts";
import { createMenuWriting, type MenuWriting } from "./writing-menu.ts";
import { createTagWriting, type TagWriting } from "./writing-tags.ts";

export interface ListRequest {
  readonly now: Date;
  /** From 1. */
  readonly page: number;
  readonly perPage: number;
  readonly tagId?: number;
  readonly authorId?: number;
}

export interface PostList {
  readonly posts: PostSummary[];
  readonly total: number;
}

export interface TagRow extends TagLink {
  readonly id: number;
  readonly description: string | null;
  readonly image: PostImage | null;
  readonly seo: Seo;
}

export interface AuthorRow extends AuthorLink {
  readonly id: number;
  readonly bio: string | null;
  readonly website: string | null;
  readonly image: PostImage | null;
}

export interface MenuRow {
  readonly id: number;
  readonly parentId: number | null;
  readonly place: "primary" | "secondary";
  readonly label: string;
  readonly href: string;
}

export interface SiteAddress {
  readonly path: string;
  readonly updatedAt: Date;
}

export interface RedirectRow {
  readonly kind: "path" | "pattern";
  readonly source: string;
  readonly target: string;
  readonly status: 301 | 302;
  readonly ignoreCase: boolean;
}

export interface Neighbours {
  readonly previous: { readonly title: string; readonly path: string } | null;
  readonly next: { readonly title: string; readonly path: string } | null;
}

/** What editors read and write, beside what visitors read. */
type EditorsStore = DeskReading & ShelfReading & DeskWriting & TagWriting & MenuWriting & MediaWriting;

export type BlogStore = Writing &
  EditorsStore & {
    listPosts(request: ListRequest): Promise<PostList>;
    /** The newest public and gated posts with their bodies, for the feeds. */
    newestPosts(now: Date, limit: number): Promise<Post[]>;
    findPost(path: string, now: Date): Promise<Post | null>;
    /** The pages above a page, outermost first. */
    ancestors(post: Post, now: Date): Promise<{ title: string; path: string }[]>;
    /** The pages directly below a page. */
    childPages(post: Post, now: Date): Promise<{ title: string; path: string }[]>;
    neighbours(post: Post, now: Date): Promise<Neighbours>;
    /** A tag that something visible bears: one that only drafts bear would tell of them. */
    findTag(kind: "tag" | "category", slug: string, now: Date): Promise<TagRow | null>;
    /** Likewise, somebody who wrote something visible. */
    findAuthor(slug: string, now: Date): Promise<AuthorRow | null>;
    search(words: string, language: string, request: ListRequest): Promise<PostList>;
    menu(now: Date): Promise<MenuRow[]>;
    addresses(now: Date): Promise<SiteAddress[]>;
    /** The present address of a post that was once reachable at one of these addresses. */
    movedPost(addresses: readonly string[], now: Date): Promise<string | null>;
    redirects(): Promise<RedirectRow[]>;
  };

interface SummaryRecord {
  id: number;
  kind: "post" | "page";
  path: string;
  title: string;
  visibility: PostSummary["visibility"];
  pinned: boolean;
  excerpt: string | null;
  summary: string | null;
  image: PostImage | null;
  published_at: Date;
  updated_at: Date;
  tags: TagLink[];
  authors: AuthorLink[];
}

interface PostRecord extends SummaryRecord {
  html: string;
  preview_html: string | null;
  password_hash: string | null;
  parent_id: number | null;
  language: string | null;
  seo: Partial<Seo>;
}

const summaryColumns = sql`
  p.id, p.kind, p.path, p.title, p.visibility, p.pinned, p.excerpt,
  case when p.visibility = 'public' then p.summary end as summary,
  p.image, p.published_at, p.updated_at,
  coalesce((select json_agg(json_build_object('kind', t.kind, 'slug', t.slug, 'name', t.name) order by pt.position)
    from post_tag pt join tag t on t.id = pt.tag_id
    where pt.post_id = p.id and not t.internal and t.deleted_at is null), '[]'::json) as tags,
  coalesce((select json_agg(json_build_object('slug', a.slug, 'name', a.name) order by pa.position)
    from post_author pa join author a on a.id = pa.author_id
    where pa.post_id = p.id and a.deleted_at is null), '[]'::json) as authors`;

const postColumns = sql`${summaryColumns}, p.html, p.preview_html, p.password_hash, p.parent_id, p.language, p.seo`;

/** What makes a post visible to somebody who is nobody in particular. */
function isVisible(now: Date): RawBuilder<boolean> {
  return sql`p.deleted_at is null and p.status = 'published' and p.published_at <= ${now}`;
}

/** Whether the tag `t` stands on something visible. */
function isBorne(now: Date): RawBuilder<boolean> {
  return sql`exists (select from post_tag pt join post p on p.id = pt.post_id where pt.tag_id = t.id and ${isVisible(now)})`;
}

function toSummary(row: SummaryRecord): PostSummary {
  const { id, kind, path, title, visibility, pinned, excerpt, summary, image, tags, authors } = row;
  const { published_at: publishedAt, updated_at: updatedAt } = row;
  return {
    id,
    kind,
    path,
    title,
    visibility,
    pinned,
    excerpt,
    summary,
    image,
    tags,
    authors,
    publishedAt,
    updatedAt,
  };
}

function toPost(row: PostRecord): Post {
  const { html, preview_html: previewHtml, password_hash: passwordHash, parent_id: parentId, language } = row;
  return {
    ...toSummary(row),
    html,
    previewHtml,
    passwordHash,
    parentId,
    language,
    seo: { ...noSeo, ...row.seo },
  };
}

export function createStore(database: Database<Tables>): BlogStore {
  const { query } = database;

  async function rows<Row>(statement: RawBuilder<unknown>): Promise<Row[]> {
    // The statement's own columns are what Row names; each caller writes both side by side.
    return (await statement.execute(query)).rows as Row[];
  }

  async function list(
    where: RawBuilder<unknown>,
    order: RawBuilder<unknown>,
    { page, perPage }: ListRequest,
  ): Promise<PostList> {
    const offset = (page - 1) * perPage;
    const found = await rows<SummaryRecord & { total: number }>(
      sql`select ${summaryColumns}, count(*) over () as total from post p where ${where} order by ${order} limit ${perPage} offset ${offset}`,
    );
    return { posts: found.map(toSummary), total: found[0]?.total ?? 0 };
  }

  return {
    ...createWriting(database),
    ...createDeskReading(database),
    ...createShelfReading(database),
    ...createDeskWriting(database),
    ...createTagWriting(database),
    ...createMenuWriting(database),
    ...createMediaWriting(database),

    listPosts(request) {
      const { now, tagId, authorId } = request;
      const inTag =
        tagId === undefined
          ? sql`true`
          : sql`exists (select from post_tag pt where pt.post_id = p.id and pt.tag_id = ${tagId})`;
      const byAuthor =
        authorId === undefined
          ? sql`true`
          : sql`exists (select from post_author pa where pa.post_id = p.id and pa.author_id = ${authorId})`;
      const onFront = tagId === undefined && authorId === undefined;
      const order = onFront
        ? sql`p.pinned desc, p.published_at desc, p.id desc`
        : sql`p.published_at desc, p.id desc`;
      return list(sql`${isVisible(now)} and p.kind = 'post' and ${inTag} and ${byAuthor}`, order, request);
    },

    async newestPosts(now, limit) {
      const found = await rows<PostRecord>(
        sql`select ${postColumns} from post p where ${isVisible(now)} and p.kind = 'post' order by p.published_at desc, p.id desc limit ${limit}`,
      );
      return found.map(toPost);
    },

    async findPost(path, now) {
      const [row] = await rows<PostRecord>(
        sql`select ${postColumns} from post p where ${isVisible(now)} and p.path = ${path}`,
      );
      return row ? toPost(row) : null;
    },

    async ancestors(post, now) {
      if (post.parentId === null) return [];
      return rows(sql`
        with recursive above as (
          select p.id, p.parent_id, p.title, p.path, 1 as height from post p where p.id = ${post.parentId} and ${isVisible(now)}
          union all
          select p.id, p.parent_id, p.title, p.path, above.height + 1 from post p join above on p.id = above.parent_id
          where ${isVisible(now)} and above.height < 20
        )
        select title, path from above order by height desc`);
    },

    childPages(post, now) {
      return rows(
        sql`select p.title, p.path from post p where p.parent_id = ${post.id} and ${isVisible(now)} order by p.title, p.id`,
      );
    },

    async neighbours(post, now) {
      const beside = (older: boolean) => sql`
        (select json_build_object('title', p.title, 'path', p.path) from post p
         where ${isVisible(now)} and p.kind = 'post' and (p.published_at, p.id) ${older ? sql`<` : sql`>`} (${post.publishedAt}, ${post.id}::bigint)
         order by p.published_at ${older ? sql`desc` : sql`asc`}, p.id ${older ? sql`desc` : sql`asc`} limit 1)`;
      const [row] = await rows<Neighbours>(sql`select ${beside(true)} as previous, ${beside(false)} as next`);
      return row ?? { previous: null, next: null };
    },

    async findTag(kind, slug, now) {
      const [row] = await rows<TagRow>(
        sql`select id, kind, slug, name, description, image, seo from tag t
          where kind = ${kind} and slug = ${slug} and not internal and deleted_at is null and ${isBorne(now)}`,
      );
      return row ? { ...row, seo: { ...noSeo, ...row.seo } } : null;
    },

    async findAuthor(slug, now) {
      const [row] = await rows<AuthorRow>(
        sql`select id, slug, name, bio, website, image from author a
          where slug = ${slug} and deleted_at is null and exists (
            select from post_author pa join post p on p.id = pa.post_id where pa.author_id = a.id and ${isVisible(now)})`,
      );
      return row ?? null;
    },

    search(words, language, request) {
      // A row of minus signs, each waiting for its word, overflows PostgreSQL's stack: only those that have one stay.
      const asked = words.replace(/-(?![\p{L}\p{N}"])/gu, " ");
      const configuration = sql`${searchConfiguration(language)}::regconfig`;
      const wanted = sql`(websearch_to_tsquery(${configuration}, ${asked}) || websearch_to_tsquery('simple', ${asked}))`;
      const order = sql`ts_rank(p.search, ${wanted}) desc, p.published_at desc, p.id desc`;
      return list(sql`${isVisible(request.now)} and p.search @@ ${wanted}`, order, request);
    },

    menu(now) {
      return rows(sql`
        select m.id, m.parent_id as "parentId", m.place, m.label,
          coalesce(m.url, p.path, '/' || t.kind || '/' || t.slug || '/') as href
        from menu_item m left join post p on p.id = m.post_id left join tag t on t.id = m.tag_id
        where (m.post_id is null or (${isVisible(now)})) and (m.tag_id is null or (not t.internal and t.deleted_at is null and ${isBorne(now)}))
        order by m.place, m.position, m.id`);
    },

    addresses(now) {
      return rows(sql`
        select p.path, p.updated_at as "updatedAt" from post p where ${isVisible(now)}
        union all
        select '/' || t.kind || '/' || t.slug || '/', max(p.updated_at) from tag t
          join post_tag pt on pt.tag_id = t.id join post p on p.id = pt.post_id
          where not t.internal and t.deleted_at is null and p.kind = 'post' and ${isVisible(now)} group by t.kind, t.slug
        union all
        select '/author/' || a.slug || '/', max(p.updated_at) from author a
          join post_author pa on pa.author_id = a.id join post p on p.id = pa.post_id
          where a.deleted_at is null and p.kind = 'post' and ${isVisible(now)} group by a.slug
        order by 1`);
    },

    async movedPost(addresses, now) {
      if (addresses.length === 0) return null;
      const [row] = await rows<{ path: string }>(sql`
        select p.path from old_address o join post p on p.id = o.post_id
        where o.address in (${sql.join(addresses)}) and ${isVisible(now)} limit 1`);
      return row?.path ?? null;
    },

    redirects() {
      return rows(
        sql`select kind, source, target, status, ignore_case as "ignoreCase" from redirect order by id`,
      );
    },
  };
}
