// Calls that are left to the receiver of a page: only of components that it has and that draw the same anywhere,
// on every engine alike; and what the receiver draws of them is what this end would have drawn.

import assert from "node:assert/strict";
import { test } from "node:test";
import { cekEngine } from "./cek/engine.ts";
import { SxError } from "./core/errors.ts";
import { primitive } from "./core/primitives/primitive.ts";
import { showPosition } from "./core/source.ts";
import type { Engine } from "./front/engine.ts";
import { jsEngine } from "./js/engine.ts";
import { createRealm, type Realm } from "./realm.ts";
import { printHtml } from "./render/html.ts";
import { parseNodes } from "./render/wire-parser.ts";
import { vmEngine } from "./vm/engine.ts";

const engines: readonly Engine[] = [jsEngine({ checkProps: true }), cekEngine(), vmEngine()];

const source = `
(define limit 3)
(define counter 0)
(define (count-up) (set! counter (+ counter 1)))
(define (shout text) (upper text))
(defcomp ~plain (&key title (size :type string :default "md") &rest children) (p :class size title (len children) children))
(defcomp ~helped (&key text) (b (shout text) limit))
(defcomp ~wrapping (&key text) (div (~plain :title text (i "x"))))
(defcomp ~contextual (&key) (p (context :who "nobody")))
(defcomp ~indirect (&key) (div (~contextual)))
(defcomp ~counting (&key) (p (count-up) counter))
(defcomp ~asking (&key) (p (here)))
(defcomp ~waiting (&key value) (p (suspense :fallback "…" value (fn (v) v))))
(defcomp ~greedy (&key a &attrs more) (p a (get more "b")))
(defcomp ~implicit (&key a &env user) (p a user))
(defcomp ~strict (&key (a :required true)) (p a))`;

/** A page of one expression, as an engine sends it to somebody who has these components. */
function realmWith(engine: Engine, expression: string): Realm {
  const here = primitive("(here) -> string", "Where this is.", () => "the server");
  const realm = createRealm({ engine, platform: [here] });
  realm.load(`${source}\n(defcomp ~page (&key f)\n  ${expression})`, { file: "page.sx" });
  return realm;
}

const all = new Set(
  "~plain ~helped ~wrapping ~contextual ~indirect ~counting ~asking ~waiting ~greedy ~implicit ~strict ~page".split(
    " ",
  ),
);

/** Expressions, and what is sent of them. */
const sent: readonly (readonly [claim: string, expression: string, wire: string])[] = [
  ["a component that draws the same anywhere is left", '(~helped :text "a")', '(~helped :text "a")'],
  [
    "its children are left one by one",
    '(~plain :title "t" "a" (b "c") (list 1 (i)) nil)',
    '(~plain :title "t" "a" (b "c") (list 1 (i)) nil)',
  ],
  [
    "what stands around a call is drawn",
    '(div (~wrapping :text "x") "y")',
    '(div (~wrapping :text "x") "y")',
  ],
  [
    "props have the order of the declaration",
    '(~plain :size "lg" :title "t")',
    '(~plain :title "t" :size "lg")',
  ],
  ["a default is the receiver's to fill in", '(~plain :title "t")', '(~plain :title "t")'],
  ["nil that was given is not nothing", "(~plain :title nil)", "(~plain :title nil)"],
  [
    "calls stand among children and props too",
    '(~plain :title (~helped :text "a") (~helped :text "b"))',
    '(~plain :title (~helped :text "a") (~helped :text "b"))',
  ],
  [
    "a component that is held is left by its own name",
    '(let ((~held ~helped)) (~held :text "a"))',
    '(~helped :text "a")',
  ],
  [
    "props that are spread are props",
    '(~plain (spread {:size "s" :title "t"}))',
    '(~plain :title "t" :size "s")',
  ],
  ["what &attrs gathers is sent after the rest", "(~greedy :b 2 :a 1)", "(~greedy :a 1 :b 2)"],
  [
    "implicit parameters are sent with it",
    '(let ((user "Ann")) (~implicit :a 1))',
    '(~implicit :a 1 :user "Ann")',
  ],
  ["one that reads a context is drawn", '(provide :who "Ann" (~contextual))', '(p "Ann")'],
  ["and so is one that reaches it through another", "(~indirect)", '(div (p "nobody"))'],
  ["one that changes a variable is drawn", "(~counting)", '(p "11")'],
  ["one that asks the host is drawn", "(~asking)", '(p "the server")'],
  ["one that may wait is drawn", "(~waiting :value 5)", '(p "5")'],
];

