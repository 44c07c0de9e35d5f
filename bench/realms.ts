// Realms: how long the whole interface takes from text to running code, against reading that text alone, and
// how much memory a realm holds, against the text itself. The interface is platform/ui and the blog's views.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cekEngine } from "../sx/cek/engine.ts";
import { readForms } from "../sx/core/reader.ts";
import { Source } from "../sx/core/source.ts";
import type { Engine } from "../sx/front/engine.ts";
import { createRealm, type Realm } from "../sx/index.ts";
import { jsEngine } from "../sx/js/engine.ts";
import { vmEngine } from "../sx/vm/engine.ts";
import type { Comparison } from "./comparison.ts";
import { compare, type Effort, type Row } from "./measure.ts";

interface View {
  readonly file: string;
  readonly text: string;
}

const root = join(import.meta.dirname, "..");
const engines: readonly Engine[] = [jsEngine(), vmEngine(), cekEngine()];
const realmsHeld = 20;

function viewsOf(folder: string): View[] {
  const names = readdirSync(join(root, folder)).filter((name) => name.endsWith(".sx"));
  return names.sort().map((file) => ({ file, text: readFileSync(join(root, folder, file), "utf8") }));
}

/** Both libraries, linked: the shared one first, the blog's over it. */
function linkInterface(engine: Engine, shared: readonly View[], blog: readonly View[]): Realm {
  const ui = createRealm({ engine });
  for (const { file, text } of shared) ui.load(text, { file });
  ui.link();
  const views = createRealm({ engine, parents: [ui] });
  for (const { file, text } of blog) views.load(text, { file });
  views.link();
  return views;
}

/** Compile time, then memory. */
export async function* compareRealms(effort: Effort): AsyncGenerator<Comparison> {
  const [shared, blog] = [viewsOf("platform/ui/sx"), viewsOf("services/blog/sx")];
  const all = [...shared, ...blog];
  const read = () => all.map(({ file, text }) => readForms(new Source(file, text)).length);
  const link = engines.map((engine) => ({
    name: `linked for ${engine.name}`,
    run: () => linkInterface(engine, shared, blog),
  }));
  const characters = all.reduce((sum, { text }) => sum + text.length, 0);
  const size = `${all.length} files, ${(characters / 1000).toFixed(0)} kB`;
  yield {
    title: `The whole interface from text to running code (${size})`,
    base: "reading",
    rows: await compare([{ name: "reading", run: read }, ...link], effort),
    bounds: [],
  };
  const held = engines.map((engine) => memoryRow(engine, shared, blog, characters * 2));
  const text: Row = { name: "text", milliseconds: 0, kilobytes: (characters * 2) / 1000, ...ratioOnly(1) };
  yield {
    title: "Memory of one realm with the whole interface",
    base: "text",
    rows: [text, ...held],
    bounds: [],
  };
}

const ratioOnly = (ratio: number) => ({ ratio, lowerQuartile: ratio, upperQuartile: ratio });

function memoryRow(engine: Engine, shared: readonly View[], blog: readonly View[], textBytes: number): Row {
  linkInterface(engine, shared, blog);
  const before = settledHeap();
  const realms = Array.from({ length: realmsHeld }, () => linkInterface(engine, shared, blog));
  const bytes = (settledHeap() - before) / realms.length;
  return {
    name: `sx ${engine.name}`,
    milliseconds: 0,
    kilobytes: bytes / 1000,
    ...ratioOnly(bytes / textBytes),
  };
}

/** Heap bytes in use after everything unreachable is gone. */
function settledHeap(): number {
  if (!globalThis.gc) throw new Error("Memory needs node --expose-gc; npm run bench gives it.");
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
