// A primitive of the language: its function here, its row in the book (spec/primitives.sx), joined by name.
// A name without a row does not type-check; a row without a function is found by table.test.ts.

import { type Primitive, primitive, type RawFunction } from "./primitive.ts";
import { rows } from "./rows.ts";

/** Makes the primitive of a row. Right after the book was changed, `npm run bootstrap` makes the rows anew. */
export function fromRow(name: keyof typeof rows, raw: RawFunction): Primitive {
  const { signature, doc, errors, pure } = rows[name];
  return primitive(signature, doc, raw, { errors, pure });
}
