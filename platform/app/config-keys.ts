// The keys a configuration may have, found in the schemas: which are unknown in a file, and which
// environment variable overrides which key (site.timeZone is ROSE_ASH_SITE_TIME_ZONE).
import { parse } from "yaml";
import { z } from "zod";
import { isSection, type KeyPath, type Section } from "./config-source.ts";

/** The keys known at one level; a key without `below` holds a value of any shape its schema allows. */
export type KnownKeys = Map<string, { readonly schema: z.ZodType; readonly below: KnownKeys | null }>;

/** The keys of an object schema, seen through optional, default and the like; null for any other schema. */
export function keysOf(schema: z.ZodType): KnownKeys | null {
  const shape = shapeOf(schema);
  if (!shape) return null;
  return new Map(Object.entries(shape).map(([key, inner]) => [key, { schema: inner, below: keysOf(inner) }]));
}

function shapeOf(schema: z.ZodType): Record<string, z.ZodType> | null {
  let inner: unknown = schema;
  while (inner instanceof z.ZodType) {
    if (inner instanceof z.ZodObject) return inner.shape as Record<string, z.ZodType>;
    const { innerType, in: input } = inner.def as { innerType?: unknown; in?: unknown }; // wrappers and pipes
    inner = innerType ?? input;
  }
  return null;
}

/** The unknown keys below `tree`, each with a suggestion where a known key is near. */
export function findUnknownKeys(
  tree: Section,
  known: KnownKeys,
  path: KeyPath = [],
): { path: KeyPath; text: string }[] {
  return Object.entries(tree).flatMap(([key, value]) => {
    const here = [...path, key];
    const entry = known.get(key);
    if (!entry)
      return [{ path: here, text: `${here.join(".")} is not a known key${suggest(key, [...known.keys()])}` }];
    return entry.below && isSection(value) ? findUnknownKeys(value, entry.below, here) : [];
  });
}

/**
 * Puts what the environment says into `tree`. A value is taken as text where the schema allows text, else as YAML
 * (numbers, lists). Answers the variables that override nothing; `ignored` begins the names nobody looks at.
 */
export function overrideFromEnvironment(
  tree: Section,
  known: KnownKeys,
  environment: Readonly<Record<string, string | undefined>>,
  ignored: readonly RegExp[],
): string[] {
  const leaves = new Map(leavesOf(known, []).map((leaf) => [variableName(leaf.path), leaf]));
  const unknown: string[] = [];
  for (const [name, text] of Object.entries(environment)) {
    if (!name.startsWith("ROSE_ASH_") || text === undefined) continue;
    const leaf = leaves.get(name);
    if (leaf) put(tree, leaf.path, leaf.schema.safeParse(text).success ? text : asYaml(text));
    else if (!ignored.some((pattern) => pattern.test(name))) {
      unknown.push(`${name} (environment) overrides no known key${suggest(name, [...leaves.keys()])}`);
    }
  }
  return unknown;
}

export function variableName(path: KeyPath): string {
  return `ROSE_ASH_${path
    .map((key) =>
      key
        .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
        .replace(/[^A-Za-z0-9]/g, "_")
        .toUpperCase(),
    )
    .join("_")}`;
}

function leavesOf(known: KnownKeys, path: KeyPath): { path: KeyPath; schema: z.ZodType }[] {
  return [...known].flatMap(([key, { schema, below }]) =>
    below ? leavesOf(below, [...path, key]) : [{ path: [...path, key], schema }],
  );
}

function put(tree: Section, path: KeyPath, value: unknown): void {
  let section = tree;
  for (const key of path.slice(0, -1)) {
    const next = section[key];
    const inner = isSection(next) ? next : {};
    section[key] = inner;
    section = inner;
  }
  section[path.at(-1) ?? ""] = value;
}

function asYaml(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return text;
  }
}

function suggest(key: string, known: readonly string[]): string {
  const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, "");
  const near = known
    .map((name) => ({ name, steps: distance(plain(key), plain(name)) }))
    .filter(({ steps, name }) => steps <= Math.min(3, Math.floor(name.length * 0.4)))
    .sort((a, b) => a.steps - b.steps)[0];
  return near ? `; did you mean ${near.name}?` : "";
}

/** How many characters must be inserted, left out or changed to make `b` of `a` (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
