// What can be known of a core form before it becomes JavaScript: which values are certainly numbers or
// strings, which calls a loop can stand for, and how a component uses its children. Every answer is on the
// safe side: "no" means "not known".

import type { Core, Fn, Local } from "../front/core.ts";
import type { Definition } from "../front/definition.ts";
import { walk } from "../front/walk.ts";
import { escapableTextTags, rawTextTags } from "../render/tags.ts";

const numberPrimitives: ReadonlySet<string> = new Set(
  "+ - * / mod rem quot inc dec abs min max clamp floor ceil round trunc pow sqrt len string-length".split(
    " ",
  ),
);
const stringPrimitives: ReadonlySet<string> = new Set(
  `str upper lower trim trim-start trim-end join replace substring pad-start pad-end repeat from-char-code number->string
   format-decimal format-money format-date pluralize truncate slugify escape-html strip-tags url-encode json-encode
   css-style class-list css-var css-escape type-of symbol-name keyword-name write-data content-hash`.split(
    /\s+/,
  ),
);
const booleanPrimitives: ReadonlySet<string> = new Set(
  `= != < > <= >= identical? nil? boolean? number? integer? string? symbol? keyword? list? dict? callable? component?
   macro? empty? zero? even? odd? not starts-with? ends-with? includes? contains? has-key? condition? markup?`.split(
    /\s+/,
  ),
);

export type Known = "number" | "string" | "boolean" | "unknown";

/** What kind of value a form certainly gives. `numbers` are locals known to hold numbers. */
export function knownType(core: Core, numbers: ReadonlySet<Local>): Known {
  switch (core.kind) {
    case "const": {
      const type = typeof core.value;
      return type === "number" || type === "string" || type === "boolean" ? type : "unknown";
    }
    case "local":
      return numbers.has(core.local) ? "number" : "unknown";
    case "if": {
      const yes = knownType(core.yes, numbers);
      return yes === knownType(core.no, numbers) ? yes : "unknown";
    }
    case "do": {
      const last = core.forms.at(-1);
      return last ? knownType(last, numbers) : "unknown";
    }
    case "let":
    case "letrec":
      return knownType(core.body, numbers);
    case "call":
      return core.callee.kind === "primitive" ? primitiveType(core.callee.name) : "unknown";
    default:
      return "unknown";
  }
}

function primitiveType(name: string): Known {
  if (numberPrimitives.has(name)) return "number";
  if (stringPrimitives.has(name)) return "string";
  return booleanPrimitives.has(name) ? "boolean" : "unknown";
}

/** Whether evaluating a form later, or not at all, makes no difference. */
export function isStable(core: Core): boolean {
  if (core.kind === "const" || core.kind === "primitive") return true;
  if (core.kind === "local") return !core.local.mutated;
  return core.kind === "definition" && core.definition.kind !== "value" && !core.definition.mutated;
}

/**
 * Whether evaluating a form does nothing that shows and cannot fail. With `lookups`, what `get` finds under a
 * literal key counts too, although it fails on what is no dict.
 */
export function isCalm(core: Core, lookups = false): boolean {
  switch (core.kind) {
    case "const":
    case "local":
    case "primitive":
    case "fn":
      return true;
    case "definition":
      return core.definition.kind !== "value";
    case "if":
      return [core.test, core.yes, core.no].every((part) => isCalm(part, lookups));
    case "call": {
      const { callee, args } = core;
      if (callee.kind !== "primitive" || !args.every((part) => isCalm(part, lookups))) return false;
      if (callee.name === "get") return lookups && args.length === 2 && args[1]?.kind === "const";
      return args.length === 1 && (callee.name === "not" || callee.name === "nil?");
    }
    default:
      return false;
  }
}

/** Whether a form's value can certainly be printed as a child. */
export function isSureChild(core: Core): boolean {
  switch (core.kind) {
    case "element":
    case "fragment":
    case "component-call":
      return true;
    case "const":
      return core.value === null || typeof core.value !== "object";
    case "if":
      return isSureChild(core.yes) && isSureChild(core.no);
    case "let":
    case "letrec":
    case "provide":
      return isSureChild(core.body);
    case "do":
      return core.forms.slice(-1).every(isSureChild);
    case "call": {
      const [fn] = core.args;
      const maps = core.callee.kind === "primitive" && core.callee.name.startsWith("map");
      return maps && fn?.kind === "fn" ? isSureChild(fn.body) : knownType(core, new Set()) !== "unknown";
    }
    default:
      return false;
  }
}

