// Law L6, a hash stands for a meaning: renaming definitions outside a cycle changes no hash, changing one
// changes its own and exactly those of what depends on it, and neither layout nor the order of a file changes
// any. And what is served can be used: a canonical text, read again, has the hash it was served under. A
// chapter with one rule broken must be found out by as many libraries. ROSE_ASH_LAW_PROGRAMS sets how many are
// tried; a failure shows the library and the seed.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { CreateChapter } from "./bootstrap/host.ts";
import { brokenChapter } from "./bootstrap/test/broken.ts";
import { type DefinitionHash, hashDefinitions, showAddress } from "./content/hash.ts";
import { fillIn, type MadeDefinition, type Marks, makeLibrary } from "./content/test/library.ts";
import { readForms } from "./core/reader.ts";
import { Source } from "./core/source.ts";
import { type Pick, pickFrom, respell } from "./core/test/respelling.ts";
import { jsEngine } from "./js/engine.ts";
import { createRealm, type Realm } from "./realm.ts";

const runs = Number(process.env.ROSE_ASH_LAW_PROGRAMS ?? 10_000);
const seed = fc.readConfigureGlobal().seed ?? Date.now() % 2 ** 31;
/** The family that all libraries are loaded into, each beside the others. */
const family = createRealm({ engine: jsEngine() });

const decisions = fc.noBias(fc.array(fc.nat({ max: 9_999 }), { minLength: 60, maxLength: 400, size: "max" }));

type Library = readonly MadeDefinition[];
const plain: Marks = { mark: 1001, outer: 2001 };

function plainNames(library: Library): string[] {
  return library.map(({ kind }, index) => `${kind === "component" ? "~" : ""}d${index}`);
}

function textsOf(
  library: Library,
  names: readonly string[],
  marks: (index: number) => Marks = () => plain,
): string[] {
  return library.map((made, index) => fillIn(made, names, marks(index)));
}

function load(text: string): Realm {
  const realm = createRealm({ engine: jsEngine(), parents: [family] });
  realm.load(text, { file: "library" });
  return realm;
}

/** What `before` found, by text: all laws are held over the same libraries, so each is hashed once as it was made. */
const hashedBefore = new Map<string, string[]>();

/** The addresses in a library's own text. */
function before(text: string, names: readonly string[], chapter: CreateChapter | null): string[] {
  if (chapter) return addresses(text, names, chapter);
  const known = hashedBefore.get(text) ?? addresses(text, names, null);
  hashedBefore.set(text, known);
  return known;
}

/** The addresses of definitions, in the order of their names. */
function addresses(text: string, names: readonly string[], chapter: CreateChapter | null): string[] {
  let hashes = load(text).hashes();
  if (chapter) {
    const definitions = [...hashes.values()].map(({ definition }) => definition);
    const known = hashDefinitions(definitions, () => {}, chapter);
    hashes = new Map(definitions.map((each) => [each.name, known.get(each) as DefinitionHash])); // each was asked for
  }
  return names.map((name) => showAddress(hashes.get(name) as DefinitionHash)); // each is in the text
}

/** What each definition depends on at first hand, by the text it was made as. */
function edges(library: Library): Set<number>[] {
  return library.map(({ kind, mentions, calls }) => {
    const found = new Set(mentions);
    if (kind === "macro") return found;
    // What a macro's template names becomes part of the caller; the macro itself does not.
    for (const macro of expanded(library, calls))
      for (const mention of library[macro]?.mentions ?? [])
        if (library[mention]?.kind !== "macro") found.add(mention);
    return found;
  });
}

/** The macros whose templates become part of a caller of these. */
function expanded(library: Library, calls: Iterable<number>): Set<number> {
  const found = new Set(calls);
  for (const macro of found) for (const inner of library[macro]?.calls ?? []) found.add(inner);
  return found;
}

/** Whatever reaches one of the starts, these included. */
function dependents(graph: readonly ReadonlySet<number>[], starts: Iterable<number>): Set<number> {
  const found = new Set(starts);
  for (const index of found) {
    for (const [from, targets] of graph.entries()) if (targets.has(index)) found.add(from);
  }
  return found;
}

/** Whether a definition reaches itself through another. */
function isInCycle(graph: readonly ReadonlySet<number>[], index: number): boolean {
  const others = [...(graph[index] ?? [])].filter((target) => target !== index);
  const callers = dependents(graph, [index]);
  return others.some((target) => callers.has(target));
}

/** Fails by throwing. Answers false for a library that it says nothing about. */
type Law = (library: Library, pick: Pick, chapter: CreateChapter | null) => boolean;

const renaming: Law = (library, pick, chapter) => {
  const names = plainNames(library);
  const graph = edges(library);
  const text = textsOf(library, names).join("\n");
  const renamed = names.map((name, index) =>
    isInCycle(graph, index) || pick(3) === 0 ? name : name.replace("d", pick(2) === 0 ? "renamed-" : "a-"),
  );
  const own = before(text, names, chapter);
  assert.deepEqual(
    addresses(textsOf(library, renamed).join("\n"), renamed, chapter),
    own,
    `${text}\nrenamed ${renamed}`,
  );
  // A cycle stands in the order of its names, so names that keep their order change nothing there either.
  const shifted = names.map((name) => name.replace("d", "e"));
  assert.deepEqual(addresses(textsOf(library, shifted).join("\n"), shifted, chapter), own, text);
  return true;
};

