// Blocks: a form as the formatter sees it, its parts grouped into units: a part, or a keyword with its value, or a test
// with its result, and the comments around it. Which parts belong together is planned in plan.ts; layout.ts decides
// what goes on which line.

import { type Flow, type Group, type Mode, type Pair, Planner } from "./plan.ts";
import type { Role } from "./shapes.ts";
import { deepest } from "./spelling.ts";
import { isComment, markOf, partsOf, type Syntax } from "./syntax.ts";

/** A comment, as it is written. */
export interface Remark {
  readonly text: string;
  /** It ends its line. */
  readonly endsLine: boolean;
  /** It begins its line. */
  readonly beginsLine: boolean;
  /** There is an empty line above it. */
  readonly spaced: boolean;
}

export interface Unit {
  readonly mode: Mode;
  /** It begins a line as it is written, with what is before it. */
  readonly beginsLine: boolean;
  readonly spaced: boolean;
  readonly before: readonly Remark[];
  /** There is an empty line between what is before it and the rest. */
  readonly isApart: boolean;
  readonly key: Block | null;
  /** Between key and value. */
  readonly between: readonly Remark[];
  /** The value begins a line as it is written. */
  readonly isCleft: boolean;
  readonly value: Block;
  /** What happens to a value that does not fit on the line of its key. */
  readonly pair: Pair;
  /** All of it on one line, but what ends it; null where that cannot be. */
  readonly flat: string | null;
  /** The comment that ends its line. */
  readonly after: Remark | null;
}

/** Text in its place: where each of its lines of code ends, in columns from the page's left edge. */
export interface Laid {
  readonly text: string;
  /** Without the comment that ends the line: a comment is as long as it is, wherever the code stands. */
  readonly ends: readonly number[];
}

export interface Block {
  /** What opens it; of anything without parts, its whole text. */
  readonly open: string;
  readonly close: string;
  readonly units: readonly Unit[];
  /** Comments behind the last unit. */
  readonly tail: readonly Remark[];
  /** How units that flow are laid out when no line break is written: as a call's arguments, or as data. */
  readonly flow: Flow;
  /** How far from the block's own column its further lines begin. */
  readonly indent: number;
  /** The block on one line; null where it has to be on several. */
  readonly flat: string | null;
  /** Layouts by where the block begins and what has to follow on its last line: layout.ts keeps them here. */
  readonly layouts: Map<number, Laid>;
}

export class BlockBuilder {
  private readonly text: string;
  private readonly planner: Planner;
  private readonly spellings: ReadonlyMap<number, string>;
  private depth = 0;

  constructor(text: string, spellings: ReadonlyMap<number, string>) {
    this.text = text;
    this.planner = new Planner(text);
    this.spellings = spellings;
  }

  /** The block of a node that plays a role; `place` is how many columns behind its parent it stands. */
  build(node: Syntax, role: Group["roles"][number], place = 0): Block {
    const open = this.openerOf(node);
    if (open === null) return atom(this.spellings.get(node.start) ?? this.textOf(node));
    if (this.depth >= deepest) return atom(this.textOf(node));
    this.depth++;
    const plan = this.planner.plan(node, role, place);
    const { units, tail } = this.unitsOf(node.children, node.start + open.length, plan.groups);
    this.depth--;
    const close = node.kind === "prefix" ? "" : this.closerOf(node, open);
    const flat = flatten(open, close, units, tail);
    return { open, close, units, tail, flow: plan.flow, indent: plan.indent, flat, layouts: new Map() };
  }

  /** What a form with parts begins with, or null. */
  private openerOf(node: Syntax): string | null {
    if (node.kind === "prefix") {
      const mark = markOf(this.text, node);
      // `,` and a name that begins with @ would run together as `,@`.
      return mark === "," && this.text.startsWith("@", partsOf(node)[0]?.start) ? ", " : mark;
    }
    const isForm = node.kind === "list" || node.kind === "bracket" || node.kind === "dict";
    return isForm ? (this.spellings.get(node.start) ?? this.text.charAt(node.start)) : null;
  }

  private closerOf(node: Syntax, open: string): string {
    return open === "(" ? ")" : this.text.charAt(node.end - 1);
  }

  private textOf({ start, end }: Syntax): string {
    return this.text.slice(start, end);
  }

