// Comparison: structural equality, identity, and the order of numbers and of strings.
// The order primitives chain, (< a b c), and never compare a number with a string.

import { equal } from "../equality.ts";
import { compareText } from "../order.ts";
import type { Value } from "../values.ts";
import { type Primitive, primitive, wrongType } from "./primitive.ts";

type Ordered = number | string;

function chain(name: string, holds: (difference: number) => boolean) {
  return (first: Ordered, second?: Ordered, ...more: Ordered[]): boolean => {
    if (second === undefined) return true;
    let all = holds(difference(name, first, second));
    let before = second;
    // A wrong type further on is an error even when the answer is already known, so no step is left out.
    for (const next of more) {
      if (!holds(difference(name, before, next))) all = false;
      before = next;
    }
    return all;
  };
}

function difference(name: string, a: Ordered, b: Ordered): number {
  if (typeof a === "number" && typeof b === "number") return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a === "string" && typeof b === "string") return compareText(a, b);
  throw wrongType(name, "all arguments", `a ${typeof a} like the one before`, b);
}

function allEqual(first: Value, ...more: Value[]): boolean {
  return more.length === 1 ? equal(first, more[0]) : more.every((other) => equal(first, other));
}

const row = (name: string) => `(${name} first:number|string more:number|string ...) -> boolean`;

export const comparison: readonly Primitive[] = [
  primitive(
    "(= first:any more:any ...) -> boolean",
    "Whether all are the same data; functions are equal only to themselves, and nil is not the empty list.",
    allEqual,
  ),
  primitive(
    "(!= a:any b:any) -> boolean",
    "Whether two values are different data.",
    (a: Value, b: Value) => !equal(a, b),
  ),
  primitive(
    row("<"),
    "Whether each is below the next; strings go by code point.",
    chain("<", (d) => d < 0),
  ),
  primitive(
    row(">"),
    "Whether each is above the next; strings go by code point.",
    chain(">", (d) => d > 0),
  ),
  primitive(
    row("<="),
    "Whether none is above the next.",
    chain("<=", (d) => d <= 0),
  ),
  primitive(
    row(">="),
    "Whether none is below the next.",
    chain(">=", (d) => d >= 0),
  ),
  primitive(
    "(identical? a:any b:any) -> boolean",
    "Whether two values are one and the same: the same list, not an equal one.",
    (a: Value, b: Value) => (a ?? null) === (b ?? null),
  ),
];
