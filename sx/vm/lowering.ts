// Lowering: the instructions of one proto become steps. Names are linked, calls of known functions need no function on
// the stack, comparisons jump themselves, and a slot's first write makes its cell where it holds one. It knows for each
// value on the stack which step pushed it, as long as that is one.

import { sxError } from "../core/errors.ts";
import type { Span } from "../core/source.ts";
import type { SxSymbol, Value } from "../core/values.ts";
import {
  type ClosureMaker,
  type Code,
  type ExtensionStep,
  GlobalCell,
  ownSelf,
  VmClosure,
  VmComponent,
} from "./code.ts";
import { Site } from "./component.ts";
import type { ExtensionRegistry } from "./extensions.ts";
import { type Instruction, instructionsOf } from "./instructions.ts";
import type { Native } from "./machine.ts";
import { MarkupSteps } from "./markup-steps.ts";
import type { HashReference, Module, Place, Proto } from "./module.ts";
import { callersFaults, walkNames } from "./natives.ts";
import { type Opcode, operandBytes } from "./opcodes.ts";
import { isUnreserved } from "./quick.ts";
import { type Step, Steps } from "./steps.ts";
import { arithmetic, firstComparison, operands, word } from "./words.ts";

type Function_ = (...args: Value[]) => Value;

/** What the names of a module mean. */
export interface Linker {
  /** A definition's cell, or the value of a primitive or native. Throws where a name means nothing. */
  global(name: SxSymbol | HashReference): GlobalCell | { readonly value: Value };
  /** What CALL_PRIM calls by a name: a function of its arguments alone, or a native. */
  callee(name: string): Function_ | Native;
  readonly extensions: ExtensionRegistry;
  /** Whether markup is made as a tree; the quick steps make text. */
  readonly trees: boolean;
}

/** The module around a proto, being loaded. */
export interface Loading {
  readonly module: Module;
  readonly linker: Linker;
  proto(index: number): Proto;
  /** The code of a proto that a closure is made of; `cells` says which of its captured variables are cells. */
  load(index: number, cells: readonly boolean[]): Code;
}

/** One proto on its way to steps. */
export class Lowering {
  private readonly loader: Loading;
  private readonly proto: Proto;
  private readonly code: Code;
  private readonly cells: readonly boolean[];
  private readonly places: ReadonlyMap<number, Span | null>;
  private readonly instructions: readonly Instruction[];
  private readonly steps: Steps;
  private readonly markup: MarkupSteps;
  /** What pushed each value that is on the stack now, where that was one step. */
  private stack: (Step | null)[] = [];
  private readonly stackAt = new Map<number, (Step | null)[]>();
  private room = 0;
  /** Cells that have been made on the way. */
  private readonly bound = new Set<number>();
  private readonly assignments = new Map<number, number>();
  private next: Instruction | undefined;
  /** The jump in hand is part of the comparison before it. */
  private jumped = false;

  constructor(
    loader: Loading,
    proto: Proto,
    code: Code,
    cells: readonly boolean[],
    places: readonly Place[],
  ) {
    this.loader = loader;
    this.proto = proto;
    this.code = code;
    this.cells = cells;
    this.places = new Map(places.map(({ offset, span }) => [offset, span]));
    this.instructions = instructionsOf(proto, loader.linker.extensions);
    const targets = new Set<number>();
    for (const { opcode, values, end } of this.instructions) {
      if (opcode.name.startsWith("JUMP")) targets.add(end + (values[0] as number)); // a jump has an offset
      if (opcode.name === "LOCAL_SET") {
        const slot = values[0] as number; // it has a slot
        this.assignments.set(slot, (this.assignments.get(slot) ?? 0) + 1);
      }
    }
    this.steps = new Steps(targets);
    this.markup = new MarkupSteps(this.steps, (above) => this.stack.at(-1 - above) ?? null);
    for (const slot of code.cellParameters) this.bound.add(slot);
  }

