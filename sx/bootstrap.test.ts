// The bootstrapper: what is committed is what the chapters emit, by whichever way the emitter itself runs; chapters
// that chapters are emitted with are emitted until they make themselves, and one that does not work is not written.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { emitChapters, emitEdited } from "./bootstrap/chapters.ts";
import { create as createEmitter } from "./bootstrap/emitted/emit.js";
import { createHost, importText } from "./bootstrap/host.ts";
import { platformPrimitives } from "./bootstrap/platform.ts";
import { jsEngine } from "./js/engine.ts";
import { createRealm } from "./realm.ts";

const folder = join(import.meta.dirname, "bootstrap");
const emitted = join(folder, "emitted");
const main = join(folder, "main.ts");

test("the committed files are what the chapters emit, byte for byte", () => {
  assert.equal(execFileSync(process.execPath, [main, "--check"], { encoding: "utf8" }), "");
});

test("the emitter emits the same on an engine that checks everything", () => {
  const realm = createRealm({ engine: jsEngine({ checkProps: true }), platform: platformPrimitives() });
  realm.load(readFileSync(join(folder, "emit.sx"), "utf8"), { file: "emit.sx" });
  const texts = emitChapters((file, library, definitions) =>
    String(realm.call("emit-module", file, library, definitions)),
  );
  assert.deepEqual([...texts.keys()].sort(), readdirSync(emitted).sort());
  for (const [name, text] of texts) assert.equal(text, readFileSync(join(emitted, name), "utf8"), name);
});

test("an emitter with one rule changed is noticed", async () => {
  const emit = createEmitter(createHost(), {})["emit-module"];
  const text = emitEdited("emit", emit, (chapter) => chapter.replace('" === "', '" == "'));
  const other = (await importText(text)).create(createHost(), {});
  const again = emitChapters(other["emit-module"]);
  assert.notEqual(again.get("eval.js"), readFileSync(join(emitted, "eval.js"), "utf8"));
});

test("what is misspelt is refused", () => {
  const wrong = spawnSync(process.execPath, [main, "--chek"], { encoding: "utf8" });
  assert.equal(wrong.status, 2);
  assert.match(wrong.stderr, /usage/);
});

/** A copy of what the bootstrapper needs, with one text of one file changed. */
function withCopy(file: string, rule: string, other: string, use: (copy: string) => void): void {
  const copy = mkdtempSync(join(tmpdir(), "sx-bootstrap-"));
  try {
    const language = import.meta.dirname;
    for (const part of ["core", "front", "render", "bootstrap", "spec", "package.json"])
      cpSync(join(language, part), join(copy, part), { recursive: true });
    const text = readFileSync(join(copy, file), "utf8");
    assert.equal(text.split(rule).length, 2, `${file} says once: ${rule}`);
    writeFileSync(join(copy, file), text.replace(rule, other));
    use(copy);
  } finally {
    rmSync(copy, { recursive: true });
  }
}

function bootstrap(copy: string, ...args: readonly string[]) {
  return spawnSync(process.execPath, [join(copy, "bootstrap/main.ts"), ...args], { encoding: "utf8" });
}

function emittedIn(copy: string): Map<string, string> {
  const folder = join(copy, "bootstrap/emitted");
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

test("a stale file is named", () => {
  withCopy("bootstrap/emitted/eval.js", "do not edit.", "do not edit!", (copy) => {
    const stale = bootstrap(copy, "--check");
    assert.equal(stale.status, 1, stale.stderr);
    assert.match(stale.stdout, /eval\.js is not what the specification makes of it/);
  });
});

// The changed chapters work, and are emitted otherwise: by themselves, once they are there.
const changes: Readonly<Record<string, readonly [file: string, rule: string, other: string]>> = {
  "an emitter that writes otherwise": ["bootstrap/emit.sx", '"function " (js-name', '"function  " (js-name'],
  "a front end that is written otherwise": [
    "spec/expand.sx",
    '{:kind "const" :span nil',
    '{:span nil :kind "const"',
  ],
  "a front end that resolves otherwise": [
    "spec/expand.sx",
    '(bind-generated inner "case value")',
    '(bind-generated inner "subject")',
  ],
};

for (const [name, [file, rule, other]] of Object.entries(changes)) {
  test(`${name} is emitted until it makes itself`, () => {
    withCopy(file, rule, other, (copy) => {
      const written = bootstrap(copy);
      assert.equal(written.status, 0, written.stderr);
      assert.match(written.stdout, /^wrote /);
      const again = bootstrap(copy, "--check");
      assert.equal(again.status, 0, again.stdout + again.stderr);
    });
  });
}

test("a front end or an emitter that does not work overwrites nothing, named or not", () => {
  const breaks: readonly (readonly [file: string, rule: string, other: string])[] = [
    [
      "spec/resolve.sx",
      "(when (not (or (= (size form) 3) (= (size form) 4))) (wrong-shape",
      "(when true (wrong-shape",
    ],
    [
      "spec/expand.sx",
      '(when (= (size form) 1) (wrong-shape form "(when',
      '(when true (wrong-shape form "(when',
    ],
    ["spec/render.sx", "(define void-tags", "(define void-tag"],
    ["bootstrap/emit.sx", '"function " (js-name', '"fun " (js-name'],
  ];
  for (const [file, rule, other] of breaks)
    withCopy(file, rule, other, (copy) => {
      const before = emittedIn(copy);
      for (const names of [[], ["resolve", "emit"]]) {
        assert.equal(bootstrap(copy, ...names).status, 1, file);
        assert.deepEqual(emittedIn(copy), before, file);
      }
    });
});
