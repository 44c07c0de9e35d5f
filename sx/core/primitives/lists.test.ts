// What lists promise: new lists from old ones, one fixed order, and nil as good as no items.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { equal } from "../equality.ts";
import { compare } from "../order.ts";
import { Keyword, SxSymbol, type Value } from "../values.ts";
import { createPrimitives } from "./table.ts";

const table = createPrimitives();
const call = (name: string, ...args: Value[]) => table.get(name)!.call(...args);

/** Data of every kind that has an order, with few distinct leaves so that equal values are common. */
const data = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<Value>(null, false, true, 0, -0, 1, -1.5, "", "a", "\ufb01", "😀"),
    fc.constantFrom("a", "b").map((name) => new Keyword(name)),
    fc.constantFrom("a", "b").map((name) => new SxSymbol(name)),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "c"), tie("value"), { noNullPrototype: true }),
  ),
})).value;

test("looking into no list or an empty one gives nil or no items", () => {
  for (const none of [null, undefined, []]) {
    assert.equal(call("first", none), null);
    assert.equal(call("last", none), null);
    assert.deepEqual(call("rest", none), []);
    assert.deepEqual(call("reverse", none), []);
    assert.deepEqual(call("sort", none), []);
    assert.equal(call("len", none), 0);
    assert.throws(() => call("nth", none, 0), { kind: "index/out-of-range" });
  }
});

test("first, rest, last and nth", () => {
  assert.equal(call("first", [1, 2, 3]), 1);
  assert.deepEqual(call("rest", [1, 2, 3]), [2, 3]);
  assert.equal(call("last", [1, 2, 3]), 3);
  assert.equal(call("nth", [1, 2, 3], 1), 2);
  assert.equal(call("nth", [undefined], 0), null);
  assert.throws(() => call("nth", [1], 1), { kind: "index/out-of-range" });
  assert.throws(() => call("nth", [1], -1), { kind: "index/out-of-range" });
  assert.throws(() => call("nth", [1], 0.5), { kind: "call/type" });
  assert.throws(() => call("first", "abc"), { kind: "call/type" });
});

test("len counts items, entries and code points", () => {
  assert.equal(call("len", [1, null]), 2);
  assert.equal(call("len", { a: 1 }), 1);
  assert.equal(call("len", "a😀"), 2);
});

test("lists are built and joined", () => {
  assert.deepEqual(call("list"), []);
  assert.deepEqual(call("list", 1, null, "a"), [1, null, "a"]);
  assert.deepEqual(call("cons", 1, [2]), [1, 2]);
  assert.deepEqual(call("cons", 1, null), [1]);
  assert.deepEqual(call("concat"), []);
  assert.deepEqual(call("concat", [1], null, [2, [3]]), [1, 2, [3]]);
  assert.deepEqual(call("append", [1], [2, 3]), [1, 2, 3]);
  assert.throws(() => call("concat", [1], 2), { kind: "call/type" });
});

test("slice, take and drop bring positions inside", () => {
  const xs = [0, 1, 2, 3];
  assert.deepEqual(call("slice", xs, 1, 3), [1, 2]);
  assert.deepEqual(call("slice", xs, -2), [2, 3]);
  assert.deepEqual(call("slice", xs, 3, 1), []);
  assert.deepEqual(call("slice", xs, -99, 99), xs);
  assert.deepEqual(call("slice", null, 0), []);
  assert.deepEqual(call("take", xs, 2), [0, 1]);
  assert.deepEqual(call("take", xs, 9), xs);
  assert.deepEqual(call("take", xs, -1), []);
  assert.deepEqual(call("drop", xs, 3), [3]);
  assert.deepEqual(call("drop", xs, -1), xs);
});

test("range counts up, down and in fractions", () => {
  assert.deepEqual(call("range", 3), [0, 1, 2]);
  assert.deepEqual(call("range", 2, 5), [2, 3, 4]);
  assert.deepEqual(call("range", 5, 0, -2), [5, 3, 1]);
  assert.deepEqual(call("range", 0, 1, 0.25), [0, 0.25, 0.5, 0.75]);
  assert.deepEqual(call("range", 0), []);
  assert.deepEqual(call("range", 5, 2), []);
});

test("a range that would not end, or not fit, is an error", () => {
  assert.throws(() => call("range", 0, 1, 0), { kind: "call/type" });
  assert.throws(() => call("range", 1e12), { kind: "call/type" });
  assert.throws(() => call("range", 0, 1, 1e-300), { kind: "call/type" });
});

