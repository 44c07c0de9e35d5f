// A realm: one library of definitions over parent realms, and the engine that runs it. Loading reads and
// collects, linking resolves every name and compiles; what the realm answers afterwards never depends on
// the order in which things were asked.

import { prelude } from "./bootstrap/emitted/prelude.js";
import { suggest, sxError } from "./core/errors.ts";
import type { Primitive } from "./core/primitives/primitive.ts";
import { createPrimitives } from "./core/primitives/table.ts";
import { write } from "./core/printer.ts";
import { readForms } from "./core/reader.ts";
import { Source } from "./core/source.ts";
import { type Dict, isDict, typeName, type Value } from "./core/values.ts";
import { collectForms } from "./front/collect.ts";
import type { Core } from "./front/core.ts";
import { type Definition, Library } from "./front/definition.ts";
import { definitionsIn } from "./front/dependencies.ts";
import type { Engine, EngineInstance, WaitingEngine } from "./front/engine.ts";
import { Resolver } from "./front/resolve.ts";

export interface RealmOptions {
  readonly engine: Engine;
  /** Realms whose definitions this one sees; they must have been made with the same engine. */
  readonly parents?: readonly Realm[];
  /** Functions of the host that programs of this family may call besides the language's own; for a realm without parents. */
  readonly platform?: readonly Primitive[];
  /** Answers what programs `perform`, at once or by a promise; nobody does when it is absent. */
  readonly perform?: (operation: Value, args: readonly Value[]) => Value;
  /** Receives what `print` writes: the written forms with spaces between. */
  readonly print?: (line: string) => void;
  /** Check what comes in from the host in depth, naming the path of a value that SX cannot hold. */
  readonly checkHostValues?: boolean;
}

export class Realm {
  private readonly library: Library;
  private readonly parents: readonly Realm[];
  private readonly resolver: Resolver;
  /** The prelude of the family; its definitions are compiled when one is needed. */
  private readonly prelude: Resolver;
  private readonly instance: EngineInstance;
  private readonly primitives: ReadonlyMap<string, Primitive>;
  private readonly checkHostValues: boolean;
  private pending: Definition[] = [];
  private expressionsRun = 0;

  constructor(options: RealmOptions) {
    const parents = options.parents ?? [];
    const [first] = parents;
    this.parents = parents;
    this.checkHostValues = options.checkHostValues ?? false;
    // A family of realms shares one running engine: what a parent compiled is called directly.
    this.primitives = first?.primitives ?? withPlatform(createPrimitives(), options.platform ?? []);
    const print = (values: readonly Value[]) =>
      options.print?.(values.map((value) => write(value)).join(" "));
    this.instance =
      first?.instance ?? options.engine.start(this.primitives, { print, perform: options.perform ?? null });
    const names = new Set([...this.primitives.keys(), ...options.engine.natives]);
    this.prelude = first?.prelude ?? readPrelude(names);
    this.library = new Library(first ? parents.map((parent) => parent.library) : [this.prelude.library]);
    this.resolver = new Resolver(this.library, names, (macro) => this.macroFunction(macro));
  }

  /** Adds the definitions of one file. Throws an SxError with a span where it cannot be read or collected. */
  load(text: string, options: { readonly file?: string } = {}): void {
    for (const parent of this.parents) parent.link();
    const forms = readForms(new Source(options.file ?? "<text>", text));
    this.pending.push(...collectForms(this.resolver, forms));
  }

  /** Resolves and compiles everything that was loaded. Also done by the first question. */
  link(): void {
    const pending = this.pending;
    if (pending.length === 0) return;
    for (const definition of pending) this.resolver.resolveDefinition(definition);
    this.pending = [];
    this.compile(pending, null);
  }

  /** Runs the top-level expressions that were loaded and not run yet, in order; gives the last value. */
  run(): Value {
    this.link();
    let value: Value = null;
    for (let core = this.nextExpression(); core; core = this.nextExpression()) value = this.compile([], core);
    return value;
  }

  /** The core form of the next expression that has not been run, or null. */
  private nextExpression(): Core | null {
    const form = this.library.expressions[this.expressionsRun];
    if (form === undefined) return null;
    this.expressionsRun++;
    return this.resolver.resolveExpression(form);
  }

  /** Calls a function definition with host values. */
  call(name: string, ...args: readonly Value[]): Value {
    return this.instance.call(this.callable(name, args), args);
  }

  /** The function definition of a name, after a look at what it is to be called with. */
  private callable(name: string, args: readonly Value[]): Definition {
    this.link();
    const definition = this.definition(name);
    if (definition.kind === "component" || definition.kind === "macro")
      throw sxError("call/not-callable", { found: name });
    if (this.checkHostValues) {
      for (const [index, arg] of args.entries()) checkHostValue(arg, `argument ${index + 1} of ${name}`);
    }
    return definition;
  }

  /** As `call`, waiting for effects that take time. */
  async callAsync(name: string, ...args: readonly Value[]): Promise<Value> {
    const definition = this.callable(name, args);
    return this.waiting().callAsync(definition, args);
  }

