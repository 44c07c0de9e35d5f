// The reader: text in, forms out, each list, dict and symbol with its place. It walks the text once by
// character code and keeps open forms on a stack of its own, so nesting costs no JavaScript stack.

import type { ErrorDetails, ErrorKind } from "./error-kinds.ts";
import { sxError } from "./errors.ts";
import { DictForm, type Form, formToData, ListForm } from "./form.ts";
import { Source } from "./source.ts";
import { Keyword, SxSymbol, type Value } from "./values.ts";

const deepest = 4000;

/** All forms of a source, with positions. Throws an SxError of kind `read/…` at the first mistake. */
export function readForms(source: Source): Form[] {
  return new Reader(source).readAll();
}

/** All data of a text. */
export function readAll(text: string, file = "<text>"): Value[] {
  return readForms(new Source(file, text)).map(formToData);
}

/** The one datum of a text; none or several are an error. */
export function read(text: string, file = "<text>"): Value {
  const source = new Source(file, text);
  const forms = readForms(source);
  if (forms.length !== 1)
    throw sxError(
      forms.length === 0 ? "read/empty" : "read/extra",
      {},
      { source, start: 0, end: text.length },
    );
  return formToData(forms[0] as Form); // length checked
}

/** A form that is still open: a list, a dict, or a prefix such as ' that waits for its datum. */
interface Open {
  readonly opener: string;
  readonly start: number;
  readonly items: Form[];
  /** Of a dict: where each of its forms starts, for errors in keys. */
  readonly starts: number[];
}

const delimiters = new Uint8Array(128);
for (const char of " \n\t\r\f()[]{}\";'`,") delimiters[char.charCodeAt(0)] = 1;

const prefixes: Record<string, string> = {
  "'": "quote",
  "`": "quasiquote",
  ",": "unquote",
  ",@": "splice-unquote",
};
const closers: Record<string, string> = { "(": ")", "[": "]", "{": "}" };

class Reader {
  private readonly source: Source;
  private readonly text: string;
  private at = 0;
  private readonly keywords = new Map<string, Keyword>();
  private readonly open: Open[] = [];
  private items: Form[] = [];

  constructor(source: Source) {
    this.source = source;
    this.text = source.text;
    if (this.text.charCodeAt(0) === 0xfeff) this.at = 1;
  }

  private fail<K extends ErrorKind>(
    kind: K,
    details: ErrorDetails<K>,
    start: number,
    end = start + 1,
  ): Error {
    return sxError(kind, details, { source: this.source, start, end });
  }

  readAll(): Form[] {
    const root = this.items;
    const { text } = this;
    const length = text.length;
    while (this.at < length) {
      const code = text.charCodeAt(this.at);
      switch (code) {
        case 32:
        case 10:
        case 9:
        case 13:
        case 12:
          this.at++;
          break;
        case 59:
          this.skipLine();
          break;
        case 40:
          this.begin("(");
          break;
        case 91:
          this.begin("[");
          break;
        case 123:
          this.begin("{");
          break;
        case 41:
        case 93:
        case 125:
          this.close(text[this.at] as string); // inside the text
          break;
        case 34: {
          const start = this.at;
          this.add(this.string(), start);
          break;
        }
        case 39:
        case 96:
          this.begin(text[this.at] as string); // inside the text
          break;
        case 44:
          this.begin(text.charCodeAt(this.at + 1) === 64 ? ",@" : ",");
          break;
        case 35:
          if (!this.comment()) this.addToken();
          break;
        default:
          this.addToken();
      }
    }
    const unclosed = this.open.at(-1);
    if (unclosed)
      throw this.fail(
        "read/unclosed",
        { opener: unclosed.opener },
        unclosed.start,
        unclosed.start + unclosed.opener.length,
      );
    return root;
  }

  private addToken(): void {
    const start = this.at;
    this.add(this.token(), start);
  }

  private begin(opener: string): void {
    if (this.open.length >= deepest) throw this.fail("read/too-deep", { limit: deepest }, this.at);
    this.open.push({ opener, start: this.at, items: this.items, starts: [] });
    this.items = [];
    this.at += opener.length;
  }

  /** Adds a finished form; a prefix that waited for it is finished too. */
  private add(form: Form, start: number): void {
    this.items.push(form);
    let top = this.open.at(-1);
    let place = start;
    for (; top && !(top.opener in closers); top = this.open.at(-1)) {
      place = top.start;
      if (!this.finishPrefix(top)) return;
    }
    if (top?.opener === "{") top.starts.push(place);
  }

  /** Puts a prefix around its datum; false for `#;`, which drops it. */
  private finishPrefix(top: Open): boolean {
    this.open.pop();
    const datum = this.items[0] as Form; // called after one was added
    this.items = top.items;
    if (top.opener === "#;") return false;
    const head = new SxSymbol(prefixes[top.opener] as string, this.source, top.start); // every other prefix has a name
    this.items.push(new ListForm([head, datum], this.source, top.start, this.at));
    return true;
  }

  private close(closer: string): void {
    const top = this.open.at(-1);
    if (!top) throw this.fail("read/unexpected-close", { closer }, this.at);
    if (closers[top.opener] !== closer) {
      if (!(top.opener in closers)) throw this.fail("read/unexpected-close", { closer }, this.at);
      throw this.fail("read/mismatched-close", { opener: top.opener, closer }, this.at);
    }
    this.at++;
    this.open.pop();
    const items = this.items;
    this.items = top.items;
    if (closer === "}") this.add(this.dict(items, top), top.start);
    else {
      if (closer === "]") items.unshift(new SxSymbol("list", this.source, top.start));
      this.add(new ListForm(items, this.source, top.start, this.at), top.start);
    }
  }

