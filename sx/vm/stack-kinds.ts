// What kinds of things verified code has on its stack, as far as the machine relies on it. Blocks and markup in the
// making are no values: only the machine's own functions (machine-calls.ts) take them, so a program never holds one.
// A value has one place that uses it up, whatever way leads there, unless DUP made it: the loader counts on that.
// Stacks are chains that share what is below, so that keeping one for a jump costs nothing.

/** An element, or the fragment around all, that has been begun. */
export interface Begun {
  /** Null for a fragment, or for the content of an element that is kept apart. */
  readonly tag: string | null;
  readonly around: Begun | null;
}

export type Kind =
  /** Any value of a program. */
  | { readonly is: "value" }
  /** A value that is known. */
  | { readonly is: "constant"; readonly value: unknown }
  /** A list that was just made. */
  | { readonly is: "list" }
  /** A part of the function in hand, for the machine to run with so many arguments. */
  | { readonly is: "block"; readonly takes: number }
  /** Markup in the making; `starting` while attributes of what was begun last may come. */
  | { readonly is: "markup"; readonly begun: Begun; readonly starting: boolean };

export const anyValue: Kind = { is: "value" };

/** A thing on the stack. */
interface Held {
  readonly kind: Kind;
  readonly below: Held | null;
  /** Where it is used up, once that is known; `anywhere` for what several places may use up. */
  usedAt: number;
}

const nowhere = -1;
const anywhere = -2;

/** How much a function may have on its stack; what any program needs, by far. */
export const deepestStack = 2048;

export class StackKinds {
  private top: Held | null = null;
  /** Of each offset that a jump leads to, the stack there. */
  private readonly arriving = new Map<number, Held | null>();

  /** `shared` is what several places may use up. */
  push(kind: Kind, shared = false): void {
    const usedAt = shared || kind.is === "markup" ? anywhere : nowhere;
    this.top = { kind, below: this.top, usedAt };
  }

  /** Takes what is on top, for the instruction at an offset; null where something else uses it up as well. */
  take(count: number, offset: number): Kind[] | null {
    const kinds: Kind[] = [];
    for (let i = 0; i < count; i++) {
      const held = this.top as Held; // the verifier knows the depth
      if (!useUp(held, offset)) return null;
      kinds.push(held.kind);
      this.top = held.below;
    }
    return kinds.reverse();
  }

  /** A jump leads from here to an offset further on; false where other ways there have things that cannot be the same. */
  lead(target: number): boolean {
    const before = this.arriving.get(target);
    const both = before === undefined ? this.top : meetOf(before, this.top, target);
    if (both === undefined) return false;
    this.arriving.set(target, both);
    return true;
  }

  /** Code goes on at an offset, `falling` where the instruction before leads there too; as `lead`. */
  meet(offset: number, falling: boolean): boolean {
    const arrived = this.arriving.get(offset);
    if (arrived === undefined) return true;
    const both = falling ? meetOf(arrived, this.top, offset) : arrived;
    if (both === undefined) return false;
    this.top = both;
    this.arriving.delete(offset);
    return true;
  }
}

/** Notes where a thing is used up; false where it is somewhere else as well. */
function useUp(held: Held, offset: number): boolean {
  if (held.usedAt === anywhere || held.usedAt === offset) return true;
  if (held.usedAt !== nowhere) return false;
  held.usedAt = offset;
  return true;
}

/** What is known of the stack whichever of two ways led to an offset; undefined where they cannot meet. */
function meetOf(one: Held | null, other: Held | null, offset: number): Held | null | undefined {
  const kinds: Kind[] = [];
  let [a, b] = [one, other];
  while (a !== b) {
    if (a === null || b === null || !useUp(a, offset) || !useUp(b, offset)) return undefined;
    const kind = commonKind(a.kind, b.kind);
    if (kind === null) return undefined;
    kinds.push(kind);
    a = a.below;
    b = b.below;
  }
  let top = a;
  for (const kind of kinds.reverse()) top = { kind, below: top, usedAt: anywhere };
  return top;
}

function commonKind(a: Kind, b: Kind): Kind | null {
  if (a === b) return a;
  if (a.is === "markup" || b.is === "markup") return isSameMarkup(a, b) ? a : null;
  if (a.is === "block" || b.is === "block") return null;
  if (a.is === "list" && b.is === "list") return a;
  return a.is === "constant" && b.is === "constant" && a.value === b.value ? a : anyValue;
}

function isSameMarkup(a: Kind, b: Kind): boolean {
  return a.is === "markup" && b.is === "markup" && a.starting === b.starting && a.begun === b.begun;
}

/** Whether it may go wherever a program's values go. */
export function isValue(kind: Kind): boolean {
  return kind.is !== "block" && kind.is !== "markup";
}

/** A kind in words, for messages. */
export function showKind(kind: Kind): string {
  switch (kind.is) {
    case "value":
      return "some value";
    case "constant":
      return "another constant";
    case "list":
      return "a list";
    case "block":
      return kind.takes === 0 ? "a block" : `a block of ${kind.takes}`;
    case "markup":
      return "markup in the making";
  }
}
