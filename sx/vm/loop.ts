// The loop: one step of loaded code after the other, with the machine's registers in variables of the host. A step
// that has more to do than to move values, or that finds other values than it hoped for, is carried out by step.ts,
// with the registers back in the machine meanwhile; before anything that may fail, what the error's place is found by
// goes there. The numbers are those of words.ts. It is one function because that is what makes it quick, and
// it holds the common cases alone because the host's compiler takes its time over each.

import { display } from "../core/display.ts";
import { sxError } from "../core/errors.ts";
import { type Dict, isTrue, Markup, type Value } from "../core/values.ts";
import { escapeText } from "../render/escape.ts";
import {
  Cell,
  type ClosureMaker,
  type GlobalCell,
  ownSelf,
  suspended,
  unset,
  VmClosure,
  type VmComponent,
} from "./code.ts";
import type { Site } from "./component.ts";
import type { Machine } from "./machine.ts";
import { keepLine, type ValuesPrinter } from "./markup.ts";
import { childText, consOf, copyLiteral, equals, isPlain, restOf } from "./quick.ts";
import { step } from "./step.ts";

type Fn = (...args: Value[]) => Value;
type Printer = (value: Value) => string;
type Two = (a: Value, b: Value) => Value;

/** No program has it. */
const noDict: Dict = {};

