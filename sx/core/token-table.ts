// The token table of one reading: each distinct symbol, keyword or constant of a text is made and checked
// once. In front of it stands a small cache that is asked straight from the text, so that a token seen
// before costs no new string; what the cache has lost the map still knows, however hostile the names.

import { sxError } from "./errors.ts";
import type { Source } from "./source.ts";
import { findInvisible } from "./token.ts";
import { Keyword, SxSymbol } from "./values.ts";

type Token = Keyword | SxSymbol | boolean | null;

/** What a token stands for; a symbol of a form is kept as its name, because each use has a place of its own. */
type Meaning = Token | string;

interface Entry {
  readonly token: string;
  readonly first: number;
  readonly rest: number;
  readonly meaning: Meaning;
}

export class TokenTable {
  private readonly source: Source;
  private readonly asData: boolean;
  private readonly known = new Map<string, Entry>();
  private readonly cache: (Entry | null)[];

  constructor(source: Source, asData: boolean) {
    this.source = source;
    this.asData = asData;
    this.cache = new Array<Entry | null>(source.text.length > 10_000 ? 1024 : 32).fill(null);
  }

  /**
   * The form or datum of the token between two offsets. `first` and `rest` are any function of its
   * characters; where `exact`, no other token of that length has both.
   */
  take(start: number, end: number, first: number, rest: number, exact: boolean): Token {
    const { text } = this.source;
    const place = ((first + Math.imul(rest, 0x9e3779b1)) >>> 20) & (this.cache.length - 1);
    let entry = this.cache[place];
    if (
      !entry ||
      entry.rest !== rest ||
      entry.first !== first ||
      entry.token.length !== end - start ||
      !(exact || text.startsWith(entry.token, start))
    ) {
      entry = this.find(text.slice(start, end), start, first, rest);
      this.cache[place] = entry;
    }
    const { meaning } = entry;
    return typeof meaning === "string" ? new SxSymbol(meaning, this.source, start) : meaning;
  }

  private find(token: string, start: number, first: number, rest: number): Entry {
    let entry = this.known.get(token);
    if (!entry) {
      entry = { token, first, rest, meaning: this.meaningOf(token, start) };
      this.known.set(token, entry);
    }
    return entry;
  }

  private meaningOf(token: string, start: number): Meaning {
    const span = { source: this.source, start, end: start + token.length };
    const invisible = findInvisible(token);
    if (invisible !== null) throw sxError("read/bad-token", { token, invisible }, span);
    if (token.startsWith("#")) throw sxError("read/bad-token", { token, invisible: null }, span);
    if (token.startsWith(":")) {
      if (token.length === 1 || token.startsWith("::")) throw sxError("read/bad-keyword", { token }, span);
      return new Keyword(token.slice(1));
    }
    if (token === "true") return true;
    if (token === "false") return false;
    if (token === "nil") return null;
    return this.asData ? new SxSymbol(token) : token;
  }
}

/** The string that a form or datum stands for as the key of a dict, or null where it cannot be one. */
export function keyOf(datum: unknown): string | null {
  if (datum instanceof Keyword || datum instanceof SxSymbol) return datum.name;
  if (typeof datum === "string") return datum;
  return typeof datum === "number" ? String(datum) : null;
}
