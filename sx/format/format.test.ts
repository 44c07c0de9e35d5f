// The rules of layout and spelling, each by examples: what stays as it is written, and what becomes what.

import assert from "node:assert/strict";
import { test } from "node:test";
import { specialForms } from "../bootstrap/front-end.ts";
import { SxError } from "../core/errors.ts";
import { formatText } from "./format.ts";
import { width } from "./layout.ts";
import { shapedNames } from "./shapes.ts";

const stays: Readonly<Record<string, readonly string[]>> = {
  "a line break that is written stays, and the lines of a form are indented by two": [
    "(define (double x)\n  (* 2 x))",
    "(define limit\n  100)",
    '(if (empty? xs)\n  "none"\n  (first xs))',
    "(let loop ((i 0))\n  (loop (+ i 1)))",
    "(call m f\n  (field frame :core))",
    "(try\n  (risk)\n  (catch (e) nil)\n  (finally (close)))",
    "(defmacro unless (test &rest body)\n  `(if ,test\n     nil\n     (do ,@body)))",
  ],
  "operands of and and or, bindings and data stand below each other": [
    "(and (list? value)\n     (not (empty? value)))",
    "(or a b\n    c)",
    "(let ((a 1)\n      (b 2))\n  a)",
    "{:name 1\n :other 2}",
    "'(a\n  b)",
  ],
  "the props of a component are four columns in": [
    "(defcomp ~card (&key\n    (title :type string :required true)\n    (lead :type boolean)\n    &rest children)\n  (div title children))",
  ],
  "clauses are pairs, on one line or with the result below": [
    "(cond\n  (small? n) 1\n  (large? n)\n    (let ((m n))\n      m)\n  :else 3)",
    '(case kind\n  "a" 1\n  :else 2)',
  ],
  "attributes go on lines as they are written, children on lines of their own": [
    '(a :href href :class "plain"\n  :dir "auto"\n  (b "text")\n  children)',
    "(~page :title title\n  (p body))",
  ],
  "comments stay where they are": [
    ";;; A file.\n\n;; A section\n(define a 1) ; behind a form\n\n; at the end",
    "(do\n  ; before a form\n  (one) ; behind it\n  #| between |# (two)\n  #;(hidden\n       form)\n  (three)\n  ; last\n)",
    "(f a ; why\n  b)",
  ],
  "strings are not touched, whatever is in them": ['(p "one\n     two\t")', '(p "a;b\\n(c")'],
  "an empty line stays": ["(define a 1)\n\n(define b 2)\n(define c 3)", "(do\n  (one)\n\n  (two))"],
  "what may be data keeps its words": [
    "'(lambda (x) x)",
    "(quote (begin 1))",
    "(defmacro m (x) `(lambda (y) ,x))",
    "(some-macro (begin 1 2))",
    "(define (f x) (unknown (lambda (y) y)))",
    "(fn (begin) 1)",
    "(append [1] [2])",
    "(fn [a b] a)",
    "(let ([a]) list)",
  ],
  "a name that begins with @ is not drawn to a comma": ["`(a , @b)"],
};

const becomes: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  "white space is one space, and closing brackets gather": [
    ["( f   a\t b )", "(f a b)"],
    ["(f (g\n  a\n  )\n)", "(f (g\n     a))"],
    ["{ :a\n1 }", "{:a 1}"],
    ["' a", "'a"],
    ["(define x\n(g y))", "(define x\n  (g y))"],
    ["(a) (b)", "(a)\n(b)"],
    ["\n\n(a)\n\n\n\n(b)\n\n", "(a)\n\n(b)"],
    ["; spaces behind   \n(a)", "; spaces behind\n(a)"],
  ],
  "a form that is broken has the rest of its lines": [
    ["(when a\n  b c)", "(when a\n  b\n  c)"],
    ["(do (one)\n  (two))", "(do\n  (one)\n  (two))"],
    ["(cond a 1\n  b 2)", "(cond\n  a 1\n  b 2)"],
    ["(div :id 1 (p\n  a) (p b))", "(div :id 1\n  (p\n    a)\n  (p b))"],
  ],
  "keywords keep their values, names their parameters": [
    ["(a :href\n href)", "(a :href href)"],
    ["(define\n  (f x)\n  x)", "(define (f x)\n  x)"],
    ["(fn\n  (x) x)", "(fn (x) x)"],
  ],
  "synonyms give way where they are evaluated": [
    ["(lambda (x) x)", "(fn (x) x)"],
    ["(let* ((a 1)) a)", "(let ((a 1)) a)"],
    ["(begin 1 2)", "(do 1 2)"],
    ["(map (lambda (x) (begin x)) xs)", "(map (fn (x) (do x)) xs)"],
    ["(define (twice f) (f f))\n(twice (lambda (x) x))", "(define (twice f) (f f))\n(twice (fn (x) x))"],
    [
      "(defcomp ~c (&key (f :default (lambda (x) x))) (p {:a (begin f)}))",
      "(defcomp ~c (&key (f :default (fn (x) x))) (p {:a (do f)}))",
    ],
    ["(~card :on (begin a) [(begin b)])", "(~card :on (do a) [(do b)])"],
  ],
  "brackets of bindings become parentheses": [
    ["(let [[a 1] [b 2]] [a b])", "(let ((a 1) (b 2)) [a b])"],
    ["(letrec ([f (fn () 1)]) (f))", "(letrec ((f (fn () 1))) (f))"],
    ["(let loop [[i 0]] i)", "(let loop ((i 0)) i)"],
  ],
  "a file keeps its kind of line break": [["(a\r\n  b)\r\n(c)", "(a\r\n  b)\r\n(c)"]],
};