type Callee = Local | Definition;

function calls(core: Core, target: Callee): boolean {
  if (core.kind !== "call") return false;
  if (core.callee.kind === "local") return core.callee.local === target;
  return core.callee.kind === "definition" && core.callee.definition === target;
}

/** Visits every form in tail position of a body. */
function visitTails(core: Core, visit: (tail: Core) => void): void {
  switch (core.kind) {
    case "if":
      visitTails(core.yes, visit);
      visitTails(core.no, visit);
      return;
    case "let":
    case "letrec":
      visitTails(core.body, visit);
      return;
    case "do": {
      const last = core.forms.at(-1);
      if (last) visitTails(last, visit);
      return;
    }
    case "try":
      if (core.handler && !core.cleanup) visitTails(core.handler, visit);
      return;
    default:
      visit(core);
  }
}

/** The calls in tail position of a function's body. */
export function tailCalls(body: Core): Extract<Core, { kind: "call" }>[] {
  const found: Extract<Core, { kind: "call" }>[] = [];
  visitTails(body, (tail) => {
    if (tail.kind === "call") found.push(tail);
  });
  return found;
}

/** The calls by which a function continues itself, when each passes the right number of arguments. */
export function selfTailCalls(fn: Fn, self: Callee): Extract<Core, { kind: "call" }>[] {
  if (fn.rest) return [];
  return tailCalls(fn.body).filter((call) => calls(call, self) && call.args.length === fn.parameters.length);
}

/** How often a local is called, in any position, by a call with the given number of arguments. */
function countCalls(core: Core, target: Local, args: number): number {
  let count = 0;
  walk(core, (node) => {
    if (calls(node, target) && node.kind === "call" && node.args.length === args) count++;
  });
  return count;
}

/**
 * Whether a named-let function is nothing but a loop: every use of its name is a call of itself in tail
 * position, but for the one call that starts it.
 */
export function isLoop(local: Local, fn: Fn, body: Core): boolean {
  if (local.mutated || fn.rest || !calls(body, local) || body.kind !== "call") return false;
  if (body.args.length !== fn.parameters.length) return false;
  const inside = selfTailCalls(fn, local).length;
  return inside + 1 === local.reads && countCalls(fn.body, local, fn.parameters.length) === inside;
}

/** The parameters that stay numbers if they start as numbers: every continuing call passes a number. */
export function numericParameters(fn: Fn, self: Callee, known: ReadonlySet<Local>): Set<Local> {
  const steps = selfTailCalls(fn, self);
  const numbers = new Set(fn.parameters.filter((local) => !local.mutated && !local.captured));
  if (steps.length === 0) return new Set();
  for (let changed = true; changed; ) {
    changed = false;
    fn.parameters.forEach((local, index) => {
      const holds = steps.every(
        (step) => knownType(step.args[index] as Core, new Set([...known, ...numbers])) === "number",
      ); // arity checked by selfTailCalls
      if (numbers.has(local) && !holds) changed = numbers.delete(local);
    });
  }
  return numbers;
}

/** How large a form is, in nodes. */
export function sizeOf(core: Core): number {
  let size = 0;
  walk(core, () => {
    size++;
  });
  return size;
}

/** How often a local is read where its value is only printed as a child. */
export function childReads(core: Core, local: Local, takesText: (definition: Definition) => boolean): number {
  const sum = (forms: readonly Core[]) =>
    forms.reduce((total, form) => total + childReads(form, local, takesText), 0);
  switch (core.kind) {
    case "local":
      return core.local === local ? 1 : 0;
    case "if":
      return sum([core.yes, core.no]);
    case "let":
    case "letrec":
    case "provide":
      return childReads(core.body, local, takesText);
    case "do":
      return sum(core.forms.slice(-1));
    case "element":
      // There children are text and not markup.
      return rawTextTags.has(core.tag) || escapableTextTags.has(core.tag) ? 0 : sum(core.children);
    case "fragment":
      return sum(core.children);
    case "component-call": {
      const known = core.component.kind === "definition" && takesText(core.component.definition);
      return known ? sum(core.children) : 0;
    }
    case "call": {
      const [fn] = core.args;
      const maps = core.callee.kind === "primitive" && core.callee.name === "map" && core.args.length === 2;
      return maps && fn?.kind === "fn" ? childReads(fn.body, local, takesText) : 0;
    }
    default:
      return 0;
  }
}
