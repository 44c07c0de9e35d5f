// The checker against its cases: every file of cases/ is told exactly what its marks say, and nothing else. A mark
// is a line such as `;error> name/unbound 3:24 did you mean filter?`: level, code, place and help.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { checkFiles } from "./check.ts";
import { type CheckCode, codes, runningErrors } from "./codes.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { svelteCodes } from "./svelte.ts";

const folder = join(import.meta.dirname, "cases");

function casesIn(name: string): string[] {
  return readdirSync(join(folder, name))
    .filter((file) => file.endsWith(".sx"))
    .map((file) => join(name, file));
}

function show({ level, code, line, column, help }: Diagnostic): string {
  return `;${level}> ${code} ${line}:${column}${help === null ? "" : ` ${help}`}`;
}

function marksIn(text: string): string[] {
  return text.split("\n").filter((line) => /^;(?:error|warning|note)> /.test(line));
}

function checkText(text: string, options: Parameters<typeof checkFiles>[1] = {}): Diagnostic[] {
  return checkFiles([{ file: "case.sx", text }], options);
}

const bad = [...casesIn("."), ...casesIn("reading")];

for (const name of bad) {
  test(`${name} is told what its marks say`, () => {
    const text = readFileSync(join(folder, name), "utf8");
    assert.deepEqual(checkText(text).map(show).sort(), marksIn(text).sort());
  });
}

for (const name of casesIn("good")) {
  test(`nothing is told of ${name}`, () => {
    assert.deepEqual(checkText(readFileSync(join(folder, name), "utf8")).map(show), []);
  });
}

test("there are cases for every code, and at least 250 in all", () => {
  const marks = bad.flatMap((name) => marksIn(readFileSync(join(folder, name), "utf8")));
  const told = new Set(marks.map((mark) => mark.split(" ")[1]));
  const untold = [...Object.keys(codes), ...runningErrors].filter(
    (code) => !told.has(code) && code !== "check/too-deep",
  );
  assert.deepEqual(untold, []);
  assert.ok(marks.length >= 250, `${marks.length} cases`);
});

