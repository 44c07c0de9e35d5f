// Tests of the specification's own chapters: the platform interface they need, in a form that works on every engine,
// and a way for a test to get at core forms. A test file that loads a chapter by `;;loads>` gets all of it.

import { join, relative } from "node:path";
import { type ChapterSource, chapters } from "../bootstrap/chapters.ts";
import { contentPrimitives } from "../bootstrap/content.ts";
import { frontEnd } from "../bootstrap/front-end.ts";
import { type MachineHost, machinePrimitives, Native } from "../bootstrap/machine.ts";
import { platformPrimitives } from "../bootstrap/platform.ts";
import { sxError } from "../core/errors.ts";
import { type Primitive, primitive } from "../core/primitives/primitive.ts";
import { nativeRows } from "../core/primitives/rows.ts";
import { createPrimitives } from "../core/primitives/table.ts";
import { readForms } from "../core/reader.ts";
import { Source } from "../core/source.ts";
import type { Value } from "../core/values.ts";
import { type Definition, Library } from "../front/definition.ts";

export type ChapterFile = ChapterSource;

const languageFolder = join(import.meta.dirname, "..");

/** The chapter that a file is, or null. */
export function chapterOf(path: string): ChapterFile | null {
  const file = relative(languageFolder, path).replaceAll("\\", "/");
  return chapters.find((chapter) => chapter.file === file) ?? null;
}

// A function of the program cannot be handed to the host on every engine, so what takes one is written here in SX.
const functionTaking: Readonly<Record<string, string>> = {
  attempt: "(define (attempt run span) (try (run) (catch (e) (raised (raise-value e span)))))",
  catching: "(define (catching run) (try (run) (catch (e) (raised (raise-value e nil)))))",
};

/** What chapters ask of their host: rows for the realm, and definitions to load with them. Nothing for no chapter. */
export function chapterPlatform(used: readonly ChapterFile[]): { rows: Primitive[]; definitions: string } {
  if (used.length === 0) return { rows: [], definitions: "" };
  const rows = new Map<string, Primitive>();
  const add = (entry: Primitive) => rows.set(entry.name, entry);
  for (const entry of platformPrimitives()) add(entry);
  for (const chapter of used) for (const entry of chapter.platform()) add(entry);
  // These two know their host by what they are given; a definition whose core form is asked for has it already.
  if (rows.has("make-frame")) for (const entry of machinePrimitives(machineHost())) add(entry);
  if (rows.has("resolve-definition")) for (const entry of contentPrimitives(() => undefined)) add(entry);
  for (const entry of formRows()) add(entry);
  const taken = Object.keys(functionTaking).filter((name) => rows.delete(name));
  return { rows: [...rows.values()], definitions: taken.map((name) => functionTaking[name]).join("\n") };
}

/** A host for the machine of eval.sx that prints nowhere and performs nothing. */
function machineHost(): MachineHost {
  const primitives = createPrimitives();
  const values = new Map<string, Value>(Object.keys(nativeRows).map((name) => [name, new Native(name)]));
  return {
    primitives,
    value(name) {
      if (!values.has(name)) values.set(name, primitives.get(name)?.call);
      return values.get(name);
    },
    print: () => null,
    perform(operation) {
      throw sxError("effect/unhandled", { operation });
    },
    render() {
      throw new Error("the machine in a test renders through its own frames");
    },
    leaves: () => false,
    noteHole() {
      throw new Error("nobody fills holes in a test of the machine");
    },
  };
}

function formRows(): Primitive[] {
  return [
    primitive(
      "(program-of text:string) -> dict",
      "A text resolved: its :definitions, and the :core form of its last expression.",
      programOf,
    ),
    primitive(
      "(source-of text:string) -> any",
      "A text as the source of a file.",
      (text: string) => new Source("text", text),
    ),
    primitive("(read-text text:string) -> list", "The forms of a text.", (text: string) =>
      readForms(new Source("text", text)),
    ),
    primitive("(make-library) -> any", "A library without definitions.", () => new Library([])),
    primitive("(names-of-language) -> any", "The names of everything the language brings.", languageNames),
  ];
}

/** The front end's view of a text that uses nothing but the language. */
function programOf(text: string): { definitions: Definition[]; core: Value } {
  const { library, collect, resolveDefinition, resolveExpression } = frontEnd(
    new Library([]),
    languageNames(),
    (macro) => {
      throw new Error(`program-of runs no macros, and the text calls ${macro.name}`);
    },
  );
  const definitions = collect(readForms(new Source("program", text)));
  for (const definition of definitions) resolveDefinition(definition);
  const last = library.expressions.at(-1);
  return { definitions, core: last === undefined ? null : resolveExpression(last) };
}

function languageNames(): Set<string> {
  return new Set([...createPrimitives().keys(), ...Object.keys(nativeRows)]);
}
