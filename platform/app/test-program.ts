// start.ts as people start it, for tests: in a process of its own, ready when it says so, with embedded databases
// that are copies of a template which other tests may have left.
import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, existsSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

export interface Program {
  /** Fails with everything it said when it ends before it is ready. */
  readonly ready: Promise<void>;
  said(): string;
  /** Sends the signal, if it still runs, and waits for the end. */
  end(signal: NodeJS.Signals): Promise<void>;
}

/** Starts `start.ts --dev` with these words and variables. */
export function startProgram(
  words: readonly string[],
  variables: Readonly<Record<string, string | undefined>>,
): Program {
  const child: ChildProcess = spawn(process.execPath, ["--stack-size=6000", "start.ts", "--dev", ...words], {
    cwd: root,
    env: { ...process.env, ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const ready = new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk: Buffer) => {
        said += chunk;
        if (said.includes("Ready.")) resolve();
      });
    }
    exited.then(() => reject(new Error(`${words.join(" ")} ended before it was ready. It said: ${said}`)));
  });
  ready.catch(() => {}); // whoever waits hears of it
  return {
    ready,
    said: () => said,
    async end(signal) {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await exited;
    },
  };
}

/** New embedded databases take seconds to make from nothing: lends a data folder the template of other tests. */
export function lendTemplate(data: string): void {
  const lent = join(tmpdir(), "rose-ash-test-template-18");
  const place = join(data, "template-18");
  if (existsSync(lent) && !existsSync(place)) cpSync(lent, place, { recursive: true });
}

/** A port of this machine that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const found = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof found === "object" && found ? found.port : 0;
}
