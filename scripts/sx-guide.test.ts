// The guide to SX says what works: every block of SX in it is run, in order and on every engine, and gives what the
// comment behind it says, places counted from the block's first line. A block marked `test` is a test file of its own;
// one that names engines runs on those alone.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { cekEngine } from "../sx/cek/engine.ts";
import { Suite } from "../sx/deftest/suite.ts";
import type { Engine } from "../sx/front/engine.ts";
import { jsEngine } from "../sx/js/engine.ts";
import { createRealm } from "../sx/realm.ts";
import { type CorpusCase, parseCorpusFile } from "../sx/spec/corpus.ts";
import { checkCase } from "../sx/spec/corpus-case.ts";
import { vmEngine } from "../sx/vm/engine.ts";

const guide = "docs/sx-in-twenty-minutes.md";
const text = readFileSync(join(import.meta.dirname, "..", guide), "utf8");
const engines: readonly Engine[] = [jsEngine({ checkProps: true }), cekEngine(), vmEngine()];

interface Block {
  readonly words: readonly string[];
  readonly start: number;
  readonly end: number;
}

const blocks: readonly Block[] = [...text.matchAll(/^```lisp(.*)\n([\s\S]*?)^```$/gm)].map((match) => {
  const start = match.index + match[0].indexOf("\n") + 1;
  const words = (match[1] ?? "").trim().split(" ").filter(Boolean);
  return { words, start, end: start + (match[2] ?? "").length };
});

/** The guide with all but some blocks blanked out, so that places are those of the guide. */
function only(wanted: (block: Block) => boolean): string {
  let source = "";
  let at = 0;
  for (const block of blocks.filter(wanted)) {
    source += blank(text.slice(at, block.start)) + text.slice(block.start, block.end);
    at = block.end;
  }
  return source + blank(text.slice(at));
}

function blank(prose: string): string {
  return prose.replace(/[^\n]/g, " ");
}

/** A case whose error stands where it does in the guide. */
function placedInGuide(one: CorpusCase): CorpusCase {
  const block = blocks.findLast(({ start }) => start <= one.start);
  const before = text.slice(0, block?.start).split("\n").length - 1;
  const expectations = one.expectations.map((expectation) => {
    if (expectation.kind !== "error") return expectation;
    const place = expectation.text.replace(
      /(\d+):(\d+)$/,
      (_, line, column) => `${Number(line) + before}:${column}`,
    );
    return { ...expectation, text: place };
  });
  return { ...one, expectations };
}

for (const engine of engines) {
  const program = only(({ words }) => words.length === 0 || words.includes(engine.name));
  const { definitions, cases } = parseCorpusFile(program, guide);
  const printed: string[] = [];
  const realm = createRealm({ engine, print: (line) => printed.push(line) });
  realm.load(definitions, { file: guide });
  for (const one of cases)
    test(`${engine.name}: ${guide}:${one.line} ${one.text.replace(/\s+/g, " ").slice(0, 90)}`, () => {
      checkCase(realm, guide, placedInGuide(one), printed);
    });

  test(`${engine.name}: the tests of the guide pass`, async () => {
    const file = join(mkdtempSync(join(tmpdir(), "sx-guide-")), "guide.sx");
    writeFileSync(
      file,
      only(({ words }) => words.includes("test")),
    );
    const { broken, tests } = await new Suite(engine).run(file);
    assert.equal(broken, null);
    assert.equal(tests.length, 3);
    for (const { claim, failure } of tests) assert.equal(failure?.explanation, undefined, claim);
  });
}

test("the guide shows enough to be a guide, and every block of it is run", () => {
  const { cases } = parseCorpusFile(
    only(({ words }) => !words.includes("test")),
    guide,
  );
  assert.ok(cases.length >= 50, `${cases.length} examples`);
  const known = new Set(["test", "js", "cek", "vm"]);
  for (const { words } of blocks)
    assert.ok(
      words.every((word) => known.has(word)),
      words.join(" "),
    );
});
