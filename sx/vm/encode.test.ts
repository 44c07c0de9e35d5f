// Laws of the bytes: what is encoded is decoded again, and a module has one spelling. Over modules made at random,
// ROSE_ASH_LAW_PROGRAMS of them; ../modules.test.ts asks the same of what the compiler makes of the corpus.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { deepestNesting } from "../core/form.ts";
import { isDict, Markup, SxSymbol, type Value } from "../core/values.ts";
import { decode } from "./decode.ts";
import { encode } from "./encode.ts";
import { HashReference, type Module } from "./module.ts";
import { moduleOf, proto } from "./test/assembler.ts";
import { canonical } from "./test/canonical.ts";
import { randomModule } from "./test/random-module.ts";

const runs = Number(process.env.ROSE_ASH_LAW_PROGRAMS ?? 10_000);

function roundTrip(encodeModule: (module: Module) => Uint8Array): void {
  fc.assert(
    fc.property(randomModule, (module) => {
      assert.deepEqual(decode(encodeModule(module)), canonical(module));
    }),
    { numRuns: runs },
  );
}

test("what is encoded is decoded as the same module", () => roundTrip(encode));

const broken: Readonly<Record<string, (module: Module) => Module>> = {
  dependencies: (module) => ({ ...module, dependencies: [] }),
  "the order of constants": (module) => ({ ...module, constants: module.constants.toReversed() }),
  "what is rest": (module) => ({ ...module, protos: module.protos.map((one) => ({ ...one, rest: false })) }),
};
for (const [what, change] of Object.entries(broken)) {
  test(`the law finds out an encoder that loses ${what}`, () => {
    assert.throws(() => roundTrip((module) => encode(change(module))), /Property failed/);
  });
}

test("equal modules have equal bytes, whatever they are made of", () => {
  fc.assert(
    fc.property(randomModule, (module) => {
      const bytes = encode(module);
      assert.deepEqual(encode(decode(bytes)), bytes);
      assert.deepEqual(encode(structuredCopy(module)), bytes);
    }),
    { numRuns: runs },
  );
});

/** The same with nothing shared, and symbols from elsewhere. */
function structuredCopy(module: Module): Module {
  const copy = (value: Value): Value => {
    if (value instanceof SxSymbol) return new SxSymbol(value.name, null, 7);
    if (value instanceof HashReference) return new HashReference(value.hash, value.member);
    if (Array.isArray(value)) return value.map(copy);
    return isDict(value)
      ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copy(item)]))
      : value;
  };
  return { ...module, constants: module.constants.map(copy) };
}

test("a small module has exactly these bytes", () => {
  const module = moduleOf([proto([["CONST", 2], ["RETURN"]])], { constants: [["main", 1]] });
  const bytes = Buffer.from(encode(module)).toString("hex");
  assert.equal(
    bytes,
    [
      "53584243 01 00 0000",
      "02 00000025 0003 04 00000004 6d61696e 05 00000004 6d61696e 07 00000002 0a 0000 03 3ff0000000000000",
      "03 00000011 0001 0000 00 20 00 00 00 00000004 01 0002 32",
      "04 00000007 0001 0001 0000 04",
    ]
      .join("")
      .replaceAll(" ", ""),
  );
});

test("a constant that cannot travel is refused", () => {
  for (const value of [
    new Markup("<b>"),
    () => 1,
    "\ud800",
    { "\ud800": 1 },
    new SxSymbol("\udc00"),
    [[Symbol("x")]],
  ])
    assert.throws(() => encode(moduleOf([], { constants: [value] })), { kind: "module/not-data" });
});

test("constants that hold themselves, or are nested too deep, are refused", () => {
  const circle: Value[] = [];
  circle.push([circle]);
  assert.throws(() => encode(moduleOf([], { constants: [circle] })), { kind: "read/too-deep" });
  const nested = (depth: number) => {
    let value: Value = [];
    for (let i = 1; i < depth; i++) value = [value];
    return moduleOf([], { constants: [value] });
  };
  assert.equal(decode(encode(nested(deepestNesting))).constants.length, 3);
  assert.throws(() => encode(nested(deepestNesting + 1)), { kind: "read/too-deep" });
});

test("more than the format has room for is refused", () => {
  const many = Array.from({ length: 65_536 }, (_, index) => index);
  assert.throws(() => encode(moduleOf([], { constants: many })), { kind: "module/too-large" });
  const captures = Array.from({ length: 256 }, () => ({ from: "local", index: 0 }) as const);
  assert.throws(() => encode(moduleOf([proto([], { captures })])), { kind: "module/too-large" });
  assert.throws(() => encode(moduleOf([proto([], { slots: 256 })])), { kind: "module/too-large" });
});
