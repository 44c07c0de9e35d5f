// What render.sx asks of its host: markup and the nodes it is made of, and errors by kind. The nodes are those
// of ../render/nodes.ts, so that every renderer can walk what a chapter makes.

import type { ErrorDetails, ErrorKind } from "../core/error-kinds.ts";
import { sxError } from "../core/errors.ts";
import { type Primitive, primitive } from "../core/primitives/primitive.ts";
import { type Dict, Markup, TrustedUrl, type Value } from "../core/values.ts";
import { type AttributeValue, CallNode, ElementNode, HoleNode, type Node, RawNode } from "../render/nodes.ts";
import { nodesOf, TreeMarkup } from "../render/tree.ts";

/** The rows of the sink's interface. */
export function sinkPrimitives(): Primitive[] {
  return [
    primitive(
      "(refuse kind:string details:dict) -> any",
      "Raises an error of the language.",
      (kind: ErrorKind, details: ErrorDetails<ErrorKind>) => {
        throw sxError(kind, details);
      },
    ),
    ...nodePrimitives(),
    primitive(
      "(make-markup nodes:list) -> markup",
      "Markup of a tree.",
      (nodes: Node[]) => new TreeMarkup(nodes),
    ),
    primitive("(markup-nodes value:any) -> list", "The nodes that markup stands for.", (markup: Markup) => [
      ...nodesOf(markup),
    ]),
    primitive(
      "(raw-markup? value:any) -> boolean",
      "Whether raw! made the markup.",
      (v) => v instanceof Markup && v.raw,
    ),
    primitive("(raw-html value:any) -> string", "The text of markup.", (markup: Markup) => markup.html),
    primitive(
      "(trusted-url? value:any) -> boolean",
      "Whether the program vouches for an address.",
      (value: Value) => value instanceof TrustedUrl,
    ),
  ];
}

function nodePrimitives(): Primitive[] {
  const test = (name: string, doc: string, kind: new (...args: never[]) => object) =>
    primitive(`(${name} value:any) -> boolean`, doc, (value: Value) => value instanceof kind);
  return [
    primitive(
      "(make-raw html:string) -> any",
      "A node of finished markup.",
      (html: string) => new RawNode(html),
    ),
    test("raw-node?", "Whether a node is finished markup.", RawNode),
    primitive(
      "(make-element tag:string attributes:list children:list) -> any",
      "An element of decided attributes, each a name and a value, and of nodes.",
      (tag: string, attributes: [string, AttributeValue][], children: Node[]) =>
        new ElementNode(tag, attributes, children),
    ),
    test("element-node?", "Whether a node is an element.", ElementNode),
    primitive(
      "(make-hole id:string nodes:list) -> any",
      "A place that is filled later, and what it shows until then.",
      (id: string, nodes: Node[]) => new HoleNode(id, nodes),
    ),
    test("hole-node?", "Whether a node is such a place.", HoleNode),
    primitive(
      "(make-call name:string props:dict children:list) -> any",
      "A component's call that is left to its receiver.",
      (name: string, props: Dict, children: Value[]) => new CallNode(name, props, children),
    ),
    test("call-node?", "Whether a node is such a call.", CallNode),
  ];
}
