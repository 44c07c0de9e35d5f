// Errors as people see them: the exact text of a dozen of them, carets that stand where they should, and
// suggestions that help. Every kind of the table is made once from sample details.

import assert from "node:assert/strict";
import { test } from "node:test";
import { describe, type ErrorDetails, type ErrorKind, kinds } from "./error-kinds.ts";
import { explain, fromCondition, SxError, suggest, sxError, toCondition } from "./errors.ts";
import { readForms } from "./reader.ts";
import { Source, type Span } from "./source.ts";
import { Component, Condition, Keyword, Markup, SxSymbol } from "./values.ts";

const samples: { [K in ErrorKind]: ErrorDetails<K> } = {
  "read/unexpected-close": { closer: ")", after: null },
  "read/unclosed": { opener: "(", closer: ")" },
  "read/mismatched-close": { opener: "(", closer: "]", expected: ")", line: 1, column: 2 },
  "read/unclosed-string": {},
  "read/unclosed-comment": {},
  "read/bad-escape": { escape: "\\q" },
  "read/bad-number": { token: "1x", reason: "malformed" },
  "read/bad-keyword": { token: ":" },
  "read/bad-token": { token: "#x", invisible: null },
  "read/bad-dict-key": { found: "(a)" },
  "read/duplicate-key": { key: "a" },
  "read/odd-dict": { count: 3 },
  "read/lone-surrogate": {},
  "read/too-deep": { limit: 4000 },
  "read/empty": {},
  "read/extra": {},
  "write/too-deep": { limit: 4000 },
  "write/cyclic": {},
  "syntax/bad-form": { form: "if", shape: "(if test then else)", found: "1 part" },
  "syntax/bad-parameter": { owner: "greet", expected: "a name", found: "5" },
  "syntax/unquote-outside": { form: "unquote" },
  "syntax/else-not-last": { form: "cond" },
  "syntax/definition-inside": { form: "defcomp" },
  "name/unbound": { name: "frist", suggestion: "first" },
  "name/duplicate": { name: "greet", where: "this library" },
  "name/reserved": { name: "if" },
  "name/tag": { name: "table" },
  "name/uninitialised": { name: "total" },
  "name/not-assignable": { name: "first", what: "primitive" },
  "macro/unhygienic": { name: "tmp" },
  "macro/failed": { macro: "unless", reason: "no" },
  "macro/too-deep": { macro: "again", limit: 200 },
  "call/arity": { name: "greet", expected: "1 to 2", found: 3 },
  "call/not-callable": { found: [1] },
  "call/type": { primitive: "upper", argument: "text", expected: "a string", found: 5 },
  "arith/zero-div": { name: "/" },
  "arith/not-finite": { name: "*" },
  "index/out-of-range": { name: "nth", index: 3, length: 2 },
  "dict/bad-key": { key: "nil" },
  "stack/too-deep": { limit: 10_000 },
  "parse/json": { problem: "it ends early", text: "{" },
  "format/bad-option": { primitive: "format-date", option: "zone", expected: "a time zone", found: "Mars" },
  "component/unknown-prop": { prop: "titel", component: "~card", suggestion: "title" },
  "component/missing-prop": { prop: "title", component: "~card" },
  "component/duplicate-prop": { prop: "title", owner: "~card" },
  "component/prop-type": { prop: "count", component: "~card", expected: "integer", found: "3" },
  "control/no-prompt": { tag: "generator" },
  "effect/unhandled": { operation: "read-file" },
  "effect/needs-async": { operation: "read-file" },
  "component/missing-env": { name: "user", component: "~nav" },
  "context/missing": { key: "theme" },
  "html/void-children": { tag: "br" },
  "html/unsafe-attribute": { attribute: "onclick", tag: "a" },
  "html/unsafe-url": { url: "javascript:x", attribute: "href", tag: "a" },
  "html/bad-attribute-name": { attribute: "a b", tag: "p" },
  "html/bad-attribute-value": { attribute: "id", tag: "p", expected: "text", found: [] },
  "html/bad-child": { found: { a: 1 } },
  "html/raw-text": { tag: "script", found: "</script" },
  "html/bad-tag": { tag: "html:dvi", suggestion: "div" },
  "host/too-deep": { path: "posts.0.replies", limit: 200 },
  "host/bad-value": { path: "posts.0.date", found: new Date(0) },
  "host/failed": { error: new Error("disk full") },
  "engine/unsupported": { feature: "capture", engine: "js" },
  "module/not-sxbc": {},
  "module/wrong-version": { expected: 1, found: 2 },
  "module/truncated": { what: "a string", needed: 9, left: 2, offset: 40 },
  "module/bad-section": { section: "7f", problem: "is not known", offset: 8 },
  "module/bad-constant": { problem: "is of no known kind", offset: 40 },
  "module/bad-record": { what: "a capture", problem: "is of no known kind", offset: 40 },
  "module/not-data": { found: new Markup("<b>") },
  "module/too-large": { what: "constants", limit: 65_535, found: 70_000 },
  "module/unknown-opcode": { opcode: 7, proto: '3 "fib"', offset: 0 },
  "module/cut-instruction": { opcode: "CONST", proto: '3 "fib"', offset: 5 },
  "module/bad-operand": {
    opcode: "CONST",
    what: "constant",
    found: 9,
    count: 3,
    proto: '3 "fib"',
    offset: 5,
  },
  "module/bad-use": {
    what: "%try",
    expected: "a block",
    found: "a value",
    proto: '3 "fib"',
    offset: 5,
  },
  "module/wrong-constant": { what: "DEFINE", expected: "a symbol", found: 5, proto: '3 "fib"', offset: 5 },
  "module/bad-jump": { opcode: "JUMP", target: 90, problem: "past the end", proto: '3 "fib"', offset: 5 },
  "module/bad-stack": { what: "RETURN", expected: "1 value", found: 2, proto: '3 "fib"', offset: 5 },
  "module/open-end": { proto: '3 "fib"', offset: 5 },
  "module/bad-variable": { variable: "slot 3", problem: "is not set", proto: '3 "fib"', offset: 5 },
  "module/dead-code": { proto: '3 "fib"', offset: 5 },
  "module/bad-proto": { proto: '3 "fib"', problem: "has fewer slots than parameters" },
  "module/bad-entry": { entry: "0", problem: "has no name" },
  "module/bad-extension": { extension: "test_ext", problem: "which is not registered" },
  "extension/bad-name": { name: "a b", owner: "an extension" },
  "extension/outside-range": { what: "the base of ports", id: 260, first: 200, last: 247 },
  "extension/duplicate": { what: "the id 220", first: "test_ext.OP_A", second: "test_ext.OP_B" },
  "extension/bad-operation": { operation: "test_ext.OP_A", problem: "pops -1 values" },
  "extension/broken-promise": { operation: "test_ext.OP_A", expected: "pops 1", found: "pops 2" },
  "wire/unexpected": { expected: "an element", found: "the number 1" },
  "wire/unclosed": { opener: "(" },
  "wire/refused": { reason: "no" },
  "wire/too-deep": { limit: 1000 },
  "wire/too-large": { limit: 1000 },
  "wire/not-serialisable": { path: "~cart :items[2].on-click", found: () => 1 },
  "wire/unexpanded": { component: "~card" },
  "suspense/needs-stream": {},
  raised: { value: 42 },
};

