// `sx fmt`: lays files out anew, those of a folder too, or with --check says which would change. A file is replaced
// whole or not at all; one that cannot be read as SX is explained and left as it is, and the others are still done.

import {
  chmodSync,
  closeSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import type { Readable } from "node:stream";
import { explain, SxError } from "../core/errors.ts";
import { formatText } from "../format/format.ts";
import { decodeText, readText, sourcesIn, UnusableFile, using } from "./files.ts";
import { parseArguments, WrongUsage } from "./options.ts";
import { filesOf, type Streams } from "./programs.ts";

/** Formats the files of a line; `-` alone is the text on the input, formatted to the output. */
export async function formatFiles(line: readonly string[], streams: Streams): Promise<number> {
  const parsed = parseArguments(line, [], ["check"]);
  const files = sourcesIn(filesOf(parsed, "fmt"));
  const isCheck = parsed.options.has("check");
  if (files.includes("-") && files.length > 1) throw new WrongUsage("sx fmt takes - alone, or files.");
  let code = 0;
  for (const file of files) {
    try {
      const text = file === "-" ? await readAllOf(streams.input) : readText(file);
      const formatted = formatText(text, file === "-" ? "<input>" : file);
      if (file === "-" && !isCheck) streams.out.write(formatted);
      else if (formatted !== text) {
        if (isCheck) code = Math.max(code, 1);
        else using(file, "written", () => replaceWhole(file, formatted));
        streams.out.write(`${file}\n`);
      }
    } catch (error) {
      if (!(error instanceof SxError || error instanceof UnusableFile)) throw error;
      streams.err.write(`${error instanceof SxError ? explain(error) : error.message}\n`);
      code = Math.max(code, error instanceof SxError ? 1 : 2);
    }
  }
  return code;
}

async function readAllOf(input: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(Buffer.from(chunk));
  return decodeText(Buffer.concat(chunks), "<input>");
}

/** Writes beside a file and puts that in its place, so that nobody ever sees half of it. */
function replaceWhole(file: string, text: string): void {
  const path = realpathSync(file);
  const draft = `${path}.${process.pid}.tmp`;
  const { mode } = statSync(path);
  // Nobody reads the draft who may not read the file; one that is there already is somebody else's.
  closeSync(openSync(draft, "wx", mode & 0o700));
  try {
    writeFileSync(draft, text);
    chmodSync(draft, mode);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
