// The checker: everything that can be said of a library before it runs. Errors are what loading, linking or running
// would refuse, all of them and not only the first; warnings are what is most likely not meant. It knows no file
// system: folders.ts reads libraries from disk.

import type { Source } from "../core/source.ts";
import { withoutAllowed } from "./allowances.ts";
import { checkBindings } from "./bindings.ts";
import { failingCalls } from "./calls.ts";
import { checkClasses } from "./classes.ts";
import { type Diagnostic, type Finding, Findings, inOrder, toDiagnostic } from "./diagnostic.ts";
import { CallSites, checkElements } from "./elements.ts";
import { checkIds } from "./ids.ts";
import { Known } from "./known.ts";
import { type LibraryText, type LoadedLibrary, loadLibrary, type Part, type SourceText } from "./library.ts";
import { checkLiterals } from "./literals.ts";
import { checkNesting } from "./nested.ts";
import { checkOrder } from "./order.ts";

export type { Diagnostic } from "./diagnostic.ts";

export interface CheckOptions {
  /** The libraries whose definitions the files see. They are not checked themselves. */
  readonly dependencies?: readonly LibraryText[];
  /** Names of functions that the host brings beside the language's own. */
  readonly platform?: Iterable<string>;
}

/** Everything wrong with the files of one library, by file and place. */
export function checkFiles(files: readonly SourceText[], options: CheckOptions = {}): Diagnostic[] {
  const text: LibraryText = { files, dependencies: options.dependencies ?? [] };
  const loaded = loadLibrary(text, options.platform ?? []);
  return inOrder(checkLoaded(loaded).map(toDiagnostic));
}

function checkLoaded({ parts, sources, findings }: LoadedLibrary): Finding[] {
  const own = new Set(sources);
  const callSites = new CallSites(findings);
  for (const part of parts) checkPart(part, own, callSites, findings);
  // What a macro of another library made may have its place there.
  const told = findings.all().filter(({ span }) => own.has(span.source));
  const comments = new Findings();
  return [...withoutAllowed(told, sources, comments), ...comments.all()];
}

function checkPart(part: Part, own: ReadonlySet<Source>, callSites: CallSites, findings: Findings): void {
  const defaults = (part.definition?.shape?.props ?? []).map(({ fallback }) => fallback);
  try {
    for (const core of [part.core, ...defaults.filter((fallback) => fallback !== null)]) {
      const place = { core, known: new Known() };
      for (const { error, span } of failingCalls(place)) findings.refuse(error, span);
      checkElements(place, findings);
      callSites.check(place);
      checkLiterals(place, findings);
      checkNesting(place, own, findings);
      checkIds(place, findings);
      checkClasses(place, own, findings);
    }
    checkOrder(part.core, part.definition, findings);
    checkBindings(part, findings);
  } catch (error) {
    // The walks over a form are recursive, and choices without number are as deep as they are long.
    if (!(error instanceof RangeError)) throw error;
    findings.tell("check/too-deep", {}, part.span);
  }
}
