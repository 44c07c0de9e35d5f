// Formats: numbers from and to text, counted words, excerpts, slugs, and escaping for HTML, URLs and JSON.
// Everything here takes and gives plain text or data. Money, decimals and dates, which need a locale, are in
// localised.ts.

import { displayNumber } from "../display.ts";
import { countCodePoints, sliceCodePoints } from "./code-points.ts";
import { fromRow } from "./from-row.ts";
import { decodeJson, encodeJson } from "./json.ts";
import { type Primitive, wrongType } from "./primitive.ts";
import { stripTags } from "./strip-tags.ts";

function checkRadix(name: string, radix: number): number {
  if (radix < 2 || radix > 36) throw wrongType(name, "radix", "an integer from 2 to 36", radix);
  return radix;
}

/** Null unless the whole text is an integer that a number holds exactly. */
function parseInteger(text: string, radix = 10): number | null {
  checkRadix("parse-int", radix);
  const match = /^([+-]?)([0-9a-z]+)$/i.exec(text);
  if (!match) return null;
  const digits = (match[2] as string).toLowerCase(); // the group is not optional
  for (const digit of digits) if (Number.isNaN(Number.parseInt(digit, radix))) return null;
  const n = Number.parseInt(digits, radix);
  if (!Number.isSafeInteger(n)) return null;
  return match[1] === "-" ? 0 - n : n;
}

/** Null unless the whole text is a finite decimal number. */
function parseFloatingPoint(text: string): number | null {
  if (!/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) return null;
  const n = Number(text);
  return Number.isFinite(n) ? n : null;
}

function numberToString(n: number, radix = 10): string {
  return radix === 10 ? displayNumber(n) : n.toString(checkRadix("number->string", radix));
}

function pluralize(n: number, one: string, other: string): string {
  return `${displayNumber(n)} ${n === 1 ? one : other}`;
}

/** At most `most` code points, the ellipsis among them; where there is no room for that, the text is just cut. */
function truncate(text: string, most: number, ellipsis = "…"): string {
  const room = Math.max(0, most);
  if (countCodePoints(text) <= room) return text;
  const kept = room - countCodePoints(ellipsis);
  return kept < 0 ? sliceCodePoints(text, 0, room) : sliceCodePoints(text, 0, kept) + ellipsis;
}

/**
 * Small letters and digits of every script with hyphens between the words. Accents go where letters are
 * Latin or Greek; elsewhere a mark may make another letter (й, が) and stays.
 */
function slugify(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/([\p{Script=Latin}\p{Script=Greek}])[\u0300-\u036f]+/gu, "$1")
    .toLowerCase()
    .normalize("NFC")
    .replace(/['’]/g, "")
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, "-")
    .replace(/^-|-$/g, "");
}

const htmlEscapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => htmlEscapes[character] as string); // the class lists the keys
}

/** Escapes all but the unreserved characters of RFC 3986. A lone surrogate becomes U+FFFD. */
function urlEncode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function urlDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw wrongType(
      "url-decode",
      "s",
      "text whose % signs each begin the two hex digits of a UTF-8 byte",
      text,
    );
  }
}

export const formats: readonly Primitive[] = [
  fromRow("parse-int", parseInteger),
  fromRow("parse-float", parseFloatingPoint),
  fromRow("number->string", numberToString),
  fromRow("pluralize", pluralize),
  fromRow("truncate", truncate),
  fromRow("slugify", slugify),
  fromRow("escape-html", escapeHtml),
  fromRow("strip-tags", stripTags),
  fromRow("url-encode", urlEncode),
  fromRow("url-decode", urlDecode),
  fromRow("json-encode", encodeJson),
  fromRow("json-decode", decodeJson),
];
