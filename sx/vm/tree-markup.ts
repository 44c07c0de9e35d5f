// Markup in the making, as a tree: what markup.ts does with text, for pages that go over the wire or into a
// document. What is in the making is a chain of what was added, the last first; nothing of it ever changes, so
// that a copied stack may go on from the same place as often as it likes.

import { sxError } from "../core/errors.ts";
import { type Dict, isDict, type Value } from "../core/values.ts";
import type { ComponentShape, Definition } from "../front/definition.ts";
import { hasType } from "../front/prop-type.ts";
import { decideAttribute, decideAttributes, printedName } from "../render/attributes.ts";
import { decideTextContent } from "../render/html.ts";
import { type AttributeValue, CallNode, ElementNode, type Node } from "../render/nodes.ts";
import { childNodes, TreeMarkup } from "../render/tree.ts";
import { VmComponent } from "./code.ts";
import { callComponentByNames } from "./component.ts";
import { type Machine, Native } from "./machine.ts";

type Added =
  | { readonly open: string }
  | { readonly attributes: readonly (readonly [string, AttributeValue])[] }
  | { readonly nodes: readonly Node[] }
  | { readonly close: true };

interface Building {
  readonly before: Building | null;
  readonly added: Added;
}

const nothing: Building = { before: null, added: { nodes: [] } };

const add = (before: Building, added: Added): Building => ({ before, added });

/** The functions by the names that code calls them by, as in markup.ts. */
export const treeFunctions: Readonly<Record<string, (...args: never[]) => Value>> = {
  "%fragment": () => nothing,
  "%open": (tag: string) => add(nothing, { open: tag }),
  "%enter": (m: Building, tag: string) => add(m, { open: tag }),
  "%attribute": (m: Building, value: Value, tag: string, name: string) => {
    const decided = decideAttribute(tag, name, value);
    return decided === null ? m : add(m, { attributes: [[printedName(name), decided]] });
  },
  "%attributes": (m: Building, values: Value[], tag: string, names: (string | null)[]) => {
    const entries = values.map((value, index) => [names[index] ?? null, value] as const);
    return add(m, { attributes: decideAttributes(tag, entries) });
  },
  "%content": (m: Building) => m,
  "%child": (m: Building, value: Value) => add(m, { nodes: childNodes(value) }),
  "%text": (m: Building, values: Value[], tag: string) => {
    const text = decideTextContent(tag, values);
    return text === "" ? m : add(m, { nodes: [text] });
  },
  "%lines": (m: Building, content: Building) => add(m, { nodes: nodesOfBuilding(content) }),
  "%leave": (m: Building) => add(m, { close: true }),
  "%markup": (m: Building) => new TreeMarkup(nodesOfBuilding(m)),
};

/** What was made. An element that is not closed ends where everything ends. */
function nodesOfBuilding(building: Building): Node[] {
  const parts: Added[] = [];
  for (let at: Building | null = building; at; at = at.before) parts.push(at.added);
  const root: Node[] = [];
  const open: ElementNode[] = [];
  for (const part of parts.reverse()) {
    const element = open.at(-1);
    const into = element?.children ?? root;
    if ("nodes" in part) for (const node of part.nodes) into.push(node);
    else if ("attributes" in part) element?.attributes.push(...part.attributes);
    else if ("close" in part) open.pop();
    else {
      const inner = new ElementNode(part.open);
      into.push(inner);
      open.push(inner);
    }
  }
  return root;
}

/** The definition of a component whose calls are left to the receiver of the tree, else null. */
export type LeftDefinition = (component: VmComponent) => Definition | null;

/** `%component`, where a call may be left: the call itself is its markup then. */
export function componentNative(leftDefinition: LeftDefinition): Native {
  return new Native("%component", -1, (m) => {
    const names = m.stack[m.sp - 1] as (string | null)[]; // the compiler makes the list
    const first = m.sp - 2 - names.length;
    const component = m.stack[first - 1];
    const definition = component instanceof VmComponent ? leftDefinition(component) : null;
    if (definition) leaveCall(m, definition, names, first);
    else callComponentByNames(m);
  });
}

/** The call as a node, after what the component would say of its props. */
function leaveCall(m: Machine, definition: Definition, names: (string | null)[], first: number): void {
  const children = m.stack[m.sp - 2] as Value[]; // the compiler makes the list
  const given = gather(names, m.stack.slice(first, m.sp - 2));
  const { name } = definition;
  const shape = definition.shape as ComponentShape; // resolved components have one
  checkProps(name, shape, given, children);
  const ordered: Dict = {};
  for (const slot of [...shape.props, ...shape.env])
    if (Object.hasOwn(given, slot.name)) ordered[slot.name] = given[slot.name];
  m.answer(names.length + 3, new TreeMarkup([new CallNode(name, { ...ordered, ...given }, children)]));
}

function gather(names: readonly (string | null)[], values: readonly Value[]): Dict {
  const props: Dict = {};
  for (const [index, name] of names.entries()) {
    const value = values[index] ?? null;
    if (name !== null) props[name] = value;
    else if (isDict(value)) Object.assign(props, value);
    else if (value !== null)
      throw sxError("call/type", { primitive: "spread", argument: "it", expected: "a dict", found: value });
  }
  return props;
}

function checkProps(component: string, shape: ComponentShape, given: Dict, children: Value[]): void {
  const has = (prop: string) => Object.hasOwn(given, prop);
  const known = new Set([...shape.props, ...shape.env].map(({ name }) => name));
  for (const { name } of shape.env)
    if (!has(name)) throw sxError("component/missing-env", { name, component });
  const unknown = shape.attrs ? undefined : Object.keys(given).find((name) => !known.has(name));
  const extra = unknown ?? (children.length > 0 && !shape.children ? "children" : undefined);
  if (extra !== undefined)
    throw sxError("component/unknown-prop", { prop: extra, component, suggestion: null });
  for (const { name: prop, required, fallback, type } of shape.props) {
    const found = given[prop];
    if (!has(prop) && required && !fallback) throw sxError("component/missing-prop", { prop, component });
    if (type && found !== null && found !== undefined && !hasType(found, type))
      throw sxError("component/prop-type", { prop, component, expected: type, found });
  }
}
