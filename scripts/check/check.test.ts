// Every rule looks: each finds the mistakes in its own fixture, all of them and nothing else, and is quiet on the
// one sound project. fixtures/<rule>/ holds the mistakes, fixtures/good/ the project.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { describeFinding } from "./finding.ts";
import { describeLongest } from "./longest.ts";
import { exportsSomething, readFunctions, readImports } from "./module-text.ts";
import { rules } from "./rules.ts";

const fixtures = join(import.meta.dirname, "fixtures");
const program = join(import.meta.dirname, "../check.ts");

/** Per rule, in order: the place of each finding and a telling part of its sentence. */
const expected: Readonly<Record<string, readonly string[]>> = {
  layers: [
    "sx/package.json: sx must not depend on platform",
    "attic/package.json: attic stands on no floor",
    "platform/app/page.ts:2: platform must not import services/blog",
    "platform/app/page.ts:3: ../../start.ts leaves platform",
    "platform/cache/memory.ts:2: platform/cache must not import platform/app, which stands above",
    "platform/store/rows.ts:2: platform/store must not import platform/cache, which stands beside",
    "services/blog/service.ts:6: of services/orders only @rose-ash/orders/contract",
    "services/blog/service.ts:8: ../orders/store.ts leaves services/blog",
    "sx/core/reader.ts:2: sx/core must not import sx/js, which stands above",
    "sx/loft/box.ts:2: sx/loft has no place in the order",
  ],
  "view-layers": [
    "platform/ui/frame.sx:3: ~cart-total belongs to services/cart/sx",
    "services/blog/sx/post.sx:3: ~cart belongs to services/cart/sx",
  ],
  sx: [
    "services/blog/sx/post.sx:5: name/unbound: nothing here is called uper (did you mean upper?)",
    "services/blog/sx/post.sx:7: a11y/missing-attribute: img needs alt",
    "services/blog/sx/card.sx:1: is not laid out",
  ],
  "service-shape": [
    "services/bare: has no README.md",
    "services/bare: has no service.ts",
    "services/bare: has no config.ts",
    "services/bare: has no store.ts",
    "services/bare: has no door",
    "services/bare: has no test/",
    "services/bare: has no migrations/",
    "services/bare/package.json: must be named @rose-ash/bare",
    "services/bare/package.json: must have the exports {}",
    "services/crowded/Dockerfile: is the root's",
    "services/crowded/main.ts: is the root's",
    "services/crowded/tsconfig.json: is the root's",
    "services/crowded/routes.ts: is an empty door",
    "services/crowded/contract.ts: is an empty door",
    "services/crowded/reactions.ts: is an empty door",
    "services/crowded: has no test/",
    "services/crowded: has routes but no pages/",
    "services/crowded: has routes but no sx/",
    "services/crowded/migrations/0001-things.sql: has the number of 0001-more.sql",
    "services/crowded/migrations/things.sql: is not named like",
    "services/crowded/package.json: must not have scripts",
    "services/crowded/service.ts: has 61 lines",
    "services/mute: has no README.md",
    "services/mute: has no package.json",
    "services/mute: has no service.ts",
    "services/mute: has no config.ts",
    "services/mute: has no store.ts",
    "services/mute: has no door",
    "services/mute/answers.ts: answers a contract that is not there",
    "services/mute: has no test/",
    "services/mute: has no migrations/",
  ],
  names: ["platform/utils: “utils”", "sx/helpers.test.ts: “helpers”", "sx/types.ts: “types”"],
  headers: ["bare.sx:1: opens without", "bare.ts:1: opens without", "essay.ts:1: has a header of 7 lines"],
  words: [
    ".npmrc:1: names a package registry",
    "notes.md:1: names a path",
    "package-lock.json:3: names a package registry",
    "page.ts:2: has an address outside example.org",
  ],
  "test-command": ["README.md: does not show “./test.sh --quick”"],
  tables: [
    "services/stale/tables.ts:6: is not what the migrations make",
    "services/unwritten/tables.ts:1: is not what the migrations make",
  ],
  types: ["price.ts:2: TS2322"],
  biome: ["loose.ts:2: lint/suspicious/noDoubleEquals", "unformatted.ts:1: is not formatted"],
  knip: [
    "forgotten.ts: is reached by nothing",
    "package.json: left-over is declared and never imported",
    "parts.ts:3: unused is exported and never imported",
  ],
};

for (const [name, rule] of Object.entries(rules)) {
  test(`the rule ${name} finds the mistakes in its fixture and no others`, async () => {
    const found = (await rule(join(fixtures, name))).map(describeFinding);
    const wanted = expected[name] ?? [];
    assert.equal(found.length, wanted.length, found.join("\n"));
    for (const [index, start] of wanted.entries()) assert.ok(found[index]?.startsWith(start), found[index]);
  });

  test(`the rule ${name} is quiet on a sound project`, async () => {
    assert.deepEqual(await rule(join(fixtures, "good")), []);
  });
}

