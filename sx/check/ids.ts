// Ids that more than one element of a text would have, and fields with more than one label. Two places of which only
// one is ever shown may have the same id; what is made once for each item of a list may not have a literal one.

import type { Span } from "../core/source.ts";
import type { Core } from "../front/core.ts";
import type { Findings } from "./diagnostic.ts";
import { Element } from "./element.ts";
import { literalsOf, type Place, partsOf } from "./known.ts";
import { attributeSpan } from "./places.ts";

/** The branch of each choice around a place, innermost first. */
interface Branches {
  readonly choice: Core;
  readonly branch: Core;
  readonly outer: Branches | null;
}

interface Use {
  readonly line: number;
  readonly branches: Branches | null;
}

const looping: ReadonlySet<string> = new Set(["map", "map-indexed"]);

/** Warns of ids and labels that stand twice in a text. */
export function checkIds(place: Place, findings: Findings): void {
  const ids = new Map<string, Use[]>();
  const labels = new Map<string, Use[]>();
  const visit = (at: Place, branches: Branches | null, repeats: boolean): void => {
    const { core, known } = at;
    const id = idOf(at);
    if (id && repeats) findings.tell("html/duplicate-id", { id: id.text, line: null }, id.span);
    const earlier = id && useOnce(ids, id, branches);
    if (id && earlier) findings.tell("html/duplicate-id", { id: id.text, line: earlier.line }, id.span);
    const target =
      core.kind === "element" && core.tag === "label" ? targetOf(new Element(core, known)) : null;
    const label = target && useOnce(labels, target, branches);
    if (target && label)
      findings.tell("a11y/multiple-labels", { id: target.text, line: label.line }, target.span);
    const loops = core.kind === "call" && core.callee.kind === "primitive" && looping.has(core.callee.name);
    for (const part of partsOf(at)) {
      const isBranch = core.kind === "if" && part.core !== core.test;
      const chosen = isBranch ? { choice: core, branch: part.core, outer: branches } : branches;
      visit(part, chosen, repeats || (loops && part.core.kind === "fn"));
    }
  };
  visit(place, null, false);
}

interface Id {
  readonly text: string;
  readonly span: Span;
}

/** The literal id that an element has, or that a component is given. */
function idOf({ core, known }: Place): Id | null {
  if (!core.span) return null;
  const named = core.kind === "element" ? core.attributes : core.kind === "component-call" ? core.props : [];
  const value = named.find(({ name }) => name === "id")?.value;
  return value ? literalId({ core: value, known }, attributeSpan(core.span, "id")) : null;
}

function targetOf(label: Element): Id | null {
  const attribute = label.attribute("for");
  const span = label.spanOf("for");
  return attribute && span ? literalId(attribute.place, span) : null;
}

function literalId(place: Place, span: Span): Id | null {
  const { values, complete } = literalsOf(place);
  const [text] = values;
  return complete && values.length === 1 && typeof text === "string" && text !== "" ? { text, span } : null;
}

/** Notes a use and answers an earlier one that may be shown together with it. */
function useOnce(uses: Map<string, Use[]>, { text, span }: Id, branches: Branches | null): Use | null {
  const earlier = uses.get(text) ?? [];
  const { line } = span.source.position(span.start);
  uses.set(text, [...earlier, { line, branches }]);
  return earlier.find((use) => mayMeet(use.branches, branches)) ?? null;
}

/** Whether no choice has to go both ways for two places to be shown. */
function mayMeet(one: Branches | null, other: Branches | null): boolean {
  const branches = new Map<Core, Core>();
  for (let at = one; at; at = at.outer) branches.set(at.choice, at.branch);
  for (let at = other; at; at = at.outer)
    if ((branches.get(at.choice) ?? at.branch) !== at.branch) return false;
  return true;
}
