// Law L6, formatting changes no hash: over programs made at random, written with the synonyms that the formatter
// replaces, and over every library and file of the project that can be hashed. A formatter that spells one word
// wrong must be found out. ROSE_ASH_LAW_PROGRAMS sets how many programs are tried.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { SxError } from "../core/errors.ts";
import { jsEngine } from "../js/engine.ts";
import { makeProgram } from "../js/test/program.ts";
import { createRealm } from "../realm.ts";
import { formatText } from "./format.ts";
import { brokenFormatter } from "./test/broken.ts";

const runs = Number(process.env.ROSE_ASH_LAW_PROGRAMS ?? 10_000);
const engine = jsEngine();
const root = join(import.meta.dirname, "../..");

/** The hashes of the definitions of some texts that are one library, or the kind of the error it has. */
function hashesOf(texts: readonly string[]): Record<string, string> | string {
  try {
    const realm = createRealm({ engine });
    for (const [index, text] of texts.entries()) realm.load(text, { file: `${index}.sx` });
    return Object.fromEntries(
      [...realm.hashes()].map(([name, { hash, member }]) => [name, `${hash} ${member}`]),
    );
  } catch (error) {
    if (error instanceof SxError) return error.kind;
    throw error;
  }
}

function keepsHashes(format: typeof formatText, texts: readonly string[]): void {
  assert.deepEqual(hashesOf(texts.map((text) => format(text))), hashesOf(texts));
}

/** A program with every synonym in place of the word it stands for. */
function respell(text: string): string {
  return text
    .replaceAll("(fn (", "(lambda (")
    .replaceAll("(let ((", "(let* ((")
    .replaceAll("(do ", "(begin ");
}

const program = fc
  .array(fc.array(fc.nat({ max: 999 }), { minLength: 5, maxLength: 60 }), { minLength: 3, maxLength: 6 })
  .map((decisions) => makeProgram(decisions))
  .map(({ definitions, expression }) => respell(`${definitions}\n(define (result) ${expression})`));

/** How many synonyms a text holds. */
function countSynonyms(text: string): number {
  return text.match(/\((?:lambda|let\*|begin) /g)?.length ?? 0;
}

test("L6: formatting a program changes no hash, and its synonyms give way", () => {
  let replaced = 0;
  fc.assert(
    fc.property(program, (text) => {
      keepsHashes(formatText, [text]);
      replaced += countSynonyms(text) - countSynonyms(formatText(text));
    }),
    { numRuns: runs },
  );
  assert.ok(replaced > runs, `only ${replaced} synonyms were replaced in ${runs} programs`);
});

for (const [name, rule, broken] of [
  ["begin as a list", '["begin", "do"]', '["begin", "list"]'],
  ["let* as letrec", '["let*", "let"]', '["let*", "letrec"]'],
] as const) {
  test(`L6 finds out a formatter that writes ${name}`, async () => {
    const format = await brokenFormatter("spelling.ts", rule, broken);
    assert.throws(
      () =>
        fc.assert(
          fc.property(program, (text) => keepsHashes(format, [text])),
          { numRuns: runs },
        ),
      /Property failed/,
    );
  });
}

test("L6: formatting the project's own libraries and programs changes no hash", () => {
  const folders = ["platform/ui/sx", "services/blog/sx"];
  const inFolder = (folder: string) =>
    readdirSync(join(root, folder))
      .filter((file) => file.endsWith(".sx"))
      .map((file) => readFileSync(join(root, folder, file), "utf8"));
  const libraries = [
    folders.flatMap(inFolder),
    ...readdirSync(join(root, "sx"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".sx"))
      .map((file) => [readFileSync(join(root, "sx", file), "utf8")]),
  ].filter((texts) => typeof hashesOf(texts) !== "string");
  for (const texts of libraries) keepsHashes(formatText, texts);
  assert.ok(libraries.length > 80, `only ${libraries.length} could be hashed`);
  assert.ok((libraries[0]?.length ?? 0) > 15, "the pages' views are among them");
});
