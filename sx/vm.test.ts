// The machine under a realm: what the corpus cannot say. Effects that take time, continuations over hosts and errors,
// room, and code that is never made from text.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import type { Value } from "./core/values.ts";
import { createRealm, type RealmOptions } from "./realm.ts";
import { vmEngine } from "./vm/engine.ts";

function realmOf(text: string, options: Partial<RealmOptions> = {}) {
  const realm = createRealm({ engine: vmEngine(), ...options });
  realm.load(text, { file: "test.sx" });
  return realm;
}

const later = async (operation: Value, args: readonly Value[]): Promise<Value> => {
  await Promise.resolve();
  if (operation === "fail") throw new Error("the wire is cut");
  return (args as number[]).reduce((sum, value) => sum + value, 0); // the tests pass numbers
};

test("an effect that takes time is waited for, wherever it stands", async () => {
  const realm = realmOf("(define (ask n) (perform :sum n 1)) (define (all) (map ask (list 1 2 3)))", {
    perform: later,
  });
  assert.deepEqual(await realm.callAsync("all"), [2, 3, 4]);
});

test("two runs that wait do not disturb each other", async () => {
  const realm = realmOf("(define (go n) (let ((a (perform :sum n)) (b (perform :sum n n))) (list n a b)))", {
    perform: later,
  });
  const answers = await Promise.all([
    realm.callAsync("go", 1),
    realm.callAsync("go", 2),
    realm.callAsync("go", 3),
  ]);
  assert.deepEqual(answers, [
    [1, 1, 2],
    [2, 2, 4],
    [3, 3, 6],
  ]);
});

test("an effect that fails later is an error that a program can catch", async () => {
  const realm = realmOf(
    '(define (go) (try (perform :fail) (catch (e) (list "caught" (condition-kind e)))))',
    {
      perform: later,
    },
  );
  assert.deepEqual(await realm.callAsync("go"), ["caught", "host/failed"]);
});

test("whoever cannot wait is told so", () => {
  const realm = realmOf("(define (go) (+ 1 (perform :sum 1)))", { perform: later });
  assert.throws(() => realm.call("go"), { kind: "effect/needs-async" });
  assert.equal(realm.evaluate("(+ 1 2)"), 3);
});

test("variables of a captured frame are shared between the uses of its continuation", () => {
  const realm = realmOf(`
    (define (go)
      (let ((saved nil) (out (list)))
        (prompt :p (let ((n 0)) (do (capture :p (k) (set! saved k)) (set! n (+ n 1)) (set! out (concat out (list n))))))
        (saved nil) (saved nil)
        out))`);
  assert.deepEqual(realm.call("go"), [1, 2]);
});

test("a variable bound after the capture is each use's own", () => {
  const realm = realmOf(`
    (define (go)
      (let ((fs (prompt :p (let ((x (capture :p (k) (list (k 1) (k 10))))) (fn () (set! x (+ x 1)) x)))))
        (list ((first fs)) ((first fs)) ((last fs)))))`);
  assert.deepEqual(realm.call("go"), [2, 3, 11]);
});

test("markup that was in the making is left, taken along and gone back to with its frames", () => {
  const realm = realmOf(`
    (define (left) (div "a" (try (p "b" (raise 1)) (catch (e) "c")) "d"))
    (define (left-by-finally) (div "a" (try (p "b" (try (i "x" (raise 1)) (finally (b "lost")))) (catch (e) "c")) "d"))
    (define (taken) (div "a" (prompt :p (p "b" (capture :p (k) (list (k "c") (k "d"))) "e")) "f"))
    (define (elsewhere) (let ((k (prompt :p (p "b" (capture :p (k) k) "e")))) (ul (li (k "c")) (li "x" (k "d") "y"))))
    (define (abandoned) (div "a" (call/cc (fn (k) (p "lost" (i "lost" (k "kept"))))) "b"))`);
  const html = (name: string) => realm.renderValue(realm.call(name));
  assert.equal(html("left"), "<div>acd</div>");
  assert.equal(html("left-by-finally"), "<div>acd</div>");
  assert.equal(html("taken"), "<div>a<p>bce</p><p>bde</p>f</div>");
  assert.equal(html("elsewhere"), "<ul><li><p>bce</p></li><li>x<p>bde</p>y</li></ul>");
  assert.equal(html("abandoned"), "<div>akeptb</div>");
});

test("what map makes of a list becomes children in its order, whatever it is", () => {
  const realm = realmOf(
    `(defcomp ~all (&key items) (ul "a" (map (fn (item) (if (= item 3) (li item) item)) items) "z"))`,
  );
  const draw = (...items: Value[]) => realm.render("~all", { items });
  assert.equal(draw(), "<ul>az</ul>");
  assert.equal(
    draw(3, "<", 3, -0, null, true, [1, ["&"]], 3, "b"),
    "<ul>a<li>3</li>&lt;<li>3</li>01&amp;<li>3</li>bz</ul>",
  );
});

