// The resolver: a source form in, a core form out. It decides what every head means, expands macros as it
// meets them, and binds every name, so an unknown one is found here and not while a page is drawn.
// The special forms are in special.ts and sugar.ts, elements and component calls in markup.ts.

import { suggest, sxError } from "../core/errors.ts";
import { DictForm, type Form, ListForm, spanOf } from "../core/form.ts";
import type { Span } from "../core/source.ts";
import { Keyword, SxSymbol } from "../core/values.ts";
import { htmlTags, sharedSvgTags, svgTags } from "../render/tags.ts";
import { type Core, type Fn, nameFunction, sequence } from "./core.ts";
import type { Definition, Library, MacroRunner } from "./definition.ts";
import { parseShape } from "./header.ts";
import { addTrail, Expansion, TemplateSymbol } from "./macro.ts";
import { resolveComponentCall, resolveElement } from "./markup.ts";
import { Scope } from "./scope.ts";
import { badDefine, headName } from "./shape.ts";
import { resolveFunction, specialForms } from "./special.ts";

const deepestExpansion = 400;
const deepestNesting = 500;

export class Resolver {
  readonly library: Library;
  /** Names of the primitives and the engine's own functions. */
  readonly primitives: ReadonlySet<string>;
  private readonly runMacro: MacroRunner;
  /** A call expands once, however often its form is looked at. */
  private readonly expansions = new WeakMap<ListForm, Form>();
  private expansionDepth = 0;
  private nesting = 0;

  constructor(library: Library, primitives: ReadonlySet<string>, runMacro: MacroRunner) {
    this.library = library;
    this.primitives = primitives;
    this.runMacro = runMacro;
  }

  /** The core form of an expression at top level. */
  resolveExpression(form: Form): Core {
    return this.resolve(form, new Scope(null));
  }

  /** Resolves a definition once; its core form is in `core` afterwards. */
  resolveDefinition(definition: Definition): void {
    if (definition.state !== "read") return;
    definition.state = "resolving";
    try {
      if (definition.kind === "component") this.resolveComponent(definition);
      else if (definition.kind === "value") {
        const value = definition.form.items.at(-1) as Form; // the header was checked when it was collected
        definition.core = this.resolve(value, new Scope(null));
      } else {
        definition.core = resolveFunction(this, definition.form, new Scope(null), definition.name);
      }
      definition.state = "resolved";
    } catch (error) {
      definition.state = "read";
      throw error;
    }
  }

  private resolveComponent(definition: Definition): void {
    const { frame, scope } = this.shapeOf(definition);
    const [, , , ...body] = definition.form.items;
    frame.body = this.body(body, scope, definition.form);
    definition.core = frame;
  }

  /** A component's parameters, parsed on first use, so that callers can be checked before its body is. */
  shapeOf(definition: Definition): { frame: Fn; scope: Scope } {
    const frame: Fn = definition.frame ?? {
      kind: "fn",
      span: definition.span,
      name: definition.name,
      parameters: [],
      rest: null,
      body: { kind: "const", span: null, value: null },
    };
    const scope = new Scope(null, frame);
    definition.frame = frame;
    definition.shape = parseShape(this, definition, scope);
    return { frame, scope };
  }

  resolve(form: Form, scope: Scope): Core {
    if (form instanceof ListForm) return this.resolveNested(form, scope);
    if (form instanceof SxSymbol) return this.resolveSymbol(form, scope);
    if (form instanceof Keyword) return { kind: "const", span: null, value: form.name };
    if (form instanceof DictForm) {
      const values = form.values.map((value) => this.resolve(value, scope));
      return { kind: "dict", span: spanOf(form), keys: form.keys, values };
    }
    return { kind: "const", span: null, value: form };
  }

  private resolveNested(form: ListForm, scope: Scope): Core {
    if (this.nesting >= deepestNesting) {
      throw sxError("read/too-deep", { limit: deepestNesting }, spanOf(form));
    }
    this.nesting++;
    try {
      return this.resolveList(form, scope);
    } finally {
      this.nesting--;
    }
  }

