// The special forms that are core: each checks its own shape and says what it expected. The sugar over
// them is in sugar.ts; both are one table here, which is also the list of reserved names.

import { sxError } from "../core/errors.ts";
import { type Form, formToData, ListForm, spanOf } from "../core/form.ts";
import { Keyword, SxSymbol } from "../core/values.ts";
import { type Binding, type Core, type Fn, nameFunction, nil } from "./core.ts";
import { resolveFragment } from "./markup.ts";
import type { Resolver } from "./resolve.ts";
import { Scope } from "./scope.ts";
import { badForm, headName } from "./shape.ts";
import { sugarForms } from "./sugar.ts";

export type SpecialForm = (resolver: Resolver, form: ListForm, scope: Scope) => Core;

function resolveIf(resolver: Resolver, form: ListForm, scope: Scope): Core {
  const [, test, yes, no] = form.items;
  if (form.items.length < 3 || form.items.length > 4) throw badForm(form, "(if test then else)");
  return {
    kind: "if",
    span: spanOf(form),
    test: resolver.resolve(test as Form, scope), // lengths checked above
    yes: resolver.resolve(yes as Form, scope),
    no: no === undefined ? nil : resolver.resolve(no, scope),
  };
}

/** The pairs of a binding list, each a name and a form. */
function bindingPairs(resolver: Resolver, form: ListForm, list: Form | undefined): [SxSymbol, Form][] {
  const shape = `(${headName(form)} ((name value) …) body …)`;
  if (!(list instanceof ListForm)) throw badForm(form, shape, "no binding list in parentheses");
  return list.items.map((binding) => {
    if (!(binding instanceof ListForm) || binding.items.length !== 2)
      throw badForm(form, shape, "a binding that is not (name value)", binding);
    const [name, value] = binding.items;
    if (!(name instanceof SxSymbol))
      throw badForm(form, shape, "a binding whose name is not a symbol", binding);
    resolver.refuseReserved(name);
    return [name, value as Form]; // length checked
  });
}

function resolveLet(resolver: Resolver, form: ListForm, scope: Scope): Core {
  if (form.items[1] instanceof SxSymbol) return resolveNamedLet(resolver, form, scope);
  let inner = new Scope(scope);
  const bindings: Binding[] = bindingPairs(resolver, form, form.items[1]).map(([name, valueForm]) => {
    const value = nameFunction(resolver.resolve(valueForm, inner), name.name);
    inner = new Scope(inner);
    return { local: inner.bind(name), value };
  });
  return { kind: "let", span: spanOf(form), bindings, body: resolver.body(form.items.slice(2), inner, form) };
}

function resolveNamedLet(resolver: Resolver, form: ListForm, scope: Scope): Core {
  const name = form.items[1] as SxSymbol; // the caller looked
  resolver.refuseReserved(name);
  const pairs = bindingPairs(resolver, form, form.items[2]);
  const args = pairs.map(([, value]) => resolver.resolve(value, scope));
  const outer = new Scope(scope);
  const local = outer.bind(name);
  const fn = makeFn(form, name.name);
  const inner = new Scope(outer, fn);
  bindNames(
    fn,
    inner,
    pairs.map(([symbol]) => symbol),
  );
  fn.body = resolver.body(form.items.slice(3), inner, form);
  local.reads++;
  const span = spanOf(form);
  const body: Core = { kind: "call", span, callee: { kind: "local", span, local }, args };
  return { kind: "letrec", span, bindings: [{ local, value: fn }], body };
}

function resolveLetrec(resolver: Resolver, form: ListForm, scope: Scope): Core {
  const pairs = bindingPairs(resolver, form, form.items[1]);
  const inner = new Scope(scope);
  const locals = pairs.map(([name]) => {
    if (inner.binds(name.name))
      throw sxError("name/duplicate", { name: name.name, where: "this letrec" }, spanOf(name));
    return inner.bind(name);
  });
  const bindings = pairs.map(([name, value], index) => ({
    local: locals[index] as Binding["local"], // one local per pair
    value: nameFunction(resolver.resolve(value, inner), name.name),
  }));
  return {
    kind: "letrec",
    span: spanOf(form),
    bindings,
    body: resolver.body(form.items.slice(2), inner, form),
  };
}

function makeFn(form: ListForm, name: string): Fn {
  return { kind: "fn", span: spanOf(form), name, parameters: [], rest: null, body: nil };
}

function bindNames(fn: Fn, scope: Scope, names: SxSymbol[]): void {
  for (const symbol of names) {
    if (scope.binds(symbol.name))
      throw sxError(
        "name/duplicate",
        { name: symbol.name, where: `the parameters of ${fn.name}` },
        spanOf(symbol),
      );
    fn.parameters.push(scope.bind(symbol));
  }
}

/**
 * A function: `(fn (a b &rest more) body …)`, and likewise `(define (name a) …)` and `(defmacro name (a) …)`.
 */
