// The printer: values in their canonical written form. Reading the text of data gives the data back, and
// equal data has one text (dicts keep their order). Atoms are in atom.ts; here are lists and dicts, the open
// ones on a stack of its own, so that depth costs no JavaScript stack.

import { writeAtom, writeKey } from "./atom.ts";
import { type SxError, sxError } from "./errors.ts";
import { deepestNesting } from "./form.ts";
import type { Dict, Value } from "./values.ts";

/**
 * The written form of a value. Functions, components, markup and the like are written `#<…>`, which cannot
 * be read back. Throws `write/cyclic` for data that holds itself, and `write/too-deep` for data nested so
 * deep that the reader would refuse its text.
 */
export function write(value: Value): string {
  const atom = writeAtom(value);
  if (atom !== null) return atom;
  const open = [openWhole(value)];
  let out = open[0]?.keys ? "{" : "(";
  for (let whole = open.at(-1); whole; whole = open.at(-1)) {
    if (whole.next === whole.parts.length) {
      out += whole.keys ? "}" : ")";
      open.pop();
      continue;
    }
    if (whole.next > 0) out += " ";
    if (whole.keys) out += `${writeKey(whole.keys[whole.next] as string)} `; // a dict has a key for each part
    const part = whole.parts[whole.next++];
    const written = writeAtom(part);
    if (written !== null) {
      out += written;
      continue;
    }
    if (open.length >= deepestNesting) throw nestingError(open);
    const inner = openWhole(part);
    out += inner.keys ? "{" : "(";
    open.push(inner);
  }
  return out;
}

/** A list or dict whose parts are being written. */
interface Open {
  readonly value: Value;
  /** Of a dict; null for a list. */
  readonly keys: readonly string[] | null;
  readonly parts: readonly Value[];
  /** The index of the part whose turn it is. */
  next: number;
}

function openWhole(value: Value): Open {
  if (Array.isArray(value)) return { value, keys: null, parts: value, next: 0 };
  const dict = value as Dict; // writeAtom leaves lists and dicts
  return { value, keys: Object.keys(dict), parts: Object.values(dict), next: 0 };
}

function nestingError(open: readonly Open[]): SxError {
  const distinct = new Set(open.map(({ value }) => value));
  if (distinct.size < open.length) return sxError("write/cyclic", {});
  return sxError("write/too-deep", { limit: deepestNesting });
}