  private resolveList(form: ListForm, scope: Scope): Core {
    const head = form.items[0];
    const span = spanOf(form);
    if (head === undefined)
      throw sxError(
        "syntax/bad-form",
        { form: "()", shape: "(function argument …)", found: "an empty list" },
        span,
      );
    if (head instanceof SxSymbol) {
      const special = specialForms.get(head.name);
      if (special) return special(this, form, scope);
      const tag = this.tagOf(head, scope);
      if (tag) return resolveElement(this, form, tag, scope);
      const macro = this.macroOf(head, scope);
      if (macro) return this.expandThen(macro, form, (expansion) => this.resolve(expansion, scope));
      if (head.name.startsWith("~")) return resolveComponentCall(this, form, scope);
    }
    const callee = this.resolve(head, scope);
    const args = form.items.slice(1).map((item) => this.resolve(item, scope));
    return { kind: "call", span, callee, args };
  }

  private resolveSymbol(symbol: SxSymbol, scope: Scope): Core {
    const span = spanOf(symbol);
    const local = symbol instanceof TemplateSymbol ? null : scope.find(symbol.name);
    if (local) {
      local.reads++;
      return { kind: "local", span, local };
    }
    const definition = this.definitionOf(symbol);
    if (definition) {
      if (definition.kind === "macro") {
        throw sxError(
          "syntax/bad-form",
          { form: symbol.name, shape: `(${symbol.name} …)`, found: "a macro used as a value" },
          span,
        );
      }
      return { kind: "definition", span, definition };
    }
    if (this.primitives.has(symbol.name)) return { kind: "primitive", span, name: symbol.name };
    throw this.unbound(symbol, scope);
  }

  /** The error for a name that means nothing here, with the nearest name that does. */
  unbound(symbol: SxSymbol, scope: Scope): Error {
    const candidates = [
      ...scope.names(),
      ...this.library.names(),
      ...this.primitives,
      ...specialForms.keys(),
    ];
    return sxError(
      "name/unbound",
      { name: symbol.name, suggestion: suggest(symbol.name, candidates) },
      spanOf(symbol),
    );
  }

  /** The definition a symbol names, seen from where the symbol was written. */
  definitionOf(symbol: SxSymbol): Definition | null {
    const library = symbol instanceof TemplateSymbol ? symbol.home : this.library;
    return library.find(symbol.name);
  }

  /** The element a head means, or null. The one name that HTML and the language both want, `map`, is the function. */
  private tagOf(head: SxSymbol, scope: Scope): string | null {
    const name = head.name;
    if (name === "map") return null;
    if (htmlTags.has(name)) return name;
    const colon = name.indexOf(":");
    if (colon > 0) {
      const local = name.slice(colon + 1);
      if (name.startsWith("html:") && htmlTags.has(local)) return local;
      if (name.startsWith("svg:") && (svgTags.has(local) || sharedSvgTags.has(local))) return local;
      if (name.startsWith("html:") || name.startsWith("svg:")) {
        const known = [...(name.startsWith("svg:") ? svgTags : htmlTags)].map(
          (tag) => name.slice(0, colon + 1) + tag,
        );
        throw sxError("html/bad-tag", { tag: name, suggestion: suggest(name, known) }, spanOf(head));
      }
    }
    if (!scope.svg || !svgTags.has(name)) return null;
    const taken = scope.find(name) || this.definitionOf(head) || this.primitives.has(name);
    return taken ? null : name;
  }

  /** The macro a head names, or null. A local of the same name hides it. */
  macroOf(head: SxSymbol, scope: Scope): Definition | null {
    if (!(head instanceof TemplateSymbol) && scope.find(head.name)) return null;
    const definition = this.definitionOf(head);
    return definition?.kind === "macro" ? definition : null;
  }

  /** Expands a macro call and goes on with the result; errors inside name the expansion. */
  expandThen<T>(macro: Definition, call: ListForm, next: (form: Form) => T): T {
    const span = spanOf(call);
    if (this.expansionDepth >= deepestExpansion) {
      throw sxError("macro/too-deep", { macro: macro.name, limit: deepestExpansion }, span);
    }
    this.expansionDepth++;
    try {
      return next(this.expand(macro, call, span));
    } catch (error) {
      throw addTrail(error, macro.name, span);
    } finally {
      this.expansionDepth--;
    }
  }

