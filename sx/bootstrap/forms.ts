// What the chapters about source ask of their host: forms and their places. The parts of a form are fields
// and are read with `field`: `items` of a list, `keys` and `values` of a dict, `name` of a symbol or keyword,
// and `source`, `start` and `end` of all that know their place. Here is what fields cannot say.

import type { ErrorDetails, ErrorKind } from "../core/error-kinds.ts";
import { sxError } from "../core/errors.ts";
import { DictForm, type Form, formToData, ListForm, spanOf } from "../core/form.ts";
import { type Primitive, primitive } from "../core/primitives/primitive.ts";
import type { Source, Span } from "../core/source.ts";
import { findInvisible } from "../core/token.ts";
import { Keyword, SxSymbol, type Value } from "../core/values.ts";

/** The rows of the interface of forms. */
export function formPrimitives(): Primitive[] {
  return [...constructors, ...questions, ...errors];
}

const constructors: readonly Primitive[] = [
  primitive(
    "(make-list-form items:list source:any start:integer end:integer) -> any",
    "A list that stands between two offsets of a source.",
    (items: Form[], source: Source | null, start, end) => new ListForm(items, source, start, end),
  ),
  primitive(
    "(make-dict-form keys:list values:list source:any start:integer end:integer) -> any",
    "A dict that stands between two offsets of a source.",
    (keys: string[], values: Form[], source: Source | null, start, end) =>
      new DictForm(keys, values, source, start, end),
  ),
  primitive(
    "(make-symbol name:string source:any start:integer) -> symbol",
    "A symbol that begins at an offset of a source.",
    (name: string, source: Source | null, start) => new SxSymbol(name, source, start),
  ),
  primitive(
    "(make-keyword name:string) -> keyword",
    "The keyword of a name.",
    (name: string) => new Keyword(name),
  ),
];

const questions: readonly Primitive[] = [
  primitive(
    "(list-form? value:any) -> boolean",
    "Whether a value is the form of a list.",
    (value: Value) => value instanceof ListForm,
  ),
  primitive(
    "(dict-form? value:any) -> boolean",
    "Whether a value is the form of a dict.",
    (value: Value) => value instanceof DictForm,
  ),
  primitive(
    "(span-of form:any) -> any",
    "The span a form was read from, or nil for one that has none.",
    (form: Form) => spanOf(form),
  ),
  primitive("(form-data form:any) -> any", "A form as the data that quoting it gives.", (form: Form) =>
    formToData(form),
  ),
  primitive(
    "(find-invisible token:string) -> string|nil",
    "The first character of a token that cannot be seen, such as U+00A0, or nil: the Unicode categories Cc, Cf, Z and Cs.",
    (token: string) => findInvisible(token),
  ),
];

const errors: readonly Primitive[] = [
  primitive(
    "(make-span source:any start:integer end:integer) -> any",
    "The stretch of a source between two offsets.",
    (source: Source, start: number, end: number): Span => ({ source, start, end }),
  ),
  primitive(
    "(refuse-at kind:string details:dict span:any) -> any",
    "Raises an error of the language at a place, or at none where the span is nil.",
    (kind: ErrorKind, details: ErrorDetails<ErrorKind>, span: Span | null) => {
      throw sxError(kind, details, span);
    },
    { pure: false },
  ),
];
