// What the nodes of a syntax tree are as code: names, keywords, and the parts of a list without its comments.
// The tree comes from the formatter's tolerant parser, so half-typed text has one too. A form that was left
// open ends where the next one begins at the start of a line, so that the rest of the file keeps its meaning.

import { isSymbolName } from "../core/token.ts";
import { markOf, parseSyntax, partsOf, type Syntax } from "../format/syntax.ts";

/** A text and its tree, read for names. */
export class Code {
  readonly text: string;
  /** The forms at top level. */
  readonly roots: readonly Syntax[];

  constructor(text: string) {
    this.text = text;
    this.roots = splitUnclosed(text, parseSyntax(text));
  }

  textOf(node: Syntax): string {
    return this.text.slice(node.start, node.end);
  }

  /** The name a node is, or null where it is none. */
  symbol(node: Syntax | undefined): string | null {
    if (node?.kind !== "atom") return null;
    const name = this.textOf(node);
    return isSymbolName(name) ? name : null;
  }

  /** The name of a keyword, "" for a lone colon, or null. */
  keyword(node: Syntax | undefined): string | null {
    if (node?.kind !== "atom") return null;
    const token = this.textOf(node);
    return token.startsWith(":") ? token.slice(1) : null;
  }

  /** The mark of a prefix form: one of ' ` , ,@ */
  mark(node: Syntax): string {
    return markOf(this.text, node);
  }

  /** The name at the head of a list, or null. */
  head(node: Syntax | undefined): string | null {
    return node?.kind === "list" ? this.symbol(partsOf(node)[0]) : null;
  }

  /** The innermost node around an offset and what it stands in, outermost first. */
  pathTo(offset: number): Syntax[] {
    const path: Syntax[] = [];
    let level: readonly Syntax[] = this.roots;
    for (let node = around(level, offset); node; node = around(level, offset)) {
      path.push(node);
      level = node.children;
    }
    return path;
  }
}

/** The node an offset lies in; at a border between two, the one that begins there unless that is a closed form. */
function around(nodes: readonly Syntax[], offset: number): Syntax | undefined {
  const touching = nodes.filter(({ start, end }) => start <= offset && offset <= end);
  return (
    touching.find(({ start, end }) => start < offset && offset < end) ??
    touching.find(({ kind }) => kind === "atom") ??
    touching[0]
  );
}

const closers: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** Whether a form in brackets has its closing one. */
export function isClosed(text: string, node: Syntax): boolean {
  const closer = closers[text[node.start] ?? ""];
  if (closer === undefined) return true;
  const last = node.children.at(-1);
  return node.end > node.start + 1 && text[node.end - 1] === closer && (!last || last.end < node.end);
}

/** Cuts forms that were left open where a form begins at the start of a line inside them. */
function splitUnclosed(text: string, nodes: readonly Syntax[]): Syntax[] {
  const waiting = [...nodes].reverse();
  const roots: Syntax[] = [];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const cut = cutUnclosed(text, node);
    roots.push(cut.kept);
    waiting.push(...cut.rest.reverse());
  }
  return roots;
}

function cutUnclosed(text: string, root: Syntax): { kept: Syntax; rest: Syntax[] } {
  // The open forms, each the last child of the one before.
  const open: Syntax[] = [];
  for (let node: Syntax | undefined = root; node && !isClosed(text, node); node = node.children.at(-1)) {
    open.push(node);
    const at = node.children.findIndex(({ start }) => text[start] === "(" && text[start - 1] === "\n");
    if (at < 0) continue;
    const rest = node.children.slice(at);
    const end = (rest[0] as Syntax).start; // found there
    const children = node.children.slice(0, at);
    return { kept: shorten(open, end, children), rest };
  }
  return { kept: root, rest: [] };
}

/** The outermost of open forms, with all of them ending at `end` and the innermost having these children. */
function shorten(open: readonly Syntax[], end: number, children: readonly Syntax[]): Syntax {
  const innermost: Syntax = { ...(open.at(-1) as Syntax), end, children }; // called with at least one
  return open
    .slice(0, -1)
    .reduceRight<Syntax>(
      (inner, node) => ({ ...node, end, children: [...node.children.slice(0, -1), inner] }),
      innermost,
    );
}
