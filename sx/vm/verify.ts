// The verifier: whether a module's code can run without a look at every step. Operands name what exists, jumps
// lead forward to instructions, and the stack has one depth wherever ways meet. It takes one pass, in time that
// grows with the length of the module, over every module that was not compiled here. Code is in code-verifier.ts.

import { sxError } from "../core/errors.ts";
import { SxSymbol } from "../core/values.ts";
import {
  type CodeSurroundings,
  nameProto,
  type ProtoUse,
  parametersOf,
  verifyCode,
} from "./code-verifier.ts";
import { decode } from "./decode.ts";
import { type ExtensionRegistry, noExtensions } from "./extensions.ts";
import type { Entry, Module, Proto, ProtoKind } from "./module.ts";
import { largestByte } from "./sxbc.ts";

/** Code that is longer would have places that no word of the machine can name. */
const longestCode = 1 << 22;

/** What an entry's proto must be. */
const protoKindOf: Readonly<Record<Entry["kind"], ProtoKind>> = {
  function: "function",
  macro: "function",
  component: "component",
  value: "block",
  expression: "block",
};

/**
 * Throws a `module/…` error that names the proto, the offset and what is wrong. A module that passes runs on a
 * machine with these extensions; names it links to are looked up when it is loaded.
 */
export function verify(module: Module, extensions: ExtensionRegistry = noExtensions): void {
  extensions.check(module.extensions ?? []);
  const declared = new Set((module.extensions ?? []).flatMap((use) => use.ops.map((op) => op.id)));
  for (const [index, proto] of module.protos.entries()) verifyProto(module, proto, index);
  const uses: (ProtoUse | undefined)[] = module.protos.map(() => undefined);
  const names = new Set<string>();
  for (const [index, entry] of module.entries.entries()) {
    verifyEntry(module, entry, index, names);
    if (uses[entry.proto]) throw badEntry(module, entry, index, "shares its proto with another");
    uses[entry.proto] = { cells: [], depth: 0 };
  }
  const surroundings: CodeSurroundings = { module, extensions, declared, uses };
  // What uses a proto stands after it, so from last to first each has been used before its turn.
  for (let index = module.protos.length - 1; index >= 0; index--) {
    if (!uses[index])
      throw sxError("module/bad-proto", { proto: nameProto(module, index), problem: "is used by nothing" });
    verifyCode(surroundings, index);
  }
}

/** The module in bytes that came from elsewhere, decoded and verified. */
export function readModule(bytes: Uint8Array, extensions: ExtensionRegistry = noExtensions): Module {
  const module = decode(bytes);
  verify(module, extensions);
  return module;
}

/** What a proto says about itself, without its code. */
function verifyProto(module: Module, proto: Proto, index: number): void {
  const { constants } = module;
  const isText = (at: number) => typeof constants[at] === "string";
  const problem =
    problemOfKind(proto) ??
    problemOfSlots(proto) ??
    (isText(proto.name) ? null : "has a name that is no string of the pool") ??
    (proto.props.every(({ name, type }) => isText(name) && (type === -1 || isText(type)))
      ? null
      : "has a prop whose name or type is no string of the pool") ??
    (proto.env.every(isText) ? null : "has an implicit parameter whose name is no string of the pool") ??
    problemOfNames([...proto.props.map(({ name }) => name), ...proto.env].map((at) => constants[at]));
  if (problem !== null) throw sxError("module/bad-proto", { proto: nameProto(module, index), problem });
}

function problemOfKind({ kind, required, rest, props, env, attrs }: Proto): string | null {
  if (kind === "component") return required === 0 ? null : "is a component that takes arguments in order";
  if (props.length > 0 || env.length > 0 || attrs) return `is a ${kind} with props`;
  return kind === "block" && rest ? "is a block that gathers arguments" : null;
}

function problemOfSlots(proto: Proto): string | null {
  const { slots, cells, captures } = proto;
  const parameters = parametersOf(proto);
  if (slots > largestByte) return `has ${slots} slots, and ${largestByte} is the most`;
  if (parameters > slots) return `has ${slots} slots for ${parameters} parameters`;
  if (cells.some((slot, at) => slot >= slots || slot <= (cells[at - 1] ?? -1)))
    return "has cells that are not slots of it in ascending order";
  if (captures.length > largestByte)
    return `captures ${captures.length} variables, and ${largestByte} is the most`;
  if (captures.some(({ from, index }) => from === "self" && index !== 0))
    return "captures itself by an index";
  // A block is no activation, so one that could call itself would have no depth to stop at.
  if (proto.kind === "block" && captures.some(({ from }) => from === "self"))
    return "is a block that captures itself";
  return proto.code.length > longestCode ? `has more than ${longestCode} bytes of code` : null;
}

function problemOfNames(names: readonly unknown[]): string | null {
  return new Set(names).size === names.length ? null : "has two props of one name";
}

function verifyEntry(module: Module, entry: Entry, index: number, names: Set<string>): void {
  const { name, proto, kind } = entry;
  const symbol = module.constants[name];
  const refuse = (problem: string) => badEntry(module, entry, index, problem);
  if (!(symbol instanceof SxSymbol)) throw refuse("has a name that is no symbol of the pool");
  if (kind !== "expression") {
    if (names.has(symbol.name)) throw refuse("stands there twice");
    names.add(symbol.name);
  }
  const target = module.protos[proto];
  if (!target) throw refuse(`is proto ${proto}, and there are ${module.protos.length}`);
  if (target.kind !== protoKindOf[kind]) throw refuse(`is a ${kind} made of a ${target.kind}`);
  if (target.captures.length > 0) throw refuse("captures variables, and nothing is around it");
  if (target.kind === "block" && target.required > 0) throw refuse("takes arguments");
}

function badEntry({ constants }: Module, { name }: Entry, index: number, problem: string): Error {
  const symbol = constants[name];
  return sxError("module/bad-entry", {
    entry: symbol instanceof SxSymbol ? symbol.name : String(index),
    problem,
  });
}
