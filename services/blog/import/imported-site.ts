// What an importer hands over: another site's content in one neutral shape, whatever program it came from.
// Parsers fill it and promise nothing about safety: every `html` here is untrusted until import.ts has
// cleaned it. What was left behind is said, never dropped in silence.

export interface ImportedSite {
  readonly program: "wordpress" | "ghost";
  /** The version of the export format, as the file names it. */
  readonly version: string;
  /** The old site's own address, such as "https://old.example.org", or null when the file does not say. */
  readonly origin: string | null;
  readonly title: string | null;
  readonly description: string | null;
  readonly language: string | null;
  readonly authors: ImportedAuthor[];
  readonly tags: ImportedTag[];
  readonly posts: ImportedPost[];
  readonly menus: ImportedMenu[];
  readonly redirects: ImportedRedirect[];
  /** Things the file held that were not taken, each with the reason, for the report. */
  readonly notTaken: NotTaken[];
  /** Names (never values) of secrets that stood in the file and were dropped. */
  readonly secretsDropped: string[];
}

export interface ImportedAuthor {
  /** Unique within the export; posts refer to it. */
  readonly sourceId: string;
  readonly slug: string;
  readonly name: string;
  readonly bio: string | null;
  readonly website: string | null;
  readonly image: string | null;
}

export interface ImportedTag {
  readonly sourceId: string;
  readonly kind: "tag" | "category";
  readonly slug: string;
  readonly name: string;
  readonly description: string | null;
  readonly parentSourceId: string | null;
  readonly image: string | null;
  /** Internal tags organise; visitors do not see them. */
  readonly internal: boolean;
  readonly seo: ImportedSeo;
}

export type ImportedStatus = "draft" | "published" | "scheduled" | "private";
export type ImportedVisibility = "public" | "members" | "paid" | "password";

export interface ImportedPost {
  readonly sourceId: string;
  readonly kind: "post" | "page";
  readonly slug: string;
  readonly title: string;
  readonly status: ImportedStatus;
  readonly visibility: ImportedVisibility;
  /** Clear text of the old site's post password; the pipeline stores only a hash. */
  readonly password: string | null;
  /** Pages only: the page above this one. */
  readonly parentSourceId: string | null;
  readonly authorSourceIds: string[];
  /** In the order the old site shows them; the first is the main one. */
  readonly tagSourceIds: string[];
  readonly pinned: boolean;
  /** Written by hand; a derived excerpt stays null. Plain text. */
  readonly excerpt: string | null;
  readonly featureImage: ImportedImage | null;
  readonly publishedAt: Date | null;
  readonly createdAt: Date | null;
  readonly updatedAt: Date | null;
  readonly language: string | null;
  readonly seo: ImportedSeo;
  /** Paths (with query where needed, such as "/?p=12") at which this post was reachable before. */
  readonly oldAddresses: string[];
  /** The document as the old program kept it; stored beside the result and never served. */
  readonly source: { readonly format: "wordpress" | "lexical" | "mobiledoc" | "html"; readonly text: string };
  /** Untrusted HTML. `<!--members-only-->` marks where a public preview ends. */
  readonly html: string;
  /** What could not be carried over in this post's body. */
  readonly notes: string[];
}

export interface ImportedImage {
  readonly src: string;
  readonly alt: string;
  /** Plain text. */
  readonly caption: string | null;
}

export interface ImportedSeo {
  readonly title: string | null;
  readonly description: string | null;
  readonly canonical: string | null;
  readonly ogTitle: string | null;
  readonly ogDescription: string | null;
  readonly ogImage: string | null;
}

export interface ImportedMenu {
  readonly name: string;
  /** Where the old site showed it. */
  readonly place: "primary" | "secondary" | "other";
  readonly items: ImportedMenuItem[];
}

export interface ImportedMenuItem {
  readonly label: string;
  readonly target:
    | { readonly kind: "address"; readonly url: string }
    | { readonly kind: "post"; readonly sourceId: string }
    | { readonly kind: "tag"; readonly sourceId: string };
  readonly children: ImportedMenuItem[];
}

/**
 * An old address and where it leads now. `from` is a path; in a pattern, `*` stands for any run of characters,
 * `:segment` for a run without "/" and `:digits` for digits, each usable in `to` as $1, $2 … in order.
 */
export interface ImportedRedirect {
  readonly kind: "path" | "pattern";
  readonly from: string;
  readonly to: string;
  readonly status: 301 | 302;
  readonly ignoreCase: boolean;
}

export interface NotTaken {
  readonly what: string;
  readonly count: number;
  readonly why: string;
}

/** A file that cannot be imported: says which place in it is wrong and what to do about it. */
export class ImportRefusal extends Error {
  readonly place: string;
  constructor(place: string, sentence: string) {
    super(`${place}: ${sentence}`);
    this.name = "ImportRefusal";
    this.place = place;
  }
}

export const noSeo: ImportedSeo = {
  title: null,
  description: null,
  canonical: null,
  ogTitle: null,
  ogDescription: null,
  ogImage: null,
};