const changing: Law = (library, pick, chapter) => {
  const names = plainNames(library);
  const graph = edges(library);
  const changed = pick(library.length);
  const { kind } = library[changed] as MadeDefinition; // inside the bounds
  const inTemplate = kind === "macro" && pick(2) === 0;
  const marks = kind === "macro" && !inTemplate ? { ...plain, outer: 2002 } : { ...plain, mark: 1002 };
  const starts = library.flatMap(({ calls, kind: other }, index) =>
    index === changed || (inTemplate && other !== "macro" && expanded(library, calls).has(changed))
      ? [index]
      : [],
  );
  const text = textsOf(library, names).join("\n");
  const own = before(text, names, chapter);
  const after = addresses(
    textsOf(library, names, (index) => (index === changed ? marks : plain)).join("\n"),
    names,
    chapter,
  );
  const differing = names.flatMap((_, index) => (own[index] === after[index] ? [] : [index]));
  const expected = [...dependents(graph, starts)].sort((a, b) => a - b);
  assert.deepEqual(differing, expected, `${text}\nwhen ${names[changed]} changes`);
  return true;
};

const formatting: Law = (library, pick, chapter) => {
  const names = plainNames(library);
  const texts = textsOf(library, names);
  const text = texts.join("\n");
  const start = pick(texts.length);
  const moved = [...texts.slice(start), ...texts.slice(0, start)].join("\n");
  const other = respell(readForms(new Source("library", moved)), pick);
  assert.deepEqual(addresses(other, names, chapter), before(text, names, chapter), `${text}\nas\n${other}`);
  return true;
};

/** A program of the canonical texts: references become names again, other than those of the first program. */
const rereading: Law = (library, _pick, chapter) => {
  const names = plainNames(library);
  const text = textsOf(library, names).join("\n");
  const own = load(text).hashes();
  const reached = hashDefinitions(
    [...own.values()].map(({ definition }) => definition),
    () => {},
    chapter ?? undefined,
  );
  // A primitive under a variable's name has a spelling that only a loader of canonical texts understands.
  if ([...reached.values()].some((each) => each.text.includes("@p:"))) return false;
  const nameOf = ({ definition }: DefinitionHash) =>
    own.has(definition.name) ? definition.name.replace("d", "again.") : definition.name;
  const byAddress = new Map([...reached.values()].map((each) => [showAddress(each), nameOf(each)]));
  const served = new Set(
    [...own.values()].map(({ definition }) => (reached.get(definition) as DefinitionHash).text),
  ); // each was asked for
  const program = [...served].map((group) => {
    const members = [...reached.values()].filter((each) => each.text === group);
    const member = (index: string) =>
      members.find((each) => (each.member ?? 0) === Number(index)) as DefinitionHash; // the text has as many
    return group
      .replace(/@h:([0-9a-f]{64}(?:\.\d+)?)/g, (_, address: string) => byAddress.get(address) ?? "unknown")
      .replace(/@c:(\d+)/g, (_, index: string) => byAddress.get(showAddress(member(index))) ?? "unknown");
  });
  const again = load(program.join("\n")).hashes();
  const texts = new Set([...again.values()].map((each) => each.text));
  assert.deepEqual([...texts].sort(), [...served].sort(), `${text}\nread again as\n${program.join("\n")}`);
  return true;
};

const laws: Readonly<Record<string, Law>> = {
  "renaming outside a cycle changes no hash": renaming,
  "a change changes exactly what depends on it": changing,
  "layout and the order of a file change no hash": formatting,
  "what is served reads as what was hashed": rereading,
};

function check(law: Law, chapter: CreateChapter | null, count: number): void {
  let held = 0;
  fc.assert(
    fc.property(decisions, (list) => {
      const pick = pickFrom(list);
      if (law(makeLibrary(pick), pick, chapter)) held++;
    }),
    { numRuns: count, endOnFailure: true, seed },
  );
  assert.ok(held > count / 3, `the law says something about ${held} of ${count} libraries only`);
}

for (const [claim, law] of Object.entries(laws)) {
  test(`L6: ${claim}, in ${runs} libraries`, () => check(law, null, runs));
}

const breaks: Readonly<Record<string, { law: Law; rule: string; broken: string }>> = {
  "references by name": {
    law: renaming,
    rule: '(str "@h:" (reference-name (table-get (field g :known) definition)))',
    broken: '(str "@h:" (field definition :name))',
  },
  "generated names as macros made them": {
    law: formatting,
    rule: "(or (field local :generated) (and (nil? (field local :span)) (made-name? name))",
    broken: "(or (field local :generated)",
  },
  "groups in the order they were entered": {
    law: formatting,
    rule: "(sort (table-keys by-name))",
    broken: "(table-keys by-name)",
  },
  "definitions that are templates' words only": {
    law: renaming,
    rule: "(not (nil? definition)) (say s definition)",
    broken: "false nil",
  },
  "references that say nothing": {
    law: changing,
    rule: '(str "@h:" (reference-name (table-get (field g :known) definition)))',
    broken: '"@h:"',
  },
  "bodies cut to their last form": {
    law: changing,
    rule: '(if (= (field core :kind) "do") (field core :forms) (list core))',
    broken: '(if (= (field core :kind) "do") (list (last (field core :forms))) (list core))',
  },
  "places in the text": {
    law: formatting,
    rule: '"perform" (spell-parts s "perform"',
    broken: '"perform" (spell-parts s (str "perform " (field (field core :span) :start))',
  },
  "named lets whose arguments read themselves": {
    law: rereading,
    rule: "(for-each (fn (binding) (spare-outer s (field binding :local) core env)) bindings)",
    broken: "nil",
  },
  "children that no header names": {
    law: rereading,
    rule: '(add-section s words "&rest " (field shape :children))',
    broken: "nil",
  },
};

for (const [what, { law, rule, broken }] of Object.entries(breaks)) {
  test(`L6 finds out ${what}`, async () => {
    const chapter = await brokenChapter("hash", rule, broken);
    assert.throws(() => check(law, chapter, runs), /Property failed/);
  });
}
