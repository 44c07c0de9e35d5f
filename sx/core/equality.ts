// Equality of values: what `=` means, and the key under which equal values meet.
// Data is compared by structure (dicts without regard to order), functions and components by identity;
// `equal(a, b)` holds exactly when `equalityKey` gives both the same text. Neither recurses: deep data
// costs no stack.

import { sxError } from "./errors.ts";
import { Condition, isDict, Keyword, Markup, SxSymbol, TrustedUrl, type Value } from "./values.ts";

/** Data nested deeper than this is refused by everything that walks it, so cyclic data ends in an error. */
export const deepestData = 4000;

/** The error for data nested too deep to be walked; cyclic data gets it too. */
export function tooDeep(): Error {
  return sxError("stack/too-deep", { limit: deepestData });
}

/** Two collections that are being walked side by side, and the place they are at. */
interface Pair {
  readonly left: readonly Value[];
  readonly right: readonly Value[];
  next: number;
}

/** Whether two values are the same data, or the same function. NaN, which only a host can bring, is never equal. */
export function equal(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return isNil(a) && isNil(b);
  const open: Pair[] = [];
  if (!mayEqual(a, b, open)) return false;
  for (let pair = open.at(-1); pair; pair = open.at(-1)) {
    if (pair.next === pair.left.length) open.pop();
    else if (!mayEqual(pair.left[pair.next], pair.right[pair.next++], open)) return false;
  }
  return true;
}

/** False if two values differ at sight. Collections whose items must be compared are put on `open`. */
function mayEqual(a: Value, b: Value, open: Pair[]): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return isNil(a) && isNil(b);
  if (a instanceof SxSymbol) return b instanceof SxSymbol && a.name === b.name;
  if (a instanceof Keyword) return b instanceof Keyword && a.name === b.name;
  if (a instanceof Markup) return b instanceof Markup && a.html === b.html;
  if (a instanceof TrustedUrl) return b instanceof TrustedUrl && a.url === b.url;
  if (open.length >= deepestData) throw tooDeep();
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    open.push({ left: a, right: b, next: 0 });
    return true;
  }
  if (isDict(a)) return isDict(b) && mayEqualDicts(a, b, open);
  if (!(a instanceof Condition && b instanceof Condition)) return false;
  open.push({ left: [a.data], right: [b.data], next: 0 });
  return a.kind === b.kind && a.message === b.message;
}

function mayEqualDicts(a: Record<string, Value>, b: Record<string, Value>, open: Pair[]): boolean {
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length || !keys.every((key) => Object.hasOwn(b, key))) return false;
  open.push({ left: Object.values(a), right: keys.map((key) => b[key]), next: 0 });
  return true;
}

function isNil(value: Value): boolean {
  return value === null || value === undefined;
}

/** What is left to do for a key: a value, or text that goes into the key as it is. */
type Rest = { readonly value: Value; readonly depth: number } | { readonly text: string };

/**
 * A text that two values share exactly when they are equal. `identities` numbers what has only identity
 * (functions, components); use one map for all the values that are compared with one another.
 */
export function equalityKey(value: Value, identities: Map<unknown, number>): string {
  const rest: Rest[] = [{ value, depth: 0 }];
  let key = "";
  for (let part = rest.pop(); part; part = rest.pop()) {
    if ("text" in part) key += part.text;
    else if (part.depth > deepestData) throw tooDeep();
    else key += scalarKey(part.value, identities) ?? openCollection(part.value, part.depth, rest);
  }
  return key;
}

/** The key of what has no parts; null for collections. Each kind of value has its own first character. */
function scalarKey(value: Value, identities: Map<unknown, number>): string | null {
  if (isNil(value)) return "nil";
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value) || isDict(value) || value instanceof Condition) return null;
  if (value instanceof SxSymbol) return `'${JSON.stringify(value.name)}`;
  if (value instanceof Keyword) return `:${JSON.stringify(value.name)}`;
  if (value instanceof Markup) return `m${JSON.stringify(value.html)}`;
  if (value instanceof TrustedUrl) return `u${JSON.stringify(value.url)}`;
  let identity = identities.get(value);
  if (identity === undefined) {
    identity = identities.size;
    identities.set(value, identity);
  }
  return `#${identity}`;
}

/** The opening of a collection's key; its parts and its end are put on `rest`, last first. */
function openCollection(value: Value, depth: number, rest: Rest[]): string {
  if (Array.isArray(value)) {
    rest.push({ text: ")" });
    for (const item of value.toReversed()) rest.push({ text: " " }, { value: item, depth: depth + 1 });
    return "(";
  }
  rest.push({ text: "}" });
  if (value instanceof Condition) {
    rest.push({ value: [value.kind, value.message, value.data], depth: depth + 1 });
    return "c{";
  }
  const dict = value as Record<string, Value>; // the only collection left
  const keys = Object.keys(dict).sort().reverse();
  for (const key of keys)
    rest.push({ value: dict[key], depth: depth + 1 }, { text: `${JSON.stringify(key)} ` });
  return "{";
}
