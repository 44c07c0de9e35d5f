// The naive engine: core forms evaluated one node at a time, with nothing clever about it, so that a
// disagreement with the compiled code points at the compiler. It shares the primitives and the renderers'
// functions with the JavaScript engine, and no code with its emitter. It counts no depth and keeps no
// promise about tail calls; instead it gives up after a number of steps, and on values that grow large.

import { equal } from "../../core/equality.ts";
import { fromCondition, SxError, sxError, toCondition } from "../../core/errors.ts";
import type { Primitive } from "../../core/primitives/primitive.ts";
import { Component, Condition, type Dict, isDict, isTrue, Markup, type Value } from "../../core/values.ts";
import type { ComponentCall, Core, Fn, Local } from "../../front/core.ts";
import type { ComponentShape, Definition } from "../../front/definition.ts";
import type { Engine } from "../../front/engine.ts";
import { hasType } from "../../front/prop-type.ts";
import { renderAttribute, renderAttributes } from "../../render/attributes.ts";
import { renderChild, renderTextContent } from "../../render/html.ts";
import { escapableTextTags, leadingNewlineTags, rawTextTags, voidTags } from "../../render/tags.ts";

type Call = (...args: Value[]) => Value;

/** Thrown when a program takes too many steps or too much room; no `try` of the program sees it. */
export class TooLong extends Error {}

/** Items of a collection with all that is inside, and characters of a text. */
const largest = { items: 2_000, characters: 20_000 };

interface Cell {
  value: Value;
  ready: boolean;
}

/** The variables of one activation of one binding form. */
class Environment {
  readonly cells = new Map<Local, Cell>();
  readonly outer: Environment | null;
  constructor(outer: Environment | null) {
    this.outer = outer;
  }

  bind(local: Local, value: Value): void {
    this.cells.set(local, { value, ready: true });
  }

  cell(local: Local): Cell {
    for (let at: Environment | null = this; at; at = at.outer) {
      const cell = at.cells.get(local);
      if (cell) return cell;
    }
    throw new Error(`${local.name} is not bound where it is used; the resolver let it through.`);
  }
}

/** The naive engine. `stepLimit` is how many nodes one call from outside may evaluate. */
export function naiveEngine(stepLimit = Number.POSITIVE_INFINITY): Engine {
  return {
    name: "naive",
    natives: [...nativeArity.keys()],
    start(primitives, { print }) {
      const machine = new Machine(primitives, print, stepLimit);
      return {
        name: "naive",
        waiting: null,
        trees: null,
        run: (definitions, expression) => machine.start(() => machine.run(definitions, expression)),
        call: (definition, args) =>
          machine.start(() => callValue((definition.compiled as Cell).value, [...args])), // run() wrote it
        render: (definition, props, children) =>
          machine.start(() => ((definition.compiled as Cell).value as Component).render(props, children)), // likewise
        markup: (value) => renderChild(value),
      };
    },
  };
}

function callValue(callee: Value, args: Value[]): Value {
  if (typeof callee !== "function") throw sxError("call/not-callable", { found: callee });
  return callee(...args);
}

const nativeArity: ReadonlyMap<string, number> = new Map([
  ["map", 2],
  ["filter", 2],
  ["for-each", 2],
  ["some", 2],
  ["every?", 2],
  ["map-indexed", 2],
  ["reduce", 3],
  ["apply", 2],
  ["raise", 1],
  ["raise-continuable", 1],
  ["with-handler", 2],
  ["print", -1],
]);

function items(value: Value, name: string): Value[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value;
  throw sxError("call/type", { primitive: name, argument: "its list", expected: "a list", found: value });
}

class Machine {
  private readonly primitives: ReadonlyMap<string, Primitive>;
  private readonly natives: Map<string, Call>;
  private readonly functions = new Map<string, Call>();
  private readonly stepLimit: number;
  private readonly provided: { key: Value; value: Value }[] = [];
  /** Who answers signals, innermost last; null stands for a catch. */
  private handlers: readonly Value[] = [];
  private steps = 0;