/** The first place of some text in a source, as a span. */
function at(text: string, part: string, file = "cards.sx"): Span {
  const start = text.indexOf(part);
  assert.ok(start >= 0, `${part} in the text`);
  return { source: new Source(file, text), start, end: start + part.length };
}

function explainReading(text: string): string {
  try {
    readForms(new Source("cards.sx", text));
  } catch (error) {
    if (error instanceof SxError) return explain(error);
    throw error;
  }
  throw new Error("it was expected to fail");
}

/** The line of carets under a span. */
function carets(span: Span): string {
  return explain(sxError("read/extra", {}, span)).split("\n")[3] ?? "";
}

test("every kind has a message of one line, and a help of one line where it has one", () => {
  for (const kind of Object.keys(kinds) as ErrorKind[]) {
    const error = sxError(kind, samples[kind]);
    assert.match(error.message, /^[^\n]{5,}$/u, kind);
    assert.doesNotMatch(`${error.message} ${error.help}`, /undefined|\[object|NaN/, kind);
    if (error.help !== null) assert.match(error.help, /^[^\n]{5,}$/u, kind);
    assert.equal(error.kind, kind);
  }
});

test("a form without an end", () => {
  assert.equal(
    explainReading('(div\n  (p "text"'),
    [
      'cards.sx:2:3: read/unclosed: this "(" is never closed',
      "  |",
      '2 |   (p "text"',
      "  |   ^",
      'help: add ")" where the form ends',
    ].join("\n"),
  );
});

test("a closer of the wrong shape", () => {
  assert.equal(
    explainReading("(let [a 1)"),
    [
      'cards.sx:1:10: read/mismatched-close: ")" cannot close the "[" of line 1, column 6',
      "  |",
      "1 | (let [a 1)",
      "  |          ^",
      'help: write "]" here, or close the "[" before',
    ].join("\n"),
  );
});

test("a quote with nothing to quote", () => {
  assert.equal(
    explainReading("(list ')"),
    [
      'cards.sx:1:8: read/unexpected-close: ")" stands where \' needs a form',
      "  |",
      "1 | (list ')",
      "  |        ^",
      "help: write a form between ' and \")\", or remove the '",
    ].join("\n"),
  );
});

test("a number that is none, one too large, and an escape that does not exist", () => {
  assert.equal(
    explainReading("(+ 1.2.3 4)"),
    [
      "cards.sx:1:4: read/bad-number: 1.2.3 starts like a number but is not one",
      "  |",
      "1 | (+ 1.2.3 4)",
      "  |    ^^^^^",
      "help: a number is written 12, -1.5 or 2e9; a name cannot begin with a digit",
    ].join("\n"),
  );
  assert.match(
    explainReading("9007199254740993"),
    /9007199254740993 is a whole number that cannot be held exactly\n/,
  );
  assert.match(
    explainReading('"a\\qb"'),
    /:1:3: read\/bad-escape: \\q is not an escape\n.*\n.*\n {2}\| {3}\^\^\nhelp: use /,
  );
  assert.match(explainReading('"a\\\nb"'), /a \\ before white space is not an escape\n/);
});

test("a key that stands twice, and an invisible character", () => {
  assert.equal(
    explainReading("{:title 1\n :title 2}"),
    [
      'cards.sx:2:2: read/duplicate-key: the key "title" stands twice in this dict',
      "  |",
      "2 |  :title 2}",
      "  |  ^^^^^^",
      "help: keep one of them",
    ].join("\n"),
  );
  assert.match(explainReading("(a\u00a0b)"), /this name holds the invisible character U\+00A0\n/);
});

test("an unknown name, with the one that was meant, the components and the macros it was in", () => {
  const text = "(defcomp ~card (&key titles)\n  (p (frist titles)))";
  const error = sxError("name/unbound", { name: "frist", suggestion: "first" }, at(text, "frist"));
  error.at(null, ["~card", "~page"]);
  error.expansions.push(
    { macro: "when-let", span: at("\n(when-let)", "(when-let)", "macros.sx") },
    { macro: "made", span: null },
  );
  assert.equal(
    explain(error),
    [
      "cards.sx:2:7: name/unbound: nothing here is called frist",
      "  |",
      "2 |   (p (frist titles)))",
      "  |       ^^^^^",
      "  in ~card",
      "  in ~page",
      "  in the expansion of when-let at macros.sx:2:1",
      "  in the expansion of made",
      "help: did you mean first?",
    ].join("\n"),
  );
});

test("an error without a place is its message, its cause and its help", () => {
  assert.equal(
    explain(sxError("component/unknown-prop", samples["component/unknown-prop"])),
    "component/unknown-prop: ~card has no prop :titel\nhelp: did you mean :title?",
  );
  assert.equal(
    explain(sxError("call/type", samples["call/type"])),
    "call/type: upper needs text to be a string, found the number 5",
  );
  assert.equal(
    explain(sxError("index/out-of-range", { name: "nth", index: 0, length: 0 })),
    "index/out-of-range: nth at 0, but there is nothing inside\nhelp: get with a default gives the default instead",
  );
  assert.equal(
    explain(sxError("macro/unhygienic", { name: "tmp" })),
    "macro/unhygienic: this template binds the plain name tmp, which could catch a name of the caller's\nhelp: write tmp# for a name of the template's own",
  );
  const cause = new Condition("shop/closed", "the shop is closed");
  assert.equal(
    explain(fromCondition(new Condition("order/refused", "no order", null, null, cause))),
    "order/refused: no order\n  caused by shop/closed: the shop is closed",
  );
});

test("carets stand under what they mean: after tabs, wide characters and combined ones", () => {
  const lines = ["\t\t(bad)", '(a "日本" bad)', '(a "👩‍👩‍👧" bad)', '(a "e\u0301" bad)', "(a 日本語)"];
  assert.equal(carets(at(lines[0] ?? "", "(bad)")), "  |     ^^^^^");
  assert.equal(carets(at(lines[1] ?? "", "bad")), `  | ${" ".repeat(10)}^^^`);
  assert.equal(carets(at(lines[2] ?? "", "bad")), `  | ${" ".repeat(8)}^^^`);
  assert.equal(carets(at(lines[3] ?? "", "bad")), `  | ${" ".repeat(7)}^^^`);
  assert.equal(carets(at(lines[4] ?? "", "日本語")), `  |    ${"^".repeat(6)}`);
});

test("a span over several lines is marked to the end of its first", () => {
  const text = "(a\r\n  (b c\r\n d))";
  assert.equal(carets(at(text, "(b c\r\n d)")), "  |   ^^^^");
  assert.equal(carets({ source: new Source("f", "(a)\n"), start: 4, end: 4 }), "  | ^");
});

test("of a long line only the part around the caret is shown", () => {
  const text = `${"(before) ".repeat(200)}(here) ${"(after) ".repeat(200)}`;
  const lines = explain(sxError("read/extra", {}, at(text, "(here)"))).split("\n");
  const [shown = "", under = ""] = lines.slice(2);
  assert.ok(shown.length <= 110 && shown.startsWith("1 | …") && shown.endsWith("…"), shown);
  assert.equal(shown.slice(under.indexOf("^"), under.lastIndexOf("^") + 1), "(here)");
  const whole = at(text, text);
  assert.match(carets(whole), /^ {2}\| \^{100}$/);
});

test("nothing in an error can disturb a terminal", () => {
  const text = "(a \u001b[2J\u202e bad)";
  const error = new SxError("shop/odd", "one \u001b[2Jtwo\nthree", { span: at(text, "bad"), help: "\u0007" });
  assert.doesNotMatch(explain(error), /[^\P{Cc}\n]|\u202e/u);
  assert.doesNotMatch(
    sxError("call/type", { ...samples["call/type"], found: "\u001b[2J\n" }).message,
    /\p{Cc}/u,
  );
});

test("values are described in a few words, however large", () => {
  const described: [unknown, string][] = [
    [null, "nil"],
    [undefined, "nil"],
    [false, "false"],
    [1.5, "the number 1.5"],
    ['a "b"\n', String.raw`the string "a \"b\"\n"`],
    [new SxSymbol("x"), "the symbol x"],
    [new Keyword("x"), "the keyword :x"],
    [[], "an empty list"],
    [[1, ["a"], { b: null }], 'a list of 3, (1 ("a") {:b nil})'],
    [{}, "an empty dict"],
    [{ a: [1] }, "the dict {:a (1)}"],
    [[[[[["deep"]]]]], "a list of 1, ((((…))))"],
    [Array.from({ length: 1_000_000 }, (_, i) => i), "a list of 1000000, (0 1 2 3 4 5 6 7 …)"],
    [new Markup("<b>"), "markup"],
    [new Component("~card", () => ""), "the component ~card"],
    [function shout() {}, "a function"],
    [(() => () => {})(), "a function"],
    [new Date(0), "a Date"],
    [new Condition("a/b", "m"), "a condition"],
    [new (class Order {})(), "an Order"],
  ];
  for (const [value, words] of described) assert.equal(describe(value), words);
  const circle: unknown[] = [];
  circle.push(circle);
  assert.equal(describe(circle), "a list of 1, ((((…))))");
  assert.ok(describe("😀".repeat(1_000_000)).length < 90);
});

test("a mistyped name suggests the nearest, and nothing where none is near", () => {
  const names = ["first", "filter", "map", "map-indexed", "format-date", "str", "if"];
  const suggestions: [string, string | null][] = [
    ["frist", "first"],
    ["fitler", "filter"],
    ["mapp", "map"],
    ["format-dat", "format-date"],
    ["fromat_date", "format-date"],
    ["map-idnexed", "map-indexed"],
    ["fi", "if"],
    ["x", null],
    ["first", null],
    ["completely-other", null],
    ["s".repeat(100), null],
  ];
  for (const [name, suggestion] of suggestions) assert.equal(suggest(name, names), suggestion, name);
  assert.equal(suggest("tset", ["tent", "test"]), "test");
  assert.equal(suggest("a", []), null);
});

test("what a program catches has the error's kind, message, details and place, and raises the same error", () => {
  const span = at("(nth xs 3)", "(nth xs 3)");
  const condition = toCondition(sxError("index/out-of-range", { name: "nth", index: 3, length: 2 }, span));
  assert.deepEqual(
    condition,
    new Condition(
      "index/out-of-range",
      "nth at 3, but indices go from 0 to 1",
      { name: "nth", index: 3, length: 2 },
      span,
    ),
  );
  const again = fromCondition(condition);
  assert.deepEqual(
    [again.kind, again.message, again.data, again.span],
    [condition.kind, condition.message, condition.data, span],
  );
  assert.equal(toCondition(again), condition);
});

test("errors of the host stay out of what a program can look at", () => {
  assert.deepEqual(toCondition(sxError("host/failed", { error: new Error("disk full") })).data, {});
});

test("a raised value that is no condition is kept as it was", () => {
  const value = { code: 7 };
  const error = sxError("raised", { value });
  assert.equal(error.payload, value);
  assert.equal(error.message, "the program raised the dict {:code 7}");
});

test("the first place that is noted stays", () => {
  const first = at("(a b)", "a");
  const error = sxError("arith/zero-div", { name: "/" })
    .at(first, ["~inner"])
    .at(at("(a b)", "b"), ["~outer"]);
  assert.deepEqual([error.span, error.components], [first, ["~inner"]]);
});

test("an error about a value that fails when it is read is told all the same", () => {
  const fails = () => {
    throw new TypeError("read");
  };
  const computed = Object.defineProperty({}, "x", { get: fails, enumerable: true });
  for (const found of [computed, new Proxy({}, { ownKeys: fails })]) {
    const error = sxError("call/not-callable", { found });
    assert.match(error.message, /a value that cannot be looked at/);
  }
});
