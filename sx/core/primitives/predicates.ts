// Predicates: questions about what a value is. Each takes anything, except the few about numbers and
// collections, and answers true or false. Only nil and false are false to `not`.

import {
  Closure,
  Component,
  isDict,
  isTrue,
  Keyword,
  Markup,
  SxSymbol,
  typeName,
  type Value,
} from "../values.ts";
import { fromRow } from "./from-row.ts";
import type { Primitive } from "./primitive.ts";

function isEmpty(coll: Value[] | Record<string, Value> | string | null | undefined): boolean {
  if (coll === null || coll === undefined) return true;
  if (typeof coll === "string" || Array.isArray(coll)) return coll.length === 0;
  return Object.keys(coll).length === 0;
}

export const predicates: readonly Primitive[] = [
  fromRow("nil?", (v: Value) => v === null || v === undefined),
  fromRow("boolean?", (v: Value) => typeof v === "boolean"),
  fromRow("number?", (v: Value) => typeof v === "number"),
  fromRow("integer?", (v: Value) => Number.isInteger(v)),
  fromRow("string?", (v: Value) => typeof v === "string"),
  fromRow("symbol?", (v: Value) => v instanceof SxSymbol),
  fromRow("keyword?", (v: Value) => v instanceof Keyword),
  fromRow("list?", (v: Value) => Array.isArray(v)),
  fromRow("dict?", isDict),
  fromRow(
    "callable?",
    (v: Value) => typeof v === "function" || v instanceof Closure || v instanceof Component,
  ),
  fromRow("component?", (v: Value) => v instanceof Component),
  fromRow("macro?", (v: Value) => typeName(v) === "macro"),
  fromRow("markup?", (v: Value) => v instanceof Markup),
  fromRow("empty?", isEmpty),
  fromRow("zero?", (n: number) => n === 0),
  fromRow("even?", (n: number) => n % 2 === 0),
  fromRow("odd?", (n: number) => n % 2 !== 0),
  fromRow("not", (v: Value) => !isTrue(v)),
];
