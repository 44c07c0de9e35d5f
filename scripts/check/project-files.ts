// The files of a project, as the rules see them: everything below its folder except what is installed,
// generated while running, or kept wrong on purpose for the rules' own tests.
// Paths are relative to the project, with slashes, in order of name.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const skippedFolders = new Set([
  "node_modules",
  ".git",
  ".data",
  "scripts/check/fixtures",
  "scripts/service-template", // checked as the services that are made from it
]);

/** The files whose names end in one of `endings`; all of them when none is given. */
export function listFiles(root: string, ...endings: readonly string[]): string[] {
  const files: string[] = [];
  const visit = (folder: string) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && !skippedFolders.has(path) && !skippedFolders.has(entry.name)) visit(path);
      if (entry.isFile() && isWanted(entry.name, endings)) files.push(path);
    }
  };
  visit("");
  return files.sort();
}

function isWanted(name: string, endings: readonly string[]): boolean {
  if (name.endsWith(".log")) return false;
  return endings.length === 0 || endings.some((ending) => name.endsWith(ending));
}

/** The text of a file that is known to exist. */
export function readText(root: string, file: string): string {
  return readFileSync(join(root, file), "utf8");
}

/** The text of a file, or null when there is none. */
export function readIfThere(root: string, file: string): string | null {
  return isThere(root, file) ? readText(root, file) : null;
}

export function isThere(root: string, path: string): boolean {
  return statSync(join(root, path), { throwIfNoEntry: false }) !== undefined;
}

/** The names of the services: the folders of services/. */
export function listServices(root: string): string[] {
  if (!isThere(root, "services")) return [];
  return readdirSync(join(root, "services"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** The line, from 1, of a position in a text. */
export function lineAt(text: string, position: number): number {
  return text.slice(0, position).split("\n").length;
}
