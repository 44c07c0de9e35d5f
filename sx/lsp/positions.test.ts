// Positions: every kind of line break, characters outside the basic plane, and places that do not exist.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Lines } from "./positions.ts";

test("a line ends in a line feed, a carriage return, or both", () => {
  const lines = new Lines("a\nb\rc\r\nd");
  assert.deepEqual(
    [0, 2, 4, 7].map((offset) => lines.positionAt(offset)),
    [0, 1, 2, 3].map((line) => ({ line, character: 0 })),
  );
});

test("columns count UTF-16 units", () => {
  const lines = new Lines("(p 😀 x)");
  assert.equal(lines.offsetAt({ line: 0, character: 6 }), 6);
  assert.deepEqual(lines.positionAt(6), { line: 0, character: 6 });
});

test("a column behind the end of a line is that end, a line behind the last is the end of the text", () => {
  const lines = new Lines("ab\r\ncd");
  assert.equal(lines.offsetAt({ line: 0, character: 99 }), 2);
  assert.equal(lines.offsetAt({ line: 9, character: 0 }), 6);
});

test("an offset comes back from its position, except within a line break", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "é", "\ud83d\ude00", "\n", "\r", "\r\n") });
  fc.assert(
    fc.property(text, fc.nat(), (text, place) => {
      const offset = place % (text.length + 1);
      fc.pre(!(text[offset - 1] === "\r" && text[offset] === "\n"));
      const lines = new Lines(text);
      assert.equal(lines.offsetAt(lines.positionAt(offset)), offset);
    }),
  );
});

test("a range given backwards is the same stretch", () => {
  const [start, end] = [
    { line: 0, character: 1 },
    { line: 1, character: 1 },
  ];
  const lines = new Lines("ab\ncd");
  assert.deepEqual(lines.stretchOf({ start: end, end: start }), lines.stretchOf({ start, end }));
});
