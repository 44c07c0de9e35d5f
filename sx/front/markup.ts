// Elements and component calls: keyword tokens pair with the next form, the rest are children. What can be
// checked from the source alone is checked here: prop names, literal types, attribute names, literal
// addresses, void elements. Engines may therefore trust names and print them as they are.

import { suggest, sxError } from "../core/errors.ts";
import { type Form, ListForm, spanOf } from "../core/form.ts";
import type { Span } from "../core/source.ts";
import { Keyword, SxSymbol, typeName } from "../core/values.ts";
import { isSafeUrl } from "../render/address.ts";
import { holdsScript } from "../render/attributes.ts";
import { urlAttributes, voidTags } from "../render/tags.ts";
import { type Binding, type ComponentCall, type Core, nil } from "./core.ts";
import type { ComponentShape, Definition, Prop } from "./definition.ts";
import type { Resolver } from "./resolve.ts";
import { Scope } from "./scope.ts";
import { badForm, headName } from "./shape.ts";

type Named = { name: string | null; value: Core; span: Span | null };

interface Parts {
  readonly named: Named[];
  readonly children: Core[];
  /** Values that stand before a later keyword and must be computed first. */
  readonly early: Binding[];
}

export function resolveFragment(resolver: Resolver, form: ListForm, scope: Scope): Core {
  return {
    kind: "fragment",
    span: spanOf(form),
    children: form.items.slice(1).map((item) => resolver.resolve(item, scope)),
  };
}

export function resolveElement(resolver: Resolver, form: ListForm, tag: string, scope: Scope): Core {
  const svg = tag === "svg" || (scope.svg && tag !== "foreignObject");
  const parts = readParts(resolver, form, svg === scope.svg ? scope : new Scope(scope, scope.frame, svg));
  for (const { name, value, span } of parts.named)
    if (name !== null) checkAttribute(resolver, tag, name, value, span ?? spanOf(form));
  if (voidTags.has(tag) && parts.children.length > 0)
    resolver.refuse(sxError("html/void-children", { tag }, spanOf(form)));
  const element: Core = {
    kind: "element",
    span: spanOf(form),
    tag,
    attributes: parts.named,
    children: parts.children,
  };
  return withEarly(parts.early, element);
}

function withEarly(early: Binding[], body: Core): Core {
  return early.length === 0 ? body : { kind: "let", span: body.span, bindings: early, body };
}

/** Splits a call into named values and children, keeping the order of evaluation that the source shows. */
function readParts(resolver: Resolver, form: ListForm, scope: Scope): Parts {
  const named: Named[] = [];
  const children: Core[] = [];
  const early: Binding[] = [];
  const seen = new Set<string>();
  const inner = new Scope(scope);
  for (let i = 1; i < form.items.length; i++) {
    const item = form.items[i] as Form; // inside the bounds
    const spread = spreadValue(item);
    if (!(item instanceof Keyword) && !spread) {
      children.push(resolver.resolve(item, scope));
      continue;
    }
    delay(children, named, early, inner);
    if (spread) {
      named.push({ name: null, value: resolver.resolve(spread.form, scope), span: spanOf(item) });
      continue;
    }
    const name = (item as Keyword).name; // the only other case left
    const valueForm = form.items[i + 1];
    if (i + 1 >= form.items.length)
      throw badForm(form, `(${headName(form)} :name value … child …)`, `:${name} without a value`);
    if (seen.has(name))
      resolver.refuse(
        sxError(
          "component/duplicate-prop",
          { prop: name, owner: headName(form) },
          spanOf(valueForm as Form) ?? spanOf(form),
        ),
      );
    seen.add(name);
    named.push({
      name,
      value: resolver.resolve(valueForm as Form, scope),
      span: spanOf(valueForm as Form) ?? spanOf(form),
    }); // length checked
    i++;
  }
  return { named, children, early };
}

/** A child that stands before a keyword is computed before that keyword's value, and after the values before it. */
function delay(children: Core[], named: Named[], early: Binding[], scope: Scope): void {
  if (!children.some((child) => needsDelay(child))) return;
  const keep = (value: Core): Core => {
    const local = scope.bind(`early ${early.length}`, true);
    local.reads = 1;
    early.push({ local, value });
    return { kind: "local", span: value.span, local };
  };
  named.forEach((part, index) => {
    if (needsDelay(part.value)) named[index] = { ...part, value: keep(part.value) };
  });
  children.forEach((child, index) => {
    if (needsDelay(child)) children[index] = keep(child);
  });
}

function needsDelay(core: Core): boolean {
  if (core.kind === "const" || core.kind === "primitive") return false;
  return core.kind !== "local" || !core.local.generated;
}

function spreadValue(form: Form): { form: Form } | null {
  if (!(form instanceof ListForm) || !(form.items[0] instanceof SxSymbol) || form.items[0].name !== "spread")
    return null;
  if (form.items.length !== 2) throw badForm(form, "(spread dict)");
  return { form: form.items[1] as Form }; // length checked
}

const attributeName = /^[A-Za-z_@:][-A-Za-z0-9_:.@]*$/;

