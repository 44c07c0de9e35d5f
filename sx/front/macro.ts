// Macros: forms in, forms out. A template remembers the library it was written in, so its free names mean
// what they meant there; a template that would bind a plain name is refused, because that name could catch
// one of the caller's. Arguments keep their spans through expansion; what the macro made itself carries
// the span of the call.

import { sxError } from "../core/errors.ts";
import { DictForm, type Form, formToData, ListForm, spanOf } from "../core/form.ts";
import type { Span } from "../core/source.ts";
import { isDict, Keyword, SxSymbol, type Value } from "../core/values.ts";
import type { Library } from "./definition.ts";

/** A symbol written in a quasiquote template: it means what it means in its home library. */
export class TemplateSymbol extends SxSymbol {
  readonly home: Library;
  constructor(symbol: SxSymbol, home: Library) {
    super(symbol.name, symbol.source, symbol.start);
    this.home = home;
  }
}

/** Argument forms as data for a macro's function, and the way back from its answer. */
export class Expansion {
  private readonly origins = new Map<object, ListForm | DictForm>();
  private readonly call: ListForm;

  constructor(call: ListForm) {
    this.call = call;
  }

  /** The call's arguments as plain data. */
  args(): Value[] {
    return this.call.items.slice(1).map((form) => this.toData(form));
  }

  private toData(form: Form): Value {
    if (form instanceof ListForm) {
      const list = form.items.map((item) => this.toData(item));
      this.origins.set(list, form);
      return list;
    }
    if (form instanceof DictForm) {
      const dict = formToData(form) as object; // a DictForm always becomes a dict
      this.origins.set(dict, form);
      return dict;
    }
    return form;
  }

  /** A macro's answer as a form again; lists that came in unchanged keep their own span. */
  toForm(value: Value, macro: string): Form {
    if (value === undefined) return null;
    if (
      value === null ||
      typeof value === "number" ||
      typeof value === "string" ||
      typeof value === "boolean"
    ) {
      return value;
    }
    if (value instanceof Keyword || value instanceof SxSymbol) return value;
    const origin = this.origins.get(value as object); // scalars were answered above
    if (origin) return origin;
    const { source, start, end } = this.call;
    if (Array.isArray(value)) {
      return new ListForm(
        value.map((item) => this.toForm(item, macro)),
        source,
        start,
        end,
      );
    }
    if (isDict(value)) {
      const forms = Object.values(value).map((item) => this.toForm(item, macro));
      return new DictForm(Object.keys(value), forms, source, start, end);
    }
    throw sxError(
      "macro/failed",
      { macro, reason: "its expansion holds a value that is not code" },
      spanOf(this.call),
    );
  }
}

const bindingHeads = new Set(["let", "let*", "letrec", "fn", "lambda"]);

/** Checks every template in a macro's definition. */
export function checkTemplates(form: Form): void {
  if (!(form instanceof ListForm)) return;
  const [head, template] = form.items;
  if (head instanceof SxSymbol && head.name === "quasiquote" && template !== undefined)
    checkTemplate(template);
  for (const item of form.items) checkTemplates(item);
}

/** Refuses a template that binds a plain name: `tmp` must be written `tmp#`. */
function checkTemplate(form: Form): void {
  if (!(form instanceof ListForm)) return;
  const [head, ...rest] = form.items;
  // What is unquoted is code of the macro itself.
  if (head instanceof SxSymbol && (head.name === "unquote" || head.name === "splice-unquote")) return;
  if (head instanceof SxSymbol && bindingHeads.has(head.name)) checkBinders(head.name, rest);
  if (head instanceof SxSymbol && head.name === "catch") checkParameters(rest[0]);
  for (const item of form.items) checkTemplate(item);
}

function checkBinders(head: string, rest: Form[]): void {
  if (head === "fn" || head === "lambda") return checkParameters(rest[0]);
  const [first, second] = rest;
  if (first instanceof SxSymbol) refusePlain(first);
  const list = first instanceof ListForm ? first : second;
  if (!(list instanceof ListForm)) return;
  for (const binding of list.items) {
    const name = binding instanceof ListForm ? binding.items[0] : null;
    if (name instanceof SxSymbol) refusePlain(name);
  }
}

function checkParameters(list: Form | undefined): void {
  if (!(list instanceof ListForm)) return;
  const head = list.items[0];
  if (head instanceof SxSymbol && (head.name === "unquote" || head.name === "splice-unquote")) return;
  for (const item of list.items) if (item instanceof SxSymbol) refusePlain(item);
}

function refusePlain(symbol: SxSymbol): void {
  if (symbol.name.endsWith("#") || symbol.name.startsWith("&")) return;
  if (symbol.name === "unquote" || symbol.name === "splice-unquote") return;
  throw sxError("macro/unhygienic", { name: symbol.name }, spanOf(symbol));
}

/** Says that an error happened inside a macro's expansion, for the trail in its message. */
export function addTrail(error: unknown, macro: string, span: Span | null): unknown {
  if (error instanceof Error && "expansions" in error && Array.isArray(error.expansions)) {
    error.expansions.push({ macro, span });
  }
  return error;
}
