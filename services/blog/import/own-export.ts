// This blog's own export: one JSON document that holds the content and can be imported elsewhere. Its shape is the
// neutral shape of imported-site.ts with the marker "rose-ash-export" in front. Passwords and their hashes are not
// in it. It is written by ../commands/export.ts.

import { z } from "zod";
import { readJson } from "./ghost-json.ts";
import { ImportRefusal } from "./imported-site.ts";
import type { TakenSite } from "./taken-site.ts";

/** The version of the format; change it when older programs could not read it. */
export const ownExportVersion = "1";

const words = z.string().nullable();
const time = z.iso
  .datetime()
  .transform((text) => new Date(text))
  .nullable();

const seo = z.object({
  title: words,
  description: words,
  canonical: words,
  ogTitle: words,
  ogDescription: words,
  ogImage: words,
});

const author = z.object({
  sourceId: z.string(),
  slug: z.string(),
  name: z.string(),
  bio: words,
  website: words,
  image: words,
});

const tag = z.object({
  sourceId: z.string(),
  kind: z.enum(["tag", "category"]),
  slug: z.string(),
  name: z.string(),
  description: words,
  parentSourceId: words,
  image: words,
  internal: z.boolean(),
  seo,
});

const post = z.object({
  sourceId: z.string(),
  kind: z.enum(["post", "page"]),
  slug: z.string(),
  title: z.string(),
  status: z.enum(["draft", "published", "scheduled", "private"]),
  visibility: z.enum(["public", "members", "paid", "password"]),
  parentSourceId: words,
  authorSourceIds: z.array(z.string()),
  tagSourceIds: z.array(z.string()),
  pinned: z.boolean(),
  excerpt: words,
  featureImage: z.object({ src: z.string(), alt: z.string(), caption: words }).nullable(),
  publishedAt: time,
  createdAt: time,
  updatedAt: time,
  language: words,
  seo,
  oldAddresses: z.array(z.string()),
  source: z.object({
    format: z.enum(["wordpress", "lexical", "mobiledoc", "html", "markdown"]),
    text: z.string(),
  }),
  html: z.string(),
});

const target = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("address"), url: z.string() }),
  z.object({ kind: z.literal("post"), sourceId: z.string() }),
  z.object({ kind: z.literal("tag"), sourceId: z.string() }),
]);

const menuItem = z.object({
  label: z.string(),
  target,
  get children() {
    return z.array(menuItem);
  },
});

const document = z.object({
  "rose-ash-export": z.literal(ownExportVersion),
  origin: z.url({ protocol: /^https?$/ }),
  title: words,
  description: words,
  language: words,
  authors: z.array(author),
  tags: z.array(tag),
  posts: z.array(post),
  menus: z.array(
    z.object({
      name: z.string(),
      place: z.enum(["primary", "secondary", "other"]),
      items: z.array(menuItem),
    }),
  ),
  redirects: z.array(
    z.object({
      kind: z.enum(["path", "pattern"]),
      from: z.string(),
      to: z.string(),
      status: z.union([z.literal(301), z.literal(302)]),
      ignoreCase: z.boolean(),
    }),
  ),
});

export type OwnExport = z.input<typeof document>;

/** Reads an export of this blog. Throws ImportRefusal with the place of what is wrong. */
export function parseOwnExport(text: string): TakenSite {
  const checked = document.safeParse(readJson(text));
  if (!checked.success) {
    const issue = checked.error.issues[0]!;
    throw new ImportRefusal(
      `$.${issue.path.join(".")}`,
      `${issue.message}. Export once more, or mend the file at this place.`,
    );
  }
  const { "rose-ash-export": version, origin, ...site } = checked.data;
  return {
    ...site,
    program: "rose-ash",
    version,
    origin: new URL(origin).origin,
    posts: site.posts.map((one) => ({ ...one, password: null, notes: [] })),
    notTaken: [],
    secretsDropped: [],
  };
}
