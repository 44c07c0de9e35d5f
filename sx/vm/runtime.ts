// The runtime of one family of realms: its functions, its machines, and the modules that are loaded into it. It knows
// no source and no front end, so this much of the engine is what a browser carries. A machine is taken for each run and
// comes back afterwards; one that waits for the host is kept by whoever started it.

import { SxError, suggest, sxError } from "../core/errors.ts";
import type { Primitive } from "../core/primitives/primitive.ts";
import { type Dict, type Markup, SxSymbol, type Value } from "../core/values.ts";
import type { EngineHost } from "../front/engine.ts";
import { printHtml, renderChild } from "../render/html.ts";
import type { Node } from "../render/nodes.ts";
import { childNodes, nodesOf } from "../render/tree.ts";
import { GlobalCell, suspended, unset, VmClosure, VmComponent } from "./code.ts";
import { enterComponent } from "./component.ts";
import { type ExtensionRegistry, noExtensions } from "./extensions.ts";
import { type LoadedEntry, loadModule } from "./load.ts";
import { Machine, type Native, type Wait } from "./machine.ts";
import type { HashReference, Module, ModulePlaces } from "./module.ts";
import { createNatives, type Natives, type TreeOptions } from "./natives.ts";
import { type Fallbacks, fallbacksFrom } from "./quick.ts";
import type { RunningExtensions } from "./running-extensions.ts";

/** Whom the names of a module belong to: a definition's cell, or null where no definition has the name. */
export type LinkName = (name: SxSymbol | HashReference) => GlobalCell | null;

export class Runtime {
  readonly extensions: ExtensionRegistry;
  private readonly trees: TreeOptions;
  /** Shared by its machines: what an extension keeps is the runtime's. */
  private readonly running: RunningExtensions;
  private readonly primitives: ReadonlyMap<string, Primitive>;
  private readonly natives: Natives;
  private readonly fallbacks: Fallbacks;
  private readonly idle: Machine[] = [];
  private readonly values = new Map<string, Value>();

  constructor(
    primitives: ReadonlyMap<string, Primitive>,
    host: EngineHost,
    extensions: ExtensionRegistry = noExtensions,
    trees: TreeOptions = null,
  ) {
    this.trees = trees;
    this.primitives = primitives;
    this.extensions = extensions;
    this.running = extensions.start();
    this.natives = createNatives(host, trees, (begin) => this.execute(begin));
    this.fallbacks = fallbacksFrom(primitives);
  }

  /**
   * Loads a module that was decoded and verified, and gives the cells of its definitions by name: functions and
   * components are there at once, values are computed in order. Names that it does not define itself are asked of
   * `linkName`, and then are primitives'. Throws `name/unbound` for one that means nothing.
   */
  load(module: Module, linkName: LinkName): Map<string, GlobalCell> {
    const own = new Map<string, GlobalCell>();
    for (const { name, kind } of module.entries) {
      if (kind === "expression") continue;
      const symbol = module.constants[name] as SxSymbol; // the verifier looked
      own.set(symbol.name, new GlobalCell(symbol.name, unset));
    }
    const link: LinkName = (name) =>
      (name instanceof SxSymbol ? own.get(name.name) : undefined) ?? linkName(name);
    const entries = this.link(module, [], link, (symbol) => own.get(symbol.name) as GlobalCell); // made above
    for (const entry of entries)
      if (entry.kind === "value" || entry.kind === "expression") this.runBlock(entry);
    return own;
  }

  /** Loads a module's code and defines its functions and components; its values are left for `runBlock`. */
  link(
    module: Module,
    places: ModulePlaces,
    linkName: LinkName,
    cellFor: (name: SxSymbol) => GlobalCell,
  ): LoadedEntry[] {
    const linker = {
      extensions: this.extensions,
      trees: this.trees !== null,
      global: (name: SxSymbol | HashReference) => linkName(name) ?? { value: this.valueOf(nameOf(name)) },
      callee: (name: string) => this.callee(name),
    };
    return loadModule(module, places, linker, ({ name, kind, code }) => {
      if (kind === "value" || kind === "expression") return;
      const closure = new VmClosure(code, []);
      cellFor(name).set(kind === "component" ? this.componentOf(closure) : closure);
    });
  }

