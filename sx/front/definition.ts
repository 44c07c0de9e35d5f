// Definitions and the libraries that hold them. A definition goes from its form to its core form once, the
// first time somebody needs it; the engine then keeps what it made of it in `compiled`.

import type { Form, ListForm } from "../core/form.ts";
import type { Span } from "../core/source.ts";
import type { Value } from "../core/values.ts";
import type { Core, Fn, Local } from "./core.ts";

export interface Prop {
  readonly name: string;
  readonly type: string | null;
  readonly required: boolean;
  readonly fallback: Core | null;
  readonly doc: string | null;
  readonly local: Local;
}

export interface ComponentShape {
  readonly props: Prop[];
  /** Implicit parameters, resolved in the scope of each call site. */
  readonly env: { readonly name: string; readonly local: Local }[];
  readonly children: Local | null;
  /** Collects undeclared props. */
  readonly attrs: Local | null;
}

export type DefinitionKind = "value" | "function" | "component" | "macro";

export class Definition {
  readonly name: string;
  readonly kind: DefinitionKind;
  readonly form: ListForm;
  readonly library: Library;
  readonly span: Span | null;
  state: "read" | "resolving" | "resolved" = "read";
  /** A value's expression; for functions, macros and components the `fn` node. */
  core: Core | null = null;
  /** Components only: parsed from the header, so that calls can be checked before the body is resolved. */
  shape: ComponentShape | null = null;
  /** The frame of a component or macro; its parameters belong to it. */
  frame: Fn | null = null;
  /** A `set!` reaches it, so nobody may assume what it holds. */
  mutated = false;
  /** The engine's own record, or null until it has been compiled. */
  compiled: unknown = null;
  constructor(name: string, kind: DefinitionKind, form: ListForm, library: Library, span: Span | null) {
    this.name = name;
    this.kind = kind;
    this.form = form;
    this.library = library;
    this.span = span;
  }
}

/** What an engine offers the front end while it expands: run a macro's function on forms as data. */
export type MacroRunner = (macro: Definition) => (args: Value[]) => Value;

export class Library {
  readonly parents: readonly Library[];
  /** Its definitions give way to any other of the same name, as the prelude's do. */
  readonly yields: boolean;
  readonly definitions = new Map<string, Definition>();
  /** Literal strings in `class` positions, for the stylesheet. */
  readonly classStrings = new Set<string>();
  /** Top-level expressions in file order, run by `sx run`. */
  readonly expressions: Form[] = [];
  constructor(parents: readonly Library[], yields = false) {
    this.parents = parents;
    this.yields = yields;
  }

  /** The definition a name means here: this library's own, else its parents', else one that yields. */
  find(name: string): Definition | null {
    return this.search(name, false) ?? this.search(name, true);
  }

  private search(name: string, yielding: boolean): Definition | null {
    const own = this.yields === yielding ? this.definitions.get(name) : null;
    if (own) return own;
    for (const parent of this.parents) {
      const found = parent.search(name, yielding);
      if (found) return found;
    }
    return null;
  }

  /** Every visible name, for suggestions. */
  names(): string[] {
    return [...this.definitions.keys(), ...this.parents.flatMap((parent) => parent.names())];
  }
}
