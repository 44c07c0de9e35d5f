// A library as the checker sees it: read, collected and resolved like any other, except that an error is noted and
// what it stands in becomes a value nobody knows anything of, so that one error hides no other. A name whose
// definition is wrong is known all the same; what a broken macro would have made is not looked at.

import { prelude } from "../bootstrap/emitted/prelude.js";
import { frontEnd } from "../bootstrap/front-end.ts";
import { SxError, suggest, sxError } from "../core/errors.ts";
import { type Form, ListForm, spanOf } from "../core/form.ts";
import { nativeRows } from "../core/primitives/rows.ts";
import { createPrimitives } from "../core/primitives/table.ts";
import { readForms } from "../core/reader.ts";
import { Source, type Span } from "../core/source.ts";
import { isDict, SxSymbol, type Value } from "../core/values.ts";
import { type Core, Local } from "../front/core.ts";
import { type ComponentShape, type Definition, Library, type MacroRunner } from "../front/definition.ts";
import type { FrontEnd, Scope, Watch } from "../front/front-end.ts";
import { TemplateSymbol } from "../front/template-symbol.ts";
import { childrenOf } from "../front/walk.ts";
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
  private readonly checked = new Map<Library, CheckedLibrary>();

  constructor(names: ReadonlySet<string>) {
    this.names = names;
    this.machine = new MacroMachine(({ library }) => this.checked.get(library) as CheckedLibrary); // every library of this loader has one
    this.preludeLibrary = new Library([], true);
    const checked = this.check(this.preludeLibrary);
    for (const form of preludeForms) checked.collect(form);
    checked.resolveDefinitions();
  }

  private check(library: Library): CheckedLibrary {
    const checked = new CheckedLibrary(library, this.names, (macro) => this.machine.functionOf(macro));
    this.checked.set(library, checked);
    return checked;
  }

  load(text: LibraryText): LoadedLibrary {
    const known = this.loaded.get(text);
    if (known) return known;
    const parents = (text.dependencies ?? []).map((dependency) => this.load(dependency).library);
    const library = new Library(parents.length > 0 ? parents : [this.preludeLibrary]);
    const checked = this.check(library);
    const sources = text.files.map((file) => new Source(file.file, file.text));
    const forms = sources.flatMap((source) => checked.read(source));
    // Macros first, so that a use may stand before its definition.
    const isMacro = (form: Form) => headOf(form) === "defmacro";
    for (const form of forms.filter(isMacro)) checked.collect(form);
    for (const form of forms.filter((one) => !isMacro(one))) checked.collect(form);
    const loaded: LoadedLibrary = {
      library,
      sources,
      findings: checked.findings,
      parts: [...checked.resolveDefinitions(), ...checked.resolveExpressions()],
    };
    this.loaded.set(text, loaded);
    return loaded;
  }
}

function headOf(form: Form): string | null {
  return form instanceof ListForm && form.items[0] instanceof SxSymbol ? form.items[0].name : null;
}

/** Stands for an error that was noted already. */
class Noted extends Error {}

/** One library on its way through the front end: errors are noted, and it goes on. */
class CheckedLibrary implements Watch {
  readonly findings = new Findings();
  private readonly library: Library;
  private readonly frontEnd: FrontEnd;
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

