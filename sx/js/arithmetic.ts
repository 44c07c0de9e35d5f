// Primitives in place: arithmetic, comparison and the commonest list and dict questions become JavaScript
// operators with the checks that SX asks for. Whatever is odd about the operands goes to the primitive
// itself, so its answer and its errors are the same in place and out of line.

import type { Core } from "../front/core.ts";
import { isStable } from "./analysis.ts";
import type { Emitter } from "./emitter.ts";

type Call = Extract<Core, { kind: "call" }>;

/** The code of an inlined primitive call, or null when it must be called. */
export function emitPrimitive(e: Emitter, core: Call, name: string): string | null {
  const { args } = core;
  switch (name) {
    case "+":
    case "-":
    case "*":
      return args.length < 2 ? null : fold(e, core, name);
    case "inc":
    case "dec":
      if (args.length !== 1) return null;
      return pair(e, core, name === "inc" ? "+" : "-", args[0] as Core, one); // length checked
    case "list":
      return `[${e.ordered(args).join(", ")}]`;
    case "str":
      return strings(e, core);
    case "get":
      return property(e, core);
    case "first":
      if (args.length !== 1) return null;
      return `${e.mark(core.span)}$first(${e.expression(args[0] as Core)})`; // length checked
    case "rest":
      if (args.length !== 1) return null;
      return `${e.mark(core.span)}$rest(${e.expression(args[0] as Core)})`; // length checked
    case "cons": {
      if (args.length !== 2) return null;
      const [head, tail] = e.ordered(args);
      return `${e.mark(core.span)}$cons(${head}, ${tail})`;
    }
    case "mod":
    case "rem": {
      if (args.length !== 2) return null;
      const [left, right] = e.ordered(args);
      return `${e.mark(core.span)}$${name}(${left}, ${right})`;
    }
    default:
      return emitPrimitiveTest(e, core, name);
  }
}

const one: Core = { kind: "const", span: null, value: 1 };

interface Operand {
  readonly code: string;
  readonly number: boolean;
  /** A literal so small that adding it to a finite number stays finite. */
  readonly small?: boolean;
}

function isSmall(core: Core): boolean {
  return core.kind === "const" && typeof core.value === "number" && Math.abs(core.value) < 2 ** 900;
}

/** More than two operands: from the left, each pair with its own checks. */
function fold(e: Emitter, core: Call, operator: string): string {
  const [first, second, ...more] = core.args as [Core, Core, ...Core[]]; // at least two
  if (more.length === 0) return pair(e, core, operator, first, second);
  const codes = e.ordered(core.args);
  const operands = core.args.map((arg, index) => ({
    code: codes[index] as string,
    number: e.type(arg) === "number",
    small: isSmall(arg),
  })); // one code each
  // All operands are computed before the first sum, and what left the finite numbers stays outside them.
  if (operands.every((one) => one.number)) {
    const sum = codes.join(` ${operator} `);
    if (operator !== "*" && operands.filter((one) => !one.small).length < 2) return `(${sum})`;
    return e.loops.length > 0 ? e.checkedInLoop(sum, core.span) : `${e.mark(core.span)}$finite(${sum})`;
  }
  return `${e.mark(core.span)}${e.unit.primitive(operator)}(${codes.join(", ")})`;
}

function pair(e: Emitter, core: Call, operator: string, left: Core, right: Core): string {
  // The temporaries are taken before the operands are emitted, so that theirs are different ones.
  return e.withTemporaries(2, (t, u) => {
    const [a, b] = e.ordered([left, right]) as [string, string]; // two in, two out
    const x = { code: a, number: e.type(left) === "number", small: isSmall(left) };
    const y = { code: b, number: e.type(right) === "number", small: isSmall(right) };
    return arithmetic(e, core, operator, x, y, [t as string, u as string]).code; // two names
  });
}

function arithmetic(
  e: Emitter,
  core: Call,
  operator: string,
  a: Operand,
  b: Operand,
  names: [string, string],
): Operand {
  // Adding a modest literal to a finite number cannot leave the finite numbers.
  const bounded = operator !== "*" && (a.small || b.small);
  const finish = (sum: string) => (bounded ? `(${sum})` : `${e.mark(core.span)}$finite(${sum})`);
  const number = (code: string): Operand => ({ code, number: true });
  if (a.number && b.number && !bounded && e.loops.length > 0)
    return number(e.checkedInLoop(`${a.code} ${operator} ${b.code}`, core.span));
  if (a.number && b.number) return number(finish(`${a.code} ${operator} ${b.code}`));
  const checks = (x: string, y: string) =>
    [a.number ? "" : `typeof ${x} === "number"`, b.number ? "" : `typeof ${y} === "number"`]
      .filter(Boolean)
      .join(" && ");
  const slow = (x: string, y: string) => `${e.mark(core.span)}${e.unit.primitive(operator)}(${x}, ${y})`;
  if (isName(a.code) && isName(b.code)) {
    return number(
      `(${checks(a.code, b.code)} ? ${finish(`${a.code} ${operator} ${b.code}`)} : ${slow(a.code, b.code)})`,
    );
  }
  const [x, y] = names;
  return number(
    `(${x} = ${a.code}, ${y} = ${b.code}, ${checks(x, y)} ? ${finish(`${x} ${operator} ${y}`)} : ${slow(x, y)})`,
  );
}

