// Arithmetic on doubles. A result is always a finite number: what would be NaN or infinite raises
// `arith/not-finite`, and division by zero, also by `/`, raises `arith/zero-div`, so that a wrong total
// never travels on as Infinity.

import { sxError } from "../errors.ts";
import { type Primitive, primitive, wrongType } from "./primitive.ts";

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

const zeroDiv = { errors: ["arith/zero-div", "arith/not-finite"] };
const notFinite = { errors: ["arith/not-finite"] };

export const arithmetic: readonly Primitive[] = [
  primitive("(+ n:number ...) -> number", "The sum; 0 of nothing.", add, notFinite),
  primitive(
    "(- n:number more:number ...) -> number",
    "The first less the others; of one number, its negation.",
    subtract,
    notFinite,
  ),
  primitive("(* n:number ...) -> number", "The product; 1 of nothing.", multiply, notFinite),
  primitive(
    "(/ n:number more:number ...) -> number",
    "The first divided by the others, never rounded; of one number, its inverse.",
    divide,
    zeroDiv,
  ),
  primitive(
    "(mod n:number divisor:number) -> number",
    "The remainder with the divisor's sign.",
    modulo,
    zeroDiv,
  ),
  primitive(
    "(rem n:number divisor:number) -> number",
    "The remainder with the sign of n.",
    remainder,
    zeroDiv,
  ),
  primitive(
    "(quot n:number divisor:number) -> number",
    "The quotient, cut off towards zero.",
    quotient,
    zeroDiv,
  ),
  primitive("(inc n:number) -> number", "n plus 1.", (n: number) => finite("inc", n + 1), notFinite),
  primitive("(dec n:number) -> number", "n less 1.", (n: number) => finite("dec", n - 1), notFinite),
  primitive("(abs n:number) -> number", "The distance of n from zero.", (n: number) => Math.abs(n)),
  primitive("(min n:number more:number ...) -> number", "The smallest of the numbers.", (...ns: number[]) =>
    ns.reduce((a, b) => (b < a ? b : a)),
  ),
  primitive("(max n:number more:number ...) -> number", "The largest of the numbers.", (...ns: number[]) =>
    ns.reduce((a, b) => (b > a ? b : a)),
  ),
  primitive("(clamp n:number low:number high:number) -> number", "n, brought between low and high.", clamp),
  primitive("(floor n:number) -> number", "The integer at or below n.", (n: number) => Math.floor(n)),
  primitive("(ceil n:number) -> number", "The integer at or above n.", (n: number) => Math.ceil(n)),
  primitive("(round n:number) -> number", "The nearest integer; a half goes up.", (n: number) =>
    Math.round(n),
  ),
  primitive("(trunc n:number) -> number", "n without its fraction.", (n: number) => Math.trunc(n)),
  primitive(
    "(pow n:number exponent:number) -> number",
    "n to the power of exponent.",
    (n: number, exponent: number) => finite("pow", n ** exponent),
    notFinite,
  ),
  primitive(
    "(sqrt n:number) -> number",
    "The square root; of a negative number, an error.",
    (n: number) => finite("sqrt", Math.sqrt(n)),
    notFinite,
  ),
];
