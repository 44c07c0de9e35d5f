// Atoms: the written form of everything that is not a list or a dict. What the reader could not read back
// (functions, components, markup, names with spaces) is written #<…>, which the reader refuses.

import { isKeywordName, isSymbolName } from "./token.ts";
import { Component, isDict, Keyword, SxSymbol, typeName, type Value } from "./values.ts";

/** The written form of an atom, or null for a list or a dict, whose parts are the caller's to write. */
export function writeAtom(value: Value): string | null {
  switch (typeof value) {
    case "undefined":
      return "nil";
    case "boolean":
      return String(value);
    case "number":
      return writeNumber(value);
    case "string":
      return writeString(value);
    case "function":
      return "#<function>"; // the name it has in JavaScript is its engine's affair
  }
  if (value === null) return "nil";
  if (Array.isArray(value) || isDict(value)) return null;
  if (value instanceof SxSymbol) {
    return isSymbolName(value.name) ? value.name : `#<symbol ${writeText(value.name)}>`;
  }
  if (value instanceof Keyword) {
    return isKeywordName(value.name) ? `:${value.name}` : `#<keyword ${writeText(value.name)}>`;
  }
  if (value instanceof Component) return `#<component ${oneLine(value.name)}>`;
  return `#<${oneLine(typeName(value))}>`;
}

/**
 * A number in ECMAScript's shortest form. Negative zero is 0. Whole numbers from 2^53 on take an exponent,
 * because their digits alone would promise an exactness they do not have, and the reader refuses them.
 */
function writeNumber(value: number): string {
  if (!Number.isFinite(value)) return `#<number ${value}>`;
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? value.toExponential() : String(value + 0);
}

/** A string as it is written in source. One that holds half a surrogate pair is no text and cannot be read. */
function writeString(text: string): string {
  return text.isWellFormed() ? writeText(text) : `#<string ${writeText(text)}>`;
}

/** The key of a dict: a keyword where its name allows that, else a string. */
export function writeKey(key: string): string {
  return isKeywordName(key) ? `:${key}` : writeString(key);
}

const special = /["\\\p{Cc}\p{Cs}]/gu;
const named: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

function writeText(text: string): string {
  return `"${text.replace(special, (found) => named[found] ?? `\\u{${found.charCodeAt(0).toString(16)}}`)}"`;
}

function oneLine(name: string): string {
  return name.replace(/\p{Cc}/gu, " ");
}
