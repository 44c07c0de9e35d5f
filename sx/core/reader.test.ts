// The reader: the grammar token by token, where each form stands, and where each mistake is shown.

import assert from "node:assert/strict";
import { test } from "node:test";
import { SxError } from "./errors.ts";
import { DictForm, deepestNesting, type Form, formToData, ListForm, spanOf } from "./form.ts";
import { write } from "./printer.ts";
import { read, readAll, readForms } from "./reader.ts";
import { Source } from "./source.ts";
import { Keyword, SxSymbol } from "./values.ts";

function failureOf(run: () => unknown): SxError {
  try {
    run();
  } catch (error) {
    if (error instanceof SxError) return error;
    throw error;
  }
  throw new Error("it was expected to fail");
}

/** The kind of the mistake in a text, and the part of the text it is shown at. */
function mistake(text: string): string {
  const { kind, span } = failureOf(() => readForms(new Source("test.sx", text)));
  return `${kind} ${text.slice(span?.start, span?.end)}`;
}

/** The text each list, dict and symbol of a form was read from, outermost first. */
function places(form: Form): string[] {
  const span = spanOf(form);
  const own = span ? [span.source.text.slice(span.start, span.end)] : [];
  if (form instanceof ListForm) return [...own, ...form.items.flatMap(places)];
  return form instanceof DictForm ? [...own, ...form.values.flatMap(places)] : own;
}

test("each token reads as the value it writes", () => {
  assert.equal(read("42"), 42);
  assert.equal(read('"text"'), "text");
  assert.deepEqual([read("true"), read("false"), read("nil")], [true, false, null]);
  assert.deepEqual(read("name"), new SxSymbol("name"));
  assert.deepEqual(read(":title"), new Keyword("title"));
  assert.deepEqual(read("()"), []);
  assert.deepEqual(read("{}"), {});
});

test("numbers are read as ECMAScript reads them, without a negative zero", () => {
  const numbers = {
    "0": 0,
    "-7": -7,
    "1.50": 1.5,
    "2e3": 2000,
    "1E-7": 1e-7,
    "1e21": 1e21,
    "+5": 5,
    ".5": 0.5,
  };
  for (const [text, value] of Object.entries(numbers)) assert.equal(read(text), value, text);
  for (const text of ["-0", "-0.0", "-0e5"]) assert.ok(Object.is(read(text), 0), text);
  assert.equal(read("9007199254740991"), Number.MAX_SAFE_INTEGER);
  assert.equal(read("0.1234567890123456789"), 0.12345678901234568);
  assert.equal(read("9007199254740993e0"), 9007199254740992);
});

test("a token that starts like a number must be one", () => {
  for (const token of [
    "1abc",
    "1.2.3",
    "1.",
    "1e",
    "1e+",
    "-1x",
    "+2y",
    ".5.",
    "1/2",
    "0x10",
    "1_000",
    "5é",
  ]) {
    assert.equal(mistake(`(a ${token} b)`), `read/bad-number ${token}`);
  }
});

test("whole numbers that a double cannot hold, and infinite ones, are refused", () => {
  for (const token of ["9007199254740992", "-9007199254740992", "123456789012345678901", "1e999", "-1e999"]) {
    assert.equal(mistake(token), `read/bad-number ${token}`);
  }
});

test("signs, arrows, dots and marks are names", () => {
  const names = [
    "-",
    "+",
    "->",
    "->>",
    "...",
    "-a",
    "+.",
    "-.",
    "..5",
    "~card",
    "x#",
    "html:map",
    "sx:swap",
    "<=",
    "&key",
    "a.b",
    "$",
    "%",
    "@",
    "*",
    "/",
    "!",
    "?",
    "=",
    "set!",
    "é",
    "名",
    "a|b",
  ];
  for (const name of names) assert.deepEqual(read(name), new SxSymbol(name), name);
});

test("a keyword is one colon and a name", () => {
  for (const name of ["a", "1", "aria-label", "xlink:href", "nil", "#a", "-"])
    assert.deepEqual(read(`:${name}`), new Keyword(name));
  assert.equal(mistake("(a : b)"), "read/bad-keyword :");
  assert.equal(mistake("::a"), "read/bad-keyword ::a");
});

test("equal keywords of one text are one object, and names that begin alike are not mixed up", () => {
  const [a, b] = readAll(":title :title");
  assert.equal(a, b);
  const names = Array.from({ length: 3000 }, (_, i) => `name-${i % 7}-${"x".repeat(i % 13)}-${i}`);
  const text = [...names, ...names].join(" ");
  assert.deepEqual(
    readAll(text).map((symbol) => (symbol as SxSymbol).name),
    [...names, ...names],
  );
  assert.deepEqual(
    readForms(new Source("t", text)).map((symbol) => (symbol as SxSymbol).name),
    [...names, ...names],
  );
});

