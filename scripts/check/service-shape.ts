// The rule "a service, nine times the same": services/<name>/ has the parts ARCHITECTURE.md lists, its doors
// (routes, contract, reactions) are left out rather than left empty, and it has nothing of its own that the
// root has for all: no launcher, container, compiler settings or scripts.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Finding } from "./finding.ts";
import { exportsSomething } from "./module-text.ts";
import { listFiles, listServices, readIfThere, readText } from "./project-files.ts";

const required = ["README.md", "package.json", "service.ts", "config.ts", "store.ts"];
const doors = ["routes.ts", "contract.ts", "reactions.ts"];
const foreign =
  /^(?:tsconfig.*\.json|biome\.jsonc?|knip\.json|Dockerfile.*|compose.*|package-lock\.json|main\.ts|index\.ts|start\.ts|scripts)$/;
const longestService = 60;

/** Finds what a service lacks or has too much of. */
export function checkServiceShape(root: string): Finding[] {
  const files = listFiles(root);
  return listServices(root).flatMap((name) => {
    const folder = `services/${name}`;
    const own = files
      .filter((file) => file.startsWith(`${folder}/`))
      .map((file) => file.slice(folder.length + 1));
    const say = (file: string, sentence: string): Finding => ({
      file: file ? `${folder}/${file}` : folder,
      sentence,
    });
    return [
      ...required.filter((file) => !own.includes(file)).map((file) => say("", `has no ${file}.`)),
      ...readdirSync(join(root, folder))
        .filter((entry) => foreign.test(entry))
        .map((entry) => say(entry, "is the root's to have, for all services: remove it.")),
      ...checkDoors(root, folder, own).map(([file, sentence]) => say(file, sentence)),
      ...checkFolders(own).map(([file, sentence]) => say(file, sentence)),
      ...checkMigrations(own).map(([file, sentence]) => say(file, sentence)),
      ...checkManifest(readIfThere(root, `${folder}/package.json`), name, own.includes("contract.ts")).map(
        (sentence) => say("package.json", sentence),
      ),
      ...checkDescription(readIfThere(root, `${folder}/service.ts`)).map((sentence) =>
        say("service.ts", sentence),
      ),
    ];
  });
}

type Remark = readonly [file: string, sentence: string];

function checkDoors(root: string, folder: string, own: readonly string[]): Remark[] {
  const present = doors.filter((door) => own.includes(door));
  const remarks: Remark[] = present
    .filter((door) => !exportsSomething(door, readText(root, `${folder}/${door}`)))
    .map((door) => [door, "is an empty door: leave it out until something comes through it."]);
  if (present.length === 0) remarks.push(["", `has no door: it needs one of ${doors.join(", ")}.`]);
  if (own.includes("answers.ts") && !own.includes("contract.ts")) {
    remarks.push(["answers.ts", "answers a contract that is not there: write contract.ts."]);
  }
  return remarks;
}

function checkFolders(own: readonly string[]): Remark[] {
  const has = (pattern: RegExp) => own.some((file) => pattern.test(file));
  const remarks: Remark[] = [];
  if (!has(/^test\/.+\.test\.ts$/)) remarks.push(["", "has no test/*.test.ts: test it through its doors."]);
  if (!has(/^migrations\//))
    remarks.push(["", "has no migrations/NNNN-<what>.sql: its tables are made there."]);
  if (!has(/^routes\.ts$/)) return remarks;
  if (!has(/^pages\/.+\.ts$/)) remarks.push(["", "has routes but no pages/*.ts: one file per page or form."]);
  if (!has(/^sx\/.+\.sx$/)) remarks.push(["", "has routes but no sx/*.sx: what its pages look like."]);
  return remarks;
}

function checkMigrations(own: readonly string[]): Remark[] {
  const migrations = own.filter((file) => file.startsWith("migrations/"));
  return migrations.flatMap((file, index): Remark[] => {
    const name = file.slice("migrations/".length);
    if (!/^\d{4}-[a-z0-9-]+\.sql$/.test(name)) return [[file, "is not named like 0001-posts.sql."]];
    const before = migrations[index - 1]?.slice("migrations/".length);
    return before?.slice(0, 4) === name.slice(0, 4)
      ? [[file, `has the number of ${before}: give it the next.`]]
      : [];
  });
}

function checkManifest(text: string | null, name: string, hasContract: boolean): string[] {
  if (text === null) return [];
  const manifest = JSON.parse(text) as Readonly<Record<string, unknown>>; // compared below, field by field
  const expected = hasContract ? '{"./contract":"./contract.ts"}' : "{}";
  const sentences: string[] = [];
  if (manifest.name !== `@rose-ash/${name}`)
    sentences.push(`must be named @rose-ash/${name}, like its folder.`);
  if (JSON.stringify(manifest.exports) !== expected) {
    sentences.push(`must have the exports ${expected}, so that nothing else can be imported from it.`);
  }
  if ("scripts" in manifest) sentences.push("must not have scripts: the root's take a service's name.");
  return sentences;
}

function checkDescription(text: string | null): string[] {
  const lines = text?.trimEnd().split("\n").length ?? 0;
  return lines > longestService
    ? [`has ${lines} lines: a service is described on one screen (${longestService}).`]
    : [];
}
