// The machine as the specification tells it runs the corpus: whatever it does not refuse it must get right, and what
// it refuses is counted. Its own breaks are found out by the same cases.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { brokenChapter } from "../bootstrap/test/broken.ts";
import { SxError } from "../core/errors.ts";
import { write } from "../core/printer.ts";
import { showPosition } from "../core/source.ts";
import type { Engine } from "../front/engine.ts";
import { createRealm } from "../realm.ts";
import { specifiedEngine } from "../vm/test/specified.ts";
import { type CorpusCase, corpusFiles, corpusFolder, parseCorpusFile } from "./corpus.ts";

interface Tally {
  right: number;
  readonly wrong: string[];
  /** Files with cases that the machine refuses. */
  readonly refused: Set<string>;
}

/** What the cases of a file come to. */
function runFile(engine: Engine, name: string, tally: Tally): void {
  const { cases, definitions, fileError } = parseCorpusFile(
    readFileSync(join(corpusFolder, name), "utf8"),
    name,
  );
  if (fileError !== null) return;
  const printed: string[] = [];
  const realm = createRealm({ engine, print: (line) => printed.push(line) });
  realm.load(definitions, { file: name });
  realm.link();
  for (const one of cases) {
    printed.length = 0;
    let shown: (kind: string) => string;
    try {
      const value = realm.evaluate(one.source, { file: name });
      shown = (kind) => (kind === "html" ? realm.renderValue(value) : write(value));
    } catch (error) {
      if (!(error instanceof SxError)) throw error;
      if (error.kind === "engine/unsupported") {
        tally.refused.add(name);
        continue;
      }
      const place = error.span ? showPosition(error.span).split(":").slice(-2).join(":") : "nowhere";
      shown = () => `${error.kind} ${place}`;
    }
    if (isRight(one, shown, printed)) tally.right++;
    else tally.wrong.push(`${name}:${one.line} ${one.text}`);
  }
}

function isRight(one: CorpusCase, shown: (kind: string) => string, printed: readonly string[]): boolean {
  let out = 0;
  return one.expectations.every(({ kind, text }) => {
    if (kind === "help") return true; // the front end's business, and core's
    if (kind === "out") return printed[out++] === text;
    return shown(kind) === text;
  });
}

function runCorpus(engine: Engine, names: readonly string[]): Tally {
  const tally: Tally = { right: 0, wrong: [], refused: new Set() };
  for (const name of names) runFile(engine, name, tally);
  return tally;
}

/** Files of a million steps and more: the machine that is meant to be quick runs them. */
const long: ReadonlySet<string> = new Set([
  "tail-calls/self.sx",
  "tail-calls/mutual.sx",
  "traps/macro-tails.sx",
  "traps/million-tail-calls.sx",
]);
/** Files about what vm.sx does not tell again. */
const elsewhere: ReadonlySet<string> = new Set([
  "control/call-cc.sx",
  "control/continuations.sx",
  "control/effects.sx",
  "control/generators.sx",
  "control/signals.sx",
  "traps/reentry-through-map.sx",
]);
const names = corpusFiles().filter((name) => !long.has(name) && !elsewhere.has(name));

test("the machine of the specification gives what the corpus promises", () => {
  const { right, wrong, refused } = runCorpus(specifiedEngine(), names);
  assert.deepEqual(wrong, []);
  assert.ok(right > 1000, `only ${right} cases were run`);
  assert.deepEqual([...refused], ["traps/cleanup-order.sx"]);
});

const breaks: Readonly<Record<string, readonly [string, string]>> = {
  "a jump that leads one byte too far": [
    "(+ (field frame :pc) distance)))",
    "(+ (field frame :pc) (+ distance 1))))",
  ],
  "a cell that is made anew at each write": ["(same? held (unset)) (set-nth!", "true (set-nth!"],
  "a filter that keeps everything": ['"filter" (when value (push!', '"filter" (when true (push!'],
  "an error without its place": [
    "(table-get (field (field frame :module) :places) (field frame :proto))",
    "nil",
  ],
};

for (const [name, [rule, broken]] of Object.entries(breaks)) {
  test(`the corpus finds out ${name}`, async () => {
    const engine = specifiedEngine(await brokenChapter("vm", rule, broken));
    const few = names.filter((file) => /^(?:set|higher-order|functions|errors|control)\//.test(file));
    let failed = false;
    try {
      failed = runCorpus(engine, few).wrong.length > 0;
    } catch {
      failed = true; // it broke altogether
    }
    assert.ok(failed);
  });
}
