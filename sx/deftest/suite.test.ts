// Test files as they are run: what passes and fails, with which place and which words, and what ends only its own file.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { cekEngine } from "../cek/engine.ts";
import { SxError } from "../core/errors.ts";
import type { Engine } from "../front/engine.ts";
import { jsEngine } from "../js/engine.ts";
import { vmEngine } from "../vm/engine.ts";
import { findTestFiles } from "./found.ts";
import { type FileOutcome, Suite } from "./suite.ts";
import { readTestFile } from "./test-text.ts";

const engines: readonly Engine[] = [jsEngine({ checkProps: true }), cekEngine(), vmEngine()];

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

const scratch = () => mkdtempSync(join(tmpdir(), "sx-suite-"));

/** The outcome of one file on an engine. */
function run(text: string, engine: Engine = jsEngine({ checkProps: true })): Promise<FileOutcome> {
  const folder = scratch();
  write(folder, { "a.sx": text });
  return new Suite(engine).run(join(folder, "a.sx"));
}

const failures = ({ tests }: FileOutcome) => tests.map(({ failure }) => failure);
const kinds = (outcome: FileOutcome) => failures(outcome).map((failure) => failure?.kind ?? "passed");

for (const engine of engines) {
  test(`${engine.name}: each assertion passes where it holds and fails where it does not`, async () => {
    const outcome = await run(
      `(deftest "a" (assert= [1 {:k 2}] (list 1 {:k 2})))
(deftest "b" (assert= 1 2))
(deftest "c" (assert-true 0))
(deftest "d" (assert-true nil))
(deftest "e" (assert-raises :arith/zero-div (/ 1 0)))
(deftest "f" (assert-raises :arith/zero-div (inc "1")))
(deftest "g" (assert-raises :arith/zero-div (inc 1)))
(deftest "h" (assert-raises :raised (raise 5)))
(deftest "i" (assert-html "<p>a</p>" (p "a")))
(deftest "j" (assert-html "<p>a</p>" (p "b")))`,
      engine,
    );
    const wrong = "test/failed";
    assert.deepEqual(kinds(outcome), [
      "passed",
      wrong,
      "passed",
      wrong,
      "passed",
      wrong,
      wrong,
      "passed",
      "passed",
      wrong,
    ]);
    const sides = failures(outcome)
      .filter((failure) => failure !== null)
      .map(({ expected, found }) => [expected, found]);
    assert.deepEqual(sides, [
      ["1", "2"],
      ["true", "nil"],
      ['"arith/zero-div"', '"call/type"'],
      ['"arith/zero-div"', "nil"],
      ['"<p>a</p>"', '"<p>b</p>"'],
    ]);
  });

  test(`${engine.name}: a failure stands at its assertion, also inside a function the tests share`, async () => {
    const outcome = await run(
      `(define (check n)\n  (assert= 1 n))\n\n(deftest "direct"\n  (assert= 1\n    2))\n(deftest "shared" (check 1) (check 2))`,
      engine,
    );
    assert.deepEqual(
      failures(outcome).map((failure) => failure?.place?.split(":").slice(-2).join(":")),
      ["5:3", "2:3"],
    );
    const [direct] = failures(outcome);
    assert.match(
      direct?.explanation ?? "",
      /5 \| {3}\(assert= 1\n {2}\| {3}\^+\n {2}expected 1\n {2}found {4}2$/,
    );
  });

  test(`${engine.name}: an error in a test is its failure, with its help, and the next test runs`, async () => {
    const outcome = await run(
      `(deftest "a" (assert-true (uper "x")))\n(deftest "b" (assert-true (first [true])))`,
      engine,
    );
    assert.deepEqual(kinds(outcome), ["name/unbound", "passed"]);
    assert.match(failures(outcome)[0]?.explanation ?? "", /help: did you mean upper\?/);
  });

  test(`${engine.name}: output belongs to the test that wrote it`, async () => {
    const { tests } = await run(
      `(print "loading")\n(deftest "a" (print 1) (assert= 1 1))\n(deftest "b" (print 2) (print "x") (assert= 1 1))`,
      engine,
    );
    assert.deepEqual(
      tests.map(({ output }) => output),
      [["1"], ["2", '"x"']],
    );
  });
}

test("a test that asserts nothing fails, since nothing could make it fail", async () => {
  assert.deepEqual(kinds(await run('(deftest "a" (+ 1 2))')), ["test/empty"]);
});

test("what cannot be written is still shown", async () => {
  const [failure] = failures(
    await run('(deftest "a" (let ((xs (list 0))) (set-nth! xs 0 xs) (assert= 1 xs)))'),
  );
  assert.match(failure?.found ?? "", /^a value that cannot be written: this data holds itself/);
});

test("a file that does not read, link or prepare is broken with its place, and ends nothing else", async () => {
  const folder = scratch();
  write(folder, {
    "unclosed.sx": '(deftest "a" (assert= 1 1)',
    "unbound.sx": '(define (f) (g))\n(deftest "a" (assert= 1 1))',
    "raises.sx": '(raise 5)\n(deftest "a" (assert= 1 1))',
    "good.sx": '(deftest "a" (assert= 1 1))',
  });
  const suite = new Suite(jsEngine());
  const outcomes = await Promise.all(findTestFiles([folder]).map((file) => suite.run(file)));
  assert.deepEqual(
    outcomes.map(({ broken }) => broken && `${broken.kind} ${broken.place?.split(":").slice(-2).join(":")}`),
    [null, "raised 1:1", "name/unbound 1:14", "read/unclosed 1:1"],
  );
});

test("a test needs a claim of its own and a body", () => {
  for (const [text, kind] of [
    ['(deftest "a")', "syntax/bad-form"],
    ["(deftest a (f))", "syntax/bad-form"],
    ['(deftest "" 1)', "syntax/bad-form"],
    ['(deftest "a" 1) (deftest "a" 2)', "name/duplicate"],
  ] as const)
    assert.throws(
      () => readTestFile("a.sx", text),
      (error) => error instanceof SxError && error.kind === kind && error.span !== null,
      text,
    );
});

test("effects are answered at once or later where the engine can wait, and a file says which engines it needs", async () => {
  const text = `;;engines> cek vm
(deftest "now" (assert= 1 (perform "test/now" 1)))
(deftest "later" (assert= (list 1 2) (list (perform "test/later" 1) (perform "test/later" 2))))
(deftest "refused" (assert-raises :host/failed (perform "test/refuse" "no")))
(deftest "unknown" (assert-raises :effect/unhandled (perform "mail" "x")))`;
  assert.deepEqual(kinds(await run(text, cekEngine())), ["passed", "passed", "passed", "passed"]);
  const refused = await run(text);
  assert.deepEqual(refused.skippedFor, ["cek", "vm"]);
  assert.deepEqual(refused.tests, []);
});

test("a file loads what it names, and no test of it", async () => {
  const folder = scratch();
  write(folder, {
    "card.sx": "(defcomp ~card (&key title) (h2 title))",
    "test/card.sx": ';;loads> ../card.sx\n(deftest "a" (assert-html "<h2>x</h2>" (~card :title "x")))',
    "test/gone.sx": ';;loads> ../gone.sx\n(deftest "a" (assert= 1 1))',
  });
  const suite = new Suite(jsEngine());
  assert.deepEqual(kinds(await suite.run(join(folder, "test/card.sx"))), ["passed"]);
  const { broken } = await suite.run(join(folder, "test/gone.sx"));
  assert.equal(broken?.kind, "test/no-file");
  assert.match(broken?.message ?? "", /gone\.sx/);
});

test("a file in a package's library sees that library and those the package declares", async () => {
  const folder = scratch();
  write(folder, {
    "ui/package.json": '{"name": "ui"}',
    "ui/sx/box.sx": '(defcomp ~box (&rest children) (div children))\n(deftest "own" (assert= 1 1))',
    "shop/package.json": '{"name": "shop", "dependencies": {"ui": "*"}}',
    "shop/sx/price.sx": '(define (price n) (str n " €"))',
    "shop/sx/price-test.sx":
      '(define sample 5)\n(deftest "a" (assert-html "<div>5 €</div>" (~box (price sample))))\n(deftest "b" (assert= 1 1))',
  });
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(join(folder, "ui"), join(folder, "node_modules/ui"));
  const suite = new Suite(jsEngine());
  assert.deepEqual(kinds(await suite.run(join(folder, "shop/sx/price-test.sx"))), ["passed", "passed"]);
});

test("files are found by their tests, installed and hidden ones left out", () => {
  const folder = scratch();
  const one = '(deftest "a" (assert= 1 1))';
  write(folder, {
    "b.sx": one,
    "a/a.sx": one,
    "plain.sx": "(define a 1)",
    "node_modules/x/a.sx": one,
    ".hidden/a.sx": one,
    "a.txt": one,
  });
  assert.deepEqual(
    findTestFiles([folder, join(folder, "b.sx")]),
    ["a/a.sx", "b.sx"].map((name) => join(folder, name)),
  );
});
