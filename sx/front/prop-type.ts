// The types that props declare, as engines check them. Which names a `:type` may have is said by ../spec/resolve.sx,
// where literal props are checked by the same rule.

import { typeName } from "../core/values.ts";

/** Whether a value is of the type a prop declares. */
export function hasType(value: unknown, type: string): boolean {
  if (type === "any") return true;
  if (type === "integer") return Number.isInteger(value);
  return typeName(value) === type;
}
