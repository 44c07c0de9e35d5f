// One function's code, verified in one pass from its first byte to its last. Jumps lead forward only, so by the time
// an instruction is looked at, everything that leads to it has been seen: the depth of the stack there is known.

import { sxError } from "../core/errors.ts";
import { SxSymbol, type Value } from "../core/values.ts";
import { bytesOf, type ExtensionRegistry } from "./extensions.ts";
import { checkMachineCall, isKey } from "./machine-calls.ts";
import { HashReference, type Module, type Proto } from "./module.ts";
import { extensionIds, type Opcode, type OperandKind, opcodeIds, operandBytes } from "./opcodes.ts";
import { SlotKnowledge } from "./slot-knowledge.ts";
import { anyValue, deepestStack, isValue, type Kind, StackKinds, showKind } from "./stack-kinds.ts";

/** What the verifier knows about the module around a function. */
export interface CodeSurroundings {
  readonly module: Module;
  readonly extensions: ExtensionRegistry;
  /** The ids of extensions that the module says it uses. */
  readonly declared: ReadonlySet<number>;
  /** Of each proto, what is known once its user is. */
  readonly uses: (ProtoUse | undefined)[];
}

export interface ProtoUse {
  /** Which of its captures are cells. */
  readonly cells: readonly boolean[];
  /** How many protos it is inside of. */
  readonly depth: number;
}

/** Loading walks from a function into those inside; the compiler, too, goes no deeper. */
const deepestProto = 500;

/** A proto for messages: `3 "fib"`. */
export function nameProto({ constants, protos }: Module, index: number): string {
  const name = constants[protos[index]?.name ?? -1];
  return typeof name === "string" ? `${index} ${JSON.stringify(name)}` : String(index);
}

export function verifyCode(surroundings: CodeSurroundings, index: number): void {
  new CodeVerifier(surroundings, index).run();
}

/** How many of a proto's first slots have their values when it begins. */
export function parametersOf({ required, rest, props, env, attrs }: Proto): number {
  return required + props.length + env.length + Number(attrs) + Number(rest);
}

/** The depth of an offset that nothing has led to. */
const unreached = -1;

/** Constants that an opcode's first operand must be; the others take any but a reference. */
const wanted: Readonly<Record<string, { readonly words: string; readonly fits: (value: Value) => boolean }>> =
  {
    GLOBAL_GET: { words: "a symbol or a reference", fits: isName },
    GLOBAL_SET: { words: "a symbol", fits: isSymbol },
    CALL_PRIM: { words: "a symbol", fits: isSymbol },
    DEFINE: { words: "a symbol", fits: isSymbol },
  };

function isSymbol(value: Value): boolean {
  return value instanceof SxSymbol;
}

function isName(value: Value): boolean {
  return value instanceof SxSymbol || value instanceof HashReference;
}

class CodeVerifier {
  private readonly surroundings: CodeSurroundings;
  private readonly index: number;
  private readonly proto: Proto;
  private readonly slots: SlotKnowledge;
  private readonly kinds = new StackKinds();
  private readonly cells: ReadonlySet<number>;
  /** Slots of cells whose cell has been made by what stands before. */
  private readonly bound: Set<number>;
  /** The depth with which jumps arrive at each offset. */
  private readonly arriving: Int32Array;
  /** Where the instruction stands that is being looked at. */
  private at = 0;
  private depth = 0;

  constructor(surroundings: CodeSurroundings, index: number) {
    this.surroundings = surroundings;
    this.index = index;
    this.proto = surroundings.module.protos[index] as Proto; // the caller counts them
    const parameters = parametersOf(this.proto);
    this.slots = new SlotKnowledge(parameters);
    this.cells = new Set(this.proto.cells);
    this.bound = new Set(this.proto.cells.filter((slot) => slot < parameters));
    this.arriving = new Int32Array(this.proto.code.length).fill(unreached);
  }

  run(): void {
    const { code } = this.proto;
    while (this.at < code.length) {
      this.meet();
      const opcode = this.opcodeAt();
      const next = this.at + 1 + bytesOf(opcode);
      if (next > code.length)
        throw sxError("module/cut-instruction", { opcode: opcode.name, ...this.place() });
      this.refuseLandings(opcode, next);
      const operands = this.operandsOf(opcode);
      this.checkOperands(opcode, operands);
      this.move(opcode, operands, next);
      this.at = next;
    }
    if (this.depth !== unreached || code.length === 0) throw sxError("module/open-end", this.place());
  }

  private place(): { proto: string; offset: number } {
    return { proto: nameProto(this.surroundings.module, this.index), offset: this.at };
  }

  /** Where ways meet, they must agree on the depth. */
  private meet(): void {
    const arriving = this.arriving[this.at] as number; // one for each byte
    if (arriving === unreached) {
      if (this.depth === unreached) throw sxError("module/dead-code", this.place());
      return;
    }
    this.slots.meet(this.at, this.depth !== unreached);
    if (this.depth !== unreached && this.depth !== arriving)
      throw this.badStack("the place where two ways meet", `${showCount(arriving)} from both`, this.depth);
    if (!this.kinds.meet(this.at, this.depth !== unreached)) throw this.badUse(...twoWays);
    this.depth = arriving;
  }

