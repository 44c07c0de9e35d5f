// References: everything in the workspace that means the same thing. A thing has a key that is the same from
// whatever file it is seen: a definition is its library and name, a prop its component and name, any other local
// its file and place.

import type { FileNames, Found, Meaning, Occurrence } from "./names.ts";
import type { Stretch } from "./positions.ts";
import type { Document, Library, Workspace } from "./workspace.ts";

/** Something that has a name, and the library that everything meaning it sees. */
export interface Target {
  readonly key: string;
  readonly name: string;
  readonly home: Library;
}

/** A file with its names. */
export interface SeenFile {
  readonly document: Document;
  readonly names: FileNames;
  readonly library: Library;
}

export interface Place {
  readonly file: SeenFile;
  readonly occurrence: Occurrence;
}

export function seenFile(workspace: Workspace, document: Document): SeenFile {
  return { document, names: workspace.namesOf(document), library: workspace.libraryOf(document.file) };
}

/** What an occurrence means, or null for a name that nobody binds. */
export function targetOf(workspace: Workspace, file: SeenFile, { meaning, name }: Occurrence): Target | null {
  const key = keyOf(meaning, name, file);
  if (key === null) return null;
  const elsewhere = meaning.kind === "definition" || meaning.kind === "prop";
  return { key, name, home: elsewhere ? workspace.libraryOf(meaning.found.file) : file.library };
}

/** The key of what a name means in a file. */
export function keyOf(meaning: Meaning, name: string, { document, library }: SeenFile): string | null {
  switch (meaning.kind) {
    case "local": {
      const { component, start } = meaning.local;
      return component === null
        ? `local ${document.file} ${start}`
        : propKey(library.folder, component, name);
    }
    case "prop":
      return propOf(meaning.found, name);
    case "definition":
      return definitionKey(meaning.found);
    case "primitive":
    case "special":
      return `${meaning.kind} ${name}`;
    case "tag":
      return `tag ${meaning.tag}`;
    default:
      return null;
  }
}

export function definitionKey({ library, site }: Found): string {
  return `definition ${library} ${site.name.name}`;
}

/** The key of a component's prop or implicit parameter. */
export function propOf({ library, site }: Found, name: string): string {
  return propKey(library, site.name.name, name);
}

function propKey(library: string, component: string, name: string): string {
  return `prop ${library} ${component} ${name}`;
}

/** The files whose names may mean what belongs to a library: its own, and those of the libraries that see it. */
export function filesSeeing(workspace: Workspace, home: Library): SeenFile[] {
  return workspace.librariesSeeing(home).flatMap((library) =>
    library.files
      .map((file) => workspace.document(file))
      .filter((document) => document !== null)
      .map((document) => ({ document, names: workspace.namesOf(document), library })),
  );
}

/** Every place that means a target, those included where a component takes it without its being written. */
export function findReferences(workspace: Workspace, { key, home }: Target): Place[] {
  return filesSeeing(workspace, home).flatMap((file) =>
    file.names.occurrences
      .filter((occurrence) => keyOf(occurrence.meaning, occurrence.name, file) === key)
      .map((occurrence) => ({ file, occurrence })),
  );
}

/** Where the thing that an occurrence means is bound; null for what the language brings. */
export function bindingOf(
  workspace: Workspace,
  document: Document,
  { meaning, name }: Occurrence,
): { document: Document; place: Stretch } | null {
  if (meaning.kind === "local") return { document, place: meaning.local };
  if (meaning.kind !== "definition" && meaning.kind !== "prop") return null;
  const { site, file } = meaning.found;
  const target = workspace.document(file);
  const { props, env } = site.header;
  const place = meaning.kind === "prop" ? [...props, ...env].find((one) => one.name === name) : site.name;
  return target && place ? { document: target, place } : null;
}
