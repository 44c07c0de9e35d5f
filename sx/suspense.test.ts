// Suspense on every engine: a value that is awaited leaves a hole, and what fills it is the same whenever it
// comes, as text, over the wire and in a document. What goes wrong stands at the place that waited.

import assert from "node:assert/strict";
import { test } from "node:test";
import { cekEngine } from "./cek/engine.ts";
import { SxError } from "./core/errors.ts";
import { showPosition } from "./core/source.ts";
import { type Dict, Pending, type Value } from "./core/values.ts";
import type { Engine } from "./front/engine.ts";
import { jsEngine } from "./js/engine.ts";
import { createRealm, type Realm } from "./realm.ts";
import type { Chunk } from "./render/stream.ts";
import { vmEngine } from "./vm/engine.ts";

const engines: readonly Engine[] = [jsEngine({ checkProps: true }), cekEngine(), vmEngine()];

/** A promise that is settled by hand. */
function later(): { pending: Pending; come: (value: Value) => void; fail: (reason: unknown) => void } {
  const { promise, resolve, reject } = Promise.withResolvers<Value>();
  return { pending: new Pending(promise), come: resolve, fail: reject };
}

const source = `
(define (note text) (i text))
(defcomp ~part (&key name value) (section (h2 name) (suspense :fallback (note "…") value (fn (v) (p v " " (context :who "nobody"))))))
(defcomp ~page (&key a b) (main (provide :who "Ann" (~part :name "A" :value a)) (~part :name "B" :value b)))
(defcomp ~nested (&key a b) (suspense :fallback "outer" a (fn (v) (div v (suspense :fallback "inner" b (fn (w) (b w)))))))
(defcomp ~rows (&key a) (ul (map (fn (n) (li n (suspense :fallback nil a (fn (v) (* n v))))) (list 1 2 3))))
(defcomp ~wrong (&key a) (p
  (suspense :fallback "x" a (fn (v) {:not v}))))
(defcomp ~raising (&key a) (p (suspense :fallback "x" a (fn (v)
  (nth (list) v)))))
(defcomp ~counts (&key a) (p
  (suspense :fallback "x" a (fn (v w) v))))
(defcomp ~caught (&key a) (p (try (suspense :fallback "x" a (fn (v) (raise v))) (catch (e) "caught"))))
(defcomp ~handled (&key a) (p (with-handler (fn (e) 1) (fn () (suspense :fallback "x" a (fn (v) (raise-continuable v)))))))
(defcomp ~bad-fallback (&key a) (p
  (suspense :fallback {:a 1} a (fn (v) v))))
(defcomp ~framed (&key a) (iframe :srcdoc (div (suspense :fallback "x" a (fn (v) v)))))`;

function realmOf(engine: Engine): Realm {
  const realm = createRealm({ engine });
  realm.load(source, { file: "s.sx" });
  return realm;
}

/** Runs a stream to its end; `next` is called after each piece, with its number. */
async function pieces(
  stream: AsyncGenerator<Chunk>,
  next: (index: number) => void = () => {},
): Promise<Chunk[]> {
  const found: Chunk[] = [];
  for await (const chunk of stream) {
    found.push(chunk);
    next(found.length);
  }
  return found;
}

const texts = (chunks: readonly Chunk[]): string[] => chunks.map(({ text }) => text);

