// Predicates: questions about what a value is. Each takes anything, except the few about numbers and
// collections, and answers true or false. Only nil and false are false to `not`.

import { Component, isDict, isTrue, Keyword, Markup, SxSymbol, typeName, type Value } from "../values.ts";
import { type Primitive, primitive } from "./primitive.ts";

function question(name: string, doc: string, answer: (value: Value) => boolean): Primitive {
  return primitive(`(${name} value:any) -> boolean`, doc, answer);
}

function isEmpty(coll: Value[] | Record<string, Value> | string | null | undefined): boolean {
  if (coll === null || coll === undefined) return true;
  if (typeof coll === "string" || Array.isArray(coll)) return coll.length === 0;
  return Object.keys(coll).length === 0;
}

export const predicates: readonly Primitive[] = [
  question("nil?", "Whether the value is nil.", (v) => v === null || v === undefined),
  question("boolean?", "Whether the value is true or false.", (v) => typeof v === "boolean"),
  question("number?", "Whether the value is a number.", (v) => typeof v === "number"),
  question("integer?", "Whether the value is a number without a fraction.", (v) => Number.isInteger(v)),
  question("string?", "Whether the value is a string.", (v) => typeof v === "string"),
  question("symbol?", "Whether the value is a symbol, as quoting gives.", (v) => v instanceof SxSymbol),
  question(
    "keyword?",
    "Whether the value is a quoted keyword; an evaluated one is a string.",
    (v) => v instanceof Keyword,
  ),
  question("list?", "Whether the value is a list; nil is not.", (v) => Array.isArray(v)),
  question("dict?", "Whether the value is a dict.", isDict),
  question(
    "callable?",
    "Whether the value can be called: a function or a component.",
    (v) => typeof v === "function" || v instanceof Component,
  ),
  question("component?", "Whether the value is a component.", (v) => v instanceof Component),
  question("macro?", "Whether the value is a macro.", (v) => typeName(v) === "macro"),
  question(
    "markup?",
    "Whether the value is markup, which renderers print unescaped.",
    (v) => v instanceof Markup,
  ),
  primitive(
    "(empty? coll:list|dict|string|nil) -> boolean",
    "Whether nothing is in it; nil is empty.",
    isEmpty,
  ),
  primitive("(zero? n:number) -> boolean", "Whether n is 0.", (n: number) => n === 0),
  primitive("(even? n:integer) -> boolean", "Whether 2 divides n.", (n: number) => n % 2 === 0),
  primitive("(odd? n:integer) -> boolean", "Whether 2 does not divide n.", (n: number) => n % 2 !== 0),
  question("not", "True of nil and false, false of all else.", (v) => !isTrue(v)),
];
