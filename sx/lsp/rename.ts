// Renaming: the edits that give one thing another name everywhere, or the reason why that cannot be. A rename is
// right when every name of the new texts means what it meant in the old ones, and that is how it is checked: the
// edits are made on copies, the names looked up again, and compared one by one.

import { basename } from "node:path";
import { isSymbolName } from "../core/token.ts";

import { htmlTags } from "../render/tags.ts";
import type { Name } from "./definitions.ts";
import { type Environment, type FileNames, findNames, type Occurrence } from "./names.ts";
import type { Stretch } from "./positions.ts";
import {
  definitionKey,
  filesSeeing,
  keyOf,
  propOf,
  type SeenFile,
  type Target,
  targetOf,
} from "./references.ts";
import type { Local } from "./scope.ts";
import { formDocs } from "./special-forms.ts";
import { languageNames, preludeFile } from "./vocabulary.ts";
import { Document, environmentOf, type Workspace } from "./workspace.ts";

export type Renaming =
  | { readonly kind: "renamed"; readonly edits: readonly FileEdits[] }
  | { readonly kind: "refused"; readonly reason: string };

export interface FileEdits {
  readonly document: Document;
  /** In the order of the text. */
  readonly places: readonly Stretch[];
}

/** Why what an occurrence means has no other name to take, or null where it may be renamed. */
export function reasonNotToRename(
  workspace: Workspace,
  file: SeenFile,
  occurrence: Occurrence,
): string | null {
  const { meaning, name } = occurrence;
  if (meaning.kind === "special") return `${name} is a special form of the language.`;
  if (meaning.kind === "primitive") return `${name} is a primitive of the language.`;
  if (meaning.kind === "tag") return `${name} is an element.`;
  const target = targetOf(workspace, file, occurrence);
  if (!target) return `Nothing here defines ${name}.`;
  if (target.home.folder === preludeFile && file.document.file !== preludeFile)
    return `${name} belongs to the language's prelude.`;
  if (!workspace.isOwn(target.home))
    return `${name} belongs to ${target.home.folder}, which is not part of this workspace.`;
  return null;
}

/** Renames what an occurrence means. */
export function rename(workspace: Workspace, file: SeenFile, occurrence: Occurrence, to: string): Renaming {
  const target = targetOf(workspace, file, occurrence);
  const reason = reasonNotToRename(workspace, file, occurrence) ?? reasonAgainstName(occurrence.name, to);
  if (reason !== null || !target) return refuse(reason ?? `Nothing here defines ${occurrence.name}.`);
  if (to === occurrence.name) return { kind: "renamed", edits: [] };
  const group = new Group(workspace, target);
  const clash = findClash(workspace, group, to);
  if (clash) return refuse(clash);
  const edits = group.files.map(({ document, names }) => ({
    document,
    places: group.placesIn(document, names),
  }));
  const change = findChange(workspace, group, edits, to);
  return change
    ? refuse(change)
    : { kind: "renamed", edits: edits.filter(({ places }) => places.length > 0) };
}

function refuse(reason: string): Renaming {
  return { kind: "refused", reason };
}

/** Why a name cannot take the place of another, whatever is around. */
function reasonAgainstName(from: string, to: string): string | null {
  if (!isSymbolName(to) || /^[&,]/.test(to) || to === "_") return `${JSON.stringify(to)} is not a name.`;
  if (formDocs.has(to)) return `${to} is a special form of the language.`;
  if (languageNames.has(to)) return `${to} is a primitive of the language.`;
  if (/^(?:html|svg):/.test(to)) return `${to} would be read as an element.`;
  if (from.startsWith("~") !== to.startsWith("~")) {
    return from.startsWith("~")
      ? "The name of a component begins with ~."
      : "Only the name of a component begins with ~.";
  }
  if (from.endsWith("#") !== to.endsWith("#")) return "Only a name that a template makes ends in #.";
  return null;
}

/**
 * What has to be renamed together: a thing, and where a component takes it without saying so, the component's
 * implicit parameter too, and so on from there.
 */
class Group {
  readonly targets = new Map<string, Target>();
  readonly files: readonly SeenFile[];
  private readonly workspace: Workspace;

  constructor(workspace: Workspace, first: Target) {
    this.workspace = workspace;
    this.targets.set(first.key, first);
    let files: SeenFile[] = [];
    for (let known = 0; known < this.targets.size; ) {
      known = this.targets.size;
      const homes = new Map([...this.targets.values()].map(({ home }) => [home.folder, home]));
      const seen = [...homes.values()].flatMap((home) => filesSeeing(workspace, home));
      files = [...new Map(seen.map((file) => [file.document.file, file])).values()];
      for (const file of files) this.addImplicit(file);
    }
    this.files = files;
  }

