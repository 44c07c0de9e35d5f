// The table of primitives: every group under its names. A realm makes its own, since a few primitives keep
// something between calls (`gensym` its count, the localised formats their formatters); nothing is shared.

import { arithmetic } from "./arithmetic.ts";
import { comparison } from "./comparison.ts";
import { conditions } from "./conditions.ts";
import { dicts } from "./dicts.ts";
import { formats } from "./formats.ts";
import { lists } from "./lists.ts";
import { createLocalised } from "./localised.ts";
import { predicates } from "./predicates.ts";
import type { Primitive } from "./primitive.ts";
import { createReflection } from "./reflection.ts";
import { styles } from "./styles.ts";
import { text } from "./text.ts";
import { trust } from "./trust.ts";

/** All primitives by name, for one realm. */
export function createPrimitives(): Map<string, Primitive> {
  const groups = [
    arithmetic,
    comparison,
    predicates,
    text,
    lists,
    dicts,
    formats,
    createLocalised(),
    styles,
    trust,
    conditions,
    createReflection(),
  ];
  const table = new Map<string, Primitive>();
  for (const entry of groups.flat()) {
    if (table.has(entry.name)) throw new Error(`two primitives are named ${entry.name}`);
    table.set(entry.name, entry);
  }
  return table;
}
