// Layout: which unit of a form goes on which line. A form stays on one line where its text has no line break and it
// fits; otherwise its units go where their mode says, and where that leaves a choice the layout that keeps within
// the width with the fewest lines is taken. Since what is written as a line break stays one, and comments that end a
// line have no part in the choice, a text that was laid out is laid out the same again.

import type { Block, Laid, Remark, Unit } from "./block.ts";

/** How long a line may be, where that can be had. */
export const width = 110;

/** Where a unit goes: see Mode in block.ts; and `flat`, to stay and take no more than that line. */
type Placing = Unit["mode"] | "flat";

export class Layout {
  private readonly lineBreak: string;

  constructor(lineBreak: string) {
    this.lineBreak = lineBreak;
  }

  /** A block that begins at a column; `trail` is how many brackets have to follow its end. */
  layOut(block: Block, column: number, trail: number): Laid {
    if (fitsFlat(block.flat, column, trail)) return laid(block.flat, column);
    if (block.units.length === 0 && block.tail.length === 0) return laid(block.open + block.close, column);
    const key = column * 4096 + trail;
    const known = block.layouts.get(key);
    if (known !== undefined) return known;
    const made = choicesFor(block, column).map((placings) => this.place(block, placings, column, trail));
    const best = leastOf(
      made.filter((one) => one !== null),
      trail,
    );
    block.layouts.set(key, best);
    return best;
  }

  /** The block with its units placed so, or null where one that should be flat has no room for that. */
  private place(block: Block, placings: readonly Placing[], column: number, trail: number): Laid | null {
    const { open, close, units, tail } = block;
    const page = new Page(column, Math.max(0, column + block.indent), this.lineBreak);
    page.put(open);
    let isTall = false;
    for (const [index, unit] of units.entries()) {
      const isLast = index === units.length - 1 && tail.length === 0 && !unit.after;
      const after = isLast ? trail + close.length : 0;
      const placing = placings[index] ?? "line";
      // Nothing is put behind the last of several lines.
      if (isTall && unit.mode === "flow" && (placing === "stay" || placing === "flat")) return null;
      const hasNeighbour = index > (block.flow === "data" ? 0 : 1);
      const isCrowded = hasNeighbour && !fitsFlat(unit.flat, page.column + 1, after);
      if (placing === "flat" && (isCrowded || unit.flat === null)) return null;
      const isDue = isTall || unit.beginsLine || isCrowded;
      const isOwn =
        placing === "line" || (placing === "flow" && isDue) || unit.before[0]?.beginsLine === true;
      page.begin(index > 0 && isOwn, unit.spaced);
      page.remarks(unit);
      const one = this.layOutUnit(unit, page.column, after);
      isTall = one.ends.length > 1;
      page.add(one);
      if (unit.after) page.trailing(unit.after);
    }
    for (const remark of tail) page.remark(remark);
    page.end(close, column);
    return page.laid();
  }

  private layOutUnit(unit: Unit, column: number, trail: number): Laid {
    const { key, between, value, pair, isCleft } = unit;
    if (!key) return this.layOut(value, column, trail);
    const keep = this.pairUp(unit, column, trail, false);
    if (pair === "keyword") return keep;
    const drop = this.pairUp(unit, column, trail, true);
    if (isCleft || between.some(({ endsLine }) => endsLine)) return drop;
    if (pair === "variable") return leastOf([keep, drop], trail, false);
    return keep.ends.length === 1 && excess(keep, trail) === 0 ? keep : drop;
  }

  /** A key and its value, on the key's line or on the next. */
  private pairUp(
    { key, between, value, pair }: Unit,
    column: number,
    trail: number,
    isDropped: boolean,
  ): Laid {
    const page = new Page(column, column + (pair === "variable" ? 1 : 2), this.lineBreak);
    page.begin(false, false);
    page.add(this.layOut(key as Block, column, 0)); // only called for units with a key
    for (const remark of between) page.remark(remark);
    page.begin(isDropped, false);
    page.add(this.layOut(value, page.column, trail));
    return page.laid();
  }
}

/** Whether what can be on one line fits on it. */
function fitsFlat(flat: string | null, column: number, trail: number): flat is string {
  return flat !== null && column + flat.length + trail <= width;
}

