// Symbols of templates: a macro's template remembers the library it was written in, so that its free names mean
// what they meant there, wherever the macro is called.

import { SxSymbol } from "../core/values.ts";
import type { Library } from "./definition.ts";

/** A symbol written in a quasiquote template: it means what it means in its home library. */
export class TemplateSymbol extends SxSymbol {
  readonly home: Library;
  constructor(symbol: SxSymbol, home: Library) {
    super(symbol.name, symbol.source, symbol.start);
    this.home = home;
  }
}
