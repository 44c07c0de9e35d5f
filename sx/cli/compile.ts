// `sx compile`: one file as one module of bytecode, with a named entry for each definition and one for its top-level
// expressions. Definitions of the prelude that it reaches come along under names that no program can write; macros
// stay behind, since all of them have been expanded. Nothing is run but what macros need.

import { SxSymbol } from "../core/values.ts";
import { type Core, sequence } from "../front/core.ts";
import type { Definition } from "../front/definition.ts";
import type { Engine, EngineInstance } from "../front/engine.ts";
import { createRealm } from "../realm.ts";
import { encode } from "../vm/encode.ts";
import { compileModule, vmEngine } from "../vm/engine.ts";
import type { Module } from "../vm/module.ts";
import { readText, writeBytes } from "./files.ts";
import { isModuleFile } from "./modules.ts";
import { parseArguments, WrongUsage } from "./options.ts";
import { filesOf, type Streams } from "./programs.ts";

/** Compiles the one file of a line and writes the module where `-o` says. */
export function compileToFile(line: readonly string[], { out }: Streams): number {
  if (line.at(-1) === "-o") throw new WrongUsage("-o needs the file to write.");
  const words = line.map((word) => (word === "-o" ? "--output" : word));
  const parsed = parseArguments(words, ["output"], ["json"]);
  const [file = "", ...more] = filesOf(parsed, "compile");
  const target = parsed.options.get("output");
  if (more.length > 0) throw new WrongUsage("sx compile takes one file.");
  if (typeof target !== "string") throw new WrongUsage("sx compile needs -o with the file to write.");
  if (!isModuleFile(target))
    throw new WrongUsage(`A module's file ends in .sxbc, and so it is known: ${target} is not written.`);
  const module = compileText(readText(file), file);
  const bytes = encode(module);
  writeBytes(target, bytes);
  const definitions = module.entries.length;
  out.write(
    parsed.options.has("json")
      ? `${JSON.stringify({ file: target, bytes: bytes.length, definitions, functions: module.protos.length })}\n`
      : `${target}: ${bytes.length} bytes, ${definitions} ${definitions === 1 ? "entry" : "entries"}\n`,
  );
  return 0;
}

/** The module of a text. Throws an SxError with a span where it is wrong. */
export function compileText(text: string, file: string): Module {
  const recorded: Recorded = { definitions: [], expressions: [] };
  const realm = createRealm({ engine: recorder(recorded) });
  realm.load(text, { file });
  realm.run();
  const { expressions } = recorded;
  const definitions = recorded.definitions.filter(({ kind }) => kind !== "macro");
  const { module, links } = compileModule(definitions, expressions.length > 0 ? sequence(expressions) : null);
  // The prelude yields to a program's own definitions of the same name; in one module both have to be told apart.
  const names = new Map<unknown, SxSymbol>();
  for (const { symbol, definition } of links)
    if (definition.library.yields) names.set(symbol, new SxSymbol(`${definition.name} (prelude)`));
  return { ...module, constants: module.constants.map((value) => names.get(value) ?? value) };
}

interface Recorded {
  readonly definitions: Definition[];
  readonly expressions: Core[];
}

/** An engine that writes down what it is given, and runs it only when a macro is called that needs it. */
function recorder({ definitions, expressions }: Recorded): Engine {
  const engine = vmEngine();
  return {
    ...engine,
    start(primitives, host): EngineInstance {
      const instance = engine.start(primitives, host);
      const run = instance.run.bind(instance);
      const call = instance.call.bind(instance);
      let waiting: Definition[] = [];
      instance.run = (unit, expression) => {
        for (const definition of unit) definition.compiled = definitions; // nobody needs to give it again
        definitions.push(...unit);
        waiting.push(...unit);
        if (expression) expressions.push(expression);
        return null;
      };
      instance.call = (macro, args) => {
        run(waiting, null);
        waiting = [];
        return call(macro, args);
      };
      return instance;
    },
  };
}
