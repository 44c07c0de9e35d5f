// `sx fmt`: lays files out anew, or with --check says which would change. A file is replaced whole or not at all;
// one that cannot be read as SX is explained and left as it is, and the others are still done.

import { chmodSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import type { Readable } from "node:stream";
import { explain, SxError } from "../core/errors.ts";
import { formatText } from "../format/format.ts";
import { parseArguments, WrongUsage } from "./options.ts";
import { filesOf, type Streams } from "./programs.ts";

/** Formats the files of a line; `-` alone is the text on the input, formatted to the output. */
export async function formatFiles(line: readonly string[], streams: Streams): Promise<number> {
  const parsed = parseArguments(line, [], ["check"]);
  const files = filesOf(parsed, "fmt");
  const isCheck = parsed.options.has("check");
  if (files.includes("-") && files.length > 1) throw new WrongUsage("sx fmt takes - alone, or files.");
  let code = 0;
  for (const file of files) {
    try {
      const text = file === "-" ? await readAllOf(streams.input) : decode(readFileSync(file), file);
      const formatted = formatText(text, file === "-" ? "<input>" : file);
      if (file === "-" && !isCheck) streams.out.write(formatted);
      else if (formatted !== text) {
        if (isCheck) code = 1;
        else replaceWhole(file, formatted);
        streams.out.write(`${file}\n`);
      }
    } catch (error) {
      streams.err.write(`${explainFailure(file, error)}\n`);
      code = 1;
    }
  }
  return code;
}

class NotText extends Error {}

/** The text of some bytes; what is no text must not be written back as one. */
function decode(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new NotText(`${file} is not text in UTF-8; it is left as it is.`);
  }
}

async function readAllOf(input: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(Buffer.from(chunk));
  return decode(Buffer.concat(chunks), "<input>");
}

/** Writes beside a file and puts that in its place, so that nobody ever sees half of it. */
function replaceWhole(file: string, text: string): void {
  const path = realpathSync(file);
  const draft = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, text, { flag: "wx" });
    chmodSync(draft, statSync(path).mode);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

function explainFailure(file: string, error: unknown): string {
  if (error instanceof SxError) return explain(error);
  if (error instanceof NotText) return error.message;
  if (!(error instanceof Error && "code" in error)) throw error;
  return `${file} cannot be formatted (${error.code}).`;
}
