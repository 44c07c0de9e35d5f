// The rule "files and folders are domain nouns": no name that would fit anything. A piece of code lives with
// the noun it works for.
import type { Finding } from "./finding.ts";
import { listFiles } from "./project-files.ts";

/** Names that say nothing, for files, folders and services. */
export const forbiddenNames: ReadonlySet<string> = new Set([
  "util",
  "utils",
  "helper",
  "helpers",
  "common",
  "types",
  "manager",
  "base",
  "impl",
]);

/** Finds files and folders with a name that says nothing. */
export function checkNames(root: string): Finding[] {
  const found = new Map<string, string>();
  for (const file of listFiles(root)) {
    const steps = file.split("/");
    steps.forEach((step, index) => {
      const [stem = ""] = step.split(".");
      if (forbiddenNames.has(stem)) found.set(steps.slice(0, index + 1).join("/"), stem);
    });
  }
  return [...found].map(([file, stem]) => ({
    file,
    sentence: `“${stem}” would fit anything: name it after the thing it is about.`,
  }));
}
