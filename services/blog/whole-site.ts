// Everything the blog holds, read at one moment, in the shape of its own export (import/own-export.ts). What would
// let somebody in (hashes of post passwords) is not read at all.

import type { AnyDatabase, SiteSettings } from "@rose-ash/platform/app";
import { sql } from "kysely";
import { type OwnExport, ownExportVersion } from "./import/own-export.ts";
import { noSeo, type PostImage, type Seo } from "./post.ts";

interface AuthorRecord {
  id: number;
  slug: string;
  name: string;
  bio: string | null;
  website: string | null;
  image: PostImage | null;
}

interface TagRecord {
  id: number;
  kind: "tag" | "category";
  slug: string;
  name: string;
  description: string | null;
  parent: number | null;
  image: PostImage | null;
  internal: boolean;
  seo: Partial<Seo>;
}

type Source = OwnExport["posts"][number]["source"];

interface PostRecord {
  id: number;
  kind: "post" | "page";
  slug: string;
  path: string;
  parent: number | null;
  title: string;
  status: "draft" | "published" | "private";
  visibility: "public" | "members" | "paid" | "password";
  pinned: boolean;
  excerpt: string | null;
  html: string;
  preview: string | null;
  sourceFormat: Source["format"];
  sourceText: string;
  image: PostImage | null;
  language: string | null;
  seo: Partial<Seo>;
  publishedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  authors: number[];
  tags: number[];
  addresses: string[];
}

interface MenuRecord {
  id: number;
  place: "primary" | "secondary";
  parent: number | null;
  label: string;
  url: string | null;
  post: number | null;
  tag: number | null;
}

export interface WholeSiteRequest {
  readonly origin: string;
  readonly site: SiteSettings;
  readonly now: Date;
}

/** Reads everything in one snapshot of the database. */
export function readWholeSite(database: AnyDatabase, request: WholeSiteRequest): Promise<OwnExport> {
  const { origin, site, now } = request;
  const address = (name: string) => (/^https?:/.test(name) ? name : `${origin}/media/${name}`);
  const picture = (image: PostImage | null) => image && address(image.name);
  const seoOf = (seo: Partial<Seo>): Seo => {
    const ogImage = seo.ogImage ?? null;
    return { ...noSeo, ...seo, ogImage: ogImage && address(ogImage) };
  };
  return database.transaction(async (tx) => {
    await sql`set transaction isolation level repeatable read`.execute(tx);
    const authors = await sql<AuthorRecord>`
      select id, slug, name, bio, website, image from author where deleted_at is null order by id`.execute(
      tx,
    );
    const tags = await sql<TagRecord>`
      select id, kind, slug, name, description, parent_id as parent, image, internal, seo
      from tag where deleted_at is null order by id`.execute(tx);
    const posts = await sql<PostRecord>`
      select p.id, p.kind, p.slug, p.path, p.parent_id as parent, p.title, p.status, p.visibility, p.pinned, p.excerpt,
        p.html, p.preview_html as preview, p.source_format as "sourceFormat", p.source_text as "sourceText", p.image,
        p.language, p.seo, p.published_at as "publishedAt", p.created_at as "createdAt", p.updated_at as "updatedAt",
        array(select author_id from post_author where post_id = p.id order by position) as authors,
        array(select tag_id from post_tag where post_id = p.id order by position) as tags,
        array(select address from old_address where post_id = p.id order by address) as addresses
      from post p where p.deleted_at is null order by p.id`.execute(tx);
    const menus = await sql<MenuRecord>`
      select id, place, parent_id as parent, label, url, post_id as post, tag_id as tag
      from menu_item order by place, position, id`.execute(tx);
    const redirects = await sql<OwnExport["redirects"][number]>`
      select kind, source as "from", target as "to", status, ignore_case as "ignoreCase"
      from redirect order by id`.execute(tx);
    return {
      "rose-ash-export": ownExportVersion,
      origin,
      title: site.title,
      description: site.description,
      language: site.language,
      authors: authors.rows.map(({ id, image, ...author }) => ({
        ...author,
        sourceId: String(id),
        image: picture(image),
      })),
      tags: tags.rows.map(({ id, parent, image, seo, ...tag }) => ({
        ...tag,
        sourceId: String(id),
        parentSourceId: parent === null ? null : String(parent),
        image: picture(image),
        seo: seoOf(seo),
      })),
      posts: posts.rows.map((row) => ({
        sourceId: String(row.id),
        kind: row.kind,
        slug: row.slug,
        title: row.title,
        status:
          row.status === "published" && row.publishedAt !== null && row.publishedAt > now
            ? "scheduled"
            : row.status,
        visibility: row.visibility,
        parentSourceId: row.parent === null ? null : String(row.parent),
        authorSourceIds: row.authors.map(String),
        tagSourceIds: row.tags.map(String),
        pinned: row.pinned,
        excerpt: row.excerpt,
        featureImage: row.image && {
          src: address(row.image.name),
          alt: row.image.alt,
          caption: row.image.caption,
        },
        publishedAt: row.publishedAt?.toISOString() ?? null,
        createdAt: row.createdAt.toISOString(),
        updatedAt: row.updatedAt.toISOString(),
        language: row.language,
        seo: seoOf(row.seo),
        oldAddresses: [row.path, ...row.addresses].map(encodeAddress),
        source: { format: row.sourceFormat, text: row.sourceText },
        html: withMark(row.html, row.preview),
      })),
      menus: menusOf(menus.rows),
      redirects: redirects.rows,
    };
  });
}

/** The body with the members-only mark where its preview ends: the preview is its beginning, closed properly. */
export function withMark(html: string, preview: string | null): string {
  if (preview === null) return html;
  let same = 0;
  while (same < preview.length && preview[same] === html[same]) same += 1;
  // Never inside a tag: "</p>" and "</ul>" begin alike.
  const open = html.lastIndexOf("<", same - 1);
  if (open >= 0 && html.indexOf(">", open) >= same) same = open;
  return `${html.slice(0, same)}<!--members-only-->${html.slice(same)}`;
}

/** An address in its normal (decoded) form as it stands in a URL. */
function encodeAddress(address: string): string {
  return encodeURI(address).replaceAll("#", "%23");
}

function menusOf(rows: readonly MenuRecord[]): OwnExport["menus"] {
  type Item = OwnExport["menus"][number]["items"][number];
  const itemsUnder = (place: MenuRecord["place"], parent: number | null): Item[] =>
    rows
      .filter((row) => row.place === place && row.parent === parent)
      .map((row) => ({ label: row.label, target: targetOf(row), children: itemsUnder(place, row.id) }));
  return (["primary", "secondary"] as const)
    .map((place) => ({ name: place, place, items: itemsUnder(place, null) }))
    .filter(({ items }) => items.length > 0);
}

function targetOf({ url, post, tag }: MenuRecord): OwnExport["menus"][number]["items"][number]["target"] {
  if (post !== null) return { kind: "post", sourceId: String(post) };
  if (tag !== null) return { kind: "tag", sourceId: String(tag) };
  return { kind: "address", url: url ?? "/" };
}