  constructor(
    primitives: ReadonlyMap<string, Primitive>,
    print: (values: readonly Value[]) => void,
    stepLimit: number,
  ) {
    this.primitives = primitives;
    this.stepLimit = stepLimit;
    const bodies: Record<string, Call> = {
      map: (fn, xs) => items(xs, "map").map((x) => callValue(fn, [x])),
      filter: (fn, xs) => items(xs, "filter").filter((x) => isTrue(callValue(fn, [x]))),
      "for-each": (fn, xs) => {
        for (const x of items(xs, "for-each")) callValue(fn, [x]);
        return null;
      },
      some: (fn, xs) => {
        for (const x of items(xs, "some")) {
          const answer = callValue(fn, [x]);
          if (isTrue(answer)) return answer;
        }
        return null;
      },
      "every?": (fn, xs) => items(xs, "every?").every((x) => isTrue(callValue(fn, [x]))),
      "map-indexed": (fn, xs) => items(xs, "map-indexed").map((x, index) => callValue(fn, [index, x])),
      reduce: (fn, start, xs) => items(xs, "reduce").reduce((sum, x) => callValue(fn, [sum, x]), start),
      apply: (fn, xs) => callValue(fn, items(xs, "apply")),
      raise: (value) => raise(value),
      "raise-continuable": (value) => this.signal(value),
      "with-handler": (handler, body) =>
        this.handling([...this.handlers, handler], () => callValue(body, [])),
      print: (...values) => {
        print(values);
        return null;
      },
    };
    this.natives = new Map(
      Object.entries(bodies).map(([name, body]) => [name, counted(name, nativeArity.get(name) ?? -1, body)]),
    );
  }

  private handling<T>(handlers: readonly Value[], run: () => T): T {
    const saved = this.handlers;
    this.handlers = handlers;
    try {
      return run();
    } finally {
      this.handlers = saved;
    }
  }

  private signal(value: Value): Value {
    const handler = this.handlers.at(-1);
    if (handler === undefined || handler === null) raise(value);
    return this.handling(this.handlers.slice(0, -1), () => callValue(handler, [value]));
  }

  /** Runs something asked from outside, with steps of its own. */
  start<T>(run: () => T): T {
    this.steps = 0;
    this.handlers = [];
    return run();
  }

  run(definitions: readonly Definition[], expression: Core | null): Value {
    const global = new Environment(null);
    for (const definition of definitions) {
      const cell: Cell = { value: null, ready: definition.kind !== "value" };
      definition.compiled = cell;
      if (definition.kind === "component") cell.value = this.component(definition);
      else if (definition.kind !== "value") cell.value = this.evaluate(definition.core as Core, global); // resolved
    }
    for (const definition of definitions) {
      if (definition.kind !== "value") continue;
      const cell = definition.compiled as Cell; // set above
      cell.value = this.evaluate(definition.core as Core, global); // resolved
      cell.ready = true;
    }
    return expression ? this.evaluate(expression, global) : null;
  }

  evaluate(core: Core, env: Environment): Value {
    if (++this.steps > this.stepLimit) throw new TooLong();
    const value = this.value(core, env);
    if (this.stepLimit < Number.POSITIVE_INFINITY && makes.has(core.kind)) refuseLarge(value);
    return value;
  }

  private value(core: Core, env: Environment): Value {
    switch (core.kind) {
      case "const":
        return copy(core.value);
      case "local":
        return read(env.cell(core.local), core.local.name);
      case "definition":
        return read(core.definition.compiled as Cell, core.definition.name); // run() wrote it
      case "primitive":
        return this.primitive(core.name);
      case "if":
        return this.evaluate(isTrue(this.evaluate(core.test, env)) ? core.yes : core.no, env);
      case "let":
      case "letrec":
        return this.binding(core, env);
      case "fn":
        return this.closure(core, env);
      case "do": {
        let value: Value = null;
        for (const form of core.forms) value = this.evaluate(form, env);
        return value;
      }
      case "set": {
        const value = this.evaluate(core.value, env);
        const cell = "owner" in core.target ? env.cell(core.target) : (core.target.compiled as Cell); // run() wrote it
        cell.value = value;
        return value;
      }
      case "call": {
        const callee = this.evaluate(core.callee, env);
        const args = core.args.map((arg) => this.evaluate(arg, env));
        return callValue(callee, args);
      }
      case "dict": {
        const dict: Dict = {};
        core.keys.forEach((key, index) => {
          dict[key] = this.evaluate(core.values[index] as Core, env); // one value per key
        });
        return dict;
      }
      case "try":
        return this.attempt(core, env);
      case "provide":
      case "context":
        return this.contextual(core, env);
      case "prompt":
      case "capture":
      case "perform":
        throw new Error(`${core.kind} is not in the naive engine: it has no continuations.`);
      case "element":
        return new Markup(this.element(core, env));
      case "fragment":
        return new Markup(this.children(core.children, env));
      case "component-call":
        return new Markup(this.componentCall(core, env));
    }
  }

