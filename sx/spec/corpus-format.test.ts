// Tests of the corpus format itself: how a file is taken apart, and that every file of the corpus is well formed.
// What the cases say is checked by the engines, in corpus.test.ts.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Source } from "../core/source.ts";
import { corpusFiles, corpusFolder, parseCorpusFile } from "./corpus.ts";

const folder = corpusFolder;
const files = corpusFiles();

function onlyCase(text: string) {
  const { cases } = parseCorpusFile(text);
  const [first] = cases;
  assert.equal(cases.length, 1);
  assert.ok(first);
  return first;
}

test("definitions and cases keep the positions they have in the file", () => {
  const text = ";;; header\n(define a 1)\n\n  (+ a\n     2) ;=> 3\n";
  const file = parseCorpusFile(text);
  assert.equal(file.definitions.trim(), "(define a 1)");
  assert.equal(file.definitions.indexOf("(define"), text.indexOf("(define"));
  assert.equal(file.definitions.length, text.length);
  const { source, start, line } = onlyCase(text);
  assert.equal(line, 4);
  assert.deepEqual(new Source("f", source).position(source.indexOf("(+")), { line: 4, column: 3 });
  assert.equal(source.indexOf("(+"), start);
  assert.ok(!source.includes("define"));
});

test("numbers, strings, quoted forms and symbols are cases of their own", () => {
  const { cases } = parseCorpusFile(
    '1 ;=> 1\n"a ; b" ;=> "a ; b"\n\'(a b) ;=> (a b)\nname ;=> 5\n,@x ;!> syntax/unquote-outside 5:1\n',
  );
  assert.deepEqual(
    cases.map((each) => each.text),
    ["1", '"a ; b"', "'(a b)", "name", ",@x"],
  );
});

test("comments of all three kinds are no cases, wherever they stand", () => {
  const { cases } = parseCorpusFile("#| (a #| b |# ;=> 1 |# #;(c ;d\n) (list #;#|x|# 1 2) ;=> (2)\n");
  assert.deepEqual(
    cases.map((each) => each.text),
    ["(list #;#|x|# 1 2)"],
  );
});

test("output lines come before the one value, HTML or error", () => {
  assert.deepEqual(onlyCase('(f) ;out> "a"\n;out> 1\n;=> nil\n; a remark\n').expectations, [
    { kind: "out", text: '"a"' },
    { kind: "out", text: "1" },
    { kind: "value", text: "nil" },
  ]);
  assert.throws(() => parseCorpusFile("(f) ;=> 1\n;out> 2\n", "x.sx"), /x\.sx:1: only output/);
});

test("HTML is unescaped, values are not", () => {
  assert.deepEqual(onlyCase("x ;html> a\\n\\\\n\\u{a0}b\n").expectations, [
    { kind: "html", text: "a\n\\n\u00a0b" },
  ]);
  assert.deepEqual(onlyCase('x ;=> "a\\n"\n').expectations, [{ kind: "value", text: '"a\\n"' }]);
  assert.deepEqual(onlyCase("x ;html>\n").expectations, [{ kind: "html", text: "" }]);
});

test("a case without an expectation is refused with its place", () => {
  assert.throws(() => parseCorpusFile("1 ;=> 1\n\n(f)\n;=> 2\n", "x.sx"), /x\.sx:3: a case without/);
});

test("a file that must not load is not looked into", () => {
  const file = parseCorpusFile(";;error> read/unclosed 2:1\n(a");
  assert.equal(file.fileError, "read/unclosed 2:1");
  assert.deepEqual(file.cases, []);
});

test("every file of the corpus has a header, reads, and says what each of its cases gives", () => {
  let cases = 0;
  for (const name of files) {
    const text = readFileSync(join(folder, name), "utf8");
    const file = parseCorpusFile(text, name);
    assert.match(
      file.fileError === null && file.engines === null ? text : text.slice(text.indexOf("\n") + 1),
      /^;;; \S/,
      `${name} has no header`,
    );
    assert.ok(file.fileError !== null || file.cases.length > 0, `${name} has no cases`);
    for (const { line, expectations } of file.cases) {
      for (const { kind, text: expected } of expectations) {
        if (kind === "error") assert.match(expected, /^[a-z-]+(\/[a-z-]+)? \d+:\d+$/, `${name}:${line}`);
      }
    }
    cases += file.cases.length;
  }
  assert.ok(cases > 2000, `only ${cases} cases were found`);
});
