// What predicates promise: each kind of value answers to its own name and to no other.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Component, Condition, Keyword, Markup, SxSymbol, type Value } from "../values.ts";
import { createPrimitives } from "./table.ts";

const table = createPrimitives();
const call = (name: string, ...args: Value[]) => table.get(name)!.call(...args);

const samples: Record<string, Value> = {
  nil: null,
  true: true,
  number: 1.5,
  integer: 3,
  string: "s",
  symbol: new SxSymbol("s"),
  keyword: new Keyword("k"),
  list: [1],
  dict: { a: 1 },
  function: () => 1,
  component: new Component("~c", () => ""),
  markup: new Markup("<b></b>"),
  condition: new Condition("a/b", "m"),
};

const answers: Record<string, string[]> = {
  "nil?": ["nil"],
  "boolean?": ["true"],
  "number?": ["number", "integer"],
  "integer?": ["integer"],
  "string?": ["string"],
  "symbol?": ["symbol"],
  "keyword?": ["keyword"],
  "list?": ["list"],
  "dict?": ["dict"],
  "callable?": ["function", "component"],
  "component?": ["component"],
  "macro?": [],
  "markup?": ["markup"],
  "condition?": ["condition"],
};

for (const [name, expected] of Object.entries(answers)) {
  test(`${name} is true of ${expected.join(" and ") || "no value"}`, () => {
    const found = Object.keys(samples).filter((sample) => call(name, samples[sample]) === true);
    assert.deepEqual(found, expected);
  });
}

test("only nil and false are false", () => {
  assert.equal(call("not", null), true);
  assert.equal(call("not", undefined), true);
  assert.equal(call("not", false), true);
  for (const value of [0, "", [], {}, true]) assert.equal(call("not", value), false);
});

test("empty? asks lists, dicts, strings and nil", () => {
  for (const empty of [null, undefined, [], {}, ""]) assert.equal(call("empty?", empty), true);
  for (const full of [[null], { a: null }, " "]) assert.equal(call("empty?", full), false);
  assert.throws(() => call("empty?", 0), { kind: "call/type" });
});

test("zero?, even? and odd? ask numbers", () => {
  assert.equal(call("zero?", -0), true);
  assert.equal(call("even?", -2), true);
  assert.equal(call("odd?", -3), true);
  assert.equal(call("odd?", 0), false);
  assert.throws(() => call("even?", 1.5), { kind: "call/type" });
  assert.throws(() => call("zero?", "0"), { kind: "call/type" });
});

test("a host object that is no plain object is not a dict", () => {
  assert.equal(call("dict?", new Date(0)), false);
  assert.equal(call("dict?", new Map()), false);
  assert.equal(call("dict?", Object.create(null)), true);
});
