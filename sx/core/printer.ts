// The printer: values in their canonical written form, such that reading the text of data gives the data
// back. Functions, components and markup have a form for people that cannot be read.

import { sxError } from "./errors.ts";
import { Component, isDict, Keyword, Markup, SxSymbol, typeName, type Value } from "./values.ts";

const deepest = 4000;

/** The written form of a value. Data nested more than 4,000 deep, or in a circle, is an error. */
export function write(value: Value): string {
  return writeAt(value, 0);
}

function writeAt(value: Value, depth: number): string {
  if (value === null || value === undefined) return "nil";
  switch (typeof value) {
    case "number":
      return writeNumber(value);
    case "boolean":
      return String(value);
    case "string":
      return writeString(value);
    case "function":
      return `#<function ${value.name || "fn"}>`;
  }
  if (depth > deepest) throw sxError("read/too-deep", { limit: deepest });
  if (Array.isArray(value)) return `(${value.map((item) => writeAt(item, depth + 1)).join(" ")})`;
  if (value instanceof SxSymbol) return value.name;
  if (value instanceof Keyword) return `:${value.name}`;
  if (value instanceof Component) return `#<component ${value.name}>`;
  if (value instanceof Markup) return `#<markup ${value.html}>`;
  if (isDict(value)) {
    const entries = Object.keys(value).map((key) => `${writeKey(key)} ${writeAt(value[key], depth + 1)}`);
    return `{${entries.join(" ")}}`;
  }
  return `#<${typeName(value)}>`;
}

/** Digits alone would not be read back from 2^53 on, so larger whole numbers take an exponent. */
function writeNumber(value: number): string {
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? value.toExponential() : String(value + 0);
}

const plainKey = /^[^\s()[\]{}";'`,:\u00a0\u2028\u2029\ufeff][^\s()[\]{}";'`,\u00a0\u2028\u2029\ufeff]*$/;

function writeKey(key: string): string {
  return plainKey.test(key) ? `:${key}` : writeString(key);
}

const special = /["\\\u0000-\u001f\u007f-\u009f]/g;
const named: Record<string, string> = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** A string as it is written in source. */
export function writeString(text: string): string {
  return `"${text.replace(special, (char) => named[char] ?? `\\u{${char.charCodeAt(0).toString(16)}}`)}"`;
}
