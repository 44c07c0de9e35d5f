// The README and the guides say what works: every command of theirs that needs nothing outside the checkout is
// run here as it is written, and every verb they name is one that npm knows.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const root = join(import.meta.dirname, "..");
const guides = [
  "README.md",
  "CONTRIBUTING.md",
  "sx/README.md",
  ...readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

/** The lines of the fenced blocks of a guide, without comments. */
function commandsOf(guide: string): string[] {
  const blocks = readFileSync(join(root, guide), "utf8").matchAll(/^```\n([\s\S]*?)^```$/gm);
  return [...blocks]
    .flatMap((block) => (block[1] ?? "").split("\n"))
    .map((line) => line.replace(/\s{2,}.*$|\s+#.*$/, "").trim())
    .filter(Boolean);
}

const scripts: Record<string, string> = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).scripts;

for (const guide of guides) {
  const commands = commandsOf(guide);
  const prose = readFileSync(join(root, guide), "utf8");

  test(`every npm verb in ${guide} exists`, () => {
    for (const [, verb] of prose.matchAll(/npm run ([a-z]+)/g))
      assert.ok(verb && verb in scripts, `npm run ${verb}`);
  });

  test(`every file that ${guide} links to exists`, () => {
    const folder = join(root, guide, "..");
    for (const [, target] of prose.matchAll(/\]\((?!https?:)([^)#]+)/g)) {
      assert.ok(existsSync(join(folder, target ?? "")), target);
    }
  });

  for (const command of commands.filter((line) => line.startsWith("npx sx eval"))) {
    test(`${guide}: ${command}`, () => {
      const { status, stderr } = spawnSync(
        "bash",
        ["-c", command.replace("npx sx", `"${process.execPath}" sx/cli/sx.mjs`)],
        { cwd: root, encoding: "utf8" },
      );
      assert.equal(status, 0, stderr);
    });
  }
}

test("the language's page draws its own example", () => {
  const [, example = ""] =
    /```lisp\n([\s\S]*?)```/.exec(readFileSync(join(root, "sx/README.md"), "utf8")) ?? [];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["sx/cli/sx.mjs", "eval", `(do nil) ${example}`],
    { cwd: root, encoding: "utf8" },
  );
  assert.equal(status, 0, stderr);
  assert.match(stdout, /^#<markup/);
});
