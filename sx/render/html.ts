// Values as HTML children. Text is escaped, markup is printed as it is, lists flatten, and what has no
// sensible text (a dict, a function, anything from the host) is an error: data is never markup.

import { sxError } from "../core/errors.ts";
import { Component, isDict, Keyword, Markup, SxSymbol, type Value } from "../core/values.ts";
import { escapeText, escapeTextOnly } from "./escape.ts";

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
  const text = values.map((value) => plainText(tag, value)).join("");
  if (tag !== "script" && tag !== "style") return keepNewline(tag, escapeTextOnly(text));
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
  return tag === "textarea" || tag === "pre" || tag === "listing"
    ? html.startsWith("\n")
      ? `\n${html}`
      : html
    : html;
}
