// Which files hold tests: those that are named, and all of the folders that are named.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { mayHoldTests } from "./test-text.ts";

/** The `.sx` files with tests at or below the paths, sorted. A path that does not exist throws the file system's error. */
export function findTestFiles(paths: readonly string[]): string[] {
  return [...new Set(paths.flatMap((path) => findSources(path)))]
    .filter((file) => mayHoldTests(readFileSync(file, "utf8")))
    .sort();
}

/** The `.sx` files of a folder, or the file that a path is. */
export function findSources(path: string): string[] {
  return statSync(path).isDirectory() ? below(path) : [path];
}

/** The sources in a folder, installed packages and hidden folders left out. */
function below(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === "node_modules" || entry.name.startsWith(".")) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return below(path);
    return entry.isFile() && entry.name.endsWith(".sx") ? [path] : [];
  });
}
