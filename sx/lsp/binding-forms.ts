// The forms that bind names, by the word at their head: which part is a name, from where on it can be seen,
// and what of the form is code. Forms that are not here have only code in them.

import { partsOf, type Syntax } from "../format/syntax.ts";
import {
  type Header,
  isParameterList,
  type Name,
  nameAt,
  readHeader,
  type Site,
  siteOf,
} from "./definitions.ts";
import type { NameWalker } from "./names.ts";
import type { Stretch } from "./positions.ts";
import { type LocalRole, Scope } from "./scope.ts";

/** `parts` are the form's without its head. */
type Form = (walker: NameWalker, node: Syntax, parts: readonly Syntax[], scope: Scope) => void;

/** `(let ((a 1) (b a)) …)`, each name seen from the next binding on; `(let loop ((i 0)) …)` is a loop. */
const walkLet: Form = (walker, node, parts, scope) => {
  const loop = nameAt(walker.code, parts[0]);
  if (loop) return walkLoop(walker, node, loop, parts.slice(1), scope);
  let inner = scope;
  for (const binding of bindingsOf(parts[0])) {
    const [name, ...values] = pairOf(walker, binding);
    walker.walkAll(values, inner);
    if (!name) continue;
    inner = new Scope(inner);
    const visible = { start: binding.end, end: node.end };
    walker.bind(inner, name, { ...variable(binding, binding), visible });
  }
  walkBody(walker, node, parts.slice(1), inner);
};

function walkLoop(
  walker: NameWalker,
  node: Syntax,
  loop: Name,
  parts: readonly Syntax[],
  scope: Scope,
): void {
  const pairs = bindingsOf(parts[0]).map((binding) => ({ binding, pair: pairOf(walker, binding) }));
  const body = parts.slice(1);
  const visible = { start: parts[0]?.end ?? node.end, end: node.end };
  const outer = new Scope(scope);
  walker.bind(outer, loop, { ...variable(node, loop), role: "loop", visible });
  for (const { pair } of pairs) walker.walkAll(pair.slice(1) as Syntax[], scope); // behind the name are nodes
  const inner = new Scope(outer);
  for (const { binding, pair } of pairs)
    if (pair[0]) walker.bind(inner, pair[0], { ...variable(binding, node), visible });
  walkBody(walker, node, body, inner);
}

/** `(letrec ((a …) (b …)) …)`: every name is seen in all values. */
const walkLetrec: Form = (walker, node, parts, scope) => {
  const inner = new Scope(scope);
  const visible = { start: parts[0]?.start ?? node.start, end: node.end };
  const values = bindingsOf(parts[0]).flatMap((binding) => {
    const [name, ...rest] = pairOf(walker, binding);
    if (name) walker.bind(inner, name, { ...variable(binding, node), visible });
    return rest;
  });
  walker.walkAll(values, inner);
  walkBody(walker, node, parts.slice(1), inner);
};

/** The facts of a variable: what to show of it, and where its name must stand alone. */
function variable(node: Syntax, owner: Stretch) {
  return { role: "variable", component: null, node, owner: `form ${owner.start}` } as const;
}

function bindingsOf(list: Syntax | undefined): Syntax[] {
  return list && isParameterList(list) ? partsOf(list) : [];
}

/** The name of a binding and the nodes behind it. A name alone is a binding that is being typed. */
function pairOf(walker: NameWalker, binding: Syntax): [Name | null, ...Syntax[]] {
  const alone = nameAt(walker.code, binding);
  if (alone) return [alone];
  const [first, ...values] = partsOf(binding);
  const name = nameAt(walker.code, first);
  return name || !first ? [name, ...values] : [null, first, ...values];
}

/** `(fn (a b &rest more) …)` */
const walkFn: Form = (walker, node, parts, scope) => {
  const [list, ...body] = parts;
  if (!list || !isParameterList(list)) return walker.walkAll(parts, scope);
  const inner = new Scope(scope);
  bindParameters(walker, inner, readHeader(walker.code, "function", partsOf(list)), node, null);
  walkBody(walker, node, body, inner);
};

function bindParameters(
  walker: NameWalker,
  scope: Scope,
  header: Header,
  node: Syntax,
  component: string | null,
): void {
  const { start, end } = node;
  const facts = { visible: { start, end }, node, owner: `form ${start}` };
  const bind = (name: Name, role: LocalRole, owner: string | null = null) =>
    walker.bind(scope, name, { ...facts, role, component: owner });
  for (const name of header.parameters) bind(name, "parameter");
  for (const prop of header.props) {
    // A default sees the props before it.
    walker.walk(prop.fallbackNode ?? undefined, scope);
    bind(prop, "prop", component);
  }
  for (const name of header.env) bind(name, "implicit", component);
  if (header.attrs) bind(header.attrs, "attributes");
  if (header.rest) bind(header.rest, component ? "children" : "parameter");
}

