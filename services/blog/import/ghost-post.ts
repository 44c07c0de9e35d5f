// What a post or page of a Ghost export becomes: status, visibility, dates, addresses, picture, search fields and
// the body, drawn from whichever editor wrote it. Whatever state or audience is not known becomes the stricter
// one, so that nothing is shown by mistake.

import { plainText } from "../clean-html.ts";
import { firstWords, slugFrom } from "../post.ts";
import { type RenderedDocument, UnreadableDocument } from "./ghost-document.ts";
import { type GhostRow, relativeToSite } from "./ghost-file.ts";
import { readJson } from "./ghost-json.ts";
import {
  type ImportedImage,
  type ImportedPost,
  type ImportedSeo,
  type ImportedStatus,
  type ImportedVisibility,
  ImportRefusal,
} from "./imported-site.ts";
import { renderLexical } from "./lexical.ts";
import { renderMobiledoc } from "./mobiledoc.ts";

/** The longest document that is read, in UTF-16 units: many books. */
const maxDocumentLength = 20_000_000;

/** What a post needs to know of the rest of the export. */
interface PostSurroundings {
  /** Its row of search fields, which old versions keep in the post's own. */
  readonly meta: GhostRow | null;
  readonly authorSourceIds: string[];
  readonly tagSourceIds: string[];
  /** The membership tiers that may read it, when it is for some only. */
  readonly tierNames: readonly string[];
  /** How the oldest versions write addresses of posts, such as "/:year/:month/:day/:slug/". */
  readonly permalinks: string;
}

/** Turns a row of `posts` into its neutral shape. Throws ImportRefusal, with the place, for a row that is broken. */
export function importGhostPost(row: GhostRow, around: PostSurroundings): ImportedPost {
  const notes: string[] = [];
  const kind = kindOf(row);
  const slug = slugOf(row);
  const body = bodyOf(row, notes);
  if (row.field("show_title_and_feature_image") !== null && !row.flag("show_title_and_feature_image")) {
    notes.push("Its title and feature image were hidden and are shown here.");
  }
  const publishedAt = row.date("published_at");
  const createdAt = row.date("created_at");
  const status = statusOf(row, around.meta, publishedAt, notes);
  return {
    sourceId: row.requiredId("id"),
    kind,
    slug,
    title: titleOf(row, body.html, slug, notes),
    status,
    visibility: visibilityOf(row, around.tierNames, notes),
    password: null,
    parentSourceId: null,
    authorSourceIds: around.authorSourceIds,
    tagSourceIds: around.tagSourceIds,
    pinned: kind === "post" && row.flag("featured"),
    excerpt: row.line("custom_excerpt"),
    featureImage: featureImage(row, around.meta),
    publishedAt: status === "draft" ? null : (publishedAt ?? createdAt),
    createdAt,
    updatedAt: row.date("updated_at"),
    language: languageOf(row),
    seo: readGhostSeo(row, around.meta),
    oldAddresses: [addressOf(kind === "page" ? "/:slug/" : around.permalinks, row, publishedAt)],
    source: body.source,
    html: body.html,
    notes: [...notes, ...body.notes],
  };
}

/** Search and sharing fields of a post or tag; what is empty in `meta` may stand in the row itself. */
export function readGhostSeo(row: GhostRow, meta: GhostRow | null): ImportedSeo {
  const line = (name: string) => meta?.line(name) ?? row.line(name);
  const address = (name: string) => meta?.address(name) ?? row.address(name);
  return {
    title: line("meta_title"),
    description: line("meta_description"),
    canonical: row.address("canonical_url"),
    ogTitle: line("og_title") ?? line("twitter_title"),
    ogDescription: line("og_description") ?? line("twitter_description"),
    ogImage: address("og_image") ?? address("twitter_image"),
  };
}

function kindOf(row: GhostRow): "post" | "page" {
  const type = row.text("type");
  if (type === null) return row.flag("page") ? "page" : "post";
  if (type === "post" || type === "page") return type;
  throw row.refusal("type", `"${type.slice(0, 40)}" is neither "post" nor "page".`);
}

/** The slug; one with signs that would cut an address apart is made anew. */
function slugOf(row: GhostRow): string {
  const slug = row.requiredLine("slug");
  return /^[\p{L}\p{M}\p{N}_~-]{1,200}$/u.test(slug) ? slug : slugFrom(slug);
}

function titleOf(row: GhostRow, html: string, slug: string, notes: string[]): string {
  const title = row.line("title");
  if (title !== null) return title;
  notes.push("It had no title; the first words stand in for it.");
  return firstWords(plainText(html.slice(0, 2000)), 60) || slug;
}