/** Goes on until there is an answer, or `suspended`. Throws where something fails; the machine then unwinds. */
export function loop(m: Machine): Value {
  let { stack, frames, pcs, bases, depth, limit, closure, pc, base, sp, out } = m;
  let { words, constants } = closure.code;
  let size = stack.length;
  const { fallbacks } = m;
  /** Of a step that calls: what, and where its arguments begin. */
  let callee = closure;
  let start = 0;
  /** The plain dict that was looked into last; it is looked into several times, as a rule. */
  let known = noDict;
  for (;;) {
    const w = words[pc++] as number; // code ends with a return
    // What operands and constants are is the loader's word; the casts below rely on it.
    // biome-ignore lint/suspicious/noConfusingLabels: steps that call end alike, and so do steps that answer
    leaves: {
      // biome-ignore lint/suspicious/noConfusingLabels: likewise
      enters: {
        switch (w & 255) {
          case 0: // halt
            m.reset();
            return stack[sp - 1];
          case 1: // constant
            stack[sp++] = constants[w >>> 8];
            continue;
          case 2: // copy
            stack[sp++] = copyLiteral(constants[w >>> 8]);
            continue;
          case 3: // nil
            stack[sp++] = null;
            continue;
          case 4: // true
            stack[sp++] = true;
            continue;
          case 5: // false
            stack[sp++] = false;
            continue;
          case 6: // pop
            sp--;
            continue;
          case 7: // dup
            stack[sp] = stack[sp - 1];
            sp++;
            continue;
          case 8: // local
            stack[sp++] = stack[base + (w >>> 8)];
            continue;
          case 9: // localCell
            stack[sp++] = (stack[base + (w >>> 8)] as Cell).value;
            continue;
          case 10: // setLocal
            stack[base + (w >>> 8)] = stack[sp - 1];
            continue;
          case 11: // bindLocal
            stack[base + (w >>> 8)] = stack[--sp];
            continue;
          case 12: // bindCell
            stack[base + (w >>> 8)] = new Cell(stack[sp - 1]);
            continue;
          case 13: // setCell
            (stack[base + (w >>> 8)] as Cell).value = stack[sp - 1];
            continue;
          case 14: // taken
            stack[sp++] = closure.taken[w >>> 8];
            continue;
          case 15: // takenCell
            stack[sp++] = (closure.taken[w >>> 8] as Cell).value;
            continue;
          case 16: // setTaken
            (closure.taken[w >>> 8] as Cell).value = stack[sp - 1];
            continue;
          case 17: // self
            stack[sp++] = closure;
            continue;
          case 18: {
            // global
            const { value, name } = constants[w >>> 8] as GlobalCell;
            if (value === unset) {
              m.pc = pc;
              m.depth = depth;
              throw sxError("name/uninitialised", { name });
            }
            stack[sp++] = value;
            continue;
          }
          case 19: // setGlobal
          case 20: // define
            (constants[w >>> 8] as GlobalCell).set(stack[sp - 1]);
            continue;
          case 21: // jump
            pc = w >>> 8;
            continue;
          case 22: {
            // jumpIfFalse
            const value = stack[--sp];
            if (value === false || value === null || value === undefined) pc = w >>> 8;
            continue;
          }
          case 23: {
            // jumpIfTrue
            const value = stack[--sp];
            if (value !== false && value !== null && value !== undefined) pc = w >>> 8;
            continue;
          }
          case 24: {
            // call
            start = sp - (w >>> 8) - 1;
            const found = stack[start];
            if (!(found instanceof VmClosure) || found.code.arity !== w >>> 8) break;
            if (depth >= limit || start + found.code.space > size) break;
            for (let i = start; i < sp - 1; i++) stack[i] = stack[i + 1];
            callee = found;
            break enters;
          }
          case 25: {
            // tailCall
            const found = stack[sp - (w >>> 8) - 1];
            if (!(found instanceof VmClosure) || found.code.arity !== w >>> 8) break;
            if (base + found.code.space > size) break;
            const from = sp - (w >>> 8);
            for (let i = 0; i < w >>> 8; i++) stack[base + i] = stack[from + i];
            closure = found;
            frames[depth] = found;
            sp = base + found.code.slots;
            pc = 0;
            words = found.code.words;
            constants = found.code.constants;
            continue;
          }
          case 26: // return
            stack[base] = stack[sp - 1];
            break leaves;
          case 27: // blockReturn
            stack[base] = stack[sp - 1];
            m.limit = --limit;
            break leaves;
          case 28: {
            // closure
            const { code, sources } = constants[w >>> 8] as ClosureMaker;
            const taken = new Array<Value>(sources.length);
            for (let i = 0; i < sources.length; i++) {
              const source = sources[i] as number; // inside the bounds
              if (source >= 0) taken[i] = stack[base + source];
              else taken[i] = source === ownSelf ? closure : closure.taken[-1 - source];
            }
            stack[sp++] = new VmClosure(code, taken);
            continue;
          }
          case 29: // prim0
            m.pc = pc;
            m.depth = depth;
            stack[sp++] = (constants[w >>> 8] as Fn)() ?? null;
            continue;
          case 30: // prim1
            m.pc = pc;
            m.depth = depth;
            stack[sp - 1] = (constants[w >>> 8] as Fn)(stack[sp - 1]) ?? null;
            continue;
          case 31: // prim2
            m.pc = pc;
            m.depth = depth;
            sp--;
            stack[sp - 1] = (constants[w >>> 8] as Fn)(stack[sp - 1], stack[sp]) ?? null;
            continue;
          case 32: // prim3
            m.pc = pc;
            m.depth = depth;
            sp -= 2;
            stack[sp - 1] = (constants[w >>> 8] as Fn)(stack[sp - 1], stack[sp], stack[sp + 1]) ?? null;
            continue;
          case 33: // primMany
            m.pc = pc;
            m.depth = depth;
            start = sp - (w >>> 24);
            stack[start] = (constants[(w >>> 8) & 65535] as Fn)(...stack.slice(start, sp)) ?? null;
            sp = start + 1;
            continue;
          case 34: // list
            start = sp - (w >>> 8);
            stack[start] = stack.slice(start, sp);
            sp = start + 1;
            continue;
          case 35: {
            // dict
            start = sp - 2 * (w >>> 8);
            const dict: Record<string, Value> = {};
            for (let i = start; i < sp; i += 2) dict[stack[i] as string] = stack[i + 1];
            stack[start] = dict;
            sp = start + 1;
            continue;
          }
          case 36: {
            // text
            m.pc = pc;
            m.depth = depth;
            start = sp - (w >>> 8);
            let text = "";
            for (let i = start; i < sp; i++) {
              const value = stack[i];
              text += typeof value === "string" ? value : display(value, "str", "part");
            }
            stack[start] = text;
            sp = start + 1;
            continue;
          }
          case 37: // native
          case 39: // extension
            break;
          case 38: {
            // component
            const site = constants[w >>> 8] as Site;
            const { cell } = site;
            if (cell === null || cell.value !== site.component || !site.direct) break;
            callee = (site.component as VmComponent).closure;
            start = sp - site.count;
            if (depth >= limit || start + callee.code.space > size) break;
            const { fills } = site;
            for (let i = 0; i < fills.length; i++) stack[sp + i] = fills[i];
            break enters;
          }
          case 40: {
            // callGlobal
            const found = (constants[(w >>> 8) & 65535] as GlobalCell).closure;
            start = sp - (w >>> 24);
            if (found === null || found.code.arity !== w >>> 24) break;
            if (depth >= limit || start + found.code.space > size) break;
            callee = found;
            break enters;
          }
          case 41: {
            // tailGlobal
            const found = (constants[(w >>> 8) & 65535] as GlobalCell).closure;
            if (found === null || found.code.arity !== w >>> 24) break;
            if (base + found.code.space > size) break;
            const from = sp - (w >>> 24);
            for (let i = 0; i < w >>> 24; i++) stack[base + i] = stack[from + i];
            closure = found;
            frames[depth] = found;
            sp = base + found.code.slots;
            pc = 0;
            words = found.code.words;
            constants = found.code.constants;
            continue;
          }
          case 70: // callOwn
            if ((constants[(w >>> 8) & 65535] as GlobalCell).closure !== closure) break;
            start = sp - (w >>> 24);
            if (depth >= limit || start + closure.code.space > size) break;
            callee = closure;
            break enters;
          case 71: {
            // tailOwn
            const count = w >>> 24;
            if ((constants[(w >>> 8) & 65535] as GlobalCell).closure !== closure) break;
            const from = sp - count;
            for (let i = 0; i < count; i++) stack[base + i] = stack[from + i];
            sp = base + closure.code.slots;
            pc = 0;
            continue;
          }
          case 42: // callSelf
            start = sp - (w >>> 8);
            if (depth >= limit || start + closure.code.space > size) break;
            callee = closure;
            break enters;
          case 43: {
            // tailSelf
            const from = sp - (w >>> 8);
            for (let i = 0; i < w >>> 8; i++) stack[base + i] = stack[from + i];
            sp = base + closure.code.slots;
            pc = 0;
            continue;
          }
          case 44: // callLocal
          case 45: {
            // callTaken
            const place = (w >>> 8) & 65535;
            const found = (w & 255) === 44 ? stack[base + place] : closure.taken[place];
            start = sp - (w >>> 24);
            if (!(found instanceof VmClosure) || found.code.arity !== w >>> 24) break;
            if (depth >= limit || start + found.code.space > size) break;
            callee = found;
            break enters;
          }
          case 46: // returnLocal
            stack[base] = stack[base + (w >>> 8)];
            break leaves;
          case 47: // returnConstant
            stack[base] = constants[w >>> 8];
            break leaves;
          case 48: {
            // + of stack
            const b = stack[--sp];
            const a = stack[sp - 1];
            if (typeof a === "number" && typeof b === "number") {
              const result = a + b;
              if (result - result === 0) {
                stack[sp - 1] = result;
                continue;
              }
            }
            m.pc = pc;
            m.depth = depth;
            stack[sp - 1] = (fallbacks.arithmetic[0] as Two)(a, b);
            continue;
          }
          case 49: {
            // + of stack, constant
            const a = stack[sp - 1];
            const b = constants[w >>> 8];
            if (typeof a === "number" && typeof b === "number") {
              const result = a + b;
              if (result - result === 0) {
                stack[sp - 1] = result;
                continue;
              }
            }
            m.pc = pc;
            m.depth = depth;
            stack[sp - 1] = (fallbacks.arithmetic[0] as Two)(a, b);
            continue;
          }
          case 50: {
            // + of slot, constant
            const a = stack[base + ((w >>> 8) & 255)];
            const b = constants[w >>> 16];
            if (typeof a === "number" && typeof b === "number") {
              const result = a + b;
              if (result - result === 0) {
                stack[sp++] = result;
                continue;
              }
            }
            m.pc = pc;
            m.depth = depth;
            stack[sp++] = (fallbacks.arithmetic[0] as Two)(a, b);
            continue;
          }
          case 51: {
            // + of slots
            const a = stack[base + ((w >>> 8) & 255)];
            const b = stack[base + (w >>> 16)];
            if (typeof a === "number" && typeof b === "number") {
              const result = a + b;
              if (result - result === 0) {
                stack[sp++] = result;
                continue;
              }
            }
            m.pc = pc;
            m.depth = depth;
            stack[sp++] = (fallbacks.arithmetic[0] as Two)(a, b);
            continue;
          }
          case 52: {
            // - of stack
            const b = stack[--sp];
            const a = stack[sp - 1];
            if (typeof a === "number" && typeof b === "number") {
              const result = a - b;
              if (result - result === 0) {
                stack[sp - 1] = result;
                continue;
              }
            }
            m.pc = pc;
            m.depth = depth;
            stack[sp - 1] = (fallbacks.arithmetic[1] as Two)(a, b);
            continue;
          }
          case 53: {
            // - of stack, constant
            const a = stack[sp - 1];
            const b = constants[w >>> 8];
            if (typeof a === "number" && typeof b === "number") {
              const result = a - b;
              if (result - result === 0) {
                stack[sp - 1] = result;
                continue;
              }
            }
            m.pc = pc;
            m.depth = depth;
            stack[sp - 1] = (fallbacks.arithmetic[1] as Two)(a, b);
            continue;
          }
          case 54: {
            // - of slot, constant
            const a = stack[base + ((w >>> 8) & 255)];
            const b = constants[w >>> 16];
            if (typeof a === "number" && typeof b === "number") {
              const result = a - b;
              if (result - result === 0) {
                stack[sp++] = result;
                continue;
              }
            }
            m.pc = pc;
            m.depth = depth;
            stack[sp++] = (fallbacks.arithmetic[1] as Two)(a, b);
            continue;
          }
          case 55: {
            // - of slots
            const a = stack[base + ((w >>> 8) & 255)];
            const b = stack[base + (w >>> 16)];
            if (typeof a === "number" && typeof b === "number") {
              const result = a - b;
              if (result - result === 0) {
                stack[sp++] = result;
                continue;
              }
            }
            m.pc = pc;
            m.depth = depth;
            stack[sp++] = (fallbacks.arithmetic[1] as Two)(a, b);
            continue;
          }
          case 56: {
            // * of stack
            const b = stack[--sp];
            const a = stack[sp - 1];
            if (typeof a === "number" && typeof b === "number") {
              const result = a * b;
              if (result - result === 0) {
                stack[sp - 1] = result;
                continue;
              }
            }
            m.pc = pc;
            m.depth = depth;
            stack[sp - 1] = (fallbacks.arithmetic[2] as Two)(a, b);
            continue;
          }
          case 57: {
            // * of stack, constant
            const a = stack[sp - 1];
            const b = constants[w >>> 8];
            if (typeof a === "number" && typeof b === "number") {
              const result = a * b;
              if (result - result === 0) {
                stack[sp - 1] = result;
                continue;
              }
            }
            m.pc = pc;
            m.depth = depth;
            stack[sp - 1] = (fallbacks.arithmetic[2] as Two)(a, b);
            continue;
          }
          case 58: {
            // * of slot, constant
            const a = stack[base + ((w >>> 8) & 255)];
            const b = constants[w >>> 16];
            if (typeof a === "number" && typeof b === "number") {
              const result = a * b;
              if (result - result === 0) {
                stack[sp++] = result;
                continue;
              }
            }
            m.pc = pc;
            m.depth = depth;
            stack[sp++] = (fallbacks.arithmetic[2] as Two)(a, b);
            continue;
          }
          case 59: {
            // * of slots
            const a = stack[base + ((w >>> 8) & 255)];
            const b = stack[base + (w >>> 16)];
            if (typeof a === "number" && typeof b === "number") {
              const result = a * b;
              if (result - result === 0) {
                stack[sp++] = result;
                continue;
              }
            }
            m.pc = pc;
            m.depth = depth;
            stack[sp++] = (fallbacks.arithmetic[2] as Two)(a, b);
            continue;
          }
          case 60: {
            // less
            const b = stack[--sp];
            const a = stack[sp - 1];
            if (typeof a === "number" && typeof b === "number") stack[sp - 1] = a < b;
            else {
              m.pc = pc;
              m.depth = depth;
              stack[sp - 1] = (fallbacks.arithmetic[3] as Two)(a, b);
            }
            continue;
          }
          case 61: {
            // equal
            const b = stack[--sp];
            const a = stack[sp - 1];
            let holds = a === b;
            if (!holds && (typeof a !== "number" || typeof b !== "number")) {
              m.pc = pc;
              m.depth = depth;
              holds = equals(a, b);
            }
            stack[sp - 1] = holds;
            continue;
          }
          case 64: {
            // compare stack
            sp -= 2;
            const a = stack[sp];
            const b = stack[sp + 1];
            const how = words[pc++] as number; // it follows
            let holds = a === b;
            if (typeof a === "number" && typeof b === "number") {
              const relation = (how >>> 24) & 7;
              if (relation === 0) holds = a < b;
              else if (relation !== 4) holds = relation === 1 ? a <= b : relation === 2 ? a > b : a >= b;
            } else if (!holds || how >>> 24 !== 4) {
              m.pc = pc - 1;
              m.depth = depth;
              holds = relates(fallbacks.arithmetic, (how >>> 24) & 7, a, b);
            }
            if (holds === how >= 1 << 27) pc = how & 0xffffff;
            continue;
          }
          case 65: {
            // compare stack, constant
            const a = stack[--sp];
            const b = constants[w >>> 8];
            const how = words[pc++] as number; // it follows
            let holds = a === b;
            if (typeof a === "number" && typeof b === "number") {
              const relation = (how >>> 24) & 7;
              if (relation === 0) holds = a < b;
              else if (relation !== 4) holds = relation === 1 ? a <= b : relation === 2 ? a > b : a >= b;
            } else if (!holds || how >>> 24 !== 4) {
              m.pc = pc - 1;
              m.depth = depth;
              holds = relates(fallbacks.arithmetic, (how >>> 24) & 7, a, b);
            }
            if (holds === how >= 1 << 27) pc = how & 0xffffff;
            continue;
          }
          case 66: {
            // compare slot, constant
            const a = stack[base + ((w >>> 8) & 255)];
            const b = constants[w >>> 16];
            const how = words[pc++] as number; // it follows
            let holds = a === b;
            if (typeof a === "number" && typeof b === "number") {
              const relation = (how >>> 24) & 7;
              if (relation === 0) holds = a < b;
              else if (relation !== 4) holds = relation === 1 ? a <= b : relation === 2 ? a > b : a >= b;
            } else if (!holds || how >>> 24 !== 4) {
              m.pc = pc - 1;
              m.depth = depth;
              holds = relates(fallbacks.arithmetic, (how >>> 24) & 7, a, b);
            }
            if (holds === how >= 1 << 27) pc = how & 0xffffff;
            continue;
          }
          case 67: {
            // compare slots
            const a = stack[base + ((w >>> 8) & 255)];
            const b = stack[base + (w >>> 16)];
            const how = words[pc++] as number; // it follows
            let holds = a === b;
            if (typeof a === "number" && typeof b === "number") {
              const relation = (how >>> 24) & 7;
              if (relation === 0) holds = a < b;
              else if (relation !== 4) holds = relation === 1 ? a <= b : relation === 2 ? a > b : a >= b;
            } else if (!holds || how >>> 24 !== 4) {
              m.pc = pc - 1;
              m.depth = depth;
              holds = relates(fallbacks.arithmetic, (how >>> 24) & 7, a, b);
            }
            if (holds === how >= 1 << 27) pc = how & 0xffffff;
            continue;
          }
          case 100: {
            // not
            const value = stack[sp - 1];
            stack[sp - 1] = value === false || value === null || value === undefined;
            continue;
          }
          case 101: {
            // isNil
            const value = stack[sp - 1];
            stack[sp - 1] = value === null || value === undefined;
            continue;
          }
          case 102: {
            // isEmpty
            m.pc = pc;
            m.depth = depth;
            const value = stack[sp - 1];
            stack[sp - 1] = Array.isArray(value) ? value.length === 0 : fallbacks.isEmpty(value);
            continue;
          }
          case 103: {
            // first
            m.pc = pc;
            m.depth = depth;
            const value = stack[sp - 1];
            stack[sp - 1] =
              (Array.isArray(value) && value.length > 0 ? value[0] : fallbacks.first(value)) ?? null;
            continue;
          }
          case 104: // rest
            m.pc = pc;
            m.depth = depth;
            stack[sp - 1] = restOf(stack[sp - 1], fallbacks.rest);
            continue;
          case 105: // cons
            m.pc = pc;
            m.depth = depth;
            sp--;
            stack[sp - 1] = consOf(stack[sp - 1], stack[sp], fallbacks.cons);
            continue;
          case 106: {
            // getKey
            m.pc = pc;
            m.depth = depth;
            const dict = stack[sp - 1];
            const key = constants[w >>> 8] as string;
            if (dict !== known && isPlain(dict)) known = dict;
            stack[sp - 1] = (dict === known ? known[key] : fallbacks.get(dict, key)) ?? null;
            continue;
          }
          case 107: {
            // getLocalKey
            m.pc = pc;
            m.depth = depth;
            const dict = stack[base + ((w >>> 8) & 255)];
            const key = constants[w >>> 16] as string;
            if (dict !== known && isPlain(dict)) known = dict;
            stack[sp++] = (dict === known ? known[key] : fallbacks.get(dict, key)) ?? null;
            continue;
          }
          case 108: {
            // mod
            const b = stack[--sp];
            const a = stack[sp - 1];
            if (typeof a === "number" && typeof b === "number" && a >= 0 && b > 0) stack[sp - 1] = a % b;
            else {
              m.pc = pc;
              m.depth = depth;
              stack[sp - 1] = fallbacks.mod(a, b);
            }
            continue;
          }
          case 111: {
            // jumpIfLocalFalse
            const value = stack[base + (w >>> 8)];
            pc = value === false || value === null || value === undefined ? (words[pc] as number) : pc + 1; // the target follows
            continue;
          }
          case 112: {
            // jumpIfLocalTrue
            const value = stack[base + (w >>> 8)];
            pc = value !== false && value !== null && value !== undefined ? (words[pc] as number) : pc + 1; // the target follows
            continue;
          }
          case 113: // append
            out += constants[w >>> 8] as string;
            continue;
          case 62: // begin
            stack[sp++] = out;
            out = constants[w >>> 8] as string;
            continue;
          case 114: {
            // child
            const value = stack[--sp];
            const text = constants[w >>> 8] as string;
            if (typeof value === "string") out = out + text + escapeText(value);
            else {
              m.pc = pc;
              m.depth = depth;
              out = out + text + childText(value);
            }
            continue;
          }
          case 115: {
            // childLocal
            const value = stack[base + ((w >>> 8) & 255)];
            const text = constants[w >>> 16] as string;
            if (typeof value === "string") out = out + text + escapeText(value);
            else {
              m.pc = pc;
              m.depth = depth;
              out = out + text + childText(value);
            }
            continue;
          }
          case 110: {
            // childLocalKey
            const text = constants[words[pc++] as number] as string; // it follows
            m.pc = pc - 1;
            m.depth = depth;
            const dict = stack[base + ((w >>> 8) & 255)];
            const key = constants[w >>> 16] as string;
            if (dict !== known && isPlain(dict)) known = dict;
            const value = dict === known ? known[key] : fallbacks.get(dict, key);
            out = out + text + (typeof value === "string" ? escapeText(value) : childText(value));
            continue;
          }
          case 116: // attribute
            m.pc = pc;
            m.depth = depth;
            out += (constants[w >>> 8] as Printer)(stack[--sp]);
            continue;
          case 109: {
            // attributeLocalKey
            const print = constants[words[pc++] as number] as Printer; // it follows
            m.pc = pc - 1;
            m.depth = depth;
            const dict = stack[base + ((w >>> 8) & 255)];
            const key = constants[w >>> 16] as string;
            if (dict !== known && isPlain(dict)) known = dict;
            const value = dict === known ? known[key] : fallbacks.get(dict, key);
            out += print(value);
            continue;
          }
          case 125: // printValues
            m.pc = pc;
            m.depth = depth;
            start = sp - (w >>> 24);
            out += (constants[(w >>> 8) & 65535] as ValuesPrinter)(stack, start, sp);
            sp = start;
            continue;
          case 117: {
            // markup
            const markup = new Markup(out);
            out = stack[sp - 1] as string;
            stack[sp - 1] = markup;
            continue;
          }
          case 124: {
            // returnMarkup
            const markup = new Markup(out);
            out = stack[sp - 1] as string;
            stack[base] = markup;
            break leaves;
          }
          case 63: // print
            m.pc = pc;
            m.depth = depth;
            start = sp - (w >>> 24);
            out += (constants[(w >>> 8) & 65535] as (...args: Value[]) => string)(...stack.slice(start, sp));
            sp = start;
            continue;
          case 68: // lines
            out = (stack[--sp] as string) + keepLine(out);
            continue;
          case 121: // keepMapped
            (stack[base + 4] as Value[]).push(stack[--sp]);
            stack[base + 5] = (stack[base + 5] as number) + 1;
            pc = 0;
            continue;
          case 69: {
            // keepChild
            const value = stack[--sp];
            stack[base + 5] = (stack[base + 5] as number) + 1;
            pc = 0;
            if (stack[base + 4] !== null) (stack[base + 4] as Value[]).push(value);
            else if (value instanceof Markup) out += value.html;
            else if (typeof value === "string") out += escapeText(value);
            else if (typeof value === "number" && value - value === 0) out += childText(value);
            else if (value !== null) stack[base + 4] = [value];
            continue;
          }
          case 122: // keepFiltered
            if (isTrue(stack[--sp])) (stack[base + 4] as Value[]).push(stack[base + 6]);
            stack[base + 5] = (stack[base + 5] as number) + 1;
            pc = 0;
            continue;
          case 123: // keepNone
            sp--;
            stack[base + 5] = (stack[base + 5] as number) + 1;
            pc = 0;
            continue;
          case 126: // keepReduced
            stack[base + 4] = stack[--sp];
            stack[base + 5] = (stack[base + 5] as number) + 1;
            pc = 0;
            continue;
          case 118: // walk
          case 119: // walkIndexed
          case 120: {
            // walkReduce
            const at = stack[base + 5] as number;
            const items = stack[base + 3] as Value[];
            if (at >= items.length) {
              stack[base] = stack[base + 4];
              break leaves;
            }
            const found = stack[base + 2];
            const kind = w & 255;
            if (!(found instanceof VmClosure) || found.code.arity !== (kind === 118 ? 1 : 2)) break;
            if (depth >= limit || sp + found.code.space > size) break;
            const item = items[at];
            stack[base + 6] = item;
            stack[sp] = kind === 118 ? item : kind === 119 ? at : stack[base + 4];
            stack[sp + 1] = item;
            callee = found;
            start = sp;
            break enters;
          }
        }
        m.depth = depth;
        m.pc = pc;
        m.sp = sp;
        m.out = out;
        step(m, w);
        if (m.waiting !== null) return suspended;
        ({ stack, frames, pcs, bases, depth, limit, closure, pc, base, sp, out } = m);
        ({ words, constants } = closure.code);
        size = stack.length;
        continue;
      }
      // A frame for `callee`, whose arguments are in place.
      pcs[depth++] = pc;
      closure = callee;
      base = start;
      frames[depth] = closure;
      bases[depth] = base;
      sp = start + closure.code.slots;
      pc = 0;
      words = closure.code.words;
      constants = closure.code.constants;
      continue;
    }
    // The frame is left; its answer is where it began.
    sp = base + 1;
    depth--;
    pc = pcs[depth] as number; // a frame that runs has a caller
    base = bases[depth] as number; // likewise
    closure = frames[depth] as VmClosure; // likewise
    words = closure.code.words;
    constants = closure.code.constants;
  }
}

/** A comparison of what are no two numbers. */
function relates(arithmetic: readonly Two[], relation: number, a: Value, b: Value): boolean {
  if (relation === 4) return equals(a, b);
  return (arithmetic[relation + 3] as Two)(a, b) === true; // comparisons come after + - *
}
