// `sx test` as it is run: its words, its last line and its exit codes. What a suite does is in ../deftest/suite.test.ts.

import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { main } from "./main.ts";

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "sx-test-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

async function sx(...words: string[]) {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const code = await main(["test", ...words], out, err, new PassThrough());
  return { code, out: String(out.read() ?? ""), err: String(err.read() ?? "") };
}

const good = '(deftest "adds" (assert= 3 (+ 1 2)))\n';
const bad = '(deftest "adds wrongly"\n  (print "here")\n  (assert= 4 (+ 1 2)))\n';

test("tests that pass are counted, and the exit code is 0", async () => {
  const folder = folderWith({ "good.sx": good, "other.sx": "(define n 1)" });
  for (const engine of ["js", "cek"]) {
    const { code, out } = await sx(folder, "--engine", engine);
    assert.equal(out, `${folder}/good.sx: 1 of 1 passed\n1 passed, 0 failed\n`);
    assert.equal(code, 0);
  }
});

test("a failure is shown with its place, both sides and its output, and the exit code is 1", async () => {
  const folder = folderWith({ "good.sx": good, "bad.sx": bad });
  const { code, out } = await sx(folder);
  assert.equal(code, 1);
  assert.match(out, /FAILED adds wrongly\n {4}\S+bad\.sx:3:3: test\/failed: the values differ\n/);
  assert.match(
    out,
    /3 \| {3}\(assert= 4 \(\+ 1 2\)\)\)\n\s+\| {3}\^+\n\s+expected 4\n\s+found {4}3\n\s+printed:\n\s+"here"\n/,
  );
  assert.ok(out.endsWith("1 passed, 1 failed\n"), out);
});

test("a file that does not load is one failure, and the others are run", async () => {
  const folder = folderWith({ "good.sx": good, "open.sx": '(deftest "a" (assert= 1 1)' });
  const { code, out } = await sx(folder);
  assert.equal(code, 1);
  assert.match(out, /open\.sx does not load\n {2}\S+open\.sx:1:1: read\/unclosed/);
  assert.ok(out.endsWith("1 passed, 1 failed\n"), out);
});

test("a selection without a test that runs is an error", async () => {
  const { code, out } = await sx(folderWith({ "a.sx": "(define n 1)" }));
  assert.equal(code, 1);
  assert.match(out, /^There is no test in .*\n0 passed, 0 failed\n$/);
  const skipped = await sx(folderWith({ "a.sx": `;;engines> cek\n${good}` }));
  assert.equal(skipped.code, 1);
  assert.match(skipped.out, /a\.sx is skipped: it needs the engine cek\nNone of these tests runs on js/);
});

test("with --json a program reads the same", async () => {
  const { code, out } = await sx(folderWith({ "good.sx": good, "bad.sx": bad }), "--json");
  assert.equal(code, 1);
  const report = JSON.parse(out);
  assert.deepEqual([report.engine, report.passed, report.failed, report.error], ["js", 1, 1, null]);
  const [{ tests }] = report.files;
  assert.equal(tests[0].claim, "adds wrongly");
  assert.deepEqual(tests[0].output, ['"here"']);
  assert.deepEqual([tests[0].failure.expected, tests[0].failure.found], ["4", "3"]);
});

test("a path that does not exist and an option that is none are wrong usage", async () => {
  for (const words of [["gone.sx"], ["--fast"], ["--engine", "fast"]]) {
    const { code, err } = await sx(...words);
    assert.equal(code, 2, words.join(" "));
    assert.notEqual(err, "");
  }
});
