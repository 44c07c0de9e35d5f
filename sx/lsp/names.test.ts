// Names by scope: each claim is a program with a mark `|` before a name and, where that is a local, a mark `^`
// before the place that binds it; and what the name means.

import assert from "node:assert/strict";
import { test } from "node:test";
import { findSites } from "./definitions.ts";
import { findNames, type Meaning, occurrenceAt } from "./names.ts";
import { Code } from "./nodes.ts";
import { languageNames } from "./vocabulary.ts";

/** What the name behind the `|` means; for a local its role, and whether it is bound at the `^`. */
function meaningIn(marked: string): string {
  const marks = [...marked.matchAll(/[|^]/g)].map(({ 0: mark, index }, before) => ({
    mark,
    offset: index - before,
  }));
  const placeOf = (mark: string) => marks.find((one) => one.mark === mark)?.offset ?? -1;
  const code = new Code(marked.replaceAll(/[|^]/g, ""));
  const sites = findSites(code);
  const names = findNames(code, {
    find(name) {
      const site = sites.find((one) => one.name.name === name);
      return site ? { site, library: "here", file: "file.sx" } : null;
    },
    names: () => sites.map(({ name }) => name.name),
    primitives: languageNames,
  });
  const occurrence = occurrenceAt(names, placeOf("|"));
  return occurrence ? show(occurrence.meaning, placeOf("^")) : "nothing";
}

function show(meaning: Meaning, binder: number): string {
  if (meaning.kind === "local")
    return `${meaning.local.role}${meaning.local.start === binder ? "" : ` bound at ${meaning.local.start}`}`;
  if (meaning.kind === "definition") return `definition ${meaning.found.site.name.name}`;
  if (meaning.kind === "prop") return `prop of ${meaning.found.site.name.name}`;
  return meaning.kind === "tag" ? `tag ${meaning.tag}` : meaning.kind;
}

