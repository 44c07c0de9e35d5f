// The prelude's definitions for readers: each as it is written, with the comment that stands above it. The text is the
// one every program sees (spec/prelude.sx).

import { prelude } from "../bootstrap/emitted/prelude.js";
import { ListForm } from "../core/form.ts";
import { readForms } from "../core/reader.ts";
import { Source } from "../core/source.ts";
import { SxSymbol } from "../core/values.ts";

export interface PreludeDefinition {
  /** The sentences above it, or "". */
  readonly comment: string;
  readonly source: string;
  /** As it is called: `(find test? xs)`. */
  readonly call: string;
}

/** By name, in the order of the file. */
export const preludeDefinitions: ReadonlyMap<string, PreludeDefinition> = new Map(
  readForms(new Source("prelude.sx", prelude)).flatMap((form) => {
    const target = form instanceof ListForm ? form.items[1] : null;
    const name = target instanceof ListForm ? target.items[0] : target;
    if (!(form instanceof ListForm && target instanceof ListForm && name instanceof SxSymbol)) return [];
    const definition = {
      comment: commentAbove(form.start),
      source: prelude.slice(form.start, form.end),
      call: prelude.slice(target.start, target.end),
    };
    return [[name.name, definition] as const];
  }),
);

/** The comment lines that touch what follows them. */
function commentAbove(start: number): string {
  const lines = prelude.slice(0, start).split("\n").slice(0, -1);
  const first = lines.findLastIndex((line) => !line.startsWith(";; "));
  return lines
    .slice(first + 1)
    .map((line) => line.slice(3))
    .join(" ");
}
