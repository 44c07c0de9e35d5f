// What editors write: posts with their revisions, working copies, deleting and bringing back. Promise: an edit that
// began from another version than the stored one overwrites nothing; every stored state of a post is kept as a
// revision before it is changed (writing-revisions.ts); facts are told in the transaction of the change
// (writing-facts.ts). Reading is in store-desk.ts.

import { refer } from "@rose-ash/platform/rpc";
import type { Database } from "@rose-ash/platform/store";
import { sql, type Transaction } from "kysely";
import {
  type DeskPost,
  type Editor,
  keptDeletedDays,
  type NamedTag,
  type RevisionKind,
} from "./desk-post.ts";
import { type PlacedRow, planPaths } from "./import/page-paths.ts";
import type { PostContent } from "./import/staged-site.ts";
import { freeSlug, searchConfiguration } from "./post.ts";
import { readDeskPost } from "./store-desk.ts";
import type { Tables } from "./tables.ts";
import { keepOldAddresses } from "./writing-addresses.ts";
import { type EmitActivity, tellOfChange } from "./writing-facts.ts";
import { linkPosts, movePosts, searchVectors, updatePosts } from "./writing-posts.ts";
import { addRevision, keepPresent } from "./writing-revisions.ts";
import { authorIdsFor, tagIdsFor } from "./writing-tags.ts";

/** An edit of a post, ready to be kept. */
export interface PostChange {
  readonly id: number;
  /** The version that the edit began from. */
  readonly basedOn: number;
  readonly content: PostContent;
  readonly slug: string;
  /** Nobody typed the slug: where it is taken the next free one will do. */
  readonly mayRenumber: boolean;
  readonly publishedAt: Date | null;
  /** By name; those that are not there yet are made. */
  readonly tags: readonly Pick<NamedTag, "kind" | "name">[];
  readonly authors: readonly string[];
  readonly kind: RevisionKind;
  readonly restoredFrom: number | null;
  readonly editor: Editor;
  readonly now: Date;
  readonly searchLanguage: string;
}

export type KeptPost =
  | { readonly kind: "kept" | "unchanged"; readonly version: number; readonly path: string }
  /** Somebody else changed the post meanwhile: nothing was written. */
  | { readonly kind: "conflict"; readonly stored: DeskPost }
  /** Another post or page is at this address. */
  | { readonly kind: "taken"; readonly path: string }
  /** There is no such post, or no longer. */
  | { readonly kind: "gone" };

export interface NewPost {
  readonly kind: "post" | "page";
  /** Made with the form: sending it twice begins one post. */
  readonly key: string;
  readonly title: string;
  readonly slug: string;
  readonly now: Date;
}

export interface CopyRequest {
  readonly postId: number;
  readonly basedOn: number;
  readonly fields: Readonly<Record<string, string>>;
  readonly editor: Editor;
  readonly now: Date;
}

export interface DeskWriting {
  /** Begins a draft that nobody has seen, once for each key. Answers its id. */
  beginPost(post: NewPost): Promise<number>;
  keepPost(change: PostChange, emit: EmitActivity): Promise<KeptPost>;
  /** Keeps what is typed beside the post. Answers the post's version, or null when the post is gone. */
  keepWorkingCopy(copy: CopyRequest): Promise<{ readonly version: number } | null>;
  /** Puts a member's working copy away, as a revision from which it can be had again. */
  discardWorkingCopy(postId: number, editor: Editor, now: Date): Promise<boolean>;
  /** Takes a post from visitors and editors; it can be brought back for 30 days. */
  deletePost(id: number, editor: Editor, now: Date, emit: EmitActivity): Promise<boolean>;
  /** Brings a deleted post back as a draft. Answers null when there is none, or its time is over. */
  undeletePost(id: number, editor: Editor, now: Date): Promise<{ readonly path: string } | null>;
  /** Tells of a scheduled post whose time has come, once, if it still has that time. */
  announceDue(
    tx: Transaction<Tables>,
    id: number,
    publishedAt: Date,
    now: Date,
    emit: EmitActivity,
  ): Promise<void>;
  /** How much there is of a member. */
  countTraces(tx: Transaction<Tables>, memberId: string): Promise<{ revisions: number; pictures: number }>;
  /** Takes a member's name out of what they wrote, and what they have not saved away. */
  forgetMember(tx: Transaction<Tables>, memberId: string): Promise<void>;
}

/** What stands for the name of somebody who left. */
const formerMember = "a former member";

