// Lists. All but `set-nth!` give new lists and leave their arguments alone; nil stands for no list, so that
// absent data needs no test. Looking one item too far: `first`, `last` and `get` say nil, `nth` raises.

import { deepestData, equal, equalityKey, tooDeep } from "../equality.ts";
import { sxError } from "../errors.ts";
import { compare } from "../order.ts";
import type { Dict, Value } from "../values.ts";
import { countCodePoints } from "./code-points.ts";
import { fromRow } from "./from-row.ts";
import { checkSize, clampRange, mostItems } from "./limits.ts";
import { type Primitive, wrongType } from "./primitive.ts";

type List = Value[] | null | undefined;

function nth(xs: List, index: number): Value {
  const length = xs?.length ?? 0;
  if (!xs || index < 0 || index >= length) {
    throw sxError("index/out-of-range", { name: "nth", index, length });
  }
  return xs[index] ?? null;
}

function len(coll: List | string | Dict): number {
  if (coll === null || coll === undefined) return 0;
  if (typeof coll === "string") return countCodePoints(coll);
  return Array.isArray(coll) ? coll.length : Object.keys(coll).length;
}

function concat(...lists: List[]): Value[] {
  const all: Value[] = [];
  for (const xs of lists) if (xs) for (const x of xs) all.push(x);
  return all;
}

function slice(xs: List, start: number, end?: number): Value[] {
  return xs ? xs.slice(...clampRange(xs.length, start, end)) : [];
}

/** `(range end)` or `(range start end step?)`. */
function range(first: number, second?: number, step = 1): number[] {
  const [start, end] = second === undefined ? [0, first] : [first, second];
  if (step === 0) throw wrongType("range", "step", "a number other than 0", step);
  const count = Math.max(0, Math.ceil((end - start) / step));
  checkSize("range", "end", count, mostItems, "items");
  // Multiplying, not adding up, keeps the last items exact when the step is a fraction.
  const items: number[] = [];
  for (let i = 0; i < count; i++) items.push(start + i * step);
  return items;
}

function sort(xs: List): Value[] {
  // The host's sort puts undefined last without asking; as nil it comes first.
  return Array.from(xs ?? [], (x) => x ?? null).sort(compare);
}

function uniq(xs: List): Value[] {
  const seen = new Set<string | number>();
  const identities = new Map<unknown, number>();
  return (xs ?? []).filter((x) => {
    // A number is its own key; everything else has a key text, which no number equals.
    const key = typeof x === "number" ? x : equalityKey(x, identities);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** The items with lists in it opened out. Lists deeper than data may be are `stack/too-deep`. */
export function flatten(xs: List): Value[] {
  const flat: Value[] = [];
  const open = [(xs ?? []).values()];
  for (let items = open.at(-1); items; items = open.at(-1)) {
    const { done, value } = items.next();
    if (done) open.pop();
    else if (!Array.isArray(value)) flat.push(value);
    else if (open.push(value.values()) > deepestData) throw tooDeep();
  }
  return flat;
}

function zip(...lists: List[]): Value[][] {
  if (lists.length === 0) return [];
  const shortest = Math.min(...lists.map((xs) => xs?.length ?? 0));
  return Array.from({ length: shortest }, (_, i) => lists.map((xs) => xs?.[i] ?? null));
}

function chunk(xs: List, size: number): Value[][] {
  if (size < 1) throw wrongType("chunk", "size", "an integer of at least 1", size);
  const chunks: Value[][] = [];
  for (let i = 0; i < (xs?.length ?? 0); i += size) chunks.push(slice(xs, i, i + size));
  return chunks;
}

function position(xs: List, sought: Value): number | null {
  const index = xs ? xs.findIndex((x) => equal(x, sought)) : -1;
  return index < 0 ? null : index;
}

function setNth(xs: Value[], index: number, value: Value): Value {
  if (index < 0 || index >= xs.length) {
    throw sxError("index/out-of-range", { name: "set-nth!", index, length: xs.length });
  }
  if (Object.isFrozen(xs))
    throw wrongType("set-nth!", "xs", "a list that may be changed (this one is frozen)", xs);
  xs[index] = value;
  return value;
}

export const lists: readonly Primitive[] = [
  fromRow("list", (...items: Value[]) => items),
  fromRow("first", (xs: List) => xs?.[0] ?? null),
  fromRow("rest", (xs: List) => (xs ? xs.slice(1) : [])),
  fromRow("last", (xs: List) => xs?.at(-1) ?? null),
  fromRow("nth", nth),
  fromRow("len", len),
  fromRow("cons", (item: Value, xs: List) => (xs ? [item, ...xs] : [item])),
  fromRow("append", concat),
  fromRow("concat", concat),
  fromRow("reverse", (xs: List) => (xs ? xs.toReversed() : [])),
  fromRow("slice", slice),
  fromRow("take", (xs: List, count: number) => slice(xs, 0, Math.max(0, count))),
  fromRow("drop", (xs: List, count: number) => slice(xs, Math.max(0, count))),
  fromRow("range", range),
  fromRow("sort", sort),
  fromRow("uniq", uniq),
  fromRow("flatten", flatten),
  fromRow("zip", zip),
  fromRow("chunk", chunk),
  fromRow("position", position),
  fromRow("contains?", (xs: List, item: Value) => position(xs, item) !== null),
  fromRow("set-nth!", setNth),
];
