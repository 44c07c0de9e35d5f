// Extensions: what a registry refuses, what a module and a registry must agree on, and the worked example of
// test-ext.ts on the real machine.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createPrimitives } from "../core/primitives/table.ts";
import { SxSymbol, type Value } from "../core/values.ts";
import { disassemble } from "./disassemble.ts";
import { encode } from "./encode.ts";
import { type Extension, type ExtensionOperation, ExtensionRegistry, extensionRanges } from "./extensions.ts";
import type { Module } from "./module.ts";
import { extensionIds } from "./opcodes.ts";
import { Runtime } from "./runtime.ts";
import { type Line, moduleOf, proto } from "./test/assembler.ts";
import { type TestState, testExt } from "./test-ext.ts";
import { readModule, verify } from "./verify.ts";

const registry = new ExtensionRegistry([testExt]);

function runtimeOf(extensions: ExtensionRegistry): Runtime {
  return new Runtime(createPrimitives(), { print: () => {}, perform: null }, extensions);
}

/** A module that defines `main` as what this code gives, with what it uses declared. */
function valueModule(lines: readonly Line[], extensions: ExtensionRegistry, constants: Value[] = []): Module {
  const protos = [proto([...lines, ["DEFINE", 1], ["RETURN"]])];
  return moduleOf(protos, { kind: "value", constants, extensions: extensions.usesIn(protos) });
}

function mainOf(runtime: Runtime, module: Module): Value {
  return runtime.load(readModule(encode(module), runtime.extensions), () => null).get("main")?.value;
}

test("push, double, return gives 84, and the counter says 2", () => {
  const runtime = runtimeOf(registry);
  assert.equal(mainOf(runtime, valueModule([220, 221], registry)), 84);
  assert.deepEqual(runtime.extensionState("test_ext"), { counter: 2 });
});

test("an extension's state lasts as long as its runtime, and each runtime has its own", () => {
  const [one, other] = [runtimeOf(registry), runtimeOf(registry)];
  mainOf(one, valueModule([220], registry));
  mainOf(one, valueModule([220, 221], registry));
  assert.equal((one.extensionState("test_ext") as TestState).counter, 3); // the example's state
  assert.equal((other.extensionState("test_ext") as TestState).counter, 0); // likewise
  assert.equal(one.extensionState("guest_vm"), undefined);
});

test("an operation's error is an error of the program, which can catch it", () => {
  const runtime = runtimeOf(registry);
  assert.throws(() => mainOf(runtime, valueModule([["TRUE"], 221], registry)), { kind: "call/type" });
  const body = proto([["TRUE"], 221, ["RETURN"]], { name: 0 });
  const handler = proto([["CONST", 3], ["RETURN"]], { required: 1, slots: 1 });
  const main = proto([
    ["CLOSURE", 0],
    ["CLOSURE", 1],
    ["NIL"],
    ["CALL_PRIM", 2, 3],
    ["DEFINE", 1],
    ["RETURN"],
  ]);
  const protos = [body, handler, main];
  const module = moduleOf(protos, {
    kind: "value",
    constants: [new SxSymbol("%try"), "caught"],
    extensions: registry.usesIn(protos),
  });
  assert.equal(mainOf(runtime, module), "caught");
});

/** An extension with one operation that adds a constant and a count, to see operands arrive. */
const adder: Extension<null> = {
  name: "adder",
  version: 3,
  base: 230,
  ops: [
    {
      id: 231,
      name: "OP_ADD",
      operands: ["constant", "count"],
      pops: 1,
      pushes: 2,
      run(machine, [constant = 0, count = 0]) {
        machine.push([machine.pop(), machine.constant(constant), count]);
        machine.push(count);
      },
    },
  ],
  initState: () => null,
};

test("operands arrive as they stand in the code, and several extensions work side by side", () => {
  const both = new ExtensionRegistry([adder, testExt]);
  const lines: Line[] = [220, 231, 0, 2, 200, ["LIST", 2]];
  const module = valueModule(lines, both, ["told"]);
  assert.deepEqual(mainOf(runtimeOf(both), module), [[42, "told", 200], 200]);
  assert.deepEqual(
    module.extensions?.map(({ name }) => name),
    ["test_ext", "adder"],
  );
});

test("all 24 bits of operands are told apart", () => {
  let seen: readonly number[] = [];
  const watcher = extensionWith({
    operands: ["count", "constant"],
    pops: 0,
    pushes: 1,
    run(machine, operands) {
      seen = operands;
      machine.push(null);
    },
  });
  const extensions = new ExtensionRegistry([watcher]);
  mainOf(runtimeOf(extensions), valueModule([240, 255, 0, 2], extensions, ["x"]));
  assert.deepEqual(seen, [255, 2]);
});

function extensionWith(
  operation: Partial<ExtensionOperation<null>>,
  more: Partial<Extension<null>> = {},
): Extension<null> {
  const whole = { id: 240, name: "OP", operands: [], pops: 0, pushes: 0, run() {}, ...operation };
  return { name: "watcher", version: 1, base: 240, ops: [whole], initState: () => null, ...more };
}

