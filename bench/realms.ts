// Realms: how long the whole interface takes from text to running code, against reading that text alone, and
// how much memory a realm holds, against the text itself. The interface is platform/ui and the blog's views.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { emittedFrontEnd } from "../sx/bootstrap/front-end.ts";
import { cekEngine } from "../sx/cek/engine.ts";
import type { Form } from "../sx/core/form.ts";
import { createPrimitives } from "../sx/core/primitives/table.ts";
import { readForms } from "../sx/core/reader.ts";
import { Source } from "../sx/core/source.ts";
import { Library } from "../sx/front/definition.ts";
import type { Engine } from "../sx/front/engine.ts";
import { hostFrontEnd, type StartFrontEnd } from "../sx/front/front-end.ts";
import { createRealm, type Realm } from "../sx/index.ts";
import { jsEngine } from "../sx/js/engine.ts";
import type { Comparison } from "./comparison.ts";
import { compare, type Effort, type Row } from "./measure.ts";

interface View {
  readonly file: string;
  readonly text: string;
}

const root = join(import.meta.dirname, "..");
const engines: readonly Engine[] = [jsEngine(), cekEngine()];
const realmsHeld = 20;

function viewsOf(folder: string): View[] {
  const names = readdirSync(join(root, folder)).filter((name) => name.endsWith(".sx"));
  return names.sort().map((file) => ({ file, text: readFileSync(join(root, folder, file), "utf8") }));
}

/** Both libraries, linked: the shared one first, the blog's over it. */
function linkInterface(
  engine: Engine,
  shared: readonly View[],
  blog: readonly View[],
  frontEnd: StartFrontEnd = hostFrontEnd,
): Realm {
  const ui = createRealm({ engine, frontEnd });
  for (const { file, text } of shared) ui.load(text, { file });
  ui.link();
  const views = createRealm({ engine, parents: [ui] });
  for (const { file, text } of blog) views.load(text, { file });
  views.link();
  return views;
}

/** The host's front end and the specification's, on both libraries: their own work alone, then all that a start does. */
async function* compareFrontEnds(
  shared: readonly View[],
  blog: readonly View[],
  effort: Effort,
): AsyncGenerator<Comparison> {
  const frontEnds = { "the host's": hostFrontEnd, "emitted from the chapters": emittedFrontEnd() };
  const libraries = [shared, blog].map((views) =>
    views.map(({ file, text }) => readForms(new Source(file, text))),
  );
  const contenders = (run: (frontEnd: StartFrontEnd) => unknown) =>
    Object.entries(frontEnds).map(([name, frontEnd]) => ({ name, run: () => run(frontEnd) }));
  const base = "the host's";
  yield {
    title: "The whole interface from forms to core forms",
    base,
    rows: await compare(
      contenders((frontEnd) => resolveInterface(frontEnd, libraries)),
      effort,
    ),
    bounds: [],
  };
  const js = jsEngine();
  yield {
    title: "The whole interface linked for js, by front end",
    base,
    rows: await compare(
      contenders((frontEnd) => linkInterface(js, shared, blog, frontEnd)),
      effort,
    ),
    bounds: [{ row: "emitted from the chapters", floor: 2, goal: 1.2 }],
  };
}

/** Resolves libraries of read files, each over the one before it. They use no macros. */
function resolveInterface(start: StartFrontEnd, libraries: readonly (readonly Form[][])[]): Library {
  const names = new Set([...createPrimitives().keys(), ...jsEngine().natives]);
  let library = new Library([]);
  for (const files of libraries) {
    library = new Library([library]);
    const frontEnd = start(library, names, (macro) => {
      throw new Error(`the interface uses the macro ${macro.name}`);
    });
    for (const forms of files) frontEnd.collect(forms);
    for (const definition of library.definitions.values()) frontEnd.resolveDefinition(definition);
  }
  return library;
}

/** Compile time, then the two front ends, then memory. */
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
  yield* compareFrontEnds(shared, blog, effort);
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