test("every rule has a fixture with a mistake, and every fixture a rule", () => {
  const folders = readdirSync(fixtures).filter((name) => name !== "good");
  assert.deepEqual(folders.sort(), Object.keys(rules).sort());
  for (const name of folders) assert.ok(expected[name]?.length, name);
});

test("a tool that fails without naming a place is a finding, not silence", async (t) => {
  const folder = temporaryFolder(t);
  for (const name of ["types", "biome", "knip"]) {
    const findings = (await rules[name]?.(folder)) ?? [];
    assert.equal(findings.length, 1, name);
    assert.match(findings[0]?.sentence ?? "", /ended with exit code [1-9]/);
  }
});

test("the test command must be one command that the README shows", async (t) => {
  const folder = temporaryFolder(t);
  const findings = async () => ((await rules["test-command"]?.(folder)) ?? []).map(describeFinding);
  assert.match((await findings()).join(), /^\.ci\/run: is missing/);
  mkdirSync(join(folder, ".ci"));
  writeFileSync(join(folder, ".ci/run"), "set -e\nexport CI=true\n./test.sh\n./more.sh\n");
  assert.match((await findings()).join(), /^README\.md: is missing/);
  writeFileSync(join(folder, "README.md"), "Run ./test.sh, or:\n\n```\n$ ./test.sh  # all\n```\n");
  assert.match((await findings()).join(), /must run exactly one command/);
  writeFileSync(join(folder, ".ci/run"), "set -e\nexport CI=true\n./test.sh\n");
  assert.deepEqual(await findings(), []);
  writeFileSync(join(folder, "README.md"), "Run ./test.sh.\n");
  assert.match((await findings()).join(), /does not show/);
});

test("imports are found in every form, and not in comments or strings", () => {
  const text = `// import "./comment.ts";
import type { A } from "./type.ts";
import "./effect.ts";
export * from "./all.ts";
export { b } from "./one.ts";
const text = 'import "./text.ts"';
const later = await import("./later.ts");
type C = import("./shape.ts").C;`;
  const found = readImports("a.ts", text).map(({ specifier, line }) => `${line} ${specifier}`);
  assert.deepEqual(found, [
    "2 ./type.ts",
    "3 ./effect.ts",
    "4 ./all.ts",
    "5 ./one.ts",
    "7 ./later.ts",
    "8 ./shape.ts",
  ]);
});

test("a file that cannot be parsed is an error with its name", () => {
  assert.throws(() => readImports("broken.ts", "import {"), /broken\.ts/);
});

test("a door with something behind it is not empty", () => {
  for (const text of [
    "export const a = [1];",
    "export function a() { return [b]; }",
    "const a = 1;\nexport { a };",
  ]) {
    assert.ok(exportsSomething("a.ts", text), text);
  }
  for (const text of [
    "const a = [1];",
    "export const a = [];",
    "export type A = 1;",
    "export const a = (b) => ({});",
  ]) {
    assert.ok(!exportsSomething("a.ts", text), text);
  }
});

test("functions are measured with their names and lines", () => {
  const text = "export function a() {\n  return 1;\n}\n\nconst b = () =>\n  2;\nclass C {\n  d() {\n  }\n}\n";
  const found = readFunctions("a.ts", text).map(({ name, line, lines }) => `${name} ${line} ${lines}`);
  assert.deepEqual(found, ["a 1 3", "b 5 2", "d 8 2"]);
  assert.match(
    describeLongest(join(fixtures, "good")),
    /Longest files\n +\d+ {2}\S+\n[\s\S]*Longest functions\n +3 {2}\S+ \(/,
  );
});

test("the program ends with 1 when a rule is broken, 0 when it is kept, 2 for a rule that does not exist", () => {
  const check = (...args: string[]) => spawnSync(process.execPath, [program, ...args], { encoding: "utf8" });
  const broken = check("--only", "names", "--root", join(fixtures, "names"));
  assert.equal(broken.status, 1, broken.stderr);
  assert.match(broken.stdout, /BROKEN {2}names\n {2}platform\/utils: /);
  const kept = check("--only", "names", "--only", "words", "--root", join(fixtures, "good"));
  assert.equal(kept.status, 0, kept.stdout);
  const unknown = check("--only", "everything");
  assert.equal(unknown.status, 2);
  assert.match(unknown.stderr, /no rule “everything”: choose from layers/);
});

function temporaryFolder(t: { after(work: () => void): void }): string {
  const folder = mkdtempSync(join(tmpdir(), "rose-ash-check-"));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}
