// The helpers of generated code, which sees them as `$`: what an operator alone will not do. They hold the
// only state an engine has while it runs: the values that `provide` made visible, and the call that a full
// stack handed back. Where errors get their place in the source is engine.ts.

import { deepestActivation } from "../core/depth.ts";
import { display } from "../core/display.ts";
import { equal } from "../core/equality.ts";
import { type SxError, sxError, toCondition } from "../core/errors.ts";
import { addEntries } from "../core/primitives/dicts.ts";
import type { Primitive } from "../core/primitives/primitive.ts";
import { Component, type Dict, isDict, isTrue, Markup, type Value } from "../core/values.ts";
import type { ComponentShape, Definition } from "../front/definition.ts";
import { hasType } from "../front/prop-type.ts";
import {
  classText,
  decideAttribute,
  decideAttributes,
  printedName,
  renderAttribute,
  renderAttributes,
} from "../render/attributes.ts";
import { escapeAttribute, escapeText } from "../render/escape.ts";
import { decideTextContent, numberText, printHtml, renderChild, renderTextContent } from "../render/html.ts";
import { type AttributeValue, CallNode, ElementNode, type Node } from "../render/nodes.ts";
import { addChild, TreeMarkup } from "../render/tree.ts";
import { waitingCall } from "./depth.ts";

/** An SX function of this engine: its depth, then its arguments. */
export type FunctionValue = (depth: number, ...args: Value[]) => Value;

/** What a component gives: HTML text, or nodes where markup is a tree. */
export type Rendered = string | readonly Node[];

const asHtml = (rendered: Rendered): string =>
  typeof rendered === "string" ? rendered : printHtml(rendered);

/** Keys of contexts that no program can name: a `catch`, a handler, and a handler that is answering. */
const caught = Symbol("caught");
export const handling = Symbol("handling");
export const answering = Symbol("answering");

/** A function that says how many arguments it takes, where its own length does not. */
type Counted = FunctionValue & { takes?: number; takesFrom?: number };

interface Context {
  readonly key: Value;
  readonly value: Value;
  readonly next: Context | null;
}

/** What a function hands back instead of an answer when too many tail calls have piled up. */
const bounced = Symbol("bounced");

/** JavaScript frames that tail calls may pile up before they land. */
export const frameLimit = 100;

/** Up to this length lists are copied item by item. */
const shortList = 64;

const plain = Object.prototype;

/** The helpers that generated code sees as `$`. */
export class Intrinsics {
  readonly Markup = Markup;
  readonly contexts: { top: Context | null } = { top: null };
  readonly equal = equal;
  readonly display = display;
  readonly truth = isTrue;
  readonly escapeText = escapeText;
  readonly escapeAttribute = escapeAttribute;
  readonly numberText = numberText;
  readonly textContent = renderTextContent;
  readonly attributes = renderAttributes;
  readonly attribute = renderAttribute;
  readonly TreeMarkup = TreeMarkup;
  readonly Element = ElementNode;
  readonly addChild = addChild;
  readonly decideAttributes = decideAttributes;
  // The call that a full stack handed back: its first three arguments have places of their own, because an
  // array would have to be made for each.
  private next: FunctionValue | null = null;
  private nextCount = 0;
  private nextFirst: Value = null;
  private nextSecond: Value = null;
  private nextThird: Value = null;
  private nextArgs: readonly Value[] = [];

  /** Answers a call that came back unanswered, as often as it takes. */
  land = (result: Value, depth: number): Value => (result === bounced ? this.resume(depth) : result);

  private resume(depth: number): Value {
    for (;;) {
      const fn = this.next as FunctionValue; // bounce() set it
      const result = this.callNext(fn, depth);
      if (result !== bounced) return result;
    }
  }

  private callNext(fn: FunctionValue, depth: number): Value {
    switch (this.nextCount) {
      case 1:
        return fn(depth, this.nextFirst);
      case 2:
        return fn(depth, this.nextFirst, this.nextSecond);
      case 3:
        return fn(depth, this.nextFirst, this.nextSecond, this.nextThird);
      default:
        return fn(depth, ...this.nextArgs);
    }
  }

