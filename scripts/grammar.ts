// `npm run grammar`: writes the TextMate grammar for editors from the language's own tables. `--check` writes nothing
// and fails where the file is not current. What is in it is said in editor/grammar.ts.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeGrammar } from "./editor/grammar.ts";

const name = "editors/vscode/sx.tmLanguage.json";
const file = join(import.meta.dirname, "..", name);

process.exitCode = run(process.argv.slice(2));

function run(line: readonly string[]): number {
  if (line.some((word) => word !== "--check")) {
    process.stderr.write("usage: npm run grammar [-- --check]\n");
    return 2;
  }
  const text = `${JSON.stringify(makeGrammar(), null, 2)}\n`;
  if (!line.includes("--check")) {
    writeFileSync(file, text);
    process.stdout.write(`wrote ${name}\n`);
    return 0;
  }
  if (readFileSync(file, "utf8") === text) return 0;
  process.stdout.write(`${name} is not current: run npm run grammar\n`);
  return 1;
}
