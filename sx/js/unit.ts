// A unit: some definitions and perhaps one expression, compiled together into one JavaScript function.
// Inside a unit calls of known functions and components are plain JavaScript calls; what an earlier unit
// made is handed in by name. Each operation that may fail starts a line of its own, and `spans` says which
// place in the source each line came from, so that errors find their span without costing anything.

import type { Span } from "../core/source.ts";
import type { Component, Value } from "../core/values.ts";
import type { Core, Fn, Local } from "../front/core.ts";
import type { ComponentShape, Definition } from "../front/definition.ts";
import { walk } from "../front/walk.ts";
import { childReads, tailCalls } from "./analysis.ts";
import { literalKey } from "./arithmetic.ts";
import { fits, mayBounce } from "./calls.ts";
import { depthGuard } from "./depth.ts";
import { Emitter } from "./emitter.ts";
import { mangle } from "./identifier.ts";
import type { FunctionValue } from "./intrinsics.ts";
import { componentHead } from "./markup.ts";
import type { Runtime } from "./runtime.ts";
import { emitNodes } from "./tree.ts";

/** What the engine keeps of a definition, in `definition.compiled`. */
export type Compiled =
  | {
      readonly kind: "function";
      readonly direct: FunctionValue;
      readonly value: FunctionValue;
      readonly bounces: boolean;
    }
  | {
      readonly kind: "component";
      readonly direct: FunctionValue;
      readonly value: Component;
      readonly takesText: boolean;
    }
  | { readonly kind: "value"; readonly cell: { value: Value } };

export interface UnitOptions {
  /** Check declared prop types at every call, as development wants. */
  readonly checkProps: boolean;
  /** Make markup as trees, not as finished text. */
  readonly trees: boolean;
}

export class Unit {
  private readonly runtime: Runtime;
  private readonly definitions: readonly Definition[];
  private readonly members: ReadonlySet<Definition>;
  private readonly options: UnitOptions;
  private counter = 0;
  private readonly names = new Map<object, string>();
  private readonly constants: Value[] = [];
  private readonly imports = new Map<string, Value>();
  private readonly importNames = new Map<object | string, string>();
  private readonly bouncing = new Map<Definition, boolean>();
  private readonly cycleOf = new Map<Definition, number>();
  private readonly takingText = new Map<Definition, boolean>();
  private readonly marks: Span[] = [];
  /** Generated function names of components, with the names they were written with. */
  private readonly componentNames = new Map<string, string>();
  /** How often each local is looked into by `get` with a literal key. */
  readonly lookups = new Map<Local, number>();
  /** Locals of a letrec, which can be read before they have a value. */
  readonly recursive = new Set<Local>();

  constructor(runtime: Runtime, definitions: readonly Definition[], options: UnitOptions) {
    this.runtime = runtime;
    this.definitions = definitions;
    this.members = new Set(definitions);
    this.options = options;
    findCycles(definitions, this.cycleOf);
    for (const { core } of definitions) if (core) this.countLookups(core);
  }

  private countLookups(core: Core): void {
    walk(core, (node) => {
      const dict = literalKey(node) !== null && node.kind === "call" ? node.args[0] : undefined;
      if (dict?.kind === "local") this.lookups.set(dict.local, (this.lookups.get(dict.local) ?? 0) + 1);
    });
  }

  get makesTrees(): boolean {
    return this.options.trees;
  }

  fresh(prefix: string): string {
    return `${prefix}_${this.counter++}`;
  }

  nameOf(local: Local): string {
    let name = this.names.get(local);
    if (!name) {
      name = `${mangle(local.name)}_${this.counter++}`;
      this.names.set(local, name);
    }
    return name;
  }

  functionName(fn: Fn): string {
    return `f_${mangle(fn.name)}_${this.counter++}`;
  }

  private definitionName(definition: Definition): string {
    let name = this.names.get(definition);
    if (!name) {
      name = `${definition.kind === "component" ? "c" : "f"}_${mangle(definition.name)}_${this.counter++}`;
      this.names.set(definition, name);
    }
    return name;
  }

  /** Starts a new line that stands for a place in the source. */
  mark(span: Span | null): string {
    if (!span) return "";
    this.marks.push(span);
    return `\u0001${this.marks.length - 1}\u0002`;
  }

  constant(value: Value): string {
    this.constants.push(value);
    return `$k[${this.constants.length - 1}]`;
  }

