// What Ghost's documents are made of, in both of its editors: objects with named fields, some of them plain text
// and some markup. Fields of the wrong type count as empty, so that a strange card never stops an import.
// The documents are drawn by lexical.ts and mobiledoc.ts, their cards by cards.ts.

import { plainText } from "../clean-html.ts";

/** What a document becomes: untrusted HTML, and what could not be carried over, in sentences for the report. */
export interface RenderedDocument {
  readonly html: string;
  readonly notes: string[];
}

/** Collects the sentences about one document, each once. */
export type Say = (note: string) => void;

export type Fields = Readonly<Record<string, unknown>>;

/** Thrown for a document that has not the outline of its format, or that would become too long. */
export class UnreadableDocument extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = "UnreadableDocument";
  }
}

/** The longest HTML that a document may become, in UTF-16 units. */
export const maxDrawnLength = 20_000_000;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The field as an object; an empty one when it is something else. */
export function fieldsIn(fields: Fields, name: string): Fields {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return isFields(value) ? value : {};
}

/** The field as a list; an empty one when it is something else. */
export function listIn(fields: Fields, name: string): readonly unknown[] {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return Array.isArray(value) ? value : [];
}

/** The field as text; "" when it is something else. */
export function textIn(fields: Fields, name: string): string {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return typeof value === "string" ? value : "";
}

/** The field as a number; null when it is something else. */
export function numberIn(fields: Fields, name: string): number | null {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

export function isTrue(fields: Fields, name: string): boolean {
  return Object.hasOwn(fields, name) && fields[name] === true;
}

/** Text as it stands in HTML, in attribute values too. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** A field that holds markup, as a piece that cannot swallow what stands after it. */
export function markupIn(fields: Fields, name: string): string {
  return closedMarkup(withoutEditorStyle(textIn(fields, name).trim()));
}

/** The same for text that stands in one line: a heading, a caption. */
export function lineIn(fields: Fields, name: string): string {
  const markup = markupIn(fields, name);
  const inner = /^<p(?: [^<>]*)?>(.*)<\/p>$/s.exec(markup)?.[1];
  return inner === undefined || /<p[\s>]/i.test(inner) ? markup : inner;
}

/** Elements whose content is read as text up to their own end tag. */
const rawTextElements = [
  "script",
  "style",
  "textarea",
  "title",
  "xmp",
  "noscript",
  "iframe",
  "noembed",
  "noframes",
];

/**
 * Ends what a piece of markup left open, as far as it would take the following pieces with it: a comment, a tag
 * that is cut off, an element whose content is text. Other open elements end with the element around the piece.
 */
export function closedMarkup(markup: string): string {
  if (!markup.includes("<")) return markup;
  const rest = markup.lastIndexOf(">") + 1;
  const cutTag = markup.slice(rest).search(/<[a-z/!?]/i);
  let closed = cutTag < 0 ? markup : markup.slice(0, rest + cutTag);
  if (closed.lastIndexOf("<!--") > closed.lastIndexOf("-->")) closed += "-->";
  const lower = closed.toLowerCase();
  for (const name of rawTextElements) {
    if (lower.lastIndexOf(`<${name}`) > lower.lastIndexOf(`</${name}`)) closed += `</${name}>`;
  }
  return closed;
}

/** Ghost's editor wraps every run of text in a span that says how spaces are kept; nothing here needs it. */
function withoutEditorStyle(markup: string): string {
  const bare = markup.replace(/ style="white-space: ?pre-wrap;?"/g, "");
  return /<span\s/i.test(bare) ? bare : bare.replace(/<\/?span>/gi, "");
}

/** The words of a piece of markup, on one line. */
export function wordsOf(markup: string): string {
  return plainText(closedMarkup(markup));
}

/** Whether an address opens a window of Ghost's own scripts (sign-up, account, search), which is not here. */
export function opensGhostWindow(address: string): boolean {
  return /^[^#]*#\/(?:portal|share|search)(?:\/|$)/.test(address.trim());
}

/**
 * Gives headings the ids that Ghost gives them, so that links inside of a post go on working: the attribute with
 * its leading space, or "" for a heading without letters. `inside` is what the heading holds as drawn here,
 * escaped text and tags.
 */
export function startHeadingIds(): (inside: string) => string {
  const given = new Map<string, number>();
  return (inside) => {
    const id = inside
      .replace(/<[^<>]*>/g, "")
      .replace(/&(?:amp|lt|gt|quot);/g, "")
      .trim()
      .toLowerCase()
      .replace(/[\][!"#$%&'()*+,./:;<=>?@\\^_{|}~]/g, "")
      .replace(/\s+/g, "-")
      .replace(/^-|-$/g, "")
      .slice(0, 180);
    if (id === "") return "";
    const times = given.get(id) ?? 0;
    given.set(id, times + 1);
    return ` id="${times === 0 ? id : `${id}-${times}`}"`;
  };
}
