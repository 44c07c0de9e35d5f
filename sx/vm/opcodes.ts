// The 24 opcodes of a module's code: one byte each, operands after it, big-endian. Jumps lead forward only and
// every loop is a call, so code is read, verified and loaded in one pass. Ids from 200 on belong to extensions.

/** constant: an index of the pool; count: of values; slot: of the frame or the closure; offset: bytes past the operand. */
export type OperandKind = "constant" | "count" | "slot" | "offset" | "proto";

/** How many bytes an operand takes. */
export const operandBytes: Readonly<Record<OperandKind, number>> = {
  constant: 2,
  count: 1,
  slot: 1,
  offset: 2,
  proto: 2,
};

export interface Opcode {
  readonly id: number;
  readonly name: string;
  readonly operands: readonly OperandKind[];
  /** Values it takes off the stack: so many, and so many for each of its count operand. */
  readonly pops: number;
  readonly popsPerCount: number;
  /** Values it leaves in their place. */
  readonly pushes: number;
  /** Whether the next instruction never follows it. */
  readonly ends: boolean;
}

function opcode(
  id: number,
  name: string,
  operands: readonly OperandKind[],
  effect: readonly [pops: number, pushes: number],
  rest: { readonly popsPerCount?: number; readonly ends?: boolean } = {},
): Opcode {
  const [pops, pushes] = effect;
  return { id, name, operands, pops, pushes, popsPerCount: rest.popsPerCount ?? 0, ends: rest.ends ?? false };
}

export const opcodes: readonly Opcode[] = [
  opcode(0x01, "CONST", ["constant"], [0, 1]),
  opcode(0x02, "NIL", [], [0, 1]),
  opcode(0x03, "TRUE", [], [0, 1]),
  opcode(0x04, "FALSE", [], [0, 1]),
  opcode(0x05, "POP", [], [1, 0]),
  opcode(0x06, "DUP", [], [1, 2]),
  opcode(0x10, "LOCAL_GET", ["slot"], [0, 1]),
  opcode(0x11, "LOCAL_SET", ["slot"], [1, 1]),
  opcode(0x12, "UPVAL_GET", ["slot"], [0, 1]),
  opcode(0x13, "UPVAL_SET", ["slot"], [1, 1]),
  opcode(0x14, "GLOBAL_GET", ["constant"], [0, 1]),
  opcode(0x15, "GLOBAL_SET", ["constant"], [1, 1]),
  opcode(0x20, "JUMP", ["offset"], [0, 0], { ends: true }),
  opcode(0x21, "JUMP_IF_FALSE", ["offset"], [1, 0]),
  opcode(0x22, "JUMP_IF_TRUE", ["offset"], [1, 0]),
  opcode(0x30, "CALL", ["count"], [1, 1], { popsPerCount: 1 }),
  opcode(0x31, "TAIL_CALL", ["count"], [1, 0], { popsPerCount: 1, ends: true }),
  opcode(0x32, "RETURN", [], [1, 0], { ends: true }),
  opcode(0x33, "CLOSURE", ["proto"], [0, 1]),
  opcode(0x34, "CALL_PRIM", ["constant", "count"], [0, 1], { popsPerCount: 1 }),
  opcode(0x40, "LIST", ["count"], [0, 1], { popsPerCount: 1 }),
  opcode(0x41, "DICT", ["count"], [0, 1], { popsPerCount: 2 }),
  opcode(0x42, "STR_CONCAT", ["count"], [0, 1], { popsPerCount: 1 }),
  opcode(0x50, "DEFINE", ["constant"], [1, 1]),
];

/** Where an opcode is found by its id; holes are ids that the language does not use. */
export const opcodeById: ReadonlyMap<number, Opcode> = new Map(opcodes.map((entry) => [entry.id, entry]));

/** Ids by name, for code that assembles. */
export const opcodeIds: Readonly<Record<string, number>> = Object.fromEntries(
  opcodes.map(({ name, id }) => [name, id]),
);

/** The ids that extensions may take. */
export const extensionIds = { first: 200, last: 247 } as const;
