// `npm run reference`: writes docs/reference, the language's reference, from the books and tables that the language
// itself is made from. `--check` writes nothing and fails where a page is not current. Pages are in reference/pages.ts.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { referencePages } from "./reference/pages.ts";

const folder = join(import.meta.dirname, "../docs/reference");
const usage = "usage: npm run reference [-- --check]\n";

process.exitCode = run(process.argv.slice(2));

function run(line: readonly string[]): number {
  if (line.some((word) => word !== "--check")) {
    process.stderr.write(usage);
    return 2;
  }
  const pages = referencePages();
  if (line.includes("--check")) return check(pages);
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (!pages.has(name)) rmSync(join(folder, name));
  for (const [name, text] of pages) writeFileSync(join(folder, name), text);
  process.stdout.write(`wrote ${pages.size} pages to docs/reference\n`);
  return 0;
}

function check(pages: ReadonlyMap<string, string>): number {
  const there = new Set(readdirSync(folder));
  const stale = [...pages].filter(
    ([name, text]) => !there.delete(name) || readFileSync(join(folder, name), "utf8") !== text,
  );
  for (const [name] of stale)
    process.stdout.write(`docs/reference/${name} is not current: run npm run reference\n`);
  for (const name of there) process.stdout.write(`docs/reference/${name} is no page of the reference\n`);
  return stale.length + there.size === 0 ? 0 : 1;
}
