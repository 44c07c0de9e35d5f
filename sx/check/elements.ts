// The elements of a text, each looked at by every rule with what stands around it in that text; and those of the
// components it calls, looked at again with the props that the call gives, since those may decide.

import type { Span } from "../core/source.ts";
import type { ComponentCall, Core } from "../front/core.ts";
import type { Definition } from "../front/definition.ts";
import type { Tell } from "./a11y/rule.ts";
import { a11yRules } from "./a11y/rules.ts";
import { componentOf, expandCall } from "./component.ts";
import { Findings } from "./diagnostic.ts";
import { Element } from "./element.ts";
import { Known, type Place, partsOf, truthOf } from "./known.ts";

/** Takes an element and the elements around it in the same text, outermost first. */
export type Look = (element: Element, ancestors: readonly Element[]) => void;

/** Functions that give what they are given, or what the function they are given makes, as it stands there. */
const keepingPlace: ReadonlySet<string> = new Set(
  "list cons append concat map map-indexed filter reverse take drop rest flatten first last".split(" "),
);

/** Looks at every element of a text. Where a choice is decided, what is not chosen is passed over. */
export function eachElement(place: Place, look: Look): void {
  const visit = (at: Place, ancestors: readonly Element[]): void => {
    const { core, known } = at;
    if (core.kind === "element") {
      const element = new Element(core, known);
      look(element, ancestors);
      for (const { value } of core.attributes) visit({ core: value, known }, []);
      for (const child of element.children) visit(child, [...ancestors, element]);
      return;
    }
    for (const part of shownParts(at)) visit(part, keepsPlace(core, part.core) ? ancestors : []);
  };
  visit(place, []);
}

function shownParts(at: Place): Place[] {
  const { core, known } = at;
  if (core.kind !== "if") return partsOf(at);
  const truth = truthOf({ core: core.test, known });
  const shown = truth === "yes" ? [core.yes] : truth === "no" ? [core.no] : [core.yes, core.no];
  return [core.test, ...shown].map((part) => ({ core: part, known }));
}

/** Whether a part of a form is shown where the form stands. */
function keepsPlace(core: Core, part: Core): boolean {
  switch (core.kind) {
    case "if":
      return part !== core.test;
    case "let":
    case "letrec":
    case "provide":
      return part === core.body;
    case "do":
      return part === core.forms.at(-1);
    case "fragment":
      return true;
    case "fn":
      return true;
    case "call":
      return core.callee.kind === "primitive" && keepingPlace.has(core.callee.name);
    case "try":
      return part !== core.cleanup;
    default:
      return false;
  }
}

/** Tells what the rules find in a text. */
export function checkElements(place: Place, findings: Findings): void {
  eachElement(place, (element, ancestors) =>
    applyRules(element, ancestors, (code, details, span) => {
      const where = span ?? element.core.span;
      // The rules leave out what only the caller knows.
      if (where)
        findings.tell(code, { ...details, inside: null } as Parameters<typeof findings.tell>[1], where);
    }),
  );
}

function applyRules(element: Element, ancestors: readonly Element[], tell: Tell): void {
  for (const rule of a11yRules) rule(element, tell, { ancestors });
}

/** Tells what the rules find in components because of what a call gives them. */
export class CallSites {
  private readonly findings: Findings;
  private readonly own = new Map<Definition, Findings>();

  constructor(findings: Findings) {
    this.findings = findings;
  }

  check(place: Place): void {
    const visit = (at: Place): void => {
      if (at.core.kind === "component-call") this.checkCall(at.core, at.known);
      partsOf(at).forEach(visit);
    };
    visit(place);
  }

  private checkCall(call: ComponentCall, known: Known): void {
    const definition = componentOf(call, known);
    const body = expandCall(call, known);
    const { span } = call;
    // What a wrong or missing prop leads to is not told besides.
    if (!definition || !body || !span || lacksProp(call, definition)) return;
    if (this.findings.has("component/prop-type", span) || this.findings.has("component/unknown-prop", span))
      return;
    const own = this.ownFindings(definition);
    eachElement(body, (element, ancestors) =>
      applyRules(element, ancestors, (code, details, place) => {
        const where: Span | null = place ?? element.core.span;
        if (where && !own.has(code, where))
          this.findings.tell(
            code,
            { ...details, inside: definition.name } as Parameters<typeof this.findings.tell>[1], // likewise
            span,
          );
      }),
    );
  }

  /** What the rules find in a component whoever calls it. */
  private ownFindings(definition: Definition): Findings {
    const known = this.own.get(definition) ?? new Findings();
    if (!this.own.has(definition) && definition.core)
      checkElements({ core: definition.core, known: new Known() }, known);
    this.own.set(definition, known);
    return known;
  }
}

function lacksProp({ props }: ComponentCall, { shape }: Definition): boolean {
  const needed = (shape?.props ?? []).filter(({ required }) => required);
  return needed.some((prop) => !props.some(({ name }) => name === prop.name || name === null));
}
