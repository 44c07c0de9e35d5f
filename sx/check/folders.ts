// Libraries on disk, checked: a library with those it depends on, or a chapter of the language's specification with
// the chapters it uses and what its host brings. Which files are a library is for the caller to say.

import { readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { chapters } from "../bootstrap/chapters.ts";
import { platformPrimitives } from "../bootstrap/platform.ts";
import { type CheckOptions, checkFiles, type Diagnostic } from "./check.ts";
import type { LibraryText, SourceText } from "./library.ts";

/** The files of a library, by path, and the libraries it depends on. */
export interface LibraryFiles {
  readonly files: readonly string[];
  readonly dependencies: readonly LibraryFiles[];
}

/** A file's text, or null where there is none; what an editor holds counts before what is on disk. */
export type ReadText = (file: string) => string | null;

export const readFromDisk: ReadText = (file) =>
  statSync(file, { throwIfNoEntry: false })?.isFile() ? readFileSync(file, "utf8") : null;

const languageFolder = join(import.meta.dirname, "..");

/** Everything wrong with a library. `further` adds to what the library itself says it sees. */
export function checkLibrary(
  library: LibraryFiles,
  readText: ReadText,
  further: CheckOptions = {},
): Diagnostic[] {
  const [file, other] = library.files;
  const chapter = file !== undefined && other === undefined ? chapterOptions(file, readText) : null;
  const known = new Map<LibraryFiles, LibraryText>();
  const dependencies = library.dependencies.map((dependency) => textOf(dependency, readText, known));
  return checkFiles(textsOf(library, readText), {
    dependencies: [...dependencies, ...(chapter?.dependencies ?? []), ...(further.dependencies ?? [])],
    platform: [...(chapter?.platform ?? []), ...(further.platform ?? [])],
  });
}

function textOf(
  library: LibraryFiles,
  readText: ReadText,
  known: Map<LibraryFiles, LibraryText>,
): LibraryText {
  const found = known.get(library) ?? {
    files: textsOf(library, readText),
    dependencies: library.dependencies.map((dependency) => textOf(dependency, readText, known)),
  };
  known.set(library, found);
  return found;
}

function textsOf({ files }: LibraryFiles, readText: ReadText): SourceText[] {
  return files.flatMap((file) => {
    const text = readText(file);
    return text === null ? [] : [{ file, text }];
  });
}

/** What a chapter sees beside the language, or null for a file that is none. */
export function chapterOptions(file: string, readText: ReadText): CheckOptions | null {
  const path = relative(languageFolder, file).split(sep).join("/");
  const chapter = chapters.find((one) => one.file === path);
  if (!chapter) return null;
  const used = usedBy(chapter.name);
  const platform = [...platformPrimitives(), ...used.flatMap((one) => [...one.platform()])];
  return {
    dependencies: chapter.uses.map((name) => chapterText(name, readText)),
    platform: platform.map(({ name }) => name),
  };
}

type Chapter = (typeof chapters)[number];

/** A chapter and all it uses. */
function usedBy(name: string): Chapter[] {
  const chapter = chapters.find((one) => one.name === name);
  return chapter ? [chapter, ...chapter.uses.flatMap((used) => usedBy(used))] : [];
}

function chapterText(name: string, readText: ReadText): LibraryText {
  const [chapter] = usedBy(name);
  const files = chapter ? [join(languageFolder, chapter.file)] : [];
  return {
    files: textsOf({ files, dependencies: [] }, readText),
    dependencies: (chapter?.uses ?? []).map((used) => chapterText(used, readText)),
  };
}
