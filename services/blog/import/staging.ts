// Staging: an old site's content made ready to be written. Text is plain, HTML clean, pictures stored, addresses
// normal, passwords hashed. Posts that were imported before and have not changed are left out here, before any work
// is done on them. Writing is in ../writing.ts.

import type { StoredImage } from "@rose-ash/platform/media";
import { safeHref } from "../clean-attributes.ts";
import { cleanRules, HtmlTooLong, plainText } from "../clean-html.ts";
import { hashPassword } from "../password.ts";
import { firstWords, type PostImage, type Seo, slugFrom } from "../post.ts";
import type { KnownPost } from "../writing.ts";
import { normalOldAddress } from "./addresses.ts";
import { addressHere, type Body, imagesIn, writeBody } from "./body.ts";
import type { FoundImage } from "./images.ts";
import type { ImportedMenuItem, ImportedSeo, NotTaken } from "./imported-site.ts";
import { stageRedirects } from "./redirects.ts";
import { hashOf, keyPrefixOf, sourceKey } from "./source-keys.ts";
import type {
  StagedAuthor,
  StagedMenu,
  StagedMenuItem,
  StagedPost,
  StagedSite,
  StagedTag,
} from "./staged-site.ts";
import type { TakenPost, TakenSite } from "./taken-site.ts";

/** Change it whenever the same export would be staged otherwise than before. */
const stagingRules = "staging-1";

const maxTitle = 1000;
const maxLine = 5000;
/** What search may know of one post: the database's limit for its index, with a good margin. */
const maxSearchBytes = 200_000;

export interface StagingRequest {
  readonly site: TakenSite;
  /** This site's own origin. */
  readonly origin: string;
  readonly searchLanguage: string;
  readonly now: Date;
  readonly known: ReadonlyMap<string, KnownPost>;
  readonly collectImages: (addresses: ReadonlySet<string>) => Promise<ReadonlyMap<string, FoundImage>>;
  readonly signal: AbortSignal;
  readonly progress: (text: string, done: number, total: number) => void;
}

export interface PostNotes {
  readonly sourceKey: string;
  readonly title: string;
  readonly notes: readonly string[];
}

export interface Staged {
  readonly site: StagedSite;
  /** Posts and pages that are as they were at the last import. */
  readonly unchanged: { readonly posts: number; readonly pages: number };
  readonly notes: readonly PostNotes[];
  readonly notTaken: readonly NotTaken[];
  readonly images: ReadonlyMap<string, FoundImage>;
  readonly removed: Readonly<Record<string, number>>;
}

interface Fresh {
  readonly post: TakenPost;
  readonly key: string;
  readonly hash: string;
  readonly images: readonly string[];
}

/** Makes a site ready to be written. Throws the signal's reason when it is given up. */
export async function stageSite(request: StagingRequest): Promise<Staged> {
  const { site, signal } = request;
  const prefix = keyPrefixOf(site);
  const fresh: Fresh[] = [];
  const unchanged = { posts: 0, pages: 0 };
  for (const post of oncePerSource(site.posts)) {
    const key = sourceKey(prefix, "post", post.sourceId);
    const hash = hashOf([
      post,
      cleanRules,
      stagingRules,
      request.origin,
      request.searchLanguage,
      site.origin,
    ]);
    const known = request.known.get(key);
    if (known?.deleted || known?.hash === `${hash}.0`) {
      unchanged[post.kind === "page" ? "pages" : "posts"] += 1;
      continue;
    }
    fresh.push({ post, key, hash, images: bodyImages(post, request.origin) });
    if (fresh.length % 20 === 0) {
      await breathe(signal);
      request.progress("Reading posts", fresh.length, site.posts.length);
    }
  }
  const images = await request.collectImages(wantedImages(site, fresh));
  const stager = createStager(request, prefix, images);

  const posts: StagedPost[] = [];
  for (const [index, one] of fresh.entries()) {
    await breathe(signal);
    request.progress("Cleaning posts", index + 1, fresh.length);
    const staged = await stager.post(one);
    if (staged === null) unchanged[one.post.kind === "page" ? "pages" : "posts"] += 1;
    else posts.push(staged);
  }
  const redirects = stageRedirects(site.redirects, [request.origin, site.origin]);
  const menus = stager.menus();
  return {
    site: {
      keyPrefix: prefix,
      searchLanguage: request.searchLanguage,
      authors: stager.authors(),
      tags: stager.tags(),
      posts,
      menus,
      redirects: redirects.redirects,
    },
    unchanged,
    notes: stager.notes(),
    notTaken: [...site.notTaken, ...redirects.notTaken, ...stager.notTaken()],
    images,
    removed: stager.removed(),
  };
}

