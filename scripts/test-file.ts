// One test file, run in a process of its own under Node's test runner, and what came of it.
// The counts are read from the runner's TAP report; a process that ends early or not at all is a failure of its own.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface TestOutcome {
  readonly file: string;
  readonly passed: number;
  readonly failed: number;
  /** What was skipped, each with the reason the test gives. */
  readonly skipped: readonly string[];
  readonly ms: number;
  /** Everything the run said, for people. */
  readonly output: string;
}

/** Runs `file` (relative to `root`); it is ended with its children after `limitMs`. */
export async function runTestFile(root: string, file: string, limitMs: number): Promise<TestOutcome> {
  const folder = await mkdtemp(join(tmpdir(), "rose-ash-tests-"));
  const report = join(folder, "report.tap");
  const started = performance.now();
  try {
    const { code, output } = await run(root, file, report, limitMs);
    const tap = await readFile(report, "utf8").catch(() => ""); // none when it ended before it began
    return { file, ms: performance.now() - started, ...count(tap, code, output, limitMs) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Answers the exit code, or null when the limit was reached, with all output. */
function run(root: string, file: string, report: string, limitMs: number) {
  const reporters = [
    ["--test-reporter=tap", `--test-reporter-destination=${report}`],
    ["--test-reporter=spec", "--test-reporter-destination=stdout"],
  ].flat();
  const seed = ["--import", join(import.meta.dirname, "fixed-seed.ts")];
  return new Promise<{ code: number | null; output: string }>((resolve, reject) => {
    // Left by a runner around this one, it would make the process report there instead.
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    // A group of its own, so that what the test started can be ended with it.
    const child = spawn(process.execPath, ["--stack-size=6000", ...seed, ...reporters, join(root, file)], {
      cwd: root,
      env,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const chunks: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    const endGroup = () => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      } catch {
        // Nothing of the group is left, which is what was wanted.
      }
    };
    let late = false;
    const limit = setTimeout(() => {
      late = true;
      endGroup();
    }, limitMs);
    const interrupted = () => {
      endGroup();
      process.exit(130);
    };
    process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
    child.once("error", reject);
    child.once("exit", (code) => {
      clearTimeout(limit);
      process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
      // A server that a test left behind would hold the pipes open for ever.
      endGroup();
      child.once("close", () => {
        resolve({ code: late ? null : (code ?? 1), output: Buffer.concat(chunks).toString("utf8") });
      });
    });
  });
}

function count(
  tap: string,
  code: number | null,
  output: string,
  limitMs: number,
): Omit<TestOutcome, "file" | "ms"> {
  const total = (name: string) => Number(new RegExp(`^# ${name} (\\d+)$`, "m").exec(tap)?.[1] ?? 0);
  const skipped = [...tap.matchAll(/^ *ok \d+ - (.*?) # (?:SKIP|TODO) ?(.*)$/gm)].map(
    ([, name, reason]) => `${name}${reason ? ` (${reason})` : ""}`,
  );
  const passed = total("pass");
  const failed = total("fail") + total("cancelled");
  const more = explainEnd(code, failed, passed + skipped.length, limitMs);
  if (more === null) return { passed, failed, skipped, output };
  return { passed, failed: failed + 1, skipped, output: `${output.trimEnd()}\n${more}` };
}

/** What is wrong with how the process ended, beyond its failing tests; null when nothing is. */
function explainEnd(code: number | null, failed: number, others: number, limitMs: number): string | null {
  if (code === null) return `It was ended because it took longer than ${limitMs / 1000} s.`;
  if (code !== 0 && failed === 0) return `It ended with exit code ${code}, though no test failed.`;
  return failed + others === 0 ? "It holds no test." : null;
}
