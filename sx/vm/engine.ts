// The bytecode engine: core forms go through the compiler of the specification (spec/compiler.sx, emitted as
// JavaScript) into modules, and a machine runs those. It makes no functions from text, so it runs under a strict
// Content-Security-Policy, and it captures continuations and waits for effects.

import { create } from "../bootstrap/emitted/compiler.js";
import { type Chapter, createHost } from "../bootstrap/host.ts";
import { sinkPrimitives } from "../bootstrap/sink.ts";
import { nativeNames } from "../core/primitives/native-names.ts";
import type { Primitive } from "../core/primitives/primitive.ts";
import type { Dict, SxSymbol, Value } from "../core/values.ts";
import type { Core } from "../front/core.ts";
import type { Definition } from "../front/definition.ts";
import type { Engine, EngineHost, EngineInstance, TreeEngine, WaitingEngine } from "../front/engine.ts";
import { childNodes } from "../render/tree.ts";
import { GlobalCell, unset, VmComponent } from "./code.ts";
import type { ExtensionRegistry } from "./extensions.ts";
import type { LoadedEntry } from "./load.ts";
import type { Module, ModulePlaces } from "./module.ts";
import { Runtime } from "./runtime.ts";

export interface VmEngineOptions {
  /** Opcodes of extensions that modules may use. */
  readonly extensions?: ExtensionRegistry;
}

/** SX → bytecode. Give it to `createRealm`. */
export function vmEngine(options: VmEngineOptions = {}): Engine {
  return {
    name: "vm",
    natives: nativeNames,
    start: (primitives, host, markup) =>
      new Instance(primitives, host, options.extensions, markup === "tree"),
  };
}

/** A compiled module with what is kept beside it. */
export interface CompiledModule {
  readonly module: Module;
  readonly places: ModulePlaces;
  /** The definitions that its names mean. */
  readonly links: readonly { readonly symbol: SxSymbol; readonly definition: Definition }[];
}

/** Resolved definitions, and then an expression, as one module. */
export function compileModule(definitions: readonly Definition[], expression: Core | null): CompiledModule {
  chapter ??= create(createHost(...sinkPrimitives()), {});
  return (chapter as Chapter)["compile-module"](definitions, expression); // made on the line above
}

/** The compiler; it keeps nothing between modules. */
let chapter: Chapter | null = null;

class Instance implements EngineInstance, WaitingEngine {
  readonly name = "vm";
  readonly waiting = this;
  readonly trees: TreeEngine | null;
  private readonly runtime: Runtime;
  /** Of components where markup is a tree, since only definitions can be left in one. */
  private readonly definitions = new WeakMap<VmComponent, Definition>();

  constructor(
    primitives: ReadonlyMap<string, Primitive>,
    host: EngineHost,
    extensions: ExtensionRegistry | undefined,
    trees: boolean,
  ) {
    const leftDefinition = (component: VmComponent) => {
      const definition = this.definitions.get(component);
      return definition && host.leaves?.(definition) ? definition : null;
    };
    this.runtime = new Runtime(primitives, host, extensions, trees ? { leftDefinition } : null);
    this.trees = trees
      ? {
          render: (definition, props, children) =>
            this.runtime.draw(componentOf(definition), props, children),
          nodes: childNodes,
        }
      : null;
  }

  run(definitions: readonly Definition[], expression: Core | null): Value {
    const entry = this.define(definitions, expression);
    return entry ? this.runtime.runBlock(entry) : null;
  }

  async runAsync(expression: Core): Promise<Value> {
    const entry = this.define([], expression);
    return entry ? this.runtime.runBlockAsync(entry) : null;
  }

  call(definition: Definition, args: readonly Value[]): Value {
    return this.runtime.call(cellOf(definition).value, args);
  }

  callAsync(definition: Definition, args: readonly Value[]): Promise<Value> {
    return this.runtime.callAsync(cellOf(definition).value, args);
  }

  render(definition: Definition, props: Dict, children: Value[]): string {
    return this.runtime.render(componentOf(definition), props, children);
  }

  markup(value: Value): string {
    return this.runtime.markup(value);
  }

  /** Compiles and loads; values are computed. Gives the expression, which has not been run. */
  private define(definitions: readonly Definition[], expression: Core | null): LoadedEntry | undefined {
    const { module, places, links } = compileModule(definitions, expression);
    for (const definition of definitions) definition.compiled = new GlobalCell(definition.name, unset);
    const cells = new Map(links.map(({ symbol, definition }) => [symbol, cellOf(definition)]));
    const entries = this.runtime.link(
      module,
      places,
      (name) => cells.get(name as SxSymbol) ?? null, // the compiler writes no references by hash
      (name) => cells.get(name) as GlobalCell, // every definition has a link
    );
    for (const definition of definitions)
      if (definition.kind === "component") this.definitions.set(componentOf(definition), definition);
    for (const entry of entries) if (entry.kind === "value") this.runtime.runBlock(entry);
    return entries.find(({ kind }) => kind === "expression");
  }
}

function componentOf(definition: Definition): VmComponent {
  const component = cellOf(definition).value;
  if (component instanceof VmComponent) return component;
  throw new Error(`${definition.name} is not a component and cannot be rendered.`);
}

function cellOf({ compiled }: Definition): GlobalCell {
  return compiled as GlobalCell; // run() made it
}
