// What render.sx asks of its host: markup and the nodes it is made of, and errors by kind. Nodes are text (a
// string), elements, and markup that is finished already.

import type { ErrorDetails, ErrorKind } from "../core/error-kinds.ts";
import { sxError } from "../core/errors.ts";
import { type Primitive, primitive } from "../core/primitives/primitive.ts";
import { Markup, TrustedUrl, type Value } from "../core/values.ts";

/** Markup that is finished already, among nodes. */
class RawNode {
  readonly html: string;
  constructor(html: string) {
    this.html = html;
  }
}

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
    primitive(
      "(make-raw html:string) -> any",
      "A node of finished markup.",
      (html: string) => new RawNode(html),
    ),
    primitive(
      "(raw-node? value:any) -> boolean",
      "Whether a node is finished markup.",
      (v) => v instanceof RawNode,
    ),
    primitive(
      "(make-markup html:string) -> markup",
      "Markup of finished text.",
      (html: string) => new Markup(html),
    ),
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
