// How deep a program may be, on every engine: the last depth that runs is the same one for every way of
// going deeper, and what is deeper is an error of the language and not of the host. The host's stack must
// hold the whole depth for that (see scripts/run-tests.ts, which asks Node for it).

import assert from "node:assert/strict";
import { test } from "node:test";
import { cekEngine } from "../cek/engine.ts";
import { SxError } from "../core/errors.ts";
import type { Engine } from "../front/engine.ts";
import { jsEngine } from "../js/engine.ts";
import { createRealm } from "../realm.ts";
import { vmEngine } from "../vm/engine.ts";

const engines: readonly Engine[] = [jsEngine({ checkProps: true }), cekEngine(), vmEngine()];

/** Each goes `n` activations deep when it is called with `n - 1`, or says how many more it takes for each step. */
const shapes: Readonly<Record<string, string>> = {
  "a plain call": "(define (go n) (if (= n 0) 0 (+ 1 (go (- n 1)))))",
  "a call in a let": "(define (go n) (if (= n 0) 0 (let ((x (go (- n 1)))) (+ x 1))))",
  "mutual calls":
    "(define (go n) (if (= n 0) 0 (+ 1 (again (- n 1))))) (define (again n) (if (= n 0) 0 (+ 1 (go (- n 1)))))",
  "a tail call between": "(define (go n) (if (= n 0) 0 (+ 1 (again n)))) (define (again n) (go (- n 1)))",
  "map of a name":
    "(define (go n) (if (= n 0) 0 (+ 1 (first (map again (list n)))))) (define (again n) (go (- n 1)))",
  "map of a function in place":
    "(define (go n) (if (= n 0) 0 (+ 1 (first (map (fn (x) (go (- x 1))) (list n))))))",
  "map of a function that waits":
    "(define (go n) (if (= n 0) 0 (first (map (fn (x) (+ 1 (go (- x 1)))) (list n)))))",
  "map in tail position": "(define (go n) (if (= n 0) (list) (map (fn (x) (go (- x 1))) (list n))))",
  "map of a variable":
    "(define (go n) (let ((f (fn (x) (go (- x 1))))) (if (= n 0) 0 (+ 1 (first (map f (list n)))))))",
  filter: "(define (go n) (if (= n 0) true (not (empty? (filter (fn (x) (go (- x 1))) (list n))))))",
  reduce: "(define (go n) (if (= n 0) 0 (reduce (fn (sum x) (+ sum (go (- x 1)))) 0 (list n))))",
  some: "(define (go n) (if (= n 0) true (some (fn (x) (go (- x 1))) (list n))))",
  apply: "(define (go n) (if (= n 0) 0 (+ 1 (apply go (list (- n 1))))))",
  "apply in tail position of a waiting call":
    "(define (go n) (if (= n 0) 0 (+ 1 (again n)))) (define (again n) (apply go (list (- n 1))))",
  try: "(define (go n) (if (= n 0) 0 (+ 1 (try (go (- n 1)) (catch (e) (raise e))))))",
  finally: "(define (go n) (if (= n 0) 0 (try (go (- n 1)) (finally nil))))",
  provide: "(define (go n) (if (= n 0) 0 (provide :depth n (go (- n 1)))))",
  "a loop that something waits for":
    "(define (go n) (if (= n 0) 0 (+ 1 (let loop ((i 2)) (if (= i 0) (go (- n 1)) (loop (- i 1)))))))",
  "a loop in tail position":
    "(define (go n) (let loop ((i 2)) (if (= n 0) 0 (if (= i 0) (+ 1 (go (- n 1))) (loop (- i 1))))))",
  "a closure": "(define (go n) (let ((f (fn () (go (- n 1))))) (if (= n 0) 0 (+ 1 (f)))))",
  components: '(defcomp ~go (&key n) (div (if (= n 0) "" (~go :n (- n 1))))) (define (go n) (~go :n n))',
  "components in tail position":
    '(defcomp ~go (&key n) (if (= n 0) "" (~go :n (- n 1)))) (define (go n) (~go :n n))',
  "children of components":
    '(defcomp ~box (&rest children) (div children)) (define (go n) (if (= n 0) "" (~box (go (- n 1)))))',
  "a component that is a value":
    '(defcomp ~go (&key n ~next) (div (if (= n 0) "" (~next :n (- n 1) :~next ~next)))) (define (go n) (~go :n n :~next ~go))',
  "with-handler": "(define (go n) (if (= n 0) 0 (with-handler (fn (e) e) (fn () (go (- n 1))))))",
  "a handler":
    "(define (go n) (if (= n 0) 0 (with-handler (fn (e) (go (- n 1))) (fn () (raise-continuable n)))))",
  "a leaf at the end": "(define (id x) x) (define (go n) (if (= n 0) (id 0) (+ 1 (go (- n 1)))))",
};

