// The extensions at work in one machine: a state for each, and the part of the stack that an operation may touch.
// An operation that pops or pushes another number of values than it registered is stopped at once, because the
// verifier believed the registration.

import { sxError } from "../core/errors.ts";
import type { Value } from "../core/values.ts";
import type { Extension, ExtensionMachine, ExtensionOperation, Registered } from "./extensions.ts";

interface Prepared {
  readonly operation: ExtensionOperation<unknown>;
  readonly name: string;
  readonly window: StackWindow;
}

export class RunningExtensions {
  private readonly windows = new Map<string, StackWindow>();
  private readonly operations: (Prepared | undefined)[] = [];

  constructor(extensions: readonly Extension<unknown>[], byId: ReadonlyMap<number, Registered>) {
    for (const extension of extensions)
      this.windows.set(extension.name, new StackWindow(extension.initState()));
    for (const [id, { extension, operation, opcode }] of byId) {
      const window = this.windows.get(extension.name) as StackWindow; // made above
      this.operations[id] = { operation, name: opcode.name, window };
    }
  }

  /** What an extension keeps in this machine; undefined for one that is not registered. */
  state(name: string): unknown {
    return this.windows.get(name)?.state;
  }

  /**
   * Runs the operation of an id, whose operand bytes are `argument`, read as one number. `top` is the index after
   * the last value of the stack; gives the new one.
   */
  run(id: number, argument: number, stack: Value[], top: number, constants: readonly Value[]): number {
    const prepared = this.operations[id];
    if (!prepared) throw new Error(`opcode ${id} is run, and no extension of this machine has it`);
    const { operation, name, window } = prepared;
    window.open(name, stack, top, operation.pops, constants);
    operation.run(window, unpack(operation.operands, argument));
    return window.close(operation);
  }
}

const noOperands: readonly number[] = [];

/** The operands in an argument, first to last. */
function unpack(operands: ExtensionOperation<unknown>["operands"], argument: number): readonly number[] {
  if (operands.length === 0) return noOperands;
  const numbers: number[] = [];
  let rest = argument;
  for (let i = operands.length - 1; i >= 0; i--) {
    const wide = operands[i] === "constant";
    numbers.unshift(rest & (wide ? 0xffff : 0xff));
    rest >>>= wide ? 16 : 8;
  }
  return numbers;
}

/** The part of the stack that one operation may touch. */
class StackWindow implements ExtensionMachine<unknown> {
  readonly state: unknown;
  private name = "";
  private stack: Value[] = [];
  private constants: readonly Value[] = [];
  private top = 0;
  private pops = 0;
  private floor = 0;

  constructor(state: unknown) {
    this.state = state;
  }

  open(name: string, stack: Value[], top: number, pops: number, constants: readonly Value[]): void {
    this.name = name;
    this.stack = stack;
    this.constants = constants;
    this.top = top;
    this.pops = pops;
    this.floor = top - pops;
  }

  push(value: Value): void {
    this.stack[this.top++] = value;
  }

  /** What an operation pushed itself it may take back; what lies below its own arguments it never sees. */
  pop(): Value {
    if (this.top > this.floor) return this.stack[--this.top];
    throw sxError("extension/broken-promise", {
      operation: this.name,
      expected: `pops ${this.pops}`,
      found: "pops more",
    });
  }

  constant(index: number): Value {
    return this.constants[index];
  }

  /** The new top, after a look at whether it is where the operation said it would be. */
  close({ pops, pushes }: ExtensionOperation<unknown>): number {
    const left = this.top - this.floor;
    if (left === pushes) return this.top;
    throw sxError("extension/broken-promise", {
      operation: this.name,
      expected: `leaves ${pushes} where ${pops} were`,
      found: `left ${left}`,
    });
  }
}