/** A name or a literal: reading it twice gives the same and costs nothing. */
const isName = (code: string): boolean => /^(?:[\w$]+|\(-[\w.]+\)|[\d.]+)$/.test(code);

/** A primitive that answers true or false, as a JavaScript condition; null when it is none of these. */
export function emitPrimitiveTest(e: Emitter, core: Call, name: string): string | null {
  const { args } = core;
  const [first, second] = args;
  if (name === "not" && args.length === 1) return `!${e.test(first as Core)}`; // length checked
  if (name === "nil?" && args.length === 1) return `(${e.expression(first as Core)} == null)`; // length checked
  if (name === "empty?" && args.length === 1)
    return `${e.mark(core.span)}$empty(${e.expression(first as Core)})`; // length checked
  if (args.length !== 2 || !first || !second) return null;
  if (name === "=") return equality(e, first, second);
  if (name === "!=") return `!${equality(e, first, second)}`;
  if (name === "<" || name === ">" || name === "<=" || name === ">=")
    return comparison(e, core, name, first, second);
  return null;
}

function equality(e: Emitter, left: Core, right: Core): string {
  const [a, b] = e.ordered([left, right]);
  const scalar = (core: Core) =>
    core.kind === "const" && core.value !== null && typeof core.value !== "object";
  if (scalar(left) || scalar(right)) return `(${a} === ${b})`;
  const isNil = (core: Core) => core.kind === "const" && core.value === null;
  if (isNil(left) || isNil(right)) return `(${a} == ${b})`;
  // One side that is certainly a number or a string decides: nothing else equals those.
  const decides = (type: string) => type === "number" || type === "string";
  if (decides(e.type(left)) || decides(e.type(right))) return `(${a} === ${b})`;
  return `$equal(${a}, ${b})`;
}

function comparison(e: Emitter, core: Call, operator: string, left: Core, right: Core): string {
  return e.withTemporaries(2, (t, u) => {
    const [x, y] = [t as string, u as string]; // two names
    const [a, b] = e.ordered([left, right]) as [string, string]; // two in, two out
    const types = [e.type(left), e.type(right)];
    if (types.every((type) => type === "number")) return `(${a} ${operator} ${b})`;
    const test = (p: string, q: string) =>
      [
        types[0] === "number" ? "" : `typeof ${p} === "number"`,
        types[1] === "number" ? "" : `typeof ${q} === "number"`,
      ]
        .filter(Boolean)
        .join(" && ");
    const slow = (p: string, q: string) => `${e.mark(core.span)}${e.unit.primitive(operator)}(${p}, ${q})`;
    if (isName(a) && isName(b)) return `(${test(a, b)} ? ${a} ${operator} ${b} : ${slow(a, b)})`;
    return `(${x} = ${a}, ${y} = ${b}, ${test(x, y)} ? ${x} ${operator} ${y} : ${slow(x, y)})`;
  });
}

function strings(e: Emitter, core: Call): string {
  if (core.args.length === 0) return '""';
  const pieces = displayed(e, core);
  return pieces.length === 1 ? (pieces[0] as string) : `(${pieces.join(" + ")})`; // length checked
}

/** The arguments of `str` as strings, one expression each. */
export function displayed(e: Emitter, core: Call): string[] {
  const codes = e.ordered(core.args, (part) => e.loose(part));
  e.settle(codes, core.args, (part) => part.kind !== "const" && e.type(part) === "unknown", true);
  return core.args.map((arg, index) => {
    const code = codes[index] as string; // one code each
    if (arg.kind === "const" && typeof arg.value === "string") return code;
    if (e.type(arg) === "string") return `(${code})`;
    return isName(code)
      ? `(typeof ${code} === "string" ? ${code} : ${e.mark(core.span)}$display(${code}))`
      : `${e.mark(core.span)}$display(${code})`;
  });
}

/** The key of `(get d :key)` with a literal key that the host's own property access may look up. */
export function literalKey(core: Core): string | null {
  if (
    core.kind !== "call" ||
    core.callee.kind !== "primitive" ||
    core.callee.name !== "get" ||
    core.args.length !== 2
  )
    return null;
  const key = core.args[1];
  if (key?.kind !== "const" || typeof key.value !== "string" || key.value in Object.prototype) return null;
  return key.value;
}

/**
 * `(get d :key)` as the host's property access on a plain dict. With `loose` a missing entry may come out as
 * undefined, for readers that take it as nil anyway.
 */
export function property(e: Emitter, core: Call, loose = false): string | null {
  const key = literalKey(core);
  const [dict] = core.args;
  if (key === null || !dict) return null;
  const access = /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
  const slow = (value: string) =>
    `${e.mark(core.span)}${e.unit.primitive("get")}(${value}, ${JSON.stringify(key)})`;
  return e.withTemporaries(2, (t, v) => {
    const code = e.expression(dict);
    const simple = /^[A-Za-z_$][\w$]*$/.test(code) && isStable(dict);
    const object = simple ? code : (t as string); // two names
    const start = simple ? "" : `${t} = ${code}, `;
    const test = dict.kind === "local" && e.plain.has(dict.local) ? `${code}$p` : `$isPlain(${object})`;
    const found = loose ? `${object}${access}` : `((${v} = ${object}${access}) === undefined ? null : ${v})`;
    return `(${start}${test} ? ${found} : ${slow(object)})`;
  });
}
