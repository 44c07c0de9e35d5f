// `sx test`: runs the deftest files below some paths and says what failed, with the place. A selection without a test
// is an error, since it could never fail. The last line counts: "N passed, N failed".

import { findTestFiles } from "../deftest/found.ts";
import { type FileOutcome, Suite } from "../deftest/suite.ts";
import { using } from "./files.ts";
import { parseArguments } from "./options.ts";
import { engineOf, type Streams } from "./programs.ts";

/** Runs the tests a line names, of the folder it is called in where it names none. */
export async function runTests(line: readonly string[], { out }: Streams): Promise<number> {
  const parsed = parseArguments(line, ["engine"], ["json"]);
  const engine = await engineOf(parsed);
  const paths = parsed.words.length === 0 ? ["."] : parsed.words;
  const files = using(paths.join(", "), "read", () => findTestFiles(paths));
  const suite = new Suite(engine);
  const asJson = parsed.options.has("json");
  const outcomes: FileOutcome[] = [];
  for (const file of files) {
    const outcome = await suite.run(file);
    outcomes.push(outcome);
    if (!asJson) out.write(describe(outcome));
  }
  const { passed, failed } = count(outcomes);
  const empty = passed + failed === 0 ? emptySentence(outcomes, paths, engine.name) : null;
  if (asJson)
    out.write(`${JSON.stringify({ engine: engine.name, passed, failed, error: empty, files: outcomes })}\n`);
  else out.write(`${empty === null ? "" : `${empty}\n`}${passed} passed, ${failed} failed\n`);
  return failed > 0 || empty !== null ? 1 : 0;
}

function emptySentence(outcomes: readonly FileOutcome[], paths: readonly string[], engine: string): string {
  return outcomes.length === 0
    ? `There is no test in ${paths.join(", ")}: a test reads (deftest "a claim" body …) and stands in a .sx file.`
    : `None of these tests runs on ${engine}: choose another with --engine.`;
}

/** A file that does not load counts as one failure. */
function count(outcomes: readonly FileOutcome[]): { passed: number; failed: number } {
  const tests = outcomes.flatMap((outcome) => outcome.tests);
  const failed = tests.filter(({ failure }) => failure !== null).length;
  const broken = outcomes.filter((outcome) => outcome.broken !== null).length;
  return { passed: tests.length - failed, failed: failed + broken };
}

function describe({ file, broken, skippedFor, tests }: FileOutcome): string {
  if (broken) return `${file} does not load\n${indent(broken.explanation)}\n`;
  if (skippedFor) return `${file} is skipped: it needs the engine ${skippedFor.join(" or ")}\n`;
  const passed = tests.filter(({ failure }) => failure === null).length;
  const lines = [`${file}: ${passed} of ${tests.length} passed`];
  for (const { claim, failure, output } of tests) {
    if (!failure) continue;
    lines.push(`  FAILED ${claim}`, indent(indent(failure.explanation)));
    if (output.length > 0) lines.push(...["printed:", ...output].map((text) => indent(indent(text))));
  }
  return `${lines.join("\n")}\n`;
}

function indent(text: string): string {
  return text.replace(/^/gm, "  ");
}
