// Reflection: what a value is, names as data, and data as text. Written data can always be read back, so
// whatever has no written form (functions, components, markup) is refused here.

import { write } from "../printer.ts";
import { read } from "../reader.ts";
import { sha256 } from "../sha256.ts";
import { isDict, Keyword, SxSymbol, typeName, type Value } from "../values.ts";
import { type Primitive, primitive, wrongType } from "./primitive.ts";

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
  primitive("(type-of value:any) -> string", "The kind of a value, in one word.", typeName),
  primitive("(string->symbol s:string) -> symbol", "The symbol with this name.", makeSymbol),
  primitive(
    "(symbol-name symbol:symbol) -> string",
    "The name of a symbol.",
    (symbol: SxSymbol) => symbol.name,
  ),
  primitive(
    "(keyword-name keyword:keyword) -> string",
    "The name of a quoted keyword, without its colon.",
    (keyword: Keyword) => keyword.name,
  ),
  primitive(
    "(read-data s:string) -> any",
    "The one piece of data that s writes. Nothing is evaluated.",
    (s: string) => read(s),
    {
      errors: ["read/empty", "read/extra", "read/unclosed"],
    },
  ),
  primitive(
    "(write-data value:any) -> string",
    "Data as canonical text, which read-data reads back.",
    (value: Value) => writeData("write-data", value),
  ),
  primitive(
    "(content-hash value:any) -> string",
    "The SHA-256 of data's canonical text, as 64 hex digits.",
    (value: Value) => sha256(writeData("content-hash", value)),
  ),
];

/** The group; made per realm, because `gensym` counts. */
export function createReflection(): Primitive[] {
  let made = 0;
  const gensym = primitive(
    "(gensym prefix?:string) -> symbol",
    "A new symbol, different from every other one of its realm.",
    (prefix = "g") => {
      made += 1;
      return new SxSymbol(`${prefix}#${made}`);
    },
    { pure: false },
  );
  return [...reflection, gensym];
}
