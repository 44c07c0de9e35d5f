// Reading a WordPress export (WXR, which is RSS with additions) as XML.
// Streams the file and hands over one child of the channel at a time. A file that is not well-formed, declares a
// document type or nests beyond any real export is refused with its line and column. What the elements mean is
// in wordpress.ts.

import { SaxesParser } from "saxes";
import { ImportRefusal } from "./imported-site.ts";

/** An element with its text and child elements; names are written as in the file, such as "wp:post_id". */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
  readonly children: XmlElement[];
}

/** A real export is six levels deep. */
const maxDepth = 32;
/** Read in pieces, so that the parser never copies the whole file. */
const pieceLength = 1 << 20;

/**
 * Reads the export in `text` and calls `take` for every child of its channel, in order. Returns the number of
 * characters that XML forbids and that were replaced: plugins leave such in post texts, and the rest is still good.
 * Throws ImportRefusal with the place.
 */
export function readWordpressFile(text: string, take: (element: XmlElement) => void): { forbidden: number } {
  const parser = new SaxesParser();
  const open: XmlElement[] = [];
  let forbidden = 0;
  const refuse = (sentence: string): never => {
    throw new ImportRefusal(`line ${parser.line}, column ${parser.column}`, sentence);
  };
  parser.on("error", (error) => {
    const reason = error.message.replace(/^\d+:\d+: /, "").replace(/[.]?$/, "");
    refuse(`The file is not well-formed XML (${reason}). ${advice(reason)}`);
  });
  parser.on("doctype", () => {
    refuse(
      "The file declares a document type, which a WordPress export never does. Nothing was read from it.",
    );
  });
  parser.on("opentag", (tag) => {
    if (open.length === 0 && tag.name !== "rss") {
      refuse(
        `The outermost element is <${tag.name.slice(0, 40)}>, so this is no WordPress export (that is <rss>).`,
      );
    }
    if (open.length >= maxDepth)
      refuse(`Elements are nested more than ${maxDepth} deep, which no export is.`);
    const element: XmlElement = { name: tag.name, attributes: tag.attributes, text: "", children: [] };
    // The channel's own children are handed over and forgotten.
    if (open.length > 2) open.at(-1)!.children.push(element);
    open.push(element);
  });
  const addText = (more: string) => {
    const element = open.at(-1);
    if (element !== undefined && open.length > 2) element.text += more;
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("closetag", () => {
    const element = open.pop()!;
    if (open.length === 2 && open[1]!.name === "channel") take(element);
  });
  for (let at = 0; at < text.length || at === 0; at += pieceLength) {
    const piece = text.slice(at, at + pieceLength).replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, () => {
      forbidden += 1;
      return "\ufffd";
    });
    parser.write(at === 0 ? piece.replace(/^\ufeff?\s*(?=<)/, "") : piece);
  }
  parser.close();
  return { forbidden };
}

function advice(reason: string): string {
  if (/unclosed|unexpected end|no root|must contain/i.test(reason)) {
    return "It seems to be cut off: download the export once more.";
  }
  return "Export once more, or mend the file at this place.";
}

/** The text of the first child with this name, or "" when there is none. */
export function childText(element: XmlElement, name: string): string {
  return element.children.find((child) => child.name === name)?.text ?? "";
}

/** The text of the first child with this name, or null when there is none or it is blank. */
export function childLine(element: XmlElement, name: string): string | null {
  return childText(element, name).trim() || null;
}
