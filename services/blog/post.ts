// The domain of posts: what makes an address, who may read what, and which words stand for a post in a list.
// Pure rules; the rows come from store.ts.

import type { Viewer } from "@rose-ash/platform/auth";
import type { StoredImage } from "@rose-ash/platform/media";

export type Visibility = "public" | "members" | "paid" | "password";
/** Why a visitor does not see a body; null when they do. */
export type Gate = Exclude<Visibility, "public"> | null;

/** A stored image as a post keeps it. */
export interface PostImage {
  /** The file's name in the media store, or a whole address when the picture stays elsewhere. */
  readonly name: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly alt: string;
  readonly caption: string | null;
  readonly variants: StoredImage["variants"];
}

/** Overrides for search engines and link previews; null where the post's own words serve. */
export interface Seo {
  readonly title: string | null;
  readonly description: string | null;
  readonly canonical: string | null;
  readonly ogTitle: string | null;
  readonly ogDescription: string | null;
  /** A media name or an address. */
  readonly ogImage: string | null;
}

export const noSeo: Seo = {
  title: null,
  description: null,
  canonical: null,
  ogTitle: null,
  ogDescription: null,
  ogImage: null,
};

export interface TagLink {
  readonly kind: "tag" | "category";
  readonly slug: string;
  readonly name: string;
}

export interface AuthorLink {
  readonly slug: string;
  readonly name: string;
}

/** A post as lists show it. */
export interface PostSummary {
  readonly id: number;
  readonly kind: "post" | "page";
  readonly path: string;
  readonly title: string;
  readonly visibility: Visibility;
  readonly pinned: boolean;
  readonly excerpt: string | null;
  /** The first words of the body; null where the body is not public. */
  readonly summary: string | null;
  readonly image: PostImage | null;
  readonly publishedAt: Date;
  readonly updatedAt: Date;
  readonly tags: readonly TagLink[];
  readonly authors: readonly AuthorLink[];
}

/** A post as its own page shows it. */
export interface Post extends PostSummary {
  readonly html: string;
  readonly previewHtml: string | null;
  readonly passwordHash: string | null;
  readonly parentId: number | null;
  readonly language: string | null;
  readonly seo: Seo;
}

/** What stands before a visitor who is nobody in particular. */
export function gateOf(post: { readonly visibility: Visibility }): Gate {
  return post.visibility === "public" ? null : post.visibility;
}

/** What stands before this viewer: members read what is for members, those with a level what is for supporters. */
export function gateFor(post: { readonly visibility: Visibility }, viewer: Viewer): Gate {
  const gate = gateOf(post);
  if (viewer.kind !== "member") return gate;
  return gate === "members" || (gate === "paid" && viewer.level !== null) ? null : gate;
}

/** The words under a title in a list: the editor's own, else the first of a public body. */
export function excerptOf(post: PostSummary): string | null {
  return post.excerpt ?? (post.visibility === "public" ? post.summary || null : null);
}

export function tagPath(tag: TagLink): string {
  return `/${tag.kind}/${encodeURIComponent(tag.slug)}/`;
}

export function authorPath(author: AuthorLink): string {
  return `/author/${encodeURIComponent(author.slug)}/`;
}

const reservedSlugs: ReadonlySet<string> = new Set([
  "tag",
  "category",
  "author",
  "search",
  "page",
  "feed",
  "rss",
  "assets",
  "media",
  "internal",
  "healthz",
  "readyz",
  "metrics",
  "dev",
  "admin",
  "auth",
  "like",
  "sx",
]);

/** Letters and digits of any script with hyphens between; never empty, and never an address of the blog itself. */
export function slugFrom(text: string): string {
  const plain = text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .normalize("NFC")
    .toLowerCase();
  const slug = plain
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 120)
    .replace(/-+$/, "");
  const named = slug === "" ? "untitled" : slug;
  return reservedSlugs.has(named) ? `${named}-post` : named;
}

/** The first of `slug`, `slug-2`, `slug-3` … that is not taken. */
export function freeSlug(slug: string, isTaken: (candidate: string) => boolean): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? slug : `${slug}-${number}`;
    if (!isTaken(candidate)) return candidate;
  }
}

/** The first words of a text, cut at a word, for lists and descriptions. */
export function firstWords(text: string, most = 280): string {
  const plain = text.replace(/\s+/g, " ").trim();
  if (plain.length <= most) return plain;
  const cut = plain.slice(0, most);
  const space = cut.lastIndexOf(" ");
  return `${(space > most / 2 ? cut.slice(0, space) : cut).replace(/[\s,;:.–—-]+$/u, "")}…`;
}

/** PostgreSQL's text search configurations by language; others are searched word by word. */
const searchLanguages: Readonly<Record<string, string>> = {
  ar: "arabic",
  ca: "catalan",
  da: "danish",
  de: "german",
  el: "greek",
  en: "english",
  es: "spanish",
  eu: "basque",
  fi: "finnish",
  fr: "french",
  ga: "irish",
  hi: "hindi",
  hu: "hungarian",
  hy: "armenian",
  id: "indonesian",
  it: "italian",
  lt: "lithuanian",
  nb: "norwegian",
  ne: "nepali",
  nl: "dutch",
  no: "norwegian",
  pt: "portuguese",
  ro: "romanian",
  ru: "russian",
  sr: "serbian",
  sv: "swedish",
  ta: "tamil",
  tr: "turkish",
  yi: "yiddish",
};

/** The text search configuration for a language tag. */
export function searchConfiguration(language: string): string {
  return searchLanguages[language.split("-")[0] ?? ""] ?? "simple";
}
