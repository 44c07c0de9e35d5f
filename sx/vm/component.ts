// Calls of components: props go by name, and a component's frame has them by slot. A call site remembers for the
// component it last met which of its values goes where, so that names are compared once.

import { sxError } from "../core/errors.ts";
import { addEntries } from "../core/primitives/dicts.ts";
import { type Dict, isDict, type Value } from "../core/values.ts";
import {
  absent,
  type Code,
  type ComponentShape,
  type GlobalCell,
  type VmClosure,
  VmComponent,
} from "./code.ts";
import type { Machine } from "./machine.ts";

/** A call's names, and what is known about the component that was called last. */
export class Site {
  readonly names: readonly (string | null)[];
  readonly count: number;
  readonly spreads: boolean;
  /** It gives no children, so there is no list of them on the stack. */
  readonly childless: boolean;
  /** The definition that is called, which then is not on the stack; null where an expression gives the component. */
  readonly cell: GlobalCell | null;
  component: VmComponent | null = null;
  /** The values stand in the order of the slots already, and `fills` are what the slots after them hold. */
  direct = false;
  fills: readonly Value[] = [];
  /** For each slot of a prop or implicit parameter the value that goes there, or what stands for none. */
  plan: readonly number[] = [];
  /** The names that the component gathers, with their values. */
  others: readonly { readonly name: string; readonly value: number }[] = [];
  constructor(names: readonly (string | null)[], childless = false, cell: GlobalCell | null = null) {
    this.names = names;
    this.count = names.length;
    this.childless = childless;
    this.cell = cell;
    this.spreads = names.includes(null);
  }
}

const none = -1;
const missing = -2;

function shapeOf({ code }: VmClosure): ComponentShape {
  return code.shape as ComponentShape; // the loader gives every component one
}

/** A component, unless the site knows it, values of its props and a list of children are on the stack; its markup comes in their place. */
export function callComponent(m: Machine, site: Site): void {
  const { count, childless, cell } = site;
  const children = childless ? [] : (m.stack[--m.sp] as Value[]); // the compiler makes the list
  const first = m.sp - count;
  const start = cell ? first : first - 1;
  const component = cell ? cell.value : m.stack[start];
  if (!(component instanceof VmComponent)) throw sxError("call/not-callable", { found: component });
  const values = m.stack.slice(first, m.sp);
  m.sp = start;
  if (site.spreads) {
    enterComponent(m, component, gather(site, values), children);
    return;
  }
  if (site.component !== component) planFor(site, component);
  const { closure } = component;
  const shape = shapeOf(closure);
  if (children.length > 0 && !shape.children) throw unknownProp(closure.code, "children");
  m.pushFrame(closure, start);
  const { stack } = m;
  const { plan } = site;
  let slot = start;
  for (let i = 0; i < plan.length; i++) {
    const index = plan[i] as number; // inside the bounds
    stack[slot++] = index >= 0 ? (values[index] ?? null) : index === none ? null : absent;
  }
  if (shape.attrs)
    stack[slot++] = Object.fromEntries(site.others.map(({ name, value }) => [name, values[value]]));
  if (shape.children) stack[slot] = children;
  m.boxParameters(closure.code, start);
}

/** Likewise, with the names of the props on top: for code whose names are no constants. */
export function callComponentByNames(m: Machine): void {
  const names = m.stack[--m.sp] as (string | null)[]; // the compiler makes the list
  callComponent(m, new Site(names));
}

/** A frame for a component with a dict of props and a list of children; it begins at the top of the stack. */
export function enterComponent(
  m: Machine,
  { closure }: VmComponent,
  props: Dict,
  children: readonly Value[],
): void {
  const shape = shapeOf(closure);
  const given = (name: string) => Object.hasOwn(props, name);
  for (const name of shape.env)
    if (!given(name)) throw sxError("component/missing-env", { name, component: closure.code.name });
  const others = Object.keys(props).filter((name) => !shape.slotOf.has(name));
  if (others[0] !== undefined && !shape.attrs) throw unknownProp(closure.code, others[0]);
  if (children.length > 0 && !shape.children) throw unknownProp(closure.code, "children");
  const start = m.sp;
  m.pushFrame(closure, start);
  const { stack } = m;
  for (const [name, slot] of shape.slotOf)
    stack[start + slot] = given(name) ? (props[name] ?? null) : unlessGiven(shape, slot);
  let slot = start + shape.slotOf.size;
  if (shape.attrs) stack[slot++] = Object.fromEntries(others.map((name) => [name, props[name]]));
  if (shape.children) stack[slot] = children;
  m.boxParameters(closure.code, start);
}

/** What stands for a prop that a call does not give. */
function unlessGiven(shape: ComponentShape, slot: number): Value {
  const prop = shape.props[slot];
  return prop?.fallback || prop?.required ? absent : null;
}

function planFor(site: Site, component: VmComponent): void {
  const { closure } = component;
  const shape = shapeOf(closure);
  const plan: number[] = [];
  for (const [name, slot] of shape.slotOf) {
    const index = site.names.lastIndexOf(name);
    if (index < 0 && slot >= shape.props.length)
      throw sxError("component/missing-env", { name, component: closure.code.name });
    plan[slot] = index >= 0 ? index : unlessGiven(shape, slot) === absent ? missing : none;
  }
  const others: { name: string; value: number }[] = [];
  for (const [value, name] of site.names.entries()) {
    if (name === null || shape.slotOf.has(name)) continue;
    if (!shape.attrs) throw unknownProp(closure.code, name);
    others.push({ name, value });
  }
  site.plan = plan;
  site.others = others;
  site.component = component;
  const fills = plan.slice(site.count).map((index) => (index === none ? null : absent));
  const inOrder = plan.every((index, slot) => (slot < site.count ? index === slot : index < 0));
  const plain = closure.code.cellParameters.length === 0 && !shape.attrs && plan.length >= site.count;
  site.direct = site.childless && !shape.children && inOrder && plain;
  site.fills = fills;
}

function gather(site: Site, values: readonly Value[]): Dict {
  const props: Dict = {};
  for (const [index, name] of site.names.entries()) {
    const value = values[index];
    if (name !== null) props[name] = value;
    else if (isDict(value)) addEntries(props, value);
    else if (value !== null && value !== undefined)
      throw sxError("call/type", { primitive: "spread", argument: "it", expected: "a dict", found: value });
  }
  return props;
}

function unknownProp({ name }: Code, prop: string): Error {
  return sxError("component/unknown-prop", { prop, component: name, suggestion: null });
}