for (const engine of engines) {
  for (const [claim, expression, wire] of sent) {
    test(`${engine.name}: ${claim}`, () => {
      const realm = realmWith(engine, expression);
      assert.equal(realm.render("~page", {}, "wire", { loaded: all }), `${wire}\n`);
      const receiver = realmWith(engine, expression);
      const html = realmWith(engine, expression).render("~page", {});
      assert.equal(printHtml(receiver.expand(parseNodes(wire))), html);
    });
  }

  test(`${engine.name}: only what the receiver has is left, and nothing where nothing is said`, () => {
    const realm = realmWith(engine, '(<> (~plain :title "t") (~helped :text "a"))');
    const drawn = '(p :class "md" "t0")\n';
    const loaded = new Set(["~helped"]);
    assert.equal(realm.render("~page", {}, "wire", { loaded }), `${drawn}(~helped :text "a")\n`);
    assert.equal(realm.render("~page", {}, "wire"), `${drawn}(b "A3")\n`);
    assert.equal(realm.render("~page", {}, "html", { loaded }), '<p class="md">t0</p><b>A3</b>');
  });

  test(`${engine.name}: the component that is asked for is always drawn`, () => {
    const realm = realmWith(engine, '(~helped :text "a")');
    assert.equal(realm.render("~helped", { text: "a" }, "wire", { loaded: all }), '(b "A3")\n');
  });

  test(`${engine.name}: what a component would say of its props is said before its call is left`, () => {
    const cases: readonly (readonly [string, string])[] = [
      ["(~strict (spread {}))", "component/missing-prop"],
      ["(~plain :size (+ 1 2))", "component/prop-type"],
      ["(~plain (spread {:titel 1}))", "component/unknown-prop"],
      ["(let ((~held ~helped)) (~held :text 1 (b)))", "component/unknown-prop"],
    ];
    for (const [expression, kind] of cases) {
      assert.throws(
        () => realmWith(engine, expression).render("~page", {}, "wire", { loaded: all }),
        (error) => {
          assert.ok(error instanceof SxError);
          const line = error.span ? showPosition(error.span).split(":")[1] : "nowhere";
          assert.deepEqual([error.kind, line], [kind, "18"], expression);
          return true;
        },
      );
    }
  });

  test(`${engine.name}: a prop that cannot travel is told with the way to it`, () => {
    const expression = "(~plain :title (list 1 {:on-click f}))";
    assert.throws(
      () => realmWith(engine, expression).render("~page", { f: () => null }, "wire", { loaded: all }),
      {
        kind: "wire/not-serialisable",
        message: /^~plain :title\[1\]\.on-click is /,
      },
    );
  });

  test(`${engine.name}: a call that was left has no HTML of its own`, () => {
    const realm = realmWith(engine, '(iframe :srcdoc (~helped :text "a"))');
    assert.throws(() => realm.render("~page", {}, "wire", { loaded: all }), { kind: "wire/unexpanded" });
    assert.match(realm.render("~page", {}), /srcdoc="&lt;b&gt;A3/);
  });

  test(`${engine.name}: a realm sends what its parents define`, () => {
    const parent = createRealm({ engine });
    parent.load("(defcomp ~shared (&key n) (i n))");
    const realm = createRealm({ engine, parents: [parent] });
    realm.load('(defcomp ~own () (p (~shared :n 1) "x"))');
    assert.equal(realm.render("~own", {}, "wire"), '(p (i "1") "x")\n');
    assert.equal(
      realm.render("~own", {}, "wire", { loaded: new Set(["~shared"]) }),
      '(p (~shared :n 1) "x")\n',
    );
    realm.load("(defcomp ~later () (p (~own)))");
    assert.equal(realm.render("~later", {}, "wire"), '(p (p (i "1") "x"))\n');
  });
}
