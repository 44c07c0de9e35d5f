// Markup in place: constant tags, attributes and text become one literal, everything else a string
// expression between literals. Components are direct calls that give their HTML as text, and children that
// a component only prints are handed over as finished text.

import { SxError } from "../core/errors.ts";
import type { ComponentCall, Core } from "../front/core.ts";
import type { ComponentShape } from "../front/definition.ts";
import { renderAttribute } from "../render/attributes.ts";
import { escapeAttribute, escapeText } from "../render/escape.ts";
import {
  booleanAttributes,
  escapableTextTags,
  leadingNewlineTags,
  rawTextTags,
  urlAttributes,
  voidTags,
} from "../render/tags.ts";
import { isSureChild } from "./analysis.ts";
import { displayed } from "./arithmetic.ts";
import { emitMappedMarkup } from "./calls.ts";
import type { Emitter } from "./emitter.ts";
import type { Sink } from "./sink.ts";

type Element = Extract<Core, { kind: "element" }>;

/** Adds the HTML of a form, as a child, to a sink. */
export function emitMarkup(e: Emitter, core: Core, sink: Sink): void {
  e.asChild(core.span, () => emitForm(e, core, sink));
}

function emitForm(e: Emitter, core: Core, sink: Sink): void {
  switch (core.kind) {
    case "const":
      return emitConstant(e, core, sink);
    case "element":
      return e.blaming(null, () => emitElement(e, core, sink));
    case "fragment":
      return e.blaming(null, () => {
        for (const child of core.children) emitMarkup(e, child, sink);
      });
    case "component-call":
      return e.blaming(null, () => emitComponentCall(e, core, sink));
    case "if":
      return emitChoice(e, core, sink);
    case "let":
      sinkBefore(e, sink, () => {
        for (const binding of core.bindings) e.bind(binding);
      });
      return emitMarkup(e, core.body, sink);
    case "do":
      sinkBefore(e, sink, () => {
        for (const form of core.forms.slice(0, -1)) e.effect(form);
      });
      return emitMarkup(e, core.forms.at(-1) as Core, sink); // never empty
    case "local":
      if (e.texts.has(core.local)) return emitChildren(e, core, sink);
      break;
    case "call":
      if (emitMappedMarkup(e, core, sink, emitMarkup)) return;
      break;
  }
  emitValue(e, core, sink);
}

/** The children of the component that is being drawn: as a rule finished text. */
function emitChildren(e: Emitter, core: Extract<Core, { kind: "local" }>, sink: Sink): void {
  const name = e.unit.nameOf(core.local);
  sink.code(`(typeof ${name} === "string" ? ${name} : ${e.markChild(core.span)}$child(${name}))`);
}

/** Emits statements between two pieces: what has gathered goes first. */
function sinkBefore(e: Emitter, sink: Sink, emit: () => void): void {
  const { lines } = e.capture(emit);
  if (lines.length === 0) return;
  sink.flush(e.lines);
  e.lines.push(...lines);
}

/** Whether a form is a call of `str`, whose pieces can be escaped one by one. */
function isStr(core: Core): core is Extract<Core, { kind: "call" }> {
  return (
    core.kind === "call" &&
    core.callee.kind === "primitive" &&
    core.callee.name === "str" &&
    core.args.length > 1
  );
}

/** The pieces of a `str`, each escaped where it stands: literals now, the rest when the page is drawn. */
function emitPieces(
  e: Emitter,
  core: Extract<Core, { kind: "call" }>,
  sink: Sink,
  escapeLiteral: (text: string) => string,
  helper: string,
): void {
  const { result: codes, lines } = e.capture(() => displayed(e, core));
  if (lines.length > 0) {
    sink.flush(e.lines);
    e.lines.push(...lines);
  }
  core.args.forEach((arg, index) => {
    if (arg.kind === "const" && typeof arg.value === "string") sink.literal(escapeLiteral(arg.value));
    else if (e.type(arg) === "number")
      sink.code(codes[index] as string); // one code each
    else sink.code(`${helper}(${codes[index]})`);
  });
}

