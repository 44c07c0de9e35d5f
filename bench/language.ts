// The language: small programs run by SX and written in JavaScript, with the same answers. SX does what its
// semantics ask (checked arithmetic, argument counts, calls in tail position that take no room); JavaScript does not.

import { readFileSync } from "node:fs";
import { cekEngine } from "../sx/cek/engine.ts";
import type { Engine } from "../sx/front/engine.ts";
import { createRealm } from "../sx/index.ts";
import { jsEngine } from "../sx/js/engine.ts";
import { vmEngine } from "../sx/vm/engine.ts";
import type { Comparison } from "./comparison.ts";
import { type Contender, compare, type Effort } from "./measure.ts";
import * as native from "./native.ts";
import { type LanguagePeer, loadLanguagePeers } from "./peers/languages.ts";

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

const engines: readonly Engine[] = [jsEngine(), vmEngine(), cekEngine()];

const workloads: readonly Workload[] = [
  {
    title: "fib(27)",
    name: "fib",
    twin: native.fib,
    size: 27,
    engines: { js: [1.5, 1.2], vm: [14, 8.5], cek: [150, 40] },
  },
  {
    title: "A loop of 1,000,000 tail calls of itself",
    name: "self-loop",
    twin: native.selfLoop,
    size: 1_000_000,
    engines: { js: [2, 1.15], vm: [60, 30], cek: null },
  },
  {
    title: "1,000,000 mutual tail calls, against one loop",
    name: "mutual-calls",
    twin: native.mutualCalls,
    size: 1_000_000,
    engines: { js: [12, 2.5], vm: null },
  },
  {
    title: "8 queens on lists",
    name: "queens",
    twin: native.queens,
    size: 8,
    engines: { js: [7, 3], vm: null },
  },
  {
    title: "map, filter, reduce over 100,000",
    name: "square-sum",
    twin: native.squareSum,
    size: 100_000,
    engines: { js: null, vm: [4, 1.7], cek: null },
  },
  {
    title: "300,000 closures made and called",
    name: "closures",
    twin: native.closures,
    size: 300_000,
    engines: { js: null, vm: null },
  },
  {
    title: "A captured counter, 1,000,000 calls",
    name: "count-up",
    twin: native.countUp,
    size: 1_000_000,
    engines: { js: null, vm: null },
  },
  {
    title: "A string from 10,000 pieces",
    name: "build-string",
    twin: native.buildString,
    size: 10_000,
    engines: { js: null, vm: null },
  },
];

/** Measures every workload on its engines and, if asked, in other languages. An answer that differs is an error. */
export async function* compareLanguage(effort: Effort): AsyncGenerator<Comparison> {
  const text = readFileSync(new URL("language.sx", import.meta.url), "utf8");
  const realms = engines.map((engine) => ({ name: engine.name, realm: createRealm({ engine }) }));
  for (const { realm } of realms) realm.load(text, { file: "bench/language.sx" });
  const peers = effort.withPeers ? await loadLanguagePeers() : [];
  for (const workload of workloads) {
    const { title, name, twin, size } = workload;
    const able = realms.filter((entry) => entry.name in workload.engines);
    const contenders = able.map((entry) => ({
      name: `sx ${entry.name}`,
      run: () => entry.realm.call(name, size),
    }));
    for (const contender of contenders) requireAnswer(workload, contender.name, contender.run(), twin(size));
    const others = peers.flatMap((peer) => peerContender(peer, workload));
    const all = [{ name: "native", run: () => twin(size) }, ...contenders, ...others];
    const bounds = able.flatMap(({ name: engine }) => {
      const [floor, goal] = workload.engines[engine] ?? [];
      return floor === undefined ? [] : [{ row: `sx ${engine}`, floor, goal: goal ?? null }];
    });
    yield { title, base: "native", rows: await compare(all, effort), bounds };
  }
}

function requireAnswer(workload: Workload, who: string, found: unknown, expected: unknown): void {
  if (Number(found) === Number(expected)) return; // some languages have no booleans to hand out
  throw new Error(`${workload.name} gives ${found} on ${who} instead of ${expected}.`);
}

/** A peer that has the workload, at the size it can bear; else nothing. */
function peerContender(peer: LanguagePeer, workload: Workload): Contender[] {
  const smaller = peer.smaller?.[workload.name];
  if (peer.smaller && !smaller) return [];
  const size = smaller?.size ?? workload.size;
  const found = peer.run(workload.name, size);
  if (found === undefined) return [];
  requireAnswer(workload, peer.name, found, workload.twin(size));
  const run = () => peer.run(workload.name, size);
  return [{ name: peer.name, run, ...(smaller && { work: smaller.work }) }];
}
