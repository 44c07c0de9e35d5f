// `sx check` as it is run: its words, what it writes and its exit codes. What is found is in ../check/check.test.ts.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PassThrough } from "node:stream";
import { type TestContext, test } from "node:test";
import { main } from "./main.ts";

function folderWith(t: TestContext, files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "sx-check-"));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

async function sx(...words: string[]) {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const code = await main(["check", ...words], out, err, new PassThrough());
  return { code, out: String(out.read() ?? ""), err: String(err.read() ?? "") };
}

test("an error is shown with its place, the line and the help, and the exit code is 1", async (t) => {
  const folder = folderWith(t, { "a.sx": "(define (f x)\n  (uper x))\n" });
  const { code, out } = await sx(join(folder, "a.sx"));
  assert.equal(code, 1);
  assert.equal(
    out,
    `${folder}/a.sx:2:4: error name/unbound: nothing here is called uper
  |
2 |   (uper x))
  |    ^^^^
help: did you mean upper?

1 file: 1 error, 0 warnings, 0 notes
`,
  );
});

test("a warning gives the exit code 1 too, a note does not", async (t) => {
  const folder = folderWith(t, { "a.sx": '(img :src "/a")', "b.sx": "(define (f x) (raw! x))" });
  assert.equal((await sx(join(folder, "a.sx"))).code, 1);
  const { code, out } = await sx(join(folder, "b.sx"));
  assert.equal(code, 0);
  assert.match(out, /note html\/raw[\s\S]*1 file: 0 errors, 0 warnings, 1 note\n$/);
});

test("files that are named together and belong to no library are one", async (t) => {
  const folder = folderWith(t, { "a.sx": "(define (f) (g 1))", "b.sx": "(define (g x) x)" });
  const files = [join(folder, "a.sx"), join(folder, "b.sx")];
  assert.equal((await sx(...files)).code, 0);
  assert.equal((await sx(...files.slice(0, 1))).code, 1);
});

test("a library sees what it depends on, and a named file is told alone", async (t) => {
  const folder = folderWith(t, {
    "ui/package.json": '{ "name": "ui" }',
    "ui/sx/link.sx":
      "(defcomp ~link (&key (href :required true) &rest children) (a :href href children))\n(nobody)",
    "app/package.json": '{ "name": "app", "dependencies": { "ui": "*" } }',
    "app/sx/one.sx": '(define (one) (~link :href "/" "x"))',
    "app/sx/two.sx": '(define (two) (list (one) (~link "x")))',
    "app/node_modules/ui/package.json": '{ "name": "ui" }',
    "app/node_modules/ui/sx/link.sx":
      "(defcomp ~link (&key (href :required true) &rest children) (a :href href children))\n(nobody)",
  });
  const whole = await sx(join(folder, "app"));
  assert.match(whole.out, /two\.sx:1:27: error component\/missing-prop[\s\S]*2 files: 1 error, 0 warnings/);
  const one = await sx(join(folder, "app/sx/one.sx"));
  assert.deepEqual([one.code, one.out], [0, "1 file: 0 errors, 0 warnings, 0 notes\n"]);
});

test("a file with tests knows the words of a test", async (t) => {
  const folder = folderWith(t, {
    "test.sx": '(deftest "adds" (assert= 3 (+ 1 2)) (assert-html "<b>x</b>" (b "x")))\n',
  });
  assert.deepEqual(await sx(join(folder, "test.sx")), {
    code: 0,
    out: "1 file: 0 errors, 0 warnings, 0 notes\n",
    err: "",
  });
});

test("--json gives one object with every place", async (t) => {
  const folder = folderWith(t, { "a.sx": "(upper 3)" });
  const { code, out } = await sx(folder, "--json");
  const { diagnostics, ...counts } = JSON.parse(out);
  assert.equal(code, 1);
  assert.deepEqual(counts, { files: 1, errors: 1, warnings: 0, notes: 0 });
  assert.deepEqual(diagnostics, [
    {
      file: join(folder, "a.sx"),
      line: 1,
      column: 8,
      endLine: 1,
      endColumn: 9,
      level: "error",
      code: "call/type",
      message: "upper needs s to be a string, found the number 3",
      help: null,
    },
  ]);
});

test("wrong usage is a sentence and the exit code 2", async (t) => {
  const folder = folderWith(t, { "readme.txt": "" });
  for (const [words, says] of [
    [[], /at least one file or folder/],
    [["no-such-file.sx"], /no-such-file\.sx cannot be read: there is no such file/],
    [[folder], /no \.sx file in/],
    [[folder, "--quiet"], /no option --quiet/],
  ] as const) {
    const { code, err } = await sx(...words);
    assert.equal(code, 2);
    assert.match(err, says);
  }
});
