// What comparison promises: one equality for all data, chains of order, and no order across types.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Keyword, SxSymbol, type Value } from "../values.ts";
import { createPrimitives } from "./table.ts";

const table = createPrimitives();
const call = (name: string, ...args: Value[]) => table.get(name)!.call(...args);

test("= goes by structure", () => {
  assert.equal(call("=", [1, [2, "x"]], [1, [2, "x"]]), true);
  assert.equal(call("=", { a: 1, b: [2] }, { b: [2], a: 1 }), true, "order of entries does not matter");
  assert.equal(call("=", { a: 1 }, { a: 1, b: null }), false);
  assert.equal(call("=", new SxSymbol("a"), new SxSymbol("a")), true);
  assert.equal(call("=", new Keyword("a"), new Keyword("a")), true);
  assert.equal(call("=", 0, -0), true);
  assert.equal(call("=", 1), true);
  assert.equal(call("=", 1, 1, 1), true);
  assert.equal(call("=", 1, 1, 2), false);
});

test("values of different kinds are never equal", () => {
  const values = [
    null,
    false,
    0,
    "",
    "a",
    "0",
    [],
    {},
    new SxSymbol("a"),
    new Keyword("a"),
    [null],
    { a: null },
  ];
  for (const [i, a] of values.entries()) {
    for (const [j, b] of values.entries()) assert.equal(call("=", a, b), i === j, `${i} ${j}`);
  }
});

test("a host's undefined is nil", () => {
  assert.equal(call("=", undefined, null), true);
  assert.equal(call("identical?", undefined, null), true);
  assert.equal(call("=", [undefined], [null]), true);
  assert.equal(call("=", 1, undefined), false);
  assert.equal(call("=", 1, 1, undefined), false);
});

test("functions are equal to themselves alone", () => {
  const f = () => 1;
  assert.equal(call("=", f, f), true);
  assert.equal(
    call("=", f, () => 1),
    false,
  );
});

test("identical? tells equal data apart", () => {
  const xs = [1];
  assert.equal(call("identical?", xs, xs), true);
  assert.equal(call("identical?", xs, [1]), false);
  assert.equal(call("identical?", "ab", `a${"b"}`), true);
});

test("!= is the opposite of =", () => {
  assert.equal(call("!=", [1], [1]), false);
  assert.equal(call("!=", 1, "1"), true);
  assert.throws(() => call("!=", 1), { kind: "call/arity" });
});

test("order chains", () => {
  assert.equal(call("<", 1, 2, 3), true);
  assert.equal(call("<", 1, 3, 2), false);
  assert.equal(call("<", 1, 1), false);
  assert.equal(call("<=", 1, 1, 2), true);
  assert.equal(call(">", 3, 2, 1), true);
  assert.equal(call(">=", 3, 3, 4), false);
  assert.equal(call("<", 1), true);
  assert.throws(() => call("<"), { kind: "call/arity" });
});

test("strings are ordered by code point, astral characters last", () => {
  assert.equal(call("<", "a", "b"), true);
  assert.equal(call("<", "a", "aa"), true);
  assert.equal(call("<", "Z", "a"), true);
  assert.equal(call("<", "\ufb01", "😀"), true, "by UTF-16 unit the emoji would come first");
  assert.equal(call(">=", "", ""), true);
});

test("a number and a string have no order, even where the answer is known already", () => {
  assert.throws(() => call("<", 1, "2"), { kind: "call/type" });
  assert.throws(() => call("<", "1", 2), { kind: "call/type" });
  assert.throws(() => call("<", 2, 1, "0"), { kind: "call/type" });
  assert.throws(() => call("<", null, 1), { kind: "call/type" });
  assert.throws(() => call("<", [1], [2]), { kind: "call/type" });
});

test("cyclic data is an error, not an endless comparison", () => {
  const a: Value[] = [];
  a.push(a);
  const b: Value[] = [];
  b.push(b);
  assert.throws(() => call("=", a, b), { kind: "stack/too-deep" });
});
