// Law L5, the engines agree: programs made at random give the same value, HTML, output, and error kind and
// place on every engine. Programs that a plain interpreter finds too long are passed over. An engine with one
// rule broken must be found out by as many programs. ROSE_ASH_LAW_PROGRAMS sets how many are tried; a failure
// shows the program and fast-check's seed.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Emit, emitEdited } from "./bootstrap/chapters.ts";
import { create as createEmitter } from "./bootstrap/emitted/emit.js";
import { createHost, importText } from "./bootstrap/host.ts";
import { cekEngine } from "./cek/engine.ts";
import { SxError } from "./core/errors.ts";
import { write } from "./core/printer.ts";
import { showPosition } from "./core/source.ts";
import type { Engine } from "./front/engine.ts";
import { jsEngine } from "./js/engine.ts";
import { naiveEngine } from "./js/test/naive.ts";
import { makeProgram, type Program } from "./js/test/program.ts";
import { createRealm } from "./realm.ts";
import { vmEngine } from "./vm/engine.ts";

const programs = Number(process.env.ROSE_ASH_LAW_PROGRAMS ?? 10_000);
const js = jsEngine({ checkProps: true });
const others: readonly Engine[] = [cekEngine(), vmEngine()];

const decisions = fc.noBias(
  fc.array(fc.array(fc.nat({ max: 999 }), { minLength: 10, maxLength: 120, size: "max" }), {
    minLength: 5,
    maxLength: 8,
    size: "max",
  }),
);

/** Whether a program ends soon enough to be compared. */
function isShort({ definitions, expression }: Program): boolean {
  try {
    createRealm({ engine: naiveEngine(5_000) }).evaluate(`${definitions}\n${expression}`);
    return true;
  } catch (error) {
    return error instanceof SxError && !error.kind.endsWith("/too-deep");
  }
}

/** Everything a program shows on an engine: its output, then its value and HTML, or its error and place. */
function observe(engine: Engine, { definitions, expression }: Program): string {
  const lines: string[] = [];
  const realm = createRealm({ engine, print: (line) => lines.push(line) });
  try {
    realm.load(definitions, { file: "definitions" });
    const value = realm.evaluate(expression, { file: "expression" });
    lines.push(write(value));
    lines.push(realm.renderValue(value));
  } catch (error) {
    if (!(error instanceof SxError)) throw error;
    lines.push(`${error.kind} ${error.span ? showPosition(error.span) : "nowhere"}`);
  }
  return lines.join("\n");
}

function law(engine: Engine, count: number): void {
  let compared = 0;
  fc.assert(
    fc.property(decisions, (lists) => {
      const program = makeProgram(lists);
      if (!isShort(program)) return;
      compared++;
      const text = `${program.definitions}\n\n${program.expression}\n`;
      assert.equal(observe(engine, program), observe(js, program), text);
    }),
    { numRuns: count, endOnFailure: true },
  );
  assert.ok(compared > count / 2, `only ${compared} of ${count} programs were short enough to compare`);
}

for (const engine of others) {
  test(`L5: ${engine.name} and js agree on ${programs} programs`, () => law(engine, programs));
}

/** An engine made of the specification with one rule changed. */
async function brokenEngine([rule, broken]: readonly [string, string]): Promise<Engine> {
  const emit: Emit = createEmitter(createHost(), {})["emit-module"];
  const text = emitEdited("eval", emit, (chapter) => {
    assert.equal(chapter.split(rule).length, 2, `the specification says once: ${rule}`);
    return chapter.replace(rule, broken);
  });
  return cekEngine((await importText(text)).create);
}

const breaks: Readonly<Record<string, readonly [string, string]>> = {
  "a filter that keeps everything": [
    "(when value (push! (item values 2)",
    "(when true (push! (item values 2)",
  ],
  "an error without its place": [
    "(function-of m (field core :callee)) args (field core :span))",
    "(function-of m (field core :callee)) args nil)",
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
    const engine = await brokenEngine(rule);
    assert.throws(() => law(engine, programs), /Property failed/);
  });
}
