// Definition sites: what a file defines at top level, found in its tree without running anything. Each knows
// its name, its parameters with their places, and the comment above it, which is its documentation.

import { partsOf, type Syntax } from "../format/syntax.ts";
import type { Code } from "./nodes.ts";
import type { Stretch } from "./positions.ts";

export type SiteKind = "value" | "function" | "component" | "island" | "macro" | "test";

/** A name where it is bound. */
export interface Name extends Stretch {
  readonly name: string;
}

export interface Prop extends Name {
  readonly type: string | null;
  /** The default as it is written. */
  readonly fallback: string | null;
  readonly fallbackNode: Syntax | null;
  readonly required: boolean;
  readonly doc: string | null;
}

/** What a call of a definition may give it; all lists are empty for a value. */
export interface Header {
  /** Positional ones, of functions and macros. */
  readonly parameters: readonly Name[];
  /** Named ones, of components. */
  readonly props: readonly Prop[];
  /** Taken from where the call stands. */
  readonly env: readonly Name[];
  readonly rest: Name | null;
  readonly attrs: Name | null;
}

export interface Site {
  readonly kind: SiteKind;
  readonly name: Name;
  /** The whole form. */
  readonly node: Syntax;
  readonly header: Header;
  readonly body: readonly Syntax[];
  /** The body sees the parameters; otherwise it is one form of its own, a value or an `fn`. */
  readonly bindsParameters: boolean;
  /** The comment lines directly above. */
  readonly doc: string | null;
}

const emptyHeader: Header = { parameters: [], props: [], env: [], rest: null, attrs: null };

const definers: ReadonlyMap<string, SiteKind> = new Map([
  ["define", "value"],
  ["defcomp", "component"],
  ["defisland", "island"],
  ["defmacro", "macro"],
  ["deftest", "test"],
]);

/** The definitions of a file, in order. Those inside a `do` at top level count, as they do when it is loaded. */
export function findSites(code: Code): Site[] {
  const sites: Site[] = [];
  const waiting = [...code.roots].reverse();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const head = code.head(node);
    if (head === "do" || head === "begin") waiting.push(...partsOf(node).slice(1).reverse());
    else {
      const site = siteOf(code, node);
      if (site) sites.push(site);
    }
  }
  return sites;
}

/** The definition a form is, or null. */
export function siteOf(code: Code, node: Syntax): Site | null {
  const kind = definers.get(code.head(node) ?? "");
  if (!kind) return null;
  const [, first, second, ...rest] = partsOf(node);
  if (kind === "test") return testSite(code, node);
  if (kind === "value" && code.keyword(first) === "shadow") return defineSite(code, node, second, rest);
  const after = second === undefined ? [] : [second, ...rest];
  if (kind === "value") return defineSite(code, node, first, after);
  const name = nameAt(code, first);
  if (!name) return null;
  const list = second && isParameterList(second) ? partsOf(second) : null;
  const header = list ? readHeader(code, kind, list) : emptyHeader;
  const doc = docAbove(code, node);
  return { kind, name, node, header, body: list ? rest : after, bindsParameters: true, doc };
}

export function isParameterList(node: Syntax): boolean {
  return node.kind === "list" || node.kind === "bracket";
}

function testSite(code: Code, node: Syntax): Site | null {
  const [, claim, ...body] = partsOf(node);
  if (claim?.kind !== "string") return null;
  const name = { name: code.text.slice(claim.start + 1, claim.end - 1), start: claim.start, end: claim.end };
  return { kind: "test", name, node, header: emptyHeader, body, bindsParameters: true, doc: null };
}

/** `(define name value)`, `(define name (fn …))` and `(define (name parameter …) body …)`. */
function defineSite(code: Code, node: Syntax, target: Syntax | undefined, rest: Syntax[]): Site | null {
  const doc = docAbove(code, node);
  if (target?.kind === "list") {
    const [first, ...parameters] = partsOf(target);
    const name = nameAt(code, first);
    const header = readHeader(code, "function", parameters);
    return name && { kind: "function", name, node, header, body: rest, bindsParameters: true, doc };
  }
  const name = nameAt(code, target);
  if (!name) return null;
  const [value] = rest;
  const isFunction = code.head(value) === "fn" || code.head(value) === "lambda";
  const parameters = isFunction && value ? partsOf(value)[1] : undefined;
  const header = parameters ? readHeader(code, "function", partsOf(parameters)) : emptyHeader;
  return {
    kind: isFunction ? "function" : "value",
    name,
    node,
    header,
    body: rest,
    bindsParameters: false,
    doc,
  };
}

export function nameAt(code: Code, node: Syntax | undefined): Name | null {
  const name = code.symbol(node);
  return name === null || !node ? null : { name, start: node.start, end: node.end };
}

/** Reads a parameter list: `(a b &rest more)`, or a component's with its sections. Skips what makes no sense. */
export function readHeader(code: Code, kind: SiteKind, items: readonly Syntax[]): Header {
  const parameters: Name[] = [];
  const props: Prop[] = [];
  const env: Name[] = [];
  let rest: Name | null = null;
  let attrs: Name | null = null;
  let section = kind === "component" || kind === "island" ? "&key" : "";
  for (const item of items) {
    const name = nameAt(code, item);
    if (name?.name.startsWith("&")) section = name.name;
    else if (section === "&key") {
      const prop = readProp(code, item);
      if (prop) props.push(prop);
    } else if (section === "&env") {
      const names = item.kind === "list" ? partsOf(item).map((part) => nameAt(code, part)) : [name];
      env.push(...names.filter((one) => one !== null));
    } else if (name && section === "&rest") rest ??= name;
    else if (name && section === "&attrs") attrs ??= name;
    else if (name) parameters.push(name);
  }
  return { parameters, props, env, rest, attrs };
}

/** `title`, `(title "default")` or `(title :type string :default "…" :required true :doc "…")`. */
function readProp(code: Code, item: Syntax): Prop | null {
  const parts = item.kind === "list" ? partsOf(item) : [item];
  const name = nameAt(code, parts[0]);
  if (!name) return null;
  const options = new Map<string, Syntax>();
  for (let i = 1; i + 1 < parts.length; i += 2) {
    const key = code.keyword(parts[i]);
    const value = parts[i + 1];
    if (key !== null && value) options.set(key, value);
  }
  const fallbackNode = (parts.length === 2 ? parts[1] : options.get("default")) ?? null;
  const written = (key: string) => {
    const node = options.get(key);
    return node ? code.textOf(node) : null;
  };
  const doc = written("doc");
  return {
    ...name,
    type: written("type")?.replace(/^:/, "") ?? null,
    fallback: fallbackNode && code.textOf(fallbackNode),
    fallbackNode,
    required: written("required") === "true",
    doc: doc?.startsWith('"') ? doc.slice(1, -1).replace(/\\(["\\])/g, "$1") : null,
  };
}

/** The comment lines directly above a form, without their semicolons. The header of a file is not one. */
function docAbove(code: Code, node: Syntax): string | null {
  const lines: string[] = [];
  let end = code.text.lastIndexOf("\n", node.start - 1);
  while (end > 0) {
    const start = code.text.lastIndexOf("\n", end - 1) + 1;
    const comment = /^[ \t]*;+ ?(.*)$/.exec(code.text.slice(start, end).replace(/\r$/, ""));
    if (!comment) return lines.length > 0 ? lines.reverse().join("\n") : null;
    lines.push(comment[1] ?? "");
    end = start - 1;
  }
  // The lines went up to the top of the file: they are its header.
  return null;
}
