// A staged site: an import that was read, cleaned and fetched, and only waits to be written. Everything in it may
// be kept as it stands; rows are named by source keys until the database gives them numbers. Made by staging.ts,
// written by ../writing.ts in one transaction.

import type { PostImage, Seo, Visibility } from "../post.ts";

export interface StagedAuthor {
  /** Program, origin, kind and number in the old site: the same thing has the same key in every import. */
  readonly sourceKey: string;
  /** What the row was made from: equal hashes mean that there is nothing to write. */
  readonly hash: string;
  readonly slug: string;
  readonly name: string;
  readonly bio: string | null;
  readonly website: string | null;
  readonly image: PostImage | null;
}

export interface StagedTag {
  readonly sourceKey: string;
  readonly hash: string;
  readonly kind: "tag" | "category";
  readonly slug: string;
  readonly name: string;
  readonly description: string | null;
  readonly parentKey: string | null;
  readonly image: PostImage | null;
  readonly internal: boolean;
  readonly seo: Seo;
}

/** The columns of a post that do not depend on where it came from. */
export interface PostContent {
  readonly kind: "post" | "page";
  readonly title: string;
  readonly status: "draft" | "published" | "private";
  readonly visibility: Visibility;
  readonly passwordHash: string | null;
  readonly pinned: boolean;
  readonly excerpt: string | null;
  readonly summary: string;
  readonly html: string;
  readonly previewHtml: string | null;
  readonly cleanRules: string;
  readonly sourceFormat: string;
  readonly sourceText: string;
  readonly image: PostImage | null;
  readonly language: string | null;
  readonly seo: Seo;
  /** What search may know of the body: only what everybody may read. */
  readonly searchBody: string;
}

export interface StagedPost extends PostContent {
  readonly sourceKey: string;
  readonly hash: string;
  /** As wanted; writing makes it free. */
  readonly slug: string;
  readonly parentKey: string | null;
  readonly authorKeys: readonly string[];
  readonly tagKeys: readonly string[];
  readonly publishedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** In the normal form of addresses.ts. */
  readonly oldAddresses: readonly string[];
}

export interface StagedMenuItem {
  readonly label: string;
  readonly target:
    | { readonly kind: "address"; readonly url: string }
    | { readonly kind: "post"; readonly key: string }
    | { readonly kind: "tag"; readonly key: string };
  readonly children: readonly StagedMenuItem[];
}

export interface StagedMenu {
  readonly place: "primary" | "secondary";
  readonly items: readonly StagedMenuItem[];
}

export interface StagedRedirect {
  readonly kind: "path" | "pattern";
  readonly source: string;
  readonly target: string;
  readonly status: 301 | 302;
  readonly ignoreCase: boolean;
}

export interface StagedSite {
  /** What every source key of the old site begins with. */
  readonly keyPrefix: string;
  /** The language whose word forms search knows, as a BCP 47 tag. */
  readonly searchLanguage: string;
  readonly authors: readonly StagedAuthor[];
  readonly tags: readonly StagedTag[];
  /** Only those that are new or changed since they were last imported. */
  readonly posts: readonly StagedPost[];
  /** Empty: the menus there are stay. */
  readonly menus: readonly StagedMenu[];
  readonly redirects: readonly StagedRedirect[];
}

/** How many rows of one kind an import touched. */
export interface Counts {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
}

/** What came of writing a staged site. */
export interface ImportOutcome {
  readonly authors: Counts;
  readonly tags: Counts;
  readonly posts: Counts;
  readonly pages: Counts;
  readonly redirects: Counts;
  readonly menus: "none" | "replaced" | "unchanged";
  /** Addresses that lead to a post now and did not before. */
  readonly oldAddresses: number;
  /** What had to be decided while writing, by source key. */
  readonly notes: readonly { readonly sourceKey: string; readonly note: string }[];
}
