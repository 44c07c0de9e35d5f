// Arithmetic on doubles. A result is always a finite number: what would be NaN or infinite raises
// `arith/not-finite`, and division by zero, also by `/`, raises `arith/zero-div`, so that a wrong total
// never travels on as Infinity.

import { sxError } from "../errors.ts";
import { fromRow } from "./from-row.ts";
import { type Primitive, wrongType } from "./primitive.ts";

/** Gives the number back if it is finite, else throws `arith/not-finite` naming the operation. */
function finite(name: string, n: number): number {
  if (n - n !== 0) throw sxError("arith/not-finite", { name });
  return n;
}

function nonZero(name: string, divisor: number): number {
  if (divisor === 0) throw sxError("arith/zero-div", { name });
  return divisor;
}

function add(a = 0, b = 0, ...more: number[]): number {
  let sum = a + b;
  for (const n of more) sum += n;
  return finite("+", sum);
}

function subtract(a: number, b?: number, ...more: number[]): number {
  if (b === undefined) return 0 - a;
  let difference = a - b;
  for (const n of more) difference -= n;
  return finite("-", difference);
}

function multiply(a = 1, b = 1, ...more: number[]): number {
  let product = a * b;
  for (const n of more) product *= n;
  return finite("*", product);
}

function divide(a: number, b?: number, ...more: number[]): number {
  if (b === undefined) return finite("/", 1 / nonZero("/", a));
  let quotient = a / nonZero("/", b);
  for (const n of more) quotient /= nonZero("/", n);
  return finite("/", quotient);
}

function modulo(n: number, divisor: number): number {
  const remainder = n % nonZero("mod", divisor);
  const sameSign = remainder < 0 === divisor < 0;
  return finite("mod", remainder === 0 || sameSign ? remainder : remainder + divisor);
}

function remainder(n: number, divisor: number): number {
  return finite("rem", n % nonZero("rem", divisor));
}

/** Exact where the integers are: the remainder is taken off first, so a rounded quotient cannot jump up. */
function quotient(n: number, divisor: number): number {
  return finite("quot", Math.round((n - (n % nonZero("quot", divisor))) / divisor));
}

function clamp(n: number, low: number, high: number): number {
  if (low > high) throw wrongType("clamp", "high", `a number not below ${low}`, high);
  return Math.min(Math.max(n, low), high);
}

export const arithmetic: readonly Primitive[] = [
  fromRow("+", add),
  fromRow("-", subtract),
  fromRow("*", multiply),
  fromRow("/", divide),
  fromRow("mod", modulo),
  fromRow("rem", remainder),
  fromRow("quot", quotient),
  fromRow("inc", (n: number) => finite("inc", n + 1)),
  fromRow("dec", (n: number) => finite("dec", n - 1)),
  fromRow("abs", (n: number) => Math.abs(n)),
  fromRow("min", (...ns: number[]) => ns.reduce((a, b) => (b < a ? b : a))),
  fromRow("max", (...ns: number[]) => ns.reduce((a, b) => (b > a ? b : a))),
  fromRow("clamp", clamp),
  fromRow("floor", (n: number) => Math.floor(n)),
  fromRow("ceil", (n: number) => Math.ceil(n)),
  fromRow("round", (n: number) => Math.round(n)),
  fromRow("trunc", (n: number) => Math.trunc(n)),
  fromRow("pow", (n: number, exponent: number) => finite("pow", n ** exponent)),
  fromRow("sqrt", (n: number) => finite("sqrt", Math.sqrt(n))),
];
