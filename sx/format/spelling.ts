// Spelling: where a text uses a synonym of a form, or brackets for bindings, and what the formatter writes
// instead. Only what is certainly evaluated is touched: quoted data, templates and the arguments of a name that
// could be a macro keep their spelling, because there the words themselves may matter.

import { specialForms } from "../bootstrap/front-end.ts";
import { nativeRows, rows } from "../core/primitives/rows.ts";
import { htmlTags } from "../render/tags.ts";
import { type Role, shapeOf } from "./shapes.ts";
import { partsOf, type Syntax } from "./syntax.ts";

/** Synonyms that are one core form. `append` is not among them: it is a function with a name of its own. */
const preferred: ReadonlyMap<string, string> = new Map([
  ["lambda", "fn"],
  ["let*", "let"],
  ["begin", "do"],
]);

/** Deeper than this nothing is looked at. */
export const deepest = 200;

/** By the offset of a word or bracket: what is written in its place. */
export function findSpellings(text: string, roots: readonly Syntax[]): ReadonlyMap<number, string> {
  const speller = new Speller(text, roots);
  for (const root of roots) speller.visit(root, "code", 0);
  return speller.found;
}

class Speller {
  readonly found = new Map<number, string>();
  private readonly text: string;
  /** The file's own functions and values: no macro has the name of one. */
  private readonly defined: ReadonlySet<string>;

  constructor(text: string, roots: readonly Syntax[]) {
    this.text = text;
    this.defined = new Set(roots.map((root) => this.nameDefinedBy(root)).filter((name) => name !== null));
  }

  visit(node: Syntax, role: Role, depth: number): void {
    if (depth > deepest) return;
    const visitAll = (nodes: readonly Syntax[]) => {
      for (const inner of nodes) this.visit(inner, "code", depth + 1);
    };
    const parts = partsOf(node);
    const isList = node.kind === "list" || node.kind === "bracket";
    if (role === "bindings" && isList) this.visitBindings(node, parts, depth);
    else if (role === "header") visitAll(parts.flatMap((prop) => partsOf(prop).slice(1)));
    else if (role !== "code") return;
    else if (node.kind === "list") this.visitForm(parts, depth);
    else if (node.kind === "bracket") visitAll(parts);
    else if (node.kind === "dict") visitAll(parts.filter((_, index) => index % 2 === 1));
  }

  private visitForm(parts: readonly Syntax[], depth: number): void {
    const [first, ...rest] = parts;
    if (!first) return;
    const head = first.kind === "atom" ? this.textOf(first) : null;
    if (head === null) this.visit(first, "code", depth + 1);
    else if (!this.isEvaluated(head)) return;
    else if (preferred.has(head)) this.found.set(first.start, preferred.get(head) ?? head);
    const { lead } = shapeOf(head, this.textOf(rest[0]), this.textOf(rest[1]));
    for (const [index, part] of rest.entries()) this.visit(part, lead[index] ?? "code", depth + 1);
  }

  /** Bindings in brackets are an error where they are evaluated, so nothing that worked means something else now. */
  private visitBindings(list: Syntax, bindings: readonly Syntax[], depth: number): void {
    if (list.kind === "bracket") this.found.set(list.start, "(");
    for (const binding of bindings) {
      const parts = partsOf(binding);
      if (binding.kind === "bracket" && parts.length === 2) this.found.set(binding.start, "(");
      for (const value of parts.slice(1)) this.visit(value, "code", depth + 1);
    }
  }

  /** Whether what stands behind a head is code, whatever else is defined somewhere. */
  private isEvaluated(head: string): boolean {
    if (head === "quote" || head === "quasiquote" || head === "defpage") return false;
    if (specialForms.has(head) || head === "deftest" || head.startsWith("~") || htmlTags.has(head))
      return true;
    return Object.hasOwn(rows, head) || Object.hasOwn(nativeRows, head) || this.defined.has(head);
  }

  private nameDefinedBy(root: Syntax): string | null {
    const [head, target] = root.kind === "list" ? partsOf(root) : [];
    if (!head || !target || this.textOf(head) !== "define") return null;
    return this.textOf(target.kind === "list" ? partsOf(target)[0] : target);
  }

  private textOf(node: Syntax | undefined): string {
    return node ? this.text.slice(node.start, node.end) : "";
  }
}
