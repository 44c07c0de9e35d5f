// The platform interface: what the specification asks of its host and cannot say in SX itself. Records are
// host objects reached by field name, tables are maps by identity, and text is seen as UTF-16 units. These
// functions trust their callers: the specification is the only program that gets them, checked when it runs
// on an engine and inlined by the bootstrapper (`inlined` names those). Machines add theirs in machine.ts.

import { type Primitive, primitive } from "../core/primitives/primitive.ts";
import type { Value } from "../core/values.ts";
import { Definition } from "../front/definition.ts";

type Record_ = Record<string, Value>;

/** Primitives for a realm that loads the specification itself, as its tests do. */
export function platformPrimitives(): Primitive[] {
  return [
    primitive(
      "(field record:any name:string) -> any",
      "The field of a record.",
      (record: Record_, name: string) => record[name],
    ),
    primitive(
      "(set-field! record:any name:string value:any) -> any",
      "Changes a field of a record and gives the value.",
      (record: Record_, name: string, value: Value) => {
        record[name] = value;
        return value;
      },
      { pure: false },
    ),
    primitive(
      "(item items:list index:integer) -> any",
      "The item at an index that exists.",
      (items, index) => items[index],
    ),
    primitive("(count items:list) -> integer", "How many items a list has.", (items) => items.length),
    primitive(
      "(push! items:list value:any) -> any",
      "Adds to the end of a list in place and gives the value.",
      (items: Value[], value) => {
        items.push(value);
        return value;
      },
      { pure: false },
    ),
    primitive(
      "(pop! items:list) -> any",
      "Takes the last item off a list in place.",
      (items: Value[]) => items.pop(),
      {
        pure: false,
      },
    ),
    primitive(
      "(same? a:any b:any) -> boolean",
      "Whether two values are one and the same.",
      (a, b) => a === b,
    ),
    primitive(
      "(code-at text:string index:integer) -> integer",
      "The UTF-16 unit at an index, or -1 outside the text.",
      codeAt,
    ),
    primitive(
      "(text-length text:string) -> integer",
      "How many UTF-16 units a text has.",
      (text) => text.length,
    ),
    primitive(
      "(text-slice text:string start:integer end:integer) -> string",
      "The UTF-16 units from start up to end.",
      (text: string, start, end) => text.slice(start, end),
    ),
    primitive(
      "(definition? value:any) -> boolean",
      "Whether a value is a definition's record.",
      (value) => value instanceof Definition,
    ),
    primitive("(make-table) -> any", "An empty table; keys are compared by identity.", () => new Map()),
    primitive(
      "(table-get table:any key:any) -> any",
      "What a table holds for a key, or nil.",
      (table: Map<Value, Value>, key) => table.get(key) ?? null,
    ),
    primitive(
      "(table-has? table:any key:any) -> boolean",
      "Whether a table knows a key.",
      (table: Map<Value, Value>, key) => table.has(key),
    ),
    primitive(
      "(table-set! table:any key:any value:any) -> any",
      "Sets a key of a table and gives the value.",
      (table: Map<Value, Value>, key, value) => {
        table.set(key, value);
        return value;
      },
      { pure: false },
    ),
    primitive(
      "(table-keys table:any) -> list",
      "The keys of a table in the order they came.",
      (table: Map<Value, Value>) => [...table.keys()],
    ),
  ];
}

/** The UTF-16 unit at an index, or -1 outside the text. */
function codeAt(text: string, index: number): number {
  return index < text.length ? text.charCodeAt(index) : -1;
}