  run(): { steps: Step[]; room: number } {
    let reached = true;
    for (const [index, instruction] of this.instructions.entries()) {
      const { opcode, values, offset, end } = instruction;
      this.next = this.instructions[index + 1];
      const arriving = this.stackAt.get(offset);
      if (arriving) this.stack = reached ? merge(this.stack, arriving) : arriving;
      this.steps.begin(offset, this.places.get(offset) ?? null);
      const count = this.steps.steps.length;
      if (this.jumped) this.jumped = false;
      else this.lower(instruction);
      const pops = opcode.pops + opcode.popsPerCount * (values.at(-1) ?? 0);
      this.stack.length -= pops;
      const last =
        this.markup.joined ?? (this.steps.steps.length > count ? (this.steps.steps.at(-1) ?? null) : null);
      this.markup.joined = null;
      for (let i = 0; i < opcode.pushes; i++) this.stack.push(opcode.pushes === 1 ? last : null);
      if (this.stack.length > this.room) this.room = this.stack.length;
      if (opcode.name.startsWith("JUMP")) this.arrive(end + (values[0] as number)); // a jump has an offset
      reached = !opcode.ends;
    }
    return { steps: this.steps.steps, room: this.room };
  }

  /** The stack as it is now is also what an instruction further on will find. */
  private arrive(target: number): void {
    const others = this.stackAt.get(target);
    this.stackAt.set(target, others ? merge(others, this.stack) : [...this.stack]);
  }

  private constant(index: number): Value {
    return this.loader.module.constants[index];
  }

  private lower({ opcode, values, end }: Instruction): void {
    const { steps } = this;
    const [a = 0, b = 0] = values;
    switch (opcode.name) {
      case "CONST":
        return this.pushConstant(this.constant(a));
      case "NIL":
        steps.add(word.nil);
        return;
      case "TRUE":
        steps.add(word.true);
        return;
      case "FALSE":
        steps.add(word.false);
        return;
      case "POP":
        return this.pop();
      case "DUP":
        steps.add(word.dup);
        return;
      case "LOCAL_GET":
        steps.add(this.isCell(a) ? word.localCell : word.local, "number", { a });
        return;
      case "LOCAL_SET":
        return this.setLocal(a);
      case "UPVAL_GET":
        return this.getTaken(a);
      case "UPVAL_SET":
        steps.add(word.setTaken, "number", { a: this.takenIndex(a) });
        return;
      case "GLOBAL_GET":
        return this.getGlobal(this.constant(a) as SxSymbol); // the verifier looked
      case "GLOBAL_SET":
        steps.add(word.setGlobal, "constant", { constant: this.cellOf(a) });
        return;
      case "DEFINE":
        steps.add(word.define, "constant", { constant: this.cellOf(a) });
        return;
      case "JUMP":
        steps.add(word.jump, "jump", { target: end + a });
        return;
      case "JUMP_IF_FALSE":
        return this.jumpIfFalse(end + a);
      case "JUMP_IF_TRUE":
        return this.jumpIfTrue(end + a);
      case "CALL":
        return this.call(a);
      case "TAIL_CALL":
        return this.tailCall(a);
      case "RETURN":
        return this.giveBack();
      case "CLOSURE":
        return this.makeClosure(a);
      case "CALL_PRIM":
        return this.callPrimitive((this.constant(a) as SxSymbol).name, b); // the verifier looked
      case "LIST":
        steps.add(word.list, "number", { a });
        return;
      case "DICT":
        steps.add(word.dict, "number", { a });
        return;
      case "STR_CONCAT":
        steps.add(word.text, "number", { a, constant: this.firstPiece(a) });
        return;
      default:
        return this.extension(opcode, values);
    }
  }

  /** The first of so many values on top, if it is a text that is known; it may decide what an address is. */
  private firstPiece(count: number): Value {
    const first = this.stack.at(-count);
    return first?.op === word.constant ? first.constant : null;
  }

