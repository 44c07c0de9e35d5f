// The rule "every file says what it is": a .ts or .sx file opens with one to six comment lines.
import type { Finding } from "./finding.ts";
import { listFiles, readText } from "./project-files.ts";

const longestHeader = 6;

/** Finds source files without a header, and headers that have become essays. */
export function checkHeaders(root: string): Finding[] {
  return listFiles(root, ".ts", ".sx").flatMap((file) => {
    const lines = readText(root, file)
      .replace(/^#!.*\n/, "")
      .split("\n");
    const mark = file.endsWith(".sx") ? ";" : "//";
    const end = lines.findIndex((line) => !line.startsWith(mark));
    const length = end < 0 ? lines.length : end;
    if (length === 0) {
      return [
        {
          file,
          line: 1,
          sentence: "opens without a header: say what it is, what it promises, where to look next.",
        },
      ];
    }
    if (length <= longestHeader) return [];
    return [
      {
        file,
        line: 1,
        sentence: `has a header of ${length} lines: ${longestHeader} are enough, the rest belongs in a README.`,
      },
    ];
  });
}
