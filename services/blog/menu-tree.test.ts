// Moving entries of a menu: whatever is pressed, every entry stays, in one tree that is not too deep.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { childrenOf, menuMoves, moveEntry, type PlacedEntry } from "./menu-tree.ts";

function applied(entries: readonly PlacedEntry[], changes: readonly PlacedEntry[]): PlacedEntry[] {
  return entries.map((entry) => changes.find(({ id }) => id === entry.id) ?? entry);
}

function shown(entries: readonly PlacedEntry[], parentId: number | null = null): string {
  return childrenOf(entries, parentId)
    .map(({ id }) => {
      const inside = shown(entries, id);
      return inside === "" ? `${id}` : `${id}(${inside})`;
    })
    .join(" ");
}

const flat = [1, 2, 3, 4].map((id, position) => ({ id, parentId: null, position }));

test("buttons move an entry up, down, below the one before and out again", () => {
  let entries: PlacedEntry[] = flat;
  const steps = [
    ["up", 3, "1 3 2 4"],
    ["down", 1, "3 1 2 4"],
    ["indent", 1, "3(1) 2 4"],
    ["indent", 2, "3(1 2) 4"],
    ["up", 2, "3(2 1) 4"],
    ["outdent", 2, "3(1) 2 4"],
    ["up", 3, "3(1) 2 4"],
    ["outdent", 4, "3(1) 2 4"],
    ["indent", 3, "3(1) 2 4"],
  ] as const;
  for (const [move, id, result] of steps) {
    entries = applied(entries, moveEntry(entries, id, move));
    assert.equal(shown(entries), result, `${move} ${id}`);
  }
});

test("no row of presses loses an entry or goes deeper than three levels", () => {
  const press = fc.record({ move: fc.constantFrom(...menuMoves), id: fc.integer({ min: 0, max: 5 }) });
  fc.assert(
    fc.property(fc.array(press, { maxLength: 40 }), (presses) => {
      let entries: PlacedEntry[] = flat;
      for (const { move, id } of presses) entries = applied(entries, moveEntry(entries, id, move));
      const text = shown(entries);
      assert.deepEqual(text.match(/\d/g)?.sort(), ["1", "2", "3", "4"]);
      assert.doesNotMatch(text, /\([^)]*\([^)]*\([^)]*\(/);
    }),
  );
});