test("names of four, eight and more characters that differ in one are told apart", () => {
  const names = [
    "abcd",
    "abce",
    "abcde",
    "abcdabcd",
    "abcdabce",
    "abceabcd",
    "abcdabcda",
    "bbcdabcda",
    "é",
    "éa",
  ];
  assert.deepEqual(
    readAll(`${names.join(" ")} ${names.join(" ")}`),
    [...names, ...names].map((name) => new SxSymbol(name)),
  );
});

test("a name with an invisible character is refused", () => {
  for (const code of [0xa0, 0x200b, 0x202e, 0x2028, 0xfeff, 0x07, 0x0b, 0x7f]) {
    assert.match(mistake(`(a b${String.fromCharCode(code)}c)`), /^read\/bad-token /u, code.toString(16));
  }
});

test("a hash begins a comment or nothing", () => {
  assert.equal(mistake("(a #foo)"), "read/bad-token #foo");
  assert.equal(mistake("#<function f>"), "read/bad-token #<function");
});

test("strings know five escapes and code points in braces", () => {
  assert.equal(read(String.raw`"a\n\r\t\\\"b"`), 'a\n\r\t\\"b');
  assert.equal(read(String.raw`"\u{41}\u{1F600}\u{0}\u{00e9}"`), "A😀\0é");
  assert.equal(read('"two\nlines; #| no comment"'), "two\nlines; #| no comment");
  assert.deepEqual(readAll(String.raw`"a" "b\\" "c" "\"" "d"`), ["a", "b\\", "c", '"', "d"]);
});

test("any other escape is refused at its backslash", () => {
  for (const written of [
    String.raw`\q`,
    String.raw`\0`,
    String.raw`\x`,
    String.raw`\u`,
    "\\\n",
    "\\😀",
    String.raw`\u{110000}`,
  ]) {
    assert.equal(mistake(`(a "ok ${written}")`), `read/bad-escape ${written}`);
  }
  assert.equal(mistake(String.raw`"\u{}"`), String.raw`read/bad-escape \u`);
  assert.equal(mistake(String.raw`"\u{1234567}"`), String.raw`read/bad-escape \u`);
});

test("half a surrogate pair is refused, written or escaped", () => {
  assert.equal(mistake(String.raw`"a\u{d800}"`), String.raw`read/lone-surrogate \u{d800}`);
  assert.equal(mistake(String.raw`"\u{d83d}\u{de00}"`), String.raw`read/lone-surrogate \u{d83d}`);
  assert.equal(mistake('(a "😀 \ud83d b")'), "read/lone-surrogate \ud83d");
});

test("a string without an end is shown at its opening quote", () => {
  for (const text of ['"abc', '"abc\\"', '"abc\\', '"a\\"b\\'])
    assert.equal(mistake(`(a) ${text}`), 'read/unclosed-string "');
});

test("comments run to the end of the line, nest, or drop one datum", () => {
  const texts = {
    "1 ; two\n3": [1, 3],
    "1 ; the end": [1],
    "1 #| a #| b |# c |# 2": [1, 2],
    "1 #||# 2 #|||# 3": [1, 2, 3],
    "#;1 2": [2],
    '#; (a "b)" \'c) 2': [2],
    "#;#;1 2 3": [3],
    "#;'a 2": [2],
    "'#;1 2": [[new SxSymbol("quote"), 2]],
    "(1 #;2)": [[1]],
    "{:a #;1 2 #;:b}": [{ a: 2 }],
    "#;{:a 1} 2": [2],
  };
  for (const [text, data] of Object.entries(texts)) assert.deepEqual(readAll(text), data, text);
  assert.equal(mistake("(a #| b #| c |#"), "read/unclosed-comment #|");
  assert.equal(mistake("(a) #|"), "read/unclosed-comment #|");
});

test("a datum comment with nothing to drop is refused", () => {
  assert.equal(mistake("(a #;)"), "read/unexpected-close )");
  assert.equal(mistake("(a) #;"), "read/unclosed #;");
});

test("quote sugar and brackets read as the lists they stand for", () => {
  assert.equal(
    write(readAll("'a `(b ,c ,@d) ''e [f [g]]")),
    "((quote a) (quasiquote (b (unquote c) (splice-unquote d))) (quote (quote e)) (list f (list g)))",
  );
  assert.equal(mistake("(a ')"), "read/unexpected-close )");
  assert.equal(mistake("(a) ,@"), "read/unclosed ,@");
});

test("a comma is no white space", () => {
  assert.equal(write(read("(a,b)")), "(a (unquote b))");
});

test("the keys of a dict are stored as strings, in any spelling", () => {
  assert.deepEqual(read('{:a 1 "b c" 2 d 3 4.0 5}'), { a: 1, "b c": 2, d: 3, "4": 5 });
  assert.deepEqual(read("{:a {:b [1]}}"), { a: { b: [new SxSymbol("list"), 1] } });
  assert.deepEqual(Object.keys(read("{:toString 1 :constructor 2}") as object), ["toString", "constructor"]);
});

