// A WordPress post's content as HTML: block comments taken away, shortcodes drawn, paragraphs made of blank lines.
// Linear in the length, and galleries are counted, so that no small post grows huge. The result is untrusted.
// Paragraphs are in wordpress-paragraphs.ts, the drawn pieces in wordpress-cards.ts.

import type { ImportedImage } from "./imported-site.ts";
import { captionedFigure, cardForLine, coverWithImage, galleryFigure, linkCard } from "./wordpress-cards.ts";
import { htmlPieces, paragraphs } from "./wordpress-paragraphs.ts";

/** The media of the export that a post's shortcodes may name. */
export interface PostMedia {
  /** The image with this attachment id, or null. */
  readonly imageWithId: (id: string) => ImportedImage | null;
  /** The images that were uploaded to this post, in order. */
  readonly ownImages: readonly ImportedImage[];
}

interface RenderedContent {
  readonly html: string;
  /** What could not be carried over, each thing once. */
  readonly notes: string[];
}

/** More than any real post shows; the rest is left out and said. */
const maxGalleryImages = 2000;

/** Shortcodes that stand for something on another site, or for a sound or film. */
const mediaShortcodes = new Set(
  (
    "audio video embed playlist youtube vimeo soundcloud dailymotion spotify twitch tweet instagram facebook ted " +
    "slideshare flickr googlemaps wpvideo videopress kickstarter bandcamp mixcloud issuu scribd tiktok pinterest"
  ).split(" "),
);

/** Shortcodes that are drawn; only these are looked for further on in the text. */
const known = new Set([...mediaShortcodes, "caption", "wp_caption", "gallery"]);

const maxNotes = 50;

interface Drawing {
  readonly media: PostMedia;
  readonly notes: Set<string>;
  galleryImages: number;
}

/** Draws the content of one post or page. */
export function renderWordpressContent(content: string, media: PostMedia): RenderedContent {
  const drawing: Drawing = { media, notes: new Set(), galleryImages: 0 };
  const leftOut = new Set<string>();
  const html = blockSegments(content, leftOut)
    .map((segment) => {
      const drawn = drawShortcodes(segment.text, drawing);
      if (segment.block === null || segment.block === "shortcode") return paragraphs(drawn);
      const text = segment.block.includes("embed") ? drawn.split("\n").map(cardForLine).join("\n") : drawn;
      // Cutting into pieces leaves comments out.
      return htmlPieces(text)
        .map((piece) =>
          segment.block === "cover" && piece.kind === "tag" ? coverWithImage(piece.text) : piece.text,
        )
        .join("");
    })
    .join("");
  const blocks = [...leftOut].join(", ");
  if (blocks !== "") drawing.notes.add(`Blocks that WordPress itself fills were left out: ${blocks}.`);
  return { html, notes: [...drawing.notes] };
}

interface Segment {
  /** The innermost block that the text stands in; null for classic text outside of blocks. */
  readonly block: string | null;
  readonly text: string;
}