/** Everything but the body, so that a post can also be known by what it says. */
function createStager(request: StagingRequest, prefix: string, images: ReadonlyMap<string, FoundImage>) {
  const { site, origin, now } = request;
  const oldAddresses = new Set(
    site.posts.flatMap((post) => post.oldAddresses.flatMap((address) => normalOldAddress(address) ?? [])),
  );
  const postKinds = new Map(site.posts.map((post) => [post.sourceId, post.kind]));
  const claimed = new Set<string>();
  const notes: PostNotes[] = [];
  const notTaken: NotTaken[] = [];
  const removed: Record<string, number> = {};
  const imageFor = (src: string): StoredImage | null => {
    const found = images.get(src);
    return found?.kind === "stored" ? found : null;
  };
  const picture = (src: string | null, alt = "", caption: string | null = null): PostImage | null => {
    const stored = src === null ? null : imageFor(src);
    if (stored === null) return null;
    const { name, width, height, variants } = stored;
    return {
      name,
      width,
      height,
      alt: short(alt, maxTitle),
      caption: caption && short(caption, maxLine),
      variants,
    };
  };
  const seoOf = (seo: ImportedSeo): Seo => ({
    title: line(seo.title, maxTitle),
    description: line(seo.description, maxLine),
    canonical: canonicalOf(seo.canonical, [origin, site.origin]),
    ogTitle: line(seo.ogTitle, maxTitle),
    ogDescription: line(seo.ogDescription, maxLine),
    ogImage: seo.ogImage === null ? null : (imageFor(seo.ogImage)?.name ?? httpsAddress(seo.ogImage)),
  });
  const key = (kind: "author" | "tag" | "post", id: string) => sourceKey(prefix, kind, id);

  function bodyOf(post: TakenPost, say: (note: string) => void): Body {
    try {
      return writeBody({
        html: plainBytes(post.html),
        origin,
        oldOrigin: site.origin,
        oldAddresses,
        imageFor,
      });
    } catch (error) {
      if (!(error instanceof HtmlTooLong)) throw error;
      say(`${error.message} Its body was left out.`);
      return { html: "", text: "", preview: null, removed: {} };
    }
  }

  return {
    /** The post ready to be written; null when another try at its pictures brought nothing new. */
    async post({ post, key: postKey, hash, images: addresses }: Fresh): Promise<StagedPost | null> {
      const wanted = [...addresses, ...(post.featureImage ? [post.featureImage.src] : [])];
      const missing = wanted.filter((address) => imageFor(address) === null).length;
      const title = short(plainText(plainBytes(post.title)), maxTitle) || "Untitled";
      const before = request.known.get(postKey)?.hash?.split(".") ?? [];
      const said: string[] = [...post.notes];
      const say = (note: string) => said.push(note);
      if (before[0] === hash && Number(before[1]) <= missing) return null;

      const body = bodyOf(post, say);
      for (const [what, count] of Object.entries(body.removed)) removed[what] = (removed[what] ?? 0) + count;
      const access = await accessOf(post, postKey, say);
      const isPublic = access.visibility === "public";
      const open = isPublic ? body.text : (body.preview?.text ?? "");
      const parentKey = parentOf(post, postKinds, say);
      if (post.featureImage && imageFor(post.featureImage.src) === null)
        say("Its feature image could not be had.");
      const publishedAt = publishedTime(post, now);
      notes.push({ sourceKey: postKey, title, notes: said });
      return {
        ...access,
        sourceKey: postKey,
        hash: `${hash}.${missing}`,
        kind: post.kind,
        slug: slugFrom(post.slug || title),
        title,
        pinned: post.pinned,
        excerpt: line(post.excerpt, maxLine),
        summary: firstWords(open),
        html: body.html,
        previewHtml: isPublic ? null : (body.preview?.html ?? null),
        cleanRules,
        sourceFormat: post.source.format,
        sourceText: plainBytes(post.source.text),
        image:
          post.featureImage &&
          picture(post.featureImage.src, post.featureImage.alt, post.featureImage.caption),
        language: languageOf(post.language),
        seo: seoOf(post.seo),
        searchBody: firstBytes(open, maxSearchBytes),
        parentKey: parentKey === null ? null : key("post", parentKey),
        authorKeys: post.authorSourceIds.map((id) => key("author", id)),
        tagKeys: post.tagSourceIds.map((id) => key("tag", id)),
        publishedAt: access.status === "draft" ? validTime(post.publishedAt) : publishedAt,
        createdAt: validTime(post.createdAt) ?? publishedAt,
        updatedAt: validTime(post.updatedAt) ?? publishedAt,
        oldAddresses: claimAddresses(post, claimed, say),
      };
    },

    authors: (): StagedAuthor[] =>
      site.authors.map((author) => {
        const name = short(plainText(plainBytes(author.name)), 300) || "Author";
        const row = {
          slug: slugFrom(author.slug || name),
          name,
          bio: line(author.bio, maxLine),
          website: httpAddress(author.website),
          image: picture(author.image, name),
        };
        return { ...row, sourceKey: key("author", author.sourceId), hash: hashOf([row, stagingRules]) };
      }),

    tags: (): StagedTag[] =>
      site.tags.map((tag) => {
        const name = short(plainText(plainBytes(tag.name)), 300) || "Untitled";
        const row = {
          kind: tag.kind,
          slug: slugFrom(tag.slug || name),
          name,
          description: line(tag.description, maxLine),
          parentKey: tag.parentSourceId === null ? null : key("tag", tag.parentSourceId),
          image: picture(tag.image, name),
          internal: tag.internal,
          seo: seoOf(tag.seo),
        };
        return { ...row, sourceKey: key("tag", tag.sourceId), hash: hashOf([row, stagingRules]) };
      }),

    menus(): StagedMenu[] {
      const tagIds = new Set(site.tags.filter(({ internal }) => !internal).map(({ sourceId }) => sourceId));
      let dropped = 0;
      const stageItems = (items: readonly ImportedMenuItem[]): StagedMenuItem[] =>
        items.flatMap((item) => {
          const children = stageItems(item.children);
          const target = menuTarget(item.target);
          if (target !== null)
            return [{ label: short(plainText(plainBytes(item.label)), 200) || "…", target, children }];
          dropped += 1;
          return children;
        });
      const menuTarget = (target: ImportedMenuItem["target"]): StagedMenuItem["target"] | null => {
        if (target.kind === "post")
          return postKinds.has(target.sourceId) ? { kind: "post", key: key("post", target.sourceId) } : null;
        if (target.kind === "tag")
          return tagIds.has(target.sourceId) ? { kind: "tag", key: key("tag", target.sourceId) } : null;
        const here = addressHere(target.url, site.origin, oldAddresses);
        const url = safeHref(here ?? plainBytes(target.url), origin);
        return url === null || url.length > maxLine ? null : { kind: "address", url };
      };
      const menus = site.menus.flatMap(({ place, items }) =>
        place === "other" ? [] : [{ place, items: stageItems(items) }],
      );
      const others = site.menus.filter(({ place }) => place === "other");
      if (others.length > 0)
        notTaken.push({
          what: "menus",
          count: others.length,
          why: `Two places show menus here; not shown: ${others
            .map(({ name }) => name)
            .join(", ")
            .slice(0, 300)}.`,
        });
      if (dropped > 0)
        notTaken.push({
          what: "menu entries",
          count: dropped,
          why: "They lead to nothing that was taken, or nowhere safe.",
        });
      return menus.filter(({ items }) => items.length > 0);
    },

    notes: () => notes.filter((post) => post.notes.length > 0),
    notTaken: () => notTaken,
    removed: () => removed,
  };
}

