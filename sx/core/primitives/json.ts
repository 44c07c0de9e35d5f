// JSON in and out. Text that goes out may stand inside a script element (`<` is escaped); text that comes
// in is bounded in depth and may not bring the key `__proto__`. Both ways only plain data passes.

import { sxError } from "../errors.ts";
import { type Dict, isDict, Keyword, type Value } from "../values.ts";
import { wrongType } from "./primitive.ts";

/** JSON nested deeper than this is refused, in either direction. */
const deepestJson = 200;

/** A value as compact JSON text. Quoted keywords become their names; anything but data is `call/type`. */
export function encodeJson(value: Value): string {
  return encodeAt(value, 0);
}

function encodeAt(value: Value, depth: number): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "string") return quoteJson(value);
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  if (value instanceof Keyword) return quoteJson(value.name);
  if (depth >= deepestJson)
    throw wrongType("json-encode", "value", `data at most ${deepestJson} levels deep`, value);
  if (Array.isArray(value)) return `[${value.map((item) => encodeAt(item, depth + 1)).join(",")}]`;
  if (!isDict(value)) throw wrongType("json-encode", "value", "data that JSON can hold", value);
  const entries = Object.entries(value).map(
    ([key, item]) => `${quoteJson(key)}:${encodeAt(item, depth + 1)}`,
  );
  return `{${entries.join(",")}}`;
}

/** JSON.stringify, less what could end a script element or a line of JavaScript. */
function quoteJson(text: string): string {
  return JSON.stringify(text)
    .replaceAll("<", "\\u003c")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
}

/** The value of JSON text. Text that is not JSON, too deep, or with a number too large raises `parse/json`. */
export function decodeJson(text: string): Value {
  let value: Value;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw badJson(error instanceof Error ? error.message : "not JSON", text);
  }
  checkDecoded(value, text);
  return value;
}

/** Goes level by level, not by recursion: the depth is what is being checked. */
function checkDecoded(root: Value, text: string): void {
  let level: Value[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    const next: Value[] = [];
    for (const value of level) {
      if (typeof value === "number" && !Number.isFinite(value)) throw badJson("a number is too large", text);
      if (typeof value !== "object" || value === null) continue;
      if (depth >= deepestJson) throw badJson(`it is nested more than ${deepestJson} levels deep`, text);
      if (!Array.isArray(value) && Object.hasOwn(value, "__proto__"))
        throw badJson('it has the key "__proto__"', text);
      const parts = Array.isArray(value) ? value : Object.values(value as Dict); // JSON.parse makes nothing else
      for (const part of parts) next.push(part);
    }
    level = next;
  }
}

function badJson(problem: string, text: string): Error {
  return sxError("parse/json", { problem, text });
}
