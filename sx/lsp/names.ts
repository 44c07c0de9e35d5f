// Names by scope: what every name in a file means, found from its tree without running anything. The rules are
// the resolver's (../spec/resolve.sx); the difference is that half-typed code has an answer too, and that the
// arguments of a macro count as ordinary code. The forms that bind names are in binding-forms.ts.

import { partsOf, type Syntax } from "../format/syntax.ts";

import { htmlTags, sharedSvgTags, svgTags } from "../render/tags.ts";
import { bindingForms, walkInside } from "./binding-forms.ts";
import { type Name, type Site, siteOf } from "./definitions.ts";
import type { Code } from "./nodes.ts";
import { type Local, Scope } from "./scope.ts";
import { formDocs } from "./special-forms.ts";

export type Meaning =
  | { readonly kind: "local"; readonly local: Local }
  | { readonly kind: "definition"; readonly found: Found }
  /** `:title` where a component is called. */
  | { readonly kind: "prop"; readonly found: Found }
  | { readonly kind: "primitive" }
  | { readonly kind: "special" }
  | { readonly kind: "tag"; readonly tag: string }
  | { readonly kind: "unbound" };

/** A definition and the library it belongs to. */
export interface Found {
  readonly site: Site;
  readonly library: string;
  readonly file: string;
}

export interface Occurrence extends Name {
  readonly meaning: Meaning;
  /** An implicit one is not written: a component that is called there takes the name from its surroundings. */
  readonly role: "binding" | "read" | "write" | "implicit";
  /** It stands where a function, element or component is called. */
  readonly head: boolean;
  /** Of an implicit one, the component that takes it. */
  readonly taker: Found | null;
}

/** What a file sees besides its own locals. */
export interface Environment {
  find(name: string): Found | null;
  names(): string[];
  /** The names of the primitives and of the functions that engines bring. */
  readonly primitives: ReadonlySet<string>;
}

export interface FileNames {
  /** In the order of the text. */
  readonly occurrences: readonly Occurrence[];
  readonly locals: readonly Local[];
}

/** Finds what every name of a file means. */
export function findNames(code: Code, environment: Environment): FileNames {
  const walker = new NameWalker(code, environment);
  const outermost = new Scope(null);
  for (const node of code.roots) walker.topLevel(node, outermost);
  const occurrences = walker.occurrences.sort((a, b) => a.start - b.start);
  return { occurrences, locals: walker.locals };
}

/** The occurrence at an offset that is written there; one that ends at it counts. */
export function occurrenceAt(names: FileNames, offset: number): Occurrence | null {
  const touching = names.occurrences.filter(
    ({ start, end, role }) => role !== "implicit" && start <= offset && offset <= end,
  );
  return touching.at(-1) ?? null;
}

/** The locals that can be seen at an offset, innermost first, each name once. */
export function localsAt(names: FileNames, offset: number): Local[] {
  const seen = new Map<string, Local>();
  const visible = names.locals.filter(({ visible }) => visible.start <= offset && offset <= visible.end);
  for (const local of visible.reverse()) if (!seen.has(local.name)) seen.set(local.name, local);
  return [...seen.values()];
}

/** Deeper than this nothing is looked at; the language itself goes no deeper than 500. */
const deepest = 520;

export class NameWalker {
  readonly code: Code;
  readonly occurrences: Occurrence[] = [];
  readonly locals: Local[] = [];
  private readonly environment: Environment;
  private depth = 0;

  constructor(code: Code, environment: Environment) {
    this.code = code;
    this.environment = environment;
  }

  topLevel(node: Syntax, scope: Scope): void {
    if (this.depth >= deepest) return;
    this.depth++;
    const head = this.code.head(node);
    const site = siteOf(this.code, node);
    if (site) this.definition(site, scope);
    else if (head === "do" || head === "begin") {
      const [first, ...rest] = partsOf(node);
      this.useHead(first, scope);
      for (const part of rest) this.topLevel(part, scope);
    } else this.walk(node, scope);
    this.depth--;
  }

  private definition(site: Site, scope: Scope): void {
    this.useHead(partsOf(site.node)[0], scope);
    if (site.kind !== "test") this.note(site.name, this.meaningOf(site.name.name, scope), "binding");
    this.inside(site, scope);
  }

  /** What a definition holds: its parameters, and its body that sees them. */
  inside(site: Site, scope: Scope): void {
    if (this.depth >= deepest) return;
    this.depth++;
    walkInside(this, site, scope);
    this.depth--;
  }

  /** Binds a name in a scope and notes the place where it is written. */
  bind(scope: Scope, { name, start, end }: Name, facts: Omit<Local, keyof Name>): Local {
    const local: Local = { name, start, end, ...facts };
    scope.add(local);
    this.locals.push(local);
    this.note(local, { kind: "local", local }, "binding");
    return local;
  }

