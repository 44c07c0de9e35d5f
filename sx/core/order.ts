// The total order of data, which `sort` uses and `<` uses for strings:
// nil, false, true, numbers, strings by code point, keywords and symbols by name, lists, dicts.
// It agrees with equality: two values compare as 0 exactly when `equal` holds.

import { deepestData, tooDeep } from "./equality.ts";
import { sxError } from "./errors.ts";
import { isDict, Keyword, SxSymbol, type Value } from "./values.ts";

/** Two lists that are being compared, and the place they are at. */
interface Pair {
  readonly left: readonly Value[];
  readonly right: readonly Value[];
  next: number;
}

/** Below 0, 0 or above 0 as `a` stands before, with or after `b`. Functions, markup and the like have no place: `call/type`. */
export function compare(a: Value, b: Value): number {
  if (typeof a === "number" && typeof b === "number") return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a === "string" && typeof b === "string") return compareText(a, b);
  const open: Pair[] = [];
  let order = compareOuter(a, b, open);
  // Kept as a stack of our own, so that deep data costs no frames.
  for (let pair = open.at(-1); order === 0 && pair; pair = open.at(-1)) {
    const { left, right } = pair;
    if (pair.next < left.length && pair.next < right.length) {
      order = compareOuter(left[pair.next], right[pair.next++], open);
    } else {
      order = left.length - right.length;
      open.pop();
    }
  }
  return order;
}

/** Compares by code point. JavaScript's own `<` goes by UTF-16 unit and puts astral characters before U+E000. */
export function compareText(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const unitA = a.charCodeAt(i);
    const unitB = b.charCodeAt(i);
    if (unitA !== unitB) return codePointRank(unitA) - codePointRank(unitB);
  }
  return a.length - b.length;
}

/** Moves surrogates behind all other units: in the first unit that differs this is code point order. */
function codePointRank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

/** Compares what has no parts. Collections give 0 and are put on `open`, to be compared part by part. */
function compareOuter(a: Value, b: Value, open: Pair[]): number {
  const rank = rankOf(a);
  const difference = rank - rankOf(b);
  if (difference !== 0) return difference;
  if (open.length >= deepestData) throw tooDeep();
  // Equal ranks mean equal kinds, so each cast below is what rankOf has just seen.
  switch (rank) {
    case 3:
      return (a as number) < (b as number) ? -1 : (a as number) > (b as number) ? 1 : 0;
    case 4:
      return compareText(a as string, b as string);
    case 5:
      return compareNames(a as Keyword | SxSymbol, b as Keyword | SxSymbol);
    case 6:
      open.push({ left: a as Value[], right: b as Value[], next: 0 });
      return 0;
    case 7:
      open.push({ left: sortedEntries(a), right: sortedEntries(b), next: 0 });
      return 0;
    default:
      return 0;
  }
}

function rankOf(value: Value): number {
  if (value === null || value === undefined) return 0;
  if (value === false) return 1;
  if (value === true) return 2;
  if (typeof value === "number") return 3;
  if (typeof value === "string") return 4;
  if (value instanceof Keyword || value instanceof SxSymbol) return 5;
  if (Array.isArray(value)) return 6;
  if (isDict(value)) return 7;
  throw sxError("call/type", {
    primitive: "sort",
    argument: "xs",
    expected: "values that have an order",
    found: value,
  });
}

function compareNames(a: Keyword | SxSymbol, b: Keyword | SxSymbol): number {
  return compareText(a.name, b.name) || Number(a instanceof SxSymbol) - Number(b instanceof SxSymbol);
}

/** A dict's keys and values in turn, keys in order: the order entries were added in must not matter. */
function sortedEntries(dict: Value): Value[] {
  const entries = Object.entries(dict as Record<string, Value>);
  return entries.sort(([a], [b]) => compareText(a, b)).flat(1);
}
