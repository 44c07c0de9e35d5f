// Where the forms of wire text begin and end, found while it arrives: brackets and strings are counted and
// nothing else is understood. What is not whole yet is kept, up to a limit, and never looked at twice.

import { sxError } from "../core/errors.ts";
import { Source, type Span } from "../core/source.ts";

export interface WireLimits {
  /** How many characters one form may have. */
  readonly formLength: number;
  /** How deep forms may nest. */
  readonly depth: number;
}

/** One whole form, and where it begins in all the text. */
export interface FormText {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** The place of an offset of a form, in a source that shows what stands around it. */
export function placeIn({ text, line, column }: FormText, offset: number): Span {
  // A stream may have gone on for longer than any text can be; its place is then counted from where the form begins.
  const isFar = line + column > farthest;
  const before = isFar ? "" : "\n".repeat(line - 1) + " ".repeat(column - 1);
  const start = before.length + offset;
  return { source: new Source("<wire>", before + text), start, end: start + 1 };
}

const farthest = 1 << 24;

const nothing = 0;
const word = 1;
const brackets = 2;

export class WireScanner {
  private readonly limits: WireLimits;
  /** The pieces of the form that is not whole yet. */
  private pieces: string[] = [];
  private length = 0;
  /** What kind of form that is. */
  private inside = nothing;
  private depth = 0;
  private inString = false;
  private escaped = false;
  /** Where the form began, and where the text is now. */
  private line = 1;
  private column = 1;
  private nowLine = 1;
  private nowColumn = 1;

  constructor(limits: WireLimits) {
    this.limits = limits;
  }

  /** The forms that this text completes. Throws `wire/too-deep` and `wire/too-large`. */
  push(text: string): FormText[] {
    const found: FormText[] = [];
    let start = 0;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (this.inside === nothing) {
        if (isSpace(code)) {
          this.advance(code);
          start = at + 1;
          continue;
        }
        this.line = this.nowLine;
        this.column = this.nowColumn;
        start = at;
      } else if (this.inside === word && endsWord(code)) {
        found.push(this.take(text.slice(start, at)));
        start = at--;
        continue;
      }
      if (this.step(code)) {
        this.advance(code);
        found.push(this.take(text.slice(start, at + 1)));
        start = at + 1;
      } else this.advance(code);
    }
    this.keep(text.slice(start));
    return found;
  }

  /** The word that the end of the text completes. Throws `wire/unclosed` where a form is cut off. */
  end(): FormText[] {
    if (this.inside === nothing) return [];
    if (this.inside === word) return [this.take("")];
    const form = { text: this.pieces.join(""), line: this.line, column: this.column };
    throw sxError("wire/unclosed", { opener: form.text.charAt(0) }, placeIn(form, 0));
  }

  /** Takes a character into the form in hand; true when that is whole now. */
  private step(code: number): boolean {
    if (this.inString) {
      if (this.escaped) this.escaped = false;
      else if (code === 92) this.escaped = true;
      else if (code === 34) {
        this.inString = false;
        return this.depth === 0;
      }
      return false;
    }
    if (code === 34) {
      this.inString = true;
      this.inside = brackets;
    } else if (code === 40 || code === 123) {
      this.inside = brackets;
      if (++this.depth > this.limits.depth)
        throw sxError("wire/too-deep", { limit: this.limits.depth }, this.here());
    } else if (code === 41 || code === 125) {
      // One too many is a form of its own, for the parser to refuse.
      if (this.depth <= 1) {
        this.inside = brackets;
        this.depth = 0;
        return true;
      }
      this.depth--;
    } else if (this.inside === nothing) this.inside = word;
    return false;
  }

  private advance(code: number): void {
    if (code === 10) {
      this.nowLine++;
      this.nowColumn = 1;
    } else this.nowColumn++;
  }

  private keep(rest: string): void {
    if (this.inside === nothing) return;
    this.pieces.push(rest);
    this.length += rest.length;
    if (this.length > this.limits.formLength)
      throw sxError("wire/too-large", { limit: this.limits.formLength }, this.here());
  }

  private take(last: string): FormText {
    this.keep(last);
    const form = { text: this.pieces.join(""), line: this.line, column: this.column };
    this.pieces = [];
    this.length = 0;
    this.inside = nothing;
    this.depth = 0;
    return form;
  }

  private here(): Span {
    return placeIn({ text: "", line: this.nowLine, column: this.nowColumn }, 0);
  }
}

/** Whether a character may stand between forms and between their parts. */
export function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 9 || code === 13;
}

function endsWord(code: number): boolean {
  return isSpace(code) || code === 34 || code === 40 || code === 41 || code === 123 || code === 125;
}
