// Places: where in a text the parts of a form stand. Forms do not know it of literals and keywords, so the text is
// looked at again. What a macro made has the place of its call, and there the parts that were written.

import type { Source, Span } from "../core/source.ts";
import { parseSyntax, partsOf, type Syntax } from "../format/syntax.ts";

const trees = new WeakMap<Source, Syntax[]>();

function treeOf(source: Source): Syntax[] {
  const known = trees.get(source) ?? parseSyntax(source.text);
  trees.set(source, known);
  return known;
}

/** The parts of the list or dict at a span, comments left out; none where the span is no such form. */
export function partSpans(span: Span): Span[] {
  const { source, start, end } = span;
  let level: readonly Syntax[] = treeOf(source);
  for (;;) {
    const around = level.find((node) => node.start <= start && node.end >= end);
    if (!around) return [];
    if (around.start === start && around.end === end && around.kind !== "prefix")
      return partsOf(around).map((part) => ({ source, start: part.start, end: part.end }));
    level = around.children;
  }
}

/** Where the attribute or prop of a name stands in a call: from its keyword to the end of its value. */
export function attributeSpan(call: Span, name: string): Span {
  const { source } = call;
  const parts = partSpans(call);
  const index = parts.findIndex(({ start, end }) => source.text.slice(start, end) === `:${name}`);
  const [keyword, value] = index < 0 ? [] : parts.slice(index, index + 2);
  return keyword ? { source, start: keyword.start, end: (value ?? keyword).end } : call;
}

/** All comments of a text, in order. */
export function commentsIn(source: Source): Syntax[] {
  const found: Syntax[] = [];
  const visit = (node: Syntax): void => {
    if (node.kind === "line-comment") found.push(node);
    node.children.forEach(visit);
  };
  treeOf(source).forEach(visit);
  return found;
}
