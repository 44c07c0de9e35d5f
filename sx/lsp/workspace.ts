// The workspace: the files that are open and those on disk, which library each belongs to, and what is known of
// them. An open file's text counts before it is saved. Everything is worked out when somebody asks and kept
// until a text changes.

import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { findSites, type Site } from "./definitions.ts";
import { type LibraryFolder, librariesBelow, libraryOf } from "./libraries.ts";
import { type Environment, type FileNames, type Found, findNames } from "./names.ts";
import { Code } from "./nodes.ts";
import { Lines } from "./positions.ts";
import { languageNames, preludeFile } from "./vocabulary.ts";

/** A file as it was last read. */
export class Document {
  /** The path, or for something that is on no disk its address. */
  readonly file: string;
  readonly text: string;
  /** The client's count of changes, or null for a file that is not open. */
  readonly version: number | null;
  private readonly memory: { lines?: Lines; code?: Code; sites?: Site[] } = {};

  constructor(file: string, text: string, version: number | null) {
    this.file = file;
    this.text = text;
    this.version = version;
  }

  get lines(): Lines {
    this.memory.lines ??= new Lines(this.text);
    return this.memory.lines;
  }

  get code(): Code {
    this.memory.code ??= new Code(this.text);
    return this.memory.code;
  }

  /** What it defines at top level. */
  get sites(): Site[] {
    this.memory.sites ??= findSites(this.code);
    return this.memory.sites;
  }
}

/** Some files that see each other's definitions, and the libraries whose definitions they see too. */
export interface Library {
  readonly folder: string;
  readonly files: readonly string[];
  readonly dependencies: readonly Library[];
}

/** A file larger than this is left alone. */
const largestFile = 8 * 1024 * 1024;

export class Workspace {
  /** The folders that the client works in, to find who else uses a definition. */
  private readonly roots: readonly string[];
  private readonly open = new Map<string, Document>();
  /** Addresses as the client writes them. */
  private readonly addresses = new Map<string, string>();
  private readonly disk = new Map<string, Document | null>();
  private readonly libraries = new Map<string, Library>();
  private readonly environments = new Map<string, Environment>();
  private readonly names = new Map<string, FileNames>();

  constructor(roots: readonly string[]) {
    this.roots = roots;
  }

  /** The file of an address: a path for `file:`, else the address itself. */
  fileOf(address: string): string {
    if (!address.startsWith("file:")) return address;
    const path = fileURLToPath(address);
    // However the client got there, a file is one file.
    const file = existsSync(path) ? realpathSync(path) : path;
    this.addresses.set(file, address);
    return file;
  }

  addressOf(file: string): string {
    const known = this.addresses.get(file);
    return known ?? (isAddress(file) ? file : pathToFileURL(file).href);
  }

  /** Takes the text of a file that is open. A new file changes what the libraries hold. */
  keep(file: string, text: string, version: number): void {
    if (!this.open.has(file)) this.libraries.clear();
    this.open.set(file, new Document(file, text, version));
    this.forgetNames();
  }

  close(file: string): void {
    this.open.delete(file);
    this.refresh();
  }

  /** Forgets what was read from disk. */
  refresh(): void {
    this.disk.clear();
    this.libraries.clear();
    this.forgetNames();
  }

  private forgetNames(): void {
    this.environments.clear();
    this.names.clear();
  }

  openFiles(): string[] {
    return [...this.open.keys()];
  }

  isOpen(file: string): boolean {
    return this.open.has(file);
  }

  /** A file's document, or null where there is none to read. */
  document(file: string): Document | null {
    const open = this.open.get(file);
    if (open) return open;
    const known = this.disk.get(file);
    if (known !== undefined) return known;
    const read = readDocument(file);
    this.disk.set(file, read);
    return read;
  }

  libraryOf(file: string): Library {
    const folder = isAddress(file) ? alone(file) : libraryOf(file);
    return this.library(folder, []);
  }

  private library(found: LibraryFolder, above: readonly string[]): Library {
    const known = this.libraries.get(found.folder);
    if (known) return known;
    const inside = this.openFiles().filter(
      (file) => !isAddress(file) && !found.files.includes(file) && libraryOf(file).folder === found.folder,
    );
    const dependencies = found.dependencies
      .filter(({ folder }) => folder !== found.folder && !above.includes(folder))
      .map((dependency) => this.library(dependency, [...above, found.folder]));
    const library = { folder: found.folder, files: [...found.files, ...inside], dependencies };
    this.libraries.set(found.folder, library);
    return library;
  }

  /** The libraries of the workspace that see the definitions of one, itself first. */
  librariesSeeing(library: Library): Library[] {
    const below = this.roots
      .flatMap((root) => librariesBelow(root))
      .map((folder) => this.library(folder, []));
    const known = new Set([...below, ...this.openFiles().map((file) => this.libraryOf(file))]);
    const others = [...known].filter(
      (other) =>
        other.folder !== library.folder && (library.folder === preludeFile || reaches(other, library.folder)),
    );
    return [library, ...others];
  }

  /** Whether a library may be written to: it is not installed, and the client works in it. */
  isOwn({ folder, files }: Library): boolean {
    if (folder.split(sep).includes("node_modules")) return false;
    const isInside = (root: string) => folder === root || folder.startsWith(root + sep);
    return this.roots.some(isInside) || files.some((file) => this.isOpen(file));
  }

  environmentOf(library: Library): Environment {
    const known = this.environments.get(library.folder);
    if (known) return known;
    const environment = environmentOf(library, (file) => this.document(file)?.sites ?? []);
    this.environments.set(library.folder, environment);
    return environment;
  }

  namesOf(document: Document): FileNames {
    const known = this.names.get(document.file);
    if (known) return known;
    const names = findNames(document.code, this.environmentOf(this.libraryOf(document.file)));
    this.names.set(document.file, names);
    return names;
  }
}

/** What the files of a library see; `sitesOf` answers what a file defines. */
export function environmentOf(library: Library, sitesOf: (file: string) => readonly Site[]): Environment {
  const found = new Map<string, Found>();
  const add = (from: Library, seen: Set<string>) => {
    if (seen.has(from.folder)) return;
    seen.add(from.folder);
    for (const file of from.files) {
      for (const site of sitesOf(file)) {
        const { name } = site.name;
        if (site.kind !== "test" && !found.has(name)) found.set(name, { site, library: from.folder, file });
      }
    }
    for (const dependency of from.dependencies) add(dependency, seen);
  };
  const seen = new Set<string>();
  add(library, seen);
  // Whoever defines one of the prelude's names means their own, so it comes last.
  add({ folder: preludeFile, files: [preludeFile], dependencies: [] }, seen);
  return {
    find: (name) => found.get(name) ?? null,
    names: () => [...found.keys()],
    primitives: languageNames,
  };
}

function reaches(library: Library, folder: string, seen = new Set<Library>()): boolean {
  return library.dependencies.some((dependency) => {
    if (seen.has(dependency)) return false;
    seen.add(dependency);
    return dependency.folder === folder || reaches(dependency, folder, seen);
  });
}

function alone(file: string): LibraryFolder {
  return { folder: file, files: [file], dependencies: [] };
}

/** Whether a file is only known by an address, as a text is that was never saved. */
function isAddress(file: string): boolean {
  return /^[a-z][a-z0-9+.-]+:/i.test(file);
}

function readDocument(file: string): Document | null {
  if (isAddress(file)) return null;
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found?.isFile() || found.size > largestFile) return null;
  return new Document(file, readFileSync(file, "utf8"), null);
}