function emitValue(e: Emitter, core: Core, sink: Sink): void {
  if (isStr(core)) return emitPieces(e, core, sink, escapeText, "$escapeText");
  const { result, lines } = e.capture(() => e.loose(core));
  if (lines.length > 0) {
    sink.flush(e.lines);
    e.lines.push(...lines);
  }
  const type = e.type(core);
  if (type === "string") sink.code(`$escapeText(${result})`);
  else if (type === "number") sink.code(`$numberText(${result})`);
  else sink.code(`${e.markChild(core.span)}$child(${result})`);
}

function emitConstant(e: Emitter, core: Extract<Core, { kind: "const" }>, sink: Sink): void {
  const { value } = core;
  if (value === null || value === undefined || typeof value === "boolean") return;
  if (typeof value === "string") return sink.literal(escapeText(value));
  if (typeof value === "number") return sink.literal(String(value));
  sink.code(`${e.markChild(core.span)}$child(${e.constant(value)})`);
}

function emitChoice(e: Emitter, core: Extract<Core, { kind: "if" }>, sink: Sink): void {
  sinkBeforeTest(e, core.test, sink, (test) => {
    const [yes, no] = [branch(e, core.yes, sink), branch(e, core.no, sink)];
    if (yes.lines.length === 0 && no.lines.length === 0) {
      sink.code(`(${test} ? ${yes.sink.pieces()} : ${no.sink.pieces()})`);
      return;
    }
    sink.flush(e.lines);
    yes.sink.flush(yes.lines);
    no.sink.flush(no.lines);
    e.lines.push(`if (${test}) {`, ...yes.lines, "} else {", ...no.lines, "}");
  });
}

function sinkBeforeTest(e: Emitter, core: Core, sink: Sink, next: (test: string) => void): void {
  const { result, lines } = e.capture(() => e.test(core));
  if (lines.length > 0) {
    sink.flush(e.lines);
    e.lines.push(...lines);
  }
  next(result);
}

/** One arm of a choice: its pieces, and the statements that add to the outer sink's variable before them. */
function branch(e: Emitter, core: Core, outer: Sink): { sink: Sink; lines: string[] } {
  const sink = outer.branch();
  const { lines } = e.capture(() => emitMarkup(e, core, sink));
  return { sink, lines };
}

const validName = /^[A-Za-z][A-Za-z0-9:-]*$/;

function emitElement(e: Emitter, core: Element, sink: Sink): void {
  const { tag } = core;
  if (!validName.test(tag))
    throw new Error(`The element name ${tag} cannot be printed; the resolver must not let it through.`);
  sink.literal(`<${tag}`);
  if (core.attributes.some(({ name }) => name === null)) emitSpread(e, core, sink);
  else emitAttributes(e, core, sink);
  sink.literal(">");
  if (voidTags.has(tag)) return;
  emitContent(e, core, sink);
  sink.literal(`</${tag}>`);
}

function emitContent(e: Emitter, core: Element, sink: Sink): void {
  const { tag, children } = core;
  if (rawTextTags.has(tag) || escapableTextTags.has(tag)) {
    const values = e.capture(() => e.ordered(children));
    if (values.lines.length > 0) {
      sink.flush(e.lines);
      e.lines.push(...values.lines);
    }
    sink.code(`${e.mark(core.span)}$textContent(${JSON.stringify(tag)}, [${values.result.join(", ")}])`);
    return;
  }
  if (leadingNewlineTags.has(tag) && children.length > 0) {
    const { result, lines } = e.capture(() => e.html(...children));
    if (lines.length > 0) {
      sink.flush(e.lines);
      e.lines.push(...lines);
    }
    sink.code(`$keepNewline(${result})`);
    return;
  }
  for (const child of children) emitMarkup(e, child, sink);
}

