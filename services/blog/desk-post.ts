// Posts as editors have them on their desk: in every state, with their source, their version and what they were
// before. The rows come from store-desk.ts.

import type { PostState } from "./announcement.ts";
import type { PostContent } from "./import/staged-site.ts";
import type { PostImage, Visibility } from "./post.ts";

export interface NamedTag {
  readonly kind: "tag" | "category";
  readonly slug: string;
  readonly name: string;
}

export interface NamedAuthor {
  readonly slug: string;
  readonly name: string;
}

/** A post with everything that an edit may change. */
export interface DeskPost extends Omit<PostContent, "searchBody"> {
  readonly id: number;
  /** Counts every change, from 1. */
  readonly version: number;
  readonly slug: string;
  readonly path: string;
  readonly parentId: number | null;
  readonly publishedAt: Date | null;
  readonly announcedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly deletedAt: Date | null;
  /** Internal ones too. */
  readonly tags: readonly NamedTag[];
  readonly authors: readonly NamedAuthor[];
}

/** A line of the list of posts. */
export interface DeskRow {
  readonly id: number;
  readonly kind: "post" | "page";
  readonly title: string;
  readonly path: string;
  readonly state: PostState;
  readonly authors: readonly string[];
  readonly publishedAt: Date | null;
  readonly updatedAt: Date;
  /** When it was deleted, in the list of those. */
  readonly deletedAt: Date | null;
}

export type RevisionKind = "saved" | "autosaved" | "restored" | "published";

/** A revision in a list. */
export interface RevisionRow {
  readonly number: number;
  /** The version of the post that it was; null for a text that never became one. */
  readonly version: number | null;
  readonly kind: RevisionKind;
  readonly restoredFrom: number | null;
  readonly title: string;
  readonly status: DeskPost["status"];
  /** Null where no editor kept it: an import, a command. */
  readonly authorName: string | null;
  readonly createdAt: Date;
}

/** A revision with what it says. */
export interface Revision extends RevisionRow {
  readonly slug: string;
  readonly visibility: Visibility;
  readonly publishedAt: Date | null;
  readonly excerpt: string | null;
  /** With the members-only mark where its preview ends. */
  readonly html: string;
  readonly sourceFormat: string;
  readonly sourceText: string;
  readonly tags: readonly NamedTag[];
  readonly authors: readonly NamedAuthor[];
  readonly image: PostImage | null;
  readonly language: string | null;
}

/** What a member has typed and not saved. */
export interface WorkingCopy {
  readonly memberId: string;
  readonly memberName: string;
  readonly basedOn: number;
  /** The fields of the form, as text. */
  readonly fields: Readonly<Record<string, string>>;
  readonly updatedAt: Date;
}

/** Whoever is at the desk. */
export interface Editor {
  readonly id: string;
  readonly name: string;
}

/** How long a deleted post can be brought back. */
export const keptDeletedDays = 30;

/** A working copy of somebody else that is younger than this is worth a warning. */
export const parallelMinutes = 15;
