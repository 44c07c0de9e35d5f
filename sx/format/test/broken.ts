// A copy of the formatter with one rule changed, to show that its laws would find that out.

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { formatText } from "../format.ts";

const folder = join(import.meta.dirname, "..");

/** The formatter whose `file` says `broken` where it said `rule`, which it must say once. */
export async function brokenFormatter(
  file: string,
  rule: string,
  broken: string,
): Promise<typeof formatText> {
  const copy = mkdtempSync(join(tmpdir(), "sx-format-"));
  try {
    for (const name of readdirSync(folder).filter(
      (one) => one.endsWith(".ts") && !one.endsWith(".test.ts"),
    )) {
      const text = readFileSync(join(folder, name), "utf8");
      if (name === file && text.split(rule).length !== 2)
        throw new Error(`${file} does not say once: ${rule}`);
      const changed = name === file ? text.replace(rule, () => broken) : text;
      const above = pathToFileURL(join(folder, "..")).href;
      writeFileSync(join(copy, name), changed.replaceAll('from "../', `from "${above}/`));
    }
    const made: { formatText: typeof formatText } = await import(pathToFileURL(join(copy, "format.ts")).href);
    return made.formatText;
  } finally {
    rmSync(copy, { recursive: true });
  }
}
