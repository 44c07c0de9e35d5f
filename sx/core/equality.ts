// Equality of values: what `=` means, and the key under which equal values meet.
// Data is compared by structure (dicts without regard to order), functions and components by identity;
// `equal(a, b)` holds exactly when `equalityKey` gives both the same text.

import { sxError } from "./errors.ts";
import { Condition, isDict, Keyword, Markup, SxSymbol, TrustedUrl, type Value } from "./values.ts";

/** Data nested deeper than this is refused by everything that walks it, so cyclic data ends in an error. */
export const deepestData = 4000;

/** The error for data nested too deep to be walked; cyclic data gets it too. */
export function tooDeep(): Error {
  return sxError("stack/too-deep", { limit: deepestData });
}

/** Whether two values are the same data, or the same function. NaN, which only a host can bring, is never equal. */
export function equal(a: Value, b: Value): boolean {
  return equalAt(a, b, 0);
}

function equalAt(a: Value, b: Value, depth: number): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return isNil(a) && isNil(b);
  if (depth > deepestData) throw tooDeep();
  if (Array.isArray(a)) return Array.isArray(b) && equalLists(a, b, depth);
  if (isDict(a)) return isDict(b) && equalDicts(a, b, depth);
  if (a instanceof SxSymbol) return b instanceof SxSymbol && a.name === b.name;
  if (a instanceof Keyword) return b instanceof Keyword && a.name === b.name;
  if (a instanceof Markup) return b instanceof Markup && a.html === b.html;
  if (a instanceof TrustedUrl) return b instanceof TrustedUrl && a.url === b.url;
  if (a instanceof Condition && b instanceof Condition) {
    return a.kind === b.kind && a.message === b.message && equalAt(a.data, b.data, depth + 1);
  }
  return false;
}

function isNil(value: Value): boolean {
  return value === null || value === undefined;
}

function equalLists(a: Value[], b: Value[], depth: number): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    if (!equalAt(a[i], b[i], depth + 1)) return false;
  }
  return true;
}

function equalDicts(a: Record<string, Value>, b: Record<string, Value>, depth: number): boolean {
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  for (const key of keys) {
    if (!Object.hasOwn(b, key) || !equalAt(a[key], b[key], depth + 1)) return false;
  }
  return true;
}

/**
 * A text that two values share exactly when they are equal. `identities` numbers what has only identity
 * (functions, components); use one map for all the values that are compared with one another.
 */
export function equalityKey(value: Value, identities: Map<unknown, number>): string {
  return keyAt(value, identities, 0);
}

function keyAt(value: Value, identities: Map<unknown, number>, depth: number): string {
  if (isNil(value)) return "nil";
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (depth > deepestData) throw tooDeep();
  const inner = (part: Value) => keyAt(part, identities, depth + 1);
  if (Array.isArray(value)) return `(${value.map(inner).join(" ")})`;
  if (isDict(value)) {
    const keys = Object.keys(value).sort();
    return `{${keys.map((key) => `${JSON.stringify(key)} ${inner(value[key])}`).join(" ")}}`;
  }
  if (value instanceof SxSymbol) return `'${JSON.stringify(value.name)}`;
  if (value instanceof Keyword) return `:${JSON.stringify(value.name)}`;
  if (value instanceof Markup) return `m${JSON.stringify(value.html)}`;
  if (value instanceof TrustedUrl) return `u${JSON.stringify(value.url)}`;
  if (value instanceof Condition) return `c(${inner(value.kind)} ${inner(value.message)} ${inner(value.data)})`;
  let identity = identities.get(value);
  if (identity === undefined) {
    identity = identities.size;
    identities.set(value, identity);
  }
  return `#${identity}`;
}
