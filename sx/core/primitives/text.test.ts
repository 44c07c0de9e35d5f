// What text promises: positions are code points, searches are literal, sizes are bounded.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Markup, SxSymbol, TrustedUrl, type Value } from "../values.ts";
import { createPrimitives } from "./table.ts";

const table = createPrimitives();
const call = (name: string, ...args: Value[]) => table.get(name)!.call(...args);

test("str joins display forms", () => {
  assert.equal(call("str"), "");
  assert.equal(call("str", "a", 1, null, undefined, true, -0, 1.5), "a1true01.5");
  assert.equal(call("str", [1, "a"], new SxSymbol("x")), '(1 "a")x');
  assert.equal(call("str", { a: 1 }), "{:a 1}");
});

test("markup, functions and trusted URLs do not turn into text", () => {
  for (const value of [new Markup("<b>"), () => 1, new TrustedUrl("/x")]) {
    assert.throws(() => call("str", "a", value), { kind: "call/type" });
    assert.throws(() => call("join", [value], ","), { kind: "call/type" });
  }
});

test("capitals and small letters need no locale", () => {
  assert.equal(call("upper", "straße"), "STRASSE");
  assert.equal(call("lower", "ÀÉ"), "àé");
});

test("trimming takes Unicode white space", () => {
  assert.equal(call("trim", "\u00a0 a b\n"), "a b");
  assert.equal(call("trim-start", " a "), "a ");
  assert.equal(call("trim-end", " a "), " a");
});

test("split is literal, and an empty separator keeps surrogate pairs whole", () => {
  assert.deepEqual(call("split", "a.b.c", "."), ["a", "b", "c"]);
  assert.deepEqual(call("split", "", ","), [""]);
  assert.deepEqual(call("split", "a😀b", ""), ["a", "😀", "b"]);
  assert.deepEqual(call("split", "", ""), []);
});

test("join undoes split", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (s, separator) => {
      assert.equal(call("join", call("split", s, separator), separator), s);
    }),
  );
  assert.equal(call("join", [1, null, "b"]), "1b");
  assert.equal(call("join", null, ","), "");
});

test("replace takes every occurrence literally", () => {
  assert.equal(call("replace", "a.b.c", ".", "-"), "a-b-c");
  assert.equal(call("replace", "aaa", "a", "$&$1"), "$&$1$&$1$&$1");
  assert.equal(call("replace", "😀", "", "x"), "😀");
  assert.throws(() => call("replace", "a".repeat(10_000), "a", "b".repeat(10_000)), { kind: "call/type" });
});

test("searching", () => {
  assert.equal(call("starts-with?", "abc", "ab"), true);
  assert.equal(call("ends-with?", "abc", "ab"), false);
  assert.equal(call("includes?", "abc", ""), true);
  assert.equal(call("index-of", "😀b😀b", "b"), 1);
  assert.equal(call("index-of", "😀b😀b", "b", 2), 3);
  assert.equal(call("index-of", "abc", "a", -5), 0);
  assert.equal(call("index-of", "abc", "x"), null);
});

test("substring counts code points and brings positions inside", () => {
  assert.equal(call("substring", "a😀b😀", 1, 3), "😀b");
  assert.equal(call("substring", "abc", 1), "bc");
  assert.equal(call("substring", "abc", -2), "bc");
  assert.equal(call("substring", "abc", 2, 1), "");
  assert.equal(call("substring", "abc", 0, 99), "abc");
  assert.throws(() => call("substring", "abc", 0.5), { kind: "call/type" });
});

test("substring agrees with cutting a list of characters", () => {
  const position = fc.integer({ min: -12, max: 12 });
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 10 }), position, position, (s, start, end) => {
      assert.equal(call("substring", s, start, end), [...s].slice(start, end).join(""));
      assert.equal(call("string-length", s), [...s].length);
    }),
  );
});

test("padding brings text to a width in code points", () => {
  assert.equal(call("pad-start", "7", 3, "0"), "007");
  assert.equal(call("pad-end", "a", 4, "😀x"), "a😀x😀");
  assert.equal(call("pad-start", "abc", 2), "abc");
  assert.throws(() => call("pad-start", "a", 5, ""), { kind: "call/type" });
  assert.throws(() => call("pad-end", "a", 10_000_001), { kind: "call/type" });
});

test("repeat is bounded", () => {
  assert.equal(call("repeat", "ab", 3), "ababab");
  assert.equal(call("repeat", "ab", 0), "");
  assert.equal(call("repeat", "ab", -1), "");
  assert.equal(call("repeat", "", 1e15), "");
  assert.throws(() => call("repeat", "ab", 5_000_001), { kind: "call/type" });
});

test("characters and their numbers", () => {
  assert.equal(call("char-code", "A"), 65);
  assert.equal(call("char-code", "a😀", 1), 0x1f600);
  assert.throws(() => call("char-code", ""), { kind: "index/out-of-range" });
  assert.throws(() => call("char-code", "😀", 1), { kind: "index/out-of-range" });
  assert.throws(() => call("char-code", "a", -1), { kind: "index/out-of-range" });
  assert.equal(call("from-char-code", 65, 0x1f600), "A😀");
  assert.equal(call("from-char-code"), "");
  for (const bad of [-1, 0xd800, 0xdfff, 0x110000, 1.5]) {
    assert.throws(() => call("from-char-code", bad), { kind: "call/type" });
  }
});
