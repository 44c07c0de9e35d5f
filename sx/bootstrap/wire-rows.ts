// What wire.sx asks of its host beside the sink of render.sx: functions as they travel, errors with a place in
// the text, and which names are elements.

import type { ErrorDetails, ErrorKind } from "../core/error-kinds.ts";
import { sxError } from "../core/errors.ts";
import { type Primitive, primitive } from "../core/primitives/primitive.ts";
import { Source } from "../core/source.ts";
import type { Value } from "../core/values.ts";
import { Handler } from "../render/nodes.ts";
import { htmlTags, sharedSvgTags, svgTags } from "../render/tags.ts";
import { sinkPrimitives } from "./sink.ts";

/** The rows of the interface. */
export function wirePrimitives(): Primitive[] {
  return [
    ...sinkPrimitives(),
    primitive(
      "(refuse-at kind:string details:dict text:string at:integer) -> any",
      "Raises an error that stands at a place of a text of the wire.",
      (kind: ErrorKind, details: ErrorDetails<ErrorKind>, text: string, at: number) => {
        throw sxError(kind, details, { source: new Source("<wire>", text), start: at, end: at + 1 });
      },
    ),
    primitive(
      "(make-handler address:string data:list) -> any",
      "A function as it travels.",
      (address: string, data: Value[]) => new Handler(address, data),
    ),
    primitive(
      "(handler? value:any) -> boolean",
      "Whether a value is such a function.",
      (value: Value) => value instanceof Handler,
    ),
    primitive(
      "(element-name? name:string) -> boolean",
      "Whether HTML or SVG has an element of a name.",
      (name: string) => htmlTags.has(name) || svgTags.has(name) || sharedSvgTags.has(name),
    ),
    primitive(
      "(well-formed text:string) -> string",
      "A text without half surrogate pairs: what any encoding makes of it.",
      (text: string) => text.toWellFormed(),
    ),
  ];
}
