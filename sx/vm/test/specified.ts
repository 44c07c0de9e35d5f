// The machine as the specification tells it (spec/vm.sx, emitted), under the interface of every engine: what the
// machine beside it is held against. It refuses signals, continuations and effects, which vm.sx does not tell again.

import { create as createCompiler } from "../../bootstrap/emitted/compiler.js";
import { create as createRenderer } from "../../bootstrap/emitted/render.js";
import { create } from "../../bootstrap/emitted/vm.js";
import { type Chapter, type CreateChapter, createHost } from "../../bootstrap/host.ts";
import {
  FrameComponent,
  type MachineHost,
  machinePrimitives,
  Native,
  Raised,
} from "../../bootstrap/machine.ts";
import { nativeNames } from "../../core/primitives/native-names.ts";
import type { Primitive } from "../../core/primitives/primitive.ts";
import type { Dict, Markup, SxSymbol, Value } from "../../core/values.ts";
import type { Core } from "../../front/core.ts";
import type { Definition } from "../../front/definition.ts";
import type { Engine, EngineHost, EngineInstance } from "../../front/engine.ts";
import { compileModule } from "../engine.ts";
import type { Place, Proto } from "../module.ts";

/** `chapter` is what vm.sx was emitted as; tests give one with a rule broken. */
export function specifiedEngine(chapter: CreateChapter = create): Engine {
  return {
    name: "vm.sx",
    natives: nativeNames,
    start: (primitives, host) => new Instance(primitives, host, chapter),
  };
}

/** A definition's place, as the chapter reads it; a component's closure is kept beside its value. */
interface Cell {
  ready: boolean;
  value: Value;
  closure: Value;
}

class Instance implements EngineInstance {
  readonly name = "vm.sx";
  readonly waiting = null;
  readonly trees = null;
  private readonly renderer: Chapter;
  private readonly chapter: Chapter;
  private readonly host: MachineHost;

  constructor(primitives: ReadonlyMap<string, Primitive>, host: EngineHost, chapter: CreateChapter) {
    const values = new Map<string, Value>(nativeNames.map((name) => [name, new Native(name)]));
    this.host = {
      primitives,
      value(name) {
        const { call } = primitives.get(name) ?? {};
        if (call && !values.has(name)) values.set(name, (...args: Value[]) => call(...args));
        return values.get(name);
      },
      print: host.print,
      perform: () => null,
      render: (definition, props, children) => this.render(definition, props, children),
      leaves: () => false,
      noteHole: () => "",
    };
    const bootstrapHost = createHost(...machinePrimitives(this.host));
    this.renderer = createRenderer(bootstrapHost, {});
    this.chapter = chapter(bootstrapHost, { ...createCompiler(bootstrapHost, {}), ...this.renderer });
  }

  run(definitions: readonly Definition[], expression: Core | null): Value {
    const { module, places, links } = compileModule(definitions, expression);
    for (const definition of definitions)
      definition.compiled = { ready: false, value: null, closure: null } satisfies Cell;
    const record = {
      ...module,
      places: new Map<Proto, readonly Place[]>(
        module.protos.map((proto, index) => [proto, places[index] ?? []]),
      ),
      links: new Map<SxSymbol, Cell>(links.map(({ symbol, definition }) => [symbol, cellOf(definition)])),
    };
    let value: Value = null;
    module.entries.forEach(({ proto, kind }, index) => {
      const definition = definitions[index];
      if (!definition || kind === "value") return;
      const cell = cellOf(definition);
      cell.closure = this.chapter.close(record, module.protos[proto], []);
      cell.value =
        kind === "component"
          ? new FrameComponent(definition, (props, children) => this.render(definition, props, children))
          : cell.closure;
      cell.ready = true;
    });
    for (const { proto, kind } of module.entries)
      if (kind === "value" || kind === "expression")
        value = outcome(this.chapter["run-proto"](record, module.protos[proto]));
    return expression ? value : null;
  }

  call(definition: Definition, args: readonly Value[]): Value {
    return outcome(this.chapter["run-call"](cellOf(definition).value, [...args]));
  }

  render(definition: Definition, props: Dict, children: Value[]): string {
    const markup = outcome(this.chapter["run-component"](cellOf(definition).value, props, children));
    return (markup as Markup).html; // a component's answer always is markup
  }

  markup(value: Value): string {
    return this.renderer["html-of"](this.renderer["decide-child"](value));
  }
}

function cellOf({ compiled }: Definition): Cell {
  return compiled as Cell; // run() made it
}

function outcome({ value }: { value: Value }): Value {
  if (value instanceof Raised) throw value.error;
  return value;
}