export function createDeskWriting(database: Database<Tables>): DeskWriting {
  return {
    beginPost: (post) => database.transaction((tx) => beginPost(tx, post)),
    keepPost: (change, emit) => database.transaction((tx) => keepPost(tx, change, emit)),

    keepWorkingCopy: ({ postId, basedOn, fields, editor, now }) =>
      database.transaction(async (tx) => {
        const post = await readDeskPost(tx, postId, "for update");
        if (post === null || post.deletedAt !== null) return null;
        await sql`
          insert into working_copy (post_id, member_id, member_name, based_on, fields, updated_at)
          values (${postId}, ${editor.id}, ${editor.name}, ${basedOn}, ${JSON.stringify(fields)}::jsonb, ${now})
          on conflict (post_id, member_id) do update set member_name = excluded.member_name,
            based_on = excluded.based_on, fields = excluded.fields, updated_at = excluded.updated_at`.execute(
          tx,
        );
        return { version: post.version };
      }),

    discardWorkingCopy: (postId, editor, now) =>
      database.transaction(async (tx) => {
        const post = await readDeskPost(tx, postId, "for update");
        const { rows } = await sql<{ fields: Readonly<Record<string, string>> }>`
          delete from working_copy where post_id = ${postId} and member_id = ${editor.id} returning fields`.execute(
          tx,
        );
        const [copy] = rows;
        if (!copy || post === null) return false;
        const { title = "", text = "", format = "markdown", excerpt = "" } = copy.fields;
        const put = {
          ...post,
          title,
          sourceText: text,
          sourceFormat: format,
          excerpt: excerpt || null,
          html: "",
        };
        await addRevision(tx, put, { kind: "autosaved", version: null, restoredFrom: null, editor, now });
        return true;
      }),

    deletePost: (id, editor, now, emit) =>
      database.transaction(async (tx) => {
        const post = await readDeskPost(tx, id, "for update");
        if (post === null || post.deletedAt !== null) return false;
        await keepPresent(tx, post);
        await sql`
          update post set deleted_at = ${now}, version = version + 1, updated_at = ${now} where id = ${id}`.execute(
          tx,
        );
        await tellOfChange(tx, {
          before: post,
          after: { ...post, deletedAt: now },
          actor: memberActor(editor),
          now,
          emit,
        });
        return true;
      }),

    undeletePost: (id, editor, now) => database.transaction((tx) => undeletePost(tx, id, editor, now)),

    async announceDue(tx, id, publishedAt, now, emit) {
      const post = await readDeskPost(tx, id, "for update");
      if (post === null || post.deletedAt !== null || post.status !== "published") return;
      if (post.announcedAt !== null || post.publishedAt?.getTime() !== publishedAt.getTime()) return;
      if (publishedAt > now) {
        throw new Error(
          `Telling of post ${id}: its time has not come on this machine's clock; it is tried again.`,
        );
      }
      await tellOfChange(tx, { before: post, after: post, actor: "blog", now, emit });
    },

    async countTraces(tx, memberId) {
      const { rows } = await sql<{ revisions: number; pictures: number }>`
        select (select count(*) from revision where author_id = ${memberId}) as revisions,
          (select count(*) from media where uploaded_by = ${memberId}) as pictures`.execute(tx);
      return rows[0] ?? { revisions: 0, pictures: 0 };
    },

    async forgetMember(tx, memberId) {
      await sql`update revision set author_id = null, author_name = ${formerMember} where author_id = ${memberId}`.execute(
        tx,
      );
      await sql`update media set uploaded_by = null, uploaded_name = ${formerMember} where uploaded_by = ${memberId}`.execute(
        tx,
      );
      await sql`delete from working_copy where member_id = ${memberId}`.execute(tx);
    },
  };
}

async function beginPost(tx: Transaction<Tables>, { kind, key, title, slug, now }: NewPost): Promise<number> {
  const sourceKey = `written ${key}`;
  // Two sendings of one form at once wait for each other here.
  await sql`select pg_advisory_xact_lock(hashtextextended(${sourceKey}::text, 1))`.execute(tx);
  const known = await sql<{ id: number }>`select id from post where source_key = ${sourceKey}`.execute(tx);
  if (known.rows[0]) return known.rows[0].id;
  const free = await freeSlugAt(tx, "/", slug, null);
  const { rows } = await sql<{ id: number }>`
    insert into post (kind, slug, path, title, status, published_at, clean_rules, source_format, source_text, source_key,
      announced_at, created_at, updated_at)
    values (${kind}, ${free}, ${`/${free}/`}, ${title}, 'draft', null, '', 'markdown', '', ${sourceKey}, null, ${now}, ${now})
    returning id`.execute(tx);
  return rows[0]!.id; // an insert of one row returns it
}

async function keepPost(tx: Transaction<Tables>, asked: PostChange, emit: EmitActivity): Promise<KeptPost> {
  const before = await readDeskPost(tx, asked.id, "for update");
  if (before === null || before.deletedAt !== null) return { kind: "gone" };
  const base = before.path.slice(0, before.path.length - before.slug.length - 1);
  const free = await freeSlugAt(tx, base, asked.slug, asked.id);
  const change = asked.mayRenumber ? { ...asked, slug: free } : asked;
  if (isSame(before, change)) {
    await dropCopy(tx, change);
    return { kind: "unchanged", version: before.version, path: before.path };
  }
  if (before.version !== change.basedOn) return { kind: "conflict", stored: before };
  const path = `${base}${change.slug}/`;
  if (free !== change.slug) return { kind: "taken", path };

  await keepPresent(tx, before);
  await writeContent(tx, before, change, path);
  if (path !== before.path) await moveBelow(tx, before, change.id);
  const after = await readDeskPost(tx, change.id, "no lock");
  if (after === null)
    throw new Error(`Post ${change.id} went away while it was written, though it was locked.`);
  const { kind, restoredFrom, editor, now } = change;
  await addRevision(tx, after, { kind, version: after.version, restoredFrom, editor, now });
  await dropCopy(tx, change);

  await tellOfChange(tx, { before, after, actor: memberActor(editor), now, emit });
  return { kind: "kept", version: after.version, path };
}

