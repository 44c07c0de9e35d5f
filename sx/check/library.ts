// A library as the checker sees it: read, collected and resolved like any other, except that an error is noted and
// what it stands in becomes a value nobody knows anything of, so that one error hides no other. A name whose
// definition is wrong is known all the same; what a broken macro would have made is not looked at.

import { prelude } from "../bootstrap/emitted/prelude.js";
import { SxError, suggest, sxError } from "../core/errors.ts";
import { DictForm, type Form, ListForm, spanOf } from "../core/form.ts";
import { nativeRows } from "../core/primitives/rows.ts";
import { createPrimitives } from "../core/primitives/table.ts";
import { readForms } from "../core/reader.ts";
import { Source, type Span } from "../core/source.ts";
import { SxSymbol } from "../core/values.ts";
import { collectForms } from "../front/collect.ts";
import { type Core, Local } from "../front/core.ts";
import { type ComponentShape, type Definition, Library } from "../front/definition.ts";
import { TemplateSymbol } from "../front/macro.ts";
import { Resolver } from "../front/resolve.ts";
import type { Scope } from "../front/scope.ts";
import { htmlTags } from "../render/tags.ts";
import { Findings } from "./diagnostic.ts";
import { checkCase, checkShadow } from "./forms.ts";
import { BrokenMacro, MacroMachine } from "./macros.ts";

export interface SourceText {
  readonly file: string;
  readonly text: string;
}

/** The files of a library, and the libraries whose definitions it sees. */
export interface LibraryText {
  readonly files: readonly SourceText[];
  readonly dependencies?: readonly LibraryText[];
}

/** A library with everything that was found while it was loaded. */
export interface LoadedLibrary {
  readonly library: Library;
  readonly sources: readonly Source[];
  readonly findings: Findings;
  /** Its definitions and top-level expressions, resolved. */
  readonly parts: readonly Part[];
}

/** A definition or an expression at top level. */
export interface Part {
  readonly definition: Definition | null;
  readonly core: Core;
  readonly span: Span;
  /** Nothing in it is wrong, so all of it is known. */
  readonly isWhole: boolean;
  /** Names that macros were given in it and dropped. */
  readonly dropped: ReadonlySet<string>;
}

/** The names of the language's own functions. */
const languageNames: readonly string[] = [...createPrimitives().keys(), ...Object.keys(nativeRows)];

const preludeForms = readForms(new Source("prelude.sx", prelude));

/**
 * Loads a library over those it depends on, which are loaded first and whose own errors are not told.
 * `platform` names functions of the host.
 */
export function loadLibrary(text: LibraryText, platform: Iterable<string>): LoadedLibrary {
  return new Loader(new Set([...languageNames, ...platform])).load(text);
}

class Loader {
  private readonly names: ReadonlySet<string>;
  private readonly machine: MacroMachine;
  private readonly preludeLibrary: Library;
  private readonly loaded = new Map<LibraryText, LoadedLibrary>();
  private readonly resolvers = new Map<Library, CheckingResolver>();

  constructor(names: ReadonlySet<string>) {
    this.names = names;
    this.preludeLibrary = new Library([], true);
    const resolver = new CheckingResolver(this.preludeLibrary, names, () => {
      throw new Error("the prelude has no macros");
    });
    this.machine = new MacroMachine((definition) => this.resolverOf(definition.library));
    this.resolvers.set(this.preludeLibrary, resolver);
    collectForms(resolver, preludeForms);
    for (const definition of this.preludeLibrary.definitions.values()) resolver.resolveDefinition(definition);
  }

  private resolverOf(library: Library): CheckingResolver {
    return this.resolvers.get(library) as CheckingResolver; // every library of this loader has one
  }

  load(text: LibraryText): LoadedLibrary {
    const known = this.loaded.get(text);
    if (known) return known;
    const parents = (text.dependencies ?? []).map((dependency) => this.load(dependency).library);
    const library = new Library(parents.length > 0 ? parents : [this.preludeLibrary]);
    const resolver = new CheckingResolver(library, this.names, (macro) => this.machine.functionOf(macro));
    this.resolvers.set(library, resolver);
    const sources = text.files.map((file) => new Source(file.file, file.text));
    const forms = sources.flatMap((source) => resolver.read(source));
    // Macros first, so that a use may stand before its definition.
    const isMacro = (form: Form) => headOf(form) === "defmacro";
    for (const form of forms.filter(isMacro)) resolver.collect(form);
    for (const form of forms.filter((one) => !isMacro(one))) resolver.collect(form);
    const loaded: LoadedLibrary = {
      library,
      sources,
      findings: resolver.findings,
      parts: [...resolver.resolveDefinitions(), ...resolver.resolveExpressions()],
    };
    this.loaded.set(text, loaded);
    return loaded;
  }
}

function headOf(form: Form): string | null {
  return form instanceof ListForm && form.items[0] instanceof SxSymbol ? form.items[0].name : null;
}

/** Thrown where the cause was noted already. */
class Noted extends Error {}

/** A resolver that notes errors and goes on. */
class CheckingResolver extends Resolver {
  readonly findings = new Findings();
  /** Definitions with an error inside. */
  private readonly broken = new Set<Definition>();
  /** Names whose definition could not be collected. */
  private readonly lost = new Set<string>();
  /** By definition, the names that a macro call in it was given and dropped. */
  private readonly dropped = new Map<Definition | null, Set<string>>();
  /** The head of the call that was looked at last. */
  private head: Form | undefined;
  private readonly sources = new Set<Source>();
  /** The expression at top level that is being resolved. */
  private around: Span | null = null;
  /** How many errors were met. */
  private noted = 0;
  /** The definitions being resolved, innermost last. */
  private readonly owners: Definition[] = [];
  /** The macro calls being expanded, innermost last. */
  private trail: { macro: string; span: Span | null }[] = [];

