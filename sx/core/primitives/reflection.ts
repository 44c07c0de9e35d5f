// Reflection: what a value is, names as data, and data as text. Written data can always be read back, so
// whatever has no written form (functions, components, markup) is refused here.

import { write } from "../printer.ts";
import { read } from "../reader.ts";
import { sha256 } from "../sha256.ts";
import { isDict, Keyword, SxSymbol, typeName, type Value } from "../values.ts";
import { fromRow } from "./from-row.ts";
import { type Primitive, wrongType } from "./primitive.ts";

/** The canonical text of data. `write` comes first: it refuses what is cyclic, which the search could not end on. */
function writeData(name: string, value: Value): string {
  const text = write(value);
  const culprit = findUnwritable(value);
  if (culprit) throw wrongType(name, "value", "data that can be written and read back", culprit.value);
  return text;
}

function findUnwritable(root: Value): { value: Value } | null {
  const rest = [root];
  while (rest.length > 0) {
    const value = rest.pop();
    if (Array.isArray(value) || isDict(value)) {
      for (const part of Object.values(value)) rest.push(part);
    } else if (!isScalar(value)) return { value };
  }
  return null;
}

function isScalar(value: Value): boolean {
  if (value === null || value === undefined || typeof value === "string" || typeof value === "boolean")
    return true;
  return Number.isFinite(value) || value instanceof SxSymbol || value instanceof Keyword;
}

function makeSymbol(name: string): SxSymbol {
  if (name === "") throw wrongType("string->symbol", "s", "at least one character", name);
  return new SxSymbol(name);
}

const reflection: readonly Primitive[] = [
  fromRow("type-of", typeName),
  fromRow("string->symbol", makeSymbol),
  fromRow("symbol-name", (symbol: SxSymbol) => symbol.name),
  fromRow("keyword-name", (keyword: Keyword) => keyword.name),
  fromRow("read-data", (s: string) => read(s)),
  fromRow("write-data", (value: Value) => writeData("write-data", value)),
  fromRow("content-hash", (value: Value) => sha256(writeData("content-hash", value))),
];

/** The group; made per realm, because `gensym` counts. */
export function createReflection(): Primitive[] {
  let made = 0;
  const gensym = fromRow("gensym", (prefix = "g") => {
    made += 1;
    return new SxSymbol(`${prefix}#${made}`);
  });
  return [...reflection, gensym];
}
