// The words the language brings: primitives and functions with their rows, the prelude, and what the marks of a
// parameter list mean. Special forms are in special-forms.ts.

import { join } from "node:path";
import type { Row } from "../core/primitives/primitive.ts";
import { nativeRows, rows } from "../core/primitives/rows.ts";

/** Each primitive and native function with the row that describes it. */
export const languageRows: ReadonlyMap<string, Row> = new Map<string, Row>(
  Object.entries<Row>({ ...rows, ...nativeRows }),
);

export const languageNames: ReadonlySet<string> = new Set(languageRows.keys());

/** The file of the prelude: every program sees what it defines. */
export const preludeFile = join(import.meta.dirname, "../spec/prelude.sx");
