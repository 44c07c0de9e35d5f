// Pages that wait: the page at once with holes in it, then what belongs into each hole as it comes; or all of
// it together, when everything has come. In HTML what comes later stands in a `template`, which shows and runs
// nothing: `<template data-sx-fill="2">…</template>` for the element `<sx-hole id="2">`.

import type { SxError } from "../core/errors.ts";
import { printHtml } from "./html.ts";
import { ElementNode, HoleNode, type Node } from "./nodes.ts";
import type { Settled, Suspense } from "./suspense.ts";
import { replaceNodes } from "./tree.ts";
import { writeWire } from "./wire.ts";
import { writeFrame } from "./wire-frame.ts";

/** What a page is sent as. */
export type RenderMode = "html" | "wire";

/** One piece of an answer. The first is the page itself; together they are the whole answer. */
export interface Chunk {
  readonly kind: "page" | "fill" | "fail" | "end";
  /** The hole it belongs to, or null. */
  readonly id: string | null;
  /** Ids of the holes that wait once this piece is there. */
  readonly holes: readonly string[];
  readonly text: string;
  /** Of a failure: what happened, which may be more than the text says. */
  readonly error: SxError | null;
}

/** Runs something with the holes of one page open for what it draws. */
type Draw = <T>(run: () => T) => T;

/** The pieces of a page whose tree and holes are there, in the order in which the holes are filled. */
export async function* streamPage(
  mode: RenderMode,
  nodes: readonly Node[],
  suspense: Suspense,
  draw: Draw,
): AsyncGenerator<Chunk> {
  const text = mode === "wire" ? writeWire(nodes) : printHtml(nodes);
  yield { kind: "page", id: null, holes: suspense.ids(), text, error: null };
  for await (const settled of suspense.settle(draw)) yield chunkOf(mode, settled, suspense.ids());
  if (mode === "wire")
    yield { kind: "end", id: null, holes: [], text: writeFrame({ frame: "end" }), error: null };
}

function chunkOf(mode: RenderMode, settled: Settled, holes: readonly string[]): Chunk {
  const { id, error } = settled;
  if (!error) {
    const { nodes } = settled;
    const text =
      mode === "wire" ? writeFrame({ frame: "fill", id, nodes }) : inTemplate([["data-sx-fill", id]], nodes);
    return { kind: "fill", id, holes, text, error: null };
  }
  const { kind } = error;
  const message = publicMessage(error);
  const text =
    mode === "wire"
      ? writeFrame({ frame: "fail", id, kind, message })
      : inTemplate(
          [
            ["data-sx-fail", id],
            ["data-kind", kind],
          ],
          [message],
        );
  return { kind: "fail", id, holes, text, error };
}

function inTemplate(attributes: [string, string][], nodes: readonly Node[]): string {
  return printHtml([new ElementNode("template", attributes, [...nodes])]);
}

/** What a reader of the page may know: what the host said of itself is nobody's business. */
function publicMessage({ kind, message }: SxError): string {
  return kind.startsWith("host/") ? "the server could not answer" : message;
}

/**
 * The tree of a page when every hole is filled, whatever came first. Throws the error of the first hole, in
 * the order of the page, that cannot be.
 */
export async function completePage(
  nodes: readonly Node[],
  suspense: Suspense,
  draw: Draw,
): Promise<readonly Node[]> {
  const fillings = new Map<string, readonly Node[]>();
  const failures: [id: string, error: SxError][] = [];
  for await (const settled of suspense.settle(draw)) {
    if (settled.error) failures.push([settled.id, settled.error]);
    else fillings.set(settled.id, settled.nodes);
  }
  const [first] = failures.sort(([a], [b]) => compareIds(a, b));
  if (first) throw first[1];
  return replaceNodes(nodes, (node) => (node instanceof HoleNode ? (fillings.get(node.id) ?? null) : null));
}

/** The order of holes in a page: `2` before `2.1` before `10`. */
function compareIds(a: string, b: string): number {
  const [left, right] = [a.split(".").map(Number), b.split(".").map(Number)];
  for (const [index, part] of left.entries()) {
    const other = right[index];
    if (other === undefined || part !== other) return part - (other ?? 0);
  }
  return -1;
}
