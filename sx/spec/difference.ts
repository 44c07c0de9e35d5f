// The first difference between what two front ends make of the same thing, in words, or null. Variables, functions,
// definitions and libraries are matched one to one: where the one side means the same variable twice, so must the
// other. Everything else is compared part by part, places and flags included.

import { Local } from "../front/core.ts";
import { Definition, Library } from "../front/definition.ts";

/** What engines note on definitions and nodes for themselves. */
const notes: ReadonlySet<string> = new Set(["compiled", "fragment", "rule", "function"]);

export class Matching {
  private readonly partners: Map<object, object>;
  private readonly matched: Map<object, object>;

  /** Begins with what another has matched already. */
  constructor(before: Matching | null = null) {
    this.partners = new Map(before?.partners);
    this.matched = new Map(before?.matched);
  }

  /** The first difference between two values; `path` says where they were found. */
  difference(left: unknown, right: unknown, path: string): string | null {
    if (Object.is(left, right)) return null;
    if (typeof left !== "object" || typeof right !== "object" || left === null || right === null)
      return `${path}: ${show(left)} and ${show(right)}`;
    if (left.constructor !== right.constructor)
      return `${path}: ${left.constructor?.name} and ${right.constructor?.name}`;
    if (hasIdentity(left)) {
      const known = this.partners.get(left) ?? this.matched.get(right);
      if (known) return known === right || known === left ? null : `${path}: not the same one`;
      this.partners.set(left, right);
      this.matched.set(right, left);
    }
    if (left instanceof Map && right instanceof Map)
      return this.difference([...left.entries()], [...right.entries()], path);
    if (left instanceof Set && right instanceof Set) return this.difference([...left], [...right], path);
    return this.partsDifference(left, right, path);
  }

  private partsDifference(left: object, right: object, path: string): string | null {
    const lefts = left as Record<string, unknown>; // parts are read by the names that the objects have
    const rights = right as Record<string, unknown>;
    const names = partNames(left);
    if (names.length !== partNames(right).length)
      return `${path}: not as many parts: ${names.join(" ")} and ${partNames(right).join(" ")}`;
    for (const name of names) {
      if (!Object.hasOwn(right, name)) return `${path}: only one has ${name}`;
      const found = this.difference(lefts[name], rights[name], `${path}.${name}`);
      if (found) return found;
    }
    return null;
  }
}

function hasIdentity(value: object): boolean {
  return (
    value instanceof Local ||
    value instanceof Definition ||
    value instanceof Library ||
    ("kind" in value && value.kind === "fn")
  );
}

function partNames(value: object): string[] {
  return Object.keys(value).filter((name) => !notes.has(name));
}

function show(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
