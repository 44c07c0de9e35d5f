// The verifier: what the compiler makes passes (../modules.test.ts asks that of the whole corpus), and each kind of
// mistake is refused with its kind and its place.

import assert from "node:assert/strict";
import { test } from "node:test";
import { SxError } from "../core/errors.ts";
import { SxSymbol, type Value } from "../core/values.ts";
import { ExtensionRegistry } from "./extensions.ts";
import { HashReference, type Module, type Proto } from "./module.ts";
import { type Line, moduleOf, proto } from "./test/assembler.ts";
import { testExt } from "./test-ext.ts";
import { verify } from "./verify.ts";

const name = new SxSymbol("f");
const reference = new HashReference("0".repeat(64), 0);
const extensions = [{ name: "test_ext", version: 1, base: 220, ops: [{ id: 220, name: "OP_TEST_PUSH_42" }] }];

/** A module of one block. Its pool: "main", main, f, a reference. */
function block(lines: readonly Line[], more: Partial<Proto> = {}, rest: Partial<Module> = {}): Module {
  return moduleOf([proto(lines, more)], {
    constants: [name, reference],
    ...rest,
  });
}

/** A module of a block that makes a closure of an inner function. */
function nest(
  inner: Partial<Proto>,
  innerLines: readonly Line[],
  outer: Partial<Proto>,
  outerLines: readonly Line[],
): Module {
  return moduleOf([proto(innerLines, { kind: "function", ...inner }), proto(outerLines, outer)]);
}

const give: readonly Line[] = [["NIL"], ["RETURN"]];

const sound: Readonly<Record<string, Module>> = {
  "two ways that meet": block([["TRUE"], ["JUMP_IF_FALSE", 4], ["NIL"], ["JUMP", 1], ["TRUE"], ["RETURN"]]),
  "a jump over nothing": block([["NIL"], ["JUMP", 0], ["RETURN"]]),
  "a slot that both ways set": block(
    [
      ["TRUE"],
      ["JUMP_IF_FALSE", 6],
      ["NIL"],
      ["LOCAL_SET", 0],
      ["JUMP", 3],
      ["TRUE"],
      ["LOCAL_SET", 0],
      ["POP"],
      ["LOCAL_GET", 0],
      ["RETURN"],
    ],
    { slots: 1 },
  ),
  "a shared cell": nest(
    { captures: [{ from: "local", index: 0 }] },
    [["NIL"], ["UPVAL_SET", 0], ["RETURN"]],
    { slots: 1, cells: [0] },
    [["NIL"], ["LOCAL_SET", 0], ["POP"], ["CLOSURE", 0], ["RETURN"]],
  ),
  "a global by its hash": block([["GLOBAL_GET", 3], ["RETURN"]]),
};

for (const [what, module] of Object.entries(sound)) test(`${what} is accepted`, () => verify(module));

test("an operation of an extension is accepted where it is declared and registered", () => {
  const lines: Line[] = [220, ["RETURN"]];
  verify(block(lines, {}, { extensions }), new ExtensionRegistry([testExt]));
});

type Broken = readonly [what: string, kind: string, module: Module, offset?: number];