  bounce1 = (fn: FunctionValue, first: Value): Value => {
    this.next = fn;
    this.nextCount = 1;
    this.nextFirst = first;
    return bounced;
  };

  bounce2 = (fn: FunctionValue, first: Value, second: Value): Value => {
    this.next = fn;
    this.nextCount = 2;
    this.nextFirst = first;
    this.nextSecond = second;
    return bounced;
  };

  bounce3 = (fn: FunctionValue, first: Value, second: Value, third: Value): Value => {
    this.next = fn;
    this.nextCount = 3;
    this.nextFirst = first;
    this.nextSecond = second;
    this.nextThird = third;
    return bounced;
  };

  bounce = (fn: FunctionValue, args: readonly Value[]): Value => {
    this.next = fn;
    this.nextCount = -1;
    this.nextArgs = args;
    return bounced;
  };

  applyTail = (depth: number, fn: Value, list: Value): Value => {
    const callee = this.fn(fn);
    const args = this.sequence(list, "apply") as Value[]; // a real list is needed to spread
    return (depth & 65535) > frameLimit && this.fits(callee, args.length)
      ? this.bounce(callee, args)
      : callee(depth + 1, ...args);
  };

  fn = (value: Value): FunctionValue => {
    if (typeof value === "function") return value as FunctionValue; // functions of this engine are the only ones there are
    throw sxError("call/not-callable", { found: value });
  };

  /** Likewise, but what is no function is noticed when it is called: after its arguments were computed. */
  callee = (value: Value): FunctionValue =>
    typeof value === "function" ? (value as FunctionValue) : () => this.fn(value); // see fn

  /** Errors that belong to the place which called, not to the code that noticed. */
  readonly callersFault = new WeakSet<SxError>();

  private blameCaller(error: SxError): SxError {
    this.callersFault.add(error);
    return error;
  }

  finite = (value: number): number => {
    // Small integers first: the host then need not turn them into floating point to look.
    if ((value | 0) === value || value - value === 0) return value;
    throw sxError("arith/not-finite", { name: "this arithmetic" });
  };

  notFinite = (): never => {
    throw sxError("arith/not-finite", { name: "this arithmetic" });
  };

  tooDeep = (): never => {
    throw this.blameCaller(sxError("stack/too-deep", { limit: deepestActivation }));
  };

  /** Likewise, for an activation that stands inlined where it is noticed. */
  tooDeepHere = (): never => {
    throw sxError("stack/too-deep", { limit: deepestActivation });
  };

  /** From here on signals are the business of a `catch`. */
  barrier = (): void => {
    this.contexts.top = { key: caught, value: null, next: this.contexts.top };
  };

  arity = (name: string, count: number, rest: boolean, found: number): never => {
    throw sxError("call/arity", { name, expected: rest ? `at least ${count}` : String(count), found });
  };

  /** Likewise, noticed by the function that was called. */
  ownArity = (name: string, count: number, rest: boolean, found: number): never => {
    throw this.blameCaller(
      sxError("call/arity", { name, expected: rest ? `at least ${count}` : String(count), found }),
    );
  };

  uninitialised = (name: string): never => {
    throw sxError("name/uninitialised", { name });
  };

  missingProp = (prop: string, component: string): never => {
    throw this.blameCaller(sxError("component/missing-prop", { prop, component }));
  };

  checkProp = (value: Value, type: string, prop: string, component: string): void => {
    if (value === null || value === undefined || hasType(value, type)) return;
    throw this.blameCaller(sxError("component/prop-type", { prop, component, expected: type, found: value }));
  };

  plain = plain;

  isPlain = (value: Value): boolean =>
    typeof value === "object" && value !== null && Object.getPrototypeOf(value) === plain;

