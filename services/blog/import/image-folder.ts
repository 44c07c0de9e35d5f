// A local folder of pictures as a place to find an old site's images in: by the longest part of the address's
// path that is also a file's path. Links in the folder are not followed, so nothing outside it is ever read.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { ImportRefusal } from "./imported-site.ts";

export interface ImageFolder {
  /** The bytes of the file that fits the path (decoded, such as "/uploads/2026/11/bread.jpg") best; null when none does. */
  find(path: string): Promise<Uint8Array | null>;
}

/** A folder with more files is not only one site's pictures. */
const maxFiles = 500_000;

/** Looks through `directory` once. Throws ImportRefusal when it cannot be read. */
export async function openImageFolder(directory: string, signal: AbortSignal): Promise<ImageFolder> {
  /** File name in lower case to the paths of the files so called, as lists of names. */
  const byName = new Map<string, string[][]>();
  let count = 0;
  const folders: string[][] = [[]];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    signal.throwIfAborted();
    for (const entry of await list(join(directory, ...folder), directory)) {
      const path = [...folder, entry.name];
      if (entry.isDirectory() && !entry.name.startsWith(".")) folders.push(path);
      if (!entry.isFile()) continue;
      count += 1;
      if (count > maxFiles)
        throw new ImportRefusal(
          directory,
          `The folder has more than ${maxFiles} files: name the one with the pictures.`,
        );
      const name = entry.name.normalize("NFC").toLowerCase();
      const known = byName.get(name);
      if (known) known.push(path);
      else byName.set(name, [path]);
    }
  }
  return {
    async find(path) {
      const wanted = path
        .normalize("NFC")
        .toLowerCase()
        .split("/")
        .filter((part) => part !== "");
      const files = byName.get(wanted.at(-1) ?? "") ?? [];
      const scored = files
        .map((file) => ({ file, score: commonEnd(file, wanted) }))
        .sort((a, b) => b.score - a.score);
      const [best, second] = scored;
      // The name alone says enough only when there is one file so called.
      if (best === undefined || (best.score === 1 && second !== undefined)) return null;
      return await readFile(join(directory, ...best.file));
    },
  };
}

async function list(folder: string, directory: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch {
    throw new ImportRefusal(
      directory,
      `The folder of pictures cannot be read (at ${folder}): check its name and permissions.`,
    );
  }
}

/** How many names, counted from the end, both paths share. */
function commonEnd(file: readonly string[], wanted: readonly string[]): number {
  let same = 0;
  while (
    same < file.length &&
    same < wanted.length &&
    file
      .at(-1 - same)!
      .normalize("NFC")
      .toLowerCase() === wanted.at(-1 - same)
  )
    same += 1;
  return same;
}
