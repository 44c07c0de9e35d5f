// `npm run bootstrap`: emits the specification's chapters as JavaScript with the front end and the emitter that
// are committed, which are such chapters too. When those come out changed, everything is emitted once more by the
// new ones, until they reproduce themselves; before that nothing is written. `--check` writes nothing at all and
// fails where a file is not current; named chapters are emitted alone, for whoever works on one while another
// does not load. The rows of the primitives, which come from the book and need no emitter, are written too.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { explain, SxError } from "../core/errors.ts";
import { emitChapters } from "./chapters.ts";
import { frontEndWith } from "./front-end.ts";
import { createHost, importText } from "./host.ts";
import { primitiveRows } from "./primitive-rows.ts";

const languageFolder = join(import.meta.dirname, "..");
const usage = "usage: npm run bootstrap [-- --check | CHAPTER…]\n";

/** What a file of the language holds, or "" for one that is not there yet. */
function current(path: string): string {
  try {
    return readFileSync(join(languageFolder, path), "utf8");
  } catch {
    return "";
  }
}

function emittedPath(name: string): string {
  return `bootstrap/emitted/${name}`;
}

/** The chapters that chapters are emitted with: the front end, and the emitter. */
const makers = ["render", "expand", "resolve", "emit"] as const;

type Maker = (typeof makers)[number];

/** The texts of those chapters. */
type Makers = Readonly<Record<Maker, string>>;

/** Emits everything, or the chapters that are named, with these makers. */
async function emitWith(texts: Makers, names: readonly string[]): Promise<Map<string, string>> {
  const load = async (name: Maker) => (await importText(texts[name])).create;
  const [render, expand, resolve] = [await load("render"), await load("expand"), await load("resolve")];
  const emit = (await load("emit"))(createHost(), {})["emit-module"];
  return emitChapters(emit, names, frontEndWith({ render, expand, resolve }));
}

const mostRounds = 5;

/** Emits until the makers make themselves, so that what is written does not depend on what was there before. */
async function settle(names: readonly string[]): Promise<Map<string, string>> {
  let texts = makersFrom((name) => current(emittedPath(`${name}.js`)));
  for (let round = 1; round <= mostRounds; round++) {
    const made = await emitWith(texts, names);
    const before = texts;
    texts = makersFrom((name) => made.get(`${name}.js`) ?? before[name]);
    if (makers.every((name) => texts[name] === before[name])) return made;
  }
  throw new Error(
    `the chapters that emit chapters do not settle: after ${mostRounds} rounds they still emit themselves otherwise`,
  );
}

function makersFrom(text: (name: Maker) => string): Makers {
  return { render: text("render"), expand: text("expand"), resolve: text("resolve"), emit: text("emit") };
}

/** Everything that is made, or what the named chapters become, by path from the folder of the language. */
async function files(names: readonly string[]): Promise<{ path: string; text: string }[]> {
  const chapters = [...(await settle(names))].map(([name, text]) => ({ path: emittedPath(name), text }));
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
