// core/primitives/rows.ts, generated from the book of primitives: plain data, so that nothing has to read SX
// before there are primitives. `npm run bootstrap` writes it; run by itself, this file does so too, and that
// works also while the committed rows are too old for the functions, when nothing else would load.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type BookRow, readBook } from "./book.ts";

const header = `// GENERATED from spec/primitives.sx by \`npm run bootstrap\`; change the book, not this file.
// The rows of all primitives, and of the functions that each engine makes itself: what a call takes and gives,
// which errors it may raise, and what it does in a sentence. Their functions are beside this file.

import type { Row } from "./primitive.ts";
`;

/** The files that the book becomes, by their path from the folder of the language. */
export function primitiveRows(): { path: string; text: string }[] {
  const groups = readBook();
  const rows = groups.flatMap(({ name, rows }) => rows.map((row) => ({ group: name, row })));
  const table = (native: boolean) =>
    rows
      .filter(({ row }) => row.native === native)
      .map(({ group, row }) => rowText(group, row))
      .join("\n");
  const text = `${header}
/** Functions of TypeScript; see \`fromRow\`. */
export const rows = {
${table(false)}
} as const satisfies Record<string, Row>;

/** Functions that each engine makes itself, because they call functions or write. */
export const nativeRows: Readonly<Record<string, Row>> = {
${table(true)}
};
`;
  return [{ path: "core/primitives/rows.ts", text }];
}

function rowText(group: string, { name, signature, doc, errors, pure }: BookRow): string {
  const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
  return `  ${key}: {
    group: ${JSON.stringify(group)},
    signature: ${stringText(signature)},
    doc: ${stringText(doc)},
    errors: ${listText(errors)},
    pure: ${pure},
  },`;
}

/** As the formatter writes it: the quotes that need the fewest escapes. */
function stringText(text: string): string {
  if (!text.includes('"') || text.includes("'")) return JSON.stringify(text);
  return `'${text.replaceAll("\\", "\\\\")}'`;
}

const widest = 110;

/** As the formatter writes it: on one line where that has room. */
function listText(items: readonly string[]): string {
  const oneLine = `[${items.map((item) => JSON.stringify(item)).join(", ")}]`;
  if (`    errors: ${oneLine},`.length <= widest) return oneLine;
  return `[\n${items.map((item) => `      ${JSON.stringify(item)},\n`).join("")}    ]`;
}

if (import.meta.main) {
  for (const { path, text } of primitiveRows()) {
    writeFileSync(join(import.meta.dirname, "..", path), text);
    process.stdout.write(`wrote sx/${path}\n`);
  }
}
