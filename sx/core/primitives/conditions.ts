// Conditions: the values that `raise` carries and `catch` binds. A kind is written `area/what`.

import { Condition, Keyword, type Value } from "../values.ts";
import { fromRow } from "./from-row.ts";
import type { Primitive } from "./primitive.ts";

function makeCondition(kind: string | Keyword, message: string, data: Value = null): Condition {
  return new Condition(kind instanceof Keyword ? kind.name : kind, message, data);
}

export const conditions: readonly Primitive[] = [
  fromRow("condition", makeCondition),
  fromRow("condition?", (v: Value) => v instanceof Condition),
  fromRow("condition-kind", (c: Condition) => c.kind),
  fromRow("condition-message", (c: Condition) => c.message),
  fromRow("condition-data", (c: Condition) => c.data ?? null),
];