const broken: readonly Broken[] = [
  ["an unknown opcode", "module/unknown-opcode", block([["NIL"], 0x77]), 1],
  ["an extension's opcode that nobody registered", "module/unknown-opcode", block([220, ["RETURN"]]), 0],
  ["operands past the end of the code", "module/cut-instruction", block([["NIL"], 0x01, 0]), 1],
  ["a constant that is not there", "module/bad-operand", block([["CONST", 4], ["RETURN"]]), 0],
  ["a slot that is not there", "module/bad-operand", block([["LOCAL_GET", 1], ["RETURN"]], { slots: 1 }), 0],
  ["a captured variable that is not there", "module/bad-operand", block([["UPVAL_GET", 0], ["RETURN"]]), 0],
  ["a proto that is not there", "module/bad-operand", block([["CLOSURE", 9], ["RETURN"]]), 0],
  [
    "a capture of a slot that is not there",
    "module/bad-operand",
    nest({ captures: [{ from: "local", index: 1 }] }, give, { slots: 1 }, [["CLOSURE", 0], ["RETURN"]]),
    0,
  ],
  [
    "a capture of a captured variable that is not there",
    "module/bad-operand",
    nest({ captures: [{ from: "upvalue", index: 0 }] }, give, {}, [["CLOSURE", 0], ["RETURN"]]),
    0,
  ],
  ["a global that is named by a string", "module/wrong-constant", block([["GLOBAL_GET", 0], ["RETURN"]]), 0],
  ["an assignment to a hash", "module/wrong-constant", block([["NIL"], ["GLOBAL_SET", 3], ["RETURN"]]), 1],
  ["a definition of a string", "module/wrong-constant", block([["NIL"], ["DEFINE", 0], ["RETURN"]]), 1],
  ["a call of a string", "module/wrong-constant", block([["CALL_PRIM", 0, 0], ["RETURN"]]), 0],
  ["a hash as a value", "module/wrong-constant", block([["CONST", 3], ["RETURN"]]), 0],
  ["a jump past the end", "module/bad-jump", block([["JUMP", 9], ["NIL"], ["RETURN"]]), 0],
  ["a jump to the end", "module/bad-jump", block([["TRUE"], ["JUMP_IF_TRUE", 2], ["NIL"], ["RETURN"]]), 1],
  [
    "a jump into an instruction",
    "module/bad-jump",
    block([["TRUE"], ["JUMP_IF_TRUE", 1], ["CONST", 0], ["RETURN"]]),
    4,
  ],
  ["too little on the stack", "module/bad-stack", block([["NIL"], ["CALL", 1], ["RETURN"]]), 1],
  ["a dict without its values", "module/bad-stack", block([["NIL"], ["DICT", 1], ["RETURN"]]), 1],
  ["RETURN with more than its value", "module/bad-stack", block([["NIL"], ["NIL"], ["RETURN"]]), 2],
  [
    "TAIL_CALL with more than its arguments",
    "module/bad-stack",
    block([["NIL"], ["NIL"], ["TAIL_CALL", 0]]),
    2,
  ],
  [
    "two ways that meet with different depths",
    "module/bad-stack",
    block([["TRUE"], ["JUMP_IF_FALSE", 1], ["NIL"], ["NIL"], ["RETURN"]]),
    5,
  ],
  [
    "two jumps that arrive with different depths",
    "module/bad-stack",
    block([["TRUE"], ["JUMP_IF_FALSE", 5], ["NIL"], ["TRUE"], ["JUMP_IF_FALSE", 0], ["NIL"], ["RETURN"]]),
    6,
  ],
  ["code without an end", "module/open-end", block([["NIL"]]), 1],
  ["no code", "module/open-end", block([]), 0],
  ["code that nothing leads to", "module/dead-code", block([["NIL"], ["RETURN"], ["NIL"], ["RETURN"]]), 2],
  [
    "a slot that was never set",
    "module/bad-variable",
    block([["LOCAL_GET", 0], ["RETURN"]], { slots: 1 }),
    0,
  ],
  [
    "a slot that one way does not set",
    "module/bad-variable",
    block(
      [["TRUE"], ["JUMP_IF_FALSE", 4], ["NIL"], ["LOCAL_SET", 0], ["POP"], ["LOCAL_GET", 0], ["RETURN"]],
      { slots: 1 },
    ),
    8,
  ],
  [
    "a capture of a slot that was never set",
    "module/bad-variable",
    nest({ captures: [{ from: "local", index: 0 }] }, give, { slots: 1 }, [["CLOSURE", 0], ["RETURN"]]),
    0,
  ],
  [
    "a cell that one way has and the other writes to",
    "module/bad-variable",
    block(
      [
        ["TRUE"],
        ["JUMP_IF_FALSE", 6],
        ["NIL"],
        ["LOCAL_SET", 0],
        ["JUMP", 3],
        ["NIL"],
        ["LOCAL_SET", 0],
        ["RETURN"],
      ],
      { slots: 1, cells: [0] },
    ),
    11,
  ],
  [
    "an assignment to a captured variable without a cell",
    "module/bad-variable",
    nest({ captures: [{ from: "local", index: 0 }] }, [["NIL"], ["UPVAL_SET", 0], ["RETURN"]], { slots: 1 }, [
      ["NIL"],
      ["LOCAL_SET", 0],
      ["POP"],
      ["CLOSURE", 0],
      ["RETURN"],
    ]),
    1,
  ],
  ["a name that is no string", "module/bad-proto", block(give, { name: 1 })],
  [
    "more parameters than slots",
    "module/bad-proto",
    nest({ required: 2, slots: 1 }, give, {}, [["CLOSURE", 0], ["RETURN"]]),
  ],
  ["a cell that is no slot", "module/bad-proto", block(give, { slots: 1, cells: [1] })],
  ["cells out of order", "module/bad-proto", block(give, { slots: 2, cells: [1, 0] })],
  ["a block with props", "module/bad-proto", block(give, { attrs: true, slots: 1 })],
  [
    "two props of one name",
    "module/bad-proto",
    moduleOf(
      [
        proto(give, {
          kind: "component",
          slots: 2,
          props: [0, 0].map((at) => ({ name: at, type: -1, required: false, fallback: false })),
        }),
      ],
      { kind: "component" },
    ),
  ],
  [
    "a component with arguments in order",
    "module/bad-proto",
    moduleOf([proto(give, { kind: "component", required: 1, slots: 1 })], { kind: "component" }),
  ],
  ["a closure of itself", "module/bad-proto", block([["CLOSURE", 0], ["RETURN"]])],
  [
    "a closure of a component",
    "module/bad-proto",
    nest({ kind: "component" }, give, {}, [["CLOSURE", 0], ["RETURN"]]),
  ],
  [
    "a closure made in two places",
    "module/bad-proto",
    nest({}, give, {}, [["CLOSURE", 0], ["POP"], ["CLOSURE", 0], ["RETURN"]]),
  ],
  ["a proto that nothing uses", "module/bad-proto", nest({}, give, {}, give)],
  [
    "an entry named by a string",
    "module/bad-entry",
    block(give, {}, { entries: [{ name: 0, proto: 0, kind: "value" }] }),
  ],
  [
    "an entry without its proto",
    "module/bad-entry",
    block(give, {}, { entries: [{ name: 1, proto: 1, kind: "value" }] }),
  ],
  [
    "a function made of a block",
    "module/bad-entry",
    block(give, {}, { entries: [{ name: 1, proto: 0, kind: "function" }] }),
  ],
  ["an entry that captures", "module/bad-entry", block(give, { captures: [{ from: "local", index: 0 }] })],
  ["an entry that takes arguments", "module/bad-entry", block(give, { required: 1, slots: 1 })],
  [
    "two entries of one name",
    "module/bad-entry",
    moduleOf([proto(give), proto(give)], {
      entries: [0, 1].map((at) => ({ name: 1, proto: at, kind: "value" as const })),
    }),
  ],
  [
    "two entries of one proto",
    "module/bad-entry",
    block(give, {}, { entries: [1, 2].map((at) => ({ name: at, proto: 0, kind: "value" as const })) }),
  ],
  ["an extension that is not registered", "module/bad-extension", block(give, {}, { extensions })],
];