  empty = (value: Value): boolean => {
    if (value === null || value === undefined) return true;
    if (Array.isArray(value) || typeof value === "string") return value.length === 0;
    if (isDict(value)) return Object.keys(value).length === 0;
    throw sxError("call/type", {
      primitive: "empty?",
      argument: "its argument",
      expected: "a list, string, dict or nil",
      found: value,
    });
  };

  first = (value: Value): Value => {
    if (Array.isArray(value)) return value.length > 0 ? (value[0] ?? null) : null;
    return this.primitive("first", value);
  };

  rest = (value: Value): Value => {
    if (!Array.isArray(value)) return this.primitive("rest", value);
    if (value.length > shortList || value.length === 0) return value.slice(1);
    // Copying a few items one by one is quicker than the host's general way.
    const items = new Array(value.length - 1);
    for (let i = 1; i < value.length; i++) items[i - 1] = value[i];
    return items;
  };

  cons = (head: Value, tail: Value): Value => {
    if (!Array.isArray(tail)) return this.primitive("cons", head, tail);
    if (tail.length > shortList) return [head, ...tail];
    const items = new Array(tail.length + 1);
    items[0] = head;
    for (let i = 0; i < tail.length; i++) items[i + 1] = tail[i];
    return items;
  };

  mod = (a: Value, b: Value): Value =>
    typeof a === "number" && typeof b === "number" && a >= 0 && b > 0 ? a % b : this.primitive("mod", a, b);

  rem = (a: Value, b: Value): Value =>
    typeof a === "number" && typeof b === "number" && a >= 0 && b > 0 ? a % b : this.primitive("rem", a, b);

  /** The list that a higher-order function walks over; nil is empty. */
  sequence = (value: Value, name: string): readonly Value[] => {
    if (Array.isArray(value)) return value;
    if (value === null || value === undefined) return [];
    throw sxError("call/type", {
      primitive: name,
      argument: "its list",
      expected: "a list or nil",
      found: value,
    });
  };