  private badStack(what: string, expected: string, found: number): Error {
    return sxError("module/bad-stack", { what, expected, found, ...this.place() });
  }

  private opcodeAt(): Opcode {
    const id = this.proto.code[this.at] as number; // in range
    const opcode = this.surroundings.extensions.opcode(id);
    if (!opcode || (id >= extensionIds.first && !this.surroundings.declared.has(id)))
      throw sxError("module/unknown-opcode", { opcode: id, ...this.place() });
    return opcode;
  }

  /** No jump may have led into the middle of an instruction. */
  private refuseLandings(opcode: Opcode, next: number): void {
    for (let inside = this.at + 1; inside < next; inside++) {
      if (this.arriving[inside] === unreached) continue;
      const problem = `which is inside of the ${opcode.name} at ${this.at}`;
      throw sxError("module/bad-jump", { opcode: "a jump", target: inside, problem, ...this.place() });
    }
  }

  private operandsOf({ operands }: Opcode): number[] {
    const { code } = this.proto;
    let from = this.at + 1;
    return operands.map((kind) => {
      let number = 0;
      for (const end = from + operandBytes[kind]; from < end; from++)
        number = number * 256 + (code[from] as number); // in range
      return number;
    });
  }

  private checkOperands(opcode: Opcode, operands: readonly number[]): void {
    for (const [position, kind] of opcode.operands.entries()) {
      const operand = operands[position] as number; // one for each kind
      const limit = this.limitOf(kind, opcode);
      if (limit && operand >= limit.count) {
        throw this.badOperand(opcode.name, limit.what, operand, limit.count);
      }
      if (kind === "constant") this.checkConstant(opcode, operand);
      if (kind === "proto") this.checkClosure(operand);
      if (kind === "slot") this.checkVariable(opcode, operand);
    }
  }

  private limitOf(kind: OperandKind, opcode: Opcode): { what: string; count: number } | null {
    const { constants, protos } = this.surroundings.module;
    switch (kind) {
      case "constant":
        return { what: "constant", count: constants.length };
      case "proto":
        return { what: "proto", count: protos.length };
      case "slot":
        return opcode.id === opcodeIds.UPVAL_GET || opcode.id === opcodeIds.UPVAL_SET
          ? { what: "captured variable", count: this.proto.captures.length }
          : { what: "slot", count: this.proto.slots };
      case "count":
      case "offset":
        return null;
    }
  }

  private checkConstant(opcode: Opcode, index: number): void {
    const found = this.surroundings.module.constants[index];
    const kind = wanted[opcode.name];
    if (kind ? kind.fits(found) : !(found instanceof HashReference)) return;
    const expected = kind?.words ?? "a value";
    const shown = found instanceof HashReference ? `@h:${found.hash}` : found;
    throw sxError("module/wrong-constant", { what: opcode.name, expected, found: shown, ...this.place() });
  }

  /** A closure takes along what this function has, and is made in this place alone. */
  private checkClosure(index: number): void {
    const { module, uses } = this.surroundings;
    const proto = module.protos[index] as Proto; // the operand was in range
    const problem = this.problemOfUse(proto, index);
    if (problem !== null) throw sxError("module/bad-proto", { proto: nameProto(module, index), problem });
    const own = this.use();
    const cells = proto.captures.map(({ from, index: at }) => {
      if (from === "self") return false;
      const what = from === "local" ? "slot" : "captured variable";
      const count = from === "local" ? this.proto.slots : own.cells.length;
      if (at >= count) throw this.badOperand("CLOSURE", what, at, count);
      if (from === "local") this.expectSet(at);
      return from === "local" ? this.cells.has(at) : (own.cells[at] as boolean); // in range
    });
    uses[index] = { cells, depth: own.depth + 1 };
  }

  private problemOfUse({ kind }: Proto, index: number): string | null {
    if (kind === "component") return "is a component, and only functions and blocks become closures";
    if (index >= this.index) return `is used by proto ${this.index}, and a proto stands before what uses it`;
    if (this.surroundings.uses[index]) return "is used in two places";
    return this.use().depth >= deepestProto ? `is nested more than ${deepestProto} deep` : null;
  }

  private use(): ProtoUse {
    return this.surroundings.uses[this.index] as ProtoUse; // its user was looked at before
  }

  private badOperand(opcode: string, what: string, found: number, count: number): Error {
    return sxError("module/bad-operand", { opcode, what, found, count, ...this.place() });
  }

  /** Reading needs a value; of a cell, the first LOCAL_SET makes it, and the others need it. */
  private checkVariable({ id, name }: Opcode, index: number): void {
    if (id === opcodeIds.LOCAL_GET) this.expectSet(index);
    if (id === opcodeIds.LOCAL_SET) {
      if (this.bound.has(index)) this.expectSet(index);
      if (this.cells.has(index)) this.bound.add(index);
      this.slots.set(index);
    }
    if (id === opcodeIds.UPVAL_SET && !this.use().cells[index])
      throw sxError("module/bad-variable", {
        variable: `captured variable ${index}`,
        problem: `has no cell for ${name}`,
        ...this.place(),
      });
  }

