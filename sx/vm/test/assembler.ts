// Modules written by hand, for tests: instructions by name, and protos of which only what matters is said.

import { SxSymbol, type Value } from "../../core/values.ts";
import type { Entry, Module, Proto } from "../module.ts";
import { type Opcode, opcodes, operandBytes } from "../opcodes.ts";

/** An instruction's name and its operands; a number alone is a byte as it is. */
export type Line = readonly [name: string, ...operands: number[]] | number;

export function assemble(lines: readonly Line[], more: readonly Opcode[] = []): number[] {
  return lines.flatMap((line) => {
    if (typeof line === "number") return [line];
    const [name, ...operands] = line;
    const opcode = [...opcodes, ...more].find((candidate) => candidate.name === name);
    if (!opcode) throw new Error(`the test names no opcode: ${name}`);
    const bytes = opcode.operands.flatMap((kind, index) => {
      const operand = operands[index] ?? 0;
      return operandBytes[kind] === 2 ? [operand >> 8, operand & 255] : [operand];
    });
    return [opcode.id, ...bytes];
  });
}

/** A proto of a name that is the pool's first constant. */
export function proto(lines: readonly Line[], more: Partial<Proto> = {}): Proto {
  return {
    name: 0,
    kind: "block",
    required: 0,
    rest: false,
    props: [],
    env: [],
    attrs: false,
    slots: 0,
    cells: [],
    captures: [],
    code: assemble(lines),
    ...more,
  };
}

/** A module whose pool begins with the string and the symbol `main`, and whose last proto is the entry of that name. */
export function moduleOf(
  protos: readonly Proto[],
  more: { readonly constants?: readonly Value[]; readonly kind?: Entry["kind"] } & Partial<Module> = {},
): Module {
  const { constants = [], kind = "expression", ...rest } = more;
  return {
    constants: ["main", new SxSymbol("main"), ...constants],
    protos,
    entries: protos.length === 0 ? [] : [{ name: 1, proto: protos.length - 1, kind }],
    dependencies: [],
    ...rest,
  };
}
