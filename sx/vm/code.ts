// What a running machine is made of: loaded code, closures of it, the cells that variables live in, and the
// stubs, small pieces of code of the machine's own that wait in a frame for somebody to return.

import type { SxError } from "../core/errors.ts";
import type { Span } from "../core/source.ts";
import { Closure, Component, Continuation, type Dict, type Value } from "../core/values.ts";

/** A proto, loaded: its code in words, and what each word's operand stands for. */
export class Code {
  readonly name: string;
  readonly kind: CodeKind;
  readonly required: number;
  readonly rest: boolean;
  /** How many arguments fit without further ado, or -1 where a call has more to do than to count them. */
  readonly arity: number;
  readonly slots: number;
  /** Slots of the parameters that live in cells. */
  readonly cellParameters: readonly number[];
  /** A frame of it is no activation: it counts towards no depth. */
  readonly weightless: boolean;
  readonly shape: ComponentShape | null;
  /** Words: an operation in the low 8 bits and its operands above; see load.ts. */
  words: Int32Array = new Int32Array(0);
  constants: Value[] = [];
  /** Of each word, the place in the source, where it has one. */
  places: (Span | null)[] = [];
  /** Places on the stack that a frame may need: its slots, and values on the way. */
  space = 0;
  /** Words whose errors belong to the call that made the frame. */
  callersFault: ReadonlySet<number> = new Set();

  constructor(
    name: string,
    kind: CodeKind,
    options: {
      readonly required?: number;
      readonly rest?: boolean;
      readonly slots?: number;
      readonly cellParameters?: readonly number[];
      readonly shape?: ComponentShape;
    } = {},
  ) {
    this.name = name;
    this.kind = kind;
    this.required = options.required ?? 0;
    this.rest = options.rest ?? false;
    this.slots = options.slots ?? 0;
    this.cellParameters = options.cellParameters ?? [];
    this.shape = options.shape ?? null;
    const plain = kind === "function" && !this.rest && this.cellParameters.length === 0;
    this.arity = plain ? this.required : -1;
    this.weightless = weightless.has(kind);
  }
}

/** What a frame is for: a program's own code, or one of the machine's stubs. */
export type CodeKind =
  | "function"
  | "component"
  | "block"
  | "root"
  | "walk"
  | "try"
  | "cleanup"
  | "provide"
  | "prompt"
  | "resumed"
  | "handler"
  | "signal"
  | "hole";

const weightless: ReadonlySet<CodeKind> = new Set(["block", "root", "try", "cleanup", "provide", "prompt"]);

/** Names and slots of a component's parameters. */
export interface ComponentShape {
  readonly props: readonly {
    readonly name: string;
    readonly required: boolean;
    readonly fallback: boolean;
  }[];
  readonly env: readonly string[];
  readonly attrs: boolean;
  readonly children: boolean;
  /** From the name of a prop or implicit parameter to its slot. */
  readonly slotOf: ReadonlyMap<string, number>;
}

export class VmClosure extends Closure {
  readonly code: Code;
  /** Values and cells it took along. */
  readonly taken: Value[];
  constructor(code: Code, taken: Value[]) {
    super(code.name);
    this.code = code;
    this.taken = taken;
  }
}

export class VmComponent extends Component {
  readonly closure: VmClosure;
  constructor(closure: VmClosure, render: (props: Dict, children: Value[]) => string) {
    super(closure.name, render);
    this.closure = closure;
  }
}

/** A variable that a closure and an assignment share. */
export class Cell {
  value: Value;
  constructor(value: Value) {
    this.value = value;
  }
}

/** A definition's place: what every module that names it is linked to. */
export class GlobalCell {
  readonly name: string;
  /** `unset` until the definition has its value. */
  value: Value;
  /** The value, when it is a closure: calls look here first. */
  closure: VmClosure | null = null;
  /** Some module assigns it. */
  assigned = false;
  constructor(name: string, value: Value) {
    this.name = name;
    this.value = unset;
    this.set(value);
  }

  set(value: Value): void {
    this.value = value;
    this.closure = value instanceof VmClosure ? value : null;
  }
}

/** What a variable holds before its value is there. */
export const unset = Symbol("unset");

/** What a slot holds where a call gave no prop, and `%provided` where nothing is. */
export const absent = Symbol("absent");

/** A copied piece of the frames and the stack; see control.ts. */
export class VmContinuation extends Continuation {
  readonly closures: readonly VmClosure[];
  readonly pcs: readonly number[];
  /** Where each frame's slots begin, counted from the start of the copied stack. */
  readonly bases: readonly number[];
  readonly stack: readonly Value[];
  /** The markup that was in the making. */
  readonly out: string;
  /** How many of its frames count towards no depth. */
  readonly weightless: number;
  /** It is the rest of the whole computation: calling it abandons what is running. */
  readonly whole: boolean;
  constructor(
    frames: { closures: readonly VmClosure[]; pcs: readonly number[]; bases: readonly number[] },
    stack: readonly Value[],
    out: string,
    whole: boolean,
  ) {
    super("continuation");
    this.closures = frames.closures;
    this.pcs = frames.pcs;
    this.bases = frames.bases;
    this.stack = stack;
    this.out = out;
    this.weightless = frames.closures.filter(({ code }) => code.weightless).length;
    this.whole = whole;
  }
}

/** The outcome of a body that a cleanup holds on to. */
export class Raised {
  readonly error: SxError;
  constructor(error: SxError) {
    this.error = error;
  }
}

/** What a CLOSURE instruction makes: a slot of the frame for each thing to take along, or -1 - i for the frame's own i. */
export interface ClosureMaker {
  readonly code: Code;
  readonly sources: readonly number[];
}

/** Among sources: the closure that is running. */
export const ownSelf = -65536;

/** An extension's operation in the code of one module. */
export interface ExtensionStep {
  readonly id: number;
  /** Its operand bytes as one number. */
  readonly argument: number;
  readonly constants: readonly Value[];
}

/** What `run` gives when the machine has to wait. */
export const suspended: unique symbol = Symbol("suspended");
