// The formatter: a text laid out anew, with every comment where it was. It changes no form that is read, except
// for synonyms that are one core form (spelling.ts); what it has formatted it leaves as it is. A text that cannot
// be read is refused with the reader's error. Its rules are in README.md.

import { readForms } from "../core/reader.ts";
import { Source } from "../core/source.ts";
import { BlockBuilder } from "./block.ts";
import { Layout } from "./layout.ts";
import { findSpellings } from "./spelling.ts";
import { parseSyntax, type Syntax } from "./syntax.ts";

/** A text as it should be written. Throws an SxError of kind `read/…` for one that cannot be read. */
export function formatText(text: string, file = "<text>"): string {
  readForms(new Source(file, text));
  const roots = parseSyntax(text);
  if (roots.length === 0) return "";
  const lineBreak = lineBreakOf(text, roots);
  const block = new BlockBuilder(text, findSpellings(text, roots)).buildFile(roots);
  return new Layout(lineBreak).layOut(block, 0, 0).text + lineBreak;
}

/** How lines end: as the first one between two top-level forms does. */
function lineBreakOf(text: string, roots: readonly Syntax[]): string {
  for (let i = 0; i <= roots.length; i++) {
    const found = /\r?\n/.exec(text.slice(roots[i - 1]?.end ?? 0, roots[i]?.start));
    if (found) return found[0];
  }
  return "\n";
}
