// Real child processes for tests of what happens between processes: started on a .ts file, read by the line.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { TestContext } from "node:test";
import { fileURLToPath } from "node:url";

export interface Child {
  readonly process: ChildProcess;
  /** What it writes to its standard output. */
  readonly lines: AsyncIterable<string>;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
}

/** Starts `script` with `args`; it is killed when the test ends, if it has not ended before. */
export function startChild(t: TestContext, script: URL, args: readonly string[]): Child {
  const child = spawn(process.execPath, [fileURLToPath(script), ...args], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  t.after(() => child.kill("SIGKILL"));
  const ended = once(child, "exit").then(([code, signal]) => (code ?? signal) as number | string); // one of them is set
  return { process: child, lines: createInterface({ input: child.stdout }), ended };
}