  private pushConstant(value: Value): void {
    const isData = typeof value === "object" && value !== null && (Array.isArray(value) || isDictLike(value));
    this.steps.add(isData ? word.copy : word.constant, "constant", { constant: value });
  }

  // Variables

  private isCell(slot: number): boolean {
    return this.proto.cells.includes(slot);
  }

  /** The first write to a cell's slot makes the cell. */
  private setLocal(slot: number): void {
    if (!this.isCell(slot)) this.steps.add(word.setLocal, "number", { a: slot });
    else if (this.bound.has(slot)) this.steps.add(word.setCell, "number", { a: slot });
    else {
      this.bound.add(slot);
      this.steps.add(word.bindCell, "number", { a: slot });
    }
  }

  private pop(): void {
    const before = this.steps.before();
    if (before?.op === word.setLocal) {
      before.op = word.bindLocal;
      return;
    }
    this.steps.add(word.pop);
  }

  /** Where a captured variable is among what closures of this code take along: all but the closure itself. */
  private takenIndex(index: number): number {
    return this.proto.captures.slice(0, index).filter(({ from }) => from !== "self").length;
  }

  private getTaken(index: number): void {
    if (this.proto.captures[index]?.from === "self") this.steps.add(word.self);
    else
      this.steps.add(this.cells[index] ? word.takenCell : word.taken, "number", {
        a: this.takenIndex(index),
      });
  }

  private getGlobal(name: SxSymbol | HashReference): void {
    const found = this.loader.linker.global(name);
    if (found instanceof GlobalCell) this.steps.add(word.global, "constant", { constant: found });
    else this.steps.constant(found.value);
  }

  private cellOf(index: number): GlobalCell {
    const found = this.loader.linker.global(this.constant(index) as SxSymbol); // the verifier looked
    if (found instanceof GlobalCell) return found;
    const { name } = this.constant(index) as SxSymbol; // likewise
    throw sxError("name/not-assignable", { name, what: "primitive" });
  }

  private makeClosure(index: number): void {
    const { captures } = this.loader.proto(index);
    const sources: number[] = [];
    const cells: boolean[] = [];
    for (const { from, index: at } of captures) {
      const ofSelf = from === "upvalue" && this.proto.captures[at]?.from === "self";
      cells.push(
        from === "local" ? this.isCell(at) : from === "upvalue" && !ofSelf && (this.cells[at] ?? false),
      );
      if (from === "local") sources.push(at);
      else if (from === "upvalue") sources.push(ofSelf ? ownSelf : -1 - this.takenIndex(at));
    }
    const maker: ClosureMaker = { code: this.loader.load(index, cells), sources };
    this.steps.add(word.closure, "constant", { constant: maker });
  }

  // Choices

  private jumpIfFalse(target: number): void {
    const { steps } = this;
    const before = steps.before();
    if (before?.op === word.local) {
      before.op = word.jumpIfLocalFalse;
      before.target = target;
    } else if (before?.op === word.not) {
      steps.takeIn(1);
      steps.add(word.jumpIfTrue, "jump", { target });
    } else steps.add(word.jumpIfFalse, "jump", { target });
  }

  private jumpIfTrue(target: number): void {
    const before = this.steps.before();
    if (before?.op === word.local) {
      before.op = word.jumpIfLocalTrue;
      before.target = target;
    } else this.steps.add(word.jumpIfTrue, "jump", { target });
  }

  // Calls

  /** What pushed the value that a call of so many arguments calls. */
  private calleeOf(count: number): Step | null {
    return this.stack.at(-1 - count) ?? null;
  }

