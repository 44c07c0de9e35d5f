// What the checker looks at before a form is resolved, since afterwards it can no longer be seen: a local whose
// name heads a call that means the element, and a key that stands twice in a `case`.

import { specialForms } from "../bootstrap/front-end.ts";
import { type ListForm, spanOf } from "../core/form.ts";
import { write } from "../core/printer.ts";
import { Keyword, SxSymbol } from "../core/values.ts";
import type { Scope } from "../front/front-end.ts";
import { TemplateSymbol } from "../front/template-symbol.ts";
import { htmlTags } from "../render/tags.ts";
import type { Findings } from "./diagnostic.ts";
import { partSpans } from "./places.ts";

/** Warns where a local heads a call that is read as a tag. `map` is the one name that means the function. */
export function checkShadow(form: ListForm, scope: Scope, findings: Findings): void {
  const [head] = form.items;
  if (!(head instanceof SxSymbol) || head instanceof TemplateSymbol) return;
  const { name } = head;
  const span = spanOf(head);
  if (!span || name === "map" || !htmlTags.has(name) || specialForms.has(name)) return;
  if (isVariable(name, scope)) findings.tell("names/tag-shadow", { name }, span);
}

function isVariable(name: string, scope: Scope | null): boolean {
  return scope !== null && (scope.locals?.has(name) || isVariable(name, scope.parent));
}

/** Warns of literal keys that stand twice. */
export function checkCase(form: ListForm, findings: Findings): void {
  const [head] = form.items;
  const span = spanOf(form);
  if (!(head instanceof SxSymbol) || head instanceof TemplateSymbol || head.name !== "case" || !span) return;
  const places = partSpans(span);
  const isWritten = places.length === form.items.length;
  const seen = new Set<string>();
  for (let i = 2; i + 1 < form.items.length; i += 2) {
    const key = form.items[i];
    if (key instanceof Keyword && key.name === "else") continue;
    const isLiteral = key instanceof Keyword || typeof key !== "object" || key === null;
    if (!isLiteral) continue;
    // A keyword is the text of its name, as it is when it is compared.
    const written = write(key instanceof Keyword ? key.name : key);
    if (seen.has(written))
      findings.tell("case/duplicate", { key: written }, (isWritten && places[i]) || span);
    seen.add(written);
  }
}