for (const engine of engines) {
  const { name } = engine;

  test(`${name}: a page comes at once with holes, and each filling when its value does`, async () => {
    const [a, b] = [later(), later()];
    const chunks = await pieces(
      realmOf(engine).renderStream("~page", { a: a.pending, b: b.pending }),
      (n) => {
        if (n === 1) b.come("second");
        if (n === 2) a.come("first & last");
      },
    );
    assert.deepEqual(texts(chunks), [
      '<main><section><h2>A</h2><sx-hole id="1"><i>…</i></sx-hole></section><section><h2>B</h2><sx-hole id="2"><i>…</i></sx-hole></section></main>',
      '<template data-sx-fill="2"><p>second nobody</p></template>',
      '<template data-sx-fill="1"><p>first &amp; last Ann</p></template>',
    ]);
    assert.deepEqual(
      chunks.map(({ kind, id, holes }) => [kind, id, holes]),
      [
        ["page", null, ["1", "2"]],
        ["fill", "2", ["1"]],
        ["fill", "1", []],
      ],
    );
  });

  test(`${name}: on the wire holes and fillings are forms, and the end is said`, async () => {
    const [a, b] = [later(), later()];
    a.come(1);
    const chunks = await pieces(
      realmOf(engine).renderStream("~page", { a: a.pending, b: b.pending }, "wire"),
      (n) => {
        if (n === 2) b.fail(new Error("secret address"));
      },
    );
    assert.deepEqual(texts(chunks), [
      '(main (section (h2 "A") (sx:hole "1" (i "…"))) (section (h2 "B") (sx:hole "2" (i "…"))))\n',
      '(sx:fill "1" (p "1 Ann"))\n',
      '(sx:fail "2" {:kind "host/failed" :message "the server could not answer"})\n',
      "(sx:end)\n",
    ]);
    assert.match(String(chunks[2]?.error), /secret address/);
  });

  test(`${name}: what is ready leaves no hole, and neither does what never was awaited`, async () => {
    const a = later();
    a.come("there");
    await a.pending.settled;
    const realm = realmOf(engine);
    const html =
      "<main><section><h2>A</h2><p>there Ann</p></section><section><h2>B</h2><p>5 nobody</p></section></main>";
    assert.equal(realm.render("~page", { a: a.pending, b: 5 }), html);
    assert.equal((await pieces(realm.renderStream("~page", { a: a.pending, b: 5 })))[0]?.text, html);
  });

  test(`${name}: a page that waits for everything is the same whatever comes first`, async () => {
    const expected =
      "<main><section><h2>A</h2><p>1 Ann</p></section><section><h2>B</h2><p>2 nobody</p></section></main>";
    for (const aFirst of [true, false]) {
      const [a, b] = [later(), later()];
      const answer = realmOf(engine).renderAsync("~page", { a: a.pending, b: b.pending });
      (aFirst ? a : b).come(aFirst ? 1 : 2);
      await new Promise(setImmediate);
      (aFirst ? b : a).come(aFirst ? 2 : 1);
      assert.equal(await answer, expected);
    }
  });

  test(`${name}: a hole in a filling has an id below it and is filled like any`, async () => {
    const run = async (bFirst: boolean) => {
      const [a, b] = [later(), later()];
      if (bFirst) b.come("deep");
      const chunks = await pieces(
        realmOf(engine).renderStream("~nested", { a: a.pending, b: b.pending }),
        (n) => {
          if (n === 1) setImmediate(() => a.come("A"));
          if (n === 2) b.come("deep");
        },
      );
      return texts(chunks);
    };
    assert.deepEqual(await run(false), [
      '<sx-hole id="1">outer</sx-hole>',
      '<template data-sx-fill="1"><div>A<sx-hole id="1.1">inner</sx-hole></div></template>',
      '<template data-sx-fill="1.1"><b>deep</b></template>',
    ]);
    assert.deepEqual(await run(true), [
      '<sx-hole id="1">outer</sx-hole>',
      '<template data-sx-fill="1"><div>A<b>deep</b></div></template>',
    ]);
    const [a, b] = [later(), later()];
    const answer = realmOf(engine).renderAsync("~nested", { a: a.pending, b: b.pending }, "wire");
    a.come("A");
    await new Promise(setImmediate);
    b.come("B");
    assert.equal(await answer, '(div "A" (b "B"))\n');
  });

  test(`${name}: one value may fill many holes, and variables are those of each`, async () => {
    const a = later();
    const chunks = await pieces(realmOf(engine).renderStream("~rows", { a: a.pending }), () => a.come(10));
    assert.deepEqual(texts(chunks), [
      '<ul><li>1<sx-hole id="1"></sx-hole></li><li>2<sx-hole id="2"></sx-hole></li><li>3<sx-hole id="3"></sx-hole></li></ul>',
      '<template data-sx-fill="1">10</template>',
      '<template data-sx-fill="2">20</template>',
      '<template data-sx-fill="3">30</template>',
    ]);
  });

  test(`${name}: a way of rendering that cannot wait says so, at the place`, () => {
    assert.deepEqual(
      failureOf(() => realmOf(engine).render("~wrong", { a: later().pending })),
      ["suspense/needs-stream", "s.sx:8:3"],
    );
  });

  test(`${name}: what fails before the page is drawn fails it, and can be caught`, async () => {
    const a = later();
    a.fail(new Error("no"));
    await a.pending.settled;
    assert.deepEqual(
      failureOf(() => realmOf(engine).render("~wrong", { a: a.pending })),
      ["host/failed", "s.sx:8:3"],
    );
    assert.equal(realmOf(engine).render("~caught", { a: a.pending }), "<p>caught</p>");
  });

  const failures: readonly (readonly [component: string, kind: string, place: string, says: string])[] = [
    ["~wrong", "html/bad-child", "s.sx:8:3", "the dict {:not 0} cannot be printed as a child"],
    ["~raising", "index/out-of-range", "s.sx:10:3", ""],
    ["~counts", "call/arity", "s.sx:12:3", ""],
    ["~caught", "raised", "s.sx:13:69", "the program raised the number 0"],
    ["~handled", "raised", "s.sx:14:97", "the program raised the number 0"],
  ];
  for (const [component, kind, place, says] of failures) {
    test(`${name}: a filling of ${component} that fails is told with its place, and the page goes on`, async () => {
      const a = later();
      const chunks = await pieces(realmOf(engine).renderStream(component, { a: a.pending }), () => a.come(0));
      const failed = chunks[1];
      assert.equal(failed?.kind, "fail");
      assert.equal(failed.error?.kind, kind);
      assert.equal(failed.error.span && showPosition(failed.error.span), place);
      assert.ok(
        failed.text.startsWith(`<template data-sx-fail="1" data-kind="${kind}">${says}`),
        failed.text,
      );
      const again = later();
      const waiting = realmOf(engine).renderAsync(component, { a: again.pending });
      again.come(0);
      await assert.rejects(waiting, { kind });
    });
  }

  test(`${name}: of several failures a waiting page tells the first in its order`, async () => {
    const [a, b] = [later(), later()];
    const waiting = realmOf(engine).renderAsync("~page", { a: a.pending, b: b.pending });
    b.fail(new SxError("b/failed", "b"));
    setImmediate(() => a.fail(new SxError("a/failed", "a")));
    await assert.rejects(waiting, { kind: "a/failed" });
  });

  test(`${name}: a fallback that cannot be shown fails the page, at the place`, async () => {
    const stream = realmOf(engine).renderStream("~bad-fallback", { a: later().pending });
    await assert.rejects(stream.next(), (error) => {
      assert.deepEqual(
        failureOf(() => {
          throw error;
        }),
        ["html/bad-child", "s.sx:16:3"],
      );
      return true;
    });
  });

  test(`${name}: a page inside a page has no holes`, async () => {
    const stream = realmOf(engine).renderStream("~framed", { a: later().pending });
    await assert.rejects(stream.next(), { kind: "html/bad-attribute-value" });
  });

  test(`${name}: a value that SX cannot hold is refused when it comes`, async () => {
    const a = later();
    const realm = createRealm({ engine, checkHostValues: true });
    realm.load(source, { file: "s.sx" });
    const chunks = await pieces(realm.renderStream("~nested", { a: a.pending, b: 1 }), () =>
      a.come(new Date(0)),
    );
    assert.match(String(chunks[1]?.error), /the value of hole 1 is a Date/);
  });

  test(`${name}: two pages that wait at the same time do not mix`, async () => {
    const realm = realmOf(engine);
    const [a, b] = [later(), later()];
    const props = (own: Pending): Dict => ({ a: own, b: 0 });
    const both = [
      realm.renderAsync("~nested", props(a.pending)),
      realm.renderAsync("~page", props(b.pending)),
    ];
    b.come("B");
    await new Promise(setImmediate);
    a.come("A");
    assert.deepEqual(await Promise.all(both), [
      "<div>A<b>0</b></div>",
      "<main><section><h2>A</h2><p>B Ann</p></section><section><h2>B</h2><p>0 nobody</p></section></main>",
    ]);
  });
}

/** Kind and place of what a function throws. */
function failureOf(run: () => unknown): [kind: string, place: string] {
  try {
    run();
  } catch (error) {
    if (error instanceof SxError) return [error.kind, error.span ? showPosition(error.span) : "nowhere"];
    throw error;
  }
  return ["no error", ""];
}
