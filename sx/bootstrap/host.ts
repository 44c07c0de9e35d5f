// The host of emitted chapters: what `create(host, use)` of an emitted module finds. Primitives are given
// unchecked, as the emitter promises; functions that take functions are plain JavaScript here.

import { fromCondition, SxError, sxError, toCondition } from "../core/errors.ts";
import type { Primitive } from "../core/primitives/primitive.ts";
import { createPrimitives } from "../core/primitives/table.ts";
import { Condition, isTrue, Keyword, SxSymbol, type Value } from "../core/values.ts";
import { platformPrimitives } from "./platform.ts";

/** A chapter's definitions by name. */
// biome-ignore lint/suspicious/noExplicitAny: emitted code has no types; its callers know what they call
export type Chapter = Record<string, any>;

type HostFunction = (...args: never[]) => Value;

interface Host {
  primitive(name: string): HostFunction;
  isTrue(value: Value): boolean;
  symbol(name: string): SxSymbol;
  keyword(name: string): Keyword;
  caught(error: unknown): Value;
}

/** A host with the platform interface and whatever else the chapter's machine brings. */
export function createHost(...more: readonly Primitive[]): Host {
  const table = createPrimitives();
  for (const entry of [...platformPrimitives(), ...more]) table.set(entry.name, entry);
  return {
    primitive(name) {
      const found = functionFirst[name] ?? table.get(name)?.raw;
      if (!found)
        throw new Error(`an emitted chapter asks for the primitive ${name}, which this host does not have`);
      return found;
    },
    isTrue,
    symbol: (name) => new SxSymbol(name),
    keyword: (name) => new Keyword(name),
    caught,
  };
}

/** What an emitted chapter exports: its definitions for a host and the chapters it uses. */
export type CreateChapter = (host: Host, use: Chapter) => Chapter;

/** An emitted chapter from its text. For the bootstrapper and its tests only. */
export function importText(text: string): Promise<{ create: CreateChapter }> {
  return import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`);
}

/** What `catch` binds for a JavaScript error; one that is no error of SX goes on. */
function caught(error: unknown): Value {
  if (!(error instanceof SxError)) throw error;
  return error.kind === "raised" ? error.payload : toCondition(error);
}

type Call = (...args: Value[]) => Value;

const functionFirst: Readonly<Record<string, HostFunction>> = {
  map: (fn: Call, items: Value[]) => items.map((item) => fn(item)),
  filter: (fn: Call, items: Value[]) => items.filter((item) => isTrue(fn(item))),
  "for-each": (fn: Call, items: Value[]) => {
    for (const item of items) fn(item);
    return null;
  },
  "map-indexed": (fn: Call, items: Value[]) => items.map((item, index) => fn(index, item)),
  some: (fn: Call, items: Value[]) => {
    for (const item of items) {
      const answer = fn(item);
      if (isTrue(answer)) return answer;
    }
    return null;
  },
  "every?": (fn: Call, items: Value[]) => items.every((item) => isTrue(fn(item))),
  reduce: (fn: Call, start: Value, items: Value[]) => items.reduce((sum, item) => fn(sum, item), start),
  apply: (fn: Call, args: Value[]) => fn(...args),
  raise: (value: Value) => {
    throw value instanceof Condition ? fromCondition(value) : sxError("raised", { value });
  },
};