  private primitive(name: string): Value {
    const native = this.natives.get(name);
    if (native) return native;
    let fn = this.functions.get(name);
    if (!fn) {
      const { call } = this.primitives.get(name) as Primitive; // the resolver let no other name through
      fn = (...args) => call(...args);
      this.functions.set(name, fn);
    }
    return fn;
  }

  private binding(core: Extract<Core, { kind: "let" | "letrec" }>, env: Environment): Value {
    let inner = new Environment(env);
    if (core.kind === "letrec")
      for (const { local } of core.bindings) inner.cells.set(local, { value: null, ready: false });
    for (const { local, value } of core.bindings) {
      const found = this.evaluate(value, inner);
      if (core.kind === "letrec") Object.assign(inner.cell(local), { value: found, ready: true });
      else {
        inner = new Environment(inner);
        inner.bind(local, found);
      }
    }
    return this.evaluate(core.body, inner);
  }

  private closure(fn: Fn, env: Environment): Call {
    return (...args) => {
      const count = fn.parameters.length;
      if (args.length < count || (!fn.rest && args.length > count))
        throw sxError("call/arity", { name: fn.name, expected: String(count), found: args.length });
      const inner = new Environment(env);
      fn.parameters.forEach((local, index) => {
        inner.bind(local, args[index]);
      });
      if (fn.rest) inner.bind(fn.rest, args.slice(count));
      return this.evaluate(fn.body, inner);
    };
  }

  private attempt(core: Extract<Core, { kind: "try" }>, env: Environment): Value {
    const { handlers } = this;
    try {
      const guarded = core.handler ? [...handlers, null] : handlers;
      return this.handling(guarded, () => this.evaluate(core.body, new Environment(env)));
    } catch (error) {
      if (!(error instanceof SxError) || !core.handler || !core.caught) throw error;
      const inner = new Environment(env);
      inner.bind(core.caught, error.kind === "raised" ? error.payload : toCondition(error));
      return this.evaluate(core.handler, inner);
    } finally {
      if (core.cleanup) this.evaluate(core.cleanup, new Environment(env));
    }
  }

  private contextual(core: Extract<Core, { kind: "provide" | "context" }>, env: Environment): Value {
    const key = this.evaluate(core.key, env);
    if (core.kind === "context") {
      const found = this.provided.findLast((entry) => equal(entry.key, key));
      if (found) return found.value;
      if (core.fallback) return this.evaluate(core.fallback, env);
      throw sxError("context/missing", { key });
    }
    this.provided.push({ key, value: this.evaluate(core.value, env) });
    try {
      return this.evaluate(core.body, env);
    } finally {
      this.provided.pop();
    }
  }

  private children(children: readonly Core[], env: Environment): string {
    let html = "";
    for (const child of children) html += renderChild(this.evaluate(child, env));
    return html;
  }

  private element(core: Extract<Core, { kind: "element" }>, env: Environment): string {
    const { tag, attributes } = core;
    let html = `<${tag}`;
    if (attributes.some(({ name }) => name === null)) {
      html += renderAttributes(
        tag,
        attributes.map(({ name, value }) => [name, this.evaluate(value, env)] as const),
      );
    } else {
      for (const { name, value } of attributes)
        html += renderAttribute(tag, name as string, this.evaluate(value, env)); // spreads were looked for
    }
    html += ">";
    if (voidTags.has(tag)) return html;
    if (rawTextTags.has(tag) || escapableTextTags.has(tag)) {
      const values = core.children.map((child) => this.evaluate(child, env));
      return `${html}${renderTextContent(tag, values)}</${tag}>`;
    }
    const content = this.children(core.children, env);
    const newline = leadingNewlineTags.has(tag) && content.startsWith("\n") ? "\n" : "";
    return `${html}${newline}${content}</${tag}>`;
  }

