// Control: what a body waits in while it may fail, signal, ask for context or be captured. Each of these is a frame of
// a stub of the machine's own, whose slots hold what it needs; the body is a block that runs above it. A continuation
// is a copy of a piece of frames and stack, and using it puts copies back, so it may be used any number of times.

import { deepestActivation } from "../core/depth.ts";
import { equal } from "../core/equality.ts";
import { fromCondition, type SxError, sxError, toCondition } from "../core/errors.ts";
import { Condition, type Value } from "../core/values.ts";
import { absent, Code, type CodeKind, Raised, VmClosure, VmContinuation } from "./code.ts";
import type { Machine } from "./machine.ts";
import { word } from "./words.ts";

/** A stub: a closure of the machine's own, with slots and a few words. */
export function makeStub(name: string, kind: CodeKind, slots: number, words: readonly number[]): VmClosure {
  const code = new Code(name, kind, { slots });
  code.words = Int32Array.from(words);
  code.places = words.map(() => null);
  code.space = slots + 4;
  return new VmClosure(code, []);
}

/** Slots: handler or nil, cleanup or nil, and the markup in the making. */
const tryStub = makeStub("try", "try", 3, [word.tryDone]);
/** Slot: what the body came to, a value or a `Raised`. */
const cleanupStub = makeStub("cleanup", "cleanup", 2, [word.cleanupDone]);
/** Slots: key, value. */
const provideStub = makeStub("provide", "provide", 2, [word.blockReturn]);
/** Slots: tag, and the markup in the making around it: its body's may have been begun elsewhere. */
const promptStub = makeStub("prompt", "prompt", 2, [word.promptDone]);
/** A prompt that a continuation brings back: it counts as an activation, as what is called does. */
const resumedStub = makeStub("prompt", "resumed", 2, [word.promptDone]);
/** Slots: code and word of the call, handler. */
const handlerStub = makeStub("with-handler", "handler", 3, [word.return]);
/** Slots: code and word of the call, how many frames below the handler waits. */
const signalStub = makeStub("raise-continuable", "signal", 3, [word.return]);

// Errors

/** `%try`: body, handler and cleanup. */
export function startTry(m: Machine): void {
  const base = m.sp - 3;
  const [body, handler, cleanup] = m.stack.slice(base, m.sp) as [VmClosure, Value, Value]; // blocks, or nil
  m.pushFrame(tryStub, base);
  m.stack[base] = handler;
  m.stack[base + 1] = cleanup;
  m.stack[base + 2] = m.out;
  m.enter(body, 0);
}

/** Hands an error to a `try` that still takes one. */
export function recover(m: Machine, error: SxError): boolean {
  const { stack, base } = m;
  const [handler, cleanup] = [stack[base], stack[base + 1]];
  m.out = stack[base + 2] as string; // startTry put it there
  if (handler instanceof VmClosure) {
    if (cleanup instanceof VmClosure) {
      stack[base] = null;
      m.sp = base + 3;
    } else {
      m.sp = base;
      m.popFrame();
    }
    enterInPlace(m, handler, [caught(error)]);
    return true;
  }
  runCleanup(m, cleanup as VmClosure, new Raised(error)); // a try has one or the other
  return true;
}

/** What `catch` binds. */
function caught(error: SxError): Value {
  return error.kind === "raised" ? (error.payload ?? null) : toCondition(error);
}

/** The body, or the handler, gave a value. */
export function leaveTry(m: Machine): void {
  const { stack, base } = m;
  const value = stack[m.sp - 1];
  const cleanup = stack[base + 1];
  if (cleanup instanceof VmClosure) runCleanup(m, cleanup, value);
  else leave(m, value);
}

/** The frame of a `try` becomes one that keeps the outcome while the cleanup runs. */
function runCleanup(m: Machine, cleanup: VmClosure, outcome: Value): void {
  m.frames[m.depth] = cleanupStub;
  m.pc = 0;
  m.stack[m.base] = outcome;
  m.sp = m.base + 2;
  m.enter(cleanup, 0);
}

export function leaveCleanup(m: Machine): void {
  const outcome = m.stack[m.base];
  if (!(outcome instanceof Raised)) return leave(m, outcome);
  m.sp = m.base;
  m.popFrame();
  throw outcome.error;
}

/** The running frame answers. */
function leave(m: Machine, value: Value): void {
  m.stack[m.base] = value;
  m.sp = m.base + 1;
  m.popFrame();
}

