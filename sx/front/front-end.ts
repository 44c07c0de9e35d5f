// A front end: what makes definitions of a library's forms, and core forms of definitions and expressions. There is
// one, the chapters expand.sx and resolve.sx as they are emitted; ../bootstrap/front-end.ts starts it.

import type { SxError } from "../core/errors.ts";
import type { Form } from "../core/form.ts";
import type { Core, Local } from "./core.ts";
import type { ComponentShape, Definition, Library, MacroRunner } from "./definition.ts";

export interface FrontEnd {
  readonly library: Library;
  /** Adds the forms of one file to the library; answers the definitions that are new. */
  collect(forms: readonly Form[]): Definition[];
  /** Resolves a definition once; its core form is in `core` afterwards. */
  resolveDefinition(definition: Definition): void;
  /** The core form of an expression at top level. */
  resolveExpression(form: Form): Core;
  /**
   * A component's parameters, for its callers: until the component itself is resolved, their defaults are
   * left out, so that a default may call any component, its own too.
   */
  shapeOf(definition: Definition): ComponentShape;
}

/** Makes the front end of one library. `primitives` names its functions, `runMacro` runs its macros. */
export type StartFrontEnd = (
  library: Library,
  primitives: ReadonlySet<string>,
  runMacro: MacroRunner,
  watch?: Watch,
) => FrontEnd;

/** Whoever looks for all errors in a program. Without one, the first error is thrown. */
export interface Watch {
  /** Told of an error after which the rest of the form can still be looked at. */
  note(error: SxError): void;
  /** Sees a form before it is resolved. */
  look?(form: Form, scope: Scope): void;
  /** Told of whatever a form was given up for, and gives what stands for the form from then on. */
  recover?(error: unknown, form: Form): Core;
}

/** Which variable a name means at a place: what `locals` says, else what `parent` says. */
export interface Scope {
  readonly parent: Scope | null;
  readonly locals: ReadonlyMap<string, Local> | null;
}
