// What a WordPress post or page becomes: status, visibility, dates, addresses, feature image and search fields.
// Pages and posts are alike here. Whatever state is not known becomes a draft, so that nothing is shown by mistake.

import { plainText } from "../clean-html.ts";
import {
  type ImportedImage,
  type ImportedPost,
  type ImportedSeo,
  type ImportedStatus,
  ImportRefusal,
} from "./imported-site.ts";
import { renderWordpressContent } from "./wordpress-content.ts";
import { metaLine, type WordpressItem } from "./wordpress-item.ts";

/** What a post needs to know of the rest of the export. */
interface PostSurroundings {
  readonly siteTitle: string | null;
  /** The path under which the old site lived, such as "/blog", or "". */
  readonly basePath: string;
  readonly imageWithId: (id: string) => ImportedImage | null;
  readonly imagesOfPost: (id: string) => readonly ImportedImage[];
  readonly authorSourceId: (login: string) => string;
  /** The tag's or category's id in the import, or null for other taxonomies. */
  readonly tagSourceId: (taxonomy: string, slug: string) => string | null;
  readonly isPage: (id: string) => boolean;
}

const statuses: Record<string, ImportedStatus> = {
  publish: "published",
  future: "scheduled",
  draft: "draft",
  pending: "draft",
  private: "private",
};

/** The longest content that is read, in UTF-16 units: several long books. */
const maxContentLength = 5_000_000;

/** Turns an item of type post or page into its neutral shape. Throws ImportRefusal when its content is too long. */
export function importPost(item: WordpressItem, around: PostSurroundings): ImportedPost {
  if (item.content.length > maxContentLength) {
    throw new ImportRefusal(
      `item ${item.id}`,
      `"${plainText(item.title).slice(0, 80)}" has ${item.content.length} characters and at most ${maxContentLength} ` +
        "are read. Shorten or split it on the old site and export once more.",
    );
  }
  const notes: string[] = [];
  const status = Object.hasOwn(statuses, item.status) ? statuses[item.status]! : "draft";
  if (item.status === "pending") notes.push("It was waiting for review and became a draft.");
  else if (!Object.hasOwn(statuses, item.status))
    notes.push(`Its state "${item.status}" is unknown here: now a draft.`);
  const content = renderWordpressContent(item.content, {
    imageWithId: around.imageWithId,
    ownImages: around.imagesOfPost(item.id),
  });
  const title = titleOf(item, content.html, notes);
  const kind = item.type === "page" ? "page" : "post";
  const format = item.terms
    .find((term) => term.taxonomy === "post_format")
    ?.slug.replace(/^post-format-/, "");
  if (format !== undefined) notes.push(`It had the post format "${format}", which changes nothing here.`);
  return {
    sourceId: item.id,
    kind,
    slug: slugOf(item, title),
    title,
    status,
    visibility: item.password === null ? "public" : "password",
    password: item.password,
    parentSourceId: kind === "page" && around.isPage(item.parent) ? item.parent : null,
    authorSourceIds: item.creator === "" ? [] : [around.authorSourceId(item.creator)],
    tagSourceIds: tagsOf(item, around),
    pinned: kind === "post" && item.sticky,
    excerpt: plainText(item.excerpt) || null,
    featureImage: featureImage(item, around, notes),
    publishedAt: status === "draft" ? null : item.postedAt,
    createdAt: item.postedAt,
    updatedAt: item.updatedAt,
    language: null,
    seo: readSeo(item, title, around.siteTitle),
    oldAddresses: oldAddresses(item, around.basePath),
    source: { format: "wordpress", text: item.content },
    html: content.html,
    notes: [...notes, ...content.notes],
  };
}

/** The title, or the first words of a text without one: lists and links need something to show. */
function titleOf(item: WordpressItem, html: string, notes: string[]): string {
  const title = plainText(item.title);
  if (title !== "") return title;
  notes.push("It had no title; the first words stand in for it.");
  const words = plainText(html.slice(0, 2000));
  return words.length <= 60 ? words || `#${item.id}` : `${words.slice(0, 60).replace(/\s+\S*$/, "")}…`;
}