  /** Runs what a value or an expression is computed by. */
  runBlock({ code }: LoadedEntry): Value {
    return this.execute((m) => m.enter(new VmClosure(code, []), 0));
  }

  runBlockAsync({ code }: LoadedEntry): Promise<Value> {
    return this.executeAsync((m) => m.enter(new VmClosure(code, []), 0));
  }

  call(callee: Value, args: readonly Value[]): Value {
    return this.execute((m) => pushCall(m, callee, args));
  }

  callAsync(callee: Value, args: readonly Value[]): Promise<Value> {
    return this.executeAsync((m) => pushCall(m, callee, args));
  }

  /** A component as HTML text. */
  render(component: VmComponent, props: Dict, children: Value[]): string {
    const markup = this.execute((m) => enterComponent(m, component, props, children));
    return (markup as Markup).html; // a component's answer always is markup
  }

  /** A component as nodes. */
  draw(component: VmComponent, props: Dict, children: Value[]): readonly Node[] {
    return nodesOf(this.execute((m) => enterComponent(m, component, props, children)) as Markup); // likewise
  }

  markup(value: Value): string {
    return this.trees ? printHtml(childNodes(value)) : renderChild(value);
  }

  /** What an extension keeps in this runtime; undefined for one that is not registered. */
  extensionState(name: string): unknown {
    return this.running.state(name);
  }

  private componentOf(closure: VmClosure): VmComponent {
    const component: VmComponent = new VmComponent(closure, (props, children) =>
      this.render(component, props, children),
    );
    return component;
  }

  private callee(name: string): ((...args: Value[]) => Value) | Native {
    const found =
      this.natives.functions.get(name) ?? this.natives.natives.get(name) ?? this.primitives.get(name)?.call;
    if (found) return found;
    throw this.unbound(name);
  }

  /** A primitive or native as a value, the same one each time. */
  private valueOf(name: string): Value {
    const native = name.startsWith("%") ? undefined : this.natives.natives.get(name);
    if (native) return native;
    let value = this.values.get(name);
    if (!value) {
      const primitive = this.primitives.get(name);
      if (!primitive) throw this.unbound(name);
      const { call } = primitive;
      value = (...args: Value[]) => call(...args);
      this.values.set(name, value);
    }
    return value;
  }

  private unbound(name: string): SxError {
    return sxError("name/unbound", { name, suggestion: suggest(name, this.primitives.keys()) });
  }

  private execute(begin: (m: Machine) => void): Value {
    const m = this.idle.pop() ?? this.makeMachine();
    try {
      begin(m);
      const value = m.run();
      if (value !== suspended) return value;
      const { operation, answer, span } = m.waiting as Wait; // that is what it is suspended for
      answer.catch(() => null); // nobody will hear of its failure
      throw sxError("effect/needs-async", { operation }, span);
    } finally {
      m.reset();
      this.idle.push(m);
    }
  }

  private async executeAsync(begin: (m: Machine) => void): Promise<Value> {
    const m = this.idle.pop() ?? this.makeMachine();
    try {
      begin(m);
      let value = m.run();
      while (value === suspended) value = await resumeLater(m);
      return value;
    } finally {
      m.reset();
      this.idle.push(m);
    }
  }

  private makeMachine(): Machine {
    return new Machine(this.fallbacks, this.running);
  }
}

function nameOf(name: SxSymbol | HashReference): string {
  return name instanceof SxSymbol ? name.name : `@h:${name.hash}.${name.member}`;
}

function pushCall(m: Machine, callee: Value, args: readonly Value[]): void {
  m.makeRoom(args.length + 1);
  for (const arg of args) m.stack[m.sp++] = arg;
  m.call(callee, args.length);
}

/** Waits for the host's answer and goes on with it, or with the error that it came to. */
async function resumeLater(m: Machine): Promise<Value> {
  const { answer } = m.waiting as Wait; // that is what it is suspended for
  let failure: { readonly error: unknown } | null = null;
  let value: Value = null;
  try {
    value = (await answer) ?? null;
  } catch (error) {
    failure = { error };
  }
  m.waiting = null;
  if (failure) m.unwind(failure.error instanceof SxError ? failure.error : sxError("host/failed", failure));
  else m.stack[m.sp++] = value;
  return m.run();
}