function statusOf(row: GhostRow, meta: GhostRow | null, at: Date | null, notes: string[]): ImportedStatus {
  const status = row.text("status") ?? "draft";
  if (status === "sent" || meta?.flag("email_only") === true) {
    notes.push("It was for e-mail only and became a draft.");
    return "draft";
  }
  if (status === "scheduled" && at === null) {
    notes.push("It was scheduled without a date and became a draft.");
    return "draft";
  }
  if (status === "published" || status === "scheduled" || status === "draft") return status;
  notes.push(`Its state "${status.slice(0, 40)}" is unknown here: now a draft.`);
  return "draft";
}

function visibilityOf(row: GhostRow, tierNames: readonly string[], notes: string[]): ImportedVisibility {
  const visibility = row.text("visibility") ?? "public";
  if (visibility === "public" || visibility === "members" || visibility === "paid") return visibility;
  notes.push(
    visibility === "tiers"
      ? `It was for some membership tiers only (${tierNames.join(", ") || "unnamed"}); now it is for all paying members.`
      : `It was for readers who match "${visibility.slice(0, 80)}"; now it is for paying members.`,
  );
  return "paid";
}

function featureImage(row: GhostRow, meta: GhostRow | null): ImportedImage | null {
  const src = row.address("feature_image") ?? row.address("image");
  if (src === null) return null;
  return {
    src,
    alt: meta?.line("feature_image_alt") ?? "",
    caption: meta?.words("feature_image_caption") ?? null,
  };
}

function languageOf(row: GhostRow): string | null {
  const locale = row.line("locale")?.replaceAll("_", "-") ?? "";
  return /^[a-z]{2,8}(?:-[a-z0-9]{1,8}){0,3}$/i.test(locale) ? locale : null;
}

/** The path at which Ghost showed it. */
function addressOf(permalinks: string, row: GhostRow, at: Date | null): string {
  const [year = "", month = "", day = ""] = (at?.toISOString() ?? "").split(/[-T]/);
  const parts: Record<string, string> = {
    slug: encodeURIComponent(row.requiredLine("slug")),
    year,
    month,
    day,
  };
  return permalinks.replace(/:(slug|year|month|day)\b/g, (_, name: string) => parts[name] ?? "");
}

interface Body extends RenderedDocument {
  readonly source: ImportedPost["source"];
}

/** The body from its Lexical or Mobiledoc document; from Ghost's own HTML when there is none that can be read. */
function bodyOf(row: GhostRow, notes: string[]): Body {
  const html = documentText(row, "html");
  for (const format of ["lexical", "mobiledoc"] as const) {
    const text = documentText(row, format);
    if (text === null || text.trim() === "") continue;
    const source = { format, text };
    try {
      const document = readJson(relativeToSite(text), `${row.place}.${format}, `);
      return { source, ...(format === "lexical" ? renderLexical(document) : renderMobiledoc(document)) };
    } catch (error) {
      if (!(error instanceof ImportRefusal || error instanceof UnreadableDocument)) throw error;
      if (html === null) throw error instanceof ImportRefusal ? error : row.refusal(format, error.message);
      notes.push("Its document could not be read; the HTML that Ghost kept beside it was taken.");
      return { source, ...drawStoredHtml(html) };
    }
  }
  return { source: { format: "html", text: html ?? "" }, ...drawStoredHtml(html ?? "") };
}

function documentText(row: GhostRow, name: string): string | null {
  const text = row.text(name);
  if (text !== null && text.length > maxDocumentLength) {
    throw row.refusal(
      name,
      `It has ${text.length} characters and at most ${maxDocumentLength} are read: split the post.`,
    );
  }
  return text;
}

/**
 * HTML that Ghost made itself. Parts that only some readers saw stand between comments in it: they are left out,
 * up to the end of the text where the closing comment is missing.
 */
function drawStoredHtml(html: string): RenderedDocument {
  const [first = "", ...others] = html.split("<!--kg-gated-block:begin");
  const notes: string[] = [];
  const kept = others.map((piece) => {
    // The rule may hold any sign, so the comment's own end is not looked for.
    if (/^\s{0,9}nonMember:\s?true\b/.test(piece)) return `<!--${piece}`;
    notes.push("A part that only some signed-in readers saw was left out.");
    const end = piece.indexOf("<!--kg-gated-block:end-->");
    return end < 0 ? "" : piece.slice(end);
  });
  return { html: relativeToSite(first + kept.join("")), notes: notes.slice(0, 1) };
}
