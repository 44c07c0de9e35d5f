// Frames: what the wire carries beside markup, once a page is there. Each is one form; what a receiver does
// with it is not said here.

import type { Value } from "../core/values.ts";
import type { Node } from "./nodes.ts";
import { writeData, writeInside, writeText } from "./wire.ts";

/** How new nodes meet the target of a swap. */
export const swapModes: ReadonlySet<string> = new Set([
  "inner",
  "outer",
  "before",
  "prepend",
  "append",
  "after",
  "delete",
  "morph",
]);

export type Frame =
  /** Puts nodes in the place of, into or beside what has this name. */
  | {
      readonly frame: "swap";
      readonly target: string;
      readonly mode: string;
      readonly nodes: readonly Node[];
    }
  /** What a hole was waiting for. */
  | { readonly frame: "fill"; readonly id: string; readonly nodes: readonly Node[] }
  /** The new value of a signal. */
  | { readonly frame: "signal"; readonly name: string; readonly data: Value }
  /** What belongs into the head of the document. */
  | { readonly frame: "head"; readonly nodes: readonly Node[] }
  /** Definitions, `@h:hash`, that what follows calls. */
  | { readonly frame: "need"; readonly addresses: readonly string[] }
  /** A hole that stays empty, and why. */
  | { readonly frame: "fail"; readonly id: string; readonly kind: string; readonly message: string }
  /** Nothing follows. */
  | { readonly frame: "end" };

/** A frame as one line of wire text. Throws what `writeWire` throws. */
export function writeFrame(frame: Frame): string {
  return `(sx:${frame.frame}${writeParts(frame)})\n`;
}

function writeParts(frame: Frame): string {
  switch (frame.frame) {
    case "swap":
      return ` ${writeText(frame.target)} ${frame.mode}${writeInside(frame.nodes)}`;
    case "fill":
      return ` ${writeText(frame.id)}${writeInside(frame.nodes)}`;
    case "signal":
      return ` ${writeText(frame.name)} ${writeData(frame.data, `the signal ${frame.name}`, 1)}`;
    case "head":
      return writeInside(frame.nodes);
    case "need":
      return frame.addresses.map((address) => ` ${address}`).join("");
    case "fail":
      return ` ${writeText(frame.id)} {:kind ${writeText(frame.kind)} :message ${writeText(frame.message)}}`;
    case "end":
      return "";
  }
}
