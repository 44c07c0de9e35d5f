// The outline of a file: its definitions with the functions inside them.

import type { Site, SiteKind } from "./definitions.ts";
import { callOf } from "./description.ts";
import type { FileNames } from "./names.ts";
import type { Lines, Range } from "./positions.ts";
import type { Local } from "./scope.ts";
import type { Document } from "./workspace.ts";

export interface DocumentSymbol {
  readonly name: string;
  readonly detail: string;
  readonly kind: number;
  readonly range: Range;
  readonly selectionRange: Range;
  readonly children: DocumentSymbol[];
}

/** The protocol's numbers for kinds of symbol. */
const symbolKinds: Readonly<Record<SiteKind, number>> = {
  value: 14,
  function: 12,
  component: 5,
  island: 5,
  macro: 25,
  test: 6,
};

export function outlineOf(document: Document, names: FileNames): DocumentSymbol[] {
  const inner = names.locals.filter(({ role }) => role === "function");
  return document.sites.map((site) => symbolOf(site, document.lines, inner));
}

function symbolOf(site: Site, lines: Lines, inner: readonly Local[]): DocumentSymbol {
  const { node, name, kind } = site;
  const children = inner
    .filter((local) => node.start < local.node.start && local.node.end <= node.end)
    .map((local) => ({
      name: local.name,
      detail: "",
      kind: symbolKinds.function,
      range: lines.rangeOf(local.node),
      selectionRange: lines.rangeOf(local),
      children: [],
    }));
  return {
    name: name.name === "" ? "(without a name)" : name.name,
    detail: kind === "value" || kind === "test" ? kind : callOf(site),
    kind: symbolKinds[kind],
    range: lines.rangeOf(node),
    selectionRange: lines.rangeOf(name),
    children,
  };
}
