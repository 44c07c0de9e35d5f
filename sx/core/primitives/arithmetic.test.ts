// What arithmetic promises: results are finite or an error, and division is never by zero.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Value } from "../values.ts";
import { createPrimitives } from "./table.ts";

const table = createPrimitives();
const call = (name: string, ...args: Value[]) => table.get(name)!.call(...args);

test("sums and products of nothing are 0 and 1", () => {
  assert.equal(call("+"), 0);
  assert.equal(call("*"), 1);
  assert.equal(call("+", 7), 7);
  assert.equal(call("*", 7), 7);
  assert.equal(call("+", 1, 2, 3, 4), 10);
  assert.equal(call("*", 2, 3, 4), 24);
});

test("one argument negates and inverts", () => {
  assert.equal(call("-", 5), -5);
  assert.ok(Object.is(call("-", 0), 0), "zero has no sign");
  assert.equal(call("/", 4), 0.25);
  assert.equal(call("-", 10, 1, 2), 7);
  assert.equal(call("/", 12, 2, 3), 2);
  assert.equal(call("/", 7, 2), 3.5);
});

test("- and / need at least one argument", () => {
  assert.throws(() => call("-"), { kind: "call/arity" });
  assert.throws(() => call("/"), { kind: "call/arity" });
  assert.throws(() => call("inc"), { kind: "call/arity" });
  assert.throws(() => call("inc", 1, 2), { kind: "call/arity" });
});

test("mod takes the divisor's sign and rem the dividend's", () => {
  const signs = [
    [7, 3],
    [-7, 3],
    [7, -3],
    [-7, -3],
  ];
  assert.deepEqual(
    signs.map(([n, d]) => call("mod", n, d)),
    [1, 2, -2, -1],
  );
  assert.deepEqual(
    signs.map(([n, d]) => call("rem", n, d)),
    [1, -1, 1, -1],
  );
  assert.deepEqual(
    signs.map(([n, d]) => call("quot", n, d)),
    [2, -2, -2, 2],
  );
  assert.equal(call("mod", 5.5, 2), 1.5);
});

test("the quotient of large integers is exact", () => {
  const n = Number.MAX_SAFE_INTEGER;
  assert.equal(call("quot", n, 1), n);
  assert.equal(call("quot", n, n - 1), 1);
  assert.equal(call("quot", n - 1, n), 0);
});

test("division by zero is an error for every way to divide", () => {
  for (const name of ["/", "mod", "rem", "quot"]) {
    assert.throws(() => call(name, 1, 0), { kind: "arith/zero-div" }, name);
    assert.throws(() => call(name, 0, -0), { kind: "arith/zero-div" }, name);
  }
  assert.throws(() => call("/", 0), { kind: "arith/zero-div" });
  assert.throws(() => call("/", 1, 2, 0), { kind: "arith/zero-div" });
});

test("what would be infinite or no number is an error", () => {
  const huge = Number.MAX_VALUE;
  assert.throws(() => call("+", huge, huge), { kind: "arith/not-finite" });
  assert.throws(() => call("-", -huge, huge), { kind: "arith/not-finite" });
  assert.throws(() => call("*", huge, 10), { kind: "arith/not-finite" });
  assert.throws(() => call("/", huge, Number.MIN_VALUE), { kind: "arith/not-finite" });
  assert.throws(() => call("/", 5e-324), { kind: "arith/not-finite" });
  assert.throws(() => call("pow", 10, 400), { kind: "arith/not-finite" });
  assert.throws(() => call("pow", 0, -1), { kind: "arith/not-finite" });
  assert.throws(() => call("pow", -8, 0.5), { kind: "arith/not-finite" });
  assert.throws(() => call("sqrt", -1), { kind: "arith/not-finite" });
  assert.throws(() => call("+", Number.NaN, 1), { kind: "arith/not-finite" });
});

test("rounding goes down, up, to the nearest and towards zero", () => {
  assert.deepEqual(
    ["floor", "ceil", "round", "trunc"].map((name) => [call(name, 2.5), call(name, -2.5)]),
    [
      [2, -3],
      [3, -2],
      [3, -2],
      [2, -2],
    ],
  );
});

test("min, max and clamp choose among their arguments", () => {
  assert.equal(call("min", 3, 1, 2), 1);
  assert.equal(call("max", 3, 1, 2), 3);
  assert.equal(call("min", 4), 4);
  assert.equal(call("clamp", 15, 0, 10), 10);
  assert.equal(call("clamp", -1, 0, 10), 0);
  assert.equal(call("clamp", 5, 0, 10), 5);
  assert.throws(() => call("clamp", 5, 10, 0), { kind: "call/type" });
  assert.throws(() => call("min"), { kind: "call/arity" });
});

test("inc, dec, abs, pow and sqrt", () => {
  assert.equal(call("inc", 41), 42);
  assert.equal(call("dec", 0), -1);
  assert.equal(call("abs", -3.5), 3.5);
  assert.equal(call("pow", 2, 10), 1024);
  assert.equal(call("sqrt", 81), 9);
});

test("only numbers are added, in whatever place they stand", () => {
  for (const bad of ["1", null, undefined, true, [], {}]) {
    assert.throws(() => call("+", bad), { kind: "call/type" });
    assert.throws(() => call("+", 1, bad), { kind: "call/type" });
    assert.throws(() => call("+", 1, 2, bad), { kind: "call/type" });
    assert.throws(() => call("mod", 1, bad), { kind: "call/type" });
  }
});
