// Law L5, the engines agree: programs made at random give the same value, HTML, output, and error kind, place
// and components on every engine. Programs that a plain interpreter finds too long are passed over. An engine with one
// rule broken must be found out by as many programs. ROSE_ASH_LAW_PROGRAMS sets how many are tried; a failure
// shows the program and fast-check's seed.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { brokenChapter } from "./bootstrap/test/broken.ts";
import { cekEngine } from "./cek/engine.ts";
import type { Engine } from "./front/engine.ts";
import { jsEngine } from "./js/engine.ts";
import { decisions, makeProgram } from "./js/test/program.ts";
import { endsSoon, observe } from "./spec/observation.ts";
import { vmEngine } from "./vm/engine.ts";

const programs = Number(process.env.ROSE_ASH_LAW_PROGRAMS ?? 10_000);
const js = jsEngine({ checkProps: true });
const others: readonly Engine[] = [cekEngine(), vmEngine()];

/** Holds engines against `js`. */
function law(engines: readonly Engine[], count: number): void {
  let compared = 0;
  fc.assert(
    fc.property(decisions(), (lists) => {
      const program = makeProgram(lists);
      const text = `${program.definitions}\n\n${program.expression}\n`;
      if (!endsSoon(text)) return;
      compared++;
      const shown = observe(js, program);
      for (const engine of engines) assert.equal(observe(engine, program), shown, `${engine.name}\n${text}`);
    }),
    { numRuns: count, endOnFailure: true },
  );
  assert.ok(compared > count / 2, `only ${compared} of ${count} programs were short enough to compare`);
}

test(`L5: ${programs} programs show the same on js, ${others.map(({ name }) => name).join(" and ")}`, () => {
  law(others, programs);
});

const breaks: Readonly<Record<string, readonly [string, string]>> = {
  "a filter that keeps everything": [
    "(when value (push! (item values 2)",
    "(when true (push! (item values 2)",
  ],
  "an error without its place": [
    "(simple-value m (item args 1) env) (field core :span))",
    "(simple-value m (item args 1) env) nil)",
  ],
  "a cleanup that never runs": [
    "(run-cleanup m (field frame :core) (field frame :env) value)",
    "(give m value)",
  ],
  "a default that is always computed": [
    "(has-key? props name) (keep-prop",
    "(and (has-key? props name) (nil? (field prop :fallback))) (keep-prop",
  ],
};

for (const [name, rule] of Object.entries(breaks)) {
  test(`L5 finds out ${name}`, async () => {
    const engine = cekEngine(await brokenChapter("eval", ...rule));
    assert.throws(() => law([engine], programs), /Property failed/);
  });
}