test("mistakes in dicts are shown at the key, or at the dict where a value is missing", () => {
  assert.equal(mistake("{:a 1 (b) 2}"), "read/bad-dict-key (b)");
  assert.equal(mistake("{:a 1 nil 2}"), "read/bad-dict-key nil");
  assert.equal(mistake("{'a 1}"), "read/bad-dict-key 'a");
  assert.equal(mistake("{:a 1 [b] 2}"), "read/bad-dict-key [b]");
  assert.equal(mistake('{:a 1 "__proto__" 2}'), 'read/bad-dict-key "__proto__"');
  assert.equal(mistake("(x {:a 1 :b {:a 2} a 3})"), "read/duplicate-key a");
  assert.equal(mistake('{:a 1 "b c" {:x 1} "b c" 3}'), 'read/duplicate-key "b c"');
  assert.equal(mistake("(x {:a 1 :b})"), "read/odd-dict {:a 1 :b}");
  const many = Array.from({ length: 40 }, (_, i) => `:k${i} ${i}`).join(" ");
  assert.equal(mistake(`{${many} :k17 0}`), "read/duplicate-key :k17");
});

test("closers must match what is open", () => {
  assert.equal(mistake("(a) )"), "read/unexpected-close )");
  assert.equal(mistake("]"), "read/unexpected-close ]");
  assert.equal(mistake("(a [b)"), "read/mismatched-close )");
  assert.equal(mistake("{:a (b}"), "read/mismatched-close }");
  assert.equal(failureOf(() => read("(a\n  [b)")).message, '")" cannot close the "[" of line 2, column 3');
});

test("of several open forms the innermost is shown", () => {
  const error = failureOf(() => readForms(new Source("t", "(a (b) [c {:d")));
  assert.deepEqual([error.kind, error.span?.start], ["read/unclosed", 10]);
  assert.equal(mistake("(a '"), "read/unclosed '");
});

test("every list, dict and symbol knows the text it was read from", () => {
  const [form] = readForms(new Source("t", ' (div {:a (b) "c" d}\n  (~e f#) "g" 1)'));
  assert.deepEqual(places(form as Form), [
    '(div {:a (b) "c" d}\n  (~e f#) "g" 1)',
    "div",
    '{:a (b) "c" d}',
    "(b)",
    "b",
    "d",
    "(~e f#)",
    "~e",
    "f#",
  ]);
  const [quoted] = readForms(new Source("t", " '(a)"));
  assert.deepEqual(spanOf(quoted as Form), { source: new Source("t", " '(a)"), start: 1, end: 5 });
});

test("forms as data are what reading them as data gives", () => {
  const text = '(a :b "c" 1.5 {:d [e] "f" \'g} nil)';
  assert.equal(write(readForms(new Source("t", text)).map(formToData)), write(readAll(text)));
});

test("one datum is read, and neither none nor two", () => {
  for (const text of ["", "  ; nothing\n", "#;1"])
    assert.equal(failureOf(() => read(text)).kind, "read/empty");
  const error = failureOf(() => read("(a) (b c) d", "data.sx"));
  assert.deepEqual([error.kind, error.span?.start, error.span?.end], ["read/extra", 4, 9]);
  assert.equal(error.span?.source.file, "data.sx");
  assert.deepEqual(readAll(""), []);
});

test("a byte order mark at the start is passed over", () => {
  assert.deepEqual(read("\ufeff(1)"), [1]);
});

test("nesting is read to its limit and refused beyond it, whatever is nested", () => {
  for (const [opener, closer] of [
    ["(", ")"],
    ["[", "]"],
    ["{:a ", "}"],
    ["'", ""],
    ["#;", " 2"],
  ] as const) {
    const nested = (depth: number) =>
      opener.repeat(depth) + (closer === "" ? "x" : "1") + closer.repeat(depth);
    assert.equal(readAll(nested(deepestNesting)).length, 1, opener);
    assert.equal(failureOf(() => readAll(nested(deepestNesting + 1))).kind, "read/too-deep", opener);
  }
  const forms = readForms(new Source("t", "(".repeat(deepestNesting) + ")".repeat(deepestNesting)));
  assert.equal(write(formToData(forms[0] as Form)).length, 2 * deepestNesting);
  assert.equal(failureOf(() => readAll("(".repeat(1_000_000))).kind, "read/too-deep");
});

test("a long string and a long list are read whole", () => {
  const text = `("${"a".repeat(1_000_000)}" ${"1 ".repeat(200_000)})`;
  const list = read(text) as [string, ...number[]];
  assert.deepEqual([list[0].length, list.length], [1_000_000, 200_001]);
});
