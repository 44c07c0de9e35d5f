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

/** The parts of a form, and where among them each keyword stands first. */
interface Parts {
  readonly spans: readonly Span[];
  readonly keywords: ReadonlyMap<string, number>;
}

const none: Parts = { spans: [], keywords: new Map() };

/** Of each form that was asked for: who asks for one part will ask for the others. */
const known = new WeakMap<Syntax, Parts>();

/** The parts of the list or dict at a span, comments left out; none where the span is no such form. */
export function partSpans(span: Span): readonly Span[] {
  return partsAt(span).spans;
}

function partsAt({ source, start, end }: Span): Parts {
  let level: readonly Syntax[] = treeOf(source);
  for (;;) {
    const around = lastFrom(level, start);
    if (!around || around.end < end) return none;
    if (around.start === start && around.end === end && around.kind !== "prefix") {
      const parts = known.get(around) ?? findParts(source, around);
      known.set(around, parts);
      return parts;
    }
    level = around.children;
  }
}

/** The last of some nodes, which stand in the order of the text, that begins at an offset or before it. */
function lastFrom(nodes: readonly Syntax[], start: number): Syntax | undefined {
  let [low, high] = [0, nodes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((nodes[middle] as Syntax).start <= start)
      low = middle + 1; // inside the bounds
    else high = middle;
  }
  return nodes[low - 1];
}

function findParts(source: Source, form: Syntax): Parts {
  const spans = partsOf(form).map(({ start, end }) => ({ source, start, end }));
  const keywords = new Map<string, number>();
  for (const [index, { start, end }] of spans.entries()) {
    if (source.text[start] !== ":") continue;
    const word = source.text.slice(start, end);
    if (!keywords.has(word)) keywords.set(word, index);
  }
  return { spans, keywords };
}

/** Where the attribute or prop of a name stands in a call: from its keyword to the end of its value. */
export function attributeSpan(call: Span, name: string): Span {
  const { source } = call;
  const { spans, keywords } = partsAt(call);
  const index = keywords.get(`:${name}`);
  const [keyword, value] = index === undefined ? [] : spans.slice(index, index + 2);
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
