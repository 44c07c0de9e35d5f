// The shapes of special forms: what their errors say when a form does not have the one it needs.

import { sxError } from "../core/errors.ts";
import { type Form, type ListForm, spanOf } from "../core/form.ts";
import { SxSymbol } from "../core/values.ts";

export function headName(form: ListForm): string {
  const head = form.items[0];
  return head instanceof SxSymbol ? head.name : "()";
}

/** The error for a special form of the wrong shape. */
export function badForm(
  form: ListForm,
  shape: string,
  found = `${form.items.length - 1} parts`,
  at: Form = form,
): Error {
  return sxError("syntax/bad-form", { form: headName(form), shape, found }, spanOf(at) ?? spanOf(form));
}

export function badDefine(form: ListForm): Error {
  const shape = "(define name value) or (define (name parameter …) body …)";
  return sxError(
    "syntax/bad-form",
    { form: "define", shape, found: `${form.items.length - 1} parts` },
    spanOf(form),
  );
}