function checkAttribute(resolver: Resolver, tag: string, name: string, value: Core, span: Span | null): void {
  const refuse = (error: Error) => resolver.refuse(error);
  if (!attributeName.test(name)) refuse(sxError("html/bad-attribute-name", { attribute: name, tag }, span));
  if (/^on/i.test(name)) refuse(sxError("html/unsafe-attribute", { attribute: name, tag }, span));
  if (name === "class") collectClasses(value, resolver.library.classStrings);
  if (value.kind !== "const") return;
  if (holdsScript(tag, name, value.value))
    refuse(sxError("html/unsafe-attribute", { attribute: name, tag }, span));
  if (
    urlAttributes.has(name.toLowerCase()) &&
    typeof value.value === "string" &&
    !isSafeUrl(value.value, name, tag)
  ) {
    refuse(sxError("html/unsafe-url", { url: value.value, attribute: name, tag }, span));
  }
}

/** Remembers every literal string that can become part of a class attribute, for the stylesheet. */
function collectClasses(core: Core, into: Set<string>): void {
  if (core.kind === "const" && typeof core.value === "string") into.add(core.value);
  else if (core.kind === "if") {
    collectClasses(core.yes, into);
    collectClasses(core.no, into);
  } else if (core.kind === "let" || core.kind === "letrec") {
    for (const binding of core.bindings) collectClasses(binding.value, into);
    collectClasses(core.body, into);
  } else if (core.kind === "do") for (const form of core.forms) collectClasses(form, into);
  else if (core.kind === "call") for (const arg of core.args) collectClasses(arg, into);
  else if (core.kind === "dict") {
    for (const key of core.keys) into.add(key);
    for (const value of core.values) collectClasses(value, into);
  }
}

export function resolveComponentCall(resolver: Resolver, form: ListForm, scope: Scope): Core {
  const head = form.items[0] as SxSymbol; // the caller looked
  const component = resolver.resolve(head, scope);
  const parts = readParts(resolver, form, scope);
  for (const { name, value } of parts.named)
    if (name === "class") collectClasses(value, resolver.library.classStrings);
  const call: ComponentCall = {
    kind: "component-call",
    span: spanOf(form),
    component,
    props: parts.named,
    children: parts.children,
  };
  if (component.kind === "definition" && component.definition.kind === "component") {
    const { definition } = component;
    if (!definition.shape) resolver.shapeOf(definition);
    const shape = definition.shape as ComponentShape; // made on the line above
    checkProps(resolver, definition, shape, call);
    addImplicit(resolver, definition, shape, call, head, scope);
  }
  return withEarly(parts.early, call);
}

function checkProps(
  resolver: Resolver,
  definition: Definition,
  shape: ComponentShape,
  call: ComponentCall,
): void {
  const refuse = (error: Error) => resolver.refuse(error);
  const owner = definition.name;
  const known = new Map(shape.props.map((prop) => [prop.name, prop]));
  for (const { name, value, span } of call.props) {
    if (name === null) continue;
    const prop = known.get(name);
    if (prop) checkLiteral(resolver, owner, prop, value, span ?? call.span);
    else if (!shape.attrs) {
      const suggestion = suggest(name, [...known.keys()]);
      refuse(sxError("component/unknown-prop", { prop: name, component: owner, suggestion }, call.span));
    }
  }
  if (call.children.length > 0 && !shape.children) {
    const details = { prop: "children", component: owner, suggestion: null };
    refuse(sxError("component/unknown-prop", details, call.span));
  }
  if (call.props.some(({ name }) => name === null)) return;
  for (const prop of shape.props) {
    if (prop.required && !call.props.some(({ name }) => name === prop.name)) {
      refuse(sxError("component/missing-prop", { prop: prop.name, component: owner }, call.span));
    }
  }
}

function checkLiteral(resolver: Resolver, owner: string, prop: Prop, value: Core, span: Span | null): void {
  if (prop.type === null || value.kind !== "const" || value.value === null) return;
  if (!hasType(value.value, prop.type)) {
    const details = { prop: prop.name, component: owner, expected: prop.type, found: value.value };
    resolver.refuse(sxError("component/prop-type", details, span));
  }
}

/** Whether a value is of the type a prop declares. */
export function hasType(value: unknown, type: string): boolean {
  if (type === "any") return true;
  if (type === "integer") return Number.isInteger(value);
  return typeName(value) === type;
}

/** Implicit parameters are looked up where the call stands and passed like props. */
function addImplicit(
  resolver: Resolver,
  definition: Definition,
  shape: ComponentShape,
  call: ComponentCall,
  head: SxSymbol,
  scope: Scope,
): void {
  for (const { name } of shape.env) {
    if (call.props.some((prop) => prop.name === name)) continue;
    const local = scope.find(name);
    const visible = local ?? resolver.library.find(name);
    if (!visible) {
      resolver.refuse(sxError("component/missing-env", { name, component: definition.name }, call.span));
      continue;
    }
    const value = resolver.resolve(new SxSymbol(name, head.source, head.start), scope);
    call.props.push({ name, value: value ?? nil, span: call.span });
  }
}
