// What a row promises: `call` lets through exactly what it describes, and names what it does not.

import assert from "node:assert/strict";
import { test } from "node:test";
import { SxError } from "../errors.ts";
import type { Value } from "../values.ts";
import { primitive } from "./primitive.ts";

const gather = (...args: Value[]) => args;

test("a row is taken apart into its parameters", () => {
  const row = primitive("(f a:any b?:string|nil) -> list", "Gathers.", gather, {
    errors: ["parse/json"],
    pure: false,
  });
  assert.equal(row.name, "f");
  assert.deepEqual(row.parameters, [
    { name: "a", types: ["any"], optional: false, rest: false },
    { name: "b", types: ["string", "nil"], optional: true, rest: false },
  ]);
  assert.equal(row.returns, "list");
  assert.deepEqual(row.errors, ["parse/json"]);
  assert.equal(row.pure, false);
  assert.equal(row.raw, gather);
  assert.equal(primitive("(g xs:any ...) -> any", "Gathers.", gather).parameters[0]?.rest, true);
});

test("a row that cannot be read is refused when it is written", () => {
  for (const bad of [
    "f a:any -> any",
    "(f a) -> any",
    "(f a:nubmer) -> any",
    "(f a:any ... b:any) -> any",
    "(f)",
  ]) {
    assert.throws(() => primitive(bad, "Gathers.", gather), Error, bad);
  }
});

test("arguments that fit go through as they are, whatever their number", () => {
  const rows = {
    "(f) -> list": [[]],
    "(f a:string) -> list": [["x"]],
    "(f a:number b:number) -> list": [[1, 2]],
    "(f a:string b?:integer) -> list": [["x"], ["x", 1]],
    "(f a:any b:any c?:string) -> list": [
      [1, 2],
      [1, 2, "x"],
    ],
    "(f a:any b:any c:any d?:any) -> list": [
      [1, 2, 3],
      [1, 2, 3, 4],
    ],
    "(f n:number ...) -> list": [[], [1], [1, 2], [1, 2, 3]],
    "(f a:string b:number ...) -> list": [["x"], ["x", 1, 2]],
  };
  for (const [row, calls] of Object.entries(rows)) {
    const { call } = primitive(row, "Gathers.", gather);
    for (const args of calls) {
      const seen = call(...args) as Value[];
      assert.deepEqual(seen.slice(0, args.length), args, row);
      assert.ok(seen.slice(args.length).every((arg) => arg === undefined));
    }
  }
});

test("a host's undefined is nil where nil may stand and an error elsewhere", () => {
  assert.deepEqual(primitive("(f a:string|nil) -> any", "Gathers.", gather).call(undefined), [undefined]);
  assert.deepEqual(primitive("(f a:any b?:string) -> any", "Gathers.", gather).call(1, undefined), [
    1,
    undefined,
  ]);
  assert.throws(() => primitive("(f a:string) -> any", "Gathers.", gather).call(undefined), {
    kind: "call/type",
  });
});

test("the error names the primitive, the argument, what it wants and what it got", () => {
  const { call } = primitive("(shout s:string|symbol times:integer) -> any", "Gathers.", gather);
  const failure = (run: () => Value) => {
    try {
      run();
    } catch (error) {
      assert.ok(error instanceof SxError);
      return error.message;
    }
    throw new Error("it was expected to fail");
  };
  const type = failure(() => call([1, "a"], 2));
  for (const part of ["shout", "s", "a string or a symbol", "a list of 2"])
    assert.ok(type.includes(part), `${part} in: ${type}`);
  assert.ok(failure(() => call("x", 1.5)).includes("times"));
  const arity = failure(() => call("x"));
  for (const part of ["shout", "2", "1"]) assert.ok(arity.includes(part), `${part} in: ${arity}`);
});

test("an argument of the repeated parameter is checked wherever it stands", () => {
  const { call } = primitive("(f n:number ...) -> any", "Gathers.", gather);
  for (const args of [["x"], [1, "x"], ["x", 1], [1, 2, "x"]]) {
    assert.throws(() => call(...args), { kind: "call/type" });
  }
});
