// Libraries on disk: which files see each other's definitions, and whose definitions they see besides. A package's
// library is what stands beside its package.json and in its folders named `sx`; it sees the libraries of the
// packages that the package declares. Any other file, such as a test's program, is a library of its own.

import { type Dirent, existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";

export interface LibraryFolder {
  readonly folder: string;
  /** The library's files, sorted. */
  readonly files: readonly string[];
  readonly dependencies: readonly LibraryFolder[];
}

/** A search stops here: whoever opens the root of a disk waits for nothing. */
const mostFolders = 20_000;

/** The library a file belongs to. */
export function libraryOf(file: string): LibraryFolder {
  const folder = packageAround(dirname(file));
  if (folder !== null && holdsLibrary(folder, dirname(file)))
    return libraryOfPackage(folder, new Set(), new Map());
  return { folder: file, files: [file], dependencies: [] };
}

/** Every library of a package at or below a folder. */
export function librariesBelow(root: string): LibraryFolder[] {
  return foldersBelow(root, true)
    .filter((folder) => existsSync(join(folder, "package.json")))
    .map((folder) => libraryOfPackage(folder, new Set(), new Map()))
    .filter(({ files }) => files.length > 0);
}

function packageAround(folder: string): string | null {
  for (let here = folder; ; here = dirname(here)) {
    if (existsSync(join(here, "package.json"))) return here;
    if (dirname(here) === here) return null;
  }
}

/** Whether the files of a folder belong to the library of the package around it. */
function holdsLibrary(packageFolder: string, folder: string): boolean {
  const steps = relative(packageFolder, folder).split(sep);
  return steps[0] === "" || steps.includes("sx");
}

/** A package's library. Packages that need each other in a circle see each other once; each is looked at once. */
function libraryOfPackage(
  folder: string,
  above: ReadonlySet<string>,
  known: Map<string, LibraryFolder>,
): LibraryFolder {
  const before = known.get(folder);
  if (before) return before;
  const inside = new Set([...above, folder]);
  const dependencies = declaredBy(folder)
    .map((name) => packageNamed(name, folder))
    .filter((found) => found !== null)
    .filter((found) => !inside.has(found))
    .map((found) => libraryOfPackage(found, inside, known))
    .filter((library) => library.files.length > 0 || library.dependencies.length > 0);
  const files = foldersBelow(folder, false)
    .filter((one) => holdsLibrary(folder, one))
    .flatMap((one) => sourcesIn(one));
  const library = { folder, files: files.sort(), dependencies };
  known.set(folder, library);
  return library;
}

/** The packages that a package says it needs. */
function declaredBy(folder: string): string[] {
  try {
    const { dependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return typeof dependencies === "object" && dependencies !== null ? Object.keys(dependencies) : [];
  } catch {
    // Half-typed: as long as it does not read it declares nothing.
    return [];
  }
}

/** The shape of a package's name; any other could be the way out of `node_modules`. */
const packageName = /^(?:@[^/\\.][^/\\]*\/)?[^/\\.@][^/\\]*$/;

/** Where a package is installed, seen from another. */
function packageNamed(name: string, from: string): string | null {
  if (!packageName.test(name)) return null;
  for (let here = from; ; here = dirname(here)) {
    const folder = join(here, "node_modules", name);
    if (existsSync(join(folder, "package.json"))) return realpathSync(folder);
    if (dirname(here) === here) return null;
  }
}

/** A folder and those below it, installed packages and hidden folders left out. */
function foldersBelow(root: string, withPackages: boolean): string[] {
  const found = [root];
  for (let i = 0; i < found.length && found.length < mostFolders; i++) {
    const folder = found[i] as string; // inside the bounds
    for (const entry of entriesOf(folder)) {
      if (!entry.isDirectory() || entry.name === "node_modules" || entry.name.startsWith(".")) continue;
      const inner = join(folder, entry.name);
      if (withPackages || !existsSync(join(inner, "package.json"))) found.push(inner);
    }
  }
  return found;
}

function sourcesIn(folder: string): string[] {
  return entriesOf(folder)
    .filter((entry) => entry.isFile() && entry.name.endsWith(".sx"))
    .map(({ name }) => join(folder, name));
}

/** What a folder holds; nothing where it cannot be read. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