  note(name: Name, meaning: Meaning, role: "binding" | "read" | "write", head = false): void {
    const { start, end } = name;
    this.occurrences.push({ name: name.name, start, end, meaning, role, head, taker: null });
  }

  walk(node: Syntax | undefined, scope: Scope): void {
    if (!node || this.depth >= deepest) return;
    this.depth++;
    if (node.kind === "atom") this.use(node, scope);
    else if (node.kind === "list") this.list(node, scope);
    else if (node.kind === "dict") this.walkAll(dictValues(node), scope);
    else if (node.kind === "prefix") this.prefix(node, scope);
    else if (node.kind === "bracket" || node.kind === "error") this.walkAll(partsOf(node), scope);
    this.depth--;
  }

  walkAll(nodes: readonly Syntax[], scope: Scope): void {
    for (const node of nodes) this.walk(node, scope);
  }

  private prefix(node: Syntax, scope: Scope): void {
    const mark = this.code.mark(node);
    if (mark === "'") return;
    if (mark === "`") this.template(partsOf(node)[0], 1, scope, new Scope(scope));
    else this.walkAll(partsOf(node), scope);
  }

  /** A list: its head decides, in the order the resolver asks. */
  list(node: Syntax, scope: Scope, hole = false): void {
    const parts = partsOf(node);
    const [first, ...rest] = hole ? parts.filter((part) => this.code.symbol(part) !== "_") : parts;
    const head = this.code.symbol(first);
    if (first === undefined) return;
    if (head === null) return this.walkAll([first, ...rest], scope);
    const meaning = this.useHead(first, scope);
    if (meaning.kind === "special") {
      const form = bindingForms.get(head);
      if (form) form(this, node, rest, scope);
      else this.walkAll(rest, scope);
    } else if (meaning.kind === "tag") this.walkAll(rest, scopeInside(meaning.tag, scope));
    else if (meaning.kind === "definition" && isComponent(meaning.found))
      this.componentCall(first, meaning.found, rest, scope);
    else this.walkAll(rest, scope);
  }

  /** A component call: keywords are its props, and what it takes from here without saying so is noted. */
  private componentCall(head: Syntax, found: Found, rest: readonly Syntax[], scope: Scope): void {
    const given = this.props(found, rest);
    this.walkAll(rest, scope);
    for (const { name } of found.site.header.env) {
      if (given.has(name)) continue;
      const meaning = this.meaningOf(name, scope);
      const { start, end } = head;
      this.occurrences.push({ name, start, end, meaning, role: "implicit", head: false, taker: found });
    }
  }

  /** Notes the props that a call names; answers their names. */
  private props(found: Found, rest: readonly Syntax[]): Set<string> {
    const { props, env } = found.site.header;
    const known = new Set([...props, ...env].map(({ name }) => name));
    const given = new Set<string>();
    for (let i = 0; i < rest.length; i++) {
      const node = rest[i] as Syntax; // inside the bounds
      const name = this.code.keyword(node);
      if (name === null) continue;
      i++;
      given.add(name);
      const meaning: Meaning = known.has(name) ? { kind: "prop", found } : { kind: "unbound" };
      this.note({ name, start: node.start + 1, end: node.end }, meaning, "read");
    }
    return given;
  }

  /** A name used as a value. */
  use(node: Syntax, scope: Scope, role: "read" | "write" = "read"): void {
    const name = this.code.symbol(node);
    if (name === null || name.startsWith("&")) return;
    this.note({ name, start: node.start, end: node.end }, this.meaningOf(name, scope), role);
  }

  /** A name at the head of a list. */
  useHead(node: Syntax | undefined, scope: Scope): Meaning {
    const name = this.code.symbol(node);
    if (name === null || !node) return { kind: "unbound" };
    const meaning = this.headMeaning(name, scope, true);
    this.note({ name, start: node.start, end: node.end }, meaning, "read", true);
    return meaning;
  }

  private headMeaning(name: string, scope: Scope, withLocals: boolean): Meaning {
    if (formDocs.has(name)) return { kind: "special" };
    const tag = writtenTag(name);
    if (tag) return { kind: "tag", tag };
    const meaning = withLocals ? this.meaningOf(name, scope) : this.globalMeaning(name);
    if (meaning.kind === "unbound" && scope.svg && svgTags.has(name)) return { kind: "tag", tag: name };
    return meaning;
  }

  meaningOf(name: string, scope: Scope): Meaning {
    const local = scope.find(name);
    return local ? { kind: "local", local } : this.globalMeaning(name);
  }