function emitSpread(e: Emitter, core: Element, sink: Sink): void {
  const { result: codes, lines } = e.capture(() => e.ordered(core.attributes.map(({ value }) => value)));
  if (lines.length > 0) {
    sink.flush(e.lines);
    e.lines.push(...lines);
  }
  const entries = core.attributes.map(({ name }, index) => `[${JSON.stringify(name)}, ${codes[index]}]`);
  sink.code(`${e.mark(core.span)}$attributes(${JSON.stringify(core.tag)}, [${entries.join(", ")}])`);
}

function emitAttributes(e: Emitter, core: Element, sink: Sink): void {
  for (const { name, value, span } of core.attributes)
    emitAttribute(e, core.tag, name as string, value, span ?? core.span, sink); // spreads were looked for
}

function emitAttribute(
  e: Emitter,
  tag: string,
  name: string,
  value: Core,
  span: Core["span"],
  sink: Sink,
): void {
  const literal = literalAttribute(tag, name, value);
  if (literal !== null) return sink.literal(literal);
  if (name === "class" && emitClass(e, value, span, sink)) return;
  if (isStr(value) && mayBePieces(tag, name, value)) {
    sink.literal(` ${name}="`);
    emitPieces(e, value, sink, escapeAttribute, "$escapeAttribute");
    sink.literal('"');
    return;
  }
  const { result: code, lines } = e.capture(() =>
    booleanAttributes.has(name) && e.type(value) === "boolean" ? e.test(value) : e.loose(value),
  );
  if (lines.length > 0) {
    sink.flush(e.lines);
    e.lines.push(...lines);
  }
  if (booleanAttributes.has(name) && e.type(value) === "boolean")
    sink.code(`(${code} ? ${JSON.stringify(` ${name}`)} : "")`);
  else if (isGuarded(tag, name)) {
    sink.code(`${e.mark(span)}$attribute(${JSON.stringify(tag)}, ${JSON.stringify(name)}, ${code})`);
  } else if (urlAttributes.has(name.toLowerCase())) {
    emitOptionalAttribute(sink, `${e.mark(span)}$urlAttribute`, code, tag, name);
  } else if (e.type(value) === "string") {
    sink.literal(` ${name}="`);
    sink.code(`$escapeAttribute(${code})`);
    sink.literal('"');
  } else if (e.type(value) === "number") {
    sink.literal(` ${name}="`);
    sink.code(`$numberText(${code})`);
    sink.literal('"');
  } else if (booleanAttributes.has(name)) {
    sink.code(`${e.mark(span)}$booleanAttribute(${code}, ${JSON.stringify(tag)}, ${JSON.stringify(name)})`);
  } else emitOptionalAttribute(sink, `${e.mark(span)}$plainAttribute`, code, tag, name);
}

/** An attribute that nil leaves out. The usual value is a text, which then stands between two finished pieces. */
function emitOptionalAttribute(sink: Sink, helper: string, code: string, tag: string, name: string): void {
  sink.codeAround((before, after) => {
    const ends = [`${before} ${name}="`, `"${after}`].map((text) => JSON.stringify(text));
    return `${helper}(${ends[0]}, ${code}, ${ends[1]}, ${JSON.stringify(tag)}, ${JSON.stringify(name)})`;
  });
}

/** A literal value's attribute; null for what is no literal, or is refused when the page is drawn. */
function literalAttribute(tag: string, name: string, value: Core): string | null {
  if (value.kind !== "const" || (value.value !== null && typeof value.value === "object")) return null;
  try {
    return renderAttribute(tag, name, value.value);
  } catch (error) {
    if (error instanceof SxError) return null;
    throw error;
  }
}

