// The bootstrapper: what is committed is what the chapters emit, by whichever way the emitter itself runs.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
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

test("a stale file is named, and what is misspelt is refused", () => {
  const wrong = spawnSync(process.execPath, [main, "--chek"], { encoding: "utf8" });
  assert.equal(wrong.status, 2);
  assert.match(wrong.stderr, /usage/);
  const copy = mkdtempSync(join(tmpdir(), "sx-bootstrap-"));
  try {
    const language = import.meta.dirname;
    execFileSync("cp", [
      "-r",
      ...["core", "front", "render", "bootstrap", "spec", "package.json"].map((part) => join(language, part)),
      copy,
    ]);
    execFileSync("sed", [
      "-i",
      "s/the lines of/their/; $ a // stale",
      join(copy, "bootstrap/emitted/eval.js"),
    ]);
    const stale = spawnSync(process.execPath, [join(copy, "bootstrap/main.ts"), "--check"], {
      encoding: "utf8",
    });
    assert.equal(stale.status, 1, stale.stderr);
    assert.match(stale.stdout, /eval\.js is not what the specification makes of it/);
  } finally {
    rmSync(copy, { recursive: true });
  }
});
