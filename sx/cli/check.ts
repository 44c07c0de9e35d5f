// `sx check`: what is wrong with the libraries of some files or folders, without running them. A file that is named
// is checked with its whole library, and told alone; files that belong to no library are one together, as `sx run`
// takes them. Exit code 1 for an error or a warning; notes are only told.

import { relative, resolve, sep } from "node:path";
import type { Diagnostic } from "../check/check.ts";
import { chapterOptions, checkLibrary, type LibraryFiles, readFromDisk } from "../check/folders.ts";
import { showSnippet } from "../core/snippet.ts";
import { Source } from "../core/source.ts";
import { testOptions } from "../deftest/test-names.ts";
import { mayHoldTests } from "../deftest/test-text.ts";
import { libraryOf } from "../lsp/libraries.ts";
import { readText, sourcesIn } from "./files.ts";
import { parseArguments, WrongUsage } from "./options.ts";
import type { Streams } from "./programs.ts";

/** Checks what a line names; gives the exit code. */
export function checkPaths(line: readonly string[], { out }: Streams): number {
  const { words, options } = parseArguments(line, [], ["json"]);
  if (words.length === 0) throw new WrongUsage("sx check needs at least one file or folder.");
  const named = sourcesIn(words);
  for (const file of named) readText(file); // what cannot be read is said before anything else
  const files = [...new Set(named.map((file) => resolve(file)))];
  const wanted = new Set(files);
  const told = librariesOf(files, words)
    .flatMap((library) => checkLibrary(library, readFromDisk, testOptions(library)))
    .filter(({ file }) => wanted.has(file));
  const count = (level: string) => told.filter((diagnostic) => diagnostic.level === level).length;
  const [errors, warnings, notes] = [count("error"), count("warning"), count("note")];
  if (options.has("json")) {
    const diagnostics = told.map((diagnostic) => ({ ...diagnostic, file: nameOf(diagnostic.file) }));
    out.write(`${JSON.stringify({ files: files.length, errors, warnings, notes, diagnostics })}\n`);
  } else {
    for (const diagnostic of told) out.write(`${describe(diagnostic)}\n\n`);
    const found = [counted(errors, "error"), counted(warnings, "warning"), counted(notes, "note")];
    out.write(`${counted(files.length, "file")}: ${found.join(", ")}\n`);
  }
  return errors + warnings > 0 ? 1 : 0;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** The libraries of some files, each once. */
function librariesOf(files: readonly string[], words: readonly string[]): LibraryFiles[] {
  const libraries = new Map<string, LibraryFiles>();
  const named = new Set(words.map((word) => resolve(word)));
  const together: string[] = [];
  for (const file of files) {
    const library = libraryOf(file);
    const isAlone = library.folder === file;
    const isOwn = chapterOptions(file, readFromDisk) !== null || mayHoldTests(readFromDisk(file) ?? "");
    if (isAlone && named.has(file) && !isOwn) together.push(file);
    else libraries.set(library.folder, library);
  }
  if (together.length > 0) libraries.set("", { files: together, dependencies: [] });
  return [...libraries.values()];
}

/** A diagnostic for people: place, code and message, the line with carets, the help. */
function describe({
  file,
  line,
  column,
  endLine,
  endColumn,
  level,
  code,
  message,
  help,
}: Diagnostic): string {
  const text = readFromDisk(file) ?? "";
  const source = new Source(nameOf(file), text);
  const start = offsetOf(text, line, column);
  const snippet = showSnippet({ source, start, end: Math.max(start, offsetOf(text, endLine, endColumn)) });
  const lines = [`${nameOf(file)}:${line}:${column}: ${level} ${code}: ${message}`, ...snippet];
  if (help !== null) lines.push(`help: ${help}`);
  return lines.join("\n");
}

function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let i = 1; i < line; i++) start = text.indexOf("\n", start) + 1;
  return start + column - 1;
}

/** A path as it is shown: from the folder of the call, where the file is below it. */
function nameOf(file: string): string {
  const path = relative(process.cwd(), file);
  return path.startsWith(`..${sep}`) ? file : path;
}