/** Cuts the content at the comments that begin and end blocks; blocks without markup are named in `leftOut`. */
function blockSegments(content: string, leftOut: Set<string>): Segment[] {
  const segments: Segment[] = [];
  const open: string[] = [];
  let at = 0;
  const cut = (to: number) => {
    if (to > at) segments.push({ block: open.at(-1) ?? null, text: content.slice(at, to) });
  };
  for (let start = content.indexOf("<!--"); start >= 0; start = content.indexOf("<!--", start)) {
    const end = content.indexOf("-->", start + 4);
    if (end < 0) break;
    const inside = content.slice(start + 4, end).trim();
    const comment = /^(\/?)wp:([a-z][a-z0-9_-]{0,60}(?:\/[a-z][a-z0-9_-]{0,60})?)(?=[\s/{]|$)/.exec(inside);
    if (comment !== null) {
      cut(start);
      at = end + 3;
      const name = comment[2]!;
      if (comment[1] === "/") open.pop();
      else if (!inside.endsWith("/")) open.push(name);
      else if (leftOut.size < maxNotes) leftOut.add(name);
    }
    start = end + 3;
  }
  cut(content.length);
  return segments;
}

/** Replaces the shortcodes that we know; the others stay as text. */
function drawShortcodes(text: string, drawing: Drawing): string {
  const out: string[] = [];
  const closers = new Map<string, number>();
  let at = 0;
  let written = 0;
  for (;;) {
    const start = text.indexOf("[", at);
    if (start < 0) break;
    at = start + 1;
    const next = text.indexOf("[", at);
    const shortcode = readShortcode(text.slice(start, next < 0 ? text.length : next));
    if (shortcode === null) continue;
    const { name, inside, isEnd } = shortcode;
    const end = start + shortcode.length - 1;
    if (isEnd) {
      notePlugin(name, drawing);
      continue;
    }
    if (text[start - 1] === "[" && text[end + 1] === "]") {
      out.push(text.slice(written, start - 1), text.slice(start, end + 1));
      written = end + 2;
      at = written;
      continue;
    }
    const mayClose = known.has(name) && !inside.endsWith("/");
    const closer = mayClose ? closerOf(text, name, end + 1, closers) : -1;
    const content = closer < 0 ? null : text.slice(end + 1, closer);
    const drawn = drawShortcode(name, inside, content, drawing);
    if (drawn === null) continue;
    out.push(text.slice(written, start), drawn);
    written = closer < 0 ? end + 1 : closer + name.length + 3;
    at = written;
  }
  out.push(text.slice(written));
  return out.join("");
}

/** The shortcode at the start of `text`, in which no other bracket opens; null when there is none. */
function readShortcode(
  text: string,
): { name: string; inside: string; isEnd: boolean; length: number } | null {
  const opening = /^\[(\/?)([a-z][\w-]{0,40})(?=[\s\]=/])/i.exec(text.slice(0, 48));
  const end = text.indexOf("]");
  // Attributes are short; a far-off bracket belongs to something else.
  if (opening === null || end < 0 || end > 4000) return null;
  const inside = text.slice(opening[0].length, end);
  return { name: opening[2]!.toLowerCase(), inside, isEnd: opening[1] === "/", length: end + 1 };
}

/** Where the end of the shortcode stands, or -1 when another of its name begins before. */
function closerOf(text: string, name: string, from: number, seen: Map<string, number>): number {
  const next = (mark: string) => {
    let at = seen.get(mark);
    if (at === undefined || (at >= 0 && at < from)) {
      at = text.indexOf(mark, from);
      seen.set(mark, at);
    }
    return at;
  };
  const closer = next(`[/${name}]`);
  const another = next(`[${name}`);
  return closer >= 0 && (another < 0 || closer < another) ? closer : -1;
}

/** The HTML of one shortcode, or null when it stays as text. */
function drawShortcode(
  name: string,
  inside: string,
  content: string | null,
  drawing: Drawing,
): string | null {
  const attributes = readAttributes(inside);
  if (name === "gallery") return drawGallery(attributes, drawing);
  if (name === "caption" || name === "wp_caption")
    return content === null ? null : drawCaption(attributes, content);
  if (mediaShortcodes.has(name)) {
    const address = mediaAddress(inside, attributes, content);
    if (address !== null) return `\n\n${linkCard(address, attributes.get("title") ?? null)}\n\n`;
    drawing.notes.add(`The shortcode [${name}] names no address and was left as text.`);
    return null;
  }
  if (attributes.size > 0) notePlugin(name, drawing);
  return null;
}

function notePlugin(name: string, { notes }: Drawing): void {
  if (notes.size < maxNotes) notes.add(`The shortcode [${name}] belongs to a plugin and was left as text.`);
}

function mediaAddress(
  inside: string,
  attributes: Map<string, string>,
  content: string | null,
): string | null {
  const named = ["src", "url", "mp3", "mp4", "m4a", "m4v", "ogg", "ogv", "wav", "webm", "flac", "wmv"]
    .map((key) => attributes.get(key))
    .find((value) => value !== undefined && value !== "");
  const found = named ?? content ?? inside;
  return /https?:\/\/[^\s<>"'\]]+/i.exec(found.slice(0, 4000))?.[0].replaceAll("&amp;", "&") ?? null;
}

function drawCaption(attributes: Map<string, string>, content: string): string {
  const align = attributes.get("align") ?? "";
  const given = attributes.get("caption");
  const oneLine = (text: string) =>
    text
      .split("\n")
      .map((line) => line.trim())
      .join(" ")
      .trim();
  if (given !== undefined) return `\n\n${captionedFigure(oneLine(content), oneLine(given), align)}\n\n`;
  // The picture comes first, perhaps inside a link; what follows is the caption.
  const pieces = htmlPieces(content);
  const image = pieces.findIndex((piece) => piece.kind === "tag" && piece.name === "img");
  let last = image;
  const linked = pieces
    .slice(0, image)
    .some((piece) => piece.kind === "tag" && piece.name === "a" && !piece.end);
  if (linked)
    last = pieces.findIndex(
      (piece, at) => at > image && piece.kind === "tag" && piece.name === "a" && piece.end,
    );
  const textOf = (from: number, to: number) =>
    oneLine(
      pieces
        .slice(from, to)
        .map((piece) => piece.text)
        .join(""),
    );
  if (last < 0) last = pieces.length - 1;
  return `\n\n${captionedFigure(textOf(0, last + 1), textOf(last + 1, pieces.length), align)}\n\n`;
}

function drawGallery(attributes: Map<string, string>, drawing: Drawing): string {
  const { media, notes } = drawing;
  const listed = attributes.get("ids") ?? attributes.get("include");
  const ids = listed === undefined ? null : (listed.match(/\d+/g) ?? []);
  const found =
    ids === null ? media.ownImages : ids.map((id) => media.imageWithId(id)).filter((image) => image !== null);
  if (ids !== null && found.length < ids.length) {
    notes.add("A gallery shows images that are not in the export; the others were kept.");
  }
  const images = found.slice(0, Math.max(0, maxGalleryImages - drawing.galleryImages));
  if (images.length < found.length) notes.add(`Gallery images beyond ${maxGalleryImages} were left out.`);
  drawing.galleryImages += images.length;
  if (images.length > 0) return `\n\n${galleryFigure(images)}\n\n`;
  notes.add("A gallery without any image in the export was left out.");
  return "";
}

function readAttributes(inside: string): Map<string, string> {
  const attributes = new Map<string, string>();
  // Each name is tried only from its first letter, so that a long word is read once.
  for (const match of inside.matchAll(/(?<![\w-])([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))/g)) {
    attributes.set(match[1]!.toLowerCase(), match[2] ?? match[3] ?? match[4] ?? "");
  }
  return attributes;
}