  private expectSet(slot: number): void {
    if (this.slots.has(slot)) return;
    const problem = "is used where not every way has set it";
    throw sxError("module/bad-variable", { variable: `slot ${slot}`, problem, ...this.place() });
  }

  /** What the instruction does to the stack, and where it leads. */
  private move(opcode: Opcode, operands: readonly number[], next: number): void {
    const count = operands[opcode.operands.indexOf("count")] ?? 0;
    const pops = opcode.pops + opcode.popsPerCount * count;
    if (this.depth < pops) throw this.badStack(opcode.name, showCount(pops), this.depth);
    if (opcode.id === opcodeIds.RETURN || opcode.id === opcodeIds.TAIL_CALL) {
      if (this.depth > pops) throw this.badStack(opcode.name, `${showCount(pops)} and no more`, this.depth);
    }
    this.depth += opcode.pushes - pops;
    if (this.depth > deepestStack)
      throw this.badStack(opcode.name, `at most ${showCount(deepestStack)}`, this.depth);
    const taken = this.kinds.take(pops, this.at);
    if (!taken) throw this.badUse(...twoWays);
    this.leave(opcode, operands, taken);
    const distance = operands[opcode.operands.indexOf("offset")];
    if (distance !== undefined) this.lead(opcode, next + distance);
    if (opcode.ends) this.depth = unreached;
  }

  /** Looks at what the instruction has taken, and puts what it leaves in its place. */
  private leave(opcode: Opcode, operands: readonly number[], taken: readonly Kind[]): void {
    const called = opcode.id === opcodeIds.CALL_PRIM ? this.nameAt(operands) : "";
    if (called.startsWith("%")) {
      const result = checkMachineCall(called, taken);
      if ("gives" in result) return this.kinds.push(result.gives);
      const { expected, found } = result;
      throw this.badUse(called, expected, typeof found === "string" ? found : showKind(found));
    }
    const other = taken.find((kind) => !isValue(kind));
    if (other) throw this.badUse(opcode.name, "a value", showKind(other));
    if (opcode.id === opcodeIds.DICT) {
      const key = taken.find((kind, index) => index % 2 === 0 && !isKeyKind(kind));
      if (key) throw this.badUse(opcode.name, "constant texts as keys, and none __proto__", showKind(key));
    }
    const lists = called === "concat" && taken.length > 0 && taken.every(({ is }) => is === "list");
    const kind = lists ? (taken[0] as Kind) : this.kindLeft(opcode, operands, taken);
    for (let i = 0; i < opcode.pushes; i++) this.kinds.push(kind, opcode.pushes > 1);
  }

  private nameAt(operands: readonly number[]): string {
    return (this.surroundings.module.constants[operands[0] as number] as SxSymbol).name; // its operand was looked at
  }

  private kindLeft({ id }: Opcode, operands: readonly number[], taken: readonly Kind[]): Kind {
    const { constants, protos } = this.surroundings.module;
    switch (id) {
      case opcodeIds.CONST:
        return { is: "constant", value: constants[operands[0] as number] }; // it has one operand
      case opcodeIds.NIL:
        return { is: "constant", value: null };
      case opcodeIds.LIST:
        return { is: "list" };
      case opcodeIds.DUP:
      case opcodeIds.LOCAL_SET:
      case opcodeIds.UPVAL_SET:
        return taken[0] as Kind; // it takes one
      case opcodeIds.CLOSURE: {
        const { kind, required } = protos[operands[0] as number] as Proto; // its operand was looked at
        return kind === "block" ? { is: "block", takes: required } : anyValue;
      }
      default:
        return anyValue;
    }
  }

  private badUse(what: string, expected: string, found: string): Error {
    return sxError("module/bad-use", { what, expected, found, ...this.place() });
  }

  private lead(opcode: Opcode, target: number): void {
    if (target >= this.proto.code.length) {
      const problem = `and the code ends at ${this.proto.code.length}`;
      throw sxError("module/bad-jump", { opcode: opcode.name, target, problem, ...this.place() });
    }
    const arriving = this.arriving[target] as number; // in range
    if (arriving !== unreached && arriving !== this.depth)
      throw this.badStack(
        `the jump to ${target}`,
        `${showCount(arriving)}, as others lead there,`,
        this.depth,
      );
    this.arriving[target] = this.depth;
    this.slots.lead(target);
    if (!this.kinds.lead(target)) throw this.badUse(...twoWays);
  }
}

const twoWays = [
  "a place that two ways lead to",
  "the same on the stack from both, used up in one place",
  "something else",
] as const;

function isKeyKind(kind: Kind): boolean {
  return kind.is === "constant" && isKey(kind.value);
}

function showCount(count: number): string {
  return count === 1 ? "1 value" : `${count} values`;
}