type Access = Pick<StagedPost, "status" | "visibility" | "passwordHash">;

/** Who may read a post. What is not certain becomes the stricter of the two. */
async function accessOf(post: TakenPost, key: string, say: (note: string) => void): Promise<Access> {
  const status = post.status === "scheduled" ? "published" : post.status;
  if (post.status === "scheduled" && validTime(post.publishedAt) === null) {
    say("It was scheduled without a time and became a draft.");
    return { ...(await accessOf({ ...post, status: "draft" }, key, say)), status: "draft" };
  }
  if (post.visibility !== "password") return { status, visibility: post.visibility, passwordHash: null };
  if (post.password === null || post.password === "") {
    say("Its password is not in the export: it is private until you give it one.");
    return { status: "private", visibility: "members", passwordHash: null };
  }
  return { status, visibility: "password", passwordHash: await hashPassword(post.password, key) };
}

function parentOf(
  post: TakenPost,
  kinds: ReadonlyMap<string, string>,
  say: (note: string) => void,
): string | null {
  if (post.kind !== "page" || post.parentSourceId === null) return null;
  if (kinds.get(post.parentSourceId) === "page") return post.parentSourceId;
  say("The page above it is not in the export: it stands at the top.");
  return null;
}

function publishedTime(post: TakenPost, now: Date): Date {
  return validTime(post.publishedAt) ?? validTime(post.createdAt) ?? validTime(post.updatedAt) ?? now;
}

