// Conditions: the values that `raise` carries and `catch` binds. A kind is written `area/what`.

import { Condition, Keyword, type Value } from "../values.ts";
import { type Primitive, primitive } from "./primitive.ts";

function makeCondition(kind: string | Keyword, message: string, data: Value = null): Condition {
  return new Condition(kind instanceof Keyword ? kind.name : kind, message, data);
}

export const conditions: readonly Primitive[] = [
  primitive(
    "(condition kind:string|keyword message:string data?:any) -> condition",
    "A condition to raise. The kind, such as shop/sold-out, is for programs, the message for people.",
    makeCondition,
  ),
  primitive(
    "(condition? value:any) -> boolean",
    "Whether the value is a condition.",
    (v: Value) => v instanceof Condition,
  ),
  primitive(
    "(condition-kind c:condition) -> string",
    "What kind of condition it is.",
    (c: Condition) => c.kind,
  ),
  primitive(
    "(condition-message c:condition) -> string",
    "What the condition tells people.",
    (c: Condition) => c.message,
  ),
  primitive(
    "(condition-data c:condition) -> any",
    "What was raised with the condition, or nil.",
    (c: Condition) => c.data ?? null,
  ),
];
