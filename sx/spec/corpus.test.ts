// The corpus on the engines: every case of spec/tests gives the value, markup, output or error it promises.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { test } from "node:test";
import { cekEngine } from "../cek/engine.ts";
import { SxError, sxError } from "../core/errors.ts";
import { write } from "../core/printer.ts";
import { showPosition } from "../core/source.ts";
import type { Value } from "../core/values.ts";
import type { Engine } from "../front/engine.ts";
import { jsEngine } from "../js/engine.ts";
import { createRealm, type Realm } from "../realm.ts";
import { type CorpusCase, parseCorpusFile } from "./corpus.ts";

const folder = join(import.meta.dirname, "tests");
const engines: readonly Engine[] = [jsEngine({ checkProps: true }), cekEngine()];

for (const engine of engines) {
  for (const entry of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
    if (!entry.endsWith(".sx")) continue;
    const file = join(folder, entry);
    runFile(engine, relative(folder, file), readFileSync(file, "utf8"));
  }
}

test("what only some engines can run is counted", () => {
  const marked = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (entry) => entry.endsWith(".sx") && readFileSync(join(folder, entry), "utf8").startsWith(";;engines>"),
  );
  assert.deepEqual(marked.sort(), [
    "control/call-cc.sx",
    "control/continuations.sx",
    "control/effects.sx",
    "control/generators.sx",
  ]);
});

function runFile(engine: Engine, name: string, text: string): void {
  const printed: string[] = [];
  const realm = createRealm({ engine, print: (line) => printed.push(line), perform });
  if (text.startsWith(";;error>")) {
    test(`${engine.name}: ${name} is refused`, () => {
      const expected = text.slice(";;error>".length, text.indexOf("\n")).trim();
      assert.equal(
        failure(
          () => realm.load(text, { file: name }),
          () => realm.link(),
          () => realm.run(),
        ),
        expected,
      );
    });
    return;
  }
  const { cases, definitions, engines: able } = parseCorpusFile(text, name);
  if (able && !able.includes(engine.name)) {
    test(`${engine.name}: ${name} is refused by an engine without continuations`, () => {
      const attempt = () => {
        realm.load(definitions, { file: name });
        realm.link();
        for (const one of cases) realm.evaluate(one.source, { file: name });
      };
      assert.throws(attempt, { kind: "engine/unsupported" });
    });
    return;
  }
  let loaded: unknown = null;
  try {
    realm.load(definitions, { file: name });
    realm.link();
  } catch (error) {
    loaded = error;
  }
  test(`${engine.name}: ${name} loads`, () => {
    if (loaded) throw loaded;
  });
  if (loaded) return;
  for (const one of cases) {
    test(`${engine.name}: ${name}:${one.line} ${one.text.replace(/\s+/g, " ").slice(0, 90)}`, () => {
      checkCase(realm, name, one, printed);
    });
  }
}

/** What the corpus may ask of its host: an echo, a sum, and a refusal. */
function perform(operation: Value, args: readonly Value[]): Value {
  if (operation === "echo") return args[0] ?? null;
  if (operation === "sum") return (args as number[]).reduce((sum, value) => sum + value, 0); // the cases pass numbers
  throw sxError("effect/unhandled", { operation });
}

function checkCase(realm: Realm, file: string, one: CorpusCase, printed: string[]): void {
  printed.length = 0;
  let value: Value = null;
  let error: SxError | null = null;
  try {
    value = realm.evaluate(one.source, { file });
  } catch (caught) {
    if (!(caught instanceof SxError)) throw caught;
    error = caught;
  }
  const wantsError = one.expectations.some(({ kind }) => kind === "error");
  if (error && !wantsError) throw error;
  let out = 0;
  for (const expectation of one.expectations) {
    if (expectation.kind === "value") assert.equal(write(value), expectation.text);
    else if (expectation.kind === "html") assert.equal(realm.renderValue(value), expectation.text);
    else if (expectation.kind === "out") assert.equal(printed[out++], expectation.text);
    else assert.equal(error ? place(error) : `the value ${write(value)}`, expectation.text);
  }
  assert.equal(printed.length, out, "everything printed is expected");
}

function place(error: SxError): string {
  return `${error.kind} ${error.span ? showPosition(error.span).split(":").slice(-2).join(":") : "nowhere"}`;
}

function failure(...steps: (() => unknown)[]): string {
  try {
    for (const step of steps) step();
  } catch (error) {
    if (error instanceof SxError) return place(error);
    throw error;
  }
  return "no error";
}
