// The loop writes its steps as numbers, since that makes its switch a table; here they are compared with words.ts.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { arithmetic, comparisonWord, firstComparison, operands, word } from "./words.ts";

const source = readFileSync(join(import.meta.dirname, "loop.ts"), "utf8");
const cases = new Map(
  [...source.matchAll(/case (\d+):(?: \{)?\s+\/\/ (.+)$/gm)].map(([, number, comment]) => [
    Number(number),
    comment,
  ]),
);

/** Words that step.ts alone carries out; the loop has no case for them. */
const elsewhere: ReadonlySet<string> = new Set([
  "tryDone",
  "cleanupDone",
  "blockTail",
  "keepSome",
  "keepEvery",
  "promptDone",
]);

test("every step of the loop bears the name that words.ts gives its number", () => {
  const families: ReadonlySet<string> = new Set(["arithmetic", "compare"]);
  for (const [name, number] of Object.entries(word)) {
    if (families.has(name)) continue;
    if (elsewhere.has(name)) assert.ok(!cases.has(number), `${name} is a step of the loop`);
    else assert.equal(cases.get(number), name);
  }
});

test("operations on two values have a step for each way their operands lie", () => {
  const ways = ["stack", "stack, constant", "slot, constant", "slots"];
  assert.deepEqual(Object.values(operands), [0, 1, 2, 3]);
  for (const [way, text] of ways.entries()) {
    for (const [index, operation] of arithmetic.slice(0, firstComparison).entries())
      assert.equal(cases.get(word.arithmetic + index * 4 + way), `${operation} of ${text}`);
    assert.equal(cases.get(word.compare + way), `compare ${text}`);
  }
});

test("no number stands for two steps", () => {
  const numbers = [...source.matchAll(/case (\d+):/g)].map(([, number]) => number);
  assert.deepEqual(numbers, [...new Set(numbers)]);
});

test("a comparison's word holds target, comparison and truth apart", () => {
  const how = comparisonWord(0xffffff, 4, true);
  assert.equal(how & 0xffffff, 0xffffff);
  assert.equal((how >>> 24) & 7, 4);
  assert.ok(how >= 1 << 27);
  assert.ok(comparisonWord(0xffffff, 4, false) < 1 << 27);
});
