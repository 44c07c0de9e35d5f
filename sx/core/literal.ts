// Literals: the values of numbers with a sign, point, exponent or many digits, and of strings with escapes.
// Plain ones never come here; the reader takes those in passing.

import { sxError } from "./errors.ts";
import type { Source } from "./source.ts";

/**
 * The number that the token between two offsets writes: `-1.5`, `2e9`. Throws `read/bad-number` for anything
 * else, for whole numbers from 2^53 on (unless they have an exponent) and for what would be infinite.
 */
export function readNumeral(source: Source, start: number, end: number): number {
  const token = source.text.slice(start, end);
  const span = { source, start, end };
  const wholeEnd = skipDigits(token, isSign(token, 0) ? 1 : 0);
  if (numeralEnd(token, wholeEnd) !== token.length) {
    throw sxError("read/bad-number", { token, reason: "malformed" }, span);
  }
  const value = Number(token);
  if (!Number.isFinite(value)) throw sxError("read/bad-number", { token, reason: "infinite" }, span);
  if (wholeEnd === token.length && !Number.isSafeInteger(value)) {
    throw sxError("read/bad-number", { token, reason: "inexact" }, span);
  }
  return value + 0; // -0 is written 0, so it is read as 0 too
}

/** Where the number ends whose whole part ends at an offset, or -1 if its fraction or exponent has no digits. */
function numeralEnd(token: string, wholeEnd: number): number {
  let end = wholeEnd;
  if (token[end] === ".") {
    end = skipDigits(token, wholeEnd + 1);
    if (end === wholeEnd + 1) return -1;
  }
  if (token[end] !== "e" && token[end] !== "E") return end;
  const digits = isSign(token, end + 1) ? end + 2 : end + 1;
  end = skipDigits(token, digits);
  return end === digits ? -1 : end;
}

function isSign(token: string, at: number): boolean {
  return token[at] === "-" || token[at] === "+";
}

function skipDigits(token: string, from: number): number {
  let end = from;
  while (isDigit(token.charCodeAt(end))) end++;
  return end;
}

/** Whether a character code is that of 0 to 9. */
export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** The offset of the quote that ends a string whose inside starts at an offset, past all escapes; -1 if none does. */
export function findClosingQuote(text: string, inside: number): number {
  for (let i = inside; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 34) return i;
    if (code === 92) i++;
  }
  return -1;
}

const simpleEscapes: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  "\\": "\\",
  '"': '"',
};

/** The text that the inside of a string stands for. Throws `read/bad-escape` or `read/lone-surrogate`. */
export function readEscapes(source: Source, start: number, end: number): string {
  const { text } = source;
  let out = "";
  let last = start;
  for (let i = text.indexOf("\\", start); i >= 0 && i < end; i = text.indexOf("\\", last)) {
    out += text.slice(last, i);
    const simple = simpleEscapes[text[i + 1] ?? ""];
    last = simple === undefined ? hexEscapeEnd(source, i) : i + 2;
    out += simple ?? String.fromCodePoint(Number.parseInt(text.slice(i + 3, last - 1), 16));
  }
  return out + text.slice(last, end);
}

const hexEscape = /^\\u\{[0-9a-fA-F]{1,6}\}/;

/** The end of the `\u{hex}` at an offset, which must name a character. */
function hexEscapeEnd(source: Source, start: number): number {
  const { text } = source;
  const written = hexEscape.exec(text.slice(start, start + 12))?.[0];
  const code = written === undefined ? -1 : Number.parseInt(written.slice(3), 16);
  if (written === undefined || code > 0x10ffff) {
    const refused = written ?? `\\${String.fromCodePoint(text.codePointAt(start + 1) ?? 32)}`;
    throw sxError("read/bad-escape", { escape: refused }, { source, start, end: start + refused.length });
  }
  const end = start + written.length;
  if (code >= 0xd800 && code <= 0xdfff) throw sxError("read/lone-surrogate", {}, { source, start, end });
  return end;
}
