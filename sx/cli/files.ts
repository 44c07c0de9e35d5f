// The files a command line names, read and written whole. One that cannot be used is told in words, never by a code
// of the system alone; text is UTF-8 and nothing else, so that nobody's file is read as something it is not.

import { readFileSync, statSync, writeFileSync } from "node:fs";
import { findSources } from "../deftest/found.ts";
import { WrongUsage } from "./options.ts";

/** A file of the line cannot be used. The line itself makes sense. */
export class UnusableFile extends WrongUsage {}

/** What the system's codes mean, said after "cannot be read". */
const reasons: Readonly<Record<string, string>> = {
  EACCES: "you have no permission",
  EISDIR: "it is a folder",
  ELOOP: "its links lead in a circle",
  ENAMETOOLONG: "its name is too long",
  ENOENT: "there is no such file or folder",
  ENOSPC: "the disk is full",
  ENOTDIR: "a part of its path is a file, not a folder",
  EPERM: "you have no permission",
  EROFS: "the disk can only be read",
};

/** Why the system refused, or null for an error that is not the system's. */
export function reasonOf(error: unknown): string | null {
  if (!(error instanceof Error && "code" in error && "syscall" in error)) return null;
  const code = String(error.code);
  return Object.hasOwn(reasons, code) ? (reasons[code] ?? code) : `the system says ${code}`;
}

/** A file's bytes. */
export function readBytes(file: string): Uint8Array {
  return using(file, "read", () => readFileSync(file));
}

/** A file's text, a mark of byte order included. */
export function readText(file: string): string {
  return decodeText(readBytes(file), file);
}

/** The text of some bytes. */
export function decodeText(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new UnusableFile(`${file} cannot be read: it is not text in UTF-8.`);
  }
}

export function writeBytes(file: string, bytes: Uint8Array): void {
  using(file, "written", () => writeFileSync(file, bytes));
}

/** The paths with each folder replaced by the sources in it. That there is none at all is an error. */
export function sourcesIn(paths: readonly string[]): string[] {
  const files = paths.flatMap((path) =>
    using(path, "read", () =>
      statSync(path, { throwIfNoEntry: false })?.isDirectory() ? findSources(path) : [path],
    ),
  );
  if (files.length === 0) throw new UnusableFile(`There is no .sx file in ${paths.join(", ")}.`);
  return [...new Set(files)];
}

/** Does something with a file, or reads what is below a folder; what the system refuses becomes a sentence. */
export function using<T>(file: string, done: "read" | "written", act: () => T): T {
  try {
    return act();
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === null) throw error;
    const path = done === "read" && error instanceof Error && "path" in error ? error.path : file;
    throw new UnusableFile(`${path} cannot be ${done}: ${reason}.`);
  }
}