  private dict(items: Form[], { start, starts }: Open): Form {
    if (items.length % 2 !== 0) throw this.fail("read/odd-dict", { count: items.length }, start, this.at);
    const keys: string[] = [];
    const values: Form[] = [];
    const seen = new Set<string>();
    for (let i = 0; i < items.length; i += 2) {
      const place = starts[i] ?? start;
      const key = this.key(items[i] as Form, place); // inside the bounds
      if (seen.has(key)) throw this.fail("read/duplicate-key", { key }, place);
      seen.add(key);
      keys.push(key);
      values.push(items[i + 1] as Form); // even length
    }
    return new DictForm(keys, values, this.source, start, this.at);
  }

  private key(form: Form, start: number): string {
    let key: string | null = null;
    if (form instanceof Keyword || form instanceof SxSymbol) key = form.name;
    else if (typeof form === "string") key = form;
    else if (typeof form === "number") key = String(form + 0);
    if (key === null || key === "__proto__") {
      throw this.fail(
        "read/bad-dict-key",
        {
          found: key ?? (form === null ? "nil" : typeof form === "boolean" ? String(form) : "a list or dict"),
        },
        start,
      );
    }
    return key;
  }

  private skipLine(): void {
    const end = this.text.indexOf("\n", this.at);
    this.at = end < 0 ? this.text.length : end + 1;
  }

  /** `#| … |#` and `#;`; false when the # begins something else. */
  private comment(): boolean {
    const next = this.text.charCodeAt(this.at + 1);
    if (next === 59) {
      this.begin("#;");
      return true;
    }
    if (next !== 124) return false;
    const start = this.at;
    let depth = 1;
    this.at += 2;
    while (depth > 0) {
      const close = this.text.indexOf("|#", this.at);
      if (close < 0) throw this.fail("read/unclosed-comment", {}, start, start + 2);
      const inner = this.text.indexOf("#|", this.at);
      if (inner >= 0 && inner < close) {
        depth++;
        this.at = inner + 2;
      } else {
        depth--;
        this.at = close + 2;
      }
    }
    return true;
  }

  private string(): string {
    const start = this.at++;
    const { text } = this;
    let out = "";
    let last = this.at;
    for (;;) {
      const code = text.charCodeAt(this.at);
      if (code === 34) {
        out = last === start + 1 ? text.slice(last, this.at) : out + text.slice(last, this.at);
        this.at++;
        return out;
      }
      if (Number.isNaN(code)) throw this.fail("read/unclosed-string", {}, start);
      if (code === 92) {
        out += text.slice(last, this.at) + this.escape();
        last = this.at;
      } else if (code >= 0xd800 && code <= 0xdfff) this.surrogatePair(code);
      else this.at++;
    }
  }

  private surrogatePair(code: number): void {
    const next = this.text.charCodeAt(this.at + 1);
    if (code > 0xdbff || !(next >= 0xdc00 && next <= 0xdfff))
      throw this.fail("read/lone-surrogate", {}, this.at);
    this.at += 2;
  }

  private escape(): string {
    const start = this.at;
    const char = this.text[start + 1] ?? "";
    const simple = { n: "\n", r: "\r", t: "\t", "\\": "\\", '"': '"' }[char];
    if (simple !== undefined) {
      this.at += 2;
      return simple;
    }
    const match = /^\\u\{([0-9a-fA-F]{1,6})\}/.exec(this.text.slice(start, start + 12));
    const code = match ? Number.parseInt(match[1] as string, 16) : -1; // the group always matches
    if (!match || code > 0x10ffff)
      throw this.fail("read/bad-escape", { escape: this.text.slice(start, start + 2) }, start, start + 2);
    if (code >= 0xd800 && code <= 0xdfff)
      throw this.fail("read/lone-surrogate", {}, start, start + match[0].length);
    this.at += match[0].length;
    return String.fromCodePoint(code);
  }

  private token(): Form {
    const { text } = this;
    const start = this.at;
    let code = text.charCodeAt(start);
    do {
      code = text.charCodeAt(++this.at);
    } while (code >= 128 ? code !== 0xa0 && code !== 0x2028 && code !== 0x2029 : delimiters[code] === 0);
    const first = text.charCodeAt(start);
    const second = text.charCodeAt(start + 1);
    const digit = (value: number) => value >= 48 && value <= 57;
    if (digit(first)) return this.number(start);
    if (
      (first === 45 || first === 43) &&
      (digit(second) || (second === 46 && digit(text.charCodeAt(start + 2))))
    )
      return this.number(start);
    if (first === 46 && digit(second)) return this.number(start);
    const token = text.slice(start, this.at);
    if (first === 58) return this.keyword(token, start);
    if (token === "true") return true;
    if (token === "false") return false;
    if (token === "nil") return null;
    return new SxSymbol(token, this.source, start);
  }

  private keyword(token: string, start: number): Keyword {
    if (token.length === 1 || token.charCodeAt(1) === 58)
      throw this.fail("read/bad-keyword", { token }, start, this.at);
    let keyword = this.keywords.get(token);
    if (!keyword) {
      keyword = new Keyword(token.slice(1));
      this.keywords.set(token, keyword);
    }
    return keyword;
  }

  private number(start: number): number {
    const token = this.text.slice(start, this.at);
    const bad = (reason: string) => this.fail("read/bad-number", { token, reason }, start, this.at);
    if (!/^[-+]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?$/.test(token)) throw bad("it begins like one");
    const value = Number(token);
    if (!Number.isFinite(value)) throw bad("it is too large");
    if (/^[-+]?\d+$/.test(token) && !Number.isSafeInteger(value))
      throw bad("whole numbers beyond 2^53 cannot be held exactly");
    return value;
  }
}
