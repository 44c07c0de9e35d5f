// What dicts promise: own entries only, `__proto__` never, and copies from all but `dict-set!`.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Keyword, type Value } from "../values.ts";
import { createPrimitives } from "./table.ts";

const table = createPrimitives();
const call = (name: string, ...args: Value[]) => table.get(name)!.call(...args);

test("dict takes keys and values in turn, the later of two holding", () => {
  assert.deepEqual(call("dict"), {});
  assert.deepEqual(call("dict", "a", 1, new Keyword("b"), 2, 3, "n"), { a: 1, b: 2, 3: "n" });
  assert.deepEqual(call("dict", "a", 1, "a", 2), { a: 2 });
  assert.throws(() => call("dict", "a"), { kind: "call/arity" });
  assert.throws(() => call("dict", null, 1), { kind: "dict/bad-key" });
});

test("get looks into dicts, lists and nil", () => {
  assert.equal(call("get", { a: 1 }, "a"), 1);
  assert.equal(call("get", { a: 1 }, new Keyword("a")), 1);
  assert.equal(call("get", { a: 1 }, "b"), null);
  assert.equal(call("get", { a: 1 }, "b", "none"), "none");
  assert.equal(call("get", { a: null }, "a", "none"), null, "an entry that is nil is an entry");
  assert.equal(call("get", { a: undefined }, "a", "none"), null);
  assert.equal(call("get", ["x"], 0), "x");
  assert.equal(call("get", ["x"], 1, "none"), "none");
  assert.equal(call("get", ["x"], -1), null);
  assert.equal(call("get", null, "a", 0), 0);
  assert.throws(() => call("get", ["x"], "0"), { kind: "call/type" });
  assert.throws(() => call("get", "abc", 0), { kind: "call/type" });
  assert.throws(() => call("get", { a: 1 }, null), { kind: "dict/bad-key" });
});

test("what a dict inherits is not in it", () => {
  for (const key of ["constructor", "toString", "hasOwnProperty", "valueOf"]) {
    assert.equal(call("get", {}, key), null);
    assert.equal(call("has-key?", {}, key), false);
    assert.equal(call("get-in", { a: {} }, ["a", key], "none"), "none");
  }
});

test("__proto__ is refused as a key by everything that takes keys", () => {
  const key = "__proto__";
  const calls: Value[][] = [
    ["dict", key, {}],
    ["get", {}, key],
    ["get", {}, new Keyword(key)],
    ["get-in", {}, [key, "x"]],
    ["has-key?", {}, key],
    ["assoc", {}, key, {}],
    ["assoc-in", {}, [key, "polluted"], 1],
    ["dissoc", {}, key],
    ["dict-set!", {}, key, {}],
    ["merge", JSON.parse('{"__proto__": {"polluted": 1}}')],
    ["merge-attrs", JSON.parse('{"__proto__": {"polluted": 1}}')],
  ];
  for (const [name, ...args] of calls) {
    assert.throws(() => call(name as string, ...args), { kind: "dict/bad-key" }, String(name));
  }
  assert.equal(({} as Record<string, unknown>).polluted, undefined);
});

test("get-in follows a path and stops where it ends", () => {
  const d = { a: [{ b: 1 }] };
  assert.equal(call("get-in", d, ["a", 0, "b"]), 1);
  assert.equal(call("get-in", d, []), d);
  assert.equal(call("get-in", d, ["a", 5, "b"], "none"), "none");
  assert.equal(call("get-in", { a: null }, ["a", "b"], "none"), "none");
  assert.throws(() => call("get-in", { a: 1 }, ["a", "b"]), { kind: "call/type" });
});

test("keys, vals and entries come in insertion order", () => {
  const d = { b: 1, a: 2 };
  assert.deepEqual(call("keys", d), ["b", "a"]);
  assert.deepEqual(call("vals", d), [1, 2]);
  assert.deepEqual(call("entries", d), [
    ["b", 1],
    ["a", 2],
  ]);
  assert.deepEqual(call("keys", null), []);
});

test("assoc copies dicts and lists", () => {
  const d = Object.freeze({ a: 1 });
  assert.deepEqual(call("assoc", d, "b", 2, "a", 0), { a: 0, b: 2 });
  assert.deepEqual(d, { a: 1 });
  assert.deepEqual(call("assoc", null, "a", 1), { a: 1 });
  assert.deepEqual(call("assoc", ["x", "y"], 1, "z"), ["x", "z"]);
  assert.throws(() => call("assoc", ["x"], 1, "z"), { kind: "index/out-of-range" });
  assert.throws(() => call("assoc", d, "b"), { kind: "call/arity" });
});

test("assoc-in makes the dicts that are missing and copies the others", () => {
  const d = { a: { b: 1 }, c: [{ n: 0 }] };
  assert.deepEqual(call("assoc-in", d, ["a", "x", "y"], 2), { a: { b: 1, x: { y: 2 } }, c: [{ n: 0 }] });
  assert.deepEqual(call("assoc-in", d, ["c", 0, "n"], 1), { a: { b: 1 }, c: [{ n: 1 }] });
  assert.deepEqual(d, { a: { b: 1 }, c: [{ n: 0 }] });
  assert.throws(() => call("assoc-in", d, [], 1), { kind: "call/type" });
  assert.throws(() => call("assoc-in", d, ["a", "b", "c"], 1), { kind: "call/type" });
});

test("dissoc and merge copy", () => {
  const d = { a: 1, b: 2 };
  assert.deepEqual(call("dissoc", d, "a", "zz"), { b: 2 });
  assert.deepEqual(call("dissoc", null, "a"), {});
  assert.deepEqual(call("merge", d, null, { b: 3, c: 4 }), { a: 1, b: 3, c: 4 });
  assert.deepEqual(call("merge"), {});
  assert.deepEqual(d, { a: 1, b: 2 });
});

test("dict-set! changes the dict itself unless it is frozen", () => {
  const d: Record<string, Value> = {};
  assert.equal(call("dict-set!", d, "a", 1), 1);
  assert.deepEqual(d, { a: 1 });
  assert.throws(() => call("dict-set!", Object.freeze({}), "a", 1), { kind: "call/type" });
  assert.throws(() => call("dict-set!", null, "a", 1), { kind: "call/type" });
});