export function resolveFunction(resolver: Resolver, form: ListForm, scope: Scope, name: string): Fn {
  const { parameters, body } = functionParts(form);
  const fn = makeFn(form, name);
  const inner = new Scope(scope, fn);
  for (let i = 0; i < parameters.length; i++) {
    const parameter = parameters[i] as Form; // inside the bounds
    if (!(parameter instanceof SxSymbol)) {
      throw sxError(
        "syntax/bad-parameter",
        { owner: name, expected: "a name", found: "a form that is not a symbol" },
        spanOf(parameter) ?? spanOf(form),
      );
    }
    if (parameter.name === "&rest") {
      bindRest(resolver, fn, inner, parameters.slice(i + 1), parameter);
      break;
    }
    if (parameter.name.startsWith("&")) {
      throw sxError(
        "syntax/bad-parameter",
        { owner: name, expected: "&rest, the only mark a function takes", found: parameter.name },
        spanOf(parameter),
      );
    }
    resolver.refuseReserved(parameter);
    bindNames(fn, inner, [parameter]);
  }
  fn.body = resolver.body(body, inner, form);
  return fn;
}

function bindRest(resolver: Resolver, fn: Fn, scope: Scope, after: Form[], mark: SxSymbol): void {
  const [name] = after;
  if (after.length !== 1 || !(name instanceof SxSymbol)) {
    throw sxError(
      "syntax/bad-parameter",
      { owner: fn.name, expected: "exactly one name after &rest", found: `${after.length}` },
      spanOf(mark),
    );
  }
  resolver.refuseReserved(name);
  if (scope.binds(name.name))
    throw sxError("name/duplicate", { name: name.name, where: `the parameters of ${fn.name}` }, spanOf(name));
  fn.rest = scope.bind(name);
}

function functionParts(form: ListForm): { parameters: Form[]; body: Form[] } {
  const head = headName(form);
  const [, first, second, ...rest] = form.items;
  if (head === "define") {
    return { parameters: (first as ListForm).items.slice(1), body: form.items.slice(2) }; // only called for (define (f …) …) or below
  }
  if (head === "defmacro") {
    if (!(second instanceof ListForm))
      throw badForm(form, "(defmacro name (parameter …) body …)", "no parameter list");
    return { parameters: second.items, body: rest };
  }
  if (!(first instanceof ListForm)) throw badForm(form, "(fn (parameter …) body …)", "no parameter list");
  return { parameters: first.items, body: form.items.slice(2) };
}

function resolveSet(resolver: Resolver, form: ListForm, scope: Scope): Core {
  const [, name, value] = form.items;
  if (form.items.length !== 3 || !(name instanceof SxSymbol)) throw badForm(form, "(set! name value)");
  const target = resolver.resolve(name, scope);
  const core = resolver.resolve(value as Form, scope); // length checked
  if (target.kind === "local") {
    target.local.mutated = true;
    target.local.reads--;
    return { kind: "set", span: spanOf(form), target: target.local, value: core };
  }
  if (target.kind === "definition" && target.definition.kind !== "component") {
    target.definition.mutated = true;
    return { kind: "set", span: spanOf(form), target: target.definition, value: core };
  }
  throw sxError(
    "name/not-assignable",
    { name: name.name, what: target.kind === "primitive" ? "primitive" : "component" },
    spanOf(name),
  );
}

function resolveTry(resolver: Resolver, form: ListForm, scope: Scope): Core {
  const shape = "(try body … (catch (e) handler …) (finally cleanup …))";
  const parts = form.items.slice(1);
  const clause = (name: string): ListForm | null => {
    const last = parts.at(-1);
    const matches =
      last instanceof ListForm && last.items[0] instanceof SxSymbol && last.items[0].name === name;
    return matches ? (parts.pop() as ListForm) : null; // just looked at it
  };
  const cleanupForm = clause("finally");
  const catchForm = clause("catch");
  if (!cleanupForm && !catchForm) throw badForm(form, shape, "neither catch nor finally");
  const body = resolver.body(parts, new Scope(scope), form);
  let caught: Binding["local"] | null = null;
  let handler: Core | null = null;
  if (catchForm) {
    const name = catchForm.items[1] instanceof ListForm ? catchForm.items[1].items[0] : null;
    if (!(name instanceof SxSymbol)) throw badForm(form, shape, "a catch without (name)", catchForm);
    resolver.refuseReserved(name);
    const inner = new Scope(scope);
    caught = inner.bind(name);
    handler = resolver.body(catchForm.items.slice(2), inner, catchForm);
  }
  const cleanup = cleanupForm && resolver.body(cleanupForm.items.slice(1), new Scope(scope), cleanupForm);
  return { kind: "try", span: spanOf(form), body, caught, handler, cleanup };
}

function resolveProvide(resolver: Resolver, form: ListForm, scope: Scope): Core {
  const [, key, value, ...body] = form.items;
  if (key === undefined || value === undefined) throw badForm(form, "(provide key value body …)");
  return {
    kind: "provide",
    span: spanOf(form),
    key: resolver.resolve(key, scope),
    value: resolver.resolve(value, scope),
    body: resolver.body(body, new Scope(scope), form),
  };
}

