// Components as their callers see them: the body of a component that is known, with what a call gives its props and
// children. A prop that is left out has its default; what a spread may bring is not known.

import type { ComponentCall, Core, Local } from "../front/core.ts";
import type { Definition } from "../front/definition.ts";
import { alternatives, Known, type Place } from "./known.ts";

const absent: Core = { kind: "const", span: null, value: null };

/** The component that a call draws, where it is known. */
export function componentOf(call: ComponentCall, known: Known): Definition | null {
  const [component, other] = alternatives({ core: call.component, known });
  if (!component || other || component.core.kind !== "definition") return null;
  const { definition } = component.core;
  return definition.kind === "component" && definition.core ? definition : null;
}

/** The body of the component that a call draws, or null where it is not known. */
export function expandCall(call: ComponentCall, known: Known): Place | null {
  const definition = componentOf(call, known);
  const core = definition?.core;
  if (!definition?.shape || core?.kind !== "fn") return null;
  const { shape } = definition;
  const values = new Map<Local, Place>();
  const inner = new Known(values);
  const isOpen = call.props.some(({ name }) => name === null);
  const byName = new Map(call.props.map((prop) => [prop.name, prop])); // the last of a name counts
  for (const { name, local, fallback } of shape.props) {
    const given = byName.get(name);
    if (given) values.set(local, { core: given.value, known });
    else if (!isOpen) values.set(local, { core: fallback ?? absent, known: inner });
  }
  for (const { name, local } of shape.env) {
    const given = call.props.find((prop) => prop.name === name);
    if (given) values.set(local, { core: given.value, known });
  }
  if (shape.children)
    values.set(shape.children, { core: { kind: "fragment", span: null, children: call.children }, known });
  return { core: core.body, known: inner };
}
