// Which components may be left to the receiver of a page: those that draw the same wherever they are drawn.
// One that reaches an effect, a context, a variable that changes, a value that is waited for or a function of
// the host belongs to the place where it was called.

import type { Core } from "./core.ts";
import type { Definition } from "./definition.ts";
import { definitionsIn } from "./dependencies.ts";
import { walk } from "./walk.ts";

/** Asks whether definitions that are resolved, with all they reach, are shippable. `hostFunctions` names what only this host has. */
export function shippableAmong(hostFunctions: ReadonlySet<string>): (definition: Definition) => boolean {
  const known = new Map<Definition, boolean>();
  return (definition) => {
    let answer = known.get(definition);
    if (answer === undefined) {
      answer = reachedFrom(definition).every((each) => staysPut(each, hostFunctions));
      known.set(definition, answer);
    }
    return answer;
  };
}

function coresOf({ core, shape }: Definition): Core[] {
  const fallbacks = shape?.props.map((prop) => prop.fallback) ?? [];
  return [core, ...fallbacks].filter((each) => each !== null);
}

function reachedFrom(definition: Definition): Definition[] {
  const found = new Set([definition]);
  for (const each of found)
    for (const core of coresOf(each)) for (const other of definitionsIn(core)) found.add(other);
  return [...found];
}

/** Whether nothing in a definition depends on where and when it runs. */
function staysPut(definition: Definition, hostFunctions: ReadonlySet<string>): boolean {
  if (definition.mutated) return false;
  let still = true;
  for (const core of coresOf(definition))
    walk(core, (node) => {
      const moves =
        node.kind === "perform" ||
        node.kind === "context" ||
        (node.kind === "set" && ("library" in node.target || node.target.captured)) ||
        (node.kind === "primitive" && (node.name === "suspense" || hostFunctions.has(node.name)));
      if (moves) still = false;
    });
  return still;
}