/** What a definition holds: its parameters, and its body that sees them. */
export function walkInside(walker: NameWalker, site: Site, scope: Scope): void {
  if (!site.bindsParameters) return walker.walkAll(site.body, scope);
  const inner = new Scope(scope);
  const component = site.kind === "component" || site.kind === "island" ? site.name.name : null;
  bindParameters(walker, inner, site.header, site.node, component);
  walkBody(walker, site.node, site.body, inner);
}

/** A body: definitions among its forms are seen in all of them. */
function walkBody(walker: NameWalker, node: Syntax, forms: readonly Syntax[], scope: Scope): void {
  const visible: Stretch = { start: forms[0]?.start ?? node.end, end: node.end };
  const inner = new Scope(scope);
  const sites = forms.map((form) => (walker.code.head(form) === "define" ? siteOf(walker.code, form) : null));
  for (const site of sites) {
    if (!site) continue;
    const role = site.kind === "function" ? "function" : "variable";
    walker.bind(inner, site.name, {
      role,
      visible,
      component: null,
      node: site.node,
      owner: `body ${visible.start}`,
    });
  }
  for (const [index, form] of forms.entries()) {
    const site = sites[index];
    if (site) {
      walker.useHead(partsOf(form)[0], inner);
      walker.inside(site, inner);
    } else walker.walk(form, inner);
  }
}

const walkInner: Form = (walker, node, parts, scope) => walkBody(walker, node, parts, scope);

/** Some parts that are code of the place, then a body. */
const thenBody =
  (count: number): Form =>
  (walker, node, parts, scope) => {
    walker.walkAll(parts.slice(0, count), scope);
    walkBody(walker, node, parts.slice(count), scope);
  };

/** Some parts that are code of the place, then one name in parentheses, then the body that sees it. */
const thenName =
  (count: number, role: "caught" | "continuation"): Form =>
  (walker, node, parts, scope) => {
    walker.walkAll(parts.slice(0, count), scope);
    const list = parts[count];
    const inner = new Scope(scope);
    const name = list && isParameterList(list) ? nameAt(walker.code, partsOf(list)[0]) : null;
    const body = parts.slice(count + 1);
    if (list && name) {
      const visible = { start: list.end, end: node.end };
      walker.bind(inner, name, { ...variable(node, list), role, visible });
    }
    walkBody(walker, node, body, inner);
  };

/** `(try body … (catch (e) …) (finally …))`: what the body defines is not seen in the clauses. */
const walkTry: Form = (walker, node, parts, scope) => {
  const isClause = (part: Syntax) => ["catch", "finally"].includes(walker.code.head(part) ?? "");
  const first = parts.findIndex(isClause);
  const count = first < 0 ? parts.length : first;
  walkBody(walker, node, parts.slice(0, count), scope);
  walker.walkAll(parts.slice(count), scope);
};

const walkSet: Form = (walker, _node, parts, scope) => {
  const [name, ...values] = parts;
  if (name?.kind === "atom") walker.use(name, scope, "write");
  else walker.walk(name, scope);
  walker.walkAll(values, scope);
};

/** `->` and `->>`: a step is a call without one of its arguments; `_` is where that goes. */
const walkThread: Form = (walker, _node, parts, scope) => {
  const [start, ...steps] = parts;
  walker.walk(start, scope);
  for (const step of steps) {
    if (step.kind === "atom") walker.useHead(step, scope);
    else if (step.kind === "list") walker.list(step, scope, true);
    else walker.walk(step, scope);
  }
};

const walkQuasiquote: Form = (walker, _node, parts, scope) =>
  walker.template(parts[0], 1, scope, new Scope(scope));

/** A definition where none may stand: its name is seen inside it and nowhere else. */
const walkStrayDefinition: Form = (walker, node, parts, scope) => {
  const site = siteOf(walker.code, node);
  if (!site) return walker.walkAll(parts, scope);
  const inner = new Scope(scope);
  const visible = { start: node.start, end: node.end };
  if (site.kind !== "test")
    walker.bind(inner, site.name, { ...variable(node, site.name), role: "function", visible });
  walker.inside(site, inner);
};

/** How to walk each special form that is not simply code. */
export const bindingForms: ReadonlyMap<string, Form> = new Map([
  ["let", walkLet],
  ["let*", walkLet],
  ["letrec", walkLetrec],
  ["fn", walkFn],
  ["lambda", walkFn],
  ["do", walkInner],
  ["begin", walkInner],
  ["when", thenBody(1)],
  ["try", walkTry],
  ["catch", thenName(0, "caught")],
  ["finally", walkInner],
  ["provide", thenBody(2)],
  ["prompt", thenBody(1)],
  ["capture", thenName(1, "continuation")],
  ["set!", walkSet],
  ["quote", () => {}],
  ["quasiquote", walkQuasiquote],
  ["->", walkThread],
  ["->>", walkThread],
  ["define", walkStrayDefinition],
  ["defcomp", walkStrayDefinition],
  ["defisland", walkStrayDefinition],
  ["defmacro", walkStrayDefinition],
  ["deftest", walkStrayDefinition],
]);