const promises: readonly (readonly [what: string, operation: Partial<ExtensionOperation<null>>])[] = [
  ["pops more than it says", { pops: 1, pushes: 1, run: (m) => m.push([m.pop(), m.pop()]) }],
  ["pops less than it says", { pops: 1, pushes: 1, run: (m) => m.push(1) }],
  ["pushes nothing", { pops: 1, pushes: 1, run: (m) => void m.pop() }],
];
for (const [what, operation] of promises) {
  test(`an operation that ${what} is stopped`, () => {
    const extensions = new ExtensionRegistry([extensionWith(operation)]);
    const module = valueModule([["NIL"], ["NIL"], 240, ["LIST", 2]], extensions);
    assert.throws(() => mainOf(runtimeOf(extensions), module), { kind: "extension/broken-promise" });
  });
}

test("the ranges are the extensions' ids, without gaps", () => {
  let next: number = extensionIds.first;
  for (const { first, last } of extensionRanges) {
    assert.equal(first, next);
    next = last + 1;
  }
  assert.equal(next, extensionIds.last + 1);
});

const refused: readonly (readonly [what: string, kind: string, extensions: readonly Extension<unknown>[]])[] =
  [
    ["a base below all ranges", "extension/outside-range", [extensionWith({}, { base: 199 })]],
    ["a base above all ranges", "extension/outside-range", [extensionWith({}, { base: 248 })]],
    ["a base that is no whole number", "extension/outside-range", [extensionWith({}, { base: 209.5 })]],
    ["an id below its base", "extension/outside-range", [extensionWith({ id: 239 })]],
    ["an id in the next range", "extension/outside-range", [extensionWith({ id: 210 }, { base: 200 })]],
    ["an id of the language", "extension/outside-range", [extensionWith({ id: 1 })]],
    ["version 0", "extension/outside-range", [extensionWith({}, { version: 0 })]],
    ["an id twice", "extension/duplicate", [extensionWith({}), extensionWith({}, { name: "other" })]],
    ["a name twice", "extension/duplicate", [extensionWith({}), extensionWith({ id: 241 })]],
    [
      "an operation's name twice",
      "extension/duplicate",
      [
        extensionWith(
          {},
          { ops: [240, 241].map((id) => ({ id, name: "OP", operands: [], pops: 0, pushes: 0, run() {} })) },
        ),
      ],
    ],
    ["a name with a dot", "extension/bad-name", [extensionWith({}, { name: "a.b" })]],
    ["an operation without a name", "extension/bad-name", [extensionWith({ name: "" })]],
    [
      "four bytes of operands",
      "extension/bad-operation",
      [extensionWith({ operands: ["constant", "constant"] })],
    ],
    ["less than nothing popped", "extension/bad-operation", [extensionWith({ pops: -1 })]],
    ["half a value pushed", "extension/bad-operation", [extensionWith({ pushes: 0.5 })]],
  ];
for (const [what, kind, extensions] of refused) {
  test(`${what} is refused at registration as ${kind}`, () => {
    assert.throws(() => new ExtensionRegistry(extensions), { kind });
  });
}

test("a module runs only with the extensions it was compiled for", () => {
  const bytes = encode(valueModule([220], registry));
  const others: Readonly<Record<string, readonly Extension<unknown>[]>> = {
    "none at all": [],
    "another version": [{ ...testExt, version: 2 }],
    "another base": [{ ...testExt, base: 221, ops: testExt.ops.slice(1) }],
    "another name for the id": [
      { ...testExt, ops: testExt.ops.map((op) => ({ ...op, name: `${op.name}_2` })) },
    ],
    "the operations exchanged": [
      { ...testExt, ops: testExt.ops.map((op) => ({ ...op, id: op.id === 220 ? 221 : 220 })) },
    ],
    "the id in another extension": [{ ...testExt, name: "other" }],
  };
  for (const [what, extensions] of Object.entries(others))
    assert.throws(
      () => readModule(bytes, new ExtensionRegistry(extensions)),
      { kind: "module/bad-extension" },
      what,
    );
  readModule(bytes, new ExtensionRegistry([{ ...testExt, ops: testExt.ops.slice(0, 1) }]));
});

test("an error of extensions says what the module wants and what is here", () => {
  const bytes = encode(valueModule([220], registry));
  const exchanged = { ...testExt, ops: testExt.ops.slice(1).map((op) => ({ ...op, id: 220 })) };
  assert.throws(() => readModule(bytes, new ExtensionRegistry([exchanged])), {
    message:
      'this module needs the extension "test_ext", with OP_TEST_PUSH_42 as 220, and here 220 is test_ext.OP_TEST_DOUBLE_TOS',
  });
});

test("disassembly names an operation, and falls back to its number", () => {
  const module = valueModule([220], registry);
  const names = (listing: ReturnType<typeof disassemble>) => listing.protos[0]?.code.map(({ name }) => name);
  assert.deepEqual(names(disassemble(module, registry)), ["test_ext.OP_TEST_PUSH_42", "DEFINE", "RETURN"]);
  const unknown = disassemble(module).protos[0]?.code[0];
  assert.deepEqual(unknown, {
    offset: 0,
    name: "UNKNOWN_220",
    operands: [],
    meaning: "test_ext.OP_TEST_PUSH_42",
  });
});

test("what an operation leaves on the stack is what the verifier believes", () => {
  assert.throws(() => verify(valueModule([221], registry), registry), { kind: "module/bad-stack" });
});
