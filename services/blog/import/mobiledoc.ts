// A Mobiledoc document (0.3), Ghost's editor format before Lexical, as semantic HTML.
// Sections refer to markups, atoms and cards by number; a number may be used many times, so the length of what
// is drawn is bounded. Text is escaped; cards are drawn by cards.ts, newer documents by lexical.ts.

import { drawCard } from "./cards.ts";
import {
  escapeHtml,
  isFields,
  listIn,
  maxDrawnLength,
  opensGhostWindow,
  type RenderedDocument,
  type Say,
  startHeadingIds,
  UnreadableDocument,
} from "./ghost-document.ts";

/** A document in the drawing. Lists are as the file has them: nothing about their items is known. */
interface Drawing {
  readonly markups: readonly unknown[];
  readonly atoms: readonly unknown[];
  readonly cards: readonly unknown[];
  /** Cards by number, each drawn once however often it is used. */
  readonly drawn: Map<unknown, string>;
  readonly pieces: string[];
  length: number;
  readonly say: Say;
  /** The id attribute of a heading with this inside. */
  readonly headingId: (inside: string) => string;
}

/** Elements of text sections, and what they become. */
const sectionElements: Record<string, [start: string, end: string]> = {
  ...Object.fromEntries(
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"].map((name) => [
      name,
      [`<${name}>`, `</${name}>`],
    ]),
  ),
  aside: ['<blockquote class="rich-pullquote">', "</blockquote>"],
  "pull-quote": ['<blockquote class="rich-pullquote">', "</blockquote>"],
};

const markupElements = new Set(["strong", "em", "b", "i", "code", "s", "u", "sub", "sup", "mark", "del"]);

/** Cards whose name in Mobiledoc is not the type that cards.ts draws. */
const cardTypes: Record<string, string> = {
  code: "codeblock",
  hr: "horizontalrule",
  "card-markdown": "markdown",
  "image-card": "image",
};

/**
 * Draws a parsed Mobiledoc document. Throws UnreadableDocument when it has no sections or its HTML would pass
 * `maxDrawnLength`; parts that are not known are noted.
 */
export function renderMobiledoc(document: unknown): RenderedDocument {
  if (!isFields(document) || !Array.isArray(document.sections)) {
    throw new UnreadableDocument("The Mobiledoc document has no sections.");
  }
  const notes = new Set<string>();
  const drawing: Drawing = {
    markups: listIn(document, "markups"),
    atoms: listIn(document, "atoms"),
    cards: listIn(document, "cards"),
    drawn: new Map(),
    pieces: [],
    length: 0,
    say: (note) => notes.add(note),
    headingId: startHeadingIds(),
  };
  for (const section of listIn(document, "sections"))
    drawSection(drawing, Array.isArray(section) ? section : []);
  return { html: drawing.pieces.join(""), notes: [...notes] };
}

function write(drawing: Drawing, piece: string): void {
  drawing.length += piece.length;
  if (drawing.length > maxDrawnLength) {
    throw new UnreadableDocument(`The document would become more than ${maxDrawnLength} characters of HTML.`);
  }
  drawing.pieces.push(piece);
}

function drawSection(drawing: Drawing, section: readonly unknown[]): void {
  const [type, second, third] = section;
  switch (type) {
    case 1: {
      const name = typeof second === "string" ? second.toLowerCase() : "p";
      const [start, end] = Object.hasOwn(sectionElements, name) ? sectionElements[name]! : ["<p>", "</p>"];
      drawLine(drawing, start, Array.isArray(third) ? third : [], end);
      break;
    }
    case 2:
      write(drawing, drawCard("image", { src: second }, drawing.say) ?? "");
      break;
    case 3: {
      const name = second === "ol" ? "ol" : "ul";
      const items = Array.isArray(third) ? third : [];
      if (items.length === 0) break;
      write(drawing, `<${name}>`);
      for (const item of items) drawLine(drawing, "<li>", Array.isArray(item) ? item : [], "</li>");
      write(drawing, `</${name}>`);
      break;
    }
    case 10:
      drawCardNumber(drawing, second);
      break;
    default:
      drawing.say("A section of a kind that is not known here was left out.");
  }
}

