// The blog as people start it: start.ts and command.ts in processes of their own, on a data folder of their own.

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "../../..");

export interface LaunchedSite {
  readonly address: string;
  /** Ends the site as Ctrl-C would and waits for the end. */
  stop(): Promise<void>;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const found = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof found === "object" && found ? found.port : 0;
}

/** New databases are copies of a template, which takes seconds to make: one that other tests left is good here too. */
function lendTemplate(data: string): void {
  const lent = join(tmpdir(), "rose-ash-test-template-18");
  const place = join(data, "template-18");
  if (existsSync(lent) && !existsSync(place)) cpSync(lent, place, { recursive: true });
}

function environment(data: string, port: number): NodeJS.ProcessEnv {
  lendTemplate(data);
  return { ...process.env, ROSE_ASH_DATA: data, ROSE_ASH_SERVICES_BLOG_ORIGIN: `http://localhost:${port}` };
}

/** Starts the blog and waits until it answers. */
export async function launch(data: string, port: number, ...options: string[]): Promise<LaunchedSite> {
  const child = spawn(process.execPath, ["start.ts", "blog", "--dev", ...options], {
    cwd: root,
    env: environment(data, port),
    stdio: ["ignore", "pipe", "inherit"],
  });
  await ready(child);
  return {
    address: `http://localhost:${port}`,
    async stop() {
      if (child.exitCode !== null) return;
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
    },
  };
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      said += chunk;
      if (said.includes("Ready.")) resolve();
    });
    child.once("exit", (code) =>
      reject(new Error(`The site ended with ${code} before it was ready. It said: ${said}`)),
    );
  });
}

/** Runs `node command.ts …` on a data folder; gives what it said and how it ended. */
export function runCommand(
  data: string,
  port: number,
  words: string[],
): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["command.ts", ...words], {
    cwd: root,
    env: environment(data, port),
    encoding: "utf8",
  });
  return { status, said: stdout + stderr };
}
