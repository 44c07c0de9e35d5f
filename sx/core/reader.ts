// The reader: text in, forms or data out. It walks the text once by character code and keeps what is still
// open on stacks of its own, so nesting costs no JavaScript stack and is refused past a fixed depth. Every
// list, dict and symbol of a form knows its place. Which names are tokens is in token.ts.

import type { ErrorDetails, ErrorKind } from "./error-kinds.ts";
import { type SxError, sxError } from "./errors.ts";
import { DictForm, deepestNesting, type Form, ListForm } from "./form.ts";
import { findClosingQuote, isDigit, readEscapes, readNumeral } from "./literal.ts";
import { Source } from "./source.ts";
import { delimiters } from "./token.ts";
import { keyOf, TokenTable } from "./token-table.ts";
import { type Dict, SxSymbol, type Value } from "./values.ts";

/** All forms of a source, with their places. Throws an SxError of kind `read/…` at the first mistake. */
export function readForms(source: Source): Form[] {
  return new Reader(source, false, root).run() as Form[]; // a reader of forms makes forms
}

/** All data of a text: lists as arrays, dicts as plain objects. Throws an SxError of kind `read/…`. */
export function readAll(text: string, file = "<text>"): Value[] {
  return new Reader(new Source(file, text), true, root).run();
}

/** The one datum of a text. None is `read/empty`, a second one `read/extra`. */
export function read(text: string, file = "<text>"): Value {
  const source = new Source(file, text);
  const data = new Reader(source, true, single).run();
  if (data.length === 0) throw sxError("read/empty", {}, { source, start: text.length, end: text.length });
  return data[0];
}

// What can be open. Those from `dict` on look at each datum that is added to them. A prefix waits for one
// datum and is closed by it; `discard` is the comment #;.
type Opening = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
const root = 0;
const list = 1;
const bracket = 2;
const dict = 3;
const single = 4;
const quote = 5;
const quasiquote = 6;
const unquote = 7;
const splice = 8;
const discard = 9;

// By opening: what opens it, what closes it, and the name at the head of the list it reads as.
const openers: readonly string[] = ["", "(", "[", "{", "", "'", "`", ",", ",@", "#;"];
const closers: readonly string[] = ["", ")", "]", "}"];
const heads: readonly string[] = ["", "", "list", "", "", "quote", "quasiquote", "unquote", "splice-unquote"];

/** One pass over one text. Open forms share one stack of values; each frame knows where its own begin. */
class Reader {
  private readonly source: Source;
  private readonly text: string;
  /** Whether to make arrays and objects instead of forms with places. */
  private readonly asData: boolean;
  private readonly tokens: TokenTable;
  private at = 0;
  /** What is open innermost; the frames below hold what is open around it. */
  private opening: Opening;
  private start = 0;
  private base = 0;
  private depth = 0;
  private readonly openings: Opening[] = [];
  private readonly starts: number[] = [];
  private readonly bases: number[] = [];
  /** The data of all open forms, one after the other; `top` is the first free place. */
  private readonly values: unknown[] = [];
  private top = 0;
  /** Where the keys of the open dicts start. */
  private readonly keyStarts: number[] = [];
  /** The next backslash from where strings were last looked for, or the text's length: most strings hold none. */
  private backslash = -1;

  constructor(source: Source, asData: boolean, opening: Opening) {
    this.source = source;
    this.text = source.text;
    this.asData = asData;
    this.opening = opening;
    this.tokens = new TokenTable(source, asData);
    if (this.text.charCodeAt(0) === 0xfeff) this.at = 1;
  }

  run(): unknown[] {
    if (!this.text.isWellFormed()) throw this.loneSurrogate();
    for (let code = this.skipSpace(); code >= 0; code = this.skipSpace()) {
      if (code === 40) this.open(list, 1);
      else if (code === 41) this.close(list);
      else if (code === 34) this.readString();
      else if (code > 127 || delimiters[code] === 0) this.readToken(code);
      else this.readSpecial(code);
    }
    if (this.depth > 0) throw this.unclosed();
    return this.values.slice(0, this.top);
  }

