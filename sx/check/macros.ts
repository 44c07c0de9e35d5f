// Running macros while checking: a macro and everything it reaches is compiled when its first call is met. One
// that has an error, or reaches one, is not run; its calls then stand for nothing known.

import { sxError } from "../core/errors.ts";
import { createPrimitives } from "../core/primitives/table.ts";
import type { Value } from "../core/values.ts";
import type { Definition, Library } from "../front/definition.ts";
import { definitionsIn } from "../front/dependencies.ts";
import type { EngineHost, EngineInstance } from "../front/engine.ts";
import { jsEngine } from "../js/engine.ts";

/** What the machine asks of the resolver of a definition's library. */
interface DefinitionResolver {
  resolveDefinition(definition: Definition): void;
  isBroken(definition: Definition): boolean;
}

/** Thrown instead of running a macro that has an error. */
export class BrokenMacro extends Error {}

/** A macro makes code, and has nobody to talk to while it does. */
const nobody: EngineHost = {
  print: () => undefined,
  perform: null,
  openHole: () => "",
  leaves: () => false,
};

export class MacroMachine {
  private readonly resolverOf: (definition: Definition) => DefinitionResolver;
  private instance: EngineInstance | null = null;

  constructor(resolverOf: (definition: Definition) => DefinitionResolver) {
    this.resolverOf = resolverOf;
  }

  /** The function from a call's arguments to its expansion. Throws a BrokenMacro where there is none. */
  functionOf(macro: Definition): (args: Value[]) => Value {
    this.instance ??= jsEngine().start(createPrimitives(), nobody, "text");
    const { instance } = this;
    if (macro.compiled === null) instance.run(this.unitOf(macro), null);
    return (args) => instance.call(macro, args);
  }

  /** Whatever has to be compiled for a macro: values are computed in the order they were written. */
  private unitOf(macro: Definition): Definition[] {
    const unit = new Set<Definition>();
    const queue = [macro];
    for (let definition = queue.pop(); definition; definition = queue.pop()) {
      if (definition.compiled !== null || unit.has(definition)) continue;
      const resolver = this.resolverOf(definition);
      resolver.resolveDefinition(definition);
      if (definition.state === "resolving") throw neededTooEarly(definition);
      if (resolver.isBroken(definition)) throw new BrokenMacro();
      unit.add(definition);
      if (definition.core) queue.push(...definitionsIn(definition.core));
      for (const { fallback } of definition.shape?.props ?? [])
        if (fallback) queue.push(...definitionsIn(fallback));
    }
    return parentsFirst(macro.library)
      .flatMap((library) => [...library.definitions.values()])
      .filter((definition) => unit.has(definition));
  }
}

function parentsFirst(library: Library): Library[] {
  return [...new Set([...library.parents.flatMap((parent) => parentsFirst(parent)), library])];
}

function neededTooEarly({ name, span }: Definition): Error {
  const reason = "a macro needs it while it is itself being expanded";
  return sxError("macro/failed", { macro: name, reason }, span);
}
