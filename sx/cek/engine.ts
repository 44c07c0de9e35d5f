// The reference engine: the specification's own machine (spec/eval.sx, emitted as JavaScript) under the
// interface of every engine. Slow beside the others, and what they are held against; it runs continuations
// and effects, and nothing a program does can exhaust the host's stack.

import { create } from "../bootstrap/emitted/eval.js";
import { create as createRenderer } from "../bootstrap/emitted/render.js";
import { type Chapter, type CreateChapter, createHost } from "../bootstrap/host.ts";
import {
  type FrameComponent,
  type MachineHost,
  machinePrimitives,
  Native,
  placed,
  Raised,
  type Waiting,
} from "../bootstrap/machine.ts";
import { sxError } from "../core/errors.ts";
import { nativeNames } from "../core/primitives/native-names.ts";
import type { Primitive } from "../core/primitives/primitive.ts";
import type { Dict, Markup, Value } from "../core/values.ts";
import type { Core } from "../front/core.ts";
import type { Definition } from "../front/definition.ts";
import type { Engine, EngineHost, EngineInstance, TreeEngine, WaitingEngine } from "../front/engine.ts";
import type { Node } from "../render/nodes.ts";
import { nodesOf } from "../render/tree.ts";

/**
 * The engine made of the specification. Give it to `createRealm`. `chapter` is what eval.sx was emitted as;
 * tests give one with a rule broken, to see that somebody notices.
 */
export function cekEngine(chapter: CreateChapter = create): Engine {
  return {
    name: "cek",
    natives: nativeNames,
    start: (primitives, host) => new Instance(primitives, host, chapter),
  };
}

/** The registers of one run; see eval.sx. */
interface Machine {
  mode: string;
  value: Value;
}

interface Cell {
  value: Value;
}

class Instance implements EngineInstance, WaitingEngine {
  readonly name = "cek";
  readonly waiting = this;
  readonly trees: TreeEngine = {
    render: (definition, props, children) => this.draw(definition, props, children),
    nodes: (value) => this.nodesOf(value),
  };
  private readonly renderer: Chapter;
  private readonly chapter: Chapter;
  private readonly host: MachineHost;

  constructor(primitives: ReadonlyMap<string, Primitive>, host: EngineHost, chapter: CreateChapter) {
    const values = new Map<string, Value>(nativeNames.map((name) => [name, new Native(name)]));
    this.host = {
      primitives,
      value(name) {
        if (!values.has(name)) values.set(name, hostFunction(primitives.get(name) as Primitive)); // the resolver let no other name through
        return values.get(name);
      },
      print: host.print,
      perform(operation, args) {
        if (!host.perform) throw sxError("effect/unhandled", { operation });
        return host.perform(operation, args);
      },
      render: (definition, props, children) => this.render(definition, props, children),
      leaves: host.leaves ?? (() => false),
      noteHole: (pending, hole) => {
        if (!host.openHole) throw sxError("suspense/needs-stream", {});
        return host.openHole(pending, (value) => this.fill(hole, value));
      },
    };
    const bootstrapHost = createHost(...machinePrimitives(this.host));
    this.renderer = createRenderer(bootstrapHost, {});
    this.chapter = chapter(bootstrapHost, this.renderer);
  }

  run(definitions: readonly Definition[], expression: Core | null): Value {
    this.chapter["define-all"](definitions);
    for (const definition of definitions) {
      if (definition.kind !== "value") continue;
      this.chapter["set-definition"](definition, this.evaluate(definition.core as Core)); // resolved
    }
    return expression ? this.evaluate(expression) : null;
  }

  runAsync(expression: Core): Promise<Value> {
    return this.finishLater(this.begin("start", expression, null));
  }

  call(definition: Definition, args: readonly Value[]): Value {
    return this.finish(this.begin("start-call", functionOf(definition), [...args]));
  }

  callAsync(definition: Definition, args: readonly Value[]): Promise<Value> {
    return this.finishLater(this.begin("start-call", functionOf(definition), [...args]));
  }

  render(definition: Definition, props: Dict, children: Value[]): string {
    return this.renderer["html-of"](this.draw(definition, props, children));
  }

  markup(value: Value): string {
    return this.renderer["html-of"](this.nodesOf(value));
  }

  private draw(definition: Definition, props: Dict, children: Value[]): readonly Node[] {
    const component = (definition.compiled as Cell).value as FrameComponent; // run() made it
    const machine = this.begin("start-component", component, props, children);
    return nodesOf(this.finish(machine) as Markup); // a component's answer always is markup
  }

  private fill(hole: Value, value: Value): readonly Node[] {
    return nodesOf(this.finish(this.begin("start-filling", hole, value)) as Markup); // and so is a filling
  }

  private nodesOf(value: Value): readonly Node[] {
    return this.renderer["decide-child"](value);
  }

  private evaluate(core: Core): Value {
    return this.finish(this.begin("start", core, null));
  }

  private begin(entry: string, ...args: Value[]): Machine {
    const machine = this.chapter["make-machine"](null);
    this.chapter[entry](machine, ...args);
    return this.chapter.run(machine);
  }

  private finish(machine: Machine): Value {
    if (machine.mode === "wait") {
      const { operation, span, answer } = machine.value as Waiting; // that is what "wait" means
      answer.catch(() => null); // nobody will hear of its failure
      throw sxError("effect/needs-async", { operation }, span);
    }
    return outcome(machine);
  }

  private async finishLater(machine: Machine): Promise<Value> {
    while (machine.mode === "wait") {
      const { answer: pending, span } = machine.value as Waiting; // that is what "wait" means
      const answer = await pending.catch((error: unknown) => new Raised(placed(error, span)));
      this.chapter.resume(machine, answer ?? null);
    }
    return outcome(machine);
  }
}

function outcome({ value }: Machine): Value {
  if (value instanceof Raised) throw value.error;
  return value;
}

function functionOf(definition: Definition): Value {
  return (definition.compiled as Cell).value; // run() made it
}

/** A primitive as a function of its own, so that it is not the same value as another's. */
function hostFunction({ call }: Primitive): (...args: Value[]) => Value {
  return (...args) => call(...args);
}
