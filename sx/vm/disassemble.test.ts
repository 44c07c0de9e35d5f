// Disassembly: one listing in full, as text; and modules that make no sense, which are shown all the same.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Keyword, SxSymbol } from "../core/values.ts";
import { disassemble, showListing } from "./disassemble.ts";
import { HashReference } from "./module.ts";
import { moduleOf, proto } from "./test/assembler.ts";

const inner = proto([["UPVAL_GET", 0], ["LOCAL_GET", 0], ["CALL_PRIM", 2, 2], ["UPVAL_SET", 0], ["RETURN"]], {
  kind: "function",
  required: 1,
  rest: true,
  slots: 2,
  captures: [
    { from: "local", index: 4 },
    { from: "self", index: 0 },
  ],
});
const component = proto(
  [["CONST", 3], ["LOCAL_SET", 4], ["JUMP_IF_FALSE", 3], ["CLOSURE", 0], ["RETURN"], ["NIL"], ["RETURN"]],
  {
    kind: "component",
    props: [
      { name: 4, type: 5, required: true, fallback: false },
      { name: 5, type: -1, required: false, fallback: true },
    ],
    env: [0],
    attrs: true,
    rest: true,
    slots: 5,
    cells: [4],
  },
);

test("a listing says everything that is in a module", () => {
  const module = moduleOf([inner, component], {
    kind: "component",
    constants: [new SxSymbol("+"), { a: [1] }, "title", "string"],
    dependencies: ["cd".repeat(32)],
    extensions: [{ name: "test_ext", version: 1, base: 220, ops: [{ id: 220, name: "OP_TEST_PUSH_42" }] }],
  });
  assert.deepEqual(showListing(disassemble(module)).split("\n"), [
    "extensions",
    "  test_ext 1: 220 OP_TEST_PUSH_42",
    "",
    "constants",
    '     0  string    "main"',
    "     1  symbol    main",
    "     2  symbol    +",
    "     3  dict      {:a (1)}",
    '     4  string    "title"',
    '     5  string    "string"',
    "",
    "entries",
    "  main  component, proto 1",
    "",
    "proto 0 main: function, 1 or more arguments, 2 slots, captures local:4 self",
    "  0000  UPVAL_GET     0",
    "  0002  LOCAL_GET     0",
    "  0004  CALL_PRIM     2 2       ; +",
    "  0008  UPVAL_SET     0",
    "  0010  RETURN",
    "",
    "proto 1 main: component, props title:string! string=, env main, attrs, children, 5 slots, cells 4",
    "  0000  CONST         3         ; {:a (1)}",
    "  0003  LOCAL_SET     4",
    "  0005  JUMP_IF_FALSE 3         ; to 11",
    "  0008  CLOSURE       0         ; main",
    "  0011  RETURN",
    "  0012  NIL",
    "  0013  RETURN",
    "",
    "dependencies",
    "  cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd",
    "",
  ]);
});

test("a module without sense is shown as it is", () => {
  const module = moduleOf(
    [proto([["CONST", 99], ["CLOSURE", 7], 0x77, ["JUMP", 500], 0x01], { name: 50, env: [1] })],
    {
      constants: [new Keyword("k"), new HashReference("ab".repeat(32), 3), [new SxSymbol("x"), null]],
      entries: [{ name: 9, proto: 4, kind: "macro" }],
      dependencies: ["cd".repeat(32)],
    },
  );
  assert.deepEqual(showListing(disassemble(module)).split("\n"), [
    "constants",
    '     0  string    "main"',
    "     1  symbol    main",
    "     2  keyword   :k",
    "     3  reference @h:abababababababababababababababababababababababababababababababab.3",
    "     4  list      (x nil)",
    "",
    "entries",
    "  constant 9  macro, proto 4",
    "",
    "proto 0 constant 50: block, 0 arguments, env main, 0 slots",
    "  0000  CONST         99        ; no such constant",
    "  0003  CLOSURE       7         ; no such proto",
    "  0006  UNKNOWN_119",
    "  0007  JUMP          500       ; to 510",
    "  0010  CONST",
    "",
    "dependencies",
    "  cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd",
    "",
  ]);
});

test("values are shown shortened, however large they are", () => {
  const module = moduleOf([], {
    constants: ["x".repeat(10_000), Array.from({ length: 10_000 }, () => ["y"])],
  });
  assert.ok(showListing(disassemble(module)).length < 400);
});

test("names with control characters do not reach a terminal", () => {
  const module = moduleOf([proto([["NIL"], ["RETURN"]], { name: 2 })], { constants: ["\u001b[2Jx\n"] });
  assert.match(showListing(disassemble(module)), /^proto 0 �\[2Jx�: block/m);
});
