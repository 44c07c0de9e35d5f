// The rule "the types are right": the TypeScript compiler with the project's one tsconfig.json.
import type { Finding } from "./finding.ts";
import { runTool } from "./tool.ts";

/** Finds what the compiler reports. */
export function checkTypes(root: string): Finding[] {
  return runTool(root, "tsc", ["--noEmit", "--project", ".", "--pretty", "false"], (output) =>
    output.split("\n").flatMap((line) => {
      const match = /^(.+?)\((\d+),\d+\): error (TS\d+: .*)$/.exec(line);
      return match ? [{ file: match[1] ?? "", line: Number(match[2]), sentence: match[3] ?? "" }] : [];
    }),
  );
}
