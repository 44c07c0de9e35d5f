// The names a session can use: what Tab offers for the word before the cursor, and what `:doc` says of a name.

import { suggest } from "../../core/errors.ts";
import { preludeDefinitions } from "../../lsp/prelude.ts";
import { formDocs } from "../../lsp/special-forms.ts";
import { languageRows } from "../../lsp/vocabulary.ts";
import { htmlTags } from "../../render/tags.ts";
import { type Session, unknownName } from "./session.ts";

/** As readline asks for it: the candidates for the word at the end of a line, and that word. */
export function complete(line: string, session: Session, commands: readonly string[]): [string[], string] {
  const word = /[^\s()[\]{}"'`,;]*$/.exec(line)?.[0] ?? "";
  const before = line.slice(0, line.length - word.length);
  if (insideText(before)) return [[], word];
  const candidates = before.trim() === "" && word.startsWith(":") ? commands : namesAfter(before, session);
  return [[...new Set(candidates)].filter((name) => name.startsWith(word)).sort(), word];
}

/** A call may begin with a form or an element; elsewhere only values stand. */
function namesAfter(before: string, session: Session): string[] {
  const values = [...session.names(), ...languageRows.keys(), ...preludeDefinitions.keys()];
  return before.endsWith("(") ? [...values, ...formDocs.keys(), ...htmlTags] : values;
}

/** Whether a line ends inside a string or a comment. */
function insideText(before: string): boolean {
  const rest = before.replace(/"(?:[^"\\]|\\.)*"/g, "");
  return rest.includes('"') || rest.includes(";");
}

/** What is known of a name, in a few lines. Throws an SxError with a suggestion for a name that is nothing. */
export function describeName(name: string, session: Session): string {
  const own = session.sourceOf(name);
  if (own !== null) return own;
  const form = formDocs.get(name);
  if (form) return `${form.shape}\n${form.doc}`;
  const row = languageRows.get(name);
  if (row) return `${row.signature}\n${row.doc}${raises(row.errors)}`;
  const inPrelude = preludeDefinitions.get(name);
  if (inPrelude) return [inPrelude.source, inPrelude.comment].filter(Boolean).join("\n");
  if (htmlTags.has(name)) return `(${name} :attribute value … child …)\nThe HTML element ${name}.`;
  throw unknownName(name, suggest(name, namesAfter("(", session)));
}

function raises(errors: readonly string[]): string {
  return errors.length === 0 ? "" : `\nMay raise ${errors.join(", ")}.`;
}
