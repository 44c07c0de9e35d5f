// The functions that the machine itself carries out: those of the language that call functions, and those that only
// compiled code calls, whose names begin with %. A walk over a list is a frame like any, so what it calls can be
// captured with it.

import { sxError } from "../core/errors.ts";
import type { Value } from "../core/values.ts";
import type { EngineHost } from "../front/engine.ts";
import { hasType } from "../front/prop-type.ts";
import { absent, unset, type VmClosure } from "./code.ts";
import { callComponentByNames } from "./component.ts";
import {
  callWithContinuation,
  capture,
  fillOrigin,
  makeStub,
  perform,
  provided,
  raised,
  signal,
  startHandler,
  startPrompt,
  startProvide,
  startTry,
} from "./control.ts";
import { type Machine, Native } from "./machine.ts";
import { type Execute, suspenseNative } from "./suspense.ts";
import { componentNative, type LeftDefinition, treeFunctions } from "./tree-markup.ts";
import { word } from "./words.ts";

/** Slots: code and word of the call, function, list, what was made so far, index, item in hand. */
const walkSlots = 7;

const walk = (name: string, next: number, keep: number) => makeStub(name, "walk", walkSlots, [next, keep]);

const walks = {
  map: walk("map", word.walk, word.keepMapped),
  filter: walk("filter", word.walk, word.keepFiltered),
  "for-each": walk("for-each", word.walk, word.keepNone),
  some: walk("some", word.walk, word.keepSome),
  "every?": walk("every?", word.walk, word.keepEvery),
  "map-indexed": walk("map-indexed", word.walkIndexed, word.keepMapped),
  reduce: walk("reduce", word.walkReduce, word.keepReduced),
};

/** Names of the functions that walk. */
export const walkNames: ReadonlySet<string> = new Set(Object.keys(walks));

/** Begins a walk whose arguments, `count` of them, are on top of the stack. */
function startWalk(
  m: Machine,
  count: number,
  soFar: (m: Machine, base: number) => Value,
  stub: VmClosure,
): void {
  const base = m.sp - count;
  const fn = m.stack[base];
  const found = m.stack[m.sp - 1];
  const start = soFar(m, base);
  m.checkDepth();
  const items = sequence(stub.code.name, found);
  m.pushFrame(stub, base);
  fillOrigin(m);
  m.stack[base + 2] = fn;
  m.stack[base + 3] = items;
  m.stack[base + 4] = start;
  m.stack[base + 5] = 0;
}

/** The list that a function walks over; nil is empty. */
function sequence(name: string, value: Value): Value[] {
  if (Array.isArray(value)) return value;
  if (value === null || value === undefined) return [];
  throw sxError("call/type", { primitive: name, argument: "its list", expected: "a list", found: value });
}

const nothing = () => null;

const mappedChildren = makeStub("map", "walk", walkSlots, [word.walk, word.keepChild]);

/**
 * `map` whose answers are children of the element in the making: they are printed as they come. From the first on that
 * might be no child they are gathered instead, and are the answer, since errors of that kind are found at the end.
 */
export const mapChildren = new Native("map", 2, (m) => startWalk(m, 2, nothing, mappedChildren));

/** A list to gather in. It has held something that is no number, so the host does not take it for a list of numbers first. */
function emptyList(): Value[] {
  const list: Value[] = [null];
  list.pop();
  return list;
}

function spreadCall(m: Machine): void {
  const base = m.sp - 2;
  const callee = m.stack[base];
  const items = sequence("apply", m.stack[base + 1]);
  m.sp = base;
  m.makeRoom(base + items.length + 1);
  for (const item of items) m.stack[m.sp++] = item;
  m.call(callee, items.length);
}

type Row = readonly [arity: number, run: (m: Machine, count: number) => void];

