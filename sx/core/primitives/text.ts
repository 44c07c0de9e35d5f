// Text: joining, cutting and searching strings. Lengths and positions count code points, searches are for
// literal text (there are no patterns), and nothing depends on the machine's locale.

import { display } from "../display.ts";
import { sxError } from "../errors.ts";
import type { Value } from "../values.ts";
import { codePointPosition, countCodePoints, sliceCodePoints, unitOffset } from "./code-points.ts";
import { fromRow } from "./from-row.ts";
import { checkSize, clampRange, mostText } from "./limits.ts";
import { type Primitive, wrongType } from "./primitive.ts";

function concatenate(...parts: Value[]): string {
  let text = "";
  for (const part of parts) text += display(part, "str", "part");
  return text;
}

function join(xs: Value[] | null | undefined, separator = ""): string {
  return xs ? xs.map((x) => display(x, "join", "xs")).join(separator) : "";
}

function split(text: string, separator: string): string[] {
  // Spreading a string goes by code point; split("") would cut surrogate pairs.
  return separator === "" ? [...text] : text.split(separator);
}

function replace(text: string, from: string, to: string): string {
  if (from === "") return text;
  const pieces = text.split(from);
  checkSize(
    "replace",
    "to",
    text.length + (pieces.length - 1) * (to.length - from.length),
    mostText,
    "characters",
  );
  return pieces.join(to);
}

function indexOf(text: string, sought: string, from = 0): number | null {
  const offset = text.indexOf(sought, unitOffset(text, Math.max(0, from)));
  return offset < 0 ? null : codePointPosition(text, offset);
}

function substring(text: string, start: number, end?: number): string {
  return sliceCodePoints(text, ...clampRange(countCodePoints(text), start, end));
}

/** The padding that brings `text` to `width` code points: whole fills, the last one cut. */
function padding(name: string, text: string, width: number, fill: string): string {
  if (fill === "") throw wrongType(name, "fill", "at least one character", fill);
  checkSize(name, "width", width, mostText, "characters");
  const missing = width - countCodePoints(text);
  if (missing <= 0) return "";
  const fills = Math.ceil(missing / countCodePoints(fill));
  return sliceCodePoints(fill.repeat(fills), 0, missing);
}

function repeat(text: string, times: number): string {
  checkSize("repeat", "times", times * text.length, mostText, "characters");
  return text.repeat(Math.max(0, times));
}

function charCode(text: string, position = 0): number {
  const length = countCodePoints(text);
  if (position < 0 || position >= length) {
    throw sxError("index/out-of-range", { name: "char-code", index: position, length });
  }
  return text.codePointAt(unitOffset(text, position)) as number; // the position is within the text
}

function fromCharCode(...codes: number[]): string {
  return codes.map(characterOf).join("");
}

function characterOf(code: number): string {
  const isCharacter = code >= 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  if (!isCharacter) throw wrongType("from-char-code", "code", "the number of a Unicode character", code);
  return String.fromCodePoint(code);
}

export const text: readonly Primitive[] = [
  fromRow("str", concatenate),
  fromRow("upper", (s: string) => s.toUpperCase()),
  fromRow("lower", (s: string) => s.toLowerCase()),
  fromRow("trim", (s: string) => s.trim()),
  fromRow("trim-start", (s: string) => s.trimStart()),
  fromRow("trim-end", (s: string) => s.trimEnd()),
  fromRow("split", split),
  fromRow("join", join),
  fromRow("replace", replace),
  fromRow("starts-with?", (s: string, p: string) => s.startsWith(p)),
  fromRow("ends-with?", (s: string, p: string) => s.endsWith(p)),
  fromRow("includes?", (s: string, p: string) => s.includes(p)),
  fromRow("index-of", indexOf),
  fromRow("substring", substring),
  fromRow("string-length", countCodePoints),
  fromRow("pad-start", (s: string, width: number, fill = " ") => padding("pad-start", s, width, fill) + s),
  fromRow("pad-end", (s: string, width: number, fill = " ") => s + padding("pad-end", s, width, fill)),
  fromRow("repeat", repeat),
  fromRow("char-code", charCode),
  fromRow("from-char-code", fromCharCode),
];
