// Scopes: which local a name means at a place in the source. A scope knows the function it stands in, so
// that a use from an inner function marks the local as captured.

import { spanOf } from "../core/form.ts";
import type { SxSymbol } from "../core/values.ts";
import { type Fn, Local } from "./core.ts";

export class Scope {
  readonly parent: Scope | null;
  /** The function whose activation is running here; null at top level. */
  readonly frame: Fn | null;
  /** Inside an `svg` element, where SVG tags need no prefix. */
  readonly svg: boolean;
  private readonly locals = new Map<string, Local>();

  constructor(parent: Scope | null, frame: Fn | null = parent?.frame ?? null, svg = parent?.svg ?? false) {
    this.parent = parent;
    this.frame = frame;
    this.svg = svg;
  }

  /** Makes a new variable visible from here on; a symbol says where the program names it. */
  bind(symbol: SxSymbol | string, generated = false): Local {
    const [name, span] = typeof symbol === "string" ? [symbol, null] : [symbol.name, spanOf(symbol)];
    const local = new Local(name, this.frame, generated, span);
    this.locals.set(name, local);
    return local;
  }

  /** Whether this very scope binds the name. */
  binds(name: string): boolean {
    return this.locals.has(name);
  }

  /** The local a name means here, marked as captured when it belongs to an outer function. */
  find(name: string): Local | null {
    for (let scope: Scope | null = this; scope; scope = scope.parent) {
      const local = scope.locals.get(name);
      if (local) {
        if (local.owner !== this.frame) local.captured = true;
        return local;
      }
    }
    return null;
  }

  names(): string[] {
    return [...this.locals.keys(), ...(this.parent?.names() ?? [])];
  }
}
