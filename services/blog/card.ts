// A post as the views show it: dates as the site writes them, addresses and pictures ready to print.

import type { SiteSettings } from "@rose-ash/platform/app";
import { authorPath, excerptOf, gateOf, type PostImage, type PostSummary, tagPath } from "./post.ts";

/** Writes dates in the site's language and time zone. */
export function dateWriter({ language, timeZone }: SiteSettings): (date: Date) => string {
  const format = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone });
  return (date) => format.format(date);
}

/** The address of a stored picture; one that stays elsewhere is its own address. */
export function imageAddress(name: string): string {
  return /^https?:/.test(name) ? name : `/media/${name}`;
}

export function imageView(image: PostImage | null) {
  if (!image) return null;
  const { width, height, alt } = image;
  const srcset = image.variants
    .map((variant) => `${imageAddress(variant.name)} ${variant.width}w`)
    .join(", ");
  return { src: imageAddress(image.name), srcset: srcset || null, width, height, alt };
}

/** A post as a card in a list; `likes` is how many people like it, where that is known. */
export function cardOf(post: PostSummary, writeDate: (date: Date) => string, likes: number | null = null) {
  return {
    title: post.title,
    href: post.path,
    excerpt: excerptOf(post),
    publishedAt: post.publishedAt.toISOString(),
    published: writeDate(post.publishedAt),
    image: imageView(post.image),
    tags: post.tags.map((tag) => ({ name: tag.name, href: tagPath(tag) })),
    authors: post.authors.map((author) => ({ name: author.name, href: authorPath(author) })),
    gate: gateOf(post),
    pinned: post.pinned,
    likes,
  };
}