  constructor(library: Library, names: ReadonlySet<string>, runMacro: MacroRunner) {
    this.library = library;
    const runNoting: MacroRunner = (macro) => {
      const run = runMacro(macro);
      return (args) => {
        const expansion = run(args);
        this.noteDropped(args, expansion);
        return expansion;
      };
    };
    this.frontEnd = frontEnd(library, names, runNoting, this);
  }

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
    const collected = this.attempt(spanOf(form), () => this.frontEnd.collect([form]));
    if (collected || !(form instanceof ListForm)) return;
    const target = form.items[1] instanceof ListForm ? form.items[1].items[0] : form.items[1];
    if (target instanceof SxSymbol) this.lost.add(target.name);
  }

  resolveDefinitions(): Part[] {
    const definitions = [...this.library.definitions.values()];
    for (const definition of definitions) if (definition.kind === "component") this.readShape(definition);
    for (const definition of definitions) this.resolveDefinition(definition);
    return definitions.flatMap((definition) => {
      const { core, span } = definition;
      if (!core || !span) return [];
      const isWhole = !this.broken.has(definition) && !callsBadHeader(core);
      return [{ definition, core, span, isWhole, dropped: this.droppedIn(definition) }];
    });
  }

  resolveExpressions(): Part[] {
    return this.library.expressions.flatMap((form) => {
      this.dropped.delete(null);
      this.noted = 0;
      const span = spanOf(form);
      this.around = span;
      const core = this.frontEnd.resolveExpression(form);
      const isWhole = this.noted === 0 && !callsBadHeader(core);
      return span ? [{ definition: null, core, span, isWhole, dropped: this.droppedIn(null) }] : [];
    });
  }

  /** A component's parameters, before anybody calls it. */
  private readShape(definition: Definition): void {
    this.within(definition, () => this.frontEnd.shapeOf(definition));
    definition.shape ??= anyShape;
  }

  resolveDefinition(definition: Definition): void {
    if (definition.state !== "read") return;
    this.within(definition, () => this.frontEnd.resolveDefinition(definition));
    definition.state = "resolved";
  }

  private within(definition: Definition, step: () => void): void {
    this.owners.push(definition);
    this.attempt(definition.span, step);
    this.owners.pop();
  }

  look(form: Form, scope: Scope): void {
    if (!(form instanceof ListForm)) return;
    checkShadow(form, scope, this.findings);
    checkCase(form, this.findings);
    this.head = form.items[0];
  }

  recover(error: unknown, form: Form): Core {
    this.add(form instanceof SxSymbol ? this.unbound(error, form) : error, spanOf(form));
    return unknown(spanOf(form));
  }

  note(error: SxError): void {
    this.add(error, null);
  }

  /** What to say of a name that means nothing; other errors stay what they are. */
  private unbound(error: unknown, symbol: SxSymbol): unknown {
    if (!(error instanceof SxError) || error.kind !== "name/unbound") return error;
    if (this.lost.has(symbol.name)) return new Noted();
    // The realm knows no better; here a mistyped element is more likely than a name nothing is near to.
    const isPlain = this.head === symbol && error.help === null;
    const tag = isPlain ? suggest(symbol.name, htmlTags) : null;
    if (tag === null) return error;
    const better = sxError("name/unbound", { name: symbol.name, suggestion: tag }, error.span);
    better.expansions.push(...error.expansions);
    return better;
  }

  /** Runs a step and notes its error; answers undefined then. */
  private attempt<T>(near: Span | null, step: () => T): T | undefined {
    try {
      return step();
    } catch (error) {
      this.add(error, near);
      return undefined;
    }
  }

  private add(error: unknown, near: Span | null): void {
    const owner = this.owners.at(-1);
    if (owner) this.broken.add(owner);
    this.noted++;
    if (error instanceof Noted || error instanceof BrokenMacro) return;
    if (!(error instanceof SxError)) throw error;
    const around = owner?.span ?? this.around;
    const places = [error.span, ...error.expansions.map(({ span }) => span), near, around];
    const place = places.find((span) => span !== null && this.sources.has(span.source));
    if (!place) throw error;
    this.findings.refuse(error, place);
  }

  /** Keeps the names that a macro was given and did not use. */
  private noteDropped(args: readonly Value[], expansion: Value): void {
    const owner = this.owners.at(-1) ?? null;
    const names = this.dropped.get(owner) ?? new Set();
    this.dropped.set(owner, names);
    const kept = symbolsIn(expansion);
    for (const name of symbolsIn(args)) if (!kept.has(name)) names.add(name);
  }
}

/** The names in code that is data. */
function symbolsIn(code: Value): Set<string> {
  const names = new Set<string>();
  const visit = (part: Value): void => {
    if (part instanceof SxSymbol && !(part instanceof TemplateSymbol)) names.add(part.name);
    else if (Array.isArray(part)) part.forEach(visit);
    else if (isDict(part)) Object.values(part).forEach(visit);
  };
  visit(code);
  return names;
}

/** What stands for the header of a component that is wrong: whatever it is given may be right. */
const anyShape: ComponentShape = {
  props: [],
  env: [],
  children: new Local("children", null, true),
  attrs: new Local("attrs", null, true),
};

/** Whether a form calls a component whose header is wrong, so that what it uses is not known. */
function callsBadHeader(core: Core): boolean {
  // With a queue of its own, since a form may be deeper than the stack.
  const queue = [core];
  for (let node = queue.pop(); node; node = queue.pop()) {
    if (node.kind === "definition" && node.definition.shape === anyShape) return true;
    for (const child of childrenOf(node)) queue.push(child);
  }
  return false;
}

/** What stands for a form that is wrong: a variable that nothing binds. */
function unknown(span: Span | null): Core {
  return { kind: "local", span, local: new Local("unknown", null, true) };
}
