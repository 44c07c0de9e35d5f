// Markup that keeps its tree, and how values become nodes: the counterpart of what html.ts does with text,
// by the same decisions. Engines use it where a page is to go over the wire or into a document.

import { sxError } from "../core/errors.ts";
import { Markup, type Value } from "../core/values.ts";
import { numberText, printHtml } from "./html.ts";
import { CallNode, ElementNode, HoleNode, type Node, RawNode } from "./nodes.ts";

/** Markup as a tree; its HTML is printed when somebody asks. */
export class TreeMarkup extends Markup {
  readonly nodes: readonly Node[];
  private printed: string | null = null;
  constructor(nodes: readonly Node[]) {
    super("");
    this.nodes = nodes;
  }

  override get html(): string {
    this.printed ??= printHtml(this.nodes);
    return this.printed;
  }
}

/** The nodes that markup of either kind stands for. */
export function nodesOf(markup: Markup): readonly Node[] {
  if (markup instanceof TreeMarkup) return markup.nodes;
  return markup.html === "" ? [] : [new RawNode(markup.html)];
}

/** Adds a value in child position to a list of nodes. nil, true, false and "" add nothing. */
export function addChild(nodes: Node[], value: Value): void {
  if (typeof value === "string") {
    if (value !== "") nodes.push(value);
  } else if (typeof value === "number" && Number.isFinite(value)) nodes.push(numberText(value));
  else if (value instanceof Markup) for (const node of nodesOf(value)) nodes.push(node);
  else if (Array.isArray(value)) for (const item of value) addChild(nodes, item);
  else if (value !== null && value !== undefined && typeof value !== "boolean")
    throw sxError("html/bad-child", { found: value });
}

/** A value in child position as nodes. */
export function childNodes(value: Value): Node[] {
  const nodes: Node[] = [];
  addChild(nodes, value);
  return nodes;
}

/**
 * The tree with every hole and call for which `replacement` has an answer replaced by it; answers are looked
 * through in turn. Markup among the props and children of a call that stays is left alone.
 */
export function replaceNodes(
  nodes: readonly Node[],
  replacement: (node: CallNode | HoleNode) => readonly Node[] | null,
): Node[] {
  const out: Node[] = [];
  const work: { from: readonly Node[]; at: number; into: Node[] }[] = [{ from: nodes, at: 0, into: out }];
  for (let step = work.at(-1); step; step = work.at(-1)) {
    const node = step.from[step.at++];
    if (node === undefined) work.pop();
    else if (typeof node === "string" || node instanceof RawNode) step.into.push(node);
    else if (node instanceof ElementNode) {
      const copy = new ElementNode(node.tag, node.attributes);
      step.into.push(copy);
      work.push({ from: node.children, at: 0, into: copy.children });
    } else {
      const instead = replacement(node);
      if (instead) work.push({ from: instead, at: 0, into: step.into });
      else if (node instanceof CallNode) step.into.push(node);
      else {
        const children: Node[] = [];
        step.into.push(new HoleNode(node.id, children));
        work.push({ from: node.children, at: 0, into: children });
      }
    }
  }
  return out;
}