const languageRows: Readonly<Record<string, Row>> = {
  map: [2, (m) => startWalk(m, 2, emptyList, walks.map)],
  filter: [2, (m) => startWalk(m, 2, emptyList, walks.filter)],
  "for-each": [2, (m) => startWalk(m, 2, nothing, walks["for-each"])],
  some: [2, (m) => startWalk(m, 2, nothing, walks.some)],
  "every?": [2, (m) => startWalk(m, 2, () => true, walks["every?"])],
  "map-indexed": [2, (m) => startWalk(m, 2, emptyList, walks["map-indexed"])],
  reduce: [3, (m) => startWalk(m, 3, ({ stack }, base) => stack[base + 1], walks.reduce)],
  apply: [2, spreadCall],
  raise: [
    1,
    (m) => {
      throw raised(m.stack[m.sp - 1]);
    },
  ],
  "raise-continuable": [1, signal],
  "with-handler": [2, startHandler],
  "call/cc": [1, callWithContinuation],
};

const controlRows: Readonly<Record<string, Row>> = {
  "%try": [3, startTry],
  "%provide": [3, startProvide],
  "%prompt": [2, startPrompt],
  "%capture": [2, capture],
  "%provided": [1, (m) => m.answer(1, provided(m, m.stack[m.sp - 1]))],
  "%context": [
    1,
    (m) => {
      const key = m.stack[m.sp - 1];
      const value = provided(m, key);
      if (value === absent) throw sxError("context/missing", { key });
      m.answer(1, value);
    },
  ],
  "%component": [-1, callComponentByNames],
};

/** Functions of compiled code that only look at their arguments. */
const plainFunctions: Readonly<Record<string, (...args: never[]) => Value>> = {
  "%unset": () => unset,
  "%absent?": (value: Value) => value === absent,
  "%initialised": (value: Value, name: string) => {
    if (value === unset) throw sxError("name/uninitialised", { name });
    return value;
  },
  "%required": (value: Value, prop: string, component: string) => {
    if (value === absent) throw sxError("component/missing-prop", { prop, component });
    return value;
  },
  "%prop-type": (value: Value, prop: string, component: string, type: string) => {
    if (value !== null && value !== undefined && !hasType(value, type))
      throw sxError("component/prop-type", { prop, component, expected: type, found: value });
    return value;
  },
};

/** Checks whose errors belong to the call of the component. */
export const callersFaults: ReadonlySet<string> = new Set(["%required", "%prop-type"]);

/** Everything the machine brings, by name: natives, and plain functions that look at nothing but their arguments. */
export interface Natives {
  readonly natives: ReadonlyMap<string, Native>;
  readonly functions: ReadonlyMap<string, (...args: Value[]) => Value>;
}

/** How markup is made as a tree, and whose calls are left in it; null where it is made as text. */
export type TreeOptions = { readonly leftDefinition: LeftDefinition } | null;

/** The natives of one realm. `execute` runs something on a machine of its own. */
export function createNatives(host: EngineHost, trees: TreeOptions, execute: Execute): Natives {
  const natives = new Map<string, Native>();
  for (const [name, [arity, run]] of Object.entries({ ...languageRows, ...controlRows }))
    natives.set(name, new Native(name, arity, run));
  const print = (m: Machine, count: number) => {
    host.print(m.stack.slice(m.sp - count, m.sp));
    m.answer(count, null);
  };
  natives.set("print", new Native("print", -1, print));
  const ask = (operation: Value, args: readonly Value[]) => {
    if (!host.perform) throw sxError("effect/unhandled", { operation });
    return host.perform(operation, args);
  };
  natives.set("%perform", new Native("%perform", 2, (m) => perform(m, ask)));
  natives.set("suspense", suspenseNative(host, trees !== null, execute));
  if (trees) natives.set("%component", componentNative(trees.leftDefinition));
  const functions = Object.entries({ ...plainFunctions, ...(trees ? treeFunctions : {}) }) as [
    string,
    (...args: Value[]) => Value,
  ][]; // compiled code gives the arguments they name
  return { natives, functions: new Map(functions) };
}
