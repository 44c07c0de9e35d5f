// Runs every *.test.ts, each in a process of its own, a few at a time, and closes with the counts.
// Promise: a file that hangs is ended and counts as failed, as does one without any test; the counts are those of
// Node's own test runner; of a passing file one line is shown, of a failing one everything.
// test.sh prepares what the tests need (database, browser) and calls this.
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { listFiles } from "./check/project-files.ts";
import { runTestFile, type TestOutcome } from "./test-file.ts";

const help = `node scripts/run-tests.ts [--only PATTERN]

Runs the *.test.ts files whose path matches PATTERN (a regular expression), or all.

  --at-once N      how many files at a time (as many as there are processors)
  --limit-ms N     how long one file may take (420000)
  --root FOLDER    the project to look in`;

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    "at-once": { type: "string" },
    "limit-ms": { type: "string" },
    root: { type: "string" },
    help: { type: "boolean" },
  },
});
if (values.help) console.log(help);
else process.exitCode = await main();

async function main(): Promise<number> {
  const root = resolve(values.root ?? join(import.meta.dirname, ".."));
  const pattern = new RegExp(values.only ?? "");
  const files = listFiles(root, ".test.ts").filter((file) => pattern.test(file));
  if (files.length === 0) {
    console.error(`No *.test.ts below ${root} matches ${pattern}: nothing was tested.`);
    return 1;
  }
  const outcomes = await runAll(root, files);
  return summarise(outcomes);
}

/** Runs the files, a few at a time, and shows each as it ends. */
async function runAll(root: string, files: readonly string[]): Promise<TestOutcome[]> {
  const limitMs = Number(values["limit-ms"] ?? 420_000);
  const atOnce = Number(values["at-once"] ?? availableParallelism());
  const outcomes: TestOutcome[] = [];
  const waiting = [...files];
  const work = async () => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const outcome = await runTestFile(root, file, limitMs);
      outcomes.push(outcome);
      show(outcome);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return outcomes;
}

function show({ file, passed, failed, skipped, ms, output }: TestOutcome): void {
  const seconds = `${(ms / 1000).toFixed(1)} s`.padStart(8);
  const counts = `${String(passed).padStart(5)} passed${skipped.length > 0 ? `, ${skipped.length} skipped` : ""}`;
  if (failed === 0) return console.log(`ok    ${seconds} ${counts}  ${file}`);
  console.log(`FAILED${seconds} ${counts}, ${failed} failed  ${file}\n${output.trimEnd()}\n`);
}

/** Prints what was skipped, what failed and the closing line; answers the exit code. */
function summarise(outcomes: readonly TestOutcome[]): number {
  const sum = (count: (outcome: TestOutcome) => number) =>
    outcomes.reduce((total, one) => total + count(one), 0);
  const [passed, failed] = [sum((one) => one.passed), sum((one) => one.failed)];
  const skipped = outcomes.flatMap((one) => one.skipped.map((text) => `  SKIPPED ${one.file}: ${text}`));
  if (skipped.length > 0) console.log(`\n${skipped.sort().join("\n")}`);
  const broken = outcomes.filter((one) => one.failed > 0).map((one) => `  FAILED ${one.file}`);
  if (broken.length > 0) console.log(`\n${broken.sort().join("\n")}`);
  console.log(
    `\n${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ""}`,
  );
  return failed === 0 ? 0 : 1;
}
