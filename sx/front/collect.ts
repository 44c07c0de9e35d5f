// Collecting a library: the top-level forms of a file become definitions, and everything else is kept as
// an expression to run. Macros that expand to definitions are expanded here.

import { sxError } from "../core/errors.ts";
import { type Form, ListForm, spanOf } from "../core/form.ts";
import { Keyword, SxSymbol } from "../core/values.ts";
import { htmlTags } from "../render/tags.ts";
import { Definition, type DefinitionKind } from "./definition.ts";
import { checkTemplates, TemplateSymbol } from "./macro.ts";
import type { Resolver } from "./resolve.ts";
import { Scope } from "./scope.ts";
import { badDefine, badForm } from "./shape.ts";
import { specialForms } from "./special.ts";

/** Adds the forms of one file to the resolver's library; answers the definitions that are new. */
export function collectForms(resolver: Resolver, forms: readonly Form[]): Definition[] {
  // Macros first, so that a use may stand before its definition.
  const later = forms.filter((form) => !isDefinition(form, "defmacro"));
  const macros = forms
    .filter((form) => isDefinition(form, "defmacro"))
    .map((form) => collectDefinition(resolver, form as ListForm));
  return [...macros, ...later.flatMap((form) => collectForm(resolver, form))];
}

function isDefinition(form: Form, head: string): boolean {
  return form instanceof ListForm && form.items[0] instanceof SxSymbol && form.items[0].name === head;
}

function collectForm(resolver: Resolver, form: Form): Definition[] {
  if (form instanceof ListForm && form.items[0] instanceof SxSymbol) {
    const head = form.items[0];
    if (head.name === "define" || head.name === "defcomp" || head.name === "defmacro")
      return [collectDefinition(resolver, form)];
    if (
      (head.name === "do" || head.name === "begin") &&
      form.items.some((item) => isDefinition(item, "define") || isDefinition(item, "defcomp"))
    ) {
      return form.items.slice(1).flatMap((item) => collectForm(resolver, item));
    }
    const macro =
      specialForms.has(head.name) || htmlTags.has(head.name) ? null : resolver.macroOf(head, new Scope(null));
    // A macro's answer may be definitions or an expression: it is looked at again.
    if (macro) return resolver.expandThen(macro, form, (expanded) => collectForm(resolver, expanded));
  }
  resolver.library.expressions.push(form);
  return [];
}

const shapes = {
  define: "(define name value)",
  defcomp: "(defcomp ~name (&key prop …) body …)",
  defmacro: "(defmacro name (parameter …) body …)",
};

function collectDefinition(resolver: Resolver, form: ListForm): Definition {
  const head = (form.items[0] as SxSymbol).name as keyof typeof shapes; // the callers looked
  const marked = head === "define" && form.items[1] instanceof Keyword && form.items[1].name === "shadow";
  const plain = marked ? new ListForm(form.items.toSpliced(1, 1), form.source, form.start, form.end) : form;
  const target = plain.items[1];
  const short = head === "define" && target instanceof ListForm;
  const name = short ? target.items[0] : target;
  if (!(name instanceof SxSymbol)) throw badForm(form, shapes[head], "no name");
  checkName(resolver, head, name, marked);
  if (head === "defmacro") checkTemplates(plain);
  const definition = new Definition(
    name.name,
    kindOf(head, plain, short),
    normalise(head, plain, short),
    resolver.library,
    spanOf(form),
  );
  resolver.library.definitions.set(name.name, definition);
  return definition;
}

function kindOf(head: string, form: ListForm, short: boolean): DefinitionKind {
  if (head === "defcomp") return "component";
  if (head === "defmacro") return "macro";
  if (short) return "function";
  if (form.items.length !== 3) throw badDefine(form);
  const value = form.items[2];
  return value instanceof ListForm &&
    value.items[0] instanceof SxSymbol &&
    (value.items[0].name === "fn" || value.items[0].name === "lambda")
    ? "function"
    : "value";
}

/** Functions are kept as their `fn` form, so that both spellings of a definition are one thing. */
function normalise(head: string, form: ListForm, short: boolean): ListForm {
  if (head !== "define" || short) return form;
  const value = form.items[2];
  const isFunction = value instanceof ListForm && kindOf(head, form, short) === "function";
  return isFunction ? value : form;
}

function checkName(resolver: Resolver, head: keyof typeof shapes, symbol: SxSymbol, shadow: boolean): void {
  const { name } = symbol;
  const span = spanOf(symbol);
  const isComponent = name.startsWith("~");
  if ((head === "defcomp") !== isComponent) {
    const found = isComponent ? `${head} of a name that begins with ~` : `the name ${name}`;
    throw sxError(
      "syntax/bad-form",
      { form: head, shape: head === "defcomp" ? shapes.defcomp : "a name without ~", found },
      span,
    );
  }
  if (specialForms.has(name)) throw sxError("name/reserved", { name }, span);
  if (htmlTags.has(name) && name !== "map") throw sxError("name/tag", { name }, span);
  if (resolver.primitives.has(name) && !shadow) throw sxError("name/reserved", { name }, span);
  const earlier = resolver.library.find(name);
  if (earlier && !earlier.library.yields)
    throw sxError("name/duplicate", { name, where: earlier.span?.source.file ?? "this library" }, span);
  if (symbol instanceof TemplateSymbol && symbol.name.includes("#"))
    throw sxError("macro/unhygienic", { name }, span);
}
