// Scopes of the name analysis: which local a name means at a place in a tree, and what is known of a local.

import type { Syntax } from "../format/syntax.ts";
import type { Name } from "./definitions.ts";
import type { Stretch } from "./positions.ts";

export type LocalRole =
  | "variable"
  | "parameter"
  | "function"
  | "loop"
  | "prop"
  | "implicit"
  | "children"
  | "attributes"
  | "caught"
  | "continuation"
  | "template";

/** A name bound inside a definition. */
export interface Local extends Name {
  readonly role: LocalRole;
  /** Where it can be seen, unless a name inside hides it. */
  readonly visible: Stretch;
  /** The component whose prop or implicit parameter it is; it can then be named at calls. */
  readonly component: string | null;
  /** What there is to show of it: the binding or the form. */
  readonly node: Syntax;
  /** Names with the same owner must differ, as the parameters of one function must. */
  readonly owner: string;
}

export class Scope {
  readonly parent: Scope | null;
  /** Inside an `svg` element, where SVG tags need no prefix. */
  readonly svg: boolean;
  private readonly locals = new Map<string, Local>();

  constructor(parent: Scope | null, svg = parent?.svg ?? false) {
    this.parent = parent;
    this.svg = svg;
  }

  add(local: Local): void {
    this.locals.set(local.name, local);
  }

  find(name: string): Local | null {
    for (let scope: Scope | null = this; scope; scope = scope.parent) {
      const local = scope.locals.get(name);
      if (local) return local;
    }
    return null;
  }
}
