// Which definitions a core form names.

import type { Core } from "./core.ts";
import type { Definition } from "./definition.ts";
import { walk } from "./walk.ts";

export function definitionsIn(core: Core): Definition[] {
  const found = new Set<Definition>();
  walk(core, (node) => {
    if (node.kind === "definition") found.add(node.definition);
    else if (node.kind === "set" && "library" in node.target) found.add(node.target);
  });
  return [...found];
}