  private componentCall(core: ComponentCall, env: Environment): string {
    const component = this.evaluate(core.component, env);
    const given = core.props.map(({ name, value }) => [name, this.evaluate(value, env)] as const);
    const children = core.children.map((child) => this.evaluate(child, env));
    if (!(component instanceof Component)) throw sxError("call/not-callable", { found: component });
    const props: Dict = {};
    for (const [name, value] of given) {
      if (name !== null) props[name] = value;
      else if (isDict(value)) Object.assign(props, value);
      else if (value !== null)
        throw sxError("call/type", { primitive: "spread", argument: "it", expected: "a dict", found: value });
    }
    return component.render(props, children);
  }

  private component(definition: Definition): Component {
    const { name } = definition;
    const shape = definition.shape as ComponentShape; // resolved components have one
    const { body } = definition.core as Fn; // and a frame
    const declared = new Set([...shape.props, ...shape.env].map((slot) => slot.name));
    return new Component(name, (props, children) => {
      const env = new Environment(null);
      const extra = Object.entries(props).filter(([key]) => !declared.has(key));
      for (const { name: key, local } of shape.env) {
        if (!Object.hasOwn(props, key))
          throw sxError("component/missing-env", { name: key, component: name });
        env.bind(local, props[key]);
      }
      if (shape.attrs) env.bind(shape.attrs, Object.fromEntries(extra));
      else if (extra[0])
        throw sxError("component/unknown-prop", { prop: extra[0][0], component: name, suggestion: null });
      if (shape.children) env.bind(shape.children, children);
      else if (children.length > 0)
        throw sxError("component/unknown-prop", { prop: "children", component: name, suggestion: null });
      this.bindProps(definition, shape, props, env);
      return renderChild(this.evaluate(body, env));
    });
  }

  private bindProps(definition: Definition, shape: ComponentShape, props: Dict, env: Environment): void {
    const component = definition.name;
    for (const prop of shape.props) {
      let value: Value = null;
      if (Object.hasOwn(props, prop.name)) value = props[prop.name];
      else if (prop.fallback) value = this.evaluate(prop.fallback, env);
      else if (prop.required) throw sxError("component/missing-prop", { prop: prop.name, component });
      if (prop.type && value !== null && !hasType(value, prop.type)) {
        const { name, type } = prop;
        throw sxError("component/prop-type", { prop: name, component, expected: type, found: value });
      }
      env.bind(prop.local, value);
    }
  }
}

/** The forms that make new values. */
const makes: ReadonlySet<Core["kind"]> = new Set(["call", "dict", "element", "fragment", "component-call"]);

/** Data that is shared is counted each time it is met, because whoever prints it walks it each time. */
function refuseLarge(value: Value): void {
  let items = 0;
  const open = [value];
  while (open.length > 0) {
    const part = open.pop();
    const text = part instanceof Markup ? part.html : part;
    if (++items > largest.items || (typeof text === "string" && text.length > largest.characters))
      throw new TooLong();
    if (Array.isArray(part)) open.push(...part);
    else if (isDict(part)) open.push(...Object.values(part));
  }
}

function read(cell: Cell, name: string): Value {
  if (!cell.ready) throw sxError("name/uninitialised", { name });
  return cell.value;
}

/** A literal is never changed: each evaluation gives lists and dicts of its own. */
function copy(value: Value): Value {
  if (Array.isArray(value)) return value.map(copy);
  if (!isDict(value)) return value ?? null;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copy(item)]));
}

function counted(name: string, count: number, body: Call): Call {
  return (...args) => {
    if (count >= 0 && args.length !== count)
      throw sxError("call/arity", { name, expected: String(count), found: args.length });
    return body(...args);
  };
}

function raise(value: Value): never {
  throw value instanceof Condition ? fromCondition(value) : sxError("raised", { value });
}