  private expand(macro: Definition, call: ListForm, span: Span | null): Form {
    const known = this.expansions.get(call);
    if (known !== undefined) return known;
    if (macro.state === "resolving") {
      throw sxError(
        "macro/failed",
        { macro: macro.name, reason: "it is used inside its own definition" },
        span,
      );
    }
    const expansion = new Expansion(call);
    const run = this.runMacro(macro);
    let answer: unknown;
    try {
      answer = run(expansion.args());
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw sxError("macro/failed", { macro: macro.name, reason }, span);
    }
    const form = expansion.toForm(answer, macro.name);
    this.expansions.set(call, form);
    return form;
  }

  /** A body: forms in order, the last one's value. Inner definitions see each other, as in `letrec`. */
  body(forms: readonly Form[], scope: Scope, owner: ListForm): Core {
    if (forms.length === 0) {
      const found = "no body";
      throw sxError(
        "syntax/bad-form",
        { form: headName(owner), shape: "a body of one or more forms", found },
        spanOf(owner),
      );
    }
    const flat = this.flattenDefinitions(forms, scope);
    const inner = new Scope(scope);
    const defined = new Map<ListForm, ReturnType<Scope["bind"]>>();
    for (const form of flat) {
      const name = innerDefinitionName(form);
      if (!name) continue;
      if (inner.binds(name.name))
        this.refuse(sxError("name/duplicate", { name: name.name, where: "this body" }, spanOf(name)));
      this.refuseReserved(name);
      defined.set(form as ListForm, inner.bind(name)); // only list forms define
    }
    if (defined.size === 0) return sequence(flat.map((form) => this.resolve(form, scope)));
    return this.letrecBody(flat, defined, inner);
  }

  private letrecBody(forms: Form[], defined: Map<ListForm, ReturnType<Scope["bind"]>>, scope: Scope): Core {
    const lastDefinition = forms.findLastIndex((form) => form instanceof ListForm && defined.has(form));
    const bindings = forms.slice(0, lastDefinition + 1).map((form) => {
      const local = form instanceof ListForm ? defined.get(form) : undefined;
      if (!local)
        return { local: scope.bind(`step ${scope.names().length}`, true), value: this.resolve(form, scope) };
      return { local, value: this.definedValue(form as ListForm, scope, local.name) }; // the map's keys are list forms
    });
    const rest = forms.slice(lastDefinition + 1).map((form) => this.resolve(form, scope));
    const body: Core = rest.length > 0 ? sequence(rest) : { kind: "const", span: null, value: null };
    return { kind: "letrec", span: null, bindings, body };
  }

  private definedValue(form: ListForm, scope: Scope, name: string): Core {
    if (form.items[1] instanceof ListForm) return resolveFunction(this, form, scope, name);
    if (form.items.length !== 3) throw badDefine(form);
    return nameFunction(this.resolve(form.items[2] as Form, scope), name); // length checked
  }

  /** Expands macros at the head of body forms far enough to see which are definitions. */
  private flattenDefinitions(forms: readonly Form[], scope: Scope): Form[] {
    return forms.flatMap((form) => {
      if (!(form instanceof ListForm) || !(form.items[0] instanceof SxSymbol)) return [form];
      const macro = specialForms.has(form.items[0].name) ? null : this.macroOf(form.items[0], scope);
      if (!macro || this.tagOf(form.items[0], scope)) return [form];
      const flat = this.expandThen(macro, form, (expanded) => this.flattenDefinitions([expanded], scope));
      // Without a definition in it the call is expanded where it stands, so that errors name the macro.
      return flat.some((inner) => innerDefinitionName(inner)) ? flat : [form];
    });
  }

  /** Refuses a name that belongs to a special form. */
  refuseReserved(symbol: SxSymbol): void {
    if (specialForms.has(symbol.name))
      this.refuse(sxError("name/reserved", { name: symbol.name }, spanOf(symbol)));
    if (symbol instanceof TemplateSymbol)
      this.refuse(sxError("macro/unhygienic", { name: symbol.name }, spanOf(symbol)));
  }

  /** Throws an error after which the rest of the form can still be looked at: whoever collects errors overrides it. */
  refuse(error: Error): void {
    throw error;
  }
}

function innerDefinitionName(form: Form): SxSymbol | null {
  if (!(form instanceof ListForm) || !(form.items[0] instanceof SxSymbol)) return null;
  if (form.items[0].name !== "define") return null;
  const target = form.items[1] instanceof ListForm ? form.items[1].items[0] : form.items[1];
  if (!(target instanceof SxSymbol)) throw badDefine(form);
  return target;
}
