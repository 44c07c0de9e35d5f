// Effects whose answers come later, on every engine that can wait: who waits gets the value, who cannot gets an error
// that says how, and an answer that fails is an error where the effect was performed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { cekEngine } from "../cek/engine.ts";
import type { Value } from "../core/values.ts";
import { jsEngine } from "../js/engine.ts";
import { createRealm } from "../realm.ts";
import { vmEngine } from "../vm/engine.ts";

/** Answers `later` after a turn, `now` at once, and lets `fail` fail after a turn. */
function perform(operation: Value, [value = null]: readonly Value[]): Value {
  if (operation === "now") return value;
  return new Promise((settle, refuse) =>
    setImmediate(() => (operation === "fail" ? refuse(new Error("no answer")) : settle(value))),
  );
}

for (const engine of [cekEngine(), vmEngine()]) {
  test(`${engine.name}: who waits gets the value, whatever the order of the answers`, async () => {
    const realm = createRealm({ engine, perform });
    assert.equal(realm.canWait, true);
    assert.deepEqual(
      await realm.evaluateAsync('(map (fn (n) (+ (perform "later" n) (perform "now" 10))) [1 2])'),
      [11, 12],
    );
    realm.load('(define (twice n) (* 2 (perform "later" n)))');
    assert.equal(await realm.callAsync("twice", 21), 42);
  });

  test(`${engine.name}: who cannot wait is told how`, () => {
    const realm = createRealm({ engine, perform });
    assert.throws(() => realm.evaluate('(+ 1\n  (perform "later" 1))', { file: "a.sx" }), {
      kind: "effect/needs-async",
      help: "call with callAsync or evaluateAsync, which wait",
    });
    assert.equal(realm.evaluate('(perform "now" 5)'), 5);
  });

  test(`${engine.name}: an answer that fails can be caught where it was asked for, and cleanups run`, async () => {
    const printed: string[] = [];
    const realm = createRealm({ engine, perform, print: (line) => printed.push(line) });
    const text = '(try (perform "fail") (catch (e) (condition-kind e)) (finally (print "done")))';
    assert.equal(await realm.evaluateAsync(text), "host/failed");
    assert.deepEqual(printed, ['"done"']);
    await assert.rejects(realm.evaluateAsync('(perform "fail")'), { kind: "host/failed" });
  });
}

test("an engine that cannot wait says so", async () => {
  const realm = createRealm({ engine: jsEngine(), perform });
  assert.equal(realm.canWait, false);
  await assert.rejects(realm.evaluateAsync("(+ 1 2)"), { kind: "engine/unsupported" });
});
