// The JavaScript engine: SX compiled to JavaScript and run by the host's own compiler. For servers only,
// since it makes functions from text, which a browser under a strict policy refuses.

import { nativeNames } from "../core/primitives/native-names.ts";
import type { Primitive } from "../core/primitives/primitive.ts";
import type { Component, Value } from "../core/values.ts";
import type { Core } from "../front/core.ts";
import type { Definition } from "../front/definition.ts";
import type { Engine, EngineHost, EngineInstance, MarkupKind, TreeEngine } from "../front/engine.ts";
import { childNodes } from "../render/tree.ts";
import { Runtime } from "./runtime.ts";
import { type Compiled, Unit } from "./unit.ts";

export interface JsEngineOptions {
  /** Check declared prop types at every component call, as development wants; at the host boundary they always are. */
  readonly checkProps?: boolean;
}

/** SX → JavaScript. Give it to `createRealm`. */
export function jsEngine(options: JsEngineOptions = {}): Engine {
  return {
    name: "js",
    natives: nativeNames,
    start(
      primitives: ReadonlyMap<string, Primitive>,
      host: EngineHost,
      markup: MarkupKind = "text",
    ): EngineInstance {
      const trees = markup === "tree";
      const runtime = new Runtime(primitives, host, trees);
      const checkProps = options.checkProps ?? false;
      return {
        name: "js",
        waiting: null,
        trees: trees ? treesOf(runtime) : null,
        run: (definitions: readonly Definition[], expression: Core | null) =>
          new Unit(runtime, definitions, { checkProps, trees }).run(expression),
        call: (definition, args) => runtime.call(functionOf(definition), args),
        render: (definition, props, children) =>
          runtime.protect(() => componentOf(definition).render(props, children)),
        markup: (value) => runtime.protect(() => runtime.child(value)),
      };
    },
  };
}

function treesOf(runtime: Runtime): TreeEngine {
  return {
    render: (definition, props, children) =>
      runtime.protect(() => runtime.draw(componentOf(definition), props, children)),
    nodes: (value) => runtime.protect(() => childNodes(value)),
  };
}

function componentOf(definition: Definition): Component {
  const compiled = definition.compiled as Compiled; // the realm compiled it
  if (compiled.kind !== "component")
    throw new Error(`${definition.name} is not a component and cannot be rendered.`);
  return compiled.value;
}

function functionOf(definition: Definition): (depth: number, ...args: Value[]) => Value {
  const compiled = definition.compiled as Compiled; // the realm compiled it
  const value = compiled.kind === "value" ? compiled.cell.value : compiled.value;
  if (typeof value !== "function")
    throw new Error(`${definition.name} is not a function and cannot be called.`);
  return value as (depth: number, ...args: Value[]) => Value; // functions of this engine are the only ones there are
}
