// The door of the SX package: realms, the reader and writer, and the error that everything throws.
// Engines have doors of their own (`@rose-ash/sx/js`), so that nobody carries one that is not used.

export { explain, SxError } from "./core/errors.ts";
export { write } from "./core/printer.ts";
export { read, readAll } from "./core/reader.ts";
export {
  Component,
  Condition,
  isDict,
  Keyword,
  Markup,
  Pending,
  SxSymbol,
  TrustedUrl,
  type Value,
} from "./core/values.ts";
export { createRealm, type Realm, type RealmOptions, type RenderOptions } from "./realm.ts";
export type { Chunk, RenderMode } from "./render/stream.ts";
