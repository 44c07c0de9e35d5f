// The blog as people start it: start.ts and command.ts in processes of their own, on a data folder of their own.

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { lendTemplate, startProgram } from "@rose-ash/platform/app/test-program";

const root = join(import.meta.dirname, "../../..");

export interface LaunchedSite {
  readonly address: string;
  /** Ends the site as Ctrl-C would and waits for the end. */
  stop(): Promise<void>;
}

function environment(data: string, port: number): NodeJS.ProcessEnv {
  lendTemplate(data);
  return { ...process.env, ROSE_ASH_DATA: data, ROSE_ASH_SERVICES_BLOG_ORIGIN: `http://localhost:${port}` };
}

/** Starts the blog and waits until it answers. */
export async function launch(data: string, port: number, ...options: string[]): Promise<LaunchedSite> {
  const program = startProgram(["blog", ...options], environment(data, port));
  await program.ready;
  return { address: `http://localhost:${port}`, stop: () => program.end("SIGTERM") };
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
