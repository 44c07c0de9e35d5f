// Wounds: what makes a sound program a wrong one. A form is dropped, doubled or moved, or a name that means
// something takes its place. Forms are hurt in place and keep the places they were read from.

import { type Form, ListForm } from "../core/form.ts";
import { Keyword, SxSymbol } from "../core/values.ts";

/** Where, how and with what a program is hurt; any numbers will do. */
export type Wound = readonly [where: number, how: number, what: number];

const names =
  "if let let* letrec fn do set! quote try catch finally provide context prompt capture perform suspense <> " +
  "when cond case and or -> ->> quasiquote unquote splice-unquote define defcomp defmacro spread _ + list map " +
  "div svg svg:rect svg:nowhere html:map rect input ~c0 ~nobody &key &env &rest &attrs nowhere t# user";
const keywords = "class else type default required doc href src onclick a fallback shadow";

const strangers: readonly Form[] = [
  ...names.split(" ").map((name) => new SxSymbol(name)),
  ...keywords.split(" ").map((name) => new Keyword(name)),
  ...[null, true, 1, "javascript:alert(1)", "string", "two words"],
];

interface Place {
  readonly list: ListForm;
  readonly index: number;
}

/** Every place inside the lists of these forms. */
function placesIn(forms: readonly Form[]): Place[] {
  return forms.flatMap((list) =>
    list instanceof ListForm
      ? [...list.items.map((_, index) => ({ list, index })), ...placesIn(list.items)]
      : [],
  );
}

/** Hurts forms in place. Without any list in them they stay as they are. */
export function wound(forms: readonly Form[], [where, how, what]: Wound): void {
  const places = placesIn(forms);
  const at = places[where % places.length];
  const from = places[what % places.length];
  if (!at || !from) return;
  const { items } = at.list;
  const moved = from.list.items[from.index] as Form; // it is a place
  const stranger = strangers[what % strangers.length] as Form; // inside the bounds
  // A list that held itself would never end.
  const fitting = holds(moved, at.list) ? stranger : moved;
  if (how % 4 === 0) items.splice(at.index, 1);
  else if (how % 4 === 1) items[at.index] = stranger;
  else if (how % 4 === 2) items[at.index] = fitting;
  else items.splice(at.index, 0, fitting);
}

function holds(form: Form, part: ListForm): boolean {
  return form === part || (form instanceof ListForm && form.items.some((item) => holds(item, part)));
}