test("a value that cannot be a child is found out once the whole list is made", () => {
  const realm = realmOf(`
    (defcomp ~all (&key items) (ul (map (fn (item) (if (= item "last") (raise "stopped") item)) items)))
    (define (draw items) (try (str (~all :items items)) (catch (e) (if (string? e) e (condition-kind e)))))`);
  assert.equal(realm.call("draw", [1, { a: 1 }, 2]), "html/bad-child");
  assert.equal(realm.call("draw", [1, { a: 1 }, "last"]), "stopped");
});

test("children that map made before a continuation was taken belong to each of its uses", () => {
  const realm = realmOf(`
    (define (go)
      (let ((saved nil))
        (list
          (prompt :p (ul (map (fn (n) (if (= n 2) (capture :p (k) (do (set! saved k) "taken")) n)) (list 1 2 true 3))))
          (saved "x") (saved "y"))))`);
  const [taken, ...uses] = realm.call("go") as Value[]; // it gives a list
  assert.equal(taken, "taken");
  assert.deepEqual(
    uses.map((use) => (use as { html: string }).html),
    ["<ul>1x3</ul>", "<ul>1y3</ul>"],
  ); // markup
});

test("a million tail calls, of one function, of two and through a catch, take no room", () => {
  const realm = realmOf(`
    (define (down n) (if (= n 0) "down" (down (- n 1))))
    (define (even n) (if (= n 0) "even" (odd (- n 1))))
    (define (odd n) (if (= n 0) "odd" (even (- n 1))))
    (define (by-catch n) (try (raise n) (catch (e) (if (= e 0) "caught" (by-catch (- e 1))))))`);
  assert.equal(realm.call("down", 1_000_000), "down");
  assert.equal(realm.call("even", 1_000_001), "odd");
  assert.equal(realm.call("by-catch", 20_000), "caught");
});

test("a program that fails leaves nothing behind for the next", () => {
  const realm = realmOf(
    "(define (deep n) (+ 1 (deep n))) (define (fine n) (if (= n 0) 0 (+ 1 (fine (- n 1)))))",
  );
  for (let i = 0; i < 3; i++) {
    assert.throws(() => realm.call("deep", 1), { kind: "stack/too-deep" });
    assert.equal(realm.call("fine", 4_999), 4_999);
  }
});

test("more arguments, items, entries and slots than a byte counts", () => {
  const numbers = Array.from({ length: 600 }, (_, index) => index);
  const realm = realmOf("(define (count-all &rest xs) (len xs))");
  assert.equal(realm.evaluate(`(count-all ${numbers.join(" ")})`), 600);
  assert.equal(realm.evaluate(`(len (list ${numbers.join(" ")}))`), 600);
  assert.equal(realm.evaluate(`(+ ${numbers.join(" ")})`), 179_700);
  assert.equal(realm.evaluate(`(len {${numbers.map((n) => `:k${n} ${n}`).join(" ")}})`), 600);
  const bindings = numbers.slice(0, 300).map((n) => `(x${n} ${n})`);
  assert.throws(() => realm.evaluate(`(let (${bindings.join(" ")}) x0)`), { kind: "module/too-large" });
});

test("the errors of joined steps name the place of the one that failed", () => {
  const places: readonly (readonly [string, string])[] = [
    ['(define (f x) (div :id (get x :a) "b"))', "call/type"],
    ["(define (f x) (div (get x :a)))", "call/type"],
    ["(define (f x) (if (< x 1) 1 2))", "call/type"],
  ];
  for (const [text, kind] of places) {
    const realm = realmOf(text);
    assert.throws(
      () => realm.call("f", "text"),
      (error: { kind?: string; span?: { start: number } | null }) => {
        assert.equal(error.kind, kind);
        assert.equal(error.span?.start, text.search(/\((?:get x|< x)/));
        return true;
      },
    );
  }
});

test("the machine runs where no code may be made from text", () => {
  const program = `
    import { createRealm } from ${JSON.stringify(join(import.meta.dirname, "index.ts"))};
    import { vmEngine } from ${JSON.stringify(join(import.meta.dirname, "vm/engine.ts"))};
    const realm = createRealm({ engine: vmEngine() });
    realm.load('(defcomp ~p (&key n) (p (map (fn (x) (b x)) (range n))))');
    process.stdout.write(realm.render("~p", { n: 2 }));`;
  const flags = ["--disallow-code-generation-from-strings", "--input-type=module", "--eval", program];
  assert.equal(execFileSync(process.execPath, flags, { encoding: "utf8" }), "<p><b>0</b><b>1</b></p>");
});

test("a continuation that goes on with itself ends as an error, not as a crash", () => {
  const realm = realmOf("(define (go) (prompt :p (let ((x (capture :p (k) (k k)))) (+ 1 (x x)))))");
  assert.throws(() => realm.call("go"), { kind: "stack/too-deep" });
});