  private addImplicit(file: SeenFile): void {
    for (const occurrence of file.names.occurrences) {
      if (!occurrence.taker) continue;
      const given = keyOf(occurrence.meaning, occurrence.name, file);
      const taken = propOf(occurrence.taker, occurrence.name);
      if (given === null || !(this.targets.has(given) || this.targets.has(taken))) continue;
      const target = targetOf(this.workspace, file, occurrence);
      if (target) this.targets.set(given, target);
      const home = this.workspace.libraryOf(occurrence.taker.file);
      this.targets.set(taken, { key: taken, name: occurrence.name, home });
    }
  }

  has(key: string | null): boolean {
    return key !== null && this.targets.has(key);
  }

  /** The stretches of a file that are to be replaced. */
  placesIn(document: Document, names: FileNames): Stretch[] {
    const file = this.files.find((one) => one.document === document);
    if (!file) return [];
    return names.occurrences.filter(
      ({ role, meaning, name }) => role !== "implicit" && this.has(keyOf(meaning, name, file)),
    );
  }
}

/** A definition that has the new name already where a renamed one can be seen, as a sentence. */
function findClash(workspace: Workspace, { targets }: Group, to: string): string | null {
  for (const { key, home } of targets.values()) {
    if (!workspace.isOwn(home))
      return `It would have to be renamed in ${home.folder} too, which is not part of this workspace.`;
    if (!key.startsWith("definition ")) continue;
    if (htmlTags.has(to)) return `${to} is an element; a definition cannot have its name.`;
    for (const library of workspace.librariesSeeing(home)) {
      const found = workspace.environmentOf(library).find(to);
      if (found && found.library !== preludeFile) return `${to} is defined already, in ${found.file}.`;
    }
  }
  return null;
}

/** The first name that would mean something else, as a sentence; null where the edits change no meaning. */
function findChange(
  workspace: Workspace,
  group: Group,
  edits: readonly FileEdits[],
  to: string,
): string | null {
  const changed = new Map(edits.map(({ document, places }) => [document.file, apply(document, places, to)]));
  const environments = new Map<string, Environment>();
  const sitesOf = (name: string) => (changed.get(name) ?? workspace.document(name))?.sites ?? [];
  for (const file of group.files) {
    const { folder } = file.library;
    const environment = environments.get(folder) ?? environmentOf(file.library, sitesOf);
    environments.set(folder, environment);
    const document = changed.get(file.document.file) as Document; // one for each file
    const after = { document, names: findNames(document.code, environment), library: file.library };
    const place = firstDifference(group, file, after, to);
    if (place === null) continue;
    const { line } = document.lines.positionAt(place.start);
    return `${to} has a meaning already at ${basename(document.file)}:${line + 1}, and ${place.name} would get another one there.`;
  }
  return null;
}

function apply(document: Document, places: readonly Stretch[], to: string): Document {
  let text = "";
  let end = 0;
  for (const place of places) {
    text += document.text.slice(end, place.start) + to;
    end = place.end;
  }
  return new Document(document.file, text + document.text.slice(end), null);
}

/** The first name of a file that does not mean what it meant before. */
function firstDifference(group: Group, before: SeenFile, after: SeenFile, to: string): Name | null {
  const [old, now] = [before.names.occurrences, after.names.occurrences];
  const renamed = (key: string, name: string) => (group.has(key) ? to : name);
  const oldMeaning = meaningsOf(before.names, renamed);
  const newMeaning = meaningsOf(after.names, (_key, name) => name);
  for (let i = 0; i < Math.max(old.length, now.length); i++) {
    const [a, b] = [old[i], now[i]];
    if (!a || !b) return (b ?? a) as Name; // the loop ends behind the longer
    if (oldMeaning(a) !== newMeaning(b)) return b;
  }
  const repeatedBefore = repeatedIn(before.names);
  const clash = [...repeatedIn(after.names)].find((index) => !repeatedBefore.has(index));
  return clash === undefined ? null : (after.names.locals[clash] ?? null);
}

/** Which locals are bound where their name was bound already, by index. */
function repeatedIn({ locals }: FileNames): Set<number> {
  const seen = new Set<string>();
  const repeated = new Set<number>();
  for (const [index, { owner, name }] of locals.entries())
    if (seen.size === seen.add(`${owner} ${name}`).size) repeated.add(index);
  return repeated;
}

/** What an occurrence means as text that does not depend on offsets; names go through `renamed`. */
function meaningsOf({ occurrences }: FileNames, renamed: (key: string, name: string) => string) {
  const bound = new Map<Local, number>();
  for (const [index, { meaning, role }] of occurrences.entries())
    if (role === "binding" && meaning.kind === "local") bound.set(meaning.local, index);
  return ({ meaning, name }: Occurrence): string => {
    switch (meaning.kind) {
      case "local":
        return `local ${bound.get(meaning.local)}`;
      case "definition":
        return `definition ${meaning.found.library} ${renamed(definitionKey(meaning.found), name)}`;
      case "prop": {
        const { library, site } = meaning.found;
        const component = renamed(definitionKey(meaning.found), site.name.name);
        return `prop ${library} ${component} ${renamed(propOf(meaning.found, name), name)}`;
      }
      default:
        return `${meaning.kind} ${name}`;
    }
  };
}