function claimAddresses(post: TakenPost, claimed: Set<string>, say: (note: string) => void): string[] {
  const found: string[] = [];
  for (const address of new Set([
    ...post.oldAddresses,
    `/${encodeURIComponent(post.slug.toWellFormed())}/`,
  ])) {
    const normal = normalOldAddress(plainBytes(address));
    if (normal === null || found.includes(normal)) continue;
    // An address made from the slug alone is a convenience, not a claim.
    if (!claimed.has(normal)) found.push(normal);
    else if (post.oldAddresses.includes(address))
      say(`Its old address ${normal} belonged to another post too, which has it now.`);
    claimed.add(normal);
  }
  return found;
}

function oncePerSource(posts: readonly TakenPost[]): TakenPost[] {
  return [...new Map(posts.map((post) => [post.sourceId, post])).values()];
}

function bodyImages(post: TakenPost, origin: string): string[] {
  try {
    return imagesIn(post.html, origin);
  } catch (error) {
    // Said when the body is cleaned.
    if (error instanceof HtmlTooLong) return [];
    throw error;
  }
}

function wantedImages(site: TakenSite, fresh: readonly Fresh[]): Set<string> {
  const found = new Set<string>(fresh.flatMap(({ images }) => images));
  const add = (address: string | null) => {
    if (address !== null && address.length <= maxLine) found.add(address);
  };
  for (const { post } of fresh) {
    add(post.featureImage?.src ?? null);
    add(post.seo.ogImage);
  }
  for (const { image } of site.authors) add(image);
  for (const { image, seo } of site.tags) {
    add(image);
    add(seo.ogImage);
  }
  return found;
}

/** Lets the running site answer in between, and stops here when the work was given up. */
async function breathe(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  signal.throwIfAborted();
}

/** Text that a database and JSON can hold. */
function plainBytes(text: string): string {
  return text.replaceAll("\0", "\ufffd").toWellFormed();
}

function short(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).toWellFormed()}…`;
}

function line(text: string | null, most: number): string | null {
  return text === null ? null : short(plainText(plainBytes(text)), most) || null;
}

/** The beginning of a text, cut at a character, in at most so many bytes of UTF-8. */
function firstBytes(text: string, most: number): string {
  if (Buffer.byteLength(text) <= most) return text;
  return Buffer.from(text)
    .subarray(0, most)
    .toString("utf8")
    .replace(/\ufffd+$/, "");
}

/** Times that calendars and databases agree about; null for others. */
function validTime(date: Date | null): Date | null {
  const year = date?.getUTCFullYear() ?? Number.NaN;
  return date !== null && year >= 1900 && year <= 9998 ? date : null;
}

function languageOf(language: string | null): string | null {
  return language !== null && /^[a-z]{2,8}(?:-[a-z0-9]{1,8}){0,4}$/i.test(language) ? language : null;
}

function httpAddress(address: string | null): string | null {
  const url = address === null || address.length > maxLine ? null : URL.parse(address);
  return url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.password === ""
    ? url.href
    : null;
}

function httpsAddress(address: string): string | null {
  const url = httpAddress(address);
  return url?.startsWith("https:") ? url : null;
}

/** An address elsewhere that is the original; the old site's own addresses have moved here. */
function canonicalOf(address: string | null, own: readonly (string | null)[]): string | null {
  const url = httpAddress(address);
  return url === null || own.includes(new URL(url).origin) ? null : url;
}