  private call(count: number): void {
    const { steps } = this;
    const callee = this.calleeOf(count);
    if (callee?.op === word.global && isKnown(callee.constant)) {
      callee.gone = true;
      const op = this.isOwn(callee.constant, count) ? word.callOwn : word.callGlobal;
      steps.add(op, "constant-count", { constant: callee.constant, b: count });
    } else if (callee?.op === word.self && this.code.arity === count) {
      callee.gone = true;
      steps.add(word.callSelf, "number", { a: count });
    } else if (callee?.op === word.local && this.isFixed(callee.a)) {
      callee.gone = true;
      steps.add(word.callLocal, "place-count", { a: callee.a, b: count });
    } else if (callee?.op === word.taken) {
      callee.gone = true;
      steps.add(word.callTaken, "place-count", { a: callee.a, b: count });
    } else steps.add(word.call, "number", { a: count });
  }

  /** Whether a call of a definition, with just the right arguments, is one of this code, as long as nobody defines it anew. */
  private isOwn(cell: Value, count: number): boolean {
    return this.code.arity === count && cell instanceof GlobalCell && cell.closure?.code === this.code;
  }

  /** Whether a slot's value stays what it is once it is read. */
  private isFixed(slot: number): boolean {
    const { required, rest, props, env, attrs } = this.proto;
    const parameters = required + Number(rest) + props.length + env.length + Number(attrs);
    return (this.assignments.get(slot) ?? 0) + Number(slot < parameters) <= 1;
  }

  private tailCall(count: number): void {
    const { steps } = this;
    const callee = this.calleeOf(count);
    if (this.code.kind === "block") steps.add(word.blockTail, "number", { a: count });
    else if (callee?.op === word.global && isKnown(callee.constant)) {
      callee.gone = true;
      const op = this.isOwn(callee.constant, count) ? word.tailOwn : word.tailGlobal;
      steps.add(op, "constant-count", { constant: callee.constant, b: count });
    } else if (callee?.op === word.self && this.code.arity === count) {
      callee.gone = true;
      steps.add(word.tailSelf, "number", { a: count });
    } else steps.add(word.tailCall, "number", { a: count });
  }

  private giveBack(): void {
    const { steps } = this;
    if (this.code.kind === "block") {
      steps.add(word.blockReturn);
      return;
    }
    const before = steps.before();
    if (before?.op === word.local) before.op = word.returnLocal;
    else if (before?.op === word.constant) before.op = word.returnConstant;
    else if (before?.op === word.markup) before.op = word.returnMarkup;
    else steps.add(word.return);
  }

  private extension(opcode: Opcode, values: readonly number[]): void {
    let argument = 0;
    opcode.operands.forEach((kind, i) => {
      argument = (argument << (operandBytes[kind] * 8)) | (values[i] as number); // one for each
    });
    const step: ExtensionStep = { id: opcode.id, argument, constants: this.loader.module.constants };
    this.steps.add(word.extension, "constant", { constant: step });
  }

  // Primitives and the machine's own functions

  private callPrimitive(name: string, count: number): void {
    const { trees } = this.loader.linker;
    if (!trees && this.markup.add(name)) return;
    if (!trees && name === "%component" && this.component()) return;
    if (this.quicken(name, count)) return;
    const { steps } = this;
    const callee = this.loader.linker.callee(name);
    if (walkNames.has(name)) this.keepClosure(count);
    const callersFault = callersFaults.has(name);
    if (typeof callee !== "function")
      steps.add(word.native, "constant-count", { constant: callee, b: count, callersFault });
    else if (count > 3)
      steps.add(word.primMany, "constant-count", { constant: callee, b: count, callersFault });
    else steps.add(word.prim0 + count, "constant", { constant: callee, callersFault });
  }

  /** A function that takes nothing along, and that a walk alone will ever see, can be the same one each time. */
  private keepClosure(count: number): void {
    const fn = this.stack.at(-count);
    if (fn?.op !== word.closure || fn.gone) return;
    const { code, sources } = fn.constant as ClosureMaker; // so `makeClosure` makes it
    if (sources.length > 0) return;
    fn.op = word.constant;
    fn.constant = new VmClosure(code, []);
  }

