// The chapters that are emitted, in the order in which they may use each other, and how one becomes text: the
// front end, itself emitted from such chapters, resolves it over those it uses, and the emitted emitter writes it.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Primitive } from "../core/primitives/primitive.ts";
import { createPrimitives } from "../core/primitives/table.ts";
import { readForms } from "../core/reader.ts";
import { Source } from "../core/source.ts";
import { type Definition, Library } from "../front/definition.ts";
import type { StartFrontEnd } from "../front/front-end.ts";
import { contentPrimitives } from "./content.ts";
import { formPrimitives } from "./forms.ts";
import { frontPrimitives } from "./front.ts";
import { frontEnd } from "./front-end.ts";
import { type MachineHost, machinePrimitives } from "./machine.ts";
import { platformPrimitives } from "./platform.ts";
import { sinkPrimitives } from "./sink.ts";
import { wirePrimitives } from "./wire-rows.ts";

export interface ChapterSource {
  readonly name: string;
  /** The file, from the folder of the language. */
  readonly file: string;
  /** Names of earlier chapters whose definitions it sees. */
  readonly uses: readonly string[];
  /** What its machine brings beside the platform interface. */
  readonly platform: () => readonly Primitive[];
}

const none = () => [];

/** The interface of hash.sx, for its names alone. */
const contentRows = () => contentPrimitives(() => {}); // nothing is called while a chapter is resolved

/** The machine's interface, for its names alone. */
const machineRows = () => machinePrimitives({} as MachineHost); // nothing is called while a chapter is resolved

export const chapters: readonly ChapterSource[] = [
  { name: "reader", file: "spec/reader.sx", uses: [], platform: formPrimitives },
  { name: "render", file: "spec/render.sx", uses: [], platform: sinkPrimitives },
  { name: "expand", file: "spec/expand.sx", uses: [], platform: frontPrimitives },
  { name: "resolve", file: "spec/resolve.sx", uses: ["expand", "render"], platform: frontPrimitives },
  { name: "eval", file: "spec/eval.sx", uses: ["render"], platform: machineRows },
  { name: "compiler", file: "spec/compiler.sx", uses: [], platform: sinkPrimitives },
  { name: "vm", file: "spec/vm.sx", uses: ["compiler", "render"], platform: machineRows },
  { name: "hash", file: "spec/hash.sx", uses: [], platform: contentRows },
  { name: "wire", file: "spec/wire.sx", uses: ["render"], platform: wirePrimitives },
  { name: "emit", file: "bootstrap/emit.sx", uses: [], platform: none },
];

const languageFolder = join(import.meta.dirname, "..");
const natives = ["map", "filter", "for-each", "map-indexed", "some", "every?", "reduce", "apply", "raise"];

export type Emit = (file: string, library: Library, definitions: readonly Definition[]) => string;

/**
 * The JavaScript of every chapter, by emitted file name, or of the chapters that are named and what they use.
 * `emit` is the emitter's `emit-module`; `start` is the committed front end when it is left out.
 */
export function emitChapters(
  emit: Emit,
  names: readonly string[] = [],
  start: StartFrontEnd = frontEnd,
): Map<string, string> {
  const libraries = new Map<string, Library>();
  const texts = new Map<string, string>();
  for (const source of names.length === 0 ? chapters : neededFor(names))
    texts.set(`${source.name}.js`, emitChapter(source, libraries, emit, start));
  texts.set("prelude.js", emitText("spec/prelude.sx", "prelude"));
  return texts;
}

/** The chapters of these names and all they use, in order. Throws for a name that no chapter has. */
function neededFor(names: readonly string[]): ChapterSource[] {
  const needed = new Set(names);
  const found = chapters.toReversed().filter(({ name, uses }) => {
    if (!needed.delete(name)) return false;
    for (const used of uses) needed.add(used);
    return true;
  });
  const [unknown] = needed;
  if (unknown !== undefined)
    throw new Error(
      `No chapter is called ${unknown}; there are ${chapters.map(({ name }) => name).join(", ")}.`,
    );
  return found.toReversed();
}

/** A file that travels as its text, since programs see it as SX. */
function emitText(file: string, name: string): string {
  const text = readFileSync(join(languageFolder, file), "utf8");
  return `// The text of sx/${file}, written by sx/bootstrap; do not edit.\n\nexport const ${name} = ${JSON.stringify(text)};\n`;
}

/** The JavaScript of one chapter whose text has been edited: a specification that says something else. */
export function emitEdited(name: string, emit: Emit, edit: (text: string) => string): string {
  const libraries = new Map<string, Library>();
  for (const source of chapters) {
    if (source.name === name) return emitChapter(source, libraries, emit, frontEnd, edit);
    emitChapter(source, libraries, emit, frontEnd);
  }
  throw new Error(`no chapter is called ${name}`);
}

/** Reads, resolves and emits a chapter over those before it. Throws an SxError with its place where it is wrong. */
function emitChapter(
  source: ChapterSource,
  libraries: Map<string, Library>,
  emit: Emit,
  start: StartFrontEnd,
  edit = (text: string) => text,
): string {
  const library = new Library(source.uses.map((name) => libraries.get(name) as Library)); // earlier in the list
  libraries.set(source.name, library);
  const names = [...createPrimitives().keys(), ...natives];
  for (const entry of [...platformPrimitives(), ...source.platform()]) names.push(entry.name);
  const { collect, resolveDefinition } = start(library, new Set(names), (macro) => {
    throw new Error(`${source.file} uses the macro ${macro.name}; chapters are emitted without running any`);
  });
  const text = edit(readFileSync(join(languageFolder, source.file), "utf8"));
  const definitions = collect(readForms(new Source(source.file, text)));
  for (const definition of definitions) resolveDefinition(definition);
  return emit(`sx/${source.file}`, library, definitions);
}