/** Those that capture continuations, which the JavaScript engine does not. */
const captures: Readonly<Record<string, string>> = {
  "a continuation called at the bottom":
    "(define (wait) (+ 0 (capture :p (k) k))) (define k (prompt :p (+ 1 (wait)))) (define (go n) (if (= n 0) (k 1) (+ 1 (go (- n 1)))))",
  "a continuation captured in tail position":
    "(define (wait) (capture :p (k) k)) (define k (prompt :p (+ 1 (wait)))) (define (go n) (if (= n 0) (+ 1 (apply k (list 1))) (+ 1 (go (- n 1)))))",
  "a continuation that is deep itself":
    "(define (down n) (if (= n 0) (capture :p (k) (k (k 1))) (+ 1 (down (- n 1))))) (define (go n) (+ 0 (prompt :p (down n))))",
  "a continuation mapped":
    "(define (down n) (if (= n 0) (capture :p (k) (map k (list 1 2))) (+ 1 (down (- n 1))))) (define (go n) (first (prompt :p (down n))))",
  "a continuation as a handler":
    "(define (down n) (if (= n 0) (capture :p (k) (with-handler k (fn () (raise-continuable 1)))) (+ 1 (down (- n 1))))) (define (go n) (+ 0 (prompt :p (down n))))",
  "a continuation resumed inside itself":
    "(define (go n) (prompt :p (let ((x (capture :p (k) (k k)))) (set! n (- n 1)) (if (< n 0) 0 (+ 1 (x x))))))",
  "a continuation resumed inside itself in tail position":
    "(define (go n) (prompt :p (let ((x (capture :p (k) (k k)))) (set! n (- n 1)) (if (< n 0) 0 (x x)))))",
  "the continuation of the whole":
    "(define (go n) (if (= n 0) (call/cc (fn (k) (+ 1 (k 0)))) (+ 1 (go (- n 1)))))",
  prompts: "(define (go n) (if (= n 0) 0 (+ 1 (prompt :p (go (- n 1))))))",
};

/** The largest argument that `go` takes on an engine, and what a larger one gives. */
function limitOf(engine: Engine, source: string): { last: number; called: number; beyond: string } {
  const realm = createRealm({ engine });
  realm.load(source, { file: "deep.sx" });
  const attempt = (run: () => unknown): string => {
    try {
      run();
      return "runs";
    } catch (error) {
      if (!(error instanceof SxError)) throw error;
      return `${error.kind} ${error.span?.start}`;
    }
  };
  const search = (run: (n: number) => unknown): { last: number; beyond: string } => {
    let last = 1;
    let first = 16_384;
    let beyond = attempt(() => run(first));
    while (first - last > 1) {
      const middle = (last + first) >> 1;
      const answer = attempt(() => run(middle));
      if (answer === "runs") last = middle;
      else {
        first = middle;
        beyond = answer;
      }
    }
    return { last, beyond };
  };
  const evaluated = search((n) => realm.evaluate(`(go ${n})`));
  return { ...search((n) => realm.call("go", n)), called: evaluated.last };
}

function checkDepth(name: string, source: string, among: readonly Engine[]): void {
  test(`every engine goes equally deep by ${name}`, () => {
    const limits = among.map((engine) => limitOf(engine, source));
    for (const [index, limit] of limits.entries()) {
      assert.deepEqual(limit, limits.at(-1), `${among[index]?.name} against ${among.at(-1)?.name}`);
      assert.match(limit.beyond, /^stack\/too-deep \d+$/);
    }
  });
}

for (const [name, source] of Object.entries(shapes)) checkDepth(name, source, engines);
for (const [name, source] of Object.entries(captures)) checkDepth(name, source, engines.slice(1));
