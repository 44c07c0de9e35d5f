// The machine: frames, a stack of values, and the loop that carries out loaded code (loop.ts). Frames are on the
// heap, in three arrays, so that a call costs a few stores, nothing a program does can exhaust the host's stack,
// and the rest of a computation is a piece of these arrays that can be copied (control.ts).
// Invariant: frame 0 is the root's; of the frames below the running one the arrays say where they go on.

import { deepestActivation } from "../core/depth.ts";
import { SxError, sxError } from "../core/errors.ts";
import type { Span } from "../core/source.ts";
import { Closure, type Value } from "../core/values.ts";
import { Cell, Code, VmClosure, VmContinuation } from "./code.ts";
import { recover, resume } from "./control.ts";
import { loop } from "./loop.ts";
import type { Fallbacks } from "./quick.ts";
import type { RunningExtensions } from "./running-extensions.ts";
import { word } from "./words.ts";

/** A function that the machine itself carries out: `run` finds its arguments on the stack and sees to the answer. */
export class Native extends Closure {
  /** How many arguments it takes, or -1 for any number. */
  readonly arity: number;
  readonly run: (machine: Machine, count: number) => void;
  constructor(name: string, arity: number, run: (machine: Machine, count: number) => void) {
    super(name);
    this.arity = arity;
    this.run = run;
  }
}

/** Something the host will answer later. */
export interface Wait {
  readonly answer: Promise<Value>;
  readonly operation: Value;
  readonly span: Span | null;
}

const rootCode = new Code("root", "root");
rootCode.words = Int32Array.of(word.halt);
rootCode.places = [null];
const root = new VmClosure(rootCode, []);

const firstRoom = 1024;
/** Frames that are no activations pile up only where a continuation goes on with itself, and never this high otherwise. */
const mostWeightless = 1_000_000;

export class Machine {
  stack: Value[] = Array.from({ length: firstRoom }, () => null);
  /** Of frame i: its closure, the word it goes on with once it runs again, and where its slots begin. */
  frames: VmClosure[] = new Array<VmClosure>(deepestActivation + 8).fill(root);
  pcs = new Int32Array(deepestActivation + 8);
  bases = new Int32Array(deepestActivation + 8);

  /** The number of the running frame. */
  depth = 0;
  /** The highest there may be: frames that are no activation, as those of a block, raise it while they are there. */
  limit = deepestActivation;
  pc = 0;
  sp = 0;
  waiting: Wait | null = null;
  /** The markup in the making, as text; its slot on the stack holds the one around it meanwhile. */
  out = "";

  /** The call in hand, for the place of its errors, while it is no longer or not yet the running frame's. */
  callCode: Code | null = null;
  callPc = 0;

  readonly fallbacks: Fallbacks;
  readonly extensions: RunningExtensions;

  constructor(fallbacks: Fallbacks, extensions: RunningExtensions) {
    this.fallbacks = fallbacks;
    this.extensions = extensions;
  }

  /** Forgets whatever was running. */
  reset(): void {
    this.depth = 0;
    this.limit = deepestActivation;
    this.pc = 0;
    this.sp = 0;
    this.waiting = null;
    this.out = "";
    this.callCode = null;
  }

  // Frames

  /** What is running. */
  get closure(): VmClosure {
    return this.frames[this.depth] as VmClosure; // it runs
  }

  /** Where its slots begin. */
  get base(): number {
    return this.bases[this.depth] as number; // it runs
  }

  /** A frame of a closure whose arguments are on the stack from `base` on. */
  pushFrame(closure: VmClosure, base: number): void {
    const { code } = closure;
    if (code.weightless) this.addWeightless(1);
    this.checkDepth();
    this.pcs[this.depth] = this.pc;
    const depth = ++this.depth;
    this.frames[depth] = closure;
    this.bases[depth] = base;
    this.pc = 0;
    this.sp = base + code.slots;
    this.makeRoom(base + code.space);
  }

  /** Refuses one more activation where there are as many as there may be. */
  checkDepth(): void {
    if (this.depth >= this.limit) throw sxError("stack/too-deep", { limit: deepestActivation });
  }

  addWeightless(count: number): void {
    if (this.limit + count > deepestActivation + mostWeightless)
      throw sxError("stack/too-deep", { limit: deepestActivation });
    this.limit += count;
    if (this.limit + 8 <= this.pcs.length) return;
    const grow = (old: Int32Array<ArrayBuffer>) => {
      const array = new Int32Array((this.limit + 8) * 2);
      array.set(old);
      return array;
    };
    this.pcs = grow(this.pcs);
    this.bases = grow(this.bases);
  }

