// What the loop does itself because calling a primitive for it would cost more than doing it: equality of scalars,
// entries of plain dicts, short lists. Wherever a value is another one than hoped for, the primitive decides, so
// that its checks and its errors are the only ones.

import { equal } from "../core/equality.ts";
import type { Primitive } from "../core/primitives/primitive.ts";
import { type Dict, isDict, Markup, type Value } from "../core/values.ts";
import { numberText, renderChild } from "../render/html.ts";
import { arithmetic } from "./words.ts";

type One = (a: Value) => Value;
type Two = (a: Value, b: Value) => Value;

/** The primitives behind the quick operations. */
export interface Fallbacks {
  /** In the order of `arithmetic` in words.ts. */
  readonly arithmetic: readonly Two[];
  readonly isEmpty: One;
  readonly first: One;
  readonly rest: One;
  readonly cons: Two;
  readonly get: Two;
  readonly mod: Two;
}

export function fallbacksFrom(primitives: ReadonlyMap<string, Primitive>): Fallbacks {
  const call = (name: string) => (primitives.get(name) as Primitive).call; // the table is whole
  return {
    arithmetic: arithmetic.map(call),
    isEmpty: call("empty?"),
    first: call("first"),
    rest: call("rest"),
    cons: call("cons"),
    get: call("get"),
    mod: call("mod"),
  };
}

const plain = Object.prototype;

/** A dict whose own entries are all that a look at an unreserved key can find. */
export function isPlain(value: Value): value is Dict {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === plain;
}

/** Whether a look at this key of a plain dict finds own entries alone. */
export function isUnreserved(key: Value): key is string {
  return typeof key === "string" && !(key in plain);
}

/** Equality as `=` has it. */
export function equals(a: Value, b: Value): boolean {
  if (a === b) return true;
  if ((typeof a === "number" || typeof a === "string") && typeof a === typeof b) return false;
  return equal(a, b);
}

/** A literal's value; lists and dicts are new ones each time. */
export function copyLiteral(value: Value): Value {
  if (Array.isArray(value)) return value.map(copyLiteral);
  if (!isDict(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copyLiteral(item)]));
}

/** A child that is no string, as HTML. */
export function childText(value: Value): string {
  if (typeof value === "number" && value - value === 0) return numberText(value);
  if (value === null || value === undefined) return "";
  if (value instanceof Markup) return value.html;
  if (!Array.isArray(value)) return renderChild(value);
  let text = "";
  for (const item of value) text += item instanceof Markup ? item.html : renderChild(item);
  return text;
}

/** Copying a few items one by one is quicker than the host's general way. */
const shortList = 32;

export function restOf(value: Value, fallback: One): Value {
  if (!Array.isArray(value)) return fallback(value);
  if (value.length > shortList || value.length === 0) return value.slice(1);
  const items = new Array(value.length - 1);
  for (let i = 1; i < value.length; i++) items[i - 1] = value[i];
  return items;
}

export function consOf(head: Value, tail: Value, fallback: Two): Value {
  if (!Array.isArray(tail) || tail.length > shortList) return fallback(head, tail);
  const items = new Array(tail.length + 1);
  items[0] = head;
  for (let i = 0; i < tail.length; i++) items[i + 1] = tail[i];
  return items;
}
