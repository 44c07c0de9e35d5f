// The sink: what every renderer is fed with, and the walk that feeds it from a tree. The walk keeps its own
// stack, so that depth costs no JavaScript stack, and joins neighbouring texts, as a page that was read has
// them. html.ts, wire.ts and dom.ts are the three sinks.

import { type AttributeValue, CallNode, ElementNode, type Node, RawNode } from "./nodes.ts";

export interface Sink {
  /** An element begins; its attributes follow, then its content, then `close`. */
  open(tag: string): void;
  attr(name: string, value: AttributeValue): void;
  /** Text that is not empty, with no text beside it. */
  text(text: string): void;
  /** Finished markup that is not empty, with none beside it. */
  raw(html: string): void;
  /** A hole begins; what it shows meanwhile follows, then `close`. */
  hole(id: string): void;
  /** A call that was left unexpanded, whole. */
  call(node: CallNode): void;
  /** The innermost element or hole ends. */
  close(): void;
}

/** Feeds a sink with a tree. */
export function walkNodes(nodes: readonly Node[], sink: Sink): void {
  const lists: (readonly Node[])[] = [nodes];
  const places: number[] = [0];
  for (let list = lists.at(-1); list; list = lists.at(-1)) {
    const at = places.pop() as number; // one for each list
    const node = list[at];
    if (node === undefined) {
      lists.pop();
      if (lists.length > 0) sink.close();
    } else if (typeof node === "string" || node instanceof RawNode) places.push(feedRun(list, at, sink));
    else {
      places.push(at + 1);
      const inside = feedStart(node, sink);
      if (!inside) continue;
      lists.push(inside);
      places.push(0);
    }
  }
}

/** Feeds the texts, or the finished markup, from a place on as one; gives the place after them. */
function feedRun(list: readonly Node[], from: number, sink: Sink): number {
  const isText = typeof list[from] === "string";
  let run = "";
  let at = from;
  for (; at < list.length; at++) {
    const node = list[at];
    if (typeof node === "string" && isText) run += node;
    else if (node instanceof RawNode && !isText) run += node.html;
    else if (node !== "" && !(node instanceof RawNode && node.html === "")) break;
  }
  if (run !== "" && isText) sink.text(run);
  else if (run !== "") sink.raw(run);
  return at;
}

/** The start of a node that may have others inside; gives those. */
function feedStart(node: Exclude<Node, string | RawNode>, sink: Sink): readonly Node[] | null {
  if (node instanceof CallNode) {
    sink.call(node);
    return null;
  }
  if (!(node instanceof ElementNode)) {
    sink.hole(node.id);
    return node.children;
  }
  sink.open(node.tag);
  for (const [name, value] of node.attributes) sink.attr(name, value);
  return node.children;
}