  /** Gives up the running frame; its caller runs, with the stack as it is. */
  popFrame(): void {
    if (this.closure.code.weightless) this.limit--;
    this.depth--;
    this.pc = this.pcs[this.depth] as number; // the root has no caller, and is never left
  }

  /** As `popFrame`, with the values on top put where the frame began. */
  dropFrame(count: number): void {
    const { stack, base } = this;
    const from = this.sp - count;
    for (let i = 0; i < count; i++) stack[base + i] = stack[from + i];
    this.sp = base + count;
    this.popFrame();
  }

  makeRoom(needed: number): void {
    if (needed <= this.stack.length) return;
    for (let i = this.stack.length * 2; this.stack.length < needed || this.stack.length < i; )
      this.stack.push(null);
  }

  // Calls

  /** Calls a value with the arguments on top of the stack; the answer comes where they begin. */
  call(callee: Value, count: number): void {
    if (callee instanceof VmClosure) this.enter(callee, count);
    else if (callee instanceof Native) this.runNative(callee, count);
    else if (typeof callee === "function")
      this.callHost(callee as (...args: Value[]) => Value, count); // functions of this engine are the only ones there are
    else if (callee instanceof VmContinuation) resume(this, callee, count);
    else throw sxError("call/not-callable", { found: callee });
  }

  private callHost(callee: (...args: Value[]) => Value, count: number): void {
    const { stack, sp } = this;
    const start = sp - count;
    stack[start] =
      (count === 2 ? callee(stack[start], stack[start + 1]) : callee(...stack.slice(start, sp))) ?? null;
    this.sp = start + 1;
  }

  runNative(native: Native, count: number): void {
    if (native.arity >= 0 && native.arity !== count)
      throw sxError("call/arity", { name: native.name, expected: String(native.arity), found: count });
    native.run(this, count);
  }

  /** A frame for a function or block, whose arguments are on top of the stack. */
  enter(closure: VmClosure, count: number): void {
    const { code } = closure;
    const { required } = code;
    if (count < required || (count > required && !code.rest)) {
      const expected = code.rest ? `at least ${required}` : String(required);
      throw sxError("call/arity", { name: code.name, expected, found: count });
    }
    const base = this.sp - count;
    const more = code.rest ? this.stack.slice(base + required, this.sp) : null;
    this.pushFrame(closure, base);
    if (more) this.stack[base + required] = more;
    this.boxParameters(code, base);
  }

  boxParameters(code: Code, base: number): void {
    for (const slot of code.cellParameters) this.stack[base + slot] = new Cell(this.stack[base + slot]);
  }

  /** The answer of a native: `count` arguments are taken off the stack. */
  answer(count: number, value: Value): void {
    this.sp -= count;
    this.stack[this.sp++] = value;
  }

  // Errors

  /** Where the running instruction stands in the source. */
  place(): Span | null {
    let code = this.callCode;
    let pc = this.callPc;
    if (!code) {
      code = this.closure.code;
      pc = this.pc - 1;
      if (code.callersFault.has(pc)) {
        code = (this.frames[this.depth - 1] as VmClosure).code; // a component has a caller
        pc = (this.pcs[this.depth - 1] as number) - 1; // likewise
      }
    }
    return code.places[pc] ?? null;
  }

  /** Any error as one of the language that knows its place. */
  private placed(error: unknown): SxError {
    const span = this.place();
    if (error instanceof SxError) return error.span ? error : error.at(span, []);
    if (error instanceof RangeError && /call stack/i.test(error.message))
      return sxError("stack/too-deep", { limit: deepestActivation }, span);
    return sxError("host/failed", { error }, span);
  }

  /** Leaves frames until a `try` takes the error. Throws it where none does. */
  unwind(thrown: unknown): void {
    const error = this.placed(thrown);
    this.callCode = null;
    while (this.depth > 0) {
      const { kind, name } = this.closure.code;
      if (kind === "try" && recover(this, error)) return;
      if (kind === "component") error.components = [...error.components, name];
      this.sp = this.base;
      this.popFrame();
    }
    throw error;
  }

  // Running

  /** Goes on until there is an answer, or `suspended`. Throws the error that nobody caught. */
  run(): Value {
    for (;;) {
      try {
        return loop(this);
      } catch (error) {
        this.unwind(error);
      }
    }
  }
}