/** A block that pushes some things, for a function of the machine that is the constant after them. */
function call(
  name: string,
  pushes: readonly Line[],
  count: number,
  constants: readonly Value[] = [],
): Module {
  const lines: Line[] = [...pushes, ["CALL_PRIM", 2, count], ["RETURN"]];
  return moduleOf([proto(lines)], { constants: [new SxSymbol(name), ...constants] });
}

/** The same, with a closure of an inner proto among what is pushed. */
function callWith(inner: Partial<Proto>, name: string, pushes: readonly Line[], count: number): Module {
  const lines: Line[] = [...pushes, ["CALL_PRIM", 2, count], ["RETURN"]];
  return moduleOf([proto(give, inner), proto(lines)], { constants: [new SxSymbol(name)] });
}

const begin: Line = ["CALL_PRIM", 2, 0];
const making = [new SxSymbol("%fragment"), new SxSymbol("%child"), new SxSymbol("%markup")];
const element = ["%open", "%attribute", "%content", "%leave", "%markup"].map((each) => new SxSymbol(each));

/** What the machine would rely on and find otherwise. */
const misused: Readonly<Record<string, Module>> = {
  "a try of what is no block": call("%try", [["TRUE"], ["TRUE"], ["TRUE"]], 3),
  "a try with neither handler nor cleanup": callWith({}, "%try", [["CLOSURE", 0], ["NIL"], ["NIL"]], 3),
  "a try of a function": callWith({ kind: "function" }, "%try", [["CLOSURE", 0], ["NIL"], ["NIL"]], 3),
  "a handler that takes nothing": callWith({}, "%try", [["NIL"], ["CLOSURE", 0], ["NIL"]], 3),
  "a block as a value": callWith({}, "list", [["CLOSURE", 0]], 1),
  "a prompt without its body": call("%prompt", [["NIL"], ["NIL"]], 2),
  "a capture without its body": call("%capture", [["NIL"], ["NIL"]], 2),
  "a provide without its body": call("%provide", [["NIL"], ["NIL"], ["NIL"]], 3),
  "an effect whose arguments are no list": call("%perform", [["NIL"], ["NIL"]], 2),
  "a component without names": call("%component", [["NIL"], ["LIST", 0], ["NIL"]], 3),
  "a component with a prop __proto__": call("%component", [["NIL"], ["NIL"], ["LIST", 0], ["CONST", 3]], 4, [
    ["__proto__"],
  ]),
  "more props than names": call("%component", [["NIL"], ["NIL"], ["LIST", 0], ["CONST", 3]], 4, [[]]),
  "a function of the machine that is none": call("%eval", [["NIL"]], 1),
  "a function of the machine with too few arguments": call("%context", [], 0),
  "markup made of a value": call("%markup", [["NIL"]], 1),
  "markup in the making as a value": moduleOf([proto([begin, ["RETURN"]])], { constants: making }),
  "markup in the making twice": moduleOf(
    [proto([begin, ["DUP"], ["CALL_PRIM", 3, 2], ["CALL_PRIM", 4, 1], ["RETURN"]])],
    { constants: making },
  ),
  "an element of no known name": call("%open", [["CONST", 3]], 1, ["img onerror=alert(1)"]),
  "an element that is not left": moduleOf(
    [proto([["CONST", 7], ["CALL_PRIM", 2, 1], ["CALL_PRIM", 4, 1], ["CALL_PRIM", 6, 1], ["RETURN"]])],
    { constants: [...element, "p"] },
  ),
  "an element that is left by another name": moduleOf(
    [
      proto([
        ["CONST", 7],
        ["CALL_PRIM", 2, 1],
        ["CALL_PRIM", 4, 1],
        ["CONST", 8],
        ["CALL_PRIM", 5, 2],
        ["CALL_PRIM", 6, 1],
        ["RETURN"],
      ]),
    ],
    { constants: [...element, "p", "div"] },
  ),
  "an attribute that would run": moduleOf(
    [
      proto([
        ["CONST", 7],
        ["CALL_PRIM", 2, 1],
        ["CONST", 8],
        ["CONST", 7],
        ["CONST", 8],
        ["CALL_PRIM", 3, 4],
        ["CALL_PRIM", 4, 1],
        ["CONST", 7],
        ["CALL_PRIM", 5, 2],
        ["CALL_PRIM", 6, 1],
        ["RETURN"],
      ]),
    ],
    { constants: [...element, "p", "onclick"] },
  ),
  "a dict with a key that is no text": moduleOf([proto([["NIL"], ["NIL"], ["DICT", 1], ["RETURN"]])]),
  "a dict with the key __proto__": moduleOf([proto([["CONST", 2], ["NIL"], ["DICT", 1], ["RETURN"]])], {
    constants: ["__proto__"],
  }),
  "a function that one way calls and the other drops": block([
    ["GLOBAL_GET", 2],
    ["TRUE"],
    ["JUMP_IF_FALSE", 3],
    ["CALL", 0],
    ["RETURN"],
    ["POP"],
    ["NIL"],
    ["RETURN"],
  ]),
};

