// The layout of .sxbc: magic, version, ids of sections, tags of constants and flags, as encode.ts writes and
// decode.ts reads them. README.md has the whole format as a table. Whatever changes here changes the bytes of
// modules, and with them their hashes: a change that old machines cannot read is a new major version.

import type { Capture, Entry, ProtoKind } from "./module.ts";

/** The letters SXBC. */
export const magic: readonly number[] = [0x53, 0x58, 0x42, 0x43];

export const version = { major: 1, minor: 0 } as const;

/** Magic, major, minor and flags. */
export const headerBytes = 8;

/** Sections, in the order in which they stand. Unknown ids below `firstIgnored` are refused, others passed over. */
export const sections = { extensions: 1, constants: 2, protos: 3, entries: 4, dependencies: 5 } as const;

export const firstIgnored = 0x80;

export const tags = {
  nil: 0x00,
  false: 0x01,
  true: 0x02,
  number: 0x03,
  string: 0x04,
  symbol: 0x05,
  keyword: 0x06,
  list: 0x07,
  dict: 0x08,
  hash: 0x09,
  /** Inside a list or dict: a string, symbol or keyword that stands in the pool before it. */
  constant: 0x0a,
} as const;

export const protoFlags = { rest: 0x01, props: 0x02, attrs: 0x04, env: 0x08 } as const;

/** What is added to a proto's flags for its kind. */
export const protoKindBits: Readonly<Record<ProtoKind, number>> = {
  function: 0x00,
  component: 0x10,
  block: 0x20,
};

export const propFlags = { required: 0x01, fallback: 0x02, typed: 0x04 } as const;

/** Where a capture is from, and what an entry is: the byte is the place in these lists. */
export const captureSources: readonly Capture["from"][] = ["local", "upvalue", "self"];
export const entryKinds: readonly Entry["kind"][] = ["function", "component", "macro", "value", "expression"];

/** Counts and indexes take two bytes, those of slots and the like one. */
export const largestShort = 0xffff;
export const largestByte = 0xff;

/** A number as its eight bytes say it: there is one NaN, and no −0. */
export function canonicalNumber(number: number): number {
  return number === 0 ? 0 : number;
}
