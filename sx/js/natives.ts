// The functions that call functions, as values of the JavaScript engine. Where a program writes their
// function in place the emitter makes a loop of them instead; both walk from left to right and call with
// the same arguments.

import { fromCondition, type SxError, sxError } from "../core/errors.ts";
import { Condition, isTrue, type Value } from "../core/values.ts";
import { tooDeep, waitingCall } from "./depth.ts";
import { answering, type FunctionValue, handling, type Intrinsics } from "./intrinsics.ts";

/**
 * Every native function by name. `print` receives the values of a `print` call; `suspense` is the function of
 * that name.
 */
export function createNatives(
  $: Intrinsics,
  print: (values: readonly Value[]) => void,
  suspense: FunctionValue,
): Map<string, FunctionValue> {
  const call = (depth: number, fn: Value, ...args: Value[]): Value => {
    const inner = depth + waitingCall;
    return $.land($.fn(fn)(inner, ...args), inner);
  };
  const natives: Record<string, { count: number; run: FunctionValue }> = {
    map: { count: 2, run: (d, fn, xs) => $.sequence(xs, "map").map((x) => call(d, fn, x)) },
    filter: { count: 2, run: (d, fn, xs) => $.sequence(xs, "filter").filter((x) => isTrue(call(d, fn, x))) },
    "for-each": {
      count: 2,
      run: (d, fn, xs) => {
        for (const x of $.sequence(xs, "for-each")) call(d, fn, x);
        return null;
      },
    },
    some: {
      count: 2,
      run: (d, fn, xs) => {
        for (const x of $.sequence(xs, "some")) {
          const answer = call(d, fn, x);
          if (isTrue(answer)) return answer;
        }
        return null;
      },
    },
    "every?": { count: 2, run: (d, fn, xs) => $.sequence(xs, "every?").every((x) => isTrue(call(d, fn, x))) },
    "map-indexed": {
      count: 2,
      run: (d, fn, xs) => $.sequence(xs, "map-indexed").map((x, i) => call(d, fn, i, x)),
    },
    reduce: {
      count: 3,
      run: (d, fn, start, xs) => $.sequence(xs, "reduce").reduce((sum, x) => call(d, fn, sum, x), start),
    },
    // Its function takes its place.
    apply: { count: 2, run: (d, fn, xs) => $.land($.fn(fn)(d + 1, ...$.sequence(xs, "apply")), d) },
    raise: { count: 1, run: (_d, value) => raise(value) },
    "raise-continuable": {
      count: 1,
      run: (d, value) => {
        const handler = $.handler();
        if (!handler) return raise(value);
        return $.within(answering, handler, () => call(d, handler.value, value));
      },
    },
    "with-handler": {
      count: 2,
      run: (d, handler, body) => $.within(handling, handler, () => call(d, body)),
    },
    "call/cc": { count: 1, run: () => refuse("call/cc") },
    suspense: { count: 3, run: suspense },
  };
  const table = new Map<string, FunctionValue>();
  for (const [name, { count, run }] of Object.entries(natives)) {
    table.set(name, (depth, ...args) => {
      if (args.length !== count) $.arity(name, count, false, args.length);
      if (tooDeep(depth) && !passing.has(name)) $.tooDeep();
      return run(depth, ...args);
    });
  }
  table.set("print", (_depth, ...values) => {
    print(values);
    return null;
  });
  return table;
}

/** Those that wait for no function they call: they answer, fail, or let it take their place. */
const passing: ReadonlySet<string> = new Set(["apply", "raise", "call/cc", "suspense"]);

function raise(value: Value): never {
  throw value instanceof Condition ? fromCondition(value) : (sxError("raised", { value }) as SxError);
}

function refuse(feature: string): never {
  throw sxError("engine/unsupported", { feature, engine: "js" });
}
