// A proto's bytes as instructions: opcode, operands, and where each begins and ends. The code must have been verified.

import type { ExtensionRegistry } from "./extensions.ts";
import type { Proto } from "./module.ts";
import { type Opcode, operandBytes } from "./opcodes.ts";

/** One instruction of a proto, taken apart. */
export interface Instruction {
  readonly opcode: Opcode;
  readonly values: readonly number[];
  readonly offset: number;
  readonly end: number;
}

/** The instructions of verified code, in order. */
export function instructionsOf({ code }: Proto, extensions: ExtensionRegistry): Instruction[] {
  const found: Instruction[] = [];
  for (let at = 0; at < code.length; ) {
    const offset = at;
    const opcode = extensions.opcode(code[at++] as number) as Opcode; // the verifier looked
    const values = opcode.operands.map((kind) => {
      const wide = operandBytes[kind] === 2;
      const high = wide ? (code[at++] as number) << 8 : 0; // likewise
      return high | (code[at++] as number); // likewise
    });
    found.push({ opcode, values, offset, end: at });
  }
  return found;
}
