// A lossless syntax tree: every character of a text is white space or belongs to a node, comments too. Any text
// has a tree, half-typed text as well; whether it can be read is the reader's to say (../core/reader.ts), and
// for text that can, this tree has the reader's forms. Open forms are on a stack of its own.

import { delimiters } from "../core/token.ts";

export type SyntaxKind =
  | "atom"
  | "string"
  | "list"
  | "bracket"
  | "dict"
  /** A mark of the quote family and what it marks. */
  | "prefix"
  /** `#;` and the form that it hides. */
  | "discard"
  | "line-comment"
  | "block-comment"
  /** A bracket that closes nothing. */
  | "error";

/** A node and its place; a line comment ends before its line break. */
export interface Syntax {
  readonly kind: SyntaxKind;
  readonly start: number;
  readonly end: number;
  /** In the order of the text, comments included; empty for everything without parts. */
  readonly children: readonly Syntax[];
}

/** The nodes of a text at top level. A form left open ends with the text or before the bracket that ended it. */
export function parseSyntax(text: string): Syntax[] {
  return new Parser(text).run();
}

export function isComment({ kind }: Syntax): boolean {
  return kind === "line-comment" || kind === "block-comment" || kind === "discard";
}

/** The children of a node that the language sees. */
export function partsOf({ children }: Syntax): Syntax[] {
  return children.filter((child) => !isComment(child));
}

/** The mark of a prefix form: one of ' ` , ,@ */
export function markOf(text: string, { start }: Syntax): string {
  return text.startsWith(",@", start) ? ",@" : text.charAt(start);
}

type Bracket = "list" | "bracket" | "dict";

const opened: Readonly<Record<string, Bracket>> = { "(": "list", "[": "bracket", "{": "dict" };
const closed: Readonly<Record<string, Bracket>> = { ")": "list", "]": "bracket", "}": "dict" };

/** A form whose end has not come yet. */
interface Open {
  readonly kind: Bracket | "prefix" | "discard";
  readonly start: number;
  /** How long what opened it is. */
  readonly length: number;
  readonly children: Syntax[];
}

class Parser {
  private readonly text: string;
  private readonly roots: Syntax[] = [];
  private readonly open: Open[] = [];
  /** How many brackets of each kind are open. */
  private readonly counts: Record<Bracket, number> = { list: 0, bracket: 0, dict: 0 };
  private at = 0;

  constructor(text: string) {
    this.text = text;
    if (text.startsWith("\ufeff")) this.at = 1;
  }

  run(): Syntax[] {
    for (this.skipSpace(); this.at < this.text.length; this.skipSpace()) this.step();
    while (this.open.length > 0) this.endInnermost(this.text.length);
    return this.roots;
  }

  private skipSpace(): void {
    while (/[ \n\t\r\f]/.test(this.text.charAt(this.at))) this.at++;
  }

  private step(): void {
    const { text, at } = this;
    const character = text.charAt(at);
    const kind = opened[character];
    if (kind) this.begin(kind, 1);
    else if (closed[character]) this.close(closed[character]);
    else if (character === ";") this.take("line-comment", this.lineEnd(at));
    else if (character === '"') this.take("string", this.stringEnd());
    else if (character === "'" || character === "`") this.begin("prefix", 1);
    else if (character === ",")
      this.begin("prefix", markOf(text, { start: at } as Syntax).length); // a start is enough
    else if (text.startsWith("#;", at)) this.begin("discard", 2);
    else if (text.startsWith("#|", at)) this.take("block-comment", this.commentEnd());
    else this.take("atom", this.tokenEnd());
  }

  private begin(kind: Open["kind"], length: number): void {
    this.open.push({ kind, start: this.at, length, children: [] });
    if (kind !== "prefix" && kind !== "discard") this.counts[kind]++;
    this.at += length;
  }

  private take(kind: SyntaxKind, end: number): void {
    const node: Syntax = { kind, start: this.at, end, children: [] };
    this.at = end;
    this.add(node);
  }

  /** Adds a node to what is open; the marks that waited for a form end with it. */
  private add(node: Syntax): void {
    let added = node;
    for (let around = this.open.at(-1); ; around = this.open.at(-1)) {
      (around?.children ?? this.roots).push(added);
      if (!around || !isMark(around) || isComment(added)) return;
      this.open.pop();
      added = { kind: around.kind, start: around.start, end: added.end, children: around.children };
    }
  }

  private close(kind: Bracket): void {
    for (let around = this.open.at(-1); around && isMark(around); around = this.open.at(-1))
      this.endInnermost(this.at);
    if (this.counts[kind] === 0) return this.take("error", this.at + 1);
    while (this.open.at(-1)?.kind !== kind) this.endInnermost(this.at);
    this.at++;
    this.endInnermost(this.at);
  }

  /** Ends the innermost open form; a mark that waits in vain ends behind what is there. */
  private endInnermost(end: number): void {
    const innermost = this.open.pop() as Open; // the callers looked
    const { kind, start, length, children } = innermost;
    if (isMark(innermost)) {
      const last = children.at(-1)?.end ?? start + length;
      (this.open.at(-1)?.children ?? this.roots).push({ kind, start, end: last, children });
      return;
    }
    this.counts[kind as Bracket]--; // marks are gone
    this.add({ kind, start, end, children });
  }

  /** Where the line of an offset ends, its line break left out. */
  private lineEnd(from: number): number {
    const found = this.text.indexOf("\n", from);
    const end = found < 0 ? this.text.length : found;
    return this.text[end - 1] === "\r" && end > from ? end - 1 : end;
  }

  /** Behind the closing quote; a string without one ends with its line, so that the rest keeps its meaning. */
  private stringEnd(): number {
    for (let i = this.at + 1; i < this.text.length; i++) {
      if (this.text[i] === "\\") i++;
      else if (this.text[i] === '"') return i + 1;
    }
    return this.lineEnd(this.at);
  }

  /** Behind the `|#` that belongs to the comment; one without it ends with the text. */
  private commentEnd(): number {
    let depth = 0;
    for (const { 0: mark, index } of this.text.slice(this.at).matchAll(/#\||\|#/g)) {
      depth += mark === "#|" ? 1 : -1;
      if (depth === 0) return this.at + index + 2;
    }
    return this.text.length;
  }

  private tokenEnd(): number {
    let end = this.at + 1;
    while (end < this.text.length && delimiters[this.text.charCodeAt(end)] !== 1) end++;
    return end;
  }
}

function isMark({ kind }: Open): boolean {
  return kind === "prefix" || kind === "discard";
}
