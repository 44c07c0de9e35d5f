// The rows of posts: written many at a time from one JSON parameter, so that an import of thousands is a few
// statements. What search may know is computed here, by the database. Which rows are written, and when, is for
// writing.ts to say.

import { type Kysely, sql, type Transaction } from "kysely";
import type { PostContent } from "./import/staged-site.ts";
import type { Tables } from "./tables.ts";

/** A post with everything that its row holds, besides its parent. */
export interface PostRow extends PostContent {
  /** 0 for one that is not there yet. */
  readonly id: number;
  readonly slug: string;
  readonly path: string;
  readonly sourceKey: string | null;
  readonly hash: string | null;
  /** The text of a tsvector, as searchVectors makes it. */
  readonly search: string;
  readonly publishedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface PostLinks {
  readonly id: number;
  /** In the order in which they are named. */
  readonly authorIds: readonly number[];
  readonly tagIds: readonly number[];
}

/** Rows in one statement; fewer when their texts are long. */
const maxRows = 500;
const maxCharacters = 4_000_000;

const recordColumns = sql`id bigint, source_key text, import_hash text, kind text, slug text, path text, title text,
  status text, visibility text, password_hash text, pinned boolean, excerpt text, summary text, html text,
  preview_html text, clean_rules text, source_format text, source_text text, image jsonb, language text, seo jsonb,
  search text, published_at timestamptz, created_at timestamptz, updated_at timestamptz`;

/** Title, excerpt and public body, in the language's word forms and as written: both are asked. */
function searchVector(configuration: string) {
  const inWords = (name: string) => {
    const words = sql`${name}::regconfig`;
    return sql`setweight(to_tsvector(${words}, r.title), 'A') || setweight(to_tsvector(${words}, coalesce(r.excerpt, '')), 'B')
      || setweight(to_tsvector(${words}, r.search_body), 'C')`;
  };
  return configuration === "simple"
    ? inWords("simple")
    : sql`${inWords(configuration)} || ${inWords("simple")}`;
}

/**
 * What search may know of each post, as the text of a tsvector. This is most of the work of writing, so an import
 * does it before its transaction begins, in pieces between which others are answered.
 */
export async function searchVectors(
  query: Kysely<Tables>,
  posts: readonly PostContent[],
  configuration: string,
): Promise<string[]> {
  const vectors: string[] = [];
  for (const batch of slices(posts, 50)) {
    const texts = batch.map(({ title, excerpt, searchBody }) => ({
      title,
      excerpt,
      search_body: searchBody,
    }));
    const { rows } = await sql<{ vector: string }>`
      select (${searchVector(configuration)})::text as vector
      from rows from (json_to_recordset(${JSON.stringify(texts)}::json) as (title text, excerpt text, search_body text))
        with ordinality as r (title, excerpt, search_body, number)
      order by r.number`.execute(query);
    vectors.push(...rows.map(({ vector }) => vector));
  }
  return vectors;
}

/** Adds posts. Answers their ids by source key. */
export async function insertPosts(
  tx: Transaction<Tables>,
  posts: readonly PostRow[],
): Promise<{ sourceKey: string; id: number }[]> {
  const added: { sourceKey: string; id: number }[] = [];
  for (const batch of batches(posts)) {
    const { rows } = await sql<{ sourceKey: string; id: number }>`
      insert into post (source_key, import_hash, kind, slug, path, title, status, visibility, password_hash, pinned,
        excerpt, summary, html, preview_html, clean_rules, source_format, source_text, image, language, seo, search,
        published_at, created_at, updated_at)
      select r.source_key, r.import_hash, r.kind, r.slug, r.path, r.title, r.status, r.visibility, r.password_hash,
        r.pinned, r.excerpt, r.summary, r.html, r.preview_html, r.clean_rules, r.source_format, r.source_text, r.image,
        r.language, r.seo, r.search::tsvector, r.published_at, r.created_at, r.updated_at
      from json_to_recordset(${record(batch)}::json) as r (${recordColumns})
      returning source_key as "sourceKey", id`.execute(tx);
    added.push(...rows);
  }
  return added;
}

/** Writes posts over the rows with their ids. Source key and hash stay when the post has none. */
export async function updatePosts(tx: Transaction<Tables>, posts: readonly PostRow[]): Promise<void> {
  for (const batch of batches(posts)) {
    await sql`
      update post set source_key = coalesce(r.source_key, post.source_key),
        import_hash = coalesce(r.import_hash, post.import_hash), kind = r.kind, slug = r.slug, path = r.path,
        title = r.title, status = r.status, visibility = r.visibility, password_hash = r.password_hash,
        pinned = r.pinned, excerpt = r.excerpt, summary = r.summary, html = r.html, preview_html = r.preview_html,
        clean_rules = r.clean_rules, source_format = r.source_format, source_text = r.source_text, image = r.image,
        language = r.language, seo = r.seo, search = r.search::tsvector,
        published_at = r.published_at, updated_at = r.updated_at, version = post.version + 1
      from json_to_recordset(${record(batch)}::json) as r (${recordColumns})
      where post.id = r.id`.execute(tx);
  }
}

/** Gives rows other paths and nothing else. */
export async function movePosts(
  tx: Transaction<Tables>,
  places: readonly { readonly id: number; readonly slug: string; readonly path: string }[],
): Promise<void> {
  for (const batch of slices(places)) {
    await sql`
      update post set slug = r.slug, path = r.path
      from json_to_recordset(${JSON.stringify(batch)}::json) as r (id bigint, slug text, path text)
      where post.id = r.id`.execute(tx);
  }
}

/** Puts pages below their parents, where that is not so already. */
export async function setParents(
  tx: Transaction<Tables>,
  parents: readonly { readonly id: number; readonly parentId: number | null }[],
): Promise<void> {
  for (const batch of slices(parents)) {
    await sql`
      update post set parent_id = r."parentId"
      from json_to_recordset(${JSON.stringify(batch)}::json) as r (id bigint, "parentId" bigint)
      where post.id = r.id and post.parent_id is distinct from r."parentId"`.execute(tx);
  }
}

/** Replaces the authors and tags of these posts. */
export async function linkPosts(tx: Transaction<Tables>, links: readonly PostLinks[]): Promise<void> {
  for (const batch of slices(links)) {
    const ids = JSON.stringify(batch.map(({ id }) => id));
    const pairs = (idsOf: (post: PostLinks) => readonly number[]) =>
      JSON.stringify(
        batch.flatMap((post) => idsOf(post).map((to, position) => ({ post: post.id, to, position }))),
      );
    await sql`delete from post_author where post_id in (select value::bigint from json_array_elements_text(${ids}::json))`.execute(
      tx,
    );
    await sql`delete from post_tag where post_id in (select value::bigint from json_array_elements_text(${ids}::json))`.execute(
      tx,
    );
    await sql`
      insert into post_author (post_id, author_id, position) select r.post, r."to", r.position
      from json_to_recordset(${pairs((post) => post.authorIds)}::json) as r (post bigint, "to" bigint, position integer)`.execute(
      tx,
    );
    await sql`
      insert into post_tag (post_id, tag_id, position) select r.post, r."to", r.position
      from json_to_recordset(${pairs((post) => post.tagIds)}::json) as r (post bigint, "to" bigint, position integer)`.execute(
      tx,
    );
  }
}

function record(posts: readonly PostRow[]): string {
  return JSON.stringify(
    posts.map((post) => ({
      id: post.id,
      source_key: post.sourceKey,
      import_hash: post.hash,
      kind: post.kind,
      slug: post.slug,
      path: post.path,
      title: post.title,
      status: post.status,
      visibility: post.visibility,
      password_hash: post.passwordHash,
      pinned: post.pinned,
      excerpt: post.excerpt,
      summary: post.summary,
      html: post.html,
      preview_html: post.previewHtml,
      clean_rules: post.cleanRules,
      source_format: post.sourceFormat,
      source_text: post.sourceText,
      image: post.image,
      language: post.language,
      seo: post.seo,
      search: post.search,
      published_at: post.publishedAt,
      created_at: post.createdAt,
      updated_at: post.updatedAt,
    })),
  );
}

function* batches(posts: readonly PostRow[]): Generator<PostRow[]> {
  let batch: PostRow[] = [];
  let characters = 0;
  for (const post of posts) {
    const length = post.html.length + post.sourceText.length + post.search.length;
    if (batch.length > 0 && (batch.length >= maxRows || characters + length > maxCharacters)) {
      yield batch;
      batch = [];
      characters = 0;
    }
    batch.push(post);
    characters += length;
  }
  if (batch.length > 0) yield batch;
}

/** Pieces of a list that fit one statement. */
export function* slices<Item>(items: readonly Item[], most = maxRows): Generator<readonly Item[]> {
  for (let at = 0; at < items.length; at += most) yield items.slice(at, at + most);
}