for (const [claim, texts] of Object.entries(stays)) {
  test(claim, () => {
    for (const text of texts) assert.equal(formatText(text), `${text}\n`);
  });
}

for (const [claim, pairs] of Object.entries(becomes)) {
  test(claim, () => {
    for (const [text, wanted] of pairs) {
      const end = text.includes("\r\n") ? "\r\n" : "\n";
      assert.equal(formatText(text), wanted + end);
    }
  });
}

const longName = "a-name-of-thirty-five-letters-or-so";

test("what is too long for a line is broken where its form breaks", () => {
  const [a, b, c, d] = ["a", "b", "c", "d"].map((letter) => `${letter}-${longName}`);
  const examples = [
    [`(if ${a} (f ${b}) (g ${c}))`, `(if ${a}\n  (f ${b})\n  (g ${c}))`],
    [`(f (g ${a} ${b}) (h ${c}))`, `(f (g ${a} ${b})\n  (h ${c}))`],
    [`(map (fn (x) (g ${a} ${b} x)) (h ${c}))`, `(map (fn (x) (g ${a} ${b} x))\n  (h ${c}))`],
    [`(let ((a ${a}) (b ${b})) ${c})`, `(let ((a ${a}) (b ${b}))\n  ${c})`],
    [`(list ${a} ${b} ${c} ${d})`, `(list ${a} ${b}\n  ${c} ${d})`],
    [`(div :id ${a} :class ${b} :lang ${c} (p d))`, `(div :id ${a} :class ${b}\n  :lang ${c}\n  (p d))`],
    [`{:a (f ${a}) :b (g ${b}) :c ${c}}`, `{:a (f ${a})\n :b (g ${b})\n :c ${c}}`],
    [`(case x 1 (f ${a}) :else (g ${b} ${c}))`, `(case x\n  1 (f ${a})\n  :else (g ${b} ${c}))`],
  ];
  for (const [text = "", wanted = ""] of examples) assert.equal(formatText(text), `${wanted}\n`);
});

test("a form fills its line up to the last column, brackets behind it included", () => {
  const around = "(do (f ))".length;
  const full = `(do (f ${"x".repeat(width - around)}))`;
  assert.equal(full.length, width);
  assert.equal(formatText(full), `${full}\n`);
  assert.equal(formatText(full.replace("x", "xx")), `(do\n  (f ${"x".repeat(width - around + 1)}))\n`);
});

test("a comment that ends its line has no part in where the code goes", () => {
  const comment = `; ${"far ".repeat(40)}`.trimEnd();
  const code = `(f ${longName} (g a b)`;
  assert.equal(formatText(`${code} ${comment}\n  (h c))`), `${code} ${comment}\n  (h c))\n`);
  const bare = `#| ${"x".repeat(20)} |#`;
  const found = `(((a) ${longName}) ${bare} [${bare} {:k -100000000 ${bare} "two words" :a|b} ; note )\na])`;
  assert.equal(formatText(formatText(found)), formatText(found));
});

test("a file of nothing is empty, and one of comments is kept", () => {
  assert.equal(formatText(" \n\n"), "");
  assert.equal(formatText("; a\n\n\n\n ;; b"), "; a\n\n;; b\n");
  assert.equal(formatText("\ufeff(a)"), "(a)\n");
});

test("a text that cannot be read is refused with its place", () => {
  assert.throws(
    () => formatText("(define a 1)\n(p", "page.sx"),
    (error) => {
      assert.ok(error instanceof SxError && error.span);
      assert.equal(error.kind, "read/unclosed");
      assert.deepEqual(error.span.source.position(error.span.start), { line: 2, column: 1 });
      return true;
    },
  );
});

test("forms nested deeper than anybody reads are kept as they are written", () => {
  const deep = `${"(f ".repeat(3000)}(g\n x)${")".repeat(3000)}`;
  const text = formatText(deep);
  assert.ok(text.includes("(g\n x)"));
  assert.equal(formatText(text), text);
});

test("around the depth where laying out ends nothing is lost", () => {
  for (let depth = 190; depth < 210; depth++) {
    const text = formatText(`${"(do ".repeat(depth)}(let ([x (begin 1)]) x)${")".repeat(depth)}`);
    assert.match(text.replaceAll(/\s+/g, " "), /\(let \([([]x \((?:begin|do) 1\)[)\]]\) x\)/);
    assert.equal(formatText(text), text);
  }
});

test("every special form has its shape, or is called like a function", () => {
  const isKnown = (name: string) => specialForms.has(name) || name === "deftest";
  assert.deepEqual(
    [...shapedNames].filter((name) => !isKnown(name)),
    [],
  );
  assert.deepEqual(
    [...specialForms.keys()].filter((name) => !shapedNames.has(name)),
    [],
  );
});
