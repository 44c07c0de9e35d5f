// Values that are used before they have one: a definition whose value is computed from one further down, or from
// itself, and likewise inside `letrec`. Only what is certainly computed at once is looked at: functions wait for
// their call, branches for their turn.

import { sxError } from "../core/errors.ts";
import type { Core, Local } from "../front/core.ts";
import type { Definition, Library } from "../front/definition.ts";
import { childrenOf } from "../front/walk.ts";
import type { Findings } from "./diagnostic.ts";

/** Tells what the definitions of a library and the bindings inside a form use too early. */
export function checkOrder(core: Core, owner: Definition | null, findings: Findings): void {
  if (owner?.kind === "value") {
    const waiting = definedFrom(owner.library, owner);
    tellEarly(core, (node) => node.kind === "definition" && waiting.has(node.definition), findings);
  }
  const visit = (node: Core): void => {
    if (node.kind === "letrec") {
      const waiting = new Set<Local>(node.bindings.map(({ local }) => local));
      for (const { local, value } of node.bindings) {
        tellEarly(value, (one) => one.kind === "local" && waiting.has(one.local), findings);
        waiting.delete(local);
      }
    }
    childrenOf(node).forEach(visit);
  };
  visit(core);
}

/** The values that are computed with a definition or after it. */
function definedFrom(library: Library, from: Definition): Set<Definition> {
  const all = [...library.definitions.values()];
  return new Set(all.slice(all.indexOf(from)).filter(({ kind }) => kind === "value"));
}

function tellEarly(core: Core, isWaiting: (core: Core) => boolean, findings: Findings): void {
  if ((core.kind === "definition" || core.kind === "local") && core.span && isWaiting(core)) {
    const name = core.kind === "definition" ? core.definition.name : core.local.name;
    findings.refuse(sxError("name/uninitialised", { name }, core.span), core.span);
  }
  for (const part of computedAtOnce(core)) tellEarly(part, isWaiting, findings);
}

/** The forms inside a form that are computed whenever it is. */
function computedAtOnce(core: Core): readonly Core[] {
  switch (core.kind) {
    case "fn":
    case "try":
    case "context":
      return [];
    case "if":
      return [core.test];
    default:
      return childrenOf(core);
  }
}
