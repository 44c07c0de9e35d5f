// Markup in place, as a tree: each element becomes statements that make its node, in the order in which the
// source computes and decides its parts. markup.ts makes finished text of the same forms and is the quick way;
// this one is for pages that go over the wire or into a document.

import { SxError } from "../core/errors.ts";
import type { Core } from "../front/core.ts";
import { decideAttribute, printedName } from "../render/attributes.ts";
import { escapableTextTags, rawTextTags } from "../render/tags.ts";
import type { Emitter } from "./emitter.ts";
import { componentCode } from "./markup.ts";

type Element = Extract<Core, { kind: "element" }>;

/** Emits the nodes of forms, as children; gives the name of their list. */
export function emitNodes(e: Emitter, cores: readonly Core[]): string {
  const list = e.unit.fresh("n");
  e.lines.push(`const ${list} = [];`);
  for (const core of cores) emitChild(e, core, list);
  return list;
}

/** An element, fragment or component call as an expression that gives its nodes. */
export function nodesCode(e: Emitter, core: Core): string {
  if (core.kind !== "component-call") return emitNodes(e, [core]);
  let code = "";
  e.blaming(null, () => {
    code = componentCode(e, core);
  });
  return code;
}

function emitChild(e: Emitter, core: Core, into: string): void {
  e.asChild(core.span, () => emitForm(e, core, into));
}

function emitForm(e: Emitter, core: Core, into: string): void {
  switch (core.kind) {
    case "const":
      return emitConstant(e, core, into);
    case "element":
      return e.blaming(null, () => {
        const node = emitElement(e, core);
        e.lines.push(`${into}.push(${node});`);
      });
    case "fragment":
      return e.blaming(null, () => {
        for (const child of core.children) emitChild(e, child, into);
      });
    case "component-call":
      return e.blaming(null, () => {
        const nodes = componentCode(e, core);
        e.lines.push(`$addNodes(${into}, ${nodes});`);
      });
    case "if": {
      const test = e.test(core.test);
      const [yes, no] = [core.yes, core.no].map((arm) => e.capture(() => emitChild(e, arm, into)).lines);
      e.lines.push(`if (${test}) {`, ...(yes ?? []), "} else {", ...(no ?? []), "}");
      return;
    }
    case "let":
      for (const binding of core.bindings) e.bind(binding);
      return emitChild(e, core.body, into);
    case "do":
      for (const form of core.forms.slice(0, -1)) e.effect(form);
      return emitChild(e, core.forms.at(-1) as Core, into); // never empty
  }
  const code = e.loose(core);
  e.lines.push(`${e.markChild(core.span)}$addChild(${into}, ${code});`);
}

function emitConstant(e: Emitter, core: Extract<Core, { kind: "const" }>, into: string): void {
  const { value } = core;
  if (value === null || value === undefined || typeof value === "boolean" || value === "") return;
  if (typeof value === "string" || typeof value === "number")
    e.lines.push(`${into}.push(${JSON.stringify(String(value))});`);
  else e.lines.push(`${e.markChild(core.span)}$addChild(${into}, ${e.constant(value)});`);
}

function emitElement(e: Emitter, core: Element): string {
  const { tag, children } = core;
  const attributes = core.attributes.some(({ name }) => name === null)
    ? emitSpread(e, core)
    : emitAttributes(e, core);
  if (!rawTextTags.has(tag) && !escapableTextTags.has(tag))
    return `new $Element(${JSON.stringify(tag)}, ${attributes}, ${emitNodes(e, children)})`;
  const values = e.ordered(children);
  const text = e.unit.fresh("n");
  e.lines.push(
    `const ${text} = ${e.mark(core.span)}$textNodes(${JSON.stringify(tag)}, [${values.join(", ")}]);`,
  );
  return `new $Element(${JSON.stringify(tag)}, ${attributes}, ${text})`;
}

function emitSpread(e: Emitter, core: Element): string {
  const codes = e.ordered(core.attributes.map(({ value }) => value));
  const entries = core.attributes.map(({ name }, index) => `[${JSON.stringify(name)}, ${codes[index]}]`);
  const list = e.unit.fresh("a");
  const decided = `$decideAttributes(${JSON.stringify(core.tag)}, [${entries.join(", ")}])`;
  e.lines.push(`const ${list} = ${e.mark(core.span)}${decided};`);
  return list;
}

function emitAttributes(e: Emitter, core: Element): string {
  const list = e.unit.fresh("a");
  e.lines.push(`const ${list} = [];`);
  for (const { name, value, span } of core.attributes) {
    const known = literalAttribute(core.tag, name as string, value); // spreads were looked for
    if (known !== undefined) {
      if (known !== "") e.lines.push(`${list}.push(${known});`);
      continue;
    }
    const code = e.loose(value);
    const mark = e.mark(span ?? core.span);
    e.lines.push(
      `${mark}$addAttribute(${list}, ${JSON.stringify(core.tag)}, ${JSON.stringify(name)}, ${code});`,
    );
  }
  return list;
}

/** A literal value's attribute as code, "" where it is left out; undefined for what is no literal, or is refused when the page is drawn. */
function literalAttribute(tag: string, name: string, value: Core): string | undefined {
  if (value.kind !== "const" || (value.value !== null && typeof value.value === "object")) return undefined;
  try {
    const decided = decideAttribute(tag, name, value.value);
    return decided === null ? "" : `[${JSON.stringify(printedName(name))}, ${JSON.stringify(decided)}]`;
  } catch (error) {
    if (error instanceof SxError) return undefined;
    throw error;
  }
}
