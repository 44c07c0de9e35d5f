// Rules for what belongs together: headings and links with what they say, labels with their fields, captions with
// what they are of.

import type { Core } from "../../front/core.ts";
import { expandCall } from "../component.ts";
import { Element } from "../element.ts";
import { type Answer, alternatives, type Place } from "../known.ts";
import { elementSays, nameSays } from "./content.ts";
import type { Rule } from "./rule.ts";

export const checkHeadingText: Rule = (element, tell) => {
  if (!/^h[1-6]$/.test(element.tag) || element.attribute("aria-hidden")) return;
  if (elementSays(element) === "no") tell("a11y/missing-content", { tag: element.tag });
};

/** Roles by which a thing is no longer a link or button, or is not there for screen readers. */
const silent = new Set(["presentation", "none"]);

export const checkLinkText: Rule = (element, tell) => {
  const { tag } = element;
  if (tag !== "button" && !(tag === "a" && element.has("href") === "yes")) return;
  if (element.open || element.attribute("aria-hidden") || silent.has(String(element.exact("role")))) return;
  if (element.has("inert") !== "no" || element.has("hidden") !== "no") return;
  if (elementSays(element) === "no") tell("a11y/consider-explicit-label", { tag });
};

/** What a label may be for. */
const fields = new Set("button input meter output progress select textarea".split(" "));

export const checkLabel: Rule = (element, tell) => {
  if (element.tag !== "label" || nameSays(element, "for") !== "no") return;
  if (holds(element.children, (one) => fields.has(one.tag)) === "no")
    tell("a11y/label-has-associated-control", {});
};

export const checkCaptions: Rule = (element, tell) => {
  if (element.tag !== "video" || element.has("muted") !== "no" || element.attribute("aria-hidden")) return;
  const captions = holds(
    element.children,
    (one) => one.tag === "track" && one.exact("kind") !== undefined && isCaption(one),
  );
  if (captions === "no") tell("a11y/media-has-caption", {});
};

function isCaption(track: Element): boolean {
  const kind = track.exact("kind");
  return kind === null || kind === "captions";
}

export const checkFigureCaption: Rule = (element, tell, { ancestors }) => {
  const parent = ancestors.at(-1);
  if (element.tag === "figcaption" && parent && parent.tag !== "figure")
    tell("a11y/figcaption-parent", { parent: parent.tag });
  if (element.tag !== "figure") return;
  const children = element.children.map((child) => alternatives(child).map((one) => one.core));
  const isThere = (forms: readonly Core[]) =>
    forms.some((core) => core.kind !== "const" || core.value !== null);
  const shown = children.filter(isThere);
  for (const [index, forms] of shown.entries()) {
    const caption = forms.find((core) => core.kind === "element" && core.tag === "figcaption");
    if (caption && index > 0 && index < shown.length - 1) tell("a11y/figcaption-index", {}, caption.span);
  }
};

/** How many components deep is looked for an element. */
const deepest = 6;

/** Whether an element that passes the test stands among or inside the children. */
function holds(children: readonly Place[], test: (element: Element) => boolean, depth = 0): Answer {
  const answers = children.flatMap((child) => alternatives(child).map((one) => holdsOne(one, test, depth)));
  return answers.includes("yes") ? "yes" : answers.includes("maybe") ? "maybe" : "no";
}

function holdsOne(place: Place, test: (element: Element) => boolean, depth: number): Answer {
  const { core, known } = place;
  const inside = (forms: readonly Core[]) =>
    holds(
      forms.map((form) => ({ core: form, known })),
      test,
      depth,
    );
  if (core.kind === "const") return "no";
  if (core.kind === "fragment") return inside(core.children);
  if (core.kind === "element") {
    const element = new Element(core, known);
    return test(element) ? "yes" : inside(core.children);
  }
  if (core.kind === "call" && core.callee.kind === "primitive") {
    if (core.callee.name === "list") return inside(core.args);
    return core.callee.name === "str" ? "no" : "maybe";
  }
  const body = core.kind === "component-call" && depth < deepest ? expandCall(core, known) : null;
  return body ? holds([body], test, depth + 1) : "maybe";
}
