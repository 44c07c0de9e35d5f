// The `sx` command as it is run: through its own process, with its exit codes.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

const program = join(import.meta.dirname, "sx.mjs");

function sx(words: string[], input = "") {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
    input,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

function fileWith(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), "sx-cli-")), "page.sx");
  writeFileSync(file, text);
  return file;
}

test("eval writes the value", () => {
  assert.deepEqual(sx(["eval", "(map inc [1 2])"]), { status: 0, stdout: "(2 3)\n", stderr: "" });
});

test("an error is explained with its place, a caret and a suggestion, and the exit code is 1", () => {
  const { status, stdout, stderr } = sx(["eval", '(str 1\n  (uper "a"))']);
  assert.equal(status, 1);
  assert.equal(stdout, "");
  assert.equal(
    stderr,
    '<expression>:2:4: name/unbound: nothing here is called uper\n  |\n2 |   (uper "a"))\n  |    ^^^^\nhelp: did you mean upper?\n',
  );
});

test("a malformed file is refused with file, line and column", () => {
  const file = fileWith("(define a 1)\n(define b (+ a 2)\n");
  const { status, stderr } = sx(["run", file]);
  assert.equal(status, 1);
  assert.ok(stderr.startsWith(`${file}:2:1: read/unclosed:`), stderr);
});

test("run evaluates in order and prints", () => {
  const file = fileWith('(define (twice n) (* 2 n))\n(print "x" (twice 4))\n(print (list 1 nil))\n');
  assert.equal(sx(["run", file]).stdout, '"x" 8\n(1 nil)\n');
});

test("render draws a call with a file's definitions", () => {
  const file = fileWith('(defcomp ~card (&key title) (h2 :class "t" title))');
  assert.equal(
    sx(["render", file, "--call", '(~card :title "a < b")']).stdout,
    '<h2 class="t">a &lt; b</h2>\n',
  );
});

test("an error inside components names them, innermost first", () => {
  const file = fileWith(
    "(defcomp ~inner (&key n) (p (/ 1 n)))\n(defcomp ~outer (&key n) (div (~inner :n n)))",
  );
  const { stderr } = sx(["render", file, "--call", "(~outer :n 0)"]);
  assert.match(stderr, /page\.sx:1:29: arith\/zero-div[\s\S]*in ~inner\n {2}in ~outer/);
});

test("an error in an expansion names the macro", () => {
  const { stderr } = sx(["eval", "(do (-> 1 (nope)))"]);
  assert.match(stderr, /name\/unbound/);
  const file = fileWith("(defmacro twice (x) `(do ,x (missing ,x)))\n(define (f) (twice 1))");
  assert.match(sx(["run", file]).stderr, /name\/unbound[\s\S]*in the expansion of twice at .*page\.sx:2:13/);
});

test("--json gives value and error as data", () => {
  assert.deepEqual(JSON.parse(sx(["eval", "--json", "{:a 1}"]).stdout), { value: "{:a 1}" });
  const { status, stdout } = sx(["eval", "--json", "(/ 1 0)"]);
  assert.equal(status, 1);
  assert.equal(JSON.parse(stdout).error.kind, "arith/zero-div");
});

test("wrong usage is one sentence and exit code 2", () => {
  for (const words of [
    [],
    ["fly"],
    ["eval"],
    ["eval", "1", "2"],
    ["run"],
    ["run", "/no/such.sx"],
    ["eval", "1", "--engine", "z"],
    ["render", "x.sx"],
  ]) {
    const { status, stderr } = sx(words);
    assert.equal(status, 2, words.join(" "));
    assert.notEqual(stderr, "");
  }
});

test("the repl keeps definitions, takes forms over several lines and survives errors", () => {
  const { status, stdout } = sx(["repl"], '(define (sq n)\n  (* n n))\n(sq 12)\n(nope)\n"still here"\n');
  assert.equal(status, 0);
  assert.match(stdout, /144/);
  assert.match(stdout, /nothing here is called nope/);
  assert.match(stdout, /"still here"/);
});
