// The language: small programs run by SX and written in JavaScript, with the same answers. SX does what its
// semantics ask (checked arithmetic, argument counts, calls in tail position that take no room); JavaScript does not.

import { readFileSync } from "node:fs";
import { cekEngine } from "../sx/cek/engine.ts";
import type { Engine } from "../sx/front/engine.ts";
import { createRealm } from "../sx/index.ts";
import { jsEngine } from "../sx/js/engine.ts";
import type { Comparison } from "./comparison.ts";
import { compare, type Effort } from "./measure.ts";
import * as native from "./native.ts";

/** How slow an engine may be, and how quick we want it, in times of the twin; null where nothing is promised. */
type Bounds = readonly [floor: number, goal: number] | null;

interface Workload {
  readonly title: string;
  /** The function's name in language.sx. */
  readonly name: string;
  readonly twin: (size: number) => unknown;
  readonly size: number;
  /** By engine; an engine that is not named does not run it. */
  readonly engines: Readonly<Record<string, Bounds>>;
}

const engines: readonly Engine[] = [jsEngine(), cekEngine()];

const workloads: readonly Workload[] = [
  {
    title: "fib(27)",
    name: "fib",
    twin: native.fib,
    size: 27,
    engines: { js: [1.5, 1.2], cek: [150, 40] },
  },
  {
    title: "A loop of 1,000,000 tail calls of itself",
    name: "self-loop",
    twin: native.selfLoop,
    size: 1_000_000,
    engines: { js: [2, 1.15], cek: null },
  },
  {
    title: "1,000,000 mutual tail calls, against one loop",
    name: "mutual-calls",
    twin: native.mutualCalls,
    size: 1_000_000,
    engines: { js: [12, 2.5] },
  },
  { title: "8 queens on lists", name: "queens", twin: native.queens, size: 8, engines: { js: [7, 3] } },
  {
    title: "map, filter, reduce over 100,000",
    name: "square-sum",
    twin: native.squareSum,
    size: 100_000,
    engines: { js: null, cek: null },
  },
  {
    title: "300,000 closures made and called",
    name: "closures",
    twin: native.closures,
    size: 300_000,
    engines: { js: null },
  },
  {
    title: "A captured counter, 1,000,000 calls",
    name: "count-up",
    twin: native.countUp,
    size: 1_000_000,
    engines: { js: null },
  },
  {
    title: "A string from 10,000 pieces",
    name: "build-string",
    twin: native.buildString,
    size: 10_000,
    engines: { js: null },
  },
];

/** Measures every workload on its engines. An answer that differs from the twin's is an error. */
export async function* compareLanguage(effort: Effort): AsyncGenerator<Comparison> {
  const text = readFileSync(new URL("language.sx", import.meta.url), "utf8");
  const realms = engines.map((engine) => ({ name: engine.name, realm: createRealm({ engine }) }));
  for (const { realm } of realms) realm.load(text, { file: "bench/language.sx" });
  for (const workload of workloads) {
    const { title, name, twin, size } = workload;
    const able = realms.filter((entry) => entry.name in workload.engines);
    const contenders = able.map((entry) => ({
      name: `sx ${entry.name}`,
      run: () => entry.realm.call(name, size),
    }));
    for (const contender of contenders) {
      const [expected, found] = [twin(size), contender.run()];
      if (expected !== found)
        throw new Error(`${name} of ${size} gives ${found} on ${contender.name} instead of ${expected}.`);
    }
    const rows = await compare([{ name: "native", run: () => twin(size) }, ...contenders], effort);
    const bounds = able.flatMap(({ name: engine }) => {
      const [floor, goal] = workload.engines[engine] ?? [];
      return floor === undefined ? [] : [{ row: `sx ${engine}`, floor, goal: goal ?? null }];
    });
    yield { title, base: "native", rows, bounds };
  }
}
