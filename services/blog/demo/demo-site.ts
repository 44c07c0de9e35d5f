// The demo: a small co-op that does not exist, as a site to import. Its texts are the Markdown files in texts/, its
// pictures are drawn in pictures.ts; people, places and addresses are invented.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ImageFolder } from "../import/image-folder.ts";
import type { ImportedAuthor, ImportedMenuItem, ImportedTag } from "../import/imported-site.ts";
import type { TakenPost, TakenSite } from "../import/taken-site.ts";
import { readMarkdownPost, renderMarkdown } from "../markdown.ts";
import { noSeo, slugFrom } from "../post.ts";
import { drawPicture } from "./pictures.ts";

const origin = "https://demo.example.org";

const authors: ImportedAuthor[] = [
  {
    sourceId: "maya-thorne",
    slug: "maya-thorne",
    name: "Maya Thorne",
    bio: "Bakes on Tuesdays and Fridays, keeps the sourdough alive and the oven diary honest.",
    website: "https://maya.example.org/",
    image: null,
  },
  {
    sourceId: "jonas-quill",
    slug: "jonas-quill",
    name: "Jonas Quill",
    bio: "Runs the bike evening and knows where the small spanners are.",
    website: null,
    image: null,
  },
  {
    sourceId: "priya-lark",
    slug: "priya-lark",
    name: "Priya Lark",
    bio: "Looks after the garden, the seed library and the minutes.",
    website: "https://garden.example.org/",
    image: null,
  },
];

/** Where the demo's pictures are "found". */
export function demoImages(): ImageFolder {
  return { find: async (path) => drawPicture(path.split("/").at(-1) ?? "") };
}

/** Reads the demo's texts. */
export async function demoSite(): Promise<TakenSite> {
  const folder = join(import.meta.dirname, "texts");
  const files = (await readdir(folder)).filter((name) => name.endsWith(".md")).sort();
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), "utf8")));
  const tags = new Map<string, ImportedTag>();
  const posts = texts.map((text) => readText(text, tags));
  return {
    program: "rose-ash",
    version: "",
    origin,
    title: "Rose Ash demo",
    description: null,
    language: "en-GB",
    authors,
    tags: [...tags.values()],
    posts,
    menus: [
      {
        name: "Main",
        place: "primary",
        items: [
          { label: "Home", target: { kind: "address", url: "/" }, children: [] },
          {
            ...toPost("About", "about"),
            children: [toPost("How we decide", "how-we-decide"), toPost("House rules", "house-rules")],
          },
          { label: "Bakery", target: { kind: "tag", sourceId: "category/bakery" }, children: [] },
          { label: "Garden", target: { kind: "tag", sourceId: "category/garden" }, children: [] },
          toPost("Visit", "visit"),
        ],
      },
      {
        name: "Footer",
        place: "secondary",
        items: [
          toPost("How we decide", "how-we-decide"),
          { label: "RSS", target: { kind: "address", url: "/rss.xml" }, children: [] },
          {
            label: "Write to us",
            target: { kind: "address", url: "mailto:hello@example.org" },
            children: [],
          },
        ],
      },
    ],
    redirects: [
      { kind: "path", from: "/opening-hours/", to: "/visit/", status: 301, ignoreCase: true },
      { kind: "pattern", from: "/news/:digits/:segment", to: "/$2/", status: 301, ignoreCase: false },
    ],
    notTaken: [],
    secretsDropped: [],
  };
}

function toPost(label: string, slug: string): ImportedMenuItem {
  return { label, target: { kind: "post", sourceId: slug }, children: [] };
}

function readText(text: string, tags: Map<string, ImportedTag>): TakenPost {
  const { front, body } = readMarkdownPost(text);
  const slug = front.slug ?? slugFrom(front.title);
  const address = (src: string) => (/^[a-z]+\.png$/.test(src) ? `${origin}/pictures/${src}` : src);
  const tagIds = [
    ...front.categories.map((name) => takeTag("category", name, tags)),
    ...front.tags.map((name) => takeTag("tag", name, tags)),
  ];
  const date = front.date ?? null;
  return {
    sourceId: slug,
    kind: front.kind,
    slug,
    title: front.title,
    status: front.status,
    visibility: front.visibility,
    password: front.password ?? null,
    parentSourceId: front.parent ?? null,
    authorSourceIds: front.authors.map(slugFrom),
    tagSourceIds: tagIds,
    pinned: front.pinned,
    excerpt: front.excerpt ?? null,
    featureImage: front.image
      ? { src: address(front.image), alt: front.imageAlt, caption: front.imageCaption ?? null }
      : null,
    publishedAt: date,
    createdAt: date,
    updatedAt: date,
    language: front.language ?? null,
    seo: { ...front.seo, ogImage: null },
    oldAddresses: slug === "bread-on-friday" ? ["/2025/bread-every-friday/", "/?p=12"] : [],
    source: { format: "markdown", text },
    html: renderMarkdown(body, address),
    notes: [],
  };
}

function takeTag(kind: "tag" | "category", name: string, tags: Map<string, ImportedTag>): string {
  const slug = slugFrom(name);
  const sourceId = `${kind}/${slug}`;
  tags.set(sourceId, {
    sourceId,
    kind,
    slug,
    name,
    description: null,
    parentSourceId: null,
    image: null,
    internal: false,
    seo: noSeo,
  });
  return sourceId;
}