/** The slug of a name that WordPress may have percent-encoded; from the title when there is none. */
function slugOf(item: WordpressItem, title: string): string {
  return slugFrom(decodeSlug(item.name)) || slugFrom(title) || `${item.type}-${item.id}`;
}

/** Lower-case letters and digits of any script, joined by hyphens. */
export function slugFrom(words: string): string {
  return words
    .normalize("NFKD")
    .replace(/(?<=[a-z])\p{M}+/giu, "")
    .normalize("NFC")
    .toLowerCase()
    .replace(/['’]/g, "")
    .replace(/[^\p{L}\p{M}\p{N}_]+/gu, "-")
    .slice(0, 200)
    .replace(/^-+|-+$/g, "");
}

/** Undoes percent-encoding; a name that is not valid stays as it is. */
export function decodeSlug(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    // "100%-wool" is a name too.
    return name;
  }
}

/** Categories before tags, as WordPress lists them; each once. */
function tagsOf(item: WordpressItem, around: PostSurroundings): string[] {
  const found = ["category", "post_tag"].flatMap((taxonomy) =>
    item.terms
      .filter((term) => (term.taxonomy === "tag" ? "post_tag" : term.taxonomy) === taxonomy)
      .map((term) => around.tagSourceId(term.taxonomy, term.slug)),
  );
  return [...new Set(found.filter((id) => id !== null))];
}

function featureImage(item: WordpressItem, around: PostSurroundings, notes: string[]): ImportedImage | null {
  const id = metaLine(item, "_thumbnail_id");
  if (id === null || id === "0" || id === "-1") return null;
  const image = around.imageWithId(id);
  if (image === null) notes.push("Its feature image is not in the export.");
  return image;
}

/** Where the post was found: its link, the same under each former slug, and the short form with its number. */
function oldAddresses(item: WordpressItem, basePath: string): string[] {
  const found = new Set<string>();
  const link = item.link === null ? null : URL.parse(item.link);
  if (link !== null && /^https?:$/.test(link.protocol)) {
    // A path that began with two slashes would name another host.
    const path = link.pathname.replace(/^\/+/, "/");
    const address = path + link.search;
    if (address !== "/" && address !== `${basePath}/`) found.add(address);
    for (const slug of item.meta.get("_wp_old_slug") ?? []) {
      const folder = /^(.*\/)[^/]+(\/?)$/.exec(path);
      if (slug.trim() !== "" && link.search === "" && folder !== null) {
        found.add(`${folder[1]}${encodeURI(decodeSlug(slug.trim()))}${folder[2]}`);
      }
    }
  }
  found.add(`${basePath}/?p=${item.id}`);
  if (item.type === "page") found.add(`${basePath}/?page_id=${item.id}`);
  return [...found];
}

/** Search and sharing fields of the plugins Yoast, Rank Math and (older) All in One SEO. */
function readSeo(item: WordpressItem, title: string, siteTitle: string | null): ImportedSeo {
  const first = (...keys: string[]) => {
    for (const key of keys) {
      const value = metaLine(item, key);
      const filled = value === null ? null : fillTemplate(value, title, siteTitle);
      if (filled !== null) return filled;
    }
    return null;
  };
  return {
    title: first("_yoast_wpseo_title", "rank_math_title", "_aioseop_title"),
    description: first("_yoast_wpseo_metadesc", "rank_math_description", "_aioseop_description"),
    canonical: first("_yoast_wpseo_canonical", "rank_math_canonical_url"),
    ogTitle: first("_yoast_wpseo_opengraph-title", "rank_math_facebook_title"),
    ogDescription: first("_yoast_wpseo_opengraph-description", "rank_math_facebook_description"),
    ogImage: first("_yoast_wpseo_opengraph-image", "rank_math_facebook_image"),
  };
}

/** Fills "%%title%% %%sep%% %%sitename%%" (Yoast) and "%title%" (Rank Math); null when a variable is left over. */
function fillTemplate(value: string, title: string, siteTitle: string | null): string | null {
  const variables: Record<string, string> = { title, sitename: siteTitle ?? "", sep: "–", page: "" };
  const filled = value.replace(
    /%%?(title|sitename|sep|page)%%?/g,
    (_, name: string) => variables[name] ?? "",
  );
  return /%%?[a-z_]{2,40}%/.test(filled) ? null : plainText(filled) || null;
}
