// A glimpse of a value, for messages: as much of its written form as a line has room for. It never fails
// and never takes long, whatever the value holds, and never lets control characters through.

import { writeAtom, writeKey } from "./atom.ts";
import type { Value } from "./values.ts";

const room = 60;
const mostParts = 8;
const deepestShown = 3;

/** The written form of a value, with `…` where it was cut. */
export function glimpse(value: Value): string {
  return shorten(glimpseAt(value, 1));
}

/** At most a line's part of a text. */
export function shorten(text: string): string {
  return text.length <= room ? text : `${text.slice(0, room - 1).toWellFormed()}…`;
}

function glimpseAt(value: Value, depth: number): string {
  const atom = writeAtom(typeof value === "string" ? shorten(value) : value);
  if (atom !== null) return atom;
  if (Array.isArray(value)) return `(${glimpseParts(value, depth, (item) => glimpseAt(item, depth + 1))})`;
  const entries = Object.entries(value as object); // what is neither an atom nor a list is a dict
  const show = ([key, item]: [string, Value]) => `${writeKey(shorten(key))} ${glimpseAt(item, depth + 1)}`;
  return `{${glimpseParts(entries, depth, show)}}`;
}

function glimpseParts<T>(parts: readonly T[], depth: number, show: (part: T) => string): string {
  if (depth > deepestShown) return parts.length === 0 ? "" : "…";
  const shown = parts.slice(0, mostParts).map(show);
  return [...shown, ...(parts.length > mostParts ? ["…"] : [])].join(" ");
}
