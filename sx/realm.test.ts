// Realms through their public door: libraries over libraries, the host's border, and what stays the same
// whatever was asked before.

import assert from "node:assert/strict";
import { test } from "node:test";
import { cekEngine } from "./cek/engine.ts";
import { type Primitive, primitive } from "./core/primitives/primitive.ts";
import { createRealm, explain, type RealmOptions, SxError, write } from "./index.ts";
import { jsEngine } from "./js/engine.ts";
import { vmEngine } from "./vm/engine.ts";

const engines = [jsEngine(), cekEngine(), vmEngine()];

function realm(text = "", options: Partial<RealmOptions> = {}) {
  const made = createRealm({ engine: jsEngine(), ...options });
  if (text) made.load(text, { file: "test.sx" });
  return made;
}

function kindOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof SxError) return error.kind;
    throw error;
  }
  return "no error";
}

test("a realm sees its parents' definitions and calls them directly", () => {
  const shared = realm(
    '(define (double n) (* 2 n)) (defcomp ~box (&rest children) (div :class "box" children))',
  );
  const own = realm("(define (four) (double 2)) (defcomp ~page () (~box (p (four))))", { parents: [shared] });
  assert.equal(own.render("~page", {}), '<div class="box"><p>4</p></div>');
});

test("a parent's macro means its parent's names, whatever the caller calls its own", () => {
  const shared = realm("(define (helper x) (* 10 x)) (defmacro ten-times (x) `(helper ,x))");
  const own = realm("(define (use helper) (ten-times helper))", { parents: [shared] });
  assert.equal(own.call("use", 4), 40);
});

test("a second visible definition of a name is refused, also one of a parent", () => {
  const shared = realm("(define limit 1)");
  assert.equal(
    kindOf(() => realm("(define limit 2)", { parents: [shared] })),
    "name/duplicate",
  );
});

test("definitions may be used before the place where they stand", () => {
  assert.equal(
    realm("(define total (double 21)) (define (double n) (* 2 n)) (define (read) total)").call("read"),
    42,
  );
});

test("a value definition that is read before it has its value is an error with its place", () => {
  assert.equal(
    kindOf(() => realm("(define one two) (define two 1)").link()),
    "name/uninitialised",
  );
});

test("declared prop types hold at the host's border", () => {
  const page = realm("(defcomp ~p (&key (n :type number :required true)) (b n))");
  assert.equal(page.render("~p", { n: 1 }), "<b>1</b>");
  assert.equal(
    kindOf(() => page.render("~p", { n: "1" })),
    "component/prop-type",
  );
  assert.equal(
    kindOf(() => page.render("~p", {})),
    "component/missing-prop",
  );
  assert.equal(
    kindOf(() => page.render("~p", { n: 1, m: 2 })),
    "component/unknown-prop",
  );
});

test("a host value that SX cannot hold is named with the way to it", () => {
  const page = realm("(defcomp ~p (&key post) (b (get post :title)))", { checkHostValues: true });
  for (const bad of [new Date(0), new Map(), 1n, Promise.resolve(), Number.NaN, Symbol("s")]) {
    assert.throws(
      () => page.render("~p", { post: { title: "x", list: [1, bad] } }),
      (error) =>
        error instanceof SxError && error.kind === "host/bad-value" && error.message.includes("post.list[1]"),
    );
  }
});

test("host data that holds itself is refused at the border, or where the program walks it", () => {
  const list: unknown[] = [1];
  list.push(list);
  const dict: Record<string, unknown> = {};
  dict.self = dict;
  const walks =
    "(define (walk-text a) (str a)) (define (walk-json a) (json-encode a)) (define (walk-page a) (div a))" +
    "(define (walk-flat a) (flatten a)) (define (walk-hash a) (content-hash a))";
  for (const engine of engines) {
    const checked = createRealm({ engine, checkHostValues: true });
    checked.load(walks, { file: "walks.sx" });
    for (const value of [list, dict])
      assert.throws(
        () => checked.call("walk-text", value),
        (error) => error instanceof SxError && error.kind === "host/too-deep" && error.message.length < 200,
      );
    const unchecked = createRealm({ engine });
    unchecked.load(walks, { file: "walks.sx" });
    assert.deepEqual(
      ["walk-text", "walk-json", "walk-page", "walk-flat", "walk-hash"].map((name) =>
        kindOf(() => unchecked.call(name, list)),
      ),
      ["write/cyclic", "call/type", "stack/too-deep", "stack/too-deep", "write/cyclic"],
      engine.name,
    );
  }
});

test("host data that holds one part many times is looked at once for each part", () => {
  let shared: unknown = ["x"];
  for (let i = 0; i < 100; i++) shared = [shared, shared];
  for (const engine of engines) {
    const checked = createRealm({ engine, checkHostValues: true });
    checked.load("(define (size a) (len a))", { file: "size.sx" });
    assert.equal(checked.call("size", shared), 2);
    assert.throws(() => checked.call("size", new Array(4_000_000_000)), { kind: "host/bad-value" });
    let deep: unknown = shared;
    for (let i = 0; i < 110; i++) deep = [deep];
    assert.throws(() => checked.call("size", deep), { kind: "host/too-deep" });
  }
});

