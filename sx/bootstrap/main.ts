// `npm run bootstrap`: emits the specification's chapters as JavaScript, the emitter's own chapter included,
// with the emitter that is committed. When that changes the emitter, everything is emitted once more by the
// new one, which must then reproduce itself. `--check` writes nothing and fails where a file is not current;
// named chapters are emitted alone, for whoever works on one while another does not load. The rows of the
// primitives, which come from the book and need no emitter, are written too.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { explain, SxError } from "../core/errors.ts";
import { emitChapters } from "./chapters.ts";
import { createHost, importText } from "./host.ts";
import { primitiveRows } from "./primitive-rows.ts";

const languageFolder = join(import.meta.dirname, "..");
const usage = "usage: npm run bootstrap [-- --check | CHAPTER…]\n";

/** Emits everything, or the chapters that are named, with the emitter of a module text. */
async function emitWith(emitter: string, names: readonly string[] = []): Promise<Map<string, string>> {
  const chapter = (await importText(emitter)).create(createHost(), {});
  return emitChapters(chapter["emit-module"], names);
}

/** What a file of the language holds, or "" for one that is not there yet. */
function current(path: string): string {
  try {
    return readFileSync(join(languageFolder, path), "utf8");
  } catch {
    return "";
  }
}

/** Every emitted file, by an emitter that reproduces itself. Throws where two rounds do not settle. */
async function emitAll(): Promise<Map<string, string>> {
  const committed = current(emittedPath("emit.js"));
  const once = await emitWith(committed);
  const emitter = once.get("emit.js") as string; // it is a chapter
  if (emitter === committed) return once;
  const twice = await emitWith(emitter);
  if (twice.get("emit.js") === emitter) return twice;
  throw new Error(
    "the emitted emitter does not emit itself: a change of emit.sx gives another text each round",
  );
}

function emittedPath(name: string): string {
  return `bootstrap/emitted/${name}`;
}

/** Everything that is made, or what the named chapters become, by path from the folder of the language. */
async function files(names: readonly string[]): Promise<{ path: string; text: string }[]> {
  const emitted = names.length > 0 ? await emitWith(current(emittedPath("emit.js")), names) : await emitAll();
  const chapters = [...emitted].map(([name, text]) => ({ path: emittedPath(name), text }));
  return names.length > 0 ? chapters : [...primitiveRows(), ...chapters];
}

async function main(args: readonly string[]): Promise<number> {
  const names = args.filter((arg) => !arg.startsWith("-"));
  if (args.some((arg) => arg.startsWith("-") && arg !== "--check")) {
    process.stderr.write(usage);
    return 2;
  }
  const stale = (await files(names)).filter(({ path, text }) => current(path) !== text);
  if (args.includes("--check")) {
    for (const { path } of stale)
      process.stdout.write(`sx/${path} is not what the specification makes of it\n`);
    if (stale.length > 0) process.stdout.write("run npm run bootstrap and commit what it writes\n");
    return stale.length > 0 ? 1 : 0;
  }
  for (const { path, text } of stale) {
    writeFileSync(join(languageFolder, path), text);
    process.stdout.write(`wrote sx/${path}\n`);
  }
  return 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(
    error instanceof SxError ? explain(error) : `${error instanceof Error ? error.stack : error}\n`,
  );
  process.exitCode = 1;
}