  private quicken(name: string, count: number): boolean {
    const { steps } = this;
    const operation = count === 2 ? arithmetic.indexOf(name as (typeof arithmetic)[number]) : -1; // -1 for all others
    if (operation >= firstComparison && this.compare(operation - firstComparison)) return true;
    if (operation >= 0 && operation < firstComparison) {
      this.twoOperands(word.arithmetic + operation * 4);
      return true;
    }
    const simple = count === 1 ? quickOfOne.get(name) : count === 2 ? quickOfTwo.get(name) : undefined;
    if (simple !== undefined) {
      steps.add(simple);
      return true;
    }
    if (name !== "get" || count !== 2) return false;
    const key = steps.constantBefore();
    if (!key || !isUnreserved(key.value)) return false;
    const slot = steps.slotBefore(1);
    steps.takeIn(slot >= 0 ? 2 : 1);
    if (slot >= 0) steps.add(word.getLocalKey, "slot-constant", { a: slot, constant: key.value });
    else steps.add(word.getKey, "constant", { constant: key.value });
    return true;
  }

  /** A comparison that a choice hangs on jumps itself. */
  private compare(comparison: number): boolean {
    const { next } = this;
    if (!next?.opcode.name.startsWith("JUMP_IF") || this.steps.isTarget(next.offset)) return false;
    this.twoOperands(word.compare, {
      target: next.end + (next.values[0] as number), // a jump has an offset
      comparison,
      truth: next.opcode.name === "JUMP_IF_TRUE",
    });
    this.jumped = true;
    return true;
  }

  private twoOperands(first: number, jump: Partial<Step> = {}): void {
    const { steps } = this;
    const constant = steps.constantBefore();
    const slot = steps.slotBefore();
    const left = constant || slot >= 0 ? steps.slotBefore(1) : -1;
    if (constant && left >= 0) {
      steps.takeIn(2);
      steps.add(first + operands.slotConstant, "slot-constant", {
        ...jump,
        a: left,
        constant: constant.value,
      });
    } else if (constant) {
      steps.takeIn(1);
      steps.add(first + operands.stackConstant, "constant", { ...jump, constant: constant.value });
    } else if (slot >= 0 && left >= 0) {
      steps.takeIn(2);
      steps.add(first + operands.slots, "slots", { ...jump, a: left, b: slot });
    } else steps.add(first + operands.stack, "number", jump);
  }

  /** A component's call, when the names of its props are a constant right before. */
  private component(): boolean {
    const { steps } = this;
    const names = steps.before();
    if (names?.op !== word.copy || !Array.isArray(names.constant)) return false;
    const list = steps.before(1);
    const childless = list?.op === word.list && list.a === 0;
    const callee = this.calleeOf(names.constant.length + 2);
    const cell =
      callee?.op === word.global && isKnown(callee.constant) ? (callee.constant as GlobalCell) : null; // so `getGlobal` makes it
    if (cell && callee) callee.gone = true;
    steps.takeIn(childless ? 2 : 1);
    steps.add(word.component, "constant", { constant: new Site(names.constant, childless, cell) });
    return true;
  }
}

const quickOfOne: ReadonlyMap<string, number> = new Map([
  ["not", word.not],
  ["nil?", word.isNil],
  ["empty?", word.isEmpty],
  ["first", word.first],
  ["rest", word.rest],
]);

const quickOfTwo: ReadonlyMap<string, number> = new Map([
  ["cons", word.cons],
  ["mod", word.mod],
  ["<", word.less],
  ["=", word.equal],
]);

/** Whether a cell holds a function or component, and keeps it as far as anybody knows. */
function isKnown(cell: Value): boolean {
  if (!(cell instanceof GlobalCell) || cell.assigned) return false;
  return cell.closure !== null || cell.value instanceof VmComponent;
}

function isDictLike(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Two ways to one place: a value is of one step only where both ways agree. */
function merge(a: readonly (Step | null)[], b: readonly (Step | null)[]): (Step | null)[] {
  return a.map((step, index) => (step === b[index] ? step : null));
}