test("a property that is computed when it is read is refused at the border, and not read", () => {
  const page = realm("(define (f a) (get a :x))", { checkHostValues: true });
  const computed = {
    get x() {
      throw new Error("read");
    },
  };
  assert.throws(() => page.call("f", { in: computed }), { kind: "host/bad-value", message: /in\.x is/ });
});

test("a function of the host is refused at the border; one of the programs' own may come back", () => {
  const keep: Primitive = primitive("(keep f:any) -> any", "Keeps a function.", (f: unknown) => {
    kept = f;
    return null;
  });
  let kept: unknown = null;
  for (const engine of engines) {
    const checked = createRealm({ engine, checkHostValues: true, platform: [keep] });
    checked.load(
      `(define (each f) (map f (list 1 2))) (define (adder n) {:add (fn (x) (+ x n))}) (define (give) (keep (fn (x) (* x 2))))
       (defcomp ~p (&key f) (b (f 5)))`,
      { file: "border.sx" },
    );
    assert.throws(() => checked.call("each", (x: number) => x), { kind: "host/bad-value" }, engine.name);
    const { add } = checked.call("adder", 10) as { add: unknown };
    assert.deepEqual(checked.call("each", add), [11, 12], engine.name);
    assert.deepEqual(checked.call("each", checked.evaluate("inc")), [2, 3], engine.name);
    assert.equal(checked.render("~p", { f: add }, "wire"), '(b "15")\n', engine.name);
    checked.call("give");
    assert.deepEqual(checked.call("each", kept), [2, 4], engine.name);
  }
});

test("null and undefined from the host are nil", () => {
  const page = realm(
    '(defcomp ~p (&key post) (b (if (nil? (get post :gone)) "nil" "not") (get post :none)))',
  );
  assert.equal(page.render("~p", { post: { gone: undefined, none: null } }), "<b>nil</b>");
});

test("host data shaped like markup stays text or is refused", () => {
  const page = realm("(defcomp ~p (&key x) (b x))");
  assert.equal(page.render("~p", { x: ["script", ["alert(1)"]] }), "<b>scriptalert(1)</b>");
  assert.equal(
    kindOf(() => page.render("~p", { x: { html: "<script>" } })),
    "html/bad-child",
  );
});

test("a dict from the host never shows what it inherits", () => {
  const page = realm("(define (look d) (list (get d :constructor) (get d :toString) (get d :own)))");
  assert.equal(write(page.call("look", { own: 1 })), "(nil nil 1)");
});

test("an error while rendering leaves nothing behind for the next page", () => {
  const page = realm(
    '(defcomp ~p (&key n) (provide "k" "v" (b (/ 1 n)))) (define (look) (context "k" "nothing"))',
  );
  assert.equal(
    kindOf(() => page.render("~p", { n: 0 })),
    "arith/zero-div",
  );
  assert.equal(page.call("look"), "nothing");
});

test("a million tail calls, of itself and of each other, take no room", () => {
  const r = realm(
    "(define (down n) (if (= n 0) :done (down (- n 1)))) (define (ping n) (if (= n 0) :done (pong (- n 1)))) (define (pong n) (ping n))",
  );
  assert.equal(r.call("down", 1_000_000), "done");
  assert.equal(r.call("ping", 1_000_000), "done");
});

test("recursion without an end is an error, not a crash", () => {
  const r = realm("(define (deep n) (+ 1 (deep n))) (defcomp ~deep () (div (~deep)))");
  assert.equal(
    kindOf(() => r.call("deep", 1)),
    "stack/too-deep",
  );
  assert.equal(
    kindOf(() => r.render("~deep", {})),
    "stack/too-deep",
  );
});

test("forms nested without measure are refused by the reader", () => {
  const text = `${"(list ".repeat(100_000)}${")".repeat(100_000)}`;
  assert.equal(
    kindOf(() => realm(text)),
    "read/too-deep",
  );
  const legal = `${"(list ".repeat(3000)}${")".repeat(3000)}`;
  assert.equal(
    kindOf(() => realm().evaluate(legal)),
    "read/too-deep",
  );
});

test("literal class names are found wherever they can become part of a class", () => {
  const r = realm(
    '(defcomp ~c (&key (size :default "p-2") on) (div :class (list "card" (if on "is-on" "is-off") {:bold on} size) (p :class (when on "m-1"))))',
  );
  const found = r.classStrings().join(" ").split(" ");
  for (const name of ["card", "is-on", "is-off", "bold", "m-1"]) assert.ok(found.includes(name), name);
});

test("an error is explained with its line, a caret, the component and the help", () => {
  const r = realm("(defcomp ~card (&key title)\n  (h2 (uppr title)))");
  assert.throws(
    () => r.link(),
    (error) => {
      assert.ok(error instanceof SxError);
      assert.equal(
        explain(error),
        "test.sx:2:8: name/unbound: nothing here is called uppr\n  |\n2 |   (h2 (uppr title)))\n  |        ^^^^\nhelp: did you mean upper?",
      );
      return true;
    },
  );
});

test("a file with one mistake does not half load", () => {
  const r = realm();
  assert.equal(
    kindOf(() => r.load("(define a 1) (define b")),
    "read/unclosed",
  );
  assert.deepEqual(r.definedNames(), []);
});
