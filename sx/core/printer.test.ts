// The printer: law L1 (what is written reads back as what it was) over generated data, and the one
// canonical text of each value.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { equal } from "./equality.ts";
import { SxError } from "./errors.ts";
import { deepestNesting } from "./form.ts";
import { write } from "./printer.ts";
import { read } from "./reader.ts";
import { isKeywordName, isSymbolName } from "./token.ts";
import { Component, Condition, Keyword, Markup, SxSymbol, TrustedUrl, type Value } from "./values.ts";

const text = fc.oneof(
  fc.string({ unit: "binary" }).filter((string) => string.isWellFormed()),
  fc.string({
    unit: fc.constantFrom(
      "a",
      '"',
      "\\",
      "\n",
      "\r",
      "\t",
      "\0",
      "\u007f",
      "\u0085",
      "\u2028",
      "😀",
      ";",
      "#|",
      "(",
      " ",
    ),
  }),
);
const name = fc.oneof(
  fc.constantFrom("a", "->", "x#", "~card", "html:map", "...", "é", "-1", "1a", "nil", "#a", ":a", "a b", ""),
  text,
);
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.constantFrom(
    -0,
    2 ** 53,
    -(2 ** 53),
    2 ** 60,
    1e21,
    1e22,
    5e-324,
    Number.MAX_VALUE,
    Number.MAX_SAFE_INTEGER,
  ),
);
const { datum } = fc.letrec<{ datum: Value }>((tie) => ({
  datum: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(null, true, false),
    number,
    text,
    name.filter(isSymbolName).map((symbol) => new SxSymbol(symbol)),
    name.filter(isKeywordName).map((keyword) => new Keyword(keyword)),
    fc.array(tie("datum"), { maxLength: 5 }),
    fc
      .dictionary(
        name.filter((key) => key !== "__proto__"),
        tie("datum"),
        { maxKeys: 5 },
      )
      .map((dict) => ({ ...dict })),
  ),
}));

test("L1: data read from its own text is equal to what was written", () => {
  fc.assert(
    fc.property(datum, (value) => equal(read(write(value)), value)),
    { numRuns: 1500 },
  );
});

test("writing what was read gives the same text again, key order included", () => {
  fc.assert(
    fc.property(datum, (value) => write(read(write(value))) === write(value)),
    { numRuns: 500 },
  );
});

test("different strings have different texts, and no text holds a control character", () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      assert.equal(write(a) === write(b), a === b);
      assert.doesNotMatch(write(a), /\p{Cc}/u);
    }),
  );
});

test("a name is written bare exactly where it reads back as that name", () => {
  fc.assert(
    fc.property(name, (candidate) => {
      const bare = (written: string) => {
        try {
          return read(written);
        } catch {
          return null;
        }
      };
      assert.equal(isSymbolName(candidate), equal(bare(candidate), new SxSymbol(candidate)));
      assert.equal(isKeywordName(candidate), equal(bare(`:${candidate}`), new Keyword(candidate)));
    }),
    { numRuns: 1000 },
  );
});

test("each value has its one text", () => {
  const texts: [Value, string][] = [
    [null, "nil"],
    [undefined, "nil"],
    [true, "true"],
    [-0, "0"],
    [1.5, "1.5"],
    [1e21, "1e+21"],
    [2 ** 60, "1.152921504606847e+18"],
    ['say "hi"\\\n\r\t\u0001\u007f\u00a0é😀', `${String.raw`"say \"hi\"\\\n\r\t\u{1}\u{7f}`}\u00a0é😀"`],
    [new Keyword("title"), ":title"],
    [[], "()"],
    [{}, "{}"],
    [[1, [2, []], {}], "(1 (2 ()) {})"],
    [read("'(a ,b)"), "(quote (a (unquote b)))"],
    [
      { a: 1, "b c": [2], "": 3, "1": 4, "x:y": { ":z": null } },
      '{:1 4 :a 1 "b c" (2) "" 3 :x:y {":z" nil}}',
    ],
  ];
  for (const [value, written] of texts) assert.equal(write(value), written);
});

test("what cannot be read is written so that the reader refuses it", () => {
  const opaque: [Value, string][] = [
    [function shout() {}, "#<function>"],
    [(() => () => {})(), "#<function>"],
    [new Component("~card", () => ""), "#<component ~card>"],
    [new Markup("<b>secret</b>"), "#<markup>"],
    [new TrustedUrl("/x"), "#<trusted-url>"],
    [new Condition("a/b", "m"), "#<condition>"],
    [new Date(0), "#<host Date>"],
    [Number.NaN, "#<number NaN>"],
    [Number.NEGATIVE_INFINITY, "#<number -Infinity>"],
    [new SxSymbol("a b"), '#<symbol "a b">'],
    [new SxSymbol("nil"), '#<symbol "nil">'],
    [new Keyword(""), '#<keyword "">'],
    ["\ud800", String.raw`#<string "\u{d800}">`],
  ];
  for (const [value, written] of opaque) {
    assert.equal(write(value), written);
    assert.throws(() => read(write([value])), { kind: "read/bad-token" }, written);
  }
});

test("data that holds itself is refused, data that is only shared is not", () => {
  const list: Value[] = [1];
  list.push({ inner: list });
  assert.throws(() => write(list), { kind: "write/cyclic" });
  const shared = [1];
  assert.equal(write([shared, shared]), "((1) (1))");
});

test("data is written as deep as the reader reads it, and no deeper", () => {
  let deep: Value = [];
  for (let i = 1; i < deepestNesting; i++) deep = i % 2 ? [deep] : { a: deep };
  assert.equal(write(read(write(deep))), write(deep));
  assert.throws(
    () => write([deep]),
    (error) => error instanceof SxError && error.kind === "write/too-deep",
  );
});
