// Calls that must fail: of something that is no function, with too few or too many arguments, or with a literal of
// a kind that the function's row does not take. What is told of a call here, running it raises.

import { type SxError, sxError } from "../core/errors.ts";
import { type Parameter, type Primitive, primitive } from "../core/primitives/primitive.ts";
import { nativeRows } from "../core/primitives/rows.ts";
import { createPrimitives } from "../core/primitives/table.ts";
import type { Span } from "../core/source.ts";
import type { Core, Fn } from "../front/core.ts";
import { hasType } from "../front/prop-type.ts";
import { alternatives, type Place, partsOf, sampleOf } from "./known.ts";
import { partSpans } from "./places.ts";

type Call = Extract<Core, { kind: "call" }>;

export interface FailingCall {
  readonly call: Call;
  /** Where to point: the call, or the argument that is wrong. */
  readonly span: Span;
  readonly error: SxError;
}

/** What a parameter list says of a call. */
interface Callable {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** Of the language's own functions; null for a function of the program. */
  readonly parameters: readonly Parameter[] | null;
}

/** Every call inside a form that must fail when it is reached. */
export function failingCalls(place: Place): FailingCall[] {
  const found: FailingCall[] = [];
  const visit = (at: Place): void => {
    if (at.core.kind === "call" && at.core.span) {
      const failing = checkCall(at.core, at.core.span, at);
      if (failing) found.push(failing);
    }
    partsOf(at).forEach(visit);
  };
  visit(place);
  return found;
}

function checkCall(call: Call, span: Span, { known }: Place): FailingCall | null {
  const [callee, other] = alternatives({ core: call.callee, known });
  if (!callee || other) return null;
  const value = sampleOf(callee.core);
  if (value && !isFunction(callee.core))
    return { call, span, error: sxError("call/not-callable", { found: value.value }) };
  const callable = callableOf(callee.core);
  if (!callable) return null;
  const count = call.args.length;
  if (count < callable.least || count > callable.most)
    return { call, span, error: arityError(callable, count) };
  const odd = oddPairs(callable, count);
  return odd ? { call, span, error: odd } : checkArguments(call, span, callable, { core: call, known });
}

/** The error where the last of some keys and values is a key. */
function oddPairs({ name, parameters }: Callable, count: number): SxError | null {
  if (parameters?.at(-1)?.name !== "key-and-value") return null;
  const found = count - parameters.length + 1;
  const expected = "a value for every key among its";
  return found % 2 === 0 ? null : sxError("call/arity", { name, expected, found });
}

function checkArguments(call: Call, span: Span, callable: Callable, { known }: Place): FailingCall | null {
  const { parameters, name } = callable;
  if (!parameters) return null;
  for (const [index, arg] of call.args.entries()) {
    const parameter = parameters[Math.min(index, parameters.length - 1)];
    if (!parameter) return null;
    const values = alternatives({ core: arg, known }).map(({ core }) => sampleOf(core));
    const isWrong = (sample: ReturnType<typeof sampleOf>) =>
      sample !== null && !parameter.types.some((type) => hasType(sample.value, type));
    const [first] = values;
    if (!first || !values.every(isWrong)) continue;
    const expected = parameter.types.map(withArticle).join(" or ");
    const details = { primitive: name, argument: parameter.name, expected, found: first.value };
    const parts = partSpans(span);
    const place = parts.length === call.args.length + 1 ? parts[index + 1] : undefined;
    return { call, span: place ?? span, error: sxError("call/type", details) };
  }
  return null;
}

function withArticle(type: string): string {
  if (type === "nil") return type;
  return `${/^[aeiou]/.test(type) ? "an" : "a"} ${type}`;
}

function isFunction(core: Core): boolean {
  if (core.kind === "definition") return core.definition.kind === "function";
  return core.kind === "fn" || core.kind === "primitive";
}

const languageFunctions: ReadonlyMap<string, Callable> = new Map(
  [...createPrimitives().values(), ...Object.values(nativeRows).map(({ signature }) => rowOf(signature))].map(
    (entry) => [entry.name, callableOfRow(entry)],
  ),
);

function rowOf(signature: string): Primitive {
  return primitive(signature, "", () => null);
}

function callableOfRow({ name, parameters }: Primitive): Callable {
  const least = parameters.filter((parameter) => !parameter.optional && !parameter.rest).length;
  const most = parameters.at(-1)?.rest ? Number.POSITIVE_INFINITY : parameters.length;
  return { name, least, most, parameters };
}

/** What a call of the function must look like, where the function is known. */
function callableOf(core: Core): Callable | null {
  if (core.kind === "primitive") return languageFunctions.get(core.name) ?? null;
  if (core.kind === "fn") return callableOfFn(core);
  if (core.kind !== "definition" || core.definition.kind !== "function" || core.definition.mutated)
    return null;
  const fn = core.definition.core;
  return fn?.kind === "fn" ? callableOfFn(fn) : null;
}

function callableOfFn({ name, parameters, rest }: Fn): Callable {
  const least = parameters.length;
  return { name, least, most: rest ? Number.POSITIVE_INFINITY : least, parameters: null };
}

function arityError({ name, least, most }: Callable, found: number): SxError {
  const expected =
    most === least
      ? String(least)
      : most === Number.POSITIVE_INFINITY
        ? `at least ${least}`
        : `${least} to ${most}`;
  return sxError("call/arity", { name, expected, found });
}
