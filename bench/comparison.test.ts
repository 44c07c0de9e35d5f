// What a comparison says of its bounds, and the numbers behind its rows.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type Comparison, missedFloors, toMarkdown } from "./comparison.ts";
import { compare, quantile } from "./measure.ts";

function comparisonAt(ratio: number): Comparison {
  const row = { milliseconds: 1, lowerQuartile: ratio, upperQuartile: ratio };
  const rows = [
    { ...row, name: "base", ratio: 1 },
    { ...row, name: "ours", ratio },
  ];
  return { title: "A race", base: "base", rows, bounds: [{ row: "ours", floor: 2, goal: 1.5 }] };
}

test("a ratio above its floor is missed, and the table says so", () => {
  assert.deepEqual(missedFloors(comparisonAt(2.1)), [{ row: "ours", floor: 2, goal: 1.5 }]);
  assert.match(toMarkdown(comparisonAt(2.1)), /\| ours \|.*floor \*\*MISSED\*\*/);
});

test("a ratio between floor and goal holds the floor and misses the goal", () => {
  assert.deepEqual(missedFloors(comparisonAt(1.8)), []);
  assert.match(toMarkdown(comparisonAt(1.8)), /held, goal MISSED/);
});

test("a bound whose row was not measured is missed", () => {
  assert.equal(
    missedFloors({ ...comparisonAt(1), bounds: [{ row: "absent", floor: 2, goal: null }] }).length,
    1,
  );
});

test("quantiles lie between their neighbours in proportion", () => {
  assert.equal(quantile([4, 1, 3, 2], 0.5), 2.5);
  assert.equal(quantile([10, 20, 30], 0.25), 15);
});

test("every contender is measured in every round, and the base is 1 by definition", async () => {
  let runs = 0;
  const contenders = [
    { name: "base", run: () => "text" },
    { name: "waits", run: async () => runs++ },
  ];
  const rows = await compare(contenders, { rounds: 3, sliceMs: 1, warmMs: 1, withPeers: false });
  assert.deepEqual(
    rows.map(({ name }) => name),
    ["base", "waits"],
  );
  assert.equal(rows[0]?.ratio, 1);
  assert.ok(runs >= 3);
});
