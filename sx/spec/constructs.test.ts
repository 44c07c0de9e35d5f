// The corpus by construct: everything the language is made of, and the classic traps, have files of their own with
// enough cases; nothing is covered only by chance.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { corpusFiles, corpusFolder, parseCorpusFile } from "./corpus.ts";

const fewest = 5;
const fewestInAll = 600;

/** Where the cases of each construct are: a file, or a folder of them. */
const constructs: Readonly<Record<string, readonly string[]>> = {
  constants: ["literals/constants.sx", "literals/numbers.sx", "literals/strings.sx"],
  arithmetic: ["primitives/arithmetic.sx"],
  comparison: ["primitives/comparison.sx"],
  "control flow": ["control/conditionals.sx", "control/logic.sx", "control/sequence.sx"],
  let: ["let/bindings.sx"],
  "named let": ["let/named.sx"],
  lambda: ["functions/lambda.sx"],
  closures: ["functions/closures.sx"],
  "upvalue mutation": ["functions/upvalues.sx"],
  "10,000 tail calls": ["tail-calls/ten-thousand.sx"],
  collections: ["primitives/lists.sx", "primitives/dicts.sx"],
  strings: ["primitives/strings.sx"],
  define: ["define/definitions.sx"],
  letrec: ["let/recursive.sx"],
  quasiquote: ["quasiquote/templates.sx"],
  threading: ["threading/first-and-last.sx"],
  fibonacci: ["programs/fibonacci.sx"],
  "recursive map, filter and reduce": ["programs/recursive-lists.sx"],
  compose: ["programs/compose.sx"],
  macros: ["macros/expansion.sx", "macros/hygiene.sx"],
  components: ["components/"],
  markup: ["html/"],
  errors: ["errors/"],
  continuations: ["control/continuations.sx"],
  effects: ["control/effects.sx"],
  "continuation re-entry through map": ["traps/reentry-through-map.sx"],
  "letrec order": ["traps/letrec-order.sx"],
  "macro shadowing": ["traps/macro-shadowing.sx"],
  "cleanup order": ["traps/cleanup-order.sx"],
  "per-iteration captures": ["traps/iteration-captures.sx"],
  "macros that expand into tail position": ["traps/macro-tails.sx"],
  "1,000,000 tail calls": ["traps/million-tail-calls.sx"],
  "deep recursion": ["traps/deep-recursion.sx"],
};

const counts = new Map(
  corpusFiles().map((name) => {
    const { cases } = parseCorpusFile(readFileSync(join(corpusFolder, name), "utf8"), name);
    return [name, cases.length];
  }),
);

/** How many cases stand in a file, or in the files of a folder. */
function casesIn(place: string): number {
  return [...counts].reduce(
    (sum, [name, count]) => (name === place || name.startsWith(place) ? sum + count : sum),
    0,
  );
}

for (const [construct, places] of Object.entries(constructs)) {
  test(`${construct} has at least ${fewest} cases`, () => {
    for (const place of places) assert.ok(casesIn(place) >= fewest, `${place} has ${casesIn(place)} cases`);
  });
}

test(`there are at least ${fewestInAll} cases in all`, () => {
  assert.ok(casesIn("") >= fewestInAll, `${casesIn("")} cases`);
});

test("a construct without a file is noticed", () => {
  assert.equal(casesIn("nowhere/"), 0);
});
