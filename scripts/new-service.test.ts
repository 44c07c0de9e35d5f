// A new service is one that works: made in a project of its own (this platform, no other services), it keeps
// every rule, starts, and passes the tests it comes with.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { describeFinding } from "./check/finding.ts";
import { rules } from "./check/rules.ts";
import { addToConfiguration, createService, refuseName } from "./service-copy.ts";
import { runTestFile } from "./test-file.ts";

const home = join(import.meta.dirname, "..");
const program = join(import.meta.dirname, "new-service.ts");

test("a new service keeps the rules that look at services", async (t) => {
  const root = createProject(t);
  createService(root, "gift-cards");
  const names = [
    "layers",
    "view-layers",
    "service-shape",
    "names",
    "headers",
    "words",
    "tables",
    "types",
    "biome",
  ];
  for (const name of names) {
    const rule = rules[name];
    assert.ok(rule, name);
    // What is linked in lies outside, and is looked at by its own project.
    const findings = (await rule(root)).filter(({ file }) => !file.startsWith("../"));
    assert.deepEqual(findings.map(describeFinding), [], name);
  }
});

test("a new service starts and passes its own tests", async (t) => {
  const root = createProject(t);
  const made = spawnSync(process.execPath, [program, "gift-cards", "--into", root, "--no-install"], {
    encoding: "utf8",
  });
  assert.equal(made.status, 0, made.stderr);
  assert.match(made.stdout, /^config\/rose-ash\.yaml: gift-cards at http:\/\/localhost:\d+$/m);
  for (const [file, passed] of [
    ["test/front.test.ts", 2],
    ["store.test.ts", 1],
  ] as const) {
    const outcome = await runTestFile(root, `services/gift-cards/${file}`, 60_000);
    assert.equal(outcome.failed, 0, outcome.output);
    assert.ok(outcome.passed >= passed, outcome.output);
  }
});

test("nothing that exists is overwritten, and names that would fit anything are refused", (t) => {
  const root = createProject(t);
  createService(root, "tools");
  assert.match(refuseName(root, "tools") ?? "", /is there already/);
  assert.throws(() => createService(root, "tools"), { code: "EEXIST" });
  assert.match(refuseName(root, "utils") ?? "", /would fit anything/);
  for (const name of ["", "Shop", "../shop", "a b", "1st", "shop-"]) {
    assert.match(refuseName(root, name) ?? "", /cannot be a service's name/, name);
  }
  assert.equal(refuseName(root, "shop"), null);
  const refused = spawnSync(process.execPath, [program, "tools", "--into", root], { encoding: "utf8" });
  assert.deepEqual([refused.status, refused.stdout], [1, ""]);
  assert.equal(spawnSync(process.execPath, [program, "--into", root]).status, 2);
});

test("each new service gets a port of its own, or lines to add by hand", (t) => {
  const root = createProject(t);
  const file = join(root, "config/rose-ash.yaml");
  writeFileSync(file, "services:\n  blog:\n    origin: http://localhost:8001\n");
  assert.deepEqual(addToConfiguration(root, "shop"), { kind: "added", origin: "http://localhost:8002" });
  assert.deepEqual(addToConfiguration(root, "desk"), { kind: "added", origin: "http://localhost:8003" });
  assert.match(
    readFileSync(file, "utf8"),
    /8001\n {2}shop:\n {4}origin: \S+8002\n {2}desk:\n {4}origin: \S+8003\n$/,
  );
  writeFileSync(file, "services: {}\nsite:\n  title: A\n");
  const outcome = addToConfiguration(root, "shop");
  assert.equal(outcome.kind, "by-hand");
  assert.equal(readFileSync(file, "utf8"), "services: {}\nsite:\n  title: A\n");
});

test("the template asks for the versions that the platform has", () => {
  const dependencies = (folder: string): Record<string, string> =>
    JSON.parse(readFileSync(join(home, folder, "package.json"), "utf8")).dependencies;
  const platform = dependencies("platform");
  for (const [name, version] of Object.entries(dependencies("scripts/service-template"))) {
    if (name !== "@rose-ash/platform") assert.equal(version, platform[name], name);
  }
});

/** A project with this one's platform, tools and configuration, and without services. */
function createProject(t: TestContext): string {
  const root = mkdtempSync(join(tmpdir(), "rose-ash-new-"));
  t.after(() => rmSync(root, { recursive: true }));
  for (const name of ["package.json", "biome.json", "start.ts", "config"]) {
    cpSync(join(home, name), join(root, name), { recursive: true });
  }
  for (const name of ["node_modules", "platform", "sx"]) symlinkSync(join(home, name), join(root, name));
  const settings = readFileSync(join(home, "tsconfig.json"), "utf8");
  writeFileSync(
    join(root, "tsconfig.json"),
    settings.replace(/"include": \[.*\]/, '"include": ["services"]'),
  );
  return root;
}
