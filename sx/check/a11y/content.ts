// What a screen reader could say of some children: certainly something, certainly nothing, or nobody can tell.
// Components that are known are looked into; what only decorates, or is hidden, says nothing.

import type { Value } from "../../core/values.ts";
import type { ComponentCall, Core } from "../../front/core.ts";
import { expandCall } from "../component.ts";
import { Element } from "../element.ts";
import { type Answer, alternatives, type Place, together } from "../known.ts";

/** How many components deep content is looked for. */
const deepest = 6;

/** Certainly where one of several certainly does. */
function any(answers: readonly Answer[]): Answer {
  return answers.includes("yes") ? "yes" : answers.includes("maybe") ? "maybe" : "no";
}

/** Whether children hold something that is said. */
function saysSomething(children: readonly Place[], depth = 0): Answer {
  return any(children.map((child) => together(alternatives(child).map((one) => oneSays(one, depth)))));
}

function oneSays(place: Place, depth: number): Answer {
  const { core, known } = place;
  const all = (forms: readonly Core[]) =>
    saysSomething(
      forms.map((form) => ({ core: form, known })),
      depth,
    );
  switch (core.kind) {
    case "const":
      return literalSays(core.value);
    case "fragment":
      return all(core.children);
    case "element":
      return elementSays(new Element(core, known), depth);
    case "component-call":
      return componentSays(core, place, depth);
    case "call":
      return core.callee.kind === "primitive" && core.callee.name === "list" ? all(core.args) : "maybe";
    default:
      return "maybe";
  }
}

function literalSays(value: Value): Answer {
  if (typeof value === "string") return value.trim() === "" ? "no" : "yes";
  if (Array.isArray(value)) return any(value.map(literalSays));
  return typeof value === "number" ? "yes" : "no";
}

function componentSays(call: ComponentCall, { known }: Place, depth: number): Answer {
  const body = depth < deepest ? expandCall(call, known) : null;
  return body ? saysSomething([body], depth + 1) : "maybe";
}

/** Elements that are something by themselves, text or not. */
const speaking = new Set(
  "audio embed iframe input math meter object progress select textarea video".split(" "),
);
const silent = new Set("br hr link meta script source style template track wbr".split(" "));

/** What an element is called, or says by its content. */
export function elementSays(element: Element, depth = 0): Answer {
  const { tag } = element;
  const hidden = element.exact("aria-hidden");
  if (hidden === true || hidden === "true" || element.has("hidden") === "yes") return "no";
  const named = any([
    nameSays(element, "aria-label"),
    element.has("aria-labelledby"),
    nameSays(element, "title"),
  ]);
  if (named === "yes" || silent.has(tag)) return named;
  if (tag === "img" || tag === "area") return any([named, nameSays(element, "alt")]);
  const own = speaking.has(tag) || tag === "slot" ? "maybe" : saysSomething(element.children, depth);
  const shown = element.attribute("aria-hidden") || element.has("hidden") === "maybe" ? atMost(own) : own;
  return any([named, shown]);
}

/** An answer that something unknown may undo. */
function atMost(answer: Answer): Answer {
  return answer === "yes" ? "maybe" : answer;
}

/** Whether an attribute gives the element a name: one that is empty gives none. */
export function nameSays(element: Element, name: string): Answer {
  const given = element.has(name);
  const value = given === "yes" ? element.exact(name) : null;
  return typeof value === "string" && value.trim() === "" ? "no" : given;
}
