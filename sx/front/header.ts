// Component headers: `(&key title (size :type string :default "md" :doc "…") &env user &attrs more &rest children)`.

import { sxError } from "../core/errors.ts";
import { type Form, ListForm, spanOf } from "../core/form.ts";
import { Keyword, SxSymbol } from "../core/values.ts";
import type { Core } from "./core.ts";
import type { ComponentShape, Definition, Prop } from "./definition.ts";
import type { Resolver } from "./resolve.ts";
import type { Scope } from "./scope.ts";
import { badForm } from "./shape.ts";

/** What a `:type` may name. */
export const propTypes: ReadonlySet<string> = new Set([
  "any",
  "string",
  "number",
  "integer",
  "boolean",
  "list",
  "dict",
  "function",
  "component",
  "markup",
  "symbol",
  "keyword",
]);

function badParameter(definition: Definition, expected: string, found: string, at: Form): Error {
  return sxError(
    "syntax/bad-parameter",
    { owner: definition.name, expected, found },
    spanOf(at) ?? definition.span,
  );
}

/** Reads a component's header and binds its parameters, in order, in `scope`. */
export function parseShape(resolver: Resolver, definition: Definition, scope: Scope): ComponentShape {
  const list = definition.form.items[2];
  if (!(list instanceof ListForm))
    throw badForm(definition.form, "(defcomp ~name (&key prop …) body …)", "no parameter list");
  const props: Prop[] = [];
  const env: { name: string; local: Prop["local"] }[] = [];
  let children: Prop["local"] | null = null;
  let attrs: Prop["local"] | null = null;
  let section = "";
  const bind = (symbol: SxSymbol) => {
    resolver.refuseReserved(symbol);
    if (scope.binds(symbol.name)) {
      resolver.refuse(
        sxError(
          "name/duplicate",
          { name: symbol.name, where: `the parameters of ${definition.name}` },
          spanOf(symbol),
        ),
      );
    }
    return scope.bind(symbol);
  };
  for (const item of list.items) {
    if (item instanceof SxSymbol && item.name.startsWith("&")) {
      if (!["&key", "&env", "&rest", "&attrs"].includes(item.name))
        throw badParameter(definition, "&key, &env, &attrs or &rest", item.name, item);
      section = item.name;
    } else if (section === "&key") {
      props.push(parseProp(resolver, definition, item, scope, bind));
    } else if (section === "&env" && item instanceof ListForm) {
      for (const name of item.items) {
        if (!(name instanceof SxSymbol)) throw badParameter(definition, "a name", "another form", item);
        env.push({ name: name.name, local: bind(name) });
      }
    } else if (!(item instanceof SxSymbol)) {
      throw badParameter(definition, "a name", "another form", item);
    } else if (section === "&env") {
      env.push({ name: item.name, local: bind(item) });
    } else if (section === "&rest" && !children) {
      children = bind(item);
    } else if (section === "&attrs" && !attrs) {
      attrs = bind(item);
    } else {
      throw badParameter(
        definition,
        section === "" ? "&key before the first prop" : `one name after ${section}`,
        item.name,
        item,
      );
    }
  }
  return { props, env, children, attrs };
}

function parseProp(
  resolver: Resolver,
  definition: Definition,
  item: Form,
  scope: Scope,
  bind: (symbol: SxSymbol) => Prop["local"],
): Prop {
  if (item instanceof SxSymbol) {
    return { name: item.name, type: null, required: false, fallback: null, doc: null, local: bind(item) };
  }
  const name = item instanceof ListForm ? item.items[0] : null;
  if (!(item instanceof ListForm) || !(name instanceof SxSymbol))
    throw badParameter(definition, "a prop name or (name :type … :default …)", "another form", item);
  let type: string | null = null;
  let required = false;
  let fallback: Core | null = null;
  let doc: string | null = null;
  if (item.items.length === 2)
    fallback = resolver.resolve(item.items[1] as Form, scope); // length checked
  else if (item.items.length % 2 === 0)
    throw badParameter(definition, "options in pairs", "an option without a value", item);
  for (let i = 1; item.items.length > 2 && i < item.items.length; i += 2) {
    const option = item.items[i];
    const value = item.items[i + 1] as Form; // pairs, checked above
    const optionName = option instanceof Keyword ? option.name : "";
    if (optionName === "type") type = typeOf(definition, value, item);
    else if (optionName === "default") fallback = resolver.resolve(value, scope);
    else if (optionName === "required") required = value === true;
    else if (optionName === "doc" && typeof value === "string") doc = value;
    else
      throw badParameter(
        definition,
        ":type, :default, :required or :doc",
        optionName ? `:${optionName}` : "another form",
        item,
      );
  }
  return { name: name.name, type, required, fallback, doc, local: bind(name) };
}

function typeOf(definition: Definition, value: Form, at: Form): string {
  const name = value instanceof SxSymbol || value instanceof Keyword ? value.name : "";
  if (!propTypes.has(name))
    throw badParameter(definition, `a type: ${[...propTypes].join(" ")}`, name || "another form", at);
  return name;
}
