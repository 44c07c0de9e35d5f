// Comparing texts: nothing is lost or made up, unchanged lines are left out, and it always ends.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type ComparedLine, compareTexts } from "./comparison.ts";

function linesOf(lines: readonly ComparedLine[], without: "added" | "removed"): string[] {
  return lines.flatMap((line) =>
    line.kind === "gap" || line.kind === without ? [] : [line.pieces.map(({ text }) => text).join("")],
  );
}

test("a changed word stands out in its line, before and after", () => {
  const { kind, lines } = compareTexts("Flour, water, salt", "Flour, milk, salt");
  assert.equal(kind, "different");
  assert.deepEqual(
    lines.map((line) => line.kind !== "gap" && [line.kind, line.pieces.filter(({ changed }) => changed)]),
    [
      ["removed", [{ text: "water", changed: true }]],
      ["added", [{ text: "milk", changed: true }]],
    ],
  );
});

test("lines far from a change are counted, not shown", () => {
  const many = Array.from({ length: 50 }, (_, index) => `line ${index}`);
  const { lines } = compareTexts(many.join("\n"), many.with(25, "other").join("\n"));
  assert.deepEqual(
    lines.flatMap((line) => (line.kind === "gap" ? [line.count] : [])),
    [23, 22],
  );
  assert.ok(lines.length < 10);
});

test("both texts can be read from a comparison of short ones", () => {
  const line = fc.constantFrom("a", "b", "a b", "c d e", "");
  const text = fc.array(line, { maxLength: 4 }).map((lines) => lines.join("\n"));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const { kind, lines } = compareTexts(before, after);
      if (kind !== "different") return before === after;
      const expected = (whole: string) => (whole === "" ? [] : whole.replace(/\n$/, "").split("\n"));
      const shown = lines.every(({ kind: one }) => one !== "gap");
      if (!shown) return true;
      assert.deepEqual(linesOf(lines, "added"), expected(before));
      assert.deepEqual(linesOf(lines, "removed"), expected(after));
      return true;
    }),
  );
});

test("two large texts that have nothing in common are given up on", () => {
  const text = (seed: number) =>
    Array.from({ length: 30_000 }, (_, index) => `${(index * 7919 + seed) % 30_011}`).join("\n");
  assert.equal(compareTexts(text(1), text(13)).kind, "too-different");
});
