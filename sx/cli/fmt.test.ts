// `sx fmt` as it is run: what it writes, what it leaves alone, and its exit codes.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";

const program = join(import.meta.dirname, "sx.mjs");

function fmt(words: readonly string[], input = "") {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, "fmt", ...words], {
    input,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

/** A folder of files, gone after the test; answers the path of a name. */
function folder(
  t: TestContext,
  files: Readonly<Record<string, string | Uint8Array>>,
): (name: string) => string {
  const root = mkdtempSync(join(tmpdir(), "sx-fmt-"));
  t.after(() => rmSync(root, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
  return (name) => join(root, name);
}

test("files that need it are replaced and named, the others are not touched", (t) => {
  const path = folder(t, { "a.sx": "( a )", "b.sx": "(b)\n" });
  const before = statSync(path("b.sx"));
  assert.deepEqual(fmt([path("a.sx"), path("b.sx")]), { status: 0, stdout: `${path("a.sx")}\n`, stderr: "" });
  assert.equal(readFileSync(path("a.sx"), "utf8"), "(a)\n");
  assert.equal(statSync(path("b.sx")).ino, before.ino);
  assert.deepEqual(readdirSync(path("")), ["a.sx", "b.sx"], "nothing is left beside the files");
});

test("--check names what would change, changes nothing, and ends with 1", (t) => {
  const path = folder(t, { "a.sx": "( a )", "b.sx": "(b)\n" });
  assert.deepEqual(fmt(["--check", path("a.sx"), path("b.sx")]), {
    status: 1,
    stdout: `${path("a.sx")}\n`,
    stderr: "",
  });
  assert.equal(readFileSync(path("a.sx"), "utf8"), "( a )");
  assert.deepEqual(fmt(["--check", path("b.sx")]), { status: 0, stdout: "", stderr: "" });
});

test("- formats the input to the output", () => {
  assert.deepEqual(fmt(["-"], "( a\n b)"), { status: 0, stdout: "(a\n  b)\n", stderr: "" });
  assert.deepEqual(fmt(["--check", "-"], "( a )"), { status: 1, stdout: "-\n", stderr: "" });
  assert.match(fmt(["-"], "(a").stderr, /^<input>:1:1: read\/unclosed: /);
});

test("what cannot be read is explained and left as it is, and the rest is done", (t) => {
  const path = folder(t, { "a.sx": "(p\n  (q", "b.sx": "( b )", "c.sx": Uint8Array.of(0x28, 0xff, 0x29) });
  const { status, stderr } = fmt([path("a.sx"), path("c.sx"), path("gone.sx"), path("b.sx")]);
  assert.equal(status, 2);
  assert.ok(stderr.startsWith(`${path("a.sx")}:2:3: read/unclosed: `), stderr);
  assert.ok(stderr.includes(`${path("c.sx")} cannot be read: it is not text in UTF-8.`), stderr);
  assert.ok(stderr.includes(`${path("gone.sx")} cannot be read: there is no such file or folder.`), stderr);
  assert.equal(readFileSync(path("a.sx"), "utf8"), "(p\n  (q");
  assert.deepEqual([...readFileSync(path("c.sx"))], [0x28, 0xff, 0x29]);
  assert.equal(readFileSync(path("b.sx"), "utf8"), "(b)\n");
});

test("a folder stands for the sources in it", (t) => {
  const path = folder(t, { "a.sx": "( a )", "notes.txt": "( a )" });
  assert.deepEqual(fmt([path("")]), { status: 0, stdout: `${path("a.sx")}\n`, stderr: "" });
  assert.equal(readFileSync(path("notes.txt"), "utf8"), "( a )");
  rmSync(path("a.sx"));
  assert.deepEqual(fmt([path("")]), {
    status: 2,
    stdout: "",
    stderr: `There is no .sx file in ${path("")}.\n`,
  });
});

test("a link stays a link, and a file keeps its permissions", (t) => {
  const path = folder(t, { "a.sx": "( a )" });
  chmodSync(path("a.sx"), 0o640);
  symlinkSync(path("a.sx"), path("link.sx"));
  assert.equal(fmt([path("link.sx")]).status, 0);
  assert.ok(lstatSync(path("link.sx")).isSymbolicLink());
  assert.equal(readFileSync(path("a.sx"), "utf8"), "(a)\n");
  assert.equal(statSync(path("a.sx")).mode & 0o777, 0o640);
});

test("no file, an unknown option, and - among files are wrong usage", () => {
  for (const words of [[], ["--all", "a.sx"], ["-", "a.sx"]])
    assert.equal(fmt(words).status, 2, words.join(" "));
});