/** A block in the place of what the running frame was waiting for: where that was the frame's answer, in its place. */
function enterInPlace(m: Machine, block: VmClosure, args: readonly Value[]): void {
  const next = (m.closure.code.words[m.pc] as number) & 255; // code ends with a return
  const answers = next === word.return || next === word.blockReturn;
  if (answers && m.depth > 0 && m.closure.code.kind !== "component" && isProgram(m.closure.code)) {
    m.sp = m.base;
    m.popFrame();
  }
  for (const arg of args) m.stack[m.sp++] = arg;
  m.enter(block, args.length);
}

function isProgram({ kind }: Code): boolean {
  return kind === "function" || kind === "block";
}

/** The error that raising a value makes. */
export function raised(value: Value): SxError {
  return value instanceof Condition ? fromCondition(value) : sxError("raised", { value });
}

// Signals

/** `with-handler`: a handler, and a function to run with it. */
export function startHandler(m: Machine): void {
  const base = m.sp - 2;
  const [handler, body] = [m.stack[base], m.stack[base + 1]];
  m.pushFrame(handlerStub, base);
  fillOrigin(m);
  m.stack[base + 2] = handler;
  m.call(body, 0);
}

/** `raise-continuable`: the nearest handler answers in its place, unless a `catch` is nearer. */
export function signal(m: Machine): void {
  const base = m.sp - 1;
  const value = m.stack[base];
  const found = nearestHandler(m);
  if (found < 0) throw raised(value);
  const handler = m.stack[(m.bases[found] as number) + 2]; // it was found
  m.pushFrame(signalStub, base);
  fillOrigin(m);
  m.stack[base + 2] = m.depth - found;
  m.stack[m.sp++] = value;
  m.call(handler, 1);
}

/** The frame of the handler that a signal asks, or -1. A handler runs outside its own frame. */
function nearestHandler(m: Machine): number {
  for (let at = m.depth; at > 0; at--) {
    const { kind } = (m.frames[at] as VmClosure).code; // at <= depth
    const base = m.bases[at] as number; // likewise
    if (kind === "handler") return at;
    if (kind === "try" && m.stack[base] !== null) return -1;
    if (kind === "signal") at -= m.stack[base + 2] as number; // on below the handler that is answering
  }
  return -1;
}

/** Where the call that made a stub's frame stands, in the stub's first slots. */
export function fillOrigin(m: Machine): void {
  m.stack[m.base] = m.callCode;
  m.stack[m.base + 1] = m.callPc;
}

// Context

/** `%provide`: key, value and body. */
export function startProvide(m: Machine): void {
  const base = m.sp - 3;
  const body = m.stack[base + 2] as VmClosure; // the compiler makes it
  m.pushFrame(provideStub, base);
  m.enter(body, 0);
}

/** `%provided`: what is provided for a key, or `absent`. */
export function provided(m: Machine, key: Value): Value {
  for (let at = m.depth; at > 0; at--) {
    if ((m.frames[at] as VmClosure).code.kind !== "provide") continue; // at <= depth
    const base = m.bases[at] as number; // likewise
    if (equal(m.stack[base], key)) return m.stack[base + 1];
  }
  return absent;
}

/** A key and what is provided for it. */
export interface Provided {
  readonly key: Value;
  readonly value: Value;
}

/** All that is provided where the machine is, innermost first. */
export function providedAround(m: Machine): Provided[] {
  const found: Provided[] = [];
  for (let at = m.depth; at > 0; at--) {
    if ((m.frames[at] as VmClosure).code.kind !== "provide") continue; // at <= depth
    const base = m.bases[at] as number; // likewise
    found.push({ key: m.stack[base], value: m.stack[base + 1] });
  }
  return found;
}

/** Provides all of it again, for what runs next. */
export function startProvided(m: Machine, around: readonly Provided[]): void {
  for (const { key, value } of around.toReversed()) {
    const base = m.sp;
    m.pushFrame(provideStub, base);
    m.stack[base] = key;
    m.stack[base + 1] = value;
  }
}

// Continuations

/** `%prompt`: a tag and a body. */
export function startPrompt(m: Machine): void {
  const base = m.sp - 2;
  const body = m.stack[base + 1] as VmClosure; // the compiler makes it
  m.pushFrame(promptStub, base);
  m.stack[base + 1] = m.out;
  m.enter(body, 0);
}

/** The body of a prompt gave a value. */
export function leavePrompt(m: Machine): void {
  m.out = m.stack[m.base + 1] as string; // startPrompt, or resume, put it there
  leave(m, m.stack[m.sp - 1]);
}

