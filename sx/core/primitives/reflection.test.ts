// What reflection promises: written data reads back as itself, and equal content has an equal hash.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { equal } from "../equality.ts";
import { Component, Keyword, Markup, SxSymbol, type Value } from "../values.ts";
import { createPrimitives } from "./table.ts";

const table = createPrimitives();
const call = (name: string, ...args: Value[]) => table.get(name)!.call(...args);

test("every kind of value has a name", () => {
  const kinds = [null, true, 1, "s", [], {}, new SxSymbol("s"), new Keyword("k"), () => 1, new Markup("")];
  assert.deepEqual(
    kinds.map((value) => call("type-of", value)),
    ["nil", "boolean", "number", "string", "list", "dict", "symbol", "keyword", "function", "markup"],
  );
});

test("names go both ways", () => {
  assert.equal(call("symbol-name", call("string->symbol", "x")), "x");
  assert.equal(call("keyword-name", new Keyword("k")), "k");
  assert.throws(() => call("symbol-name", "x"), { kind: "call/type" });
  assert.throws(() => call("keyword-name", "k"), { kind: "call/type" });
  assert.throws(() => call("string->symbol", ""), { kind: "call/type" });
});

test("gensym never gives a name twice, and each realm counts for itself", () => {
  const names = Array.from({ length: 100 }, () => call("symbol-name", call("gensym", "t")));
  assert.equal(new Set(names).size, 100);
  const fresh = () => createPrimitives().get("gensym")!.call() as SxSymbol;
  assert.equal(fresh().name, fresh().name);
});

test("written data reads back as itself", () => {
  const leaf = fc.oneof(
    fc.constantFrom<Value>(null, true, false),
    // Whole numbers from 2^53 up are left out: source may write them only with an exponent.
    fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .filter((n) => !Number.isInteger(n) || Number.isSafeInteger(n)),
    fc.string({ unit: "grapheme" }),
    fc.constantFrom<Value>(new Keyword("k"), new SxSymbol("s-1?")),
  );
  const { value } = fc.letrec<{ value: Value }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom("a", "b c", "1", "", ":x"), tie("value"), { noNullPrototype: true }),
    ),
  }));
  fc.assert(
    fc.property(value, (v) => {
      const text = call("write-data", v);
      assert.ok(equal(call("read-data", text), v), String(text));
      assert.equal(call("content-hash", call("read-data", text)), call("content-hash", v));
    }),
  );
});

test("what cannot be read back is neither written nor hashed", () => {
  for (const bad of [
    () => 1,
    new Markup("x"),
    new Component("~c", () => ""),
    [1, { a: [() => 1] }],
    new Date(0),
  ]) {
    assert.throws(() => call("write-data", bad), { kind: "call/type" });
    assert.throws(() => call("content-hash", bad), { kind: "call/type" });
  }
});

test("the content hash is the SHA-256 of the written form", () => {
  // printf '(1 "a")' | sha256sum
  assert.equal(
    call("content-hash", [1, "a"]),
    "7d0067847f87c3bce8e7214b38c4d4f32a6e7a6f539db66ee61c461f8b5ba48a",
  );
  assert.notEqual(call("content-hash", [1]), call("content-hash", ["1"]));
});

test("reading evaluates nothing and takes one piece of data", () => {
  assert.ok(equal(call("read-data", "(+ 1 2)"), [new SxSymbol("+"), 1, 2]));
  assert.throws(() => call("read-data", "1 2"), { kind: "read/extra" });
  assert.throws(() => call("read-data", ""), { kind: "read/empty" });
  assert.throws(() => call("read-data", "(1"), { kind: "read/unclosed" });
});
