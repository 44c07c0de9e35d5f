// HTML: values as children, and trees. Text is escaped, markup is printed as it is, lists flatten, and what
// has no sensible text (a dict, a function, anything from the host) is an error: data is never markup.

import { sxError } from "../core/errors.ts";
import { Component, isDict, Keyword, Markup, SxSymbol, type Value } from "../core/values.ts";
import { printAttribute } from "./attributes.ts";
import { escapeText, escapeTextOnly } from "./escape.ts";
import type { AttributeValue, CallNode, Node } from "./nodes.ts";
import { type Sink, walkNodes } from "./sink.ts";
import { escapableTextTags, leadingNewlineTags, rawTextTags, voidTags } from "./tags.ts";

/** A value in child position. nil, true, false and "" print nothing. */
export function renderChild(value: Value): string {
  if (typeof value === "string") return escapeText(value);
  if (typeof value === "number" && Number.isFinite(value)) return numberText(value);
  if (value instanceof Markup) return value.html;
  if (value === null || value === undefined || typeof value === "boolean") return "";
  if (Array.isArray(value)) {
    let out = "";
    for (const item of value) out += renderChild(item);
    return out;
  }
  throw sxError("html/bad-child", { found: value });
}

/** A number as text; negative zero prints as 0. */
export function numberText(value: number): string {
  return String(value + 0);
}

const endOfRawText = /<\/(?:script|style)|<!--/i;
/** Inside `svg` and `math` a parser reads the content of `style` as markup, and a renderer cannot know where it stands. */
const tagOpening = /<[a-z/!?]/i;

/** The content of an element whose content is text: `script` and `style` literally, others escaped. */
export function renderTextContent(tag: string, values: readonly Value[]): string {
  const text = decideTextContent(tag, values);
  return rawTextTags.has(tag) ? text : keepNewline(tag, escapeTextOnly(text));
}

/** That content as text, before anything is escaped. Refuses what would end it too soon. */
export function decideTextContent(tag: string, values: readonly Value[]): string {
  const text = values.map((value) => plainText(tag, value)).join("");
  if (!rawTextTags.has(tag)) return text;
  const ends = tag === "style" ? tagOpening : endOfRawText;
  if (ends.test(text)) throw sxError("html/raw-text", { tag, found: text });
  return text;
}

function plainText(tag: string, value: Value): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" && Number.isFinite(value)) return numberText(value);
  if (value === null || value === undefined || typeof value === "boolean") return "";
  if (value instanceof Markup && value.raw && (tag === "script" || tag === "style")) return value.html;
  if (Array.isArray(value)) return value.map((item) => plainText(tag, item)).join("");
  if (isDict(value) || value instanceof Component || value instanceof Keyword || value instanceof SxSymbol) {
    throw sxError("html/bad-child", { found: value });
  }
  throw sxError("html/raw-text", { tag, found: value });
}

/** The parser drops one line break after `pre`, `textarea` and `listing`; one more keeps the first. */
function keepNewline(tag: string, html: string): string {
  return leadingNewlineTags.has(tag) && html.startsWith("\n") ? `\n${html}` : html;
}

/** A tree as HTML. Throws `wire/unexpanded` where a call was left in it. */
export function printHtml(nodes: readonly Node[]): string {
  const sink = new HtmlSink();
  walkNodes(nodes, sink);
  return sink.html;
}

/** What stands in a page for a hole: an element that a script, or the next answer, puts the rest in place of. */
const holeTag = "sx-hole";

class HtmlSink implements Sink {
  html = "";
  /** Tags of what is open, innermost last. */
  private readonly tags: string[] = [];
  /** A start tag waits for more attributes. */
  private starting = false;

  open(tag: string): void {
    this.startContent("");
    this.html += `<${tag}`;
    this.tags.push(tag);
    this.starting = true;
  }

  attr(name: string, value: AttributeValue): void {
    this.html += printAttribute(name, value);
  }

  text(text: string): void {
    const tag = this.tags.at(-1) ?? "";
    const literal = rawTextTags.has(tag);
    const html = literal ? text : escapableTextTags.has(tag) ? escapeTextOnly(text) : escapeText(text);
    this.startContent(html);
    this.html += html;
  }

  raw(html: string): void {
    this.startContent(html);
    this.html += html;
  }

  hole(id: string): void {
    this.open(holeTag);
    this.attr("id", id);
  }

  call(node: CallNode): void {
    throw sxError("wire/unexpanded", { component: node.name });
  }

  close(): void {
    this.startContent("");
    const tag = this.tags.pop() as string; // whatever is closed was opened
    if (!voidTags.has(tag)) this.html += `</${tag}>`;
  }

  /** Ends a start tag that is still open. A parser drops a line break right after some, so one more is printed. */
  private startContent(first: string): void {
    if (!this.starting) return;
    this.starting = false;
    this.html += ">";
    if (first.startsWith("\n") && leadingNewlineTags.has(this.tags.at(-1) ?? "")) this.html += "\n";
  }
}
