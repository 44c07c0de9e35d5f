// Revisions: a post as it is or was becomes a row that is never changed. Promise: numbers count up from 1 without a
// gap, and a version of a post is kept once.

import { sql, type Transaction } from "kysely";
import type { DeskPost, Editor, RevisionKind } from "./desk-post.ts";
import type { Tables } from "./tables.ts";
import { withMark } from "./whole-site.ts";

/** Keeps the stored state as a revision, unless it is one: what was imported or written elsewhere is not lost. */
export async function keepPresent(tx: Transaction<Tables>, post: DeskPost): Promise<void> {
  const { rows } =
    await sql`select from revision where post_id = ${post.id} and version = ${post.version}`.execute(tx);
  // A draft that was only begun has nothing to keep.
  if (rows.length > 0 || (post.sourceText === "" && post.html === "" && post.status === "draft")) return;
  const kind = post.status === "published" ? "published" : "saved";
  await addRevision(tx, post, {
    kind,
    version: post.version,
    restoredFrom: null,
    editor: null,
    now: post.updatedAt,
  });
}

export interface RevisionNote {
  readonly kind: RevisionKind;
  readonly version: number | null;
  readonly restoredFrom: number | null;
  readonly editor: Editor | null;
  readonly now: Date;
}

export async function addRevision(
  tx: Transaction<Tables>,
  post: DeskPost,
  note: RevisionNote,
): Promise<void> {
  const { editor } = note;
  await sql`
    insert into revision (post_id, number, version, kind, restored_from, title, slug, status, visibility, published_at,
      excerpt, html, source_format, source_text, tags, authors, image, language, author_id, author_name, created_at)
    select ${post.id}, coalesce(max(number), 0) + 1, ${note.version}::integer, ${note.kind}, ${note.restoredFrom}::integer,
      ${post.title}, ${post.slug}, ${post.status}, ${post.visibility}, ${post.publishedAt}::timestamptz,
      ${post.excerpt}::text, ${withMark(post.html, post.previewHtml)}, ${post.sourceFormat}, ${post.sourceText}, ${JSON.stringify(post.tags)}::jsonb,
      ${JSON.stringify(post.authors)}::jsonb, ${post.image === null ? null : JSON.stringify(post.image)}::jsonb,
      ${post.language}::text, ${editor?.id ?? null}::uuid, ${editor?.name ?? null}::text, ${note.now}::timestamptz
    from revision where post_id = ${post.id}`.execute(tx);
}