  isBroken(definition: Definition): boolean {
    return this.broken.has(definition);
  }

  private droppedIn(definition: Definition | null): ReadonlySet<string> {
    return this.dropped.get(definition) ?? new Set();
  }

  /** The forms of a file; none where it cannot be read. */
  read(source: Source): Form[] {
    this.sources.add(source);
    return this.attempt({ source, start: 0, end: 0 }, () => readForms(source)) ?? [];
  }

  /** Collects one top-level form. */
  collect(form: Form): void {
    const collected = this.attempt(spanOf(form), () => collectForms(this, [form]));
    if (collected || !(form instanceof ListForm)) return;
    const target = form.items[1] instanceof ListForm ? form.items[1].items[0] : form.items[1];
    if (target instanceof SxSymbol) this.lost.add(target.name);
  }

  resolveDefinitions(): Part[] {
    const definitions = [...this.library.definitions.values()];
    for (const definition of definitions) this.resolveDefinition(definition);
    return definitions.flatMap((definition) => {
      const { core, span } = definition;
      const isWhole = !this.broken.has(definition);
      return core && span ? [{ definition, core, span, isWhole, dropped: this.droppedIn(definition) }] : [];
    });
  }

  resolveExpressions(): Part[] {
    return this.library.expressions.flatMap((form) => {
      this.dropped.delete(null);
      this.noted = 0;
      const span = spanOf(form);
      this.around = span;
      const core = this.resolveExpression(form);
      const dropped = this.droppedIn(null);
      return span ? [{ definition: null, core, span, isWhole: this.noted === 0, dropped }] : [];
    });
  }

  override resolveDefinition(definition: Definition): void {
    if (definition.state !== "read") return;
    const { trail } = this;
    this.trail = [];
    this.owners.push(definition);
    this.attempt(definition.span, () => super.resolveDefinition(definition));
    definition.state = "resolved";
    this.owners.pop();
    this.trail = trail;
  }

  override shapeOf(definition: Definition): ComponentShape {
    // Of a library below, whatever is wrong was noted there.
    if (definition.library !== this.library && definition.shape === null) throw new Noted();
    const shape = this.attempt(definition.span, () => super.shapeOf(definition));
    if (shape) return shape;
    this.broken.add(definition);
    throw new Noted();
  }

  override resolve(form: Form, scope: Scope): Core {
    if (form instanceof ListForm) {
      checkShadow(form, scope, this.findings);
      checkCase(form, this.findings);
      this.head = form.items[0];
    }
    return this.attempt(spanOf(form), () => super.resolve(form, scope)) ?? unknown(spanOf(form));
  }

  override expandThen<T>(macro: Definition, call: ListForm, next: (form: Form) => T): T {
    this.trail.push({ macro: macro.name, span: spanOf(call) });
    try {
      return super.expandThen(macro, call, (form) => {
        this.noteDropped(call, form);
        return next(form);
      });
    } finally {
      this.trail.pop();
    }
  }

  override unbound(symbol: SxSymbol, scope: Scope): Error {
    if (this.lost.has(symbol.name)) return new Noted();
    const error = super.unbound(symbol, scope);
    // The realm knows no better; here a mistyped element is more likely than a name nothing is near to.
    const isPlain = this.head === symbol && error instanceof SxError && error.help === null;
    const tag = isPlain ? suggest(symbol.name, htmlTags) : null;
    return tag === null
      ? error
      : sxError("name/unbound", { name: symbol.name, suggestion: tag }, spanOf(symbol));
  }

  override refuse(error: Error): void {
    this.note(error, null);
  }

  /** Runs a step and notes its error; answers undefined then. */
  private attempt<T>(near: Span | null, step: () => T): T | undefined {
    try {
      return step();
    } catch (error) {
      this.note(error, near);
      return undefined;
    }
  }

  private note(error: unknown, near: Span | null): void {
    const owner = this.owners.at(-1);
    if (owner) this.broken.add(owner);
    this.noted++;
    if (error instanceof Noted || error instanceof BrokenMacro) return;
    if (!(error instanceof SxError)) throw error;
    // The calls that the error left on its way here are on it already.
    error.expansions.push(...this.trail.toReversed());
    const around = owner?.span ?? this.around;
    const places = [error.span, ...error.expansions.map(({ span }) => span), near, around];
    const place = places.find((span) => span !== null && this.sources.has(span.source));
    if (!place) throw error;
    this.findings.refuse(error, place);
  }

  /** Keeps the names that a macro was given and did not use. */
  private noteDropped(call: ListForm, expansion: Form): void {
    const owner = this.owners.at(-1) ?? null;
    const names = this.dropped.get(owner) ?? new Set();
    this.dropped.set(owner, names);
    const kept = symbolsIn(expansion);
    for (const name of symbolsIn(call)) if (!kept.has(name)) names.add(name);
  }
}

function symbolsIn(form: Form): Set<string> {
  const names = new Set<string>();
  const visit = (part: Form): void => {
    if (part instanceof SxSymbol && !(part instanceof TemplateSymbol)) names.add(part.name);
    if (part instanceof ListForm) part.items.forEach(visit);
    if (part instanceof DictForm) part.values.forEach(visit);
  };
  visit(form);
  return names;
}

/** What stands for a form that is wrong: a variable that nothing binds. */
function unknown(span: Span | null): Core {
  return { kind: "local", span, local: new Local("unknown", null, true) };
}