  private imported(key: object | string, prefix: string, value: Value): string {
    let name = this.importNames.get(key);
    if (!name) {
      name = this.fresh(prefix);
      this.importNames.set(key, name);
      this.imports.set(name, value);
    }
    return name;
  }

  /** The checked function of a primitive, to be called without a depth. */
  primitive(name: string): string {
    return this.imported(`call ${name}`, `p_${mangle(name)}`, this.runtime.primitive(name));
  }

  isNative(name: string): boolean {
    return this.runtime.isNative(name);
  }

  /** A primitive as a function value. */
  primitiveValue(name: string): string {
    return this.imported(`value ${name}`, `q_${mangle(name)}`, this.runtime.primitiveValue(name));
  }

  private compiledOf(definition: Definition): Compiled {
    if (definition.compiled === null)
      throw new Error(`${definition.name} is used before it was compiled; the realm must compile it first.`);
    return definition.compiled as Compiled; // this engine wrote it
  }

  /** The cell of a value definition. */
  cell(definition: Definition): string {
    if (this.members.has(definition)) return `g_${this.definitionName(definition)}`;
    const compiled = this.compiledOf(definition);
    if (compiled.kind !== "value") {
      throw this.runtime.error("name/not-assignable", {
        name: definition.name,
        what: "function that other code already calls",
      });
    }
    return this.imported(definition, "g", compiled.cell);
  }

  /** A definition as a value. */
  reference(definition: Definition): string {
    if (this.isCell(definition)) {
      const cell = this.cell(definition);
      return this.members.has(definition)
        ? `(${cell}.value === undefined ? $uninitialised(${JSON.stringify(definition.name)}) : ${cell}.value)`
        : `${cell}.value`;
    }
    if (this.members.has(definition)) return `v_${this.definitionName(definition)}`;
    const compiled = this.compiledOf(definition);
    return this.imported(definition, "v", compiled.kind === "value" ? compiled.cell.value : compiled.value);
  }

  private isCell(definition: Definition): boolean {
    if (!this.members.has(definition)) return this.compiledOf(definition).kind === "value";
    return definition.kind === "value" || (definition.kind === "function" && definition.mutated);
  }

  /** How to call a function definition directly, or null when it may change. */
  knownFunction(definition: Definition): { name: string; fn: Fn; bounces: boolean; cycles: boolean } | null {
    if (definition.kind !== "function" && definition.kind !== "macro") return null;
    const fn = definition.core;
    if (fn?.kind !== "fn" || this.isCell(definition)) return null;
    if (this.members.has(definition)) {
      return {
        name: this.definitionName(definition),
        fn,
        bounces: this.bounces(definition),
        cycles: this.current !== null && this.sameCycle(definition),
      };
    }
    const compiled = this.compiledOf(definition);
    if (compiled.kind !== "function") return null;
    return {
      name: this.imported(`direct ${definition.name}`, "f", compiled.direct),
      fn,
      bounces: compiled.bounces,
      cycles: false,
    };
  }

  /** The definition whose function is being emitted. */
  private current: Definition | null = null;

  private sameCycle(definition: Definition): boolean {
    return this.current !== null && this.cycleOf.get(this.current) === this.cycleOf.get(definition);
  }

  /** Whether a call of this function may hand back another call instead of an answer. */
  private bounces(definition: Definition): boolean {
    const known = this.bouncing.get(definition);
    if (known !== undefined) return known;
    this.bouncing.set(definition, true); // inside a cycle of tail calls the careful answer
    const fn = definition.core;
    const saved = this.current;
    this.current = definition;
    const result =
      fn?.kind === "fn" &&
      tailCalls(fn.body).some((call) => {
        if (call.callee.kind === "primitive") return call.callee.name === "apply";
        if (call.callee.kind !== "definition") return true;
        const target = call.callee.definition;
        if (target === definition && call.args.length === fn.parameters.length && !fn.rest) return false;
        const callee = this.knownFunction(target);
        return !callee || !fits(callee.fn, call.args.length) || callee.bounces || callee.cycles;
      });
    this.current = saved;
    this.bouncing.set(definition, result);
    return result;
  }

  /** Whether a function written inside another may hand back a call. */
  mayBounce(fn: Fn): boolean {
    return mayBounce(
      {
        knownFunction: (call) =>
          call.kind === "call" && call.callee.kind === "definition"
            ? this.knownFunction(call.callee.definition)
            : null,
      },
      fn,
    );
  }

