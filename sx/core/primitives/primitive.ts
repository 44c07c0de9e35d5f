// A primitive: one function and the row that describes it. The row is written once, as text such as
// "(nth xs:list|nil index:integer) -> any"; arity and argument checks, documentation and static checks
// all come from it. `call` is checked, `raw` is not: an engine that has checked may inline the latter.
// The language's own rows stand in spec/primitives.sx and are joined to their functions by from-row.ts.

import type { ErrorKind } from "../error-kinds.ts";
import { sxError } from "../errors.ts";
import { Closure, Component, Condition, isDict, Keyword, Markup, SxSymbol, type Value } from "../values.ts";

export interface Parameter {
  readonly name: string;
  /** The kinds of value it takes; "any" stands alone. */
  readonly types: readonly TypeName[];
  /** May be left out; the raw function then sees undefined. */
  readonly optional: boolean;
  /** Takes all remaining arguments, also none. */
  readonly rest: boolean;
}

// biome-ignore lint/suspicious/noExplicitAny: each raw function names its own argument types; the row is what guarantees them
export type RawFunction = (...args: any[]) => Value;
type CheckedFunction = (...args: Value[]) => Value;

/** A row of the book as data. */
export interface Row {
  /** The part of the book it stands in. */
  readonly group: string;
  /** As `(name parameter:type …) -> type`. */
  readonly signature: string;
  readonly doc: string;
  /** Kinds of error it may raise besides `call/arity` and `call/type`. */
  readonly errors: readonly ErrorKind[];
  readonly pure: boolean;
}

export interface Signature {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly returns: string;
}

export interface Primitive extends Signature {
  /** The text that name, parameters and answer were read from. */
  readonly signature: string;
  /** Kinds of error it may raise besides `call/arity` and `call/type`. */
  readonly errors: readonly string[];
  /** Gives the same result for the same arguments and changes nothing. */
  readonly pure: boolean;
  readonly doc: string;
  /** Checks arity and argument types, then calls `raw`. */
  readonly call: CheckedFunction;
  readonly raw: RawFunction;
}

const typeTests = {
  any: () => true,
  number: (value: Value) => typeof value === "number",
  integer: (value: Value) => Number.isInteger(value),
  string: (value: Value) => typeof value === "string",
  boolean: (value: Value) => typeof value === "boolean",
  nil: (value: Value) => value === null || value === undefined,
  symbol: (value: Value) => value instanceof SxSymbol,
  keyword: (value: Value) => value instanceof Keyword,
  list: (value: Value) => Array.isArray(value),
  dict: isDict,
  function: (value: Value) => typeof value === "function" || value instanceof Closure,
  component: (value: Value) => value instanceof Component,
  markup: (value: Value) => value instanceof Markup,
  condition: (value: Value) => value instanceof Condition,
} as const;

type TypeName = keyof typeof typeTests;
type Test = (value: Value) => boolean;

/** Makes a primitive from its row, which `readSignature` describes. */
export function primitive(
  signature: string,
  doc: string,
  raw: RawFunction,
  options: { errors?: readonly string[]; pure?: boolean } = {},
): Primitive {
  const { name, parameters, returns } = readSignature(signature);
  return {
    name,
    signature,
    parameters,
    returns,
    errors: options.errors ?? [],
    pure: options.pure ?? true,
    doc,
    call: checkedCall(name, parameters, raw),
    raw,
  };
}

/**
 * Takes a row's text apart: parameters are `name:type|type`, `name?:type` when optional, and
 * `name:type ...` for any number of arguments at the end. A malformed row is a programmer's error and throws.
 */
function readSignature(signature: string): Signature {
  const match = /^\((\S+)((?: \S+)*)\) -> (\S+)$/.exec(signature);
  if (!match)
    throw new Error(`the row of a primitive reads "(name parameter:type) -> type", not: ${signature}`);
  const [, name = "", rest = "", returns = ""] = match;
  return { name, parameters: readParameters(rest.trim(), signature), returns };
}

function readParameters(text: string, signature: string): Parameter[] {
  const words = text === "" ? [] : text.split(" ");
  const parameters: Parameter[] = [];
  words.forEach((word, index) => {
    if (word === "...") return;
    const match = /^([^\s:?]+)(\?)?:(\S+)$/.exec(word);
    const types = match?.[3]?.split("|") ?? [];
    if (!match?.[1] || !types.every((type) => Object.hasOwn(typeTests, type))) {
      throw new Error(`"${word}" is not a parameter in the row ${signature}`);
    }
    const isRest = words[index + 1] === "...";
    if (isRest && index + 2 !== words.length)
      throw new Error(`only the last parameter repeats in ${signature}`);
    // Every type was just looked up in the table.
    parameters.push({ name: match[1], types: types as TypeName[], optional: match[2] === "?", rest: isRest });
  });
  return parameters;
}

/** The error for an argument of the wrong kind. `argument` is the parameter's name in the row. */
export function wrongType(primitiveName: string, argument: string, expected: string, found: Value): Error {
  return sxError("call/type", { primitive: primitiveName, argument, expected, found });
}

