// Sugar: forms that mean nothing of their own and become core forms here, so that no engine knows them.

import { sxError } from "../core/errors.ts";
import { DictForm, type Form, ListForm, spanOf } from "../core/form.ts";
import { Keyword, SxSymbol } from "../core/values.ts";
import { type Binding, type Core, nil } from "./core.ts";
import { TemplateSymbol } from "./macro.ts";
import type { Resolver } from "./resolve.ts";
import { Scope } from "./scope.ts";
import { badForm, headName } from "./shape.ts";

type Sugar = (resolver: Resolver, form: ListForm, scope: Scope) => Core;

const isElse = (form: Form | undefined): boolean => form instanceof Keyword && form.name === "else";

function resolveWhen(resolver: Resolver, form: ListForm, scope: Scope): Core {
  const [, test, ...body] = form.items;
  if (test === undefined) throw badForm(form, "(when test body …)");
  const yes = resolver.body(body, new Scope(scope), form);
  return { kind: "if", span: spanOf(form), test: resolver.resolve(test, scope), yes, no: nil };
}

function resolveCond(resolver: Resolver, form: ListForm, scope: Scope): Core {
  return clauses(resolver, form, form.items.slice(1), scope, (test) => resolver.resolve(test, scope));
}

function resolveCase(resolver: Resolver, form: ListForm, scope: Scope): Core {
  const subject = form.items[1];
  if (subject === undefined) throw badForm(form, "(case value key result … :else result)");
  const span = spanOf(form);
  const inner = new Scope(scope);
  const binding: Binding = { local: inner.bind("case value", true), value: resolver.resolve(subject, scope) };
  const matches = (key: Form): Core => {
    binding.local.reads++;
    const args: Core[] = [{ kind: "local", span, local: binding.local }, resolver.resolve(key, scope)];
    return { kind: "call", span, callee: { kind: "primitive", span, name: "=" }, args };
  };
  const body = clauses(resolver, form, form.items.slice(2), inner, matches);
  return { kind: "let", span, bindings: [binding], body };
}

/** Flat pairs of test and result, with `:else` as the last test. */
function clauses(
  resolver: Resolver,
  form: ListForm,
  parts: Form[],
  scope: Scope,
  test: (form: Form) => Core,
): Core {
  const shape = `(${headName(form)} … test result … :else result)`;
  if (parts.length % 2 !== 0) throw badForm(form, shape, "a test without a result", parts.at(-1) as Form); // odd, so not empty
  const span = spanOf(form);
  const pairs: { test: Core | null; result: Core }[] = [];
  for (let i = 0; i < parts.length; i += 2) {
    const otherwise = isElse(parts[i]);
    if (otherwise && i + 2 < parts.length)
      throw sxError("syntax/else-not-last", { form: headName(form) }, spanOf(parts[i + 2] as Form) ?? span);
    const condition = otherwise ? null : test(parts[i] as Form); // inside the bounds
    pairs.push({ test: condition, result: resolver.resolve(parts[i + 1] as Form, scope) }); // even length
  }
  return pairs.reduceRight<Core>(
    (no, pair) => (pair.test ? { kind: "if", span, test: pair.test, yes: pair.result, no } : pair.result),
    nil,
  );
}

function resolveAnd(resolver: Resolver, form: ListForm, scope: Scope): Core {
  const parts = form.items.slice(1).map((part) => resolver.resolve(part, scope));
  return shortCircuit(parts, form, scope, true);
}

function resolveOr(resolver: Resolver, form: ListForm, scope: Scope): Core {
  const parts = form.items.slice(1).map((part) => resolver.resolve(part, scope));
  return shortCircuit(parts, form, scope, false);
}

function shortCircuit(parts: Core[], form: ListForm, scope: Scope, all: boolean): Core {
  const span = spanOf(form);
  const last = parts.pop();
  if (!last) return { kind: "const", span, value: all ? true : null };
  return parts.reduceRight<Core>((rest, value) => {
    const local = new Scope(scope).bind(all ? "and" : "or", true);
    local.reads = 2;
    const kept: Core = { kind: "local", span, local };
    const body: Core = { kind: "if", span, test: kept, yes: all ? rest : kept, no: all ? kept : rest };
    return { kind: "let", span, bindings: [{ local, value }], body };
  }, last);
}

const resolveThreadFirst: Sugar = (resolver, form, scope) => resolver.resolve(thread(form, true), scope);
const resolveThreadLast: Sugar = (resolver, form, scope) => resolver.resolve(thread(form, false), scope);

