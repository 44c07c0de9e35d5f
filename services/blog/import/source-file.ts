// The file to import: read within limits and recognised by what is in it, never by its name.

import { readFile, stat } from "node:fs/promises";
import { parseGhostExport } from "./ghost.ts";
import { ImportRefusal } from "./imported-site.ts";
import { parseOwnExport } from "./own-export.ts";
import type { TakenSite } from "./taken-site.ts";
import { parseWordpressExport } from "./wordpress.ts";

/** A text of more bytes does not fit one string of JavaScript. */
const maxFileBytes = 512_000_000;

/** Reads and parses an export. Throws ImportRefusal with the place of what is wrong. */
export async function readSite(path: string): Promise<TakenSite> {
  const text = await readText(path, maxFileBytes);
  const start = text
    .slice(0, 4096)
    .replace(/^\ufeff/, "")
    .trimStart();
  if (start.startsWith("<")) return parseWordpressExport(text);
  if (!start.startsWith("{")) throw new ImportRefusal(path, unknownSentence(start));
  return /^\{\s*"rose-ash-export"\s*:/.test(start) ? parseOwnExport(text) : parseGhostExport(text);
}

/** The text of a file of at most `most` bytes. Throws ImportRefusal when it cannot be read. */
export async function readText(path: string, most: number): Promise<string> {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw new ImportRefusal(path, "This is no file.");
    if (found.size > most) {
      throw new ImportRefusal(
        path,
        `The file has ${found.size} bytes and at most ${most} are read: export in parts.`,
      );
    }
    return new TextDecoder("utf-8").decode(await readFile(path));
  } catch (error) {
    if (error instanceof ImportRefusal) throw error;
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    const why =
      code === "ENOENT" ? "There is no such file: check the name." : `The file cannot be read (${code}).`;
    throw new ImportRefusal(path, why);
  }
}

function unknownSentence(start: string): string {
  if (start.startsWith("PK"))
    return "This is a ZIP archive: unpack it and name the .xml or .json file in it.";
  if (start.charCodeAt(0) === 0x1f) return "This is a compressed file: unpack it with gunzip first.";
  if (start === "") return "The file is empty: download the export once more.";
  return "This is neither a WordPress export (XML) nor a Ghost export (JSON).";
}
