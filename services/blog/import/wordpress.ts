// A WordPress export (WXR 1.0 to 1.2) as a neutral site.
// The file is read once as a stream (wordpress-file.ts); posts are made afterwards (wordpress-post.ts), because
// pictures, menus and authors may stand anywhere in it. What is not taken is counted and said.

import { plainText } from "../clean-html.ts";
import {
  type ImportedAuthor,
  type ImportedImage,
  type ImportedPost,
  type ImportedSite,
  ImportRefusal,
  type NotTaken,
} from "./imported-site.ts";
import { childText, readWordpressFile, type XmlElement } from "./wordpress-file.ts";
import { metaLine, readItem, type WordpressItem } from "./wordpress-item.ts";
import { buildMenus } from "./wordpress-menus.ts";
import { decodeSlug, importPost, slugFrom } from "./wordpress-post.ts";
import { WordpressTerms } from "./wordpress-terms.ts";

/** Everything of the file that matters, before it is put together. */
interface Export {
  readonly head: Map<string, string>;
  readonly authors: Map<string, ImportedAuthor>;
  authorsWithEmail: number;
  readonly terms: WordpressTerms;
  readonly items: WordpressItem[];
  readonly forbiddenCharacters: number;
}

/** States of things that WordPress keeps and nobody is meant to see. */
const invisibleStatuses = new Set(["trash", "auto-draft", "inherit"]);

/** Pictures, menu entries and revisions counted in; no site comes near. */
const maxItems = 500_000;

/**
 * Reads a WordPress export. Throws ImportRefusal, naming line and column, for anything that is not one; whatever
 * a valid export holds is either in the result or listed in its `notTaken`.
 */
export function parseWordpressExport(text: string): ImportedSite {
  const found = readExport(text);
  const origin = readOrigin(found.head);
  const taken = found.items.filter(isTaken);
  const takenById = new Map(taken.map((item) => [item.id, item]));
  const images = imagesById(found.items);
  const imagesOfPost = Map.groupBy(images.values(), (image) => image.parent);
  const title = plainText(found.head.get("title") ?? "") || null;
  const posts = taken.map((item) =>
    importPost(item, {
      siteTitle: title,
      basePath: origin?.basePath ?? "",
      imageWithId: (id) => images.get(id)?.image ?? null,
      imagesOfPost: (id) => (imagesOfPost.get(id) ?? []).map(({ image }) => image),
      authorSourceId: (login) => authorOf(found.authors, login).sourceId,
      tagSourceId: (taxonomy, slug) => found.terms.sourceId(taxonomy, slug),
      isPage: (id) => takenById.get(id)?.type === "page",
    }),
  );
  const postTitles = new Map(posts.map((post) => [post.sourceId, post.title]));
  const tagsById = found.terms.byTermId();
  const entries = found.items.filter((item) => item.type === "nav_menu_item");
  const { menus, dropped } = buildMenus(found.terms.menus(), entries, {
    postTitle: (id) => postTitles.get(id) ?? null,
    tagWithTermId: (id) => tagsById.get(id) ?? null,
  });
  return {
    program: "wordpress",
    version: found.head.get("wp:wxr_version") ?? "",
    origin: origin?.origin ?? null,
    title,
    description: plainText(found.head.get("description") ?? "") || null,
    language: found.head.get("language") || null,
    authors: [...found.authors.values()],
    tags: found.terms.tags(),
    posts: withoutParentCircles(posts),
    menus,
    redirects: [],
    notTaken: listNotTaken(found, dropped),
    secretsDropped: secretFields(found.items),
  };
}

function readExport(text: string): Export {
  const head = new Map<string, string>();
  const authors = new Map<string, ImportedAuthor>();
  const terms = new WordpressTerms();
  const items: WordpressItem[] = [];
  let authorsWithEmail = 0;
  const take = (element: XmlElement) => {
    switch (element.name) {
      case "wp:author": {
        const author = readAuthor(element);
        authors.set(author.login, author.author);
        if (childText(element, "wp:author_email").trim() !== "") authorsWithEmail += 1;
        break;
      }
      case "wp:category":
      case "wp:tag":
      case "wp:term":
        terms.add(element);
        break;
      case "item": {
        if (items.length >= maxItems) {
          throw new ImportRefusal(
            `item ${maxItems + 1}`,
            `More than ${maxItems} items are not read: export in parts.`,
          );
        }
        items.push(readItem(element));
        break;
      }
      default:
        if (!head.has(element.name)) head.set(element.name, element.text.trim());
    }
  };
  const { forbidden } = readWordpressFile(text, take);
  const version = head.get("wp:wxr_version");
  if (version === undefined) {
    throw new ImportRefusal(
      "<channel>",
      "This is RSS, but no WordPress export: <wp:wxr_version> is missing.",
    );
  }
  if (!/^1\.\d+$/.test(version)) {
    throw new ImportRefusal(
      "<wp:wxr_version>",
      `Version "${version.slice(0, 20)}" is unknown; 1.0 to 1.2 can be read.`,
    );
  }
  for (const item of items) {
    if (!isTaken(item) && item.type !== "nav_menu_item") continue;
    terms.addFromItem(item);
    if (isTaken(item) && item.creator !== "") authors.set(item.creator, authorOf(authors, item.creator));
  }
  return { head, authors, authorsWithEmail, terms, items, forbiddenCharacters: forbidden };
}

function isTaken(item: WordpressItem): boolean {
  return (item.type === "post" || item.type === "page") && !invisibleStatuses.has(item.status);
}

