// Source forms: what the reader makes and the front end takes apart. Numbers, strings, booleans and nil
// stand for themselves, keywords and symbols are the values of the same name, and the two classes here
// carry the span of what they were read from (or of the macro call that made them).

import type { Source, Span } from "./source.ts";
import { type Keyword, SxSymbol } from "./values.ts";

/** Lists, dicts and quotes may be nested this deep, in text and in the data that is written as text. */
export const deepestNesting = 4000;

export type Form = number | string | boolean | null | Keyword | SxSymbol | ListForm | DictForm;

/** A parenthesised form; `[a b]` and quote sugar are read as the calls they stand for. */
export class ListForm {
  readonly items: Form[];
  readonly source: Source | null;
  readonly start: number;
  end: number;
  constructor(items: Form[], source: Source | null, start: number, end: number) {
    this.items = items;
    this.source = source;
    this.start = start;
    this.end = end;
  }
}

/** A dict literal: keys in source order, each with the form of its value. */
export class DictForm {
  readonly keys: string[];
  readonly values: Form[];
  readonly source: Source | null;
  readonly start: number;
  end: number;
  constructor(keys: string[], values: Form[], source: Source | null, start: number, end: number) {
    this.keys = keys;
    this.values = values;
    this.source = source;
    this.start = start;
    this.end = end;
  }
}

/** The stretch of source a form was read from, or null for a literal or a form made by code. */
export function spanOf(form: Form): Span | null {
  if (form instanceof ListForm || form instanceof DictForm) {
    return form.source && { source: form.source, start: form.start, end: form.end };
  }
  if (form instanceof SxSymbol) {
    return form.source && { source: form.source, start: form.start, end: form.start + form.name.length };
  }
  return null;
}

/** A form as plain data: what quoting it gives. */
export function formToData(form: Form): unknown {
  if (form instanceof ListForm) {
    // A plain loop: one frame of the JavaScript stack for each level of nesting.
    const list: unknown[] = [];
    for (const item of form.items) list.push(formToData(item));
    return list;
  }
  if (form instanceof DictForm) {
    const dict: Record<string, unknown> = {};
    let index = 0;
    for (const key of form.keys) dict[key] = formToData(form.values[index++] as Form); // a value for each key
    return dict;
  }
  return form;
}