  /** Goes on to the next character that is no white space, and gives its code; -1 at the end of the text. */
  private skipSpace(): number {
    const { text } = this;
    for (let i = this.at; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code <= 32 && delimiters[code] === 1) continue;
      this.at = i;
      return code;
    }
    return -1;
  }

  private readSpecial(code: number): void {
    if (code === 59) this.skipLine();
    else if (code === 91) this.open(bracket, 1);
    else if (code === 93) this.close(bracket);
    else if (code === 123) this.open(dict, 1);
    else if (code === 125) this.close(dict);
    else if (code === 39) this.open(quote, 1);
    else if (code === 96) this.open(quasiquote, 1);
    // Of the delimiters only the comma is left.
    else if (this.text.charCodeAt(this.at + 1) === 64) this.open(splice, 2);
    else this.open(unquote, 1);
  }

  private open(opening: Opening, length: number): void {
    const { depth } = this;
    if (depth >= deepestNesting) {
      throw this.fail("read/too-deep", { limit: deepestNesting }, this.at, this.at + length);
    }
    this.openings[depth] = this.opening;
    this.starts[depth] = this.start;
    this.bases[depth] = this.base;
    this.depth = depth + 1;
    this.opening = opening;
    this.start = this.at;
    this.base = this.top;
    this.at += length;
    if (opening === bracket) this.values[this.top++] = this.head(opening, this.start);
  }

  /** Goes back to what is open around the innermost form; its values are the caller's to take. */
  private pop(): void {
    const depth = --this.depth;
    this.opening = this.openings[depth] as Opening; // pushed by open
    this.start = this.starts[depth] as number; // pushed by open
    this.base = this.bases[depth] as number; // pushed by open
  }

  private close(closing: 1 | 2 | 3): void {
    if (this.opening !== closing) throw this.wrongClose(closers[closing] as string); // one for each closing
    this.at++;
    const { start, base } = this;
    const form = closing === dict ? this.makeDict() : this.makeList(this.values.slice(base, this.top), start);
    this.top = base;
    this.pop();
    this.add(form, start);
  }

  /** Adds a datum that began at `start` to what is open. */
  private add(datum: unknown, start: number): void {
    this.values[this.top++] = datum;
    if (this.opening >= dict) this.settle(start);
  }

  /** After a datum was added: closes the prefixes that waited for it, and checks the key of a dict. */
  private settle(start: number): void {
    let place = start;
    while (this.opening >= quote) {
      const { opening } = this;
      const datum = this.values[--this.top];
      place = this.start;
      this.pop();
      if (opening === discard) return;
      this.values[this.top++] = this.makeList([this.head(opening, place), datum], place);
    }
    if (this.opening === dict && (this.top - this.base) % 2 === 1) this.takeKey(place);
    else if (this.opening === single && this.top > 1) throw this.fail("read/extra", {}, place, this.at);
  }

  private head(opening: Opening, start: number): SxSymbol {
    const name = heads[opening] as string; // asked for brackets and prefixes only
    return this.asData ? new SxSymbol(name) : new SxSymbol(name, this.source, start);
  }

  private makeList(items: unknown[], start: number): unknown {
    return this.asData ? items : new ListForm(items as Form[], this.source, start, this.at); // forms make forms
  }

  /** Turns the datum just added, a key of the open dict, into its string. */
  private takeKey(start: number): void {
    const key = keyOf(this.values[this.top - 1]);
    if (key === null || key === "__proto__") {
      throw this.fail("read/bad-dict-key", { found: this.text.slice(start, this.at) }, start, this.at);
    }
    this.values[this.top - 1] = key;
    this.keyStarts.push(start);
  }

  private makeDict(): unknown {
    const { values, start, base, top, at } = this;
    if ((top - base) % 2 !== 0) throw this.fail("read/odd-dict", { count: top - base }, start, at);
    const keys: string[] = [];
    const data: unknown[] = [];
    for (let i = base; i < top; i += 2) {
      keys.push(values[i] as string); // takeKey left a string here
      data.push(values[i + 1]);
    }
    this.checkKeys(keys);
    if (!this.asData) return new DictForm(keys, data as Form[], this.source, start, at); // forms make forms
    const made: Dict = {};
    for (let i = 0; i < keys.length; i++) made[keys[i] as string] = data[i];
    return made;
  }

  /** Refuses a key that stands twice, and forgets where the keys stood. */
  private checkKeys(keys: string[]): void {
    const { keyStarts } = this;
    const first = keyStarts.length - keys.length;
    const repeated = findRepeat(keys);
    if (repeated >= 0) {
      const key = keys[repeated] as string; // found there
      const start = keyStarts[first + repeated] as number; // takeKey pushed one for each key
      throw this.fail("read/duplicate-key", { key }, start, this.keyEnd(start));
    }
    keyStarts.length = first;
  }

  private keyEnd(start: number): number {
    return this.text[start] === '"' ? findClosingQuote(this.text, start + 1) + 1 : this.tokenEnd(start);
  }

  private readToken(code: number): void {
    const next = this.text.charCodeAt(this.at + 1);
    if (isDigit(code)) this.readNumber();
    else if (code === 35 && next === 59) this.open(discard, 2);
    else if (code === 35 && next === 124) this.skipComment();
    else if ((code === 45 || code === 43 || code === 46) && this.isNumberAhead()) this.readLongNumber();
    else this.readName(code);
  }

  private readName(code: number): void {
    const { text, at: start } = this;
    // The characters packed for the token table: four, then the rest.
    let first = 0;
    let rest = code;
    let anyBits = code;
    let end = start + 1;
    for (; end < text.length; end++) {
      const next = text.charCodeAt(end);
      if (next < 128 && delimiters[next] === 1) break;
      if (end - start === 4) {
        first = rest;
        rest = 0;
      }
      rest = (rest << 7) ^ next;
      anyBits |= next;
    }
    this.at = end;
    const exact = anyBits < 128 && end - start <= 8;
    this.add(this.tokens.take(start, end, first, rest, exact), start);
  }

  /** Whether digits follow the sign or point here. */
  private isNumberAhead(): boolean {
    let i = this.at;
    if (this.text.charCodeAt(i) !== 46) i++;
    if (this.text.charCodeAt(i) === 46) i++;
    return isDigit(this.text.charCodeAt(i));
  }

  private readNumber(): void {
    const { text, at: start } = this;
    let value = 0;
    let i = start;
    for (; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (!isDigit(code)) break;
      value = value * 10 + code - 48;
    }
    const ends = i === text.length || delimiters[text.charCodeAt(i)] === 1;
    if (ends && i - start <= 15) {
      this.at = i;
      this.add(value, start);
    } else this.readLongNumber();
  }

  /** A number with a sign, a point, an exponent or many digits. */
  private readLongNumber(): void {
    const start = this.at;
    this.at = this.tokenEnd(start);
    this.add(readNumeral(this.source, start, this.at), start);
  }

  private tokenEnd(start: number): number {
    let end = start;
    while (end < this.text.length && delimiters[this.text.charCodeAt(end)] !== 1) end++;
    return Math.max(end, start + 1);
  }

  private readString(): void {
    const { text, at: start } = this;
    let end = text.indexOf('"', start + 1);
    if (this.backslash <= start) {
      const next = text.indexOf("\\", start);
      this.backslash = next < 0 ? text.length : next;
    }
    const escaped = this.backslash < end;
    if (escaped) end = findClosingQuote(text, this.backslash);
    if (end < 0) throw this.fail("read/unclosed-string", {}, start, start + 1);
    this.at = end + 1;
    this.add(escaped ? readEscapes(this.source, start + 1, end) : text.slice(start + 1, end), start);
  }

  private skipLine(): void {
    const end = this.text.indexOf("\n", this.at);
    this.at = end < 0 ? this.text.length : end + 1;
  }

  /** Skips `#| … |#`, which nests. */
  private skipComment(): void {
    const { text, at: start } = this;
    let depth = 0;
    for (let i = start; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === 35 && text.charCodeAt(i + 1) === 124) depth++;
      else if (code === 124 && text.charCodeAt(i + 1) === 35) depth--;
      else continue;
      i++;
      if (depth > 0) continue;
      this.at = i + 1;
      return;
    }
    throw this.fail("read/unclosed-comment", {}, start, start + 2);
  }

  private fail<K extends ErrorKind>(kind: K, details: ErrorDetails<K>, start: number, end: number): SxError {
    return sxError(kind, details, { source: this.source, start, end });
  }

  private loneSurrogate(): SxError {
    let at = 0;
    // A whole pair is one code point; half of one is a code point of its own.
    for (let code = 0; at < this.text.length; at += code > 0xffff ? 2 : 1) {
      code = this.text.codePointAt(at) as number; // inside the text
      if (code >= 0xd800 && code <= 0xdfff) break;
    }
    return this.fail("read/lone-surrogate", {}, at, at + 1);
  }

  private unclosed(): SxError {
    const { opening, start } = this;
    const opener = openers[opening] as string; // one for each opening
    return this.fail(
      "read/unclosed",
      { opener, closer: closers[opening] ?? null },
      start,
      start + opener.length,
    );
  }

  private wrongClose(closer: string): SxError {
    const { opening, start, at } = this;
    const opener = openers[opening] as string; // one for each opening
    if (opener === "" || opening >= quote) {
      return this.fail("read/unexpected-close", { closer, after: opener === "" ? null : opener }, at, at + 1);
    }
    const { line, column } = this.source.position(start);
    const expected = closers[opening] as string; // lists, brackets and dicts have one
    return this.fail("read/mismatched-close", { opener, closer, expected, line, column }, at, at + 1);
  }
}

/** The index of the first key that stood before, or -1. */
function findRepeat(keys: string[]): number {
  if (keys.length <= 8) return keys.findIndex((key, index) => keys.indexOf(key) < index);
  const seen = new Set<string>();
  return keys.findIndex((key) => seen.size === seen.add(key).size);
}