function resolveContext(resolver: Resolver, form: ListForm, scope: Scope): Core {
  const [, key, fallback] = form.items;
  if (key === undefined || form.items.length > 3) throw badForm(form, "(context key default)");
  return {
    kind: "context",
    span: spanOf(form),
    key: resolver.resolve(key, scope),
    fallback: fallback === undefined ? null : resolver.resolve(fallback, scope),
  };
}

function resolvePrompt(resolver: Resolver, form: ListForm, scope: Scope): Core {
  const [, tag, ...body] = form.items;
  if (tag === undefined) throw badForm(form, "(prompt tag body …)");
  return {
    kind: "prompt",
    span: spanOf(form),
    tag: resolver.resolve(tag, scope),
    body: resolver.body(body, new Scope(scope), form),
  };
}

function resolveCapture(resolver: Resolver, form: ListForm, scope: Scope): Core {
  const shape = "(capture tag (continuation) body …)";
  const [, tag, binder, ...body] = form.items;
  const name = binder instanceof ListForm && binder.items.length === 1 ? binder.items[0] : null;
  if (tag === undefined || !(name instanceof SxSymbol))
    throw badForm(form, shape, "no (continuation) to bind", binder ?? form);
  resolver.refuseReserved(name);
  const tagCore = resolver.resolve(tag, scope);
  const inner = new Scope(scope);
  const local = inner.bind(name);
  return { kind: "capture", span: spanOf(form), tag: tagCore, local, body: resolver.body(body, inner, form) };
}

function resolvePerform(resolver: Resolver, form: ListForm, scope: Scope): Core {
  const [, operation, ...args] = form.items;
  if (operation === undefined) throw badForm(form, "(perform operation argument …)");
  return {
    kind: "perform",
    span: spanOf(form),
    operation: resolver.resolve(operation, scope),
    args: args.map((arg) => resolver.resolve(arg, scope)),
  };
}

/** What shows at once, what is waited for, and what shows then: a call of the native of the same name. */
function resolveSuspense(resolver: Resolver, form: ListForm, scope: Scope): Core {
  const [, mark, fallback, pending, receiver] = form.items;
  const marked = mark instanceof Keyword && mark.name === "fallback";
  if (!marked || form.items.length !== 5)
    throw badForm(form, "(suspense :fallback markup pending (fn (value) …))");
  const span = spanOf(form);
  const shown = makeFn(form, "fallback");
  shown.body = resolver.resolve(fallback as Form, new Scope(scope, shown)); // length checked
  const args: Core[] = [
    shown,
    resolver.resolve(pending as Form, scope), // length checked
    resolver.resolve(receiver as Form, scope), // length checked
  ];
  return { kind: "call", span, callee: { kind: "primitive", span, name: "suspense" }, args };
}

function resolveDo(resolver: Resolver, form: ListForm, scope: Scope): Core {
  if (form.items.length === 1) return nil;
  return resolver.body(form.items.slice(1), scope, form);
}

function resolveQuote(_resolver: Resolver, form: ListForm): Core {
  if (form.items.length !== 2) throw badForm(form, "(quote datum)");
  return { kind: "const", span: spanOf(form), value: formToData(form.items[1] as Form) }; // length checked
}

function refuseUnquote(_resolver: Resolver, form: ListForm): never {
  throw sxError("syntax/unquote-outside", { form: headName(form) }, spanOf(form));
}

function refuseInnerDefinition(_resolver: Resolver, form: ListForm): never {
  throw sxError("syntax/definition-inside", { form: headName(form) }, spanOf(form));
}

function refuseUnbuilt(_resolver: Resolver, form: ListForm): never {
  throw sxError("engine/unsupported", { feature: headName(form), engine: "js" }, spanOf(form));
}

function refuseStray(_resolver: Resolver, form: ListForm): never {
  throw badForm(form, `(${headName(form)} …) inside the form it belongs to`, "it alone");
}

const resolveFn: SpecialForm = (resolver, form, scope) => resolveFunction(resolver, form, scope, "fn");

export const specialForms: ReadonlyMap<string, SpecialForm> = new Map<string, SpecialForm>([
  ["if", resolveIf],
  ["let", resolveLet],
  ["let*", resolveLet],
  ["letrec", resolveLetrec],
  ["fn", resolveFn],
  ["lambda", resolveFn],
  ["do", resolveDo],
  ["begin", resolveDo],
  ["set!", resolveSet],
  ["quote", resolveQuote],
  ["try", resolveTry],
  ["provide", resolveProvide],
  ["context", resolveContext],
  ["prompt", resolvePrompt],
  ["capture", resolveCapture],
  ["perform", resolvePerform],
  ["suspense", resolveSuspense],
  ["<>", resolveFragment],
  ...sugarForms,
  ["unquote", refuseUnquote],
  ["splice-unquote", refuseUnquote],
  ["define", refuseInnerDefinition],
  ["defcomp", refuseInnerDefinition],
  ["defmacro", refuseInnerDefinition],
  ["catch", refuseStray],
  ["finally", refuseStray],
  ["spread", refuseStray],
  ["defisland", refuseUnbuilt],
  ["defpage", refuseUnbuilt],
]);