test("the primitives leave their arguments alone", () => {
  const xs = Object.freeze([3, 1, [2], 1]) as Value[];
  for (const name of ["rest", "reverse", "sort", "uniq", "flatten"]) {
    if (name !== "sort") assert.notEqual(call(name, xs), xs);
  }
  assert.deepEqual(call("sort", Object.freeze([2, 1])), [1, 2]);
  assert.deepEqual(xs, [3, 1, [2], 1]);
});

test("sort orders kinds before values", () => {
  const sorted = [
    null,
    false,
    true,
    -1,
    2,
    "B",
    "a",
    "\ufb01",
    "😀",
    new Keyword("a"),
    new SxSymbol("a"),
    new Keyword("b"),
    [],
    [1],
    [1, 2],
    [2],
    {},
    { a: 1 },
    { a: 2 },
    { b: 0 },
  ];
  assert.deepEqual(call("sort", sorted.toReversed()), sorted);
  assert.deepEqual(call("sort", [1, undefined, null]), [null, null, 1]);
  assert.throws(() => call("sort", [() => 1, 1]), { kind: "call/type" });
});

test("sort is stable, keeps every item and agrees with equality", () => {
  fc.assert(
    fc.property(fc.array(data, { maxLength: 12 }), (xs) => {
      const sorted = call("sort", xs) as Value[];
      const positions = sorted.map((x) => xs.indexOf(x));
      assert.equal(sorted.length, xs.length);
      for (let i = 1; i < sorted.length; i++) {
        const order = compare(sorted[i - 1], sorted[i]);
        assert.ok(order <= 0);
        assert.equal(order === 0, equal(sorted[i - 1], sorted[i]));
        if (order === 0) assert.ok(positions[i - 1]! <= positions[i]!);
      }
      assert.deepEqual(call("sort", sorted), sorted);
    }),
  );
});

test("the order is total: antisymmetric and transitive", () => {
  fc.assert(
    fc.property(data, data, data, (a, b, c) => {
      assert.equal(Math.sign(compare(a, b)), 0 - Math.sign(compare(b, a)));
      if (compare(a, b) <= 0 && compare(b, c) <= 0) assert.ok(compare(a, c) <= 0);
    }),
  );
});

test("uniq keeps the first of equal items, as comparing each with each would", () => {
  fc.assert(
    fc.property(fc.array(data, { maxLength: 12 }), (xs) => {
      const slow = xs.filter((x, i) => xs.findIndex((y) => equal(x, y)) === i);
      const quick = call("uniq", xs) as Value[];
      assert.equal(quick.length, slow.length);
      for (const [i, x] of quick.entries()) assert.ok(x === slow[i]);
    }),
  );
  const f = () => 1;
  assert.deepEqual((call("uniq", [f, () => 1, f]) as Value[]).length, 2);
  assert.deepEqual(call("uniq", [1, "1", 1, "1"]), [1, "1"]);
});

test("uniq of many items takes no time to speak of", () => {
  const many = Array.from({ length: 200_000 }, (_, i) => i % 100_000);
  assert.equal((call("uniq", many) as Value[]).length, 100_000);
});

test("flatten opens lists at any depth, but no cyclic one", () => {
  assert.deepEqual(call("flatten", [1, [2, [3, []]], null, "ab"]), [1, 2, 3, null, "ab"]);
  const cyclic: Value[] = [];
  cyclic.push(cyclic);
  assert.throws(() => call("flatten", cyclic), { kind: "stack/too-deep" });
});

test("zip stops at the shortest and chunk keeps the remainder", () => {
  assert.deepEqual(call("zip", [1, 2, 3], ["a", "b"]), [
    [1, "a"],
    [2, "b"],
  ]);
  assert.deepEqual(call("zip"), []);
  assert.deepEqual(call("zip", [1], null), []);
  assert.deepEqual(call("chunk", [1, 2, 3, 4, 5], 2), [[1, 2], [3, 4], [5]]);
  assert.deepEqual(call("chunk", [], 2), []);
  assert.throws(() => call("chunk", [1], 0), { kind: "call/type" });
});

test("position and contains? go by equality", () => {
  assert.equal(call("position", [[1], [2], [2]], [2]), 1);
  assert.equal(call("position", [1], 2), null);
  assert.equal(call("contains?", ["a", null], null), true);
  assert.equal(call("contains?", null, 1), false);
});

test("set-nth! changes the list itself, within its length, unless it is frozen", () => {
  const xs = [1, 2];
  assert.equal(call("set-nth!", xs, 1, "b"), "b");
  assert.deepEqual(xs, [1, "b"]);
  assert.throws(() => call("set-nth!", xs, 2, 0), { kind: "index/out-of-range" });
  assert.throws(() => call("set-nth!", Object.freeze([1]), 0, 0), { kind: "call/type" });
});
