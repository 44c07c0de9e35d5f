// The steps that the loop does not do itself: calls of whatever is not a closure with just the right arguments, the
// machine's own functions, and what happens when a stub's turn comes. The registers are in the machine meanwhile.

import { isTrue, type Value } from "../core/values.ts";
import type { Code, ExtensionStep, GlobalCell } from "./code.ts";
import { callComponent, type Site } from "./component.ts";
import { leaveCleanup, leavePrompt, leaveTry } from "./control.ts";
import type { Machine, Native } from "./machine.ts";
import { word } from "./words.ts";

/** Carries out the word that was just read. */
export function step(m: Machine, w: number): void {
  const { stack, closure } = m;
  const { constants } = closure.code;
  switch (w & 255) {
    case word.native: {
      noteCall(m);
      m.runNative(constants[(w >>> 8) & 65535] as Native, w >>> 24); // the loader put it there
      break;
    }
    case word.component:
      noteCall(m);
      callComponent(m, constants[w >>> 8] as Site); // likewise
      break;
    case word.call:
    case word.tailCall:
      callUnder(m, w >>> 8, (w & 255) === word.tailCall);
      break;
    case word.blockTail:
      callUnder(m, w >>> 8, true);
      break;
    case word.callGlobal:
    case word.callOwn:
      callNamed(m, constants[(w >>> 8) & 65535] as GlobalCell, w >>> 24, false); // likewise
      break;
    case word.tailGlobal:
    case word.tailOwn:
      callNamed(m, constants[(w >>> 8) & 65535] as GlobalCell, w >>> 24, true); // likewise
      break;
    case word.callSelf:
      callValue(m, closure, w >>> 8, false);
      break;
    case word.callLocal:
      callValue(m, stack[m.base + ((w >>> 8) & 65535)], w >>> 24, false);
      break;
    case word.callTaken:
      callValue(m, closure.taken[(w >>> 8) & 65535], w >>> 24, false);
      break;
    case word.walk:
    case word.walkIndexed:
    case word.walkReduce:
      callWalked(m, w & 255);
      break;
    case word.keepSome:
    case word.keepEvery:
      keepAnswer(m, (w & 255) === word.keepSome);
      return;
    case word.tryDone:
      leaveTry(m);
      break;
    case word.promptDone:
      leavePrompt(m);
      break;
    case word.cleanupDone:
      leaveCleanup(m);
      break;
    case word.extension: {
      const { id, argument, constants: pool } = constants[w >>> 8] as ExtensionStep; // likewise
      m.sp = m.extensions.run(id, argument, stack, m.sp, pool);
      m.makeRoom(m.base + closure.code.space);
      return;
    }
    default:
      throw new Error(`The loop has no step ${w & 255}.`);
  }
  m.callCode = null;
}

/** Errors of the call in hand belong to the instruction that is running, whatever becomes of its frame. */
function noteCall(m: Machine): void {
  m.callCode = m.closure.code;
  m.callPc = m.pc - 1;
}

function callNamed(m: Machine, { value }: GlobalCell, count: number, tail: boolean): void {
  callValue(m, value, count, tail); // only functions' cells are called by name, and those always have a value
}

/** A call of the value under its arguments. */
function callUnder(m: Machine, count: number, tail: boolean): void {
  const { stack } = m;
  const start = m.sp - count - 1;
  const callee = stack[start];
  for (let i = start; i < m.sp - 1; i++) stack[i] = stack[i + 1];
  m.sp--;
  callValue(m, callee, count, tail);
}

function callValue(m: Machine, callee: Value, count: number, tail: boolean): void {
  noteCall(m);
  if (tail) m.dropFrame(count);
  m.call(callee, count);
}

/** The next call of a walk; see natives.ts for its slots. Its errors belong to the call that began it. */
function callWalked(m: Machine, kind: number): void {
  const { stack, base } = m;
  const at = stack[base + 5] as number; // so `startWalk` fills them
  const item = (stack[base + 3] as Value[])[at]; // likewise
  stack[base + 6] = item;
  if (kind === word.walkIndexed) stack[m.sp++] = at;
  if (kind === word.walkReduce) stack[m.sp++] = stack[base + 4];
  stack[m.sp++] = item;
  m.callCode = stack[base] as Code; // likewise
  m.callPc = stack[base + 1] as number; // likewise
  m.call(stack[base + 2], kind === word.walk ? 1 : 2);
}

/** `some` ends at the first true answer, and `every?` at the first that is not. */
function keepAnswer(m: Machine, ending: boolean): void {
  const { stack, base } = m;
  const answer = stack[--m.sp];
  m.pc = 0;
  if (isTrue(answer) !== ending) {
    stack[base + 5] = (stack[base + 5] as number) + 1; // so `startWalk` fills it
    return;
  }
  stack[base + 4] = ending ? answer : false;
  stack[base + 5] = Number.POSITIVE_INFINITY;
}
