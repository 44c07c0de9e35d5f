// The ten longest files and functions: nothing is wrong with them, but they are where to look twice.
// Tests are left out.
import { readFunctions } from "./module-text.ts";
import { listFiles, readText } from "./project-files.ts";

const shown = 10;

/** The lists as text for the terminal. */
export function describeLongest(root: string): string {
  const files = listFiles(root, ".ts", ".sx").filter((file) => !/\.test\.ts$|\/tests?\//.test(file));
  const texts = files.map((file) => ({ file, text: readText(root, file) }));
  const lengths = texts.map(({ file, text }) => ({ name: file, lines: text.trimEnd().split("\n").length }));
  const functions = texts
    .filter(({ file }) => file.endsWith(".ts"))
    .flatMap(({ file, text }) =>
      readFunctions(file, text).map(({ name, line, lines }) => ({
        name: `${name} (${file}:${line})`,
        lines,
      })),
    );
  return `Longest files\n${list(lengths)}\nLongest functions\n${list(functions)}`;
}

function list(items: readonly { readonly name: string; readonly lines: number }[]): string {
  return items
    .toSorted((a, b) => b.lines - a.lines)
    .slice(0, shown)
    .map(({ name, lines }) => `${String(lines).padStart(6)}  ${name}`)
    .join("\n");
}
