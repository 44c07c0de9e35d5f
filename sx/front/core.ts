// The core form: what every program is after expansion and resolution, and all that an engine has to know.
// Names are gone: a variable is the Local that binds it, a definition the Definition that it names. Each
// node keeps the span it came from; evaluation order is the order of the fields, left to right.

import type { Span } from "../core/source.ts";
import type { Value } from "../core/values.ts";
import type { Definition } from "./definition.ts";

/** One variable. Two locals are never the same object, so engines need no scopes of their own. */
export class Local {
  readonly name: string;
  /** A `set!` reaches it. */
  mutated = false;
  /** A function inside the one that binds it reads or writes it. */
  captured = false;
  /** How often it is read. */
  reads = 0;
  /** Made by the front end, not by the program. */
  readonly generated: boolean;
  /** The function whose activation holds it, or null at top level. */
  readonly owner: Fn | null;
  /** Where the program names it; null for one that a macro or the front end made. */
  readonly span: Span | null;
  constructor(name: string, owner: Fn | null, generated = false, span: Span | null = null) {
    this.name = name;
    this.owner = owner;
    this.generated = generated;
    this.span = span;
  }
}

export interface Fn {
  readonly kind: "fn";
  readonly span: Span | null;
  /** For messages and stacks; "fn" when it has none. */
  name: string;
  parameters: Local[];
  rest: Local | null;
  body: Core;
}

export type Core =
  | { readonly kind: "const"; readonly span: Span | null; readonly value: Value }
  | { readonly kind: "local"; readonly span: Span | null; readonly local: Local }
  | { readonly kind: "definition"; readonly span: Span | null; readonly definition: Definition }
  | { readonly kind: "primitive"; readonly span: Span | null; readonly name: string }
  | { readonly kind: "if"; readonly span: Span | null; test: Core; yes: Core; no: Core }
  | { readonly kind: "let"; readonly span: Span | null; bindings: Binding[]; body: Core }
  | { readonly kind: "letrec"; readonly span: Span | null; bindings: Binding[]; body: Core }
  | Fn
  | { readonly kind: "do"; readonly span: Span | null; readonly forms: Core[] }
  | {
      readonly kind: "set";
      readonly span: Span | null;
      readonly target: Local | Definition;
      readonly value: Core;
    }
  | { readonly kind: "call"; readonly span: Span | null; callee: Core; readonly args: Core[] }
  | { readonly kind: "dict"; readonly span: Span | null; readonly keys: string[]; readonly values: Core[] }
  | {
      readonly kind: "try";
      readonly span: Span | null;
      readonly body: Core;
      readonly caught: Local | null;
      readonly handler: Core | null;
      readonly cleanup: Core | null;
    }
  | {
      readonly kind: "provide";
      readonly span: Span | null;
      readonly key: Core;
      readonly value: Core;
      readonly body: Core;
    }
  | {
      readonly kind: "context";
      readonly span: Span | null;
      readonly key: Core;
      readonly fallback: Core | null;
    }
  /** Marks the continuation for `capture`: the body runs with a prompt of this tag around it. */
  | { readonly kind: "prompt"; readonly span: Span | null; readonly tag: Core; readonly body: Core }
  /** Takes the continuation up to and including the nearest prompt of the tag; the body runs outside it. */
  | {
      readonly kind: "capture";
      readonly span: Span | null;
      readonly tag: Core;
      readonly local: Local;
      readonly body: Core;
    }
  /** Asks the host for an effect and waits for its answer. */
  | { readonly kind: "perform"; readonly span: Span | null; readonly operation: Core; readonly args: Core[] }
  | {
      readonly kind: "element";
      readonly span: Span | null;
      readonly tag: string;
      /** A null name is a spread: its value is a dict of attributes. */
      readonly attributes: {
        readonly name: string | null;
        readonly value: Core;
        readonly span: Span | null;
      }[];
      readonly children: Core[];
    }
  | { readonly kind: "fragment"; readonly span: Span | null; readonly children: Core[] }
  | ComponentCall;

export interface ComponentCall {
  readonly kind: "component-call";
  readonly span: Span | null;
  /** A `definition` node for a component known by name, else the expression that gives it. */
  readonly component: Core;
  /** In evaluation order; a null name is a spread. Implicit parameters stand among them by name. */
  readonly props: { readonly name: string | null; readonly value: Core; readonly span: Span | null }[];
  readonly children: Core[];
}

export interface Binding {
  readonly local: Local;
  value: Core;
}

/** Several core forms as one. */
export function sequence(forms: Core[]): Core {
  if (forms.length === 1) return forms[0] as Core; // length checked
  return { kind: "do", span: null, forms };
}
