// Walking core forms: every node once, parents first, in evaluation order.

import type { Core } from "./core.ts";

/** Every form inside a form, itself included. */
export function walk(core: Core, visit: (node: Core) => void): void {
  visit(core);
  for (const child of childrenOf(core)) walk(child, visit);
}

/** The forms directly inside a form, in evaluation order. */
export function childrenOf(core: Core): Core[] {
  switch (core.kind) {
    case "if":
      return [core.test, core.yes, core.no];
    case "let":
    case "letrec":
      return [...core.bindings.map((binding) => binding.value), core.body];
    case "fn":
      return [core.body];
    case "do":
      return core.forms;
    case "set":
      return [core.value];
    case "call":
      return [core.callee, ...core.args];
    case "dict":
      return core.values;
    case "try":
      return [core.body, core.handler, core.cleanup].filter((part) => part !== null);
    case "provide":
      return [core.key, core.value, core.body];
    case "context":
      return core.fallback ? [core.key, core.fallback] : [core.key];
    case "prompt":
    case "capture":
      return [core.tag, core.body];
    case "perform":
      return [core.operation, ...core.args];
    case "element":
      return [...core.attributes.map((attribute) => attribute.value), ...core.children];
    case "fragment":
      return core.children;
    case "component-call":
      return [core.component, ...core.props.map((prop) => prop.value), ...core.children];
    default:
      return [];
  }
}
