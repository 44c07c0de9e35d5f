// Running one of the installed command-line tools on a project, for the rules that are somebody else's.
// Promise: a tool that cannot be run, or that fails without naming a place, is a finding too, never silence.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Finding } from "./finding.ts";

/** Where this project's tools are installed, whichever folder they are run on. */
const installed = join(import.meta.dirname, "../../node_modules/.bin");

/**
 * Runs `tool` in the folder `root` and reads its findings with `read`. When it ends with an error and `read` found
 * nothing, its whole output is the finding.
 */
export function runTool(
  root: string,
  tool: string,
  args: readonly string[],
  read: (output: string) => Finding[],
): Finding[] {
  const { status, stdout, stderr, error } = spawnSync(join(installed, tool), args, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" },
  });
  if (error)
    return [{ file: ".", sentence: `${tool} could not be run (${error.message}): install with npm ci.` }];
  const findings = read(stdout);
  if (status === 0 || findings.length > 0) return findings;
  return [{ file: ".", sentence: `${tool} ended with exit code ${status}:\n${`${stdout}${stderr}`.trim()}` }];
}
