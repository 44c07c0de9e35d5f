// Display form: how a value reads inside text, for `str`, `join` and the text a page shows.
// Strings stand as they are, nil is nothing, data is written out. Markup, functions and components
// have none: turning them into text is a mistake, so it is an error.

import { sxError } from "./errors.ts";
import { write } from "./printer.ts";
import { Closure, Component, Markup, TrustedUrl, type Value } from "./values.ts";

/**
 * The text of a value. `primitive` and `argument` name the caller in the error, `call/type`, that a value
 * without a display form gets.
 */
export function display(value: Value, primitive = "str", argument = "part"): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return displayNumber(value);
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return String(value);
  if (hasNoText(value)) {
    throw sxError("call/type", { primitive, argument, expected: "a value that has a text", found: value });
  }
  return write(value);
}

/** A number as every printer shows it: ECMAScript's shortest form, and 0 for negative zero. */
export function displayNumber(n: number): string {
  return String(n);
}

function hasNoText(value: Value): boolean {
  return (
    typeof value === "function" ||
    value instanceof Closure ||
    value instanceof Markup ||
    value instanceof Component ||
    value instanceof TrustedUrl
  );
}