function checkedCall(name: string, parameters: readonly Parameter[], raw: RawFunction): CheckedFunction {
  const row = new CheckedRow(name, parameters);
  const allNumbers = parameters.every((p) => p.types.length === 1 && p.types[0] === "number");
  if (row.most === Number.POSITIVE_INFINITY) return checkMany(row, raw, allNumbers);
  if (row.most === 1) return checkOne(row, raw);
  if (row.most === 2) return allNumbers && row.least === 2 ? checkTwoNumbers(row, raw) : checkTwo(row, raw);
  if (row.most === 3) return checkThree(row, raw);
  return (...args) => {
    row.check(args);
    return raw(...args);
  };
}

/** The compiled row: how many arguments, and a test for each place. */
class CheckedRow {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly tests: readonly Test[];
  readonly least: number;
  readonly most: number;

  constructor(name: string, parameters: readonly Parameter[]) {
    this.name = name;
    this.parameters = parameters;
    this.tests = parameters.map(testOf);
    this.least = parameters.filter((p) => !p.optional && !p.rest).length;
    this.most = parameters.at(-1)?.rest ? Number.POSITIVE_INFINITY : parameters.length;
  }

  /** Throws the error of the first thing wrong with the arguments, if anything is. */
  check(args: ArrayLike<Value>): void {
    const count = args.length;
    if (count < this.least || count > this.most) {
      throw sxError("call/arity", { name: this.name, expected: this.describeArity(), found: count });
    }
    const last = this.tests.length - 1;
    for (let i = 0; i < count; i++) {
      const place = Math.min(i, last);
      if ((this.tests[place] as Test)(args[i])) continue; // a place in the row
      const parameter = this.parameters[place] as Parameter;
      if (parameter.optional && args[i] === undefined) continue;
      throw wrongType(this.name, parameter.name, parameter.types.map(withArticle).join(" or "), args[i]);
    }
  }

  private describeArity(): string {
    if (this.most === this.least) return String(this.least);
    if (this.most === Number.POSITIVE_INFINITY) return `at least ${this.least}`;
    return `${this.least} to ${this.most}`;
  }
}

function withArticle(type: TypeName): string {
  if (type === "nil") return type;
  return `${type === "integer" ? "an" : "a"} ${type}`;
}

function testOf(parameter: Parameter): Test {
  const tests = parameter.types.map((type) => typeTests[type]);
  const [first, second, third] = tests;
  if (first && !second) return first;
  if (first && second && !third) return (value) => first(value) || second(value);
  if (first && second && third && tests.length === 3)
    return (value) => first(value) || second(value) || third(value);
  return (value) => tests.some((test) => test(value));
}

// The wrappers below read `arguments.length`: it tells an argument that was left out from a host's undefined,
// and, unlike a rest parameter, costs no array on the way in.

function checkOne(row: CheckedRow, raw: RawFunction): CheckedFunction {
  const test = row.tests[0] as Test; // the row has one parameter
  return function one(a) {
    // biome-ignore lint/complexity/noArguments: see above
    if (arguments.length !== 1 || !test(a)) row.check(arguments);
    return raw(a);
  };
}

function checkTwo(row: CheckedRow, raw: RawFunction): CheckedFunction {
  const [testA, testB] = row.tests as [Test, Test]; // the row has two parameters
  const least = row.least;
  return function two(a, b) {
    // biome-ignore lint/complexity/noArguments: see above
    const count = arguments.length;
    const fits = count === 2 ? testA(a) && testB(b) : count === 1 && least < 2 && testA(a);
    // biome-ignore lint/complexity/noArguments: see above
    if (!fits) row.check(arguments);
    return raw(a, b);
  };
}

function checkTwoNumbers(row: CheckedRow, raw: RawFunction): CheckedFunction {
  return function twoNumbers(a, b) {
    // biome-ignore lint/complexity/noArguments: see above
    if (arguments.length !== 2 || typeof a !== "number" || typeof b !== "number") row.check(arguments);
    return raw(a, b);
  };
}

function checkThree(row: CheckedRow, raw: RawFunction): CheckedFunction {
  const [testA, testB, testC] = row.tests as [Test, Test, Test]; // the row has three parameters
  const least = row.least;
  return function three(a, b, c) {
    // biome-ignore lint/complexity/noArguments: see above
    const count = arguments.length;
    const fits = (count === 3 ? testC(c) : count === 2 && least < 3) && testA(a) && testB(b);
    // biome-ignore lint/complexity/noArguments: see above
    if (!fits) row.check(arguments);
    return raw(a, b, c);
  };
}

/** Any number of arguments; two, by far the most common, are checked in place. */
function checkMany(row: CheckedRow, raw: RawFunction, allNumbers: boolean): CheckedFunction {
  const testA = row.tests[0] as Test; // the row has a repeated parameter
  const testB = row.tests[1] ?? testA;
  const twoMay = row.least <= 2;
  if (!allNumbers) {
    return (...args) => {
      if (args.length === 2 && twoMay && testA(args[0]) && testB(args[1])) return raw(args[0], args[1]);
      row.check(args);
      return raw(...args);
    };
  }
  return (...args) => {
    const [a, b] = args;
    if (args.length === 2 && twoMay && typeof a === "number" && typeof b === "number") return raw(a, b);
    row.check(args);
    return raw(...args);
  };
}