/** The ways to place a block's units. Line breaks that are written, or units without parts, leave no choice. */
function choicesFor({ flow, units }: Block, column: number): (readonly Placing[])[] {
  const written = units.map(({ mode }) => mode);
  const isDecided = units.some(({ beginsLine, mode }, index) => index > 0 && mode !== "stay" && beginsLine);
  const isPlain = units.slice(1).every(({ value }) => value.units.length === 0);
  if (flow === "none" || isDecided || isPlain) return [written];
  const below = written.map((mode): Placing => (mode === "flow" ? "line" : mode));
  if (flow === "data" || column >= width) return [below];
  const besideFirst = below.with(1, "stay");
  const last = units.length - 1;
  const lastBelow = written.map(
    (_, index): Placing => (index === 0 ? "stay" : index < last ? "flat" : "line"),
  );
  const beside = lastBelow.with(last, "stay");
  return [lastBelow, ...(last === 1 || hangs(units[last]?.value) ? [beside] : []), besideFirst, below];
}

/** Whether a last argument may begin on the line of a call although it has several: a body does, a call does not. */
function hangs(block: Block | undefined): boolean {
  return block !== undefined && block.units.length > 0 && (block.flow === "none" || block.open === "{");
}

/** What goes least over the width, then what has the fewest lines, then the first. */
function leastOf(all: readonly Laid[], trail: number, byLines = true): Laid {
  let [best = { text: "", ends: [0] }] = all;
  let [most, lines] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const one of all) {
    const over = excess(one, trail);
    const count = byLines ? one.ends.length : 0;
    if (over > most || (over === most && count >= lines)) continue;
    [best, most, lines] = [one, over, count];
  }
  return best;
}

/** By how many columns the lines of code are too long, when brackets follow. */
function excess({ ends }: Laid, trail: number): number {
  const last = ends.length - 1;
  return ends.reduce((sum, end, line) => sum + Math.max(0, (line === last ? end + trail : end) - width), 0);
}

/** A text of code that begins at a column. */
function laid(text: string, column: number): Laid {
  const ends = text.split(/\r?\n/).map((line, index) => line.length + (index === 0 ? column : 0));
  return { text, ends };
}

/** A text that grows. It knows its column, and that nothing may follow a comment on its line. */
class Page {
  column: number;
  private text = "";
  private readonly ends: number[] = [];
  private readonly indent: number;
  private readonly lineBreak: string;
  private isFirst = true;
  private isLineOver = false;

  constructor(column: number, indent: number, lineBreak: string) {
    this.column = column;
    this.indent = indent;
    this.lineBreak = lineBreak;
  }

  laid(): Laid {
    return { text: this.text, ends: [...this.ends, this.column] };
  }

  put(text: string): void {
    this.add(laid(text, this.column));
  }

  /** Adds what was laid out for the column where the page is. */
  add({ text, ends }: Laid): void {
    this.text += text;
    this.ends.push(...ends.slice(0, -1));
    this.column = ends.at(-1) ?? this.column;
  }

  /** Adds a comment; after one that ends its line the column stays that of the code. */
  private comment({ text, endsLine }: Remark): void {
    if (endsLine) this.text += text;
    else this.put(text);
    this.isLineOver = endsLine;
  }

  /** Makes room for the next unit or comment: a space, or a new line. */
  begin(onNewLine: boolean, spaced: boolean): void {
    if (this.isFirst && !this.isLineOver) this.isFirst = false;
    else if (onNewLine || this.isLineOver) this.startLine(this.indent, spaced);
    else this.put(" ");
  }

  /** The comments before a unit, for which room is made already, and room for the rest of it. */
  remarks({ before: [first, ...others], isApart }: Unit): void {
    if (!first) return;
    this.comment(first);
    for (const remark of others) this.remark(remark);
    this.begin(false, isApart);
  }

  remark(remark: Remark): void {
    this.begin(remark.beginsLine, remark.spaced);
    this.comment(remark);
  }

  trailing(remark: Remark): void {
    this.text += " ";
    this.comment({ ...remark, endsLine: true });
  }

  /** Closes what the page is about; behind a comment that is on a line of its own. */
  end(close: string, column: number): void {
    if (this.isLineOver && close !== "") this.startLine(column, false);
    this.put(close);
  }

  private startLine(indent: number, spaced: boolean): void {
    this.ends.push(...(spaced ? [this.column, 0] : [this.column]));
    this.text += (spaced ? this.lineBreak : "") + this.lineBreak + " ".repeat(indent);
    this.column = indent;
    this.isLineOver = false;
  }
}