  /** As `evaluate`, waiting for effects that take time. */
  async evaluateAsync(text: string, options: { readonly file?: string } = {}): Promise<Value> {
    this.load(text, options);
    this.link();
    let value: Value = null;
    for (let core = this.nextExpression(); core; core = this.nextExpression()) {
      this.compile(definitionsIn(core), null);
      value = await this.waiting().runAsync(core);
    }
    return value;
  }

  private waiting(): WaitingEngine {
    const { waiting, name } = this.instance;
    if (!waiting) throw sxError("engine/unsupported", { feature: "waiting for effects", engine: name });
    return waiting;
  }

  /** Renders a component with props from the host: declared types are checked here. */
  render(name: string, props: Dict, mode: "html" = "html"): string {
    if (mode !== "html")
      throw sxError("engine/unsupported", { feature: `rendering as ${mode}`, engine: this.instance.name });
    this.link();
    const definition = this.definition(name);
    if (definition.kind !== "component") throw sxError("call/not-callable", { found: name });
    if (this.checkHostValues) checkHostValue(props, name);
    return this.instance.render(definition, props, []);
  }

  /** The value of an expression; definitions in the text are added first. The last expression counts. */
  evaluate(text: string, options: { readonly file?: string } = {}): Value {
    this.load(text, options);
    return this.run();
  }

  /** A value as an HTML child: what a page would show of it. */
  renderValue(value: Value): string {
    return this.instance.markup(value);
  }

  /** Every literal string that can become part of a `class` attribute, this realm's own, sorted. */
  classStrings(): string[] {
    this.link();
    return [...this.library.classStrings].sort();
  }

  /** The names this realm defines, in the order they were loaded. */
  definedNames(): string[] {
    return [...this.library.definitions.keys()];
  }

  private definition(name: string): Definition {
    const definition = this.library.find(name);
    if (definition) return definition;
    throw sxError("name/unbound", { name, suggestion: suggest(name, this.library.names()) });
  }

  private macroFunction(macro: Definition): (args: Value[]) => Value {
    this.resolver.resolveDefinition(macro);
    if (macro.compiled === null) this.compile([macro], null);
    return (args) => this.instance.call(macro, args);
  }

  /** Compiles definitions with everything they reach that has not been compiled yet. */
  private compile(wanted: readonly Definition[], expression: Core | null): Value {
    const unit = new Set<Definition>();
    const queue = [...wanted, ...(expression ? definitionsIn(expression) : [])];
    for (let definition = queue.pop(); definition; definition = queue.pop()) {
      if (definition.compiled !== null || unit.has(definition)) continue;
      if (definition.state === "resolving") {
        throw sxError(
          "macro/failed",
          { macro: definition.name, reason: "a macro needs it while it is itself being expanded" },
          definition.span,
        );
      }
      const inPrelude = definition.library === this.prelude.library;
      (inPrelude ? this.prelude : this.resolver).resolveDefinition(definition);
      unit.add(definition);
      if (definition.core) queue.push(...definitionsIn(definition.core));
      for (const prop of definition.shape?.props ?? [])
        if (prop.fallback) queue.push(...definitionsIn(prop.fallback));
    }
    if (unit.size === 0 && !expression) return null;
    // Values are computed in the order they were written, whoever needed them first.
    const known = [this.prelude.library, this.library].flatMap((library) => [
      ...library.definitions.values(),
    ]);
    const inOrder = known.filter((definition) => unit.has(definition));
    try {
      return this.instance.run(inOrder, expression);
    } catch (error) {
      // The compiler itself is recursive; what is too deep for it was nested by macros or very long choices.
      if (error instanceof RangeError)
        throw sxError("read/too-deep", { limit: 500 }, inOrder[0]?.span ?? null);
      throw error;
    }
  }
}

const preludeForms = readForms(new Source("prelude.sx", prelude));

/** The prelude for one family of realms, read but not resolved yet. */
function readPrelude(names: ReadonlySet<string>): Resolver {
  const resolver = new Resolver(new Library([], true), names, (macro) => {
    throw new Error(`the prelude calls the macro ${macro.name}, and has none`);
  });
  collectForms(resolver, preludeForms);
  return resolver;
}

function withPlatform(primitives: Map<string, Primitive>, platform: readonly Primitive[]) {
  for (const entry of platform) primitives.set(entry.name, entry);
  return primitives;
}

/** A realm of its own or over parents. */
export function createRealm(options: RealmOptions): Realm {
  return new Realm(options);
}

/** Refuses a host value that SX has no meaning for, naming the way to it. */
function checkHostValue(value: Value, path: string, depth = 0): void {
  if (value === null || value === undefined) return;
  if (typeof value === "object") {
    if (depth > 200) throw sxError("host/bad-value", { path, found: "a value nested more than 200 deep" });
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) checkHostValue(item, `${path}[${index}]`, depth + 1);
    } else if (isDict(value))
      for (const key of Object.keys(value)) checkHostValue(value[key], `${path}.${key}`, depth + 1);
    else if (typeName(value).startsWith("host ")) throw sxError("host/bad-value", { path, found: value });
    return;
  }
  const sound =
    typeof value === "string" ||
    typeof value === "boolean" ||
    typeof value === "function" ||
    (typeof value === "number" && Number.isFinite(value));
  if (!sound) throw sxError("host/bad-value", { path, found: value });
}
