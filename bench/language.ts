// The language: small programs run by SX and written in JavaScript, with the same answers. SX does what its
// semantics ask (checked arithmetic, argument counts, calls in tail position that take no room); JavaScript does not.

import { readFileSync } from "node:fs";
import { createRealm } from "../sx/index.ts";
import { jsEngine } from "../sx/js/engine.ts";
import type { Comparison } from "./comparison.ts";
import { compare, type Effort } from "./measure.ts";
import * as native from "./native.ts";

interface Workload {
  readonly title: string;
  /** The function's name in language.sx. */
  readonly name: string;
  readonly twin: (size: number) => unknown;
  readonly size: number;
  readonly floor?: number;
  readonly goal?: number;
}

const workloads: readonly Workload[] = [
  { title: "fib(27)", name: "fib", twin: native.fib, size: 27, floor: 1.5, goal: 1.2 },
  {
    title: "A loop of 1,000,000 tail calls of itself",
    name: "self-loop",
    twin: native.selfLoop,
    size: 1_000_000,
    floor: 2,
    goal: 1.15,
  },
  {
    title: "1,000,000 mutual tail calls, against one loop",
    name: "mutual-calls",
    twin: native.mutualCalls,
    size: 1_000_000,
    floor: 12,
    goal: 2.5,
  },
  { title: "8 queens on lists", name: "queens", twin: native.queens, size: 8, floor: 7, goal: 3 },
  { title: "map, filter, reduce over 100,000", name: "square-sum", twin: native.squareSum, size: 100_000 },
  { title: "300,000 closures made and called", name: "closures", twin: native.closures, size: 300_000 },
  { title: "A captured counter, 1,000,000 calls", name: "count-up", twin: native.countUp, size: 1_000_000 },
  { title: "A string from 10,000 pieces", name: "build-string", twin: native.buildString, size: 10_000 },
];

/** Measures every workload. An answer that differs from the twin's is an error. */
export async function* compareLanguage(effort: Effort): AsyncGenerator<Comparison> {
  const realm = createRealm({ engine: jsEngine() });
  realm.load(readFileSync(new URL("language.sx", import.meta.url), "utf8"), { file: "bench/language.sx" });
  for (const { title, name, twin, size, floor, goal } of workloads) {
    const [expected, found] = [twin(size), realm.call(name, size)];
    if (expected !== found)
      throw new Error(`The SX function ${name} of ${size} gives ${found} instead of ${expected}.`);
    const contenders = [
      { name: "native", run: () => twin(size) },
      { name: "sx js", run: () => realm.call(name, size) },
    ];
    const bounds = floor === undefined ? [] : [{ row: "sx js", floor, goal: goal ?? null }];
    yield { title, base: "native", rows: await compare(contenders, effort), bounds };
  }
}
