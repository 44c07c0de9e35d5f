// The corpus over the wire: what every case shows of its markup it shows after it was written, read and printed,
// on every engine that makes trees, and all of them write the same text.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { cekEngine } from "../cek/engine.ts";
import { SxError } from "../core/errors.ts";
import type { Value } from "../core/values.ts";
import type { Engine } from "../front/engine.ts";
import { jsEngine } from "../js/engine.ts";
import { createRealm } from "../realm.ts";
import { printHtml } from "../render/html.ts";
import { writeWire } from "../render/wire.ts";
import { parseNodes } from "../render/wire-parser.ts";
import { vmEngine } from "../vm/engine.ts";
import { type CorpusFile, parseCorpusFile } from "./corpus.ts";

const folder = join(import.meta.dirname, "tests");
const engines: readonly Engine[] = [jsEngine({ checkProps: true }), cekEngine(), vmEngine()];
let shown = 0;

for (const entry of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
  if (!entry.endsWith(".sx")) continue;
  const text = readFileSync(join(folder, entry), "utf8");
  if (!text.includes(";html>")) continue;
  const file = parseCorpusFile(text, entry);
  const able = engines.filter(({ name }) => !file.engines || file.engines.includes(name));
  test(`${entry}: markup is the same after the wire`, () => {
    const [first, ...others] = able.map((engine) => wireTexts(engine, entry, file));
    for (const other of others) assert.deepEqual(other, first);
  });
}

test("hundreds of cases were shown", () => assert.ok(shown > 400, `only ${shown} were`));

/** The wire text of every case that shows markup, after it was read, printed and written again. */
function wireTexts(engine: Engine, name: string, { definitions, cases }: CorpusFile): string[] {
  const realm = createRealm({ engine, markup: "tree", perform: (_operation, args) => args[0] ?? null });
  realm.load(definitions, { file: name });
  return cases.flatMap((one) => {
    let value: Value;
    try {
      value = realm.evaluate(one.source, { file: name });
    } catch (error) {
      if (error instanceof SxError && one.expectations.some(({ kind }) => kind === "error")) return [];
      throw error;
    }
    const expected = one.expectations.find(({ kind }) => kind === "html");
    if (!expected) return [];
    shown++;
    assert.equal(realm.renderValue(value), expected.text, one.text);
    const wire = realm.renderValue(value, "wire");
    const nodes = parseNodes(wire);
    assert.equal(printHtml(nodes), expected.text, one.text);
    assert.equal(writeWire(nodes), wire, one.text);
    return [wire];
  });
}
