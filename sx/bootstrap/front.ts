// What the chapters on expansion and resolution ask of their host beside forms: variables, definitions and the
// symbols of templates as records, the running of macros, and the nearest name for an error's suggestion.

import { suggest } from "../core/errors.ts";
import type { ListForm } from "../core/form.ts";
import { type Primitive, primitive } from "../core/primitives/primitive.ts";
import type { Span } from "../core/source.ts";
import type { SxSymbol, Value } from "../core/values.ts";
import { type Fn, Local } from "../front/core.ts";
import { Definition, type DefinitionKind, type Library } from "../front/definition.ts";
import { TemplateSymbol } from "../front/template-symbol.ts";
import { formPrimitives } from "./forms.ts";
import { sinkPrimitives } from "./sink.ts";

/** What a macro's function raised, in words. */
class FailedMacro {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

/** The rows of the front end's interface. */
export function frontPrimitives(): Primitive[] {
  return [...formPrimitives(), ...sinkPrimitives(), ...records, ...macros];
}

const records: readonly Primitive[] = [
  primitive(
    "(make-local name:string owner:any generated:boolean span:any) -> any",
    "A variable of the function that owns it.",
    (name: string, owner: Fn | null, generated: boolean, span: Span | null) =>
      new Local(name, owner, generated, span),
  ),
  primitive(
    "(make-definition name:string kind:string form:any library:any span:any) -> any",
    "A definition that has been read.",
    (name: string, kind: DefinitionKind, form: ListForm, library: Library, span: Span | null) =>
      new Definition(name, kind, form, library, span),
  ),
  primitive(
    "(make-template-symbol symbol:symbol home:any) -> symbol",
    "A symbol that means what it means in its home library.",
    (symbol: SxSymbol, home: Library) => new TemplateSymbol(symbol, home),
  ),
  primitive(
    "(template-symbol? value:any) -> boolean",
    "Whether a value is such a symbol.",
    (value: Value) => value instanceof TemplateSymbol,
  ),
  primitive(
    "(note-class library:any text:string) -> any",
    "Keeps a literal string of a class attribute.",
    (library: Library, text: string) => {
      library.classStrings.add(text);
      return null;
    },
    { pure: false },
  ),
  primitive(
    "(nearest-name name:string candidates:list) -> string|nil",
    "The candidate that a mistyped name most likely meant, or nil.",
    suggest,
  ),
];

const macros: readonly Primitive[] = [
  primitive(
    "(attempt-macro run:any args:list) -> any",
    "What a macro's function gives, or the record of its failure.",
    attemptMacro,
    { pure: false },
  ),
  primitive(
    "(failed-macro? value:any) -> boolean",
    "Whether a value is the record of a failure.",
    (value: Value) => value instanceof FailedMacro,
  ),
];

function attemptMacro(run: (args: Value[]) => Value, args: Value[]): Value {
  try {
    return run(args);
  } catch (error) {
    return new FailedMacro(error instanceof Error ? error.message : String(error));
  }
}