  knownComponent(definition: Definition): { name: string; shape: ComponentShape; takesText: boolean } | null {
    if (definition.kind !== "component" || !definition.shape) return null;
    if (this.members.has(definition)) {
      return {
        name: this.definitionName(definition),
        shape: definition.shape,
        takesText: this.takesText(definition),
      };
    }
    const compiled = this.compiledOf(definition);
    if (compiled.kind !== "component") return null;
    return {
      name: this.imported(`direct ${definition.name}`, "c", compiled.direct),
      shape: definition.shape,
      takesText: compiled.takesText,
    };
  }

  /** Whether a component only ever prints its children, so that they may come as finished text. */
  private takesText(definition: Definition): boolean {
    if (this.makesTrees) return false;
    if (!this.members.has(definition)) {
      const compiled = this.compiledOf(definition);
      return compiled.kind === "component" && compiled.takesText;
    }
    const known = this.takingText.get(definition);
    if (known !== undefined) return known;
    this.takingText.set(definition, false); // a cycle of components passes lists
    const children = definition.shape?.children;
    const body = definition.core?.kind === "fn" ? definition.core.body : null;
    const result =
      children != null &&
      body !== null &&
      !children.mutated &&
      childReads(body, children, (callee) => this.takesText(callee)) === children.reads;
    this.takingText.set(definition, result);
    return result;
  }

  /** Compiles the unit, runs its definitions in order and gives the expression's value. */
  run(expression: Core | null): Value {
    const bodies = this.definitions.map((definition) => this.emitDefinition(definition));
    const main = new Emitter(this);
    if (expression) this.countLookups(expression);
    const last = main.capture(() => {
      for (const definition of this.definitions) this.emitInitialisation(main, definition);
      // The host waits for an expression at top level, so none of its calls is a tail call.
      main.tail = false;
      if (expression) main.statement(expression, { kind: "return" });
      else main.lines.push("return null;");
    });
    const exports = this.definitions.map(
      (definition) => `${JSON.stringify(definition.name)}: ${this.exportOf(definition)}`,
    );
    const header = [
      `const d = 0;`,
      main.declarations(),
      ...this.definitions.map((definition) => this.head(definition)),
    ];
    const text = [...header, ...bodies, `$export({ ${exports.join(", ")} });`, ...last.lines].join("\n");
    return this.execute(text);
  }

  private head(definition: Definition): string {
    const name = this.definitionName(definition);
    if (this.isCell(definition)) return `const g_${name} = { value: undefined };`;
    if (definition.kind === "component") {
      this.componentNames.set(name, definition.name);
      const shape = this.constant(definition.shape);
      return `const v_${name} = $component(${JSON.stringify(definition.name)}, ${name}, ${shape});`;
    }
    const fn = definition.core as Fn; // functions and macros are fn nodes
    return `const v_${name} = $checked(${name}, ${JSON.stringify(definition.name)}, ${fn.parameters.length}, ${fn.rest !== null});`;
  }

  private exportOf(definition: Definition): string {
    const name = this.definitionName(definition);
    if (this.isCell(definition)) return `{ kind: "value", cell: g_${name} }`;
    if (definition.kind === "component")
      return `{ kind: "component", direct: ${name}, value: v_${name}, takesText: ${this.takesText(definition)} }`;
    return `{ kind: "function", direct: ${name}, value: v_${name}, bounces: ${this.bounces(definition)} }`;
  }

  private emitDefinition(definition: Definition): string {
    this.current = definition;
    try {
      if (definition.kind === "component") return this.emitComponent(definition);
      if (definition.core?.kind !== "fn" || this.isCell(definition)) return "";
      const emitter = new Emitter(this);
      return `function ${this.definitionName(definition)}${emitter.functionText(definition.core, definition, false)}`;
    } finally {
      this.current = null;
    }
  }

  private emitComponent(definition: Definition): string {
    const shape = definition.shape as ComponentShape; // resolved components have one
    const body = (definition.core as Fn).body; // and a frame
    const emitter = new Emitter(this);
    emitter.tail = false;
    if (shape.children && this.takesText(definition)) emitter.texts.add(shape.children);
    const { lines } = emitter.capture(() => {
      emitter.lines.push(...componentHead(emitter, shape, definition.name, this.options.checkProps));
      const markup = this.makesTrees ? emitNodes(emitter, [body]) : emitter.html(body);
      emitter.lines.push(`return (${markup});`);
    });
    const locals = [...shape.props.map((prop) => prop.local), ...shape.env.map((implicit) => implicit.local)];
    if (shape.attrs) locals.push(shape.attrs);
    if (shape.children) locals.push(shape.children);
    const parameters = ["d", ...locals.map((local) => this.nameOf(local))].join(", ");
    const guard = `${depthGuard(0, "$tooDeep")}\n`;
    const leave = this.makesTrees ? this.emitLeaving(definition, shape) : "";
    return `function ${this.definitionName(definition)}(${parameters}) {\n${emitter.declarations()}${leave}${guard}${lines.join("\n")}\n}`;
  }

