// A module as its bytes say it, to compare with what was decoded: the encoder keeps no places, and knows one zero.

import { isDict, SxSymbol, type Value } from "../../core/values.ts";
import type { Module } from "../module.ts";
import { canonicalNumber } from "../sxbc.ts";

/** The same module with no place in a symbol, no minus zero, and code as plain bytes. */
export function canonical(module: Module): Module {
  return {
    ...module,
    constants: module.constants.map(canonicalData),
    protos: module.protos.map((one) => ({ ...one, code: Uint8Array.from(one.code) })),
  };
}

function canonicalData(value: Value): Value {
  if (typeof value === "number") return canonicalNumber(value);
  if (Array.isArray(value)) return value.map(canonicalData);
  if (!isDict(value)) return value instanceof SxSymbol ? new SxSymbol(value.name) : value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, canonicalData(item)]));
}