const claims: Record<string, Record<string, string>> = {
  "let binds in order": {
    "(let ((^a 1) (b |a)) b)": "variable",
    "(let ((^a 1) (a |a)) a)": "variable",
    "(let ((a 1) (^a a)) |a)": "variable",
    "(let ((a |a)) a)": "unbound",
    "(let* ((^a 1)) |a)": "variable",
  },
  "a named let is seen in its body and not in its first values": {
    "(let ^loop ((i 0)) (|loop i))": "loop",
    "(let loop ((^i 0)) (loop |i))": "variable",
    "(let loop ((i |loop)) i)": "unbound",
    "(let loop ((a 1) (b |a)) b)": "unbound",
  },
  "letrec names are seen in all its values": {
    "(letrec ((f (fn () (|g))) (^g (fn () 1))) f)": "variable",
  },
  "parameters are seen in the body, the rest too": {
    "(fn (a &rest ^more) |more)": "parameter",
    "(define (f ^a) |a)": "parameter",
    "(define f (fn (^a) |a))": "parameter",
    "(define f (lambda (a) (fn (^a) |a)))": "parameter",
    "(defmacro m (^x) (list |x))": "parameter",
  },
  "definitions inside a body are seen in all of it": {
    "(define (f) (g) (define (^|g) 1) 2)": "function",
    "(define (f) (|g) (define (^g) 1) 2)": "function",
    "(define (f) (define (g ^a) (+ |a 1)) 2)": "parameter",
    "(when true (define ^x 1) |x)": "variable",
    "(try (define x 1) (catch (e) |x))": "unbound",
  },
  "a prop is a local of its component and can be named at calls": {
    "(defcomp ~c (&key ^title) |title)": "prop",
    "(defcomp ~c (&key (size :default |title) title) size)": "unbound",
    "(defcomp ~c (&key ^title (size :default |title)) size)": "prop",
    "(defcomp ~c (&key title) title) (~c :|title 1)": "prop of ~c",
    "(defcomp ~c (&key title) title) (~c :|other 1)": "unbound",
    "(defcomp ~c (&key a) a) (|~c)": "definition ~c",
    "(defcomp ~c (&key a &rest ^children) |children)": "children",
    "(defcomp ~c (&key a &attrs ^more) |more)": "attributes",
    "(defcomp ~c (&env (user ^cart)) |cart)": "implicit",
    "(defcomp ~c (&env ^user) |user)": "implicit",
    "(defcomp ~c (&env user) user) (~c :|user 1)": "prop of ~c",
  },
  "an error is seen in its handler, a continuation in the body of its capture": {
    "(try 1 (catch (^e) |e))": "caught",
    "(try |e (catch (e) 1))": "unbound",
    "(capture 'tag (^k) (|k 1))": "continuation",
    "(capture |k (k) 1)": "unbound",
  },
  "a head is a special form, then a tag, then what the name means": {
    "(define (f title) (|title))": "tag title",
    "(define (f ^title) |title)": "parameter",
    "(|map inc [1])": "primitive",
    "(|html:map)": "tag map",
    "(|svg:filter)": "tag filter",
    "(svg (|circle))": "tag circle",
    "(|circle)": "unbound",
    "(svg (foreignObject (|circle)))": "unbound",
    "(svg (let ((^circle list)) (|circle)))": "variable",
    "(|if 1 2)": "special",
    "(define (f ^~c) (|~c))": "parameter",
  },
  "a local hides a definition, and a definition a primitive": {
    "(define x 1) (let ((^x 2)) |x)": "variable",
    "(define :shadow inc 1) |inc": "definition inc",
    "(do (define x 1)) |x": "definition x",
  },
  "quoted data has no names": {
    "(define x 1) '|x": "nothing",
    "(define x 1) '(a |x)": "nothing",
    "(define x 1) (quote (a |x))": "nothing",
    "(define x 1) {:a |x}": "definition x",
    "(define x 1) {|x 1}": "nothing",
    "(define x 1) #;(|x) 1": "nothing",
  },
  "names in a template mean definitions, what is unquoted is code": {
    "(define x 1) (defmacro m (x) `(list |x))": "definition x",
    "(define x 1) (defmacro m (^x) `(list ,|x))": "parameter",
    "(define x 1) (defmacro m (^x) `(list ,@(rest |x)))": "parameter",
    "(define x 1) (defmacro m (x) `(list `(a ,|x)))": "definition x",
    "(define x 1) (defmacro m (^x) `(list `(a ,,|x)))": "parameter",
    "(define x 1) (defmacro m (x) `(list '|x))": "nothing",
    "(define x 1) (defmacro m (^x) `(list ',|x))": "parameter",
    "(defmacro m (x) `(let ((^y# ,x)) |y#))": "template",
    "(defcomp ~c (&key title) 1) (defmacro m (x) `(~c :|title ,x))": "prop of ~c",
    "(define x 1) (defmacro m (x) (quasiquote (list |x)))": "definition x",
    "(define x 1) (defmacro m (^x) (quasiquote (list (unquote |x))))": "parameter",
    "(defmacro m (x) `(|div ,x))": "tag div",
  },
  "arguments of a macro are ordinary code": {
    "(defmacro unless (t &rest body) `(if ,t nil (do ,@body))) (define (f ^a) (unless |a 1))": "parameter",
    "(defmacro unless (t &rest body) `(if ,t nil (do ,@body))) (|unless a 1)": "definition unless",
  },
  "a step of a thread is a call, and _ is no name": {
    "(-> 1 |inc)": "primitive",
    "(-> 1 (|p))": "tag p",
    "(-> 1 (- 10 |_))": "nothing",
    "(define (f ^a) (->> a (map |a)))": "parameter",
  },
  "set! names what it changes": {
    "(define (f ^a) (set! |a 1))": "parameter",
    "(define x 1) (define (f) (set! |x 2))": "definition x",
  },
  "half-typed code has names too": {
    "(define (f ^a) (let ((b |a": "parameter",
    "(define (f a) (let ((^w 1)) (|w": "variable",
    "(define (f ^a) (when |a": "parameter",
    "(define (f a) (list a\n(define y 1)\n(define z |y)": "definition y",
    "(define (f a) (list a\n(define (g ^b) |b)": "parameter",
    "(define (f a)) |a)": "unbound",
    "(let (^a) |a)": "variable",
    "(define |": "nothing",
    "(let |": "nothing",
    "(defcomp ~c (&key (^size :type)) |size)": "prop",
  },
};

for (const [claim, programs] of Object.entries(claims)) {
  test(claim, () => {
    const found = Object.fromEntries(Object.keys(programs).map((program) => [program, meaningIn(program)]));
    assert.deepEqual(found, programs);
  });
}

test("forms nested without end are looked at as deep as the language goes", () => {
  for (const opening of [
    "(",
    "(let ((a ",
    "(define (f) ",
    "(do ",
    "`(",
    "'(",
    "(fn () ",
    "`(a ,(",
    "[",
    "{:a ",
  ]) {
    assert.doesNotThrow(() => meaningIn(`${opening.repeat(20_000)}|x`));
  }
});