/** `->` puts the value first, `->>` last, either at `_` where the step has one. */
function thread(form: ListForm, first: boolean): Form {
  const [, start, ...steps] = form.items;
  if (start === undefined) throw badForm(form, `(${headName(form)} value step …)`);
  return steps.reduce<Form>((value, step) => {
    if (step instanceof SxSymbol)
      return new ListForm([step, value], form.source, step.start, step.start + step.name.length);
    if (!(step instanceof ListForm))
      throw badForm(form, "steps that are names or calls", "another form", step);
    const { items, source, start: from, end } = step;
    const hole = items.findIndex((item) => item instanceof SxSymbol && item.name === "_");
    const threaded =
      hole >= 0
        ? items.with(hole, value)
        : first
          ? [items[0] as Form, value, ...items.slice(1)]
          : [...items, value]; // a call has a head
    return new ListForm(threaded, source, from, end);
  }, start);
}

function resolveQuasiquote(resolver: Resolver, form: ListForm, scope: Scope): Core {
  if (form.items.length !== 2) throw badForm(form, "(quasiquote template)");
  return new Template(resolver, scope).resolve(form.items[1] as Form, spanOf(form)); // length checked
}

/** A quasiquote template on its way to the calls that build it. */
class Template {
  private readonly resolver: Resolver;
  private readonly scope: Scope;
  private readonly names = new Map<string, Binding>();

  constructor(resolver: Resolver, scope: Scope) {
    this.resolver = resolver;
    this.scope = new Scope(scope);
  }

  resolve(template: Form, span: Core["span"]): Core {
    const body = this.part(template, 1);
    const bindings = [...this.names.values()];
    return bindings.length === 0 ? body : { kind: "let", span, bindings, body };
  }

  private part(form: Form, depth: number): Core {
    if (form instanceof SxSymbol) return this.symbol(form);
    if (form instanceof DictForm) {
      return {
        kind: "dict",
        span: spanOf(form),
        keys: form.keys,
        values: form.values.map((value) => this.part(value, depth)),
      };
    }
    if (!(form instanceof ListForm)) return { kind: "const", span: null, value: form };
    const marker = form.items[0] instanceof SxSymbol ? form.items[0].name : "";
    if (marker === "unquote" && form.items.length === 2) {
      if (depth === 1) return this.resolver.resolve(form.items[1] as Form, this.scope); // length checked
      return this.list(form, depth - 1);
    }
    if (marker === "splice-unquote" && depth > 1) return this.list(form, depth - 1);
    if (marker === "quasiquote") return this.list(form, depth + 1);
    return this.list(form, depth);
  }

  private symbol(symbol: SxSymbol): Core {
    const span = spanOf(symbol);
    if (symbol.name.endsWith("#") && symbol.name.length > 1) {
      let binding = this.names.get(symbol.name);
      if (!binding) {
        const stem: Core = { kind: "const", span, value: symbol.name.slice(0, -1) };
        const value: Core = {
          kind: "call",
          span,
          callee: { kind: "primitive", span, name: "gensym" },
          args: [stem],
        };
        binding = { local: this.scope.bind(symbol.name, true), value };
        this.names.set(symbol.name, binding);
      }
      binding.local.reads++;
      return { kind: "local", span, local: binding.local };
    }
    return { kind: "const", span, value: new TemplateSymbol(symbol, this.resolver.library) };
  }

  private list(form: ListForm, depth: number): Core {
    const span = spanOf(form);
    const segments: Core[] = [];
    let run: Core[] = [];
    const endRun = () => {
      if (run.length > 0) segments.push(call("list", run, span));
      run = [];
    };
    for (const item of form.items) {
      const splice = depth === 1 ? spliced(item) : null;
      if (splice) {
        endRun();
        segments.push(this.resolver.resolve(splice.form, this.scope));
      } else run.push(this.part(item, depth));
    }
    if (segments.length === 0) return constantList(run) ?? call("list", run, span);
    endRun();
    return call("concat", segments, span);
  }
}

function spliced(form: Form): { form: Form } | null {
  if (!(form instanceof ListForm) || form.items.length !== 2) return null;
  const [head, value] = form.items;
  return head instanceof SxSymbol && head.name === "splice-unquote" ? { form: value as Form } : null; // length checked
}

function call(name: string, args: Core[], span: Core["span"]): Core {
  return { kind: "call", span, callee: { kind: "primitive", span, name }, args };
}

function constantList(items: Core[]): Core | null {
  if (!items.every((item) => item.kind === "const")) return null;
  return {
    kind: "const",
    span: null,
    value: items.map((item) => (item.kind === "const" ? item.value : null)),
  };
}

export const sugarForms: [string, Sugar][] = [
  ["when", resolveWhen],
  ["cond", resolveCond],
  ["case", resolveCase],
  ["and", resolveAnd],
  ["or", resolveOr],
  ["->", resolveThreadFirst],
  ["->>", resolveThreadLast],
  ["quasiquote", resolveQuasiquote],
];
