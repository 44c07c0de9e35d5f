// The test runner's own promises: counts are right, failures are shown in full, nothing hangs and nothing that
// tested nothing passes.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";

const start = 'import { test } from "node:test";\n';
const passing = `${start}console.log("noise"); test("one", () => {}); test("two", () => {});\n`;

test("passing files take one line each, and the last line counts", (t) => {
  const { status, stdout } = runTests(t, { "a/one.test.ts": passing, "b/two.test.ts": passing });
  assert.equal(status, 0, stdout);
  assert.match(stdout, /^ok +[\d.]+ s +2 passed {2}a\/one\.test\.ts$/m);
  assert.doesNotMatch(stdout, /noise/);
  assert.match(stdout, /\n4 passed, 0 failed\n$/);
});

test("a failing file is shown in full and fails the run", (t) => {
  const text = `${start}console.log("noise"); test("one", () => {}); test("two", () => { throw new Error("it broke"); });\n`;
  const { status, stdout } = runTests(t, { "one.test.ts": text, "two.test.ts": passing });
  assert.equal(status, 1);
  assert.match(stdout, /^FAILED .* 1 passed, 1 failed {2}one\.test\.ts$/m);
  assert.match(stdout, /noise/);
  assert.match(stdout, /it broke/);
  assert.match(stdout, /\n3 passed, 1 failed\n$/);
});

test("what is skipped is said at the end with its reason", (t) => {
  const text = `${start}test("one", () => {}); test("two", { skip: "no browser" }, () => {});\n`;
  const { status, stdout } = runTests(t, { "one.test.ts": text });
  assert.equal(status, 0, stdout);
  assert.match(stdout, /^ {2}SKIPPED one\.test\.ts: two \(no browser\)$/m);
  assert.match(stdout, /\n1 passed, 0 failed, 1 skipped\n$/);
});

test("a file that never ends is ended, with the processes it started", async (t) => {
  const text = `${start}import { spawn } from "node:child_process";
const server = 'require("net").createServer().listen(0, function () { console.log("port " + this.address().port + "."); })';
spawn(process.execPath, ["-e", server], { stdio: "inherit" });
test("one", () => {}); test("two", () => new Promise(() => {}));\n`;
  const { status, stdout } = runTests(t, { "one.test.ts": text }, "--limit-ms", "2000");
  assert.equal(status, 1);
  assert.match(stdout, /took longer than 2 s/);
  assert.match(stdout, /\n\d passed, 1 failed\n$/);
  const port = Number(/port (\d+)\./.exec(stdout)?.[1]);
  await assert.rejects(once(connect(port, "127.0.0.1"), "connect"), { code: "ECONNREFUSED" });
});

test("a file that stops while it loads fails", (t) => {
  const { status, stdout } = runTests(t, { "one.test.ts": `${passing}throw new Error("at load");\n` });
  assert.equal(status, 1);
  assert.match(stdout, /at load/);
  assert.match(stdout, /[1-9] failed\n$/);
});

test("a file that ends itself with an error fails", (t) => {
  const { status, stdout } = runTests(t, { "one.test.ts": `${passing}process.exitCode = 3;\n` });
  assert.equal(status, 1);
  assert.match(stdout, /exit code 3, though no test failed/);
});

test("a file without a test fails, and so does a run without a file", (t) => {
  assert.match(
    runTests(t, { "one.test.ts": "export {};\n" }).stdout,
    /It holds no test\.[\s\S]*0 passed, 1 failed\n$/,
  );
  const none = runTests(t, { "one.test.ts": passing }, "--only", "three");
  assert.equal(none.status, 1);
  assert.match(none.stderr, /nothing was tested/);
});

test("what is drawn at random is the same in each run, until another number of programs is asked for", (t) => {
  const library = join(import.meta.dirname, "../node_modules/fast-check/lib/fast-check.js");
  const text = `${start}import fc from "${library}"; throw new Error("drawn " + fc.sample(fc.nat(), 3));\n`;
  const draw = () => /drawn [\d,]+/.exec(runTests(t, { "one.test.ts": text }).stdout)?.[0];
  const asked = process.env.ROSE_ASH_LAW_PROGRAMS;
  t.after(() => {
    if (asked === undefined) delete process.env.ROSE_ASH_LAW_PROGRAMS;
    else process.env.ROSE_ASH_LAW_PROGRAMS = asked;
  });
  delete process.env.ROSE_ASH_LAW_PROGRAMS;
  const first = draw();
  assert.ok(first);
  assert.equal(draw(), first);
  process.env.ROSE_ASH_LAW_PROGRAMS = "10";
  assert.notEqual(draw(), draw());
});

test("only the files that match are run", (t) => {
  const { stdout } = runTests(t, { "a/one.test.ts": passing, "b/two.test.ts": passing }, "--only", "^b/");
  assert.match(stdout, /\n2 passed, 0 failed\n$/);
});

function runTests(t: TestContext, files: Readonly<Record<string, string>>, ...args: string[]) {
  const root = mkdtempSync(join(tmpdir(), "rose-ash-run-tests-"));
  t.after(() => rmSync(root, { recursive: true }));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(root, file, ".."), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  const program = join(import.meta.dirname, "run-tests.ts");
  return spawnSync(process.execPath, [program, "--root", root, ...args], { encoding: "utf8" });
}
