// What hash.sx asks of its host: written forms of data, what HTML and the reader say of a name, the
// definition that a template's symbol means, and the digest itself.

import { writeKey } from "../core/atom.ts";
import { type Primitive, primitive } from "../core/primitives/primitive.ts";
import { write } from "../core/printer.ts";
import { sha256 } from "../core/sha256.ts";
import { isSymbolName } from "../core/token.ts";
import type { SxSymbol, Value } from "../core/values.ts";
import type { Definition } from "../front/definition.ts";
import { TemplateSymbol } from "../front/template-symbol.ts";
import { htmlTags } from "../render/tags.ts";
import { formPrimitives } from "./forms.ts";

/** The rows of the interface. `resolve` sees to it that a definition has its core form. */
export function contentPrimitives(resolve: (definition: Definition) => void): Primitive[] {
  return [
    ...formPrimitives(),
    ...rows,
    primitive(
      "(resolve-definition definition:any) -> any",
      "The definition, with its core form.",
      (definition: Definition) => {
        resolve(definition);
        return definition;
      },
      { pure: false },
    ),
  ];
}

const rows: readonly Primitive[] = [
  primitive("(written value:any) -> string", "The written form of a value.", (value: Value) => write(value)),
  primitive(
    "(written-key key:string) -> string",
    "The key of a dict as it is written: a keyword where the name allows that, else a string.",
    (key: string) => writeKey(key),
  ),
  primitive(
    "(readable-name? name:string) -> boolean",
    "Whether a bare name reads as the symbol of that name.",
    (name: string) => isSymbolName(name),
  ),
  primitive(
    "(html-tag? name:string) -> boolean",
    "Whether HTML has an element of that name.",
    (name: string) => htmlTags.has(name),
  ),
  primitive(
    "(template-symbol? value:any) -> boolean",
    "Whether a value is a symbol written in a template, which means what it means there.",
    (value: Value) => value instanceof TemplateSymbol,
  ),
  primitive(
    "(template-definition symbol:symbol) -> any",
    "The definition that a template's symbol means where it was written, or nil.",
    (symbol: SxSymbol) => (symbol instanceof TemplateSymbol ? symbol.home.find(symbol.name) : null),
  ),
  primitive(
    "(made-symbol? symbol:symbol) -> boolean",
    "Whether gensym made a symbol: it was read nowhere, and a number follows the last # of its name.",
    (symbol: SxSymbol) => symbol.source === null && isMadeName(symbol.name),
  ),
  primitive(
    "(made-name? name:string) -> boolean",
    "Whether a name is such as gensym makes.",
    (name: string) => isMadeName(name),
  ),
  primitive(
    "(sha256 text:string) -> string",
    "The SHA-256 of a text's UTF-8, as 64 hexadecimal digits.",
    (text: string) => sha256(text),
  ),
];

function isMadeName(name: string): boolean {
  return /#[0-9]+$/.test(name);
}
