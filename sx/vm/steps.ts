// Steps: a proto's instructions on their way to words. Each appended step may take in those right before it, so that a
// constant, a variable or a comparison costs no step of its own; that is all the quickening there is, and it needs no
// opcodes that travel. A step that a jump leads to is never taken in by the one before it.

import { sxError } from "../core/errors.ts";
import type { Span } from "../core/source.ts";
import type { Value } from "../core/values.ts";
import { inOnePiece, type KnownAttribute, type ValuesPrinter } from "./markup.ts";
import { comparisonWord, word } from "./words.ts";

/** How a step's operands lie in its word; see words.ts. */
type Layout = "number" | "constant" | "constant-count" | "slot-constant" | "slots" | "place-count" | "jump";

export interface Step {
  op: number;
  layout: Layout;
  /** A number, slot or count. */
  a: number;
  /** A second slot, or a count. */
  b: number;
  constant: Value;
  /** A second constant, in the next word. */
  more: Value;
  /** Of one that prints an attribute: which. */
  attribute: KnownAttribute | null;
  /** Of one that prints several values as one attribute: how. */
  printer: ((attribute: KnownAttribute) => ValuesPrinter) | null;
  /** Offset in the code that it jumps to, or -1. */
  target: number;
  /** Of one that compares: which of the comparisons, and the truth that it jumps for. */
  comparison: number;
  truth: boolean;
  /** Offset in the code of what it began with. */
  offset: number;
  place: Span | null;
  /** Its errors belong to the call that made the frame. */
  callersFault: boolean;
  /** It was left out again. */
  gone: boolean;
}

export class Steps {
  readonly steps: Step[] = [];
  /** Offsets that jumps lead to. */
  private readonly targets: ReadonlySet<number>;
  private offset = 0;
  private place: Span | null = null;

  constructor(targets: ReadonlySet<number>) {
    this.targets = targets;
  }

  /** What is appended from now on comes of the instruction at an offset. */
  begin(offset: number, place: Span | null): void {
    this.offset = offset;
    this.place = place;
  }

  add(op: number, layout: Layout = "number", operands: Partial<Step> = {}): Step {
    const step: Step = {
      op,
      layout,
      a: 0,
      b: 0,
      constant: undefined,
      more: undefined,
      attribute: null,
      printer: null,
      target: -1,
      comparison: -1,
      truth: false,
      offset: this.offset,
      place: this.place,
      callersFault: false,
      gone: false,
      ...operands,
    };
    this.steps.push(step);
    return step;
  }

  /** The place of the instruction in hand. */
  get placeInHand(): Span | null {
    return this.place;
  }

  isTarget(offset: number): boolean {
    return this.targets.has(offset);
  }

  constant(value: Value): Step {
    return this.add(word.constant, "constant", { constant: value });
  }

  /** The step before the last `back` ones, if nothing leads to those after it, or to the instruction in hand. */
  before(back = 0): Step | null {
    if (this.targets.has(this.offset)) return null;
    const at = this.steps.length - 1 - back;
    for (let i = at + 1; i < this.steps.length; i++)
      if (this.targets.has((this.steps[i] as Step).offset)) return null; // inside the bounds
    const step = this.steps[at];
    return step && !step.gone ? step : null;
  }

  /** The constant that the step before pushes, or undefined. */
  constantBefore(back = 0): { readonly value: Value } | undefined {
    const step = this.before(back);
    if (!step) return undefined;
    switch (step.op) {
      case word.constant:
        return { value: step.constant };
      case word.nil:
        return { value: null };
      case word.true:
        return { value: true };
      case word.false:
        return { value: false };
      default:
        return undefined;
    }
  }

  /** The slot that the step before reads, or -1. */
  slotBefore(back = 0): number {
    const step = this.before(back);
    return step?.op === word.local ? step.a : -1;
  }

  /** Whether every way on from a step, which is not the last, comes by here. */
  leadsHere(step: Step): boolean {
    if (this.targets.has(this.offset)) return false;
    for (let at = this.steps.length - 1; at >= 0; at--) {
      const other = this.steps[at] as Step; // inside the bounds
      if (other === step) return true;
      if (other.target > this.offset || endsWay.has(other.op)) return false;
    }
    return false;
  }

  /** Takes the last steps away; what comes now stands in the place of the first of them. */
  takeIn(count: number): void {
    const first = this.steps[this.steps.length - count];
    if (first) this.offset = first.offset;
    this.steps.length -= count;
  }
}

const endsWay: ReadonlySet<number> = new Set([
  word.return,
  word.blockReturn,
  word.returnLocal,
  word.returnConstant,
  word.tailCall,
  word.tailGlobal,
  word.tailOwn,
  word.tailSelf,
  word.blockTail,
]);

/** Steps as words, with what their operands stand for. */
export function assemble(steps: readonly Step[]): {
  words: Int32Array;
  constants: Value[];
  places: (Span | null)[];
  callersFault: Set<number>;
} {
  const kept = steps.filter(({ gone }) => !gone);
  const starts: number[] = [];
  let length = 0;
  for (const step of kept) {
    starts.push(length);
    length += branches(step) || step.more !== undefined ? 2 : 1;
  }
  const startOf = (offset: number): number => starts[firstFrom(kept, offset)] ?? length;
  const pool = new Pool();
  const words = new Int32Array(length);
  const places: (Span | null)[] = new Array<Span | null>(length).fill(null);
  const callersFault = new Set<number>();
  kept.forEach((step, index) => {
    const at = starts[index] as number; // one for each
    words[at] = encode(step, pool, startOf);
    if (branches(step)) {
      const { target, comparison, truth } = step;
      words[at + 1] = comparison < 0 ? startOf(target) : comparisonWord(startOf(target), comparison, truth);
    }
    if (step.more !== undefined) words[at + 1] = pool.index(step.more);
    places[at] = step.place;
    if (step.callersFault) callersFault.add(at);
  });
  return { words, constants: pool.values, places, callersFault };
}

/** The index of the first step that begins at an offset or after it. */
function firstFrom(steps: readonly Step[], offset: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle] as Step).offset < offset)
      low = middle + 1; // inside the bounds
    else high = middle;
  }
  return low;
}

function branches({ target, layout }: Step): boolean {
  return target >= 0 && layout !== "jump";
}

function encode(step: Step, pool: Pool, startOf: (offset: number) => number): number {
  const { op, layout, a, b } = step;
  switch (layout) {
    case "number":
      return op | (a << 8);
    case "constant":
      return op | (pool.index(step.constant) << 8);
    case "constant-count":
      return op | (pool.index(step.constant) << 8) | (b << 24);
    case "slot-constant":
      return op | (a << 8) | (pool.index(step.constant) << 16);
    case "slots":
      return op | (a << 8) | (b << 16);
    case "place-count":
      return op | (a << 8) | (b << 24);
    case "jump":
      return op | (startOf(step.target) << 8);
  }
}

const most = 0x10000;
const what = "constants of a function, as it is loaded,";

/** The constants of one proto; no more than a word has room to name. */
class Pool {
  readonly values: Value[] = [];
  private readonly known = new Map<Value, number>();

  index(value: Value): number {
    const known = this.known.get(value);
    if (known !== undefined) return known;
    const index = this.values.push(typeof value === "string" ? inOnePiece(value) : value) - 1;
    if (index >= most) throw sxError("module/too-large", { what, limit: most, found: index + 1 });
    this.known.set(value, index);
    return index;
  }
}