const decidedAddress = /^(?:[/?#]|https?:\/\/|mailto:|tel:)/;

/** Whether nothing that follows the first piece can make the value unsafe, so that no check is left for later. */
function mayBePieces(tag: string, name: string, value: Extract<Core, { kind: "call" }>): boolean {
  if (isGuarded(tag, name)) return false;
  if (!urlAttributes.has(name.toLowerCase())) return true;
  const [first] = value.args;
  const severalAddresses = name === "ping" || name === "archive";
  return (
    first?.kind === "const" &&
    typeof first.value === "string" &&
    decidedAddress.test(first.value) &&
    !severalAddresses
  );
}

/** Attributes whose values are looked into before they are printed. */
function isGuarded(tag: string, name: string): boolean {
  const lower = name.toLowerCase();
  return (
    lower === "class" ||
    lower === "style" ||
    lower === "srcdoc" ||
    lower.endsWith("srcset") ||
    tag === "meta" ||
    tag === "set" ||
    tag.startsWith("animate")
  );
}

/** `:class (list "card" size)`: literal names first, then those that are computed. */
function emitClass(e: Emitter, value: Core, span: Core["span"], sink: Sink): boolean {
  if (value.kind === "if") {
    // A choice between literals needs no check while the page is drawn.
    const [yes, no] = [literalClass(value.yes), literalClass(value.no)];
    if (yes === null || no === null) return false;
    const { result: test, lines } = e.capture(() => e.test(value.test));
    if (lines.length > 0) {
      sink.flush(e.lines);
      e.lines.push(...lines);
    }
    sink.code(`(${test} ? ${JSON.stringify(yes)} : ${JSON.stringify(no)})`);
    return true;
  }
  if (value.kind !== "call" || value.callee.kind !== "primitive" || value.callee.name !== "list")
    return false;
  const [first, ...others] = value.args;
  if (first?.kind !== "const" || typeof first.value !== "string" || first.value.trim() === "") return false;
  const rest = others.map((part) => finishedClass(part) ?? part);
  const { result: codes, lines } = e.capture(() => {
    const values = e.ordered(rest);
    e.settle(values, rest, (part) => !isClassName(e, part));
    return values;
  });
  if (lines.length > 0) {
    sink.flush(e.lines);
    e.lines.push(...lines);
  }
  sink.literal(` class="${escapeAttribute(first.value)}`);
  rest.forEach((part, index) => {
    if (part.kind === "const" && typeof part.value === "string")
      sink.literal(part.value === "" ? "" : ` ${escapeAttribute(part.value)}`);
    else if (part !== others[index])
      sink.code(codes[index] as string); // one code each
    else sink.code(`${e.mark(span)}$moreClass(${codes[index]})`);
  });
  sink.literal('"');
  return true;
}

/** A choice between literal names as one between finished pieces of the attribute, or null for anything else. */
function finishedClass(part: Core): Core | null {
  if (part.kind !== "if") return null;
  const [yes, no] = [classPiece(part.yes), classPiece(part.no)];
  return yes && no && { ...part, yes, no };
}

function classPiece(core: Core): Core | null {
  if (core.kind !== "const" || (typeof core.value !== "string" && core.value !== null)) return null;
  const name = core.value ?? "";
  return { ...core, value: name === "" ? "" : ` ${escapeAttribute(name)}` };
}

/** Whether a value can certainly be part of a class list. */
function isClassName(e: Emitter, core: Core): boolean {
  if (core.kind === "if") return isClassName(e, core.yes) && isClassName(e, core.no);
  return e.type(core) !== "unknown" || (core.kind === "const" && core.value === null);
}

function literalClass(core: Core): string | null {
  if (core.kind !== "const" || (core.value !== null && typeof core.value === "object")) return null;
  return renderAttribute("div", "class", core.value);
}

function emitComponentCall(e: Emitter, core: ComponentCall, sink: Sink): void {
  const { result, lines } = e.capture(() => componentCode(e, core));
  if (lines.length > 0) {
    sink.flush(e.lines);
    e.lines.push(...lines);
  }
  sink.code(result);
}

/** A component call as an expression that gives its HTML, or its nodes where markup is a tree. */
export function componentCode(e: Emitter, core: ComponentCall): string {
  const { component } = core;
  const known = component.kind === "definition" ? e.unit.knownComponent(component.definition) : null;
  if (!known || core.props.some(({ name }) => name === null)) return dynamicComponent(e, core);
  const { shape, name, takesText } = known;
  const slots = [...shape.props.map((prop) => prop.name), ...shape.env.map((implicit) => implicit.name)];
  const inOrder = isAscending(e, core, slots);
  const children: Core[] =
    core.children.length > 0 ? [{ kind: "fragment", span: core.span, children: core.children }] : [];
  const codes = e.ordered([...core.props.map(({ value }) => value), ...children], (part) => {
    const isChildren = part === children[0];
    if (!isChildren) return e.expression(part);
    return childrenCode(e, core, takesText);
  });
  if (!inOrder) spillProps(e, core, codes);
  const byName = new Map(core.props.map((prop, index) => [prop.name, codes[index] as string])); // one code each
  const args = slots.map((slot) => byName.get(slot) ?? "undefined");
  if (shape.attrs) {
    const extra = core.props.filter(({ name: prop }) => !slots.includes(prop as string)); // spreads were looked for
    args.push(
      `{ ${extra.map((prop) => `${JSON.stringify(prop.name)}: ${byName.get(prop.name)}`).join(", ")} }`,
    );
  }
  if (shape.children) args.push(children.length > 0 ? (codes.at(-1) as string) : takesText ? '""' : "[]"); // computed above
  return `${e.mark(core.span)}${name}(${[e.depth(core), ...args].join(", ")})`;
}

/** Children as the component takes them: text where nothing about printing them can fail, else as values. */
function childrenCode(e: Emitter, core: ComponentCall, takesText: boolean): string {
  const [only, ...more] = core.children;
  if (takesText && only?.kind === "local" && more.length === 0 && e.texts.has(only.local))
    return e.unit.nameOf(only.local);
  if (takesText && core.children.every(isSureChild)) return e.html(...core.children);
  return `[${e.ordered(core.children).join(", ")}]`;
}

/** Whether the props that need computing stand in the order of the component's parameters. */
function isAscending(e: Emitter, core: ComponentCall, slots: string[]): boolean {
  const places = core.props
    .filter(({ value }) => !e.isStable(value))
    .map(({ name }) => slots.indexOf(name ?? ""));
  return places.every((place, index) => place >= 0 && (index === 0 || (places[index - 1] as number) < place)); // inside the bounds
}

function spillProps(e: Emitter, core: ComponentCall, codes: string[]): void {
  core.props.forEach(({ value }, index) => {
    if (e.isStable(value)) return;
    const name = e.unit.fresh("p");
    e.lines.push(`const ${name} = ${codes[index]};`);
    codes[index] = name;
  });
}

function dynamicComponent(e: Emitter, core: ComponentCall): string {
  const parts = [core.component, ...core.props.map(({ value }) => value), ...core.children];
  const codes = e.ordered(parts);
  const props = core.props.map(({ name }, index) => `[${JSON.stringify(name)}, ${codes[index + 1]}]`);
  const children = codes.slice(1 + core.props.length);
  const args = [e.depth(core), codes[0], `[${props.join(", ")}]`, `[${children.join(", ")}]`];
  return `${e.mark(core.span)}$callComponent(${args.join(", ")})`;
}

/** Whether every required parameter and default of a component is dealt with at the top of its function. */
export function componentHead(e: Emitter, shape: ComponentShape, name: string, checked: boolean): string[] {
  const head: string[] = [];
  for (const prop of shape.props) {
    const local = e.unit.nameOf(prop.local);
    if (prop.fallback) {
      const { result, lines } = e.capture(() => e.expression(prop.fallback as Core)); // checked
      head.push(`if (${local} === undefined) {`, ...lines, `${local} = ${result};`, "}");
    } else if (prop.required)
      head.push(
        `if (${local} === undefined) $missingProp(${JSON.stringify(prop.name)}, ${JSON.stringify(name)});`,
      );
    else head.push(`if (${local} === undefined) ${local} = null;`);
    head.push(...e.notePlain(prop.local));
    if (checked && prop.type) {
      head.push(
        `$checkProp(${local}, ${JSON.stringify(prop.type)}, ${JSON.stringify(prop.name)}, ${JSON.stringify(name)});`,
      );
    }
  }
  return head;
}
