// The corpus on the engines: every case of spec/tests gives the value, markup, output or error it promises.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { cekEngine } from "../cek/engine.ts";
import { SxError, sxError } from "../core/errors.ts";
import type { Value } from "../core/values.ts";
import type { Engine } from "../front/engine.ts";
import { jsEngine } from "../js/engine.ts";
import { createRealm } from "../realm.ts";
import { vmEngine } from "../vm/engine.ts";
import { corpusFiles, corpusFolder, parseCorpusFile } from "./corpus.ts";
import { checkCase, checkHelp, placeOf } from "./corpus-case.ts";

const engines: readonly Engine[] = [jsEngine({ checkProps: true }), cekEngine(), vmEngine()];

for (const engine of engines) {
  for (const name of corpusFiles()) runFile(engine, name, readFileSync(join(corpusFolder, name), "utf8"));
}

test("what only some engines can run is counted", () => {
  const marked = corpusFiles().filter((name) =>
    readFileSync(join(corpusFolder, name), "utf8").startsWith(";;engines>"),
  );
  assert.deepEqual(marked, [
    "control/call-cc.sx",
    "control/continuations.sx",
    "control/effects.sx",
    "control/generators.sx",
    "traps/reentry-through-map.sx",
  ]);
});

function runFile(engine: Engine, name: string, text: string): void {
  const printed: string[] = [];
  const realm = createRealm({ engine, print: (line) => printed.push(line), perform });
  if (text.startsWith(";;error>")) {
    const { fileError, fileHelp } = parseCorpusFile(text, name);
    test(`${engine.name}: ${name} is refused`, () => {
      const error = failure(
        () => realm.load(text, { file: name }),
        () => realm.link(),
        () => realm.run(),
      );
      assert.equal(error ? placeOf(error) : "no error", fileError);
      checkHelp(error, fileHelp);
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

function failure(...steps: (() => unknown)[]): SxError | null {
  try {
    for (const step of steps) step();
  } catch (error) {
    if (error instanceof SxError) return error;
    throw error;
  }
  return null;
}
