// Comparison: structural equality, identity, and the order of numbers and of strings.
// The order primitives chain, (< a b c), and never compare a number with a string.

import { equal } from "../equality.ts";
import { compareText } from "../order.ts";
import type { Value } from "../values.ts";
import { fromRow } from "./from-row.ts";
import { type Primitive, wrongType } from "./primitive.ts";

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

export const comparison: readonly Primitive[] = [
  fromRow("=", allEqual),
  fromRow("!=", (a: Value, b: Value) => !equal(a, b)),
  fromRow(
    "<",
    chain("<", (d) => d < 0),
  ),
  fromRow(
    ">",
    chain(">", (d) => d > 0),
  ),
  fromRow(
    "<=",
    chain("<=", (d) => d <= 0),
  ),
  fromRow(
    ">=",
    chain(">=", (d) => d >= 0),
  ),
  fromRow("identical?", (a: Value, b: Value) => (a ?? null) === (b ?? null)),
];
