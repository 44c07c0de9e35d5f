// The rule "nothing unused": knip, which follows the imports from the entries in knip.json and names the files,
// exports and dependencies that nothing reaches.
import type { Finding } from "./finding.ts";
import { runTool } from "./tool.ts";

/** What is read of knip's report: per file and kind of issue, the names. */
interface Report {
  readonly issues: readonly Readonly<Record<string, unknown>>[];
}

/** What knip calls the kinds of issue, and what they mean for whoever reads them. */
const meanings: Readonly<Record<string, string>> = {
  files: "is reached by nothing: remove it or import it.",
  dependencies: "is declared and never imported: remove it from the manifest.",
  devDependencies: "is declared and never imported: remove it from the manifest.",
  unlisted: "is imported and not declared: add it to the manifest.",
  unresolved: "cannot be resolved.",
  binaries: "is run and not declared: add its package to the manifest.",
  exports: "is exported and never imported: drop the export, or what it exports.",
  types: "is exported and never imported: drop the export, or the type.",
  duplicates: "is exported more than once.",
};

/** Finds what knip reports. */
export function checkUnused(root: string): Finding[] {
  return runTool(root, "knip", ["--no-progress", "--no-config-hints", "--reporter", "json"], (output) => {
    if (!output.startsWith("{")) return []; // it failed, and what it said becomes the finding
    const { issues } = JSON.parse(output) as Report; // the reporter's documented shape
    return issues.flatMap((issue) =>
      Object.entries(meanings).flatMap(([kind, meaning]) =>
        namesIn(issue[kind]).map(({ name, line }) => ({
          file: String(issue.file),
          ...(line === undefined ? {} : { line }),
          sentence: kind === "files" ? meaning : `${name} ${meaning}`,
        })),
      ),
    );
  });
}

/** One kind of issue: a list of names, or of lists of names where several belong together. */
function namesIn(found: unknown): { name: string; line: number | undefined }[] {
  if (!Array.isArray(found)) return [];
  return found
    .flat()
    .map(({ name, line }) => ({ name: String(name), line: typeof line === "number" ? line : undefined }));
}
