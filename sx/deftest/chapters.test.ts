// The chapters' own tests, spec/tests/*.sx, on the engines: every test passes, and each chapter that a file is named
// after is really the one it loads.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { cekEngine } from "../cek/engine.ts";
import { jsEngine } from "../js/engine.ts";
import { vmEngine } from "../vm/engine.ts";
import { chapterOf } from "./chapter.ts";
import { Suite } from "./suite.ts";
import { readTestFile } from "./test-text.ts";

const folder = join(import.meta.dirname, "../spec/tests");
const files = readdirSync(folder).filter((name) => name.endsWith(".sx"));

for (const engine of [jsEngine({ checkProps: true }), cekEngine(), vmEngine()]) {
  const suite = new Suite(engine);
  for (const name of files) {
    test(`${engine.name}: the tests of ${name} pass`, async (t) => {
      const { broken, skippedFor, tests } = await suite.run(join(folder, name));
      assert.equal(broken?.explanation, undefined);
      if (skippedFor) return;
      assert.ok(tests.length >= 5, `${name} has ${tests.length} tests`);
      for (const { claim, failure } of tests)
        await t.test(claim, () => assert.equal(failure?.explanation, undefined));
    });
  }
}

test("a file named after an emitted chapter loads that chapter, and runs on js, which checks every call", () => {
  for (const name of files) {
    const { loads, engines } = readTestFile(name, readFileSync(join(folder, name), "utf8"));
    assert.ok(engines === null || engines.includes("js"), name);
    assert.ok(existsSync(join(folder, "..", name)), `${name} is named after a chapter`);
    if (chapterOf(join(folder, "..", name))) assert.ok(loads.includes(`../${name}`), name);
  }
});
