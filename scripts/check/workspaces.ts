// The workspaces of a project, from their manifests: folder, name, and which other workspaces they declare.
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { isThere, readText } from "./project-files.ts";

export interface Workspace {
  /** Relative to the project: "services/blog". */
  readonly folder: string;
  /** The package's name: "@rose-ash/blog". */
  readonly name: string;
  /** The names of all packages it declares. */
  readonly dependencies: readonly string[];
}

interface Manifest {
  readonly name?: string;
  readonly workspaces?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** Reads the root's manifest and those of the folders it names. */
export function readWorkspaces(root: string): Workspace[] {
  const { workspaces = [] } = readManifest(root, "package.json");
  return workspaces
    .flatMap((pattern) => foldersOf(root, pattern))
    .map((folder) => {
      const manifest = readManifest(root, `${folder}/package.json`);
      const declared = { ...manifest.dependencies, ...manifest.devDependencies };
      return { folder, name: manifest.name ?? "", dependencies: Object.keys(declared) };
    });
}

/** The workspace a file or folder belongs to; undefined for the root's own files. */
export function workspaceOf(path: string, workspaces: readonly Workspace[]): Workspace | undefined {
  return workspaces.find(({ folder }) => path === folder || path.startsWith(`${folder}/`));
}

function foldersOf(root: string, pattern: string): string[] {
  if (!pattern.endsWith("/*")) return isThere(root, `${pattern}/package.json`) ? [pattern] : [];
  const parent = dirname(pattern);
  if (!isThere(root, parent)) return [];
  return readdirSync(join(root, parent))
    .map((name) => `${parent}/${name}`)
    .filter((folder) => isThere(root, `${folder}/package.json`));
}

function readManifest(root: string, file: string): Manifest {
  return JSON.parse(readText(root, file)) as Manifest; // only the fields above are read, all optional
}