function readAuthor(element: XmlElement): { login: string; author: ImportedAuthor } {
  const login = childText(element, "wp:author_login").trim();
  const names = ["wp:author_first_name", "wp:author_last_name"].map((name) =>
    plainText(childText(element, name)),
  );
  const name = plainText(childText(element, "wp:author_display_name")) || names.join(" ").trim();
  const made = authorOf(new Map(), login);
  const sourceId = childText(element, "wp:author_id").trim() || made.sourceId;
  // A login that is an e-mail address must not become part of a public address.
  const slug = login.includes("@") ? slugFrom(name) || made.slug : made.slug;
  return { login, author: { ...made, sourceId, slug, name: name || made.name } };
}

/** The author with this login, made up from the login when the file does not describe them. */
function authorOf(authors: ReadonlyMap<string, ImportedAuthor>, login: string): ImportedAuthor {
  const known = authors.get(login);
  if (known !== undefined) return known;
  const name = login.replace(/@.*$/, "");
  return {
    sourceId: `login:${login}`,
    slug: slugFrom(name) || "author",
    name: name || "author",
    bio: null,
    website: null,
    image: null,
  };
}

interface Attachment {
  readonly image: ImportedImage;
  readonly parent: string;
}

/** Attachments that are pictures, by id, in the order in which a gallery shows them. */
function imagesById(items: readonly WordpressItem[]): Map<string, Attachment> {
  const attachments = items
    .filter((item) => item.type === "attachment" && isPicture(item.attachmentUrl))
    .sort((one, other) => one.menuOrder - other.menuOrder || Number(one.id) - Number(other.id));
  return new Map(
    attachments.map((item) => {
      const image = {
        src: item.attachmentUrl!,
        alt: plainText(metaLine(item, "_wp_attachment_image_alt") ?? ""),
        caption: plainText(item.excerpt) || null,
      };
      return [item.id, { image, parent: item.parent }];
    }),
  );
}

function isPicture(url: string | null): boolean {
  return (
    url !== null && /\.(?:jpe?g|png|gif|webp|avif|bmp|tiff?|heic|svg)$/i.test(URL.parse(url)?.pathname ?? "")
  );
}

function readOrigin(head: ReadonlyMap<string, string>): { origin: string; basePath: string } | null {
  for (const name of ["wp:base_blog_url", "link", "wp:base_site_url"]) {
    const url = URL.parse(head.get(name) ?? "");
    if (url === null || !/^https?:$/.test(url.protocol)) continue;
    return { origin: url.origin, basePath: url.pathname.replace(/\/+$/, "") };
  }
  return null;
}

/** Pages whose parents go in a circle stand on their own. */
function withoutParentCircles(posts: ImportedPost[]): ImportedPost[] {
  const parents = new Map(posts.map((post) => [post.sourceId, post.parentSourceId]));
  return posts.map((post) => {
    let above = post.parentSourceId;
    for (let steps = 0; above !== null && above !== undefined; steps += 1) {
      if (above === post.sourceId || steps >= 50) return { ...post, parentSourceId: null };
      above = parents.get(above) ?? null;
    }
    return post;
  });
}

function listNotTaken(found: Export, droppedEntries: number): NotTaken[] {
  const list: NotTaken[] = [];
  const say = (what: string, count: number, why: string) => {
    if (count > 0) list.push({ what, count, why });
  };
  const comments = found.items.reduce((sum, item) => sum + item.commentCount, 0);
  say("comments", comments, "This blog has no comments.");
  say(
    "e-mail addresses of authors",
    found.authorsWithEmail,
    "They are private and not needed to show posts.",
  );
  say(
    "menu entries",
    droppedEntries,
    "Their menu or what they lead to is not in the export, or they are drafts.",
  );
  for (const [what, items] of Map.groupBy(found.items.filter(isLeftOut), leftOutAs)) {
    say(what, items.length, reasonFor(items[0]!));
  }
  for (const [taxonomy, count] of found.terms.otherTaxonomies()) {
    say(
      `terms of "${taxonomy}"`,
      count,
      "Only categories and tags are taken; this grouping belongs to a plugin.",
    );
  }
  const files = found.items.filter((item) => item.type === "attachment" && !isPicture(item.attachmentUrl));
  say("uploaded files that are no pictures", files.length, "Posts go on linking to them at the old address.");
  const custom = found.items.filter(
    (item) => isTaken(item) && [...item.meta.keys()].some((key) => !key.startsWith("_")),
  );
  say(
    "posts' custom fields",
    custom.length,
    "No theme here shows them; the count is of posts that have some.",
  );
  say(
    "characters that XML forbids",
    found.forbiddenCharacters,
    "They were replaced by a sign for unknown characters.",
  );
  return list;
}

function isLeftOut(item: WordpressItem): boolean {
  return !isTaken(item) && item.type !== "attachment" && item.type !== "nav_menu_item";
}

function leftOutAs(item: WordpressItem): string {
  if (item.type !== "post" && item.type !== "page")
    return `items of type "${decodeSlug(item.type).slice(0, 40)}"`;
  return item.status === "trash" ? `${item.type}s in the trash` : `${item.type}s that were never saved`;
}

function reasonFor(item: WordpressItem): string {
  if (item.type === "revision") return "Former versions stay with the old site.";
  if (item.type === "post" || item.type === "page") return "Nobody could see them on the old site.";
  return "Only posts, pages, pictures and menus are taken; this type belongs to a theme or plugin.";
}

/** Names of custom fields that sound like secrets; no custom field's value is taken. */
function secretFields(items: readonly WordpressItem[]): string[] {
  const names = new Set<string>();
  for (const item of items) {
    for (const key of item.meta.keys()) {
      if (/secret|api_?key|token|passw|private_?key|credential/i.test(key)) names.add(key.slice(0, 80));
    }
  }
  return [...names].sort();
}
