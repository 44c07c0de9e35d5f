// Dicts: plain objects with string keys, in insertion order. Only own entries are ever seen, `__proto__` is
// refused as a key, and all but `dict-set!` give new dicts. nil stands for no dict.

import { displayNumber } from "../display.ts";
import { deepestData, tooDeep } from "../equality.ts";
import { describe } from "../error-kinds.ts";
import { sxError } from "../errors.ts";
import { type Dict, Keyword, SxSymbol, typeName, type Value } from "../values.ts";
import { fromRow } from "./from-row.ts";
import { type Primitive, wrongType } from "./primitive.ts";

type Collection = Value[] | Dict | null | undefined;

/**
 * The text under which a key is stored, as in dict literals: strings, keywords, symbols and numbers may be
 * keys. Anything else, and `__proto__`, raises `dict/bad-key`.
 */
export function keyText(key: Value): string {
  const name = typeof key === "string" ? key : nameOfKey(key);
  if (name === null || name === "__proto__") throw sxError("dict/bad-key", { key: describe(key) });
  return name;
}

function nameOfKey(key: Value): string | null {
  if (key instanceof Keyword || key instanceof SxSymbol) return key.name;
  return typeof key === "number" ? displayNumber(key) : null;
}

/** What `get` gives for an entry that is not there; undefined, where a collection has nothing. */
function lookUp(name: string, coll: Collection, key: Value): Value {
  if (coll === null || coll === undefined) return undefined;
  if (Array.isArray(coll)) {
    if (!Number.isInteger(key)) throw wrongType(name, "key", "integer (a list has indexes)", key);
    const index = key as number; // just tested
    return index >= 0 && index < coll.length ? (coll[index] ?? null) : undefined;
  }
  const text = keyText(key);
  return Object.hasOwn(coll, text) ? (coll[text] ?? null) : undefined;
}

function get(coll: Collection, key: Value, fallback: Value = null): Value {
  const found = lookUp("get", coll, key);
  return found === undefined ? fallback : found;
}

function getIn(coll: Collection, path: Value[], fallback: Value = null): Value {
  let at: Value = coll;
  for (const key of path) {
    if (!isCollection(at)) throw wrongType("get-in", "path", "keys that lead through lists and dicts", at);
    at = lookUp("get-in", at, key);
    if (at === undefined) return fallback;
  }
  return at;
}

function isCollection(value: Value): value is Collection {
  const type = typeName(value);
  return type === "list" || type === "dict" || type === "nil";
}

/** Sets entries given as key, value, key, value in a dict or list that is nobody else's yet. */
function setPairs(name: string, target: Value[] | Dict, pairs: Value[]): Value {
  if (pairs.length % 2 !== 0) {
    throw sxError("call/arity", { name, expected: "a value for every key among its", found: pairs.length });
  }
  for (let i = 0; i < pairs.length; i += 2) setEntry(name, target, pairs[i], pairs[i + 1]);
  return target;
}

function setEntry(name: string, target: Value[] | Dict, key: Value, value: Value): void {
  if (!Array.isArray(target)) {
    target[keyText(key)] = value;
    return;
  }
  if (!Number.isInteger(key)) throw wrongType(name, "key", "integer (a list has indexes)", key);
  const index = key as number; // just tested
  if (index < 0 || index >= target.length) {
    throw sxError("index/out-of-range", { name, index, length: target.length });
  }
  target[index] = value;
}

function copy(coll: Collection): Value[] | Dict {
  return Array.isArray(coll) ? coll.slice() : { ...coll };
}

function assocIn(coll: Collection, path: Value[], value: Value, at = 0): Value {
  if (path.length === 0) throw wrongType("assoc-in", "path", "a list of at least one key", path);
  if (path.length > deepestData) throw tooDeep();
  if (!isCollection(coll))
    throw wrongType("assoc-in", "path", "keys that lead through lists and dicts", coll);
  const key = path[at];
  const inner = at === path.length - 1 ? value : assocIn(innerOf(coll, key), path, value, at + 1);
  const changed = copy(coll);
  setEntry("assoc-in", changed, key, inner);
  return changed;
}

function innerOf(coll: Collection, key: Value): Collection {
  return lookUp("assoc-in", coll, key) as Collection; // assocIn tests it on entry
}

function dissoc(dict: Dict | null | undefined, ...keys: Value[]): Dict {
  const changed = { ...dict };
  for (const key of keys) delete changed[keyText(key)];
  return changed;
}

function merge(...dicts: (Dict | null | undefined)[]): Dict {
  const merged: Dict = {};
  for (const dict of dicts) addEntries(merged, dict ?? {});
  return merged;
}

/** Sets all entries of a dict in another. Never by Object.assign: a key of data could change a prototype there. */
export function addEntries(into: Dict, from: Dict): void {
  for (const key of Object.keys(from)) into[keyText(key)] = from[key];
}

function dictSet(dict: Dict, key: Value, value: Value): Value {
  if (Object.isFrozen(dict))
    throw wrongType("dict-set!", "d", "a dict that may be changed (this one is frozen)", dict);
  dict[keyText(key)] = value;
  return value;
}

type MaybeDict = Dict | null | undefined;

export const dicts: readonly Primitive[] = [
  fromRow("dict", (...pairs: Value[]) => setPairs("dict", {}, pairs)),
  fromRow("get", get),
  fromRow("get-in", getIn),
  fromRow("has-key?", (d: MaybeDict, key: Value) => Object.hasOwn(d ?? {}, keyText(key))),
  fromRow("keys", (d: MaybeDict) => Object.keys(d ?? {})),
  fromRow("vals", (d: MaybeDict) => Object.values(d ?? {})),
  fromRow("entries", (d: MaybeDict) => Object.entries(d ?? {})),
  fromRow("assoc", (coll: Collection, ...pairs: Value[]) => setPairs("assoc", copy(coll), pairs)),
  fromRow("assoc-in", (coll: Collection, path: Value[], value: Value) => assocIn(coll, path, value)),
  fromRow("dissoc", dissoc),
  fromRow("merge", merge),
  fromRow("dict-set!", dictSet),
];
