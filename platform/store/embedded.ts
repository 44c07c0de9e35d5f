// The embedded PostgreSQL (PGlite: the server compiled to WebAssembly, inside this process): how one of its
// databases is made quickly and opened small. Promise: a database directory is either whole or not there,
// wherever a crash happens, because everything is built aside and renamed. Whoever opens a directory must
// hold its lock (lock.ts); database.ts sees to that.
import { cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { PGlite } from "@electric-sql/pglite";
import { lockDirectory } from "./lock.ts";
import { StoreRefusal } from "./refusal.ts";
import { elementParsers } from "./values.ts";

/** PostgreSQL's major version inside PGlite; files of another one cannot be opened. */
export const embeddedMajor = 18;

/** The default 128 MB of shared buffers per database would be most of the process's memory. */
const serverSettings = [
  "shared_buffers=4MB",
  "wal_buffers=256kB",
  "max_connections=4",
  // as postgres.ts sets them, so that text is read and written alike
  "timezone=UTC",
  "datestyle='ISO, YMD'",
];

/** Makes and opens embedded databases. Share one per process: what is costly to prepare is prepared once. */
export interface EmbeddedEngine {
  /**
   * Opens the database kept in `<directory>/postgres`, making it first from the template when it is new.
   * The caller holds the directory's lock.
   */
  openDirectory(directory: string): Promise<PGlite>;
  /** Opens a new, empty database in memory. */
  openMemory(): Promise<PGlite>;
}

/**
 * Makes an engine. `templateDirectory` is where the directory that new databases are copied from is kept (made
 * on first need); `snapshotFile` keeps what databases in memory start from, so that only the first program
 * that opens one waits for it to be made (without it, the first of each engine).
 */
export function createEmbeddedEngine(options: {
  templateDirectory?: string;
  snapshotFile?: string;
}): EmbeddedEngine {
  const { templateDirectory, snapshotFile } = options;
  const binaries = once(loadBinaries);
  const template = once((directory: string) =>
    makeTemplate(templateDirectory ?? defaultTemplate(directory), start),
  );
  const snapshot = once(() => makeSnapshot(snapshotFile, start));

  async function start(place: { dataDir?: string; loadDataDir?: Blob }): Promise<PGlite> {
    const { PGlite } = await import("@electric-sql/pglite");
    return await PGlite.create({
      ...place,
      ...(await binaries()),
      postgresqlconf: serverSettings,
      parsers: elementParsers(),
    });
  }

  return {
    async openDirectory(directory) {
      const files = join(directory, "postgres");
      const major = await readMajor(files);
      if (major === undefined) await copyTemplate(await template(directory), files);
      else if (major !== String(embeddedMajor)) throw incompatible(files, major);
      return await start({ dataDir: files });
    },
    async openMemory() {
      return await start({ loadDataDir: await snapshot() });
    },
  };
}

type Start = (place: { dataDir?: string; loadDataDir?: Blob }) => Promise<PGlite>;

/** Beside the database's own directory, so that the copy stays on one disk. */
function defaultTemplate(directory: string): string {
  return join(dirname(directory), `template-${embeddedMajor}`);
}

/** The same promise for every call; a failed attempt is forgotten so that the next call tries again. */
function once<Arguments extends unknown[], Result>(work: (...args: Arguments) => Promise<Result>) {
  let running: Promise<Result> | undefined;
  return (...args: Arguments): Promise<Result> => {
    running ??= work(...args).catch((error: unknown) => {
      running = undefined;
      throw error;
    });
    return running;
  };
}

async function loadBinaries() {
  const read = (name: string) => readFile(new URL(name, import.meta.resolve("@electric-sql/pglite")));
  const [server, initdb, files] = await Promise.all([
    read("pglite.wasm"),
    read("initdb.wasm"),
    read("pglite.data"),
  ]);
  const [pgliteWasmModule, initdbWasmModule] = await Promise.all([
    WebAssembly.compile(server),
    WebAssembly.compile(initdb),
  ]);
  return { pgliteWasmModule, initdbWasmModule, fsBundle: new Blob([files]) };
}

/** The `postgres` folder of the template, made when missing; another process that is making it is waited for. */
async function makeTemplate(directory: string, start: Start): Promise<string> {
  const files = join(directory, "postgres");
  while ((await readMajor(files)) === undefined) {
    const lock = await lockDirectory(directory);
    if (lock.kind === "held") {
      await sleep(50);
      continue;
    }
    try {
      if ((await readMajor(files)) !== undefined) break;
      await rm(files, { recursive: true, force: true });
      await buildAside(files, async (aside) => (await start({ dataDir: aside })).close());
    } finally {
      await lock.release();
    }
  }
  return files;
}

async function copyTemplate(template: string, files: string): Promise<void> {
  await buildAside(files, (aside) => cp(template, aside, { recursive: true }));
}

/** Builds a directory under another name and renames it when whole; the caller holds the lock around it. */
async function buildAside(directory: string, build: (aside: string) => Promise<void>): Promise<void> {
  const aside = `${directory}.unfinished`;
  await rm(aside, { recursive: true, force: true });
  await build(aside);
  await rename(aside, directory);
}

async function makeSnapshot(file: string | undefined, start: Start): Promise<Blob> {
  const kept = file && (await readIfThere(file));
  if (kept) return new Blob([kept]);
  const database = await start({});
  const blob = await database.dumpDataDir("none");
  await database.close();
  if (file) {
    const aside = `${file}.${process.pid}`;
    await mkdir(dirname(file), { recursive: true });
    await writeFile(aside, Buffer.from(await blob.arrayBuffer()));
    await rename(aside, file);
  }
  return blob;
}

/** The major version of the PostgreSQL that made these files; undefined when there are none. */
async function readMajor(files: string): Promise<string | undefined> {
  return (await readIfThere(join(files, "PG_VERSION")))?.toString("utf8").trim();
}

async function readIfThere(file: string): Promise<Buffer<ArrayBuffer> | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

function incompatible(files: string, major: string): StoreRefusal {
  return new StoreRefusal(
    "incompatible",
    `The database files in ${files} were made by PostgreSQL ${major}, and this program runs ${embeddedMajor}: ` +
      "make a backup with the program that made them, move the directory away, and restore the backup with this one.",
  );
}