  copy = (value: Value): Value => {
    if (Array.isArray(value)) return value.map(this.copy);
    if (!isDict(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.copy(item)]));
  };

  child = (value: Value): string => (typeof value === "string" ? escapeText(value) : renderChild(value));

  /** Children as a value: finished text is markup. */
  children = (value: Value): Value => (typeof value === "string" ? new Markup(value) : value);

  /** `open` ends with the attribute's name and its first quotation mark, `close` begins with the second. */
  urlAttribute = (open: string, value: Value, close: string, tag: string, name: string): string => {
    // An address of this site, the commonest, needs no look at its scheme.
    if (typeof value === "string" && value.charCodeAt(0) === 47) return open + escapeAttribute(value) + close;
    return this.rareAttribute(open, value, close, tag, name);
  };

  plainAttribute = (open: string, value: Value, close: string, tag: string, name: string): string => {
    if (typeof value === "string") return open + escapeAttribute(value) + close;
    if (typeof value === "number" && Number.isFinite(value)) return open + (value + 0) + close;
    return this.rareAttribute(open, value, close, tag, name);
  };

  private rareAttribute(open: string, value: Value, close: string, tag: string, name: string): string {
    const before = open.slice(0, -` ${name}="`.length);
    return before + renderAttribute(tag, name, value) + close.slice(1);
  }

  booleanAttribute = (value: Value, tag: string, name: string): string => {
    if (value === true) return ` ${name}`;
    return value === false || value === null || value === undefined ? "" : renderAttribute(tag, name, value);
  };

  moreClass = (value: Value): string => {
    const text = classText("class", value);
    return text === "" ? "" : ` ${escapeAttribute(text)}`;
  };

  keepNewline = (html: string): string => (html.startsWith("\n") ? `\n${html}` : html);

  provide = (key: Value, value: Value): void => {
    this.contexts.top = { key, value, next: this.contexts.top };
  };

  /** Runs with something in context, which is gone afterwards. */
  within = (key: Value, value: Value, run: () => Value): Value => {
    const saved = this.contexts.top;
    this.contexts.top = { key, value, next: saved };
    try {
      return run();
    } finally {
      this.contexts.top = saved;
    }
  };

  /** The handler that a signal asks, unless a `catch` is nearer; one that is answering asks those around it. */
  handler = (): Context | null => {
    let context = this.contexts.top;
    while (context && context.key !== handling && context.key !== caught) {
      context = context.key === answering ? (context.value as Context).next : context.next; // so `raise-continuable` makes it
    }
    return context?.key === handling ? context : null;
  };

  /** What is provided here, without the handlers and catches between. */
  provided = (): Context | null => {
    const found: Context[] = [];
    for (let context = this.contexts.top; context; context = context.next)
      if (typeof context.key !== "symbol") found.push(context);
    return found.reduceRight<Context | null>((next, { key, value }) => ({ key, value, next }), null);
  };

  private lookUp(key: Value): Context | null {
    for (let context = this.contexts.top; context; context = context.next)
      if (equal(context.key, key)) return context;
    return null;
  }

  context = (key: Value): Value => {
    const found = this.lookUp(key);
    if (!found) throw sxError("context/missing", { key });
    return found.value;
  };

  contextOr = (key: Value, fallback: () => Value): Value => {
    const found = this.lookUp(key);
    return found ? found.value : fallback();
  };

  /** A function value that counts its arguments before the direct function runs. */
  checked = (direct: FunctionValue, name: string, count: number, rest: boolean): FunctionValue => {
    const { arity } = this;
    if (rest) {
      return this.taking(count, (depth, ...args) => {
        if (args.length < count) arity(name, count, true, args.length);
        return direct(depth + 1, ...args.slice(0, count), args.slice(count));
      });
    }
    const fn: Counted = (depth, ...args) => {
      if (args.length !== count) arity(name, count, false, args.length);
      return direct(depth + 1, ...args);
    };
    fn.takes = count;
    return fn;
  };

  /** A function that takes so many arguments or more. */
  taking = (least: number, fn: Counted): FunctionValue => {
    fn.takesFrom = least;
    return fn;
  };

  /**
   * Whether a function takes so many arguments. A call that fails for that must not be handed back: who runs
   * it then no longer knows the place it stood in.
   */
  fits = (fn: Counted, count: number): boolean =>
    fn.takesFrom === undefined ? (fn.takes ?? fn.length - 1) === count : count >= fn.takesFrom;

  /** A component as a value: called with props by name and children as a list. */
  component = (name: string, direct: FunctionValue, shape: ComponentShape): Component => {
    const slots = [...shape.props.map((prop) => prop.name), ...shape.env.map((implicit) => implicit.name)];
    const known = new Set(slots);
    const types = shape.props.map((prop) => prop.type);
    const render = (depth: number, props: Record<string, Value>, children: Value[]): Rendered => {
      const args: Value[] = [];
      let given = 0;
      for (let i = 0; i < slots.length; i++) {
        const slot = slots[i] as string; // inside the bounds
        const here = Object.hasOwn(props, slot);
        const item = here ? props[slot] : undefined;
        if (here) given++;
        const type = types[i];
        if (type) this.checkProp(item, type, slot, name);
        else if (!here && i >= types.length)
          throw sxError("component/missing-env", { name: slot, component: name });
        args.push(item);
      }
      const keys = Object.keys(props);
      const extra: Record<string, Value> = {};
      if (keys.length > given) {
        for (const key of keys) {
          if (known.has(key)) continue;
          if (!shape.attrs)
            throw sxError("component/unknown-prop", { prop: key, component: name, suggestion: null });
          extra[key] = props[key];
        }
      }
      if (shape.attrs) args.push(extra);
      if (shape.children) args.push(children);
      else if (children.length > 0)
        throw sxError("component/unknown-prop", { prop: "children", component: name, suggestion: null });
      return direct(depth, ...args) as Rendered; // components give nothing else
    };
    const value = new Component(name, (props, children) => {
      this.atRoot = true;
      return asHtml(render(waitingCall, props, children));
    });
    this.renderers.set(value, render);
    return value;
  };

  private readonly renderers = new WeakMap<
    Component,
    (depth: number, props: Record<string, Value>, children: Value[]) => Rendered
  >();

  /** A component that the host asks for, as nodes: never left to somebody else. */
  renderRoot = (value: Component, props: Record<string, Value>, children: Value[]): readonly Node[] => {
    const render = this.renderers.get(value);
    if (!render) throw new Error(`${value.name} is a component of another engine and cannot be drawn here.`);
    this.atRoot = true;
    try {
      return render(waitingCall, props, children) as readonly Node[]; // asked where markup is a tree
    } finally {
      this.atRoot = false;
    }
  };

  /** Renders a component value; entries with a null name are dicts of props. */
  callComponent = (
    depth: number,
    value: Value,
    entries: readonly (readonly [string | null, Value])[],
    children: Value[],
  ): Rendered => {
    if (!(value instanceof Component)) throw sxError("call/not-callable", { found: value });
    const props: Record<string, Value> = {};
    for (const [name, item] of entries) {
      if (name !== null) props[name] = item;
      else if (isDict(item)) addEntries(props, item);
      else if (item !== null && item !== undefined)
        throw sxError("call/type", {
          primitive: "spread",
          argument: "its argument",
          expected: "a dict or nil",
          found: item,
        });
    }
    const render = this.renderers.get(value);
    return render ? render(depth, props, children) : value.render(props, children);
  };

  /** Whether the receiver of the tree is to draw a component itself. The component asks, before anything else. */
  leaves = (definition: Definition): boolean => {
    const root = this.atRoot;
    this.atRoot = false;
    return !root && this.leavesToReceiver(definition);
  };

  /** The next component to run is the one that the host asked for. */
  private atRoot = false;
  /** Set by the engine where markup is a tree. */
  leavesToReceiver: (definition: Definition) => boolean = () => false;

  /** A call that is left: what the component would say of its props is said here. Absent ones are undefined. */
  leave = (
    { name, shape }: Definition,
    checkProps: boolean,
    given: readonly Value[],
    extra: Dict | null,
    children: readonly Value[] | null,
  ): Node[] => {
    const { props, env } = shape as ComponentShape; // resolved components have one
    for (const [index, prop] of props.entries()) {
      const value = given[index];
      if (value === undefined && prop.required && !prop.fallback) this.missingProp(prop.name, name);
      if (checkProps && prop.type) this.checkProp(value, prop.type, prop.name, name);
    }
    const present: Dict = {};
    for (const [index, slot] of [...props, ...env].entries())
      if (given[index] !== undefined) present[slot.name] = given[index];
    return [new CallNode(name, { ...present, ...extra }, children ?? [])];
  };

  addNodes = (into: Node[], nodes: readonly Node[]): void => {
    for (const node of nodes) into.push(node);
  };

  addAttribute = (into: [string, AttributeValue][], tag: string, name: string, value: Value): void => {
    const decided = decideAttribute(tag, name, value);
    if (decided !== null) into.push([printedName(name), decided]);
  };

  textNodes = (tag: string, values: readonly Value[]): Node[] => {
    const text = decideTextContent(tag, values);
    return text === "" ? [] : [text];
  };

  /** What a `catch` binds: the condition of an error, or the value that was raised. */
  caught = (error: unknown): Value => {
    const known = this.located(error);
    return known.kind === "raised" ? (known.payload ?? null) : toCondition(known);
  };

  located: (error: unknown) => SxError;
  private readonly primitives: ReadonlyMap<string, Primitive>;

  constructor(primitives: ReadonlyMap<string, Primitive>, located: (error: unknown) => SxError) {
    this.primitives = primitives;
    this.located = located;
  }

  private primitive(name: string, ...args: Value[]): Value {
    return (this.primitives.get(name) as Primitive).call(...args); // the table is whole
  }
}
