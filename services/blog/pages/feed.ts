// The feeds, RSS 2.0 and Atom (RFC 4287): the newest posts, whole where they are public. Of others the feed
// has what their cards show and nothing else.

import type { Answer, PageRequest } from "@rose-ash/platform/app";
import { imageAddress } from "../card.ts";
import { excerptOf, gateOf, type Post } from "../post.ts";
import type { BlogParts } from "../routes.ts";
import { absoluteAddresses, element, escapeXml } from "../xml.ts";

export function rssFeed({ store, settings, site, origin, now }: BlogParts) {
  return async (_request: PageRequest): Promise<Answer> => {
    const posts = await store.newestPosts(now(), settings.postsInFeed);
    const items = posts.map((post) => rssItem(post, origin));
    const newest = newestChange(posts);
    const channel = [
      element("title", site.title),
      element("link", `${origin}/`),
      element("description", site.description ?? site.title),
      element("language", site.language),
      newest ? element("lastBuildDate", newest.toUTCString()) : "",
      `<atom:link href="${origin}/rss.xml" rel="self" type="application/rss+xml"/>`,
      ...items,
    ];
    const spaces =
      'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"';
    const body = `<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" ${spaces}><channel>${channel.join("")}</channel></rss>\n`;
    return {
      kind: "document",
      type: "application/rss+xml",
      body,
      cache: "public",
    };
  };
}

function rssItem(post: Post, origin: string): string {
  const address = origin + encodeURI(post.path);
  return `<item>${[
    element("title", post.title),
    element("link", address),
    `<guid isPermaLink="true">${escapeXml(address)}</guid>`,
    element("pubDate", post.publishedAt.toUTCString()),
    ...post.authors.map((author) => element("dc:creator", author.name)),
    ...post.tags.map((tag) => element("category", tag.name)),
    element("description", excerptOf(post) ?? ""),
    gateOf(post) === null ? element("content:encoded", feedHtml(post, origin)) : "",
  ].join("")}</item>`;
}

export function atomFeed({ store, settings, site, origin, now }: BlogParts) {
  return async (_request: PageRequest): Promise<Answer> => {
    const posts = await store.newestPosts(now(), settings.postsInFeed);
    const newest = newestChange(posts);
    const feed = [
      element("title", site.title),
      site.description ? element("subtitle", site.description) : "",
      element("id", `${origin}/`),
      `<link href="${origin}/"/><link href="${origin}/atom.xml" rel="self" type="application/atom+xml"/>`,
      element("updated", (newest ?? new Date(0)).toISOString()),
      ...posts.map((post) => atomEntry(post, origin, site.title)),
    ];
    const body = `<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${escapeXml(site.language)}">${feed.join("")}</feed>\n`;
    return {
      kind: "document",
      type: "application/atom+xml",
      body,
      cache: "public",
    };
  };
}

function atomEntry(post: Post, origin: string, siteTitle: string): string {
  const address = origin + encodeURI(post.path);
  const authors = post.authors.length > 0 ? post.authors.map((author) => author.name) : [siteTitle];
  return `<entry>${[
    element("title", post.title),
    element("id", address),
    `<link href="${escapeXml(address)}"/>`,
    element("published", post.publishedAt.toISOString()),
    element("updated", post.updatedAt.toISOString()),
    ...authors.map((name) => `<author>${element("name", name)}</author>`),
    ...post.tags.map((tag) => `<category term="${escapeXml(tag.name)}"/>`),
    element("summary", excerptOf(post) ?? ""),
    gateOf(post) === null ? `<content type="html">${escapeXml(feedHtml(post, origin))}</content>` : "",
  ].join("")}</entry>`;
}

/** The body with its picture, every address whole: a feed is read away from the site. */
function feedHtml(post: Post, origin: string): string {
  const picture = post.image
    ? `<p><img src="${escapeXml(imageAddress(post.image.name))}" alt="${escapeXml(post.image.alt)}"></p>`
    : "";
  return absoluteAddresses(picture + post.html, origin);
}

function newestChange(posts: readonly Post[]): Date | null {
  const times = posts.map((post) => Math.max(post.updatedAt.getTime(), post.publishedAt.getTime()));
  return times.length === 0 ? null : new Date(Math.max(...times));
}