async function writeContent(
  tx: Transaction<Tables>,
  before: DeskPost,
  change: PostChange,
  path: string,
): Promise<void> {
  const { id, content, slug, publishedAt, now } = change;
  const [search = ""] = await searchVectors(tx, [content], searchConfiguration(change.searchLanguage));
  const times = { publishedAt, createdAt: before.createdAt, updatedAt: now };
  await updatePosts(tx, [{ ...content, ...times, id, slug, path, search, sourceKey: null, hash: null }]);
  const tagIds = await tagIdsFor(tx, change.tags);
  const authorIds = await authorIdsFor(tx, change.authors);
  await linkPosts(tx, [{ id, tagIds, authorIds }]);
}

/** A post moved: its old address leads to it, and the pages below it move along. */
async function moveBelow(tx: Transaction<Tables>, before: DeskPost, id: number): Promise<void> {
  const { rows } = await sql<PlacedRow>`
    select id, kind, slug, path, parent_id as "parentId", source_key as "sourceKey"
    from post where deleted_at is null order by id`.execute(tx);
  const { moved } = planPaths(rows, []);
  const former = moved.map((row) => ({
    address: rows.find((known) => known.id === row.id)!.path,
    postId: row.id,
  }));
  await movePosts(tx, moved);
  await keepOldAddresses(tx, [{ address: before.path, postId: id }, ...former]);
}

async function undeletePost(tx: Transaction<Tables>, id: number, editor: Editor, now: Date) {
  const post = await readDeskPost(tx, id, "for update");
  if (post === null || post.deletedAt === null) return null;
  if (now.getTime() - post.deletedAt.getTime() > keptDeletedDays * 86_400_000) return null;
  const above = post.parentId === null ? null : await readDeskPost(tx, post.parentId, "no lock");
  const base = above !== null && above.deletedAt === null ? above.path : "/";
  const slug = await freeSlugAt(tx, base, post.slug, id);
  const path = `${base}${slug}/`;
  await sql`
    update post set deleted_at = null, status = 'draft', slug = ${slug}, path = ${path}, announced_at = null,
      parent_id = ${base === "/" ? null : post.parentId}, version = version + 1, updated_at = ${now}
    where id = ${id}`.execute(tx);
  const after = await readDeskPost(tx, id, "no lock");
  if (after)
    await addRevision(tx, after, { kind: "saved", version: after.version, restoredFrom: null, editor, now });
  return { path };
}

/** The slug itself when nothing else stands there, else the next free one. */
async function freeSlugAt(
  tx: Transaction<Tables>,
  base: string,
  slug: string,
  self: number | null,
): Promise<string> {
  const { rows } = await sql<{ path: string }>`
    select path from post where deleted_at is null and starts_with(path, ${`${base}${slug}`})
      and id is distinct from ${self}::bigint`.execute(tx);
  const taken = new Set(rows.map(({ path }) => path));
  return freeSlug(slug, (candidate) => taken.has(`${base}${candidate}/`));
}

async function dropCopy(tx: Transaction<Tables>, { id, editor }: PostChange): Promise<void> {
  await sql`delete from working_copy where post_id = ${id} and member_id = ${editor.id}`.execute(tx);
}

/** Whether the change says nothing that the post does not say already. */
function isSame(before: DeskPost, { content, slug, publishedAt, tags, authors }: PostChange): boolean {
  const says = (post: PostContent | DeskPost) => [
    post.title,
    post.status,
    post.visibility,
    post.passwordHash,
    post.excerpt,
    post.html,
    post.previewHtml,
    post.sourceFormat,
    post.sourceText,
    imageText(post.image),
    post.language,
  ];
  const tagText = (list: PostChange["tags"]) => list.map(({ kind, name }) => `${kind} ${name}`).sort();
  return (
    JSON.stringify([
      ...says(before),
      before.slug,
      before.publishedAt?.getTime() ?? null,
      tagText(before.tags),
      before.authors.map(({ name }) => name),
    ]) === JSON.stringify([...says(content), slug, publishedAt?.getTime() ?? null, tagText(tags), authors])
  );
}

function imageText(image: DeskPost["image"]): string | null {
  return image && JSON.stringify([image.name, image.alt, image.caption]);
}

function memberActor({ id }: Editor): string {
  return refer("account", "member", id);
}