/** One line of markers; an empty one leaves no element behind. */
function drawLine(drawing: Drawing, start: string, markers: readonly unknown[], end: string): void {
  const before = drawing.pieces.length;
  write(drawing, start);
  const open: string[] = [];
  for (const marker of markers) {
    if (!Array.isArray(marker)) continue;
    const [kind, opened, closed, value] = marker;
    for (const number of Array.isArray(opened) ? opened : []) {
      const [startTag, endTag] = markupTags(drawing, number);
      if (startTag !== "") write(drawing, startTag);
      open.push(endTag);
    }
    const text = kind === 1 ? atomText(drawing, value) : escapeHtml(typeof value === "string" ? value : "");
    if (text !== "") write(drawing, text);
    for (let count = Math.min(Number(closed) || 0, open.length); count > 0; count -= 1)
      write(drawing, open.pop()!);
  }
  while (open.length > 0) write(drawing, open.pop()!);
  if (drawing.pieces.length === before + 1) drawing.pieces.length = before;
  else write(drawing, end);
  if (/^<h[1-6]>$/.test(start) && drawing.pieces.length > before) {
    const id = drawing.headingId(drawing.pieces.slice(before + 1, -1).join(""));
    drawing.pieces[before] = `${start.slice(0, -1)}${id}>`;
  }
}

/** The tags of a markup; empty ones for a markup that is not known, whose words stay. */
function markupTags(drawing: Drawing, number: unknown): [start: string, end: string] {
  const markup = itemAt(drawing.markups, number);
  const name = typeof markup[0] === "string" ? markup[0].toLowerCase() : "";
  if (markupElements.has(name)) return [`<${name}>`, `</${name}>`];
  if (name !== "a") return ["", ""];
  const attributes = Array.isArray(markup[1]) ? markup[1] : [];
  // Attributes stand in one list: name, value, name, value …
  const at = attributes.findIndex((attribute, index) => index % 2 === 0 && attribute === "href");
  const address = at < 0 ? "" : attributes[at + 1];
  if (typeof address !== "string" || address === "") return ["", ""];
  if (opensGhostWindow(address)) {
    drawing.say("A link to Ghost's own sign-up and account window was left out; its words were kept.");
    return ["", ""];
  }
  return [`<a href="${escapeHtml(address)}">`, "</a>"];
}

function atomText(drawing: Drawing, number: unknown): string {
  const [name, text] = itemAt(drawing.atoms, number);
  if (name === "soft-return") return "<br>";
  return typeof text === "string" ? escapeHtml(text) : "";
}

function drawCardNumber(drawing: Drawing, number: unknown): void {
  const known = drawing.drawn.get(number);
  const card = known ?? drawNamedCard(drawing, itemAt(drawing.cards, number));
  if (known === undefined) drawing.drawn.set(number, card);
  write(drawing, card);
}

function drawNamedCard(drawing: Drawing, [name, payload]: readonly unknown[]): string {
  if (typeof name !== "string") {
    drawing.say("A card that is not in the document was left out.");
    return "";
  }
  const type = Object.hasOwn(cardTypes, name) ? cardTypes[name]! : name;
  const card = drawCard(type, isFields(payload) ? payload : {}, drawing.say);
  if (card === null) drawing.say(`A card "${name.slice(0, 40)}", which is not known here, was left out.`);
  return card ?? "";
}

/** The list that stands at this number; an empty one when there is none. */
function itemAt(list: readonly unknown[], number: unknown): readonly unknown[] {
  const item = typeof number === "number" && Number.isInteger(number) ? list[number] : undefined;
  return Array.isArray(item) ? item : [];
}
