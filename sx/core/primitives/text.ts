// Text: joining, cutting and searching strings. Lengths and positions count code points, searches are for
// literal text (there are no patterns), and nothing depends on the machine's locale.

import { display } from "../display.ts";
import { sxError } from "../errors.ts";
import type { Value } from "../values.ts";
import { codePointPosition, countCodePoints, sliceCodePoints, unitOffset } from "./code-points.ts";
import { checkSize, clampRange, mostText } from "./limits.ts";
import { type Primitive, primitive, wrongType } from "./primitive.ts";

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

const outOfRange = { errors: ["index/out-of-range"] };

export const text: readonly Primitive[] = [
  primitive(
    "(str part:any ...) -> string",
    "The parts as one text: strings as they are, nil as nothing, data written out. Markup and functions have no text.",
    concatenate,
  ),
  primitive("(upper s:string) -> string", "s in capitals.", (s: string) => s.toUpperCase()),
  primitive("(lower s:string) -> string", "s in small letters.", (s: string) => s.toLowerCase()),
  primitive("(trim s:string) -> string", "s without white space at both ends.", (s: string) => s.trim()),
  primitive("(trim-start s:string) -> string", "s without white space before it.", (s: string) =>
    s.trimStart(),
  ),
  primitive("(trim-end s:string) -> string", "s without white space after it.", (s: string) => s.trimEnd()),
  primitive(
    "(split s:string separator:string) -> list",
    "The pieces between separators; an empty separator gives the characters.",
    split,
  ),
  primitive(
    "(join xs:list|nil separator?:string) -> string",
    "The texts of xs with the separator between.",
    join,
  ),
  primitive(
    "(replace s:string from:string to:string) -> string",
    "s with every occurrence of from changed to to; an empty from changes nothing.",
    replace,
  ),
  primitive(
    "(starts-with? s:string prefix:string) -> boolean",
    "Whether s begins with prefix.",
    (s: string, p: string) => s.startsWith(p),
  ),
  primitive(
    "(ends-with? s:string suffix:string) -> boolean",
    "Whether s ends with suffix.",
    (s: string, p: string) => s.endsWith(p),
  ),
  primitive(
    "(includes? s:string part:string) -> boolean",
    "Whether part occurs in s.",
    (s: string, p: string) => s.includes(p),
  ),
  primitive(
    "(index-of s:string part:string from?:integer) -> integer|nil",
    "Where part first occurs in s, at from or later; nil if it does not.",
    indexOf,
  ),
  primitive(
    "(substring s:string start:integer end?:integer) -> string",
    "The characters from start up to end; negative positions count from the end, outside ones are brought inside.",
    substring,
  ),
  primitive(
    "(string-length s:string) -> integer",
    "How many characters (code points) s has.",
    countCodePoints,
  ),
  primitive(
    "(pad-start s:string width:integer fill?:string) -> string",
    "s with fill (a space) put before it until it is width characters long.",
    (s: string, width: number, fill = " ") => padding("pad-start", s, width, fill) + s,
  ),
  primitive(
    "(pad-end s:string width:integer fill?:string) -> string",
    "s with fill (a space) put after it until it is width characters long.",
    (s: string, width: number, fill = " ") => s + padding("pad-end", s, width, fill),
  ),
  primitive(
    "(repeat s:string times:integer) -> string",
    "s, times over; none or fewer times is empty.",
    repeat,
  ),
  primitive(
    "(char-code s:string index?:integer) -> integer",
    "The Unicode number of the character at index (0).",
    charCode,
    outOfRange,
  ),
  primitive(
    "(from-char-code code:integer ...) -> string",
    "The characters with these Unicode numbers.",
    fromCharCode,
  ),
];
