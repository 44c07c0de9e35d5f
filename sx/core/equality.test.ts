// What equality promises: an equivalence on data, blind to the order of entries, with a key that agrees.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { deepestData, equal, equalityKey } from "./equality.ts";
import { Component, Condition, Keyword, Markup, SxSymbol, TrustedUrl, type Value } from "./values.ts";

const someFunction = () => 1;
const otherFunction = () => 1;
const card = new Component("~card", () => "");

const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<Value>(null, undefined, true, 0, -0, 1, "", "a", "1", "nil", '"a"', "()", ":a"),
    fc.constantFrom<Value>(someFunction, otherFunction, card),
    fc
      .constantFrom("a", "nil")
      .chain((name) =>
        fc.constantFrom<Value>(
          new Keyword(name),
          new SxSymbol(name),
          new Markup(name),
          new TrustedUrl(name),
          new Condition(name, "m"),
        ),
      ),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "a b"), tie("value"), { noNullPrototype: true }),
  ),
}));

/** The same data in new containers, dict entries in reverse. */
function rebuild(data: Value): Value {
  if (Array.isArray(data)) return data.map(rebuild);
  if (data instanceof SxSymbol) return new SxSymbol(data.name);
  if (data instanceof Keyword) return new Keyword(data.name);
  if (typeof data !== "object" || data === null || Object.getPrototypeOf(data) !== Object.prototype)
    return data;
  const entries = Object.entries(data).toReversed();
  return Object.fromEntries(entries.map(([key, item]) => [key, rebuild(item)]));
}

test("data equals its copy, however the copy's entries are ordered", () => {
  fc.assert(fc.property(value, (v) => assert.ok(equal(v, rebuild(v)) && equal(rebuild(v), v))));
});

test("equality is symmetric, and the keys of two values agree exactly when they are equal", () => {
  fc.assert(
    fc.property(value, value, (a, b) => {
      const identities = new Map<unknown, number>();
      assert.equal(equal(a, b), equal(b, a));
      assert.equal(equalityKey(a, identities) === equalityKey(b, identities), equal(a, b));
    }),
    { numRuns: 1000 },
  );
});

test("NaN, which only a host can bring, is not equal to itself", () => {
  assert.equal(equal(Number.NaN, Number.NaN), false);
});

test("a dict without a prototype is a dict like any other", () => {
  assert.equal(equal(Object.assign(Object.create(null), { a: 1 }), { a: 1 }), true);
  assert.equal(equal({ toString: 1 }, {}), false);
});

test("data as deep as may be is compared, whatever is innermost, and data one deeper is refused", () => {
  const nested = (innermost: unknown, depth: number): unknown => {
    let data = innermost;
    for (let i = 0; i < depth; i++) data = [data];
    return data;
  };
  for (const make of [() => new SxSymbol("x"), () => new Keyword("x"), () => new Markup("x"), () => 1]) {
    assert.equal(equal(nested(make(), deepestData), nested(make(), deepestData)), true);
    const deeper = () => equal(nested(make(), deepestData + 1), nested(make(), deepestData + 1));
    assert.throws(deeper, { kind: "stack/too-deep" });
  }
});
