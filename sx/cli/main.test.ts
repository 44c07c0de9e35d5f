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

test("render writes the same call for the wire, on every engine", () => {
  const file = fileWith('(defcomp ~card (&key title) (<> (h2 :class "t" title) "x"))');
  for (const engine of ["js", "cek", "vm"]) {
    const line = ["render", file, "--call", '(~card :title "a < b")', "--mode", "wire", "--engine", engine];
    assert.equal(sx(line).stdout, '(h2 :class "t" "a < b")\n"x"\n');
    const wire = '(h2 :class "t" "a < b")\n"x"\n';
    assert.deepEqual(JSON.parse(sx([...line, "--json"]).stdout), { wire });
  }
  assert.equal(sx(["render", file, "--call", "(~card)", "--mode", "dom"]).status, 2);
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

test("a misspelt command or option says which was meant, and where its help is", () => {
  assert.equal(sx(["rnder"]).stderr, "There is no command rnder; did you mean render? See sx --help.\n");
  assert.equal(
    sx(["eval", "1", "--jsno"]).stderr,
    "There is no option --jsno; did you mean --json? See sx eval --help.\n",
  );
  const wrong = sx(["eval", "--json"]);
  assert.equal(wrong.status, 2);
  assert.equal(JSON.parse(wrong.stdout).error.kind, "usage");
});

test("help of one command is asked for in three ways", () => {
  const { status, stdout } = sx(["help", "run"]);
  assert.equal(status, 0);
  assert.match(stdout, /^Usage:\n\n {2}sx run FILE…/);
  assert.equal(sx(["run", "--help"]).stdout, stdout);
  assert.equal(sx(["run", "-h"]).stdout, stdout);
});

test("an option takes its value after = too, and after -- everything is a word", () => {
  assert.equal(sx(["eval", "--engine=vm", "--", "--1"]).stderr, sx(["eval", "--", "--1"]).stderr);
  assert.match(sx(["eval", "--", "--1"]).stderr, /^<expression>:1:1: /);
  assert.equal(sx(["eval", "--json=1", "2"]).status, 2);
});

test("a file that cannot be used is named with the reason in words, by every command that takes one", () => {
  const latin = join(mkdtempSync(join(tmpdir(), "sx-cli-")), "latin.sx");
  writeFileSync(latin, Uint8Array.of(0x22, 0xff, 0x22));
  const cases: readonly [file: string, reason: string][] = [
    ["/no/such.sx", "there is no such file or folder"],
    [latin, "it is not text in UTF-8"],
    [join(latin, "page.sx"), "a part of its path is a file, not a folder"],
  ];
  for (const [file, reason] of cases)
    for (const words of [
      ["run", file],
      ["render", file, "--call", "1"],
      ["check", file],
      ["fmt", file],
      ["hash", file],
      ["disassemble", file],
      ["repl", file],
    ]) {
      const { status, stderr } = sx(words);
      assert.deepEqual({ status, stderr }, { status: 2, stderr: `${file} cannot be read: ${reason}.\n` });
    }
  const folder = sx(["run", tmpdir()]);
  assert.equal(folder.stderr, `${tmpdir()} cannot be read: it is a folder.\n`);
});

test("output that nobody reads ends the command without a word", () => {
  const file = fileWith("(for-each print (range 0 100000))");
  const line = `"${process.execPath}" "${program}" run "${file}" | head -1`;
  const { stdout, stderr } = spawnSync("sh", ["-c", line], { encoding: "utf8" });
  assert.deepEqual({ stdout, stderr }, { stdout: "0\n", stderr: "" });
});

test("the repl shows markup as the HTML it makes", () => {
  assert.equal(sx(["repl"], '(p :class "lead" "a < b")\n').stdout, '<p class="lead">a &lt; b</p>\n');
});

test("a function reads the same on every engine, in output and in errors", () => {
  const seen = ["js", "cek", "vm"].map((engine) => [
    sx(["eval", "(list (fn (x) x) map +)", "--engine", engine]).stdout,
    sx(["eval", "(str (fn (x) x))", "--engine", engine]).stderr,
  ]);
  assert.equal(seen[0]?.[0], "(#<function> #<function> #<function>)\n");
  assert.match(seen[0]?.[1] ?? "", /found a function/);
  assert.deepEqual(seen, [seen[0], seen[0], seen[0]]);
});

test("the repl keeps definitions, takes forms over several lines and survives errors", () => {
  const { status, stdout } = sx(["repl"], '(define (sq n)\n  (* n n))\n(sq 12)\n(nope)\n"still here"\n');
  assert.equal(status, 0);
  assert.match(stdout, /144/);
  assert.match(stdout, /nothing here is called nope/);
  assert.match(stdout, /"still here"/);
});
