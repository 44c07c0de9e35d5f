// A Lexical document, Ghost's editor format since version 5, as semantic HTML.
// Every node is drawn once, so the time is linear; nesting is bounded. Text is escaped, addresses and the markup
// inside of cards are for clean-html.ts to judge. Cards are drawn by cards.ts, older documents by mobiledoc.ts.

import { drawCard } from "./cards.ts";
import {
  escapeHtml,
  type Fields,
  isFields,
  listIn,
  maxDrawnLength,
  numberIn,
  opensGhostWindow,
  type RenderedDocument,
  type Say,
  startHeadingIds,
  textIn,
  UnreadableDocument,
} from "./ghost-document.ts";

/** Nodes further down are left out; a nested list takes two levels. */
const maxDepth = 150;

/** The bits of a text node's `format`, from the outermost element inwards. */
const formats: readonly (readonly [bit: number, element: string])[] = [
  [1, "strong"],
  [2, "em"],
  [4, "s"],
  [8, "u"],
  [16, "code"],
  [32, "sub"],
  [64, "sup"],
  [128, "mark"],
];

/** One document being drawn. */
interface Drawing {
  readonly say: Say;
  /** The id attribute of a heading with this inside. */
  readonly headingId: (inside: string) => string;
}

/**
 * Draws a parsed Lexical document. Throws UnreadableDocument when it has no root or its HTML would pass
 * `maxDrawnLength`; nodes that are not known keep their text and are noted.
 */
export function renderLexical(document: unknown): RenderedDocument {
  const root = isFields(document) ? document.root : null;
  if (!isFields(root) || !Array.isArray(root.children)) {
    throw new UnreadableDocument("The Lexical document has no root with children.");
  }
  const notes = new Set<string>();
  const drawing = { say: (note: string) => notes.add(note), headingId: startHeadingIds() };
  const html = drawChildren(root, drawing, 1);
  if (html.length > maxDrawnLength) {
    throw new UnreadableDocument(`The document would become more than ${maxDrawnLength} characters of HTML.`);
  }
  return { html, notes: [...notes] };
}

function drawChildren(node: Fields, drawing: Drawing, depth: number): string {
  const children = listIn(node, "children");
  if (children.length > 0 && depth > maxDepth) {
    drawing.say(`Parts nested more than ${maxDepth} deep were left out.`);
    return "";
  }
  return children.map((child) => (isFields(child) ? drawNode(child, drawing, depth) : "")).join("");
}

function drawNode(node: Fields, drawing: Drawing, depth: number): string {
  const type = textIn(node, "type");
  const inside = () => drawChildren(node, drawing, depth + 1);
  switch (type) {
    case "text":
    case "extended-text":
    case "tk":
      return drawText(node);
    case "linebreak":
      return "<br>";
    case "tab":
      return "\t";
    case "paragraph":
      return block("p", inside());
    case "heading":
    case "extended-heading":
      return drawHeading(node, inside(), drawing);
    case "quote":
    case "extended-quote":
      return block("blockquote", inside());
    case "aside":
      return block("blockquote", inside(), ' class="rich-pullquote"');
    case "list":
      return drawList(node, drawing, depth);
    case "listitem":
      return block("li", inside());
    case "link":
    case "autolink":
      return drawLink(node, inside(), drawing.say);
    // Left behind by the editor's search for a link; Ghost shows nothing for them either.
    case "at-link":
    case "at-link-search":
    case "zwnj":
      return "";
    default:
      return drawOther(type, node, inside, drawing.say);
  }
}

/** A card, or for a node that is not known whatever text it holds. */
function drawOther(type: string, node: Fields, inside: () => string, say: Say): string {
  const card = drawCard(type, node, say);
  if (card !== null) return card;
  const text = textIn(node, "text") === "" ? inside() : drawText(node);
  const kept = text === "" ? "It was left out." : "Only its text was kept.";
  say(`The document holds a "${type.slice(0, 40)}", which is not known here. ${kept}`);
  return text;
}

function drawText(node: Fields): string {
  const text = escapeHtml(textIn(node, "text"));
  const format = numberIn(node, "format") ?? 0;
  if (text === "" || format === 0) return text;
  const elements = formats.filter(([bit]) => (format & bit) !== 0).map(([, element]) => element);
  const start = elements.map((element) => `<${element}>`).join("");
  const end = elements.toReversed().map((element) => `</${element}>`);
  return start + text + end.join("");
}

function block(element: string, inside: string, attributes = ""): string {
  return inside === "" ? "" : `<${element}${attributes}>${inside}</${element}>`;
}

function drawHeading(node: Fields, inside: string, drawing: Drawing): string {
  const element = /^h[1-6]$/.test(textIn(node, "tag")) ? textIn(node, "tag") : "h2";
  return inside === "" ? "" : block(element, inside, drawing.headingId(inside));
}

function drawLink(node: Fields, words: string, say: Say): string {
  const address = textIn(node, "url");
  if (address === "" || words === "") return words;
  if (opensGhostWindow(address)) {
    say("A link to Ghost's own sign-up and account window was left out; its words were kept.");
    return words;
  }
  const title = textIn(node, "title");
  const titled = title === "" ? "" : ` title="${escapeHtml(title)}"`;
  return `<a href="${escapeHtml(address)}"${titled}>${words}</a>`;
}

/** A list. The editor keeps a nested list as an item of its own; in HTML it belongs to the item before it. */
function drawList(list: Fields, drawing: Drawing, depth: number): string {
  if (depth + 1 > maxDepth) {
    drawing.say(`Parts nested more than ${maxDepth} deep were left out.`);
    return "";
  }
  const items: string[] = [];
  for (const item of listIn(list, "children").filter(isFields)) {
    const inside = drawChildren(item, drawing, depth + 2);
    const children = listIn(item, "children");
    const nested = children.length > 0 && children.every((child) => isFields(child) && child.type === "list");
    if (nested && items.length > 0) items.push(`${items.pop()}${inside}`);
    else items.push(inside);
  }
  if (items.length === 0) return "";
  const numbered = textIn(list, "listType") === "number" || textIn(list, "tag") === "ol";
  const start = numberIn(list, "start") ?? 1;
  const attributes = numbered && start !== 1 ? ` start="${Math.trunc(start)}"` : "";
  return block(numbered ? "ol" : "ul", items.map((item) => `<li>${item}</li>`).join(""), attributes);
}