  private globalMeaning(name: string): Meaning {
    const found = this.environment.find(name);
    if (found) return { kind: "definition", found };
    if (this.environment.primitives.has(name)) return { kind: "primitive" };
    return formDocs.has(name) ? { kind: "special" } : { kind: "unbound" };
  }

  /**
   * A template: its names mean definitions, whatever locals are called, and what is unquoted at its own level is
   * code again. `made` holds its generated names, `x#`.
   */
  template(node: Syntax | undefined, level: number, scope: Scope, made: Scope): void {
    if (!node || this.depth >= deepest) return;
    this.depth++;
    if (node.kind === "atom") this.templateName(node, made, false);
    else if (node.kind === "prefix") this.templatePrefix(node, level, scope, made);
    else if (node.kind === "list" || node.kind === "bracket") this.templateList(node, level, scope, made);
    else if (node.kind === "dict")
      for (const value of dictValues(node)) this.template(value, level, scope, made);
    this.depth--;
  }

  private templatePrefix(node: Syntax, level: number, scope: Scope, made: Scope): void {
    const mark = this.code.mark(node);
    const [inner] = partsOf(node);
    if (mark === "'") this.unquoted(inner, level, scope, made);
    else if (mark === "`") this.template(inner, level + 1, scope, made);
    else if (level === 1) this.walk(inner, made);
    else this.template(inner, level - 1, scope, made);
  }

  private templateList(node: Syntax, level: number, scope: Scope, made: Scope): void {
    const [first, ...rest] = partsOf(node);
    const head = node.kind === "list" ? this.code.symbol(first) : null;
    if (!first) return;
    if (head === "unquote" || head === "splice-unquote") {
      if (level === 1) return this.walkAll(rest, made);
      for (const part of rest) this.template(part, level - 1, scope, made);
      return;
    }
    if (head === "quote") return this.unquoted(rest[0], level, scope, made);
    if (head === null) this.template(first, level, scope, made);
    else {
      const meaning = this.templateName(first, made, true);
      if (meaning.kind === "definition" && isComponent(meaning.found)) this.props(meaning.found, rest);
    }
    const inner = head === "quasiquote" ? level + 1 : level;
    for (const part of rest) this.template(part, inner, scope, made);
  }

  /** Data inside a template: names in it are no names, but what is unquoted is still code. */
  private unquoted(node: Syntax | undefined, level: number, scope: Scope, made: Scope): void {
    if (!node || this.depth >= deepest) return;
    this.depth++;
    const isUnquote = node.kind === "prefix" && this.code.mark(node).startsWith(",");
    if (isUnquote) this.templatePrefix(node, level, scope, made);
    else for (const part of partsOf(node)) this.unquoted(part, level, scope, made);
    this.depth--;
  }

  private templateName(node: Syntax, made: Scope, head: boolean): Meaning {
    const name = this.code.symbol(node);
    if (name === null || name.startsWith("&")) return { kind: "unbound" };
    const place: Name = { name, start: node.start, end: node.end };
    if (name.endsWith("#") && name.length > 1) {
      const known = made.find(name);
      const facts = {
        role: "template",
        visible: place,
        component: null,
        node,
        owner: `name ${place.start}`,
      } as const;
      const local = known ?? this.bind(made, place, facts);
      const meaning: Meaning = { kind: "local", local };
      if (known) this.note(place, meaning, "read", head);
      return meaning;
    }
    const meaning = head ? this.headMeaning(name, made, false) : this.globalMeaning(name);
    // A name that means nothing here may be data, or belong to the code around the macro's call.
    if (meaning.kind !== "unbound") this.note(place, meaning, "read", head);
    return meaning;
  }
}

/** Whether a definition is called with props. */
export function isComponent({ site }: Found): boolean {
  return site.kind === "component" || site.kind === "island";
}

/** The tag that a head means by itself, with or without its prefix. */
function writtenTag(name: string): string | null {
  if (name === "map") return null;
  if (htmlTags.has(name)) return name;
  const [, space, local = ""] = /^(html|svg):(.+)$/.exec(name) ?? [];
  if (space === "html") return htmlTags.has(local) ? local : null;
  if (space === "svg") return svgTags.has(local) || sharedSvgTags.has(local) ? local : null;
  return null;
}

function scopeInside(tag: string, scope: Scope): Scope {
  const svg = tag === "svg" || (scope.svg && tag !== "foreignObject");
  return svg === scope.svg ? scope : new Scope(scope, svg);
}

/** The values of a dict; its keys are no names. */
function dictValues(node: Syntax): Syntax[] {
  return partsOf(node).filter((_, index) => index % 2 === 1);
}
