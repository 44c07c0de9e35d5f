// One front end at work on texts: the libraries it fills and every error on its way. A definition that fails does
// not keep the next from being resolved, so that a wrong text shows all its errors. Macros run on the reference
// engine.

import { prelude } from "../bootstrap/emitted/prelude.js";
import { cekEngine } from "../cek/engine.ts";
import { SxError, sxError } from "../core/errors.ts";
import type { Form } from "../core/form.ts";
import type { Primitive } from "../core/primitives/primitive.ts";
import { createPrimitives } from "../core/primitives/table.ts";
import { readForms } from "../core/reader.ts";
import { Source } from "../core/source.ts";
import type { Value } from "../core/values.ts";
import type { Core } from "../front/core.ts";
import { type Definition, Library } from "../front/definition.ts";
import { definitionsIn } from "../front/dependencies.ts";
import type { EngineInstance } from "../front/engine.ts";
import type { FrontEnd, StartFrontEnd } from "../front/front-end.ts";

/** What became of a text: its library, the core forms of its expressions, and its errors by where they happened. */
export interface Made {
  readonly library: Library;
  readonly expressions: (Core | null)[];
  readonly errors: { readonly of: string; readonly error: object }[];
}

const preludeForms = readForms(new Source("prelude.sx", prelude));

export class FrontSide {
  private readonly start: StartFrontEnd;
  private readonly primitives: ReadonlyMap<string, Primitive>;
  private readonly names: ReadonlySet<string>;
  private readonly instance: EngineInstance;
  private readonly frontEnds = new WeakMap<Library, FrontEnd>();
  readonly prelude: Made;

  constructor(start: StartFrontEnd) {
    const engine = cekEngine();
    this.start = start;
    this.primitives = createPrimitives();
    this.names = new Set([...this.primitives.keys(), ...engine.natives]);
    this.instance = engine.start(this.primitives, { print: () => {}, perform: null });
    this.prelude = this.make([preludeForms], null, true);
  }

  /** Collects the files of a library over a parent and resolves everything in it. */
  make(files: readonly (readonly Form[])[], parent: Library | null = null, yields = false): Made {
    const library = new Library(yields ? [] : [parent ?? this.prelude.library], yields);
    const frontEnd = this.start(library, this.names, (macro) => this.macroFunction(macro));
    this.frontEnds.set(library, frontEnd);
    const errors: { of: string; error: object }[] = [];
    const attempt = <T>(of: string, step: () => T): T | null => {
      try {
        return step();
      } catch (error) {
        errors.push({ of, error: describeError(error) });
        return null;
      }
    };
    for (const forms of files) attempt("collecting", () => frontEnd.collect(forms));
    for (const definition of library.definitions.values())
      attempt(definition.name, () => frontEnd.resolveDefinition(definition));
    const expressions = library.expressions.map((form) =>
      attempt("an expression", () => frontEnd.resolveExpression(form)),
    );
    return { library, expressions, errors };
  }

  private macroFunction(macro: Definition): (args: Value[]) => Value {
    const unit = new Set<Definition>();
    this.gather(macro, unit);
    this.instance.run([...unit].reverse(), null);
    return (args) => this.instance.call(macro, args);
  }

  /** A definition and all it needs, as far as they are not compiled yet. */
  private gather(definition: Definition, unit: Set<Definition>): void {
    if (definition.compiled !== null || unit.has(definition)) return;
    if (definition.state === "resolving") {
      const reason = "a macro needs it while it is itself being expanded"; // as a realm says it
      throw sxError("macro/failed", { macro: definition.name, reason }, definition.span);
    }
    this.frontEnds.get(definition.library)?.resolveDefinition(definition);
    unit.add(definition);
    const cores = [definition.core, ...(definition.shape?.props ?? []).map(({ fallback }) => fallback)];
    for (const core of cores) if (core) for (const needed of definitionsIn(core)) this.gather(needed, unit);
  }
}

/** Everything an error says. */
export function describeError(error: unknown): object {
  if (!(error instanceof SxError)) return { error: error instanceof Error ? error.message : error };
  const { kind, message, help, span, data, expansions } = error;
  return { kind, message, help, span, data, expansions };
}
