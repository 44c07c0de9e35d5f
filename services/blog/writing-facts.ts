// Facts about posts, told in the transaction of the change that they report. Which are told is decided by
// announcement.ts; whoever changes a post calls this once, with the post before and after.

import type { ServiceParts } from "@rose-ash/platform/app";
import { refer } from "@rose-ash/platform/rpc";
import { sql, type Transaction } from "kysely";
import { type Announcement, announce, type Standing } from "./announcement.ts";
import { blog } from "./contract.ts";
import type { DeskPost } from "./desk-post.ts";
import type { Tables } from "./tables.ts";

export type EmitActivity = ServiceParts<unknown, unknown>["emitActivity"];

export interface Change {
  /** Null for a post that was not there. */
  readonly before: DeskPost | null;
  readonly after: DeskPost;
  /** A member's reference, or "blog" when no person did it. */
  readonly actor: string;
  readonly now: Date;
  readonly emit: EmitActivity;
}

const nothing: Standing = { status: "draft", visibility: "public", publishedAt: null, deleted: false };

/** Tells of a change, and keeps on the post whether it is told of. */
export async function tellOfChange(
  tx: Transaction<Tables>,
  { before, after, actor, now, emit }: Change,
): Promise<void> {
  const was = before === null ? nothing : standingOf(before);
  const told = announce(was, standingOf(after), before?.announcedAt ?? null, now);
  await sql`update post set announced_at = ${told.announcedAt} where id = ${after.id}`.execute(tx);
  await tell(tx, told, after, actor, emit);
}

function standingOf({ status, visibility, publishedAt, deletedAt }: DeskPost): Standing {
  return { status, visibility, publishedAt, deleted: deletedAt !== null };
}

async function tell(
  tx: Transaction<Tables>,
  { fact, toEverybody, dueAt }: Announcement,
  post: DeskPost,
  actor: string,
  emit: EmitActivity,
): Promise<void> {
  const object = refer("blog", "post", post.id);
  if (dueAt !== null) {
    const data = { post: object, publishedAt: dueAt.toISOString() };
    await emit(tx, { fact: blog.facts.postDue, actor, object, data, notBefore: dueAt });
  }
  if (fact === null) return;
  const { kind, path, title, visibility: audience } = post;
  const publishedAt = (post.publishedAt ?? post.updatedAt).toISOString();
  const visibility = toEverybody ? ("public" as const) : ("internal" as const);
  const told = { ...blog.facts[fact], visibility };
  await emit(tx, {
    fact: told,
    actor,
    object,
    data: { post: object, kind, path, title, publishedAt, audience },
  });
}
