// A module as data: what the compiler (spec/compiler.sx) makes of definitions, what travels as .sxbc, and what
// the machine loads. It holds no host objects and no places in source, so that equal definitions give equal
// bytes: names stand in the pool as symbols, and places are kept beside the module, by whoever compiled it.

import type { Span } from "../core/source.ts";
import type { Value } from "../core/values.ts";

export interface Module {
  /**
   * In the order in which the code first uses them: nil, booleans, numbers, strings, symbols, keywords, lists and
   * dicts of such data, and references by hash. A symbol that GLOBAL_GET, GLOBAL_SET, CALL_PRIM or DEFINE names is a
   * name to link.
   */
  readonly constants: readonly Value[];
  readonly protos: readonly Proto[];
  readonly entries: readonly Entry[];
  /** Hashes, in hexadecimal and sorted, of the groups it refers to; for fetching them in time. */
  readonly dependencies: readonly string[];
  /** The opcodes from 200 on that its code uses, by extension, in ascending order of base; absent where it uses none. */
  readonly extensions?: readonly ExtensionUse[];
}

/** What a module needs of one extension: a machine whose extension differs does not load it. */
export interface ExtensionUse {
  readonly name: string;
  readonly version: number;
  /** The first id of the extension's range. */
  readonly base: number;
  /** In ascending order of their ids. */
  readonly ops: readonly { readonly id: number; readonly name: string }[];
}

/** One function's code. Arguments arrive in the first slots, in the order of the parameters. */
export interface Proto {
  /** Index of a string of the pool: what messages and stacks call it. */
  readonly name: number;
  readonly kind: ProtoKind;
  /** How many arguments a call must give; of a component 0, since its props go by name. */
  readonly required: number;
  /** Whether further arguments are gathered as a list, in the slot after the others; of a component, its children. */
  readonly rest: boolean;
  /** A component's declared props, one slot each from 0 on; empty for others. */
  readonly props: readonly PropShape[];
  /** A component's implicit parameters, in the slots after the props: indexes of strings of the pool. */
  readonly env: readonly number[];
  /** Whether a component gathers undeclared props as a dict, in the slot after `env` (and before the children). */
  readonly attrs: boolean;
  /** How many slots a frame of it has, parameters included; at most 255. */
  readonly slots: number;
  /** The slots that hold a cell, since a closure and an assignment share the variable; in ascending order. */
  readonly cells: readonly number[];
  /** What a closure of it takes along, in the order in which UPVAL_GET counts. */
  readonly captures: readonly Capture[];
  /** Opcodes and operands, a number from 0 to 255 each. */
  readonly code: ArrayLike<number>;
}

/** A block is a part of the function that makes it (the body of a `try`, say), and no activation of its own. */
export type ProtoKind = "function" | "component" | "block";

export interface PropShape {
  /** Index of a string of the pool. */
  readonly name: number;
  /** Index of the string of its declared type, or -1. */
  readonly type: number;
  readonly required: boolean;
  /** Whether the code computes a default where the call gives none. */
  readonly fallback: boolean;
}

/** local: a slot of the frame that makes the closure, its cell if it has one; upvalue: of that frame's closure; self: the new closure. */
export interface Capture {
  readonly from: "local" | "upvalue" | "self";
  readonly index: number;
}

/** A definition of the module. */
export interface Entry {
  /** Index of the definition's symbol in the pool. */
  readonly name: number;
  /** For a function or component the one it is; for a value or an expression a block to run. */
  readonly proto: number;
  readonly kind: "function" | "component" | "macro" | "value" | "expression";
}

/** A definition by the hash of its group and its place in it, for modules that travel without names. */
export class HashReference {
  /** 64 hexadecimal digits. */
  readonly hash: string;
  readonly member: number;
  constructor(hash: string, member: number) {
    this.hash = hash;
    this.member = member;
  }
}

/** What the compiler tells beside a module: per proto, the place of each instruction that has one, by ascending offset. */
export type ModulePlaces = readonly (readonly Place[])[];

export interface Place {
  readonly offset: number;
  readonly span: Span | null;
}
