// Announcements: which facts a change of a post is told by. Pure rules. Promise: a post is told of once when it
// becomes visible, by whatever way, and never before; what was not told is not taken back. Emitting is in
// writing-desk.ts, in the transaction of the change.

import type { Visibility } from "./post.ts";

/** What of a post decides who sees it. */
export interface Standing {
  readonly status: "draft" | "published" | "private";
  readonly visibility: Visibility;
  readonly publishedAt: Date | null;
  readonly deleted: boolean;
}

export type PostFact = "postPublished" | "postUpdated" | "postUnpublished" | "postDeleted";

export interface Announcement {
  /** What is told now. */
  readonly fact: PostFact | null;
  /** Whether the fact may leave the installation. */
  readonly toEverybody: boolean;
  /** When `postDue` is to be told, for a post that waits for its time. */
  readonly dueAt: Date | null;
  /** What the post keeps as the time at which it was told of. */
  readonly announcedAt: Date | null;
}

export type PostState = "draft" | "scheduled" | "published" | "private";

/** What an editor calls the state of a post. */
export function stateOf(
  { status, publishedAt }: Pick<Standing, "status" | "publishedAt">,
  now: Date,
): PostState {
  return status === "published" && publishedAt !== null && publishedAt > now ? "scheduled" : status;
}

function isVisible(standing: Standing, now: Date): boolean {
  return !standing.deleted && stateOf(standing, now) === "published";
}

/** What is to be told of a change at `now`; `announcedAt` is what the post had before it. */
export function announce(
  before: Standing,
  after: Standing,
  announcedAt: Date | null,
  now: Date,
): Announcement {
  const toEverybody = before.visibility === "public" || after.visibility === "public";
  const wasTold = isVisible(before, now) && announcedAt !== null;
  if (isVisible(after, now)) {
    return wasTold
      ? { fact: "postUpdated", toEverybody, dueAt: null, announcedAt }
      : { fact: "postPublished", toEverybody: after.visibility === "public", dueAt: null, announcedAt: now };
  }
  const waits = !after.deleted && stateOf(after, now) === "scheduled";
  const waited =
    !before.deleted &&
    stateOf(before, now) === "scheduled" &&
    before.publishedAt?.getTime() === after.publishedAt?.getTime();
  return {
    fact: wasTold ? (after.deleted ? "postDeleted" : "postUnpublished") : null,
    toEverybody: before.visibility === "public",
    dueAt: waits && !(waited && announcedAt === null) ? after.publishedAt : null,
    announcedAt: null,
  };
}