  /** Nodes and the comments among them as units, by the groups of their parts; `start` is where the first may begin. */
  private unitsOf(nodes: readonly Syntax[], start: number, groups: readonly Group[]): Gathered {
    const gatherer = new Gatherer(this.text, nodes, start);
    const units: Unit[] = [];
    // How many columns behind its parent a unit stands that follows others on their line; two where it may not.
    let place: number | null = 1;
    for (const { mode, roles, pair } of groups) {
      const before = gatherer.takeRemarks();
      const first = gatherer.takePart();
      const block = this.build(first.node, roles[0], before.length > 0 ? 2 : (place ?? 2));
      const between = roles[1] ? gatherer.takeRemarks() : [];
      const second = roles[1] ? gatherer.takePart() : null;
      const value = second ? this.build(second.node, roles[1] as Role) : block; // there is a second
      const key = second ? block : null;
      const { beginsLine, spaced } = before[0] ?? first;
      const after = gatherer.takeTrailing();
      const isPlain = value.units.length + before.length === 0 && !after;
      place = place !== null && isPlain ? place + value.open.length + 1 : null;
      units.push({
        mode,
        beginsLine,
        spaced,
        before,
        isApart: first.spaced,
        key,
        between,
        isCleft: second?.beginsLine ?? false,
        value,
        pair: pair ?? "keyword",
        flat: flattenUnit(before, key, between, value),
        after,
      });
    }
    return { units, tail: gatherer.takeRemarks() };
  }

  /** A whole file: its forms, each beginning a line. */
  buildFile(roots: readonly Syntax[]): Block {
    const forms = roots.filter((root) => !isComment(root));
    const groups = forms.map((): Group => ({ mode: "line", roles: ["code"] }));
    const { units, tail } = this.unitsOf(roots, 0, groups);
    return { ...atom(""), units, tail, flat: null };
  }
}

interface Gathered {
  readonly units: Unit[];
  readonly tail: Remark[];
}

/** Walks over nodes and notes how they stood: which of them began a line, and which had an empty line above. */
class Gatherer {
  private readonly text: string;
  private readonly nodes: readonly Syntax[];
  private index = 0;
  /** Where the node before ended. */
  private end: number;

  constructor(text: string, nodes: readonly Syntax[], start: number) {
    this.text = text;
    this.nodes = nodes;
    this.end = start;
  }

  takePart(): { readonly node: Syntax; readonly beginsLine: boolean; readonly spaced: boolean } {
    const node = this.nodes[this.index] as Syntax; // the groups are as many as the parts
    const breaks = this.breaksBefore(this.index);
    this.index++;
    this.end = node.end;
    return { node, beginsLine: breaks > 0, spaced: breaks > 1 };
  }

  takeRemarks(): Remark[] {
    const remarks: Remark[] = [];
    for (let node = this.nodes[this.index]; node && isComment(node); node = this.nodes[this.index])
      remarks.push(this.takeRemark(node));
    return remarks;
  }

  /** The comment behind the part just taken that ends the line. */
  takeTrailing(): Remark | null {
    const node = this.nodes[this.index];
    if (!node || !isComment(node) || this.breaksBefore(this.index) > 0) return null;
    return this.endsLine(this.index) ? this.takeRemark(node) : null;
  }

  private takeRemark(node: Syntax): Remark {
    const breaks = this.breaksBefore(this.index);
    const text = this.text.slice(node.start, node.end).trimEnd();
    const endsLine = this.endsLine(this.index);
    this.index++;
    this.end = node.end;
    return { text, endsLine, beginsLine: breaks > 0, spaced: breaks > 1 };
  }

  /** Whether nothing follows a comment on its line; at the end of a form only a line comment ends one. */
  private endsLine(index: number): boolean {
    const [node, next] = this.nodes.slice(index, index + 2);
    return node?.kind === "line-comment" || (!!next && this.text.slice(node?.end, next.start).includes("\n"));
  }

  /** How many line breaks stand before a node. */
  private breaksBefore(index: number): number {
    return this.text.slice(this.end, this.nodes[index]?.start).split("\n").length - 1;
  }
}

function flattenUnit(
  before: readonly Remark[],
  key: Block | null,
  between: readonly Remark[],
  value: Block,
): string | null {
  const remarks = before.map((remark, index) => (index === 0 ? { ...remark, beginsLine: false } : remark));
  if (value.flat === null || key?.flat === null || ![...remarks, ...between].every(isInline)) return null;
  const keys = key ? [key.flat, ...between.map(({ text }) => text)] : [];
  return [...before.map(({ text }) => text), ...keys, value.flat].join(" ");
}

/** A form on one line, or null where comments or written line breaks forbid that. */
function flatten(
  open: string,
  close: string,
  units: readonly Unit[],
  tail: readonly Remark[],
): string | null {
  const isBroken = ({ mode, before, beginsLine, pair, isCleft }: Unit, index: number) =>
    (beginsLine && (before.length > 0 || (index > 0 && mode !== "stay"))) || (isCleft && pair !== "keyword");
  if (units.some((unit, index) => unit.flat === null || unit.after || isBroken(unit, index))) return null;
  if (!tail.every(isInline)) return null;
  return `${open}${[...units.map(({ flat }) => flat), ...tail.map(({ text }) => text)].join(" ")}${close}`;
}

/** Whether a comment may stand on a line with others. */
function isInline({ text, endsLine, beginsLine }: Remark): boolean {
  return !endsLine && !beginsLine && !text.includes("\n");
}

function atom(text: string): Block {
  return {
    open: text,
    close: "",
    units: [],
    tail: [],
    flow: "none",
    indent: 0,
    flat: text,
    layouts: new Map(),
  };
}