/** `%capture`: a tag, and a block that gets the continuation and runs outside of the prompt. */
export function capture(m: Machine): void {
  const [tag, body] = [m.stack[m.sp - 2], m.stack[m.sp - 1] as VmClosure]; // the compiler makes the block
  let at = m.depth;
  for (; at > 0; at--) {
    const { kind } = (m.frames[at] as VmClosure).code; // at <= depth
    if ((kind === "prompt" || kind === "resumed") && equal(m.stack[m.bases[at] as number], tag)) break; // likewise
  }
  if (at === 0) throw sxError("control/no-prompt", { tag });
  m.sp -= 2;
  const continuation = copyFrames(m, at, false);
  m.out = m.stack[(m.bases[at] as number) + 1] as string; // so startPrompt fills its slots
  while (m.depth >= at) {
    m.sp = m.base;
    m.popFrame();
  }
  enterInPlace(m, body, [continuation]);
}

/** `call/cc`: the continuation is the whole computation's. */
export function callWithContinuation(m: Machine): void {
  const callee = m.stack[--m.sp];
  m.stack[m.sp] = copyFrames(m, 1, true);
  m.sp++;
  m.call(callee, 1);
}

/** A copy of the frames from one to the running one. */
function copyFrames(m: Machine, from: number, whole: boolean): VmContinuation {
  const start = from <= m.depth ? (m.bases[from] as number) : m.sp; // it is there
  m.pcs[m.depth] = m.pc;
  const closures = m.frames.slice(from, m.depth + 1);
  if (!whole) closures[0] = resumedStub;
  const pcs = [...m.pcs.subarray(from, m.depth + 1)];
  const bases = [...m.bases.subarray(from, m.depth + 1)].map((base) => base - start);
  const stack = m.stack.slice(start, m.sp);
  copyGathered(closures, bases, stack);
  return new VmContinuation({ closures, pcs, bases }, stack, m.out, whole);
}

/** What a walk has gathered belongs to one use; everything else that slots hold is shared, or never changed. */
function copyGathered(closures: readonly VmClosure[], bases: readonly number[], stack: Value[]): void {
  for (const [index, { code }] of closures.entries()) {
    if (code.kind !== "walk") continue;
    const slot = (bases[index] as number) + 4; // one base for each
    const gathered = stack[slot];
    if (Array.isArray(gathered) && code.name !== "reduce") stack[slot] = [...gathered];
  }
}

/** Goes on with a continuation; its argument is on top of the stack. */
export function resume(m: Machine, continuation: VmContinuation, count: number): void {
  if (count !== 1) throw sxError("call/arity", { name: continuation.name, expected: "1", found: count });
  const value = m.stack[--m.sp];
  const { closures, pcs, bases, whole } = continuation;
  if (whole) {
    while (m.depth > 0) m.popFrame();
    m.sp = 0;
  }
  m.addWeightless(continuation.weightless);
  if (m.depth + closures.length > m.limit) {
    m.limit -= continuation.weightless;
    throw sxError("stack/too-deep", { limit: deepestActivation });
  }
  const start = m.sp;
  const stack = [...continuation.stack];
  copyGathered(closures, bases, stack);
  m.makeRoom(start + stack.length + 1);
  for (let i = 0; i < stack.length; i++) m.stack[start + i] = stack[i];
  for (let i = 0; i < closures.length; i++) {
    m.pcs[m.depth] = m.pc;
    const depth = ++m.depth;
    m.frames[depth] = closures[i] as VmClosure; // inside the bounds
    m.bases[depth] = start + (bases[i] as number); // likewise
    m.pc = pcs[i] as number; // likewise
  }
  if (!whole) m.stack[start + 1] = m.out; // it begins with the frame of its prompt
  m.out = continuation.out;
  m.sp = start + stack.length;
  m.stack[m.sp++] = value;
  m.makeRoom(m.base + m.closure.code.space);
}

// Effects

/** `%perform`: an operation and its arguments. What the host answers later, the machine waits for. */
export function perform(m: Machine, ask: (operation: Value, args: readonly Value[]) => Value): void {
  const [operation, args] = [m.stack[m.sp - 2], m.stack[m.sp - 1] as Value[]]; // the compiler makes the list
  m.sp -= 2;
  const answer = ask(operation, args);
  if (answer instanceof Promise) {
    m.waiting = { answer, operation, span: m.place() };
    return;
  }
  m.stack[m.sp++] = answer ?? null;
}