test("every message and help is a sentence about what was found", () => {
  for (const name of bad) {
    for (const { message, help } of checkText(readFileSync(join(folder, name), "utf8"))) {
      assert.match(message, /\S/);
      assert.doesNotMatch(`${message}${help ?? ""}`, /undefined|null|\[object|\{child\}|\{between\}/);
    }
  }
});

test("a place ends where the thing ends", () => {
  const [told] = checkText("(define (f)\n  (upper\n    3))");
  assert.deepEqual(
    [told?.line, told?.column, told?.endLine, told?.endColumn, told?.message],
    [3, 5, 3, 6, "upper needs s to be a string, found the number 3"],
  );
});

test("files of one library see each other, whichever comes first", () => {
  const one = { file: "one.sx", text: "(define (one) (two 1))\n(twice (one))" };
  const two = { file: "two.sx", text: "(define (two x) x)\n(defmacro twice (form) `(do ,form ,form))" };
  assert.deepEqual(checkFiles([one, two]), []);
  assert.deepEqual(checkFiles([two, one]), []);
});

test("a file that cannot be read hides nothing of the others", () => {
  const broken = { file: "broken.sx", text: "(define (lost x) (" };
  const other = { file: "other.sx", text: "(define (f) (upper 3))" };
  const told = checkFiles([broken, other]).map(({ file, code }) => `${file} ${code}`);
  assert.deepEqual(told, ["broken.sx read/unclosed", "other.sx call/type"]);
});

test("what a library depends on is seen, and its own errors are not told", () => {
  const parent = {
    files: [
      {
        file: "ui.sx",
        text: "(defcomp ~link (&key (href :required true) &rest children) (a :href href children))",
      },
      { file: "bad.sx", text: "(define (bad) (nobody))\n(defmacro same (x) x)" },
    ],
  };
  const text =
    '(define (f) (~link :href "/" "x"))\n(define (g) (~link "x"))\n(define (h) (~link :href "/"))\n(same (upper "x"))';
  assert.deepEqual(checkText(text, { dependencies: [parent] }).map(show), [
    ";error> component/missing-prop 2:13 add :href and a value to the call",
    ";warning> a11y/consider-explicit-label 3:13 give it text, or :aria-label",
  ]);
  assert.deepEqual(
    checkText(text).map(({ code }) => code),
    ["name/unbound", "name/unbound", "name/unbound", "name/unbound"],
  );
});

test("a name that a dependency defines is taken", () => {
  const parent = { files: [{ file: "ui.sx", text: "(define (helper) 1)" }] };
  const told = checkText("(define (helper) 2)", { dependencies: [parent] });
  assert.deepEqual(told.map(show), [";error> name/duplicate 1:10 give one of them another name"]);
  assert.match(told[0]?.message ?? "", /ui\.sx/);
});

test("functions that a host brings are known by name", () => {
  assert.deepEqual(checkText("(define (f) (send 1))", { platform: ["send"] }), []);
});

test("an error in what a macro makes names the macro and stands where it is called", () => {
  const told = checkText("(defmacro wrong () '(nobody))\n(define (f)\n  (wrong))");
  assert.deepEqual(
    told.map(({ line, column, message }) => `${line}:${column} ${message}`),
    ["1:22 nothing here is called nobody, in the expansion of wrong at case.sx:3:3"],
  );
});

test("what depends on a broken macro is not told besides", () => {
  const text =
    "(defmacro broken (x) (list (uper x)))\n(define (f y) (broken y))\n(define (g) (broken (nobody)))";
  assert.deepEqual(
    checkText(text).map(({ code, line }) => `${code} ${line}`),
    ["name/unbound 1"],
  );
});

test("a definition that is wrong hides nothing of the next", () => {
  const lines = Array.from({ length: 200 }, (_, index) => `(define (f${index}) (nobody-${index}))`);
  assert.equal(checkText(lines.join("\n")).length, 200);
});

test("deep nesting is told, not a crash", () => {
  const deep = `(define (f) ${"(list ".repeat(600)}1${")".repeat(600)})`;
  assert.deepEqual(
    checkText(deep).map(({ code }) => code),
    ["read/too-deep"],
  );
});

test("components that call each other are followed to an end", () => {
  const text =
    "(defcomp ~a (&key n) (p (~b :n n)))\n(defcomp ~b (&key n) (span (~a :n n)))\n(define (f) (p (~a :n 1)))";
  assert.deepEqual(
    checkText(text).map(({ code }) => code),
    ["html/nesting", "html/nesting"],
  );
});

test("a page of many nested components is followed in bounded time", () => {
  const lines = Array.from(
    { length: 40 },
    (_, n) => `(defcomp ~c${n + 1} (&rest children) (div (~c${n} children) (~c${n} children)))`,
  );
  const text = [
    "(defcomp ~c0 (&rest children) (span children))",
    ...lines,
    '(define (f) (p (~c40 "x")))',
  ].join("\n");
  assert.deepEqual(
    checkText(text).map(({ code }) => code),
    ["html/nesting"],
  );
});

test("of every code of Svelte's it is said what became of it, and every one of ours answers to one", () => {
  for (const [name, { code, note }] of Object.entries(svelteCodes))
    assert.ok(code ? Object.hasOwn(codes, code) : note.length > 20, name);
  const answering = new Set(Object.values(svelteCodes).map(({ code }) => code));
  const further = Object.keys(codes).filter(
    (code) => code.startsWith("a11y/") && !answering.has(code as CheckCode),
  ); // a key of the table
  assert.deepEqual(further, ["a11y/multiple-labels"]);
});

test("what a dependency's macro makes of a call is told where the call stands", () => {
  const parent = {
    files: [{ file: "ui.sx", text: "(defmacro twice (x) `(upper ,x ,x))\n(defcomp ~a (&children x) x)" }],
  };
  const told = checkText('(define (f)\n  (twice "x"))\n(define (g) (~a))', { dependencies: [parent] });
  assert.deepEqual(told.map(show), [";error> call/arity 2:3"]);
});

test("values that hold themselves are followed to an end", () => {
  const text = `(define itself (list itself))
(define (f) (div :class (list itself) itself (letrec ((x (list x))) (h1 x)) (a :href "/" itself)))
(define one (fn (x) (p (map two x))))
(define two (fn (x) (p (map one x))))
(define (g xs) (label (map one xs)))
(define same other)
(define other same)
(define (h) (same))`;
  const found = checkText(text).map(({ code, line }) => `${line} ${code}`);
  assert.deepEqual(found, [
    "1 name/uninitialised",
    "2 name/uninitialised",
    "3 html/nesting",
    "4 html/nesting",
    "6 name/uninitialised",
  ]);
});

test("a form too deep to be looked at is told, and the others are looked at", () => {
  const clauses = Array.from({ length: 120_000 }, (_, n) => `(= x ${n}) ${n}`).join(" ");
  const deep = `(define (f x) (cond ${clauses}))\n(define (g) (upper 3))`;
  assert.deepEqual(
    checkText(deep).map(({ code, line }) => `${line} ${code}`),
    ["1 check/too-deep", "2 call/type"],
  );
});

test("a long chain of components is followed only so far", () => {
  const lines = Array.from({ length: 400 }, (_, n) => `(defcomp ~c${n + 1} (&rest xs) (span (~c${n} xs)))`);
  const text = ["(defcomp ~c0 (&rest xs) (span xs))", ...lines].join("\n");
  assert.deepEqual(checkText(text), []);
});

test("choices over choices are weighed in bounded time", () => {
  const names = Array.from({ length: 60 }, (_, n) => `(v${n + 1} (if v${n} v${n} v${n}))`);
  assert.deepEqual(checkText(`(define (f v0) (let (${names.join(" ")}) (div :class v60 :id v60 v60)))`), []);
});

test("a component whose default draws the component is followed to an end", () => {
  const text =
    '(defcomp ~box (&key (inner (~box :inner nil)) &rest children) (p inner children))\n(~box (~box "x"))';
  assert.deepEqual(
    checkText(text).map(({ code, line }) => `${line} ${code}`),
    ["2 html/nesting"],
  );
});