for (const [what, module] of Object.entries(misused))
  test(`${what} is refused`, () => assert.throws(() => verify(module), { kind: "module/bad-use" }));

test("a block that could call itself is refused, since nothing would count how deep", () => {
  const inner = { captures: [{ from: "self", index: 0 }] } as const;
  const module = callWith(inner, "%prompt", [["NIL"], ["CLOSURE", 0]], 2);
  assert.throws(() => verify(module), { kind: "module/bad-proto" });
});

test("a function that would take room without measure for each call is refused", () => {
  const pushing = (count: number): Module =>
    block([
      ...Array.from({ length: count }, (): Line => ["NIL"]),
      ...Array.from({ length: count - 1 }, (): Line => ["POP"]),
      ["RETURN"],
    ]);
  verify(pushing(2048));
  assert.throws(() => verify(pushing(2049)), { kind: "module/bad-stack" });
});

for (const [what, kind, module, offset] of broken) {
  test(`${what} is refused as ${kind}`, () => {
    assert.throws(
      () => verify(module),
      (error) => {
        assert.ok(error instanceof SxError);
        assert.equal(error.kind, kind, error.message);
        if (offset !== undefined)
          assert.match(error.message, new RegExp(`^proto \\d+ "main" at ${offset}: `));
        return true;
      },
    );
  });
}

test("an extension's opcode that the module does not declare is refused", () => {
  const module = block([220, ["RETURN"]]);
  assert.throws(() => verify(module, new ExtensionRegistry([testExt])), { kind: "module/unknown-opcode" });
});

test("functions nested deeper than a loader goes are refused", () => {
  const tower = (height: number): Module => {
    const inner = proto(give, { kind: "function" });
    const around = (at: number) =>
      proto([["CLOSURE", at], ["RETURN"]], { kind: at === height - 1 ? "block" : "function" });
    return moduleOf([inner, ...Array.from({ length: height }, (_, at) => around(at))]);
  };
  verify(tower(500));
  assert.throws(() => verify(tower(501)), { kind: "module/bad-proto" });
});