  /** The call itself, where it is left to the receiver of the tree. */
  private emitLeaving(definition: Definition, { props, env, attrs, children }: ComponentShape): string {
    const self = this.constant(definition);
    const given = [...props, ...env].map(({ local }) => this.nameOf(local));
    const others = [attrs, children].map((local) => (local ? this.nameOf(local) : "null"));
    const args = [self, this.options.checkProps, `[${given.join(", ")}]`, ...others];
    return `if ($leaves(${self})) return $leave(${args.join(", ")});\n`;
  }

  private emitInitialisation(main: Emitter, definition: Definition): void {
    if (!this.isCell(definition) || !definition.core) return;
    const code = main.expression(definition.core);
    main.lines.push(`g_${this.definitionName(definition)}.value = ${code};`);
  }

  /** Turns the marks into lines, makes the function and runs it. */
  private execute(text: string): Value {
    const pieces = text.split("\u0001");
    let line = pieces[0]?.split("\n").length ?? 1;
    const spans: { line: number; span: Span }[] = [];
    const code = [pieces[0]];
    for (const piece of pieces.slice(1)) {
      const end = piece.indexOf("\u0002");
      const rest = piece.slice(end + 1);
      line++;
      spans.push({ line, span: this.marks[Number(piece.slice(0, end))] as Span }); // mark() wrote the number
      code.push("\n", rest);
      line += rest.split("\n").length - 1;
    }
    return this.runtime.execute(
      code.join(""),
      this.constants,
      this.imports,
      { spans, components: this.componentNames },
      (exported) => {
        for (const definition of this.definitions) definition.compiled = exported[definition.name] ?? null;
      },
    );
  }
}

/** Groups of functions that reach each other by tail calls, numbered. */
function findCycles(definitions: readonly Definition[], cycleOf: Map<Definition, number>): void {
  const edges = new Map<Definition, Definition[]>();
  const members = new Set(definitions);
  for (const definition of definitions) {
    const targets =
      definition.core?.kind === "fn" && definition.kind !== "component"
        ? tailCalls(definition.core.body)
        : [];
    const known = targets.flatMap(({ callee }) =>
      callee.kind === "definition" && members.has(callee.definition) ? [callee.definition] : [],
    );
    edges.set(definition, known);
  }
  let next = 0;
  for (const component of stronglyConnected(definitions, (definition) => edges.get(definition) ?? [])) {
    for (const definition of component) cycleOf.set(definition, next);
    next++;
  }
}

/** Tarjan's strongly connected components, without recursion. */
function stronglyConnected<T>(nodes: readonly T[], edges: (node: T) => readonly T[]): T[][] {
  const index = new Map<T, number>();
  const low = new Map<T, number>();
  const onStack = new Set<T>();
  const stack: T[] = [];
  const found: T[][] = [];
  for (const root of nodes) {
    if (index.has(root)) continue;
    const work: { node: T; next: number }[] = [{ node: root, next: 0 }];
    while (work.length > 0) {
      const frame = work.at(-1) as { node: T; next: number }; // not empty
      const { node } = frame;
      if (frame.next === 0 && !index.has(node)) {
        index.set(node, index.size);
        low.set(node, index.get(node) as number); // just set
        stack.push(node);
        onStack.add(node);
      }
      const target = edges(node)[frame.next++];
      if (target !== undefined) {
        if (!index.has(target)) work.push({ node: target, next: 0 });
        else if (onStack.has(target))
          low.set(node, Math.min(low.get(node) as number, index.get(target) as number)); // both were visited
        continue;
      }
      work.pop();
      const parent = work.at(-1)?.node;
      if (parent !== undefined) low.set(parent, Math.min(low.get(parent) as number, low.get(node) as number)); // both were visited
      if (low.get(node) !== index.get(node)) continue;
      const component: T[] = [];
      for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
        onStack.delete(member);
        component.push(member);
        if (member === node) break;
      }
      found.push(component);
    }
  }
  return found;
}
