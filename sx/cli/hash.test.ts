// `sx hash` as it is run: through its own process, on files of a folder of its own.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

const folder = mkdtempSync(join(tmpdir(), "sx-hash-"));
after(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

function hash(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, "sx.mjs"), "hash", ...words],
    { encoding: "utf8" },
  );
  return { status, stdout, stderr };
}

const badge = file("badge.sx", '(defcomp ~badge (&key text) (span :class "badge" text))\n');
const card = file(
  "card.sx",
  '(defcomp ~card (&key title &rest children) (div :class "card" (h2 title) (~badge :text "new") children))\n',
);
const ping = file(
  "ping.sx",
  '(define (pong n) (if (= n 0) "ping" (ping (- n 1))))\n(define (ping n) (if (= n 0) "ping" (pong (- n 1))))\n',
);

test("one line a definition: its address and its name, in the order of the files", () => {
  const { status, stdout, stderr } = hash(card, badge, ping);
  assert.equal(stderr, "");
  assert.equal(status, 0);
  assert.equal(
    stdout,
    `9aa23ffb292b7368e4e1038c3e86c9991f82e76a1c0892ad9606b5bbb2bd9b91 ~card
68e7ebc3a2aff3dc6d07045e66ff5246bc4940cab9857a1e5b942a9af6de6c68 ~badge
0bc10654229b556cdb665b09937c222ce27f17a06c23d19e2dd904ecc8b35af8.1 pong
0bc10654229b556cdb665b09937c222ce27f17a06c23d19e2dd904ecc8b35af8.0 ping
`,
  );
});

test("--json gives kind, hash, member and references as data", () => {
  const { definitions } = JSON.parse(hash(card, badge, "--json").stdout);
  assert.deepEqual(definitions, [
    {
      name: "~card",
      kind: "component",
      hash: "9aa23ffb292b7368e4e1038c3e86c9991f82e76a1c0892ad9606b5bbb2bd9b91",
      member: null,
      references: ["~badge"],
    },
    {
      name: "~badge",
      kind: "component",
      hash: "68e7ebc3a2aff3dc6d07045e66ff5246bc4940cab9857a1e5b942a9af6de6c68",
      member: null,
      references: [],
    },
  ]);
});

test("what a file prints or fails with when it runs does not matter", () => {
  const { status, stdout } = hash(file("run.sx", '(print "out")\n(define f (/ 1 0))\n'));
  assert.equal(status, 0);
  assert.match(stdout, /^[0-9a-f]{64} f\n$/);
});

test("an unknown name is explained with its place, and no line is written", () => {
  const { status, stdout, stderr } = hash(card);
  assert.equal(status, 1);
  assert.equal(stdout, "");
  assert.match(stderr, /card\.sx:1:75: name\/unbound: nothing here is called ~badge/);
});

test("no file, a file that is not there and an unknown option are wrong usage", () => {
  for (const words of [[], [join(folder, "none.sx")], [card, "--short"]]) {
    const { status, stderr } = hash(...words);
    assert.equal(status, 2, words.join(" "));
    assert.match(stderr, /See sx hash --help|cannot be read/);
  }
});
