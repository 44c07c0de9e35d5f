// Backup and restore of a whole site: one .tar.gz with a manifest (the sha256 of every part) and, per
// service, its media files and its database as lines (store/backup-format.ts).
// Promise: a backup file appears whole or not at all; a restore checks the whole file before it changes
// anything, puts media in place first and then each database in one transaction.
import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { access, mkdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { z } from "zod";
import { backupDatabase, readAllMigrations, restoreDatabase } from "../store/store.ts";
import { type CommandOutcome, type CommandSession, WrongUsage } from "./command.ts";
import { splitLines } from "./lines.ts";
import { chooseServices, mediaFolder, type OpenService, type OpenServices } from "./open-services.ts";
import { Refusal } from "./refusal.ts";
import { type ReadEntry, readTar, type TarEntry, writeTar } from "./tar.ts";

const partName = /^([a-z][a-z0-9-]*)\/(?:database\.jsonl|media((?:\/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+))$/;

const manifestSchema = z.object({
  format: z.literal("rose-ash-site"),
  version: z.literal(1),
  created: z.iso.datetime(),
  services: z.array(z.string()),
  parts: z.array(z.object({ name: z.string().regex(partName), bytes: z.int().min(0), sha256: z.string() })),
});
type Manifest = z.infer<typeof manifestSchema>;
type Part = Manifest["parts"][number] & { readonly file: string };

const largestManifest = 64 * 1024 * 1024;

/** `backup FILE [service…]`: writes the backup of the opened services into a new file. */
export async function backupSite(
  opened: OpenServices,
  args: readonly string[],
  session: CommandSession,
): Promise<CommandOutcome> {
  const [name, ...services] = args;
  if (name === undefined || name.startsWith("-"))
    throw new WrongUsage("Say which file to write: backup FILE [service…].");
  const file = resolve(session.cwd, name);
  const chosen = chooseServices(opened, services);
  if (await exists(file)) throw new Refusal(`${file} is there already: give the backup another name.`);
  const spool = join(opened.configuration.data, "tmp", randomUUID());
  await mkdir(spool, { recursive: true, mode: 0o700 });
  try {
    const parts: Part[] = [];
    for (const one of chosen)
      parts.push(...(await collectParts(one, opened.configuration.data, spool, session)));
    const manifest: Manifest = {
      format: "rose-ash-site",
      version: 1,
      created: new Date().toISOString(),
      services: chosen.map(({ service }) => service.name),
      parts: parts.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })),
    };
    await writeArchive(file, manifest, parts, session);
    const { size } = await stat(file);
    session.print(`Wrote ${file}: ${manifest.services.join(", ")}, ${parts.length} parts, ${size} bytes.`);
    return { report: { file, services: manifest.services, parts: parts.length, bytes: size } };
  } finally {
    await rm(spool, { recursive: true, force: true });
  }
}

/** Media after the snapshot of the database, so that every file a row speaks of is there; but before it in the archive. */
async function collectParts(
  { service, parts }: OpenService,
  data: string,
  spool: string,
  session: CommandSession,
): Promise<Part[]> {
  session.progress(`reading the database of ${service.name}`);
  const file = join(spool, `${service.name}.jsonl`);
  const lines = backupDatabase(parts.database, { service: service.name });
  await pipeline(withLineEnds(lines), createWriteStream(file, { mode: 0o600 }), { signal: session.signal });
  const found: Part[] = [];
  const media = await parts.media.list();
  for (const [index, { path }] of media.entries()) {
    session.progress(`reading the media of ${service.name}`, index + 1, media.length);
    found.push(
      await measure(`${service.name}/media/${path}`, join(mediaFolder(data, service.name), path), session),
    );
  }
  found.push(await measure(`${service.name}/database.jsonl`, file, session));
  return found;
}

async function* withLineEnds(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`;
}

async function measure(name: string, file: string, session: CommandSession): Promise<Part> {
  session.signal.throwIfAborted();
  return { name, file, ...(await digest(createReadStream(file))) };
}

async function digest(content: AsyncIterable<Uint8Array>): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of content) {
    bytes += chunk.byteLength;
    hash.update(chunk);
  }
  return { bytes, sha256: hash.digest("hex") };
}

async function writeArchive(
  file: string,
  manifest: Manifest,
  parts: readonly Part[],
  session: CommandSession,
): Promise<void> {
  const partial = `${file}.partial`;
  const text = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`);
  const entries = async function* (): AsyncGenerator<TarEntry & { content: AsyncIterable<Uint8Array> }> {
    yield { name: "manifest.json", bytes: text.byteLength, content: Readable.from([text]) };
    for (const [index, part] of parts.entries()) {
      session.progress("writing the backup", index + 1, parts.length);
      yield { name: part.name, bytes: part.bytes, content: createReadStream(part.file) };
    }
  };
  try {
    const output = createWriteStream(partial, { mode: 0o600, flush: true });
    await pipeline(writeTar(entries(), new Date(manifest.created)), createGzip(), output, {
      signal: session.signal,
    });
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    if (error instanceof Error && "syscall" in error && "path" in error && error.path === partial) {
      throw new Refusal(`${file} cannot be written (${error.message}): choose a place that can.`, {
        cause: error,
      });
    }
    throw error;
  }
}

/** Reads the whole file and compares every part with the manifest; answers the services in it. */
export async function verifyBackup(file: string, session: CommandSession): Promise<readonly string[]> {
  if (!(await exists(file))) throw new Refusal(`There is no file ${file}: name the backup to restore.`);
  try {
    let manifest: Manifest | undefined;
    let seen = 0;
    for await (const entry of openArchive(file, session.signal)) {
      if (!manifest) {
        manifest = await readManifest(entry);
        continue;
      }
      const expected = manifest.parts[seen++];
      session.progress("checking the backup", seen, manifest.parts.length);
      if (entry.name !== expected?.name) throw new Error(`${entry.name} is not where the manifest has it`);
      const { bytes, sha256 } = await digest(entry.content);
      if (bytes !== expected.bytes || sha256 !== expected.sha256)
        throw new Error(`${entry.name} has been changed`);
    }
    if (!manifest) throw new Error("it is empty");
    if (seen !== manifest.parts.length) throw new Error("parts are missing");
    return manifest.services;
  } catch (cause) {
    session.signal.throwIfAborted();
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Refusal(
      `${file} is not a whole backup of a site (${why}): nothing was changed; use another copy.`,
      { cause },
    );
  }
}

async function readManifest({ name, bytes, content }: ReadEntry): Promise<Manifest> {
  if (name !== "manifest.json" || bytes > largestManifest)
    throw new Error("it does not begin with a manifest");
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  const manifest = manifestSchema.safeParse(JSON.parse(Buffer.concat(chunks).toString("utf8")));
  if (!manifest.success) throw new Error("its manifest is not one this program knows");
  return manifest.data;
}

async function* openArchive(file: string, signal: AbortSignal): AsyncGenerator<ReadEntry, void, undefined> {
  const gunzip = createGunzip();
  const reading = pipeline(createReadStream(file), gunzip, { signal });
  reading.catch(() => {}); // the same failure ends the loop below
  try {
    yield* readTar(gunzip);
  } finally {
    gunzip.destroy();
  }
}

/** Puts a verified backup's content into the opened services: those, and only those, that are in it. */
export async function restoreSite(
  opened: OpenServices,
  file: string,
  replace: boolean,
  session: CommandSession,
): Promise<CommandOutcome> {
  const restored: { service: string; rows: number; media: number }[] = [];
  let media = 0;
  for await (const entry of openArchive(file, session.signal)) {
    if (entry.name === "manifest.json") continue;
    const [, service = "", mediaPath] = partName.exec(entry.name) ?? [];
    const [open] = chooseServices(opened, [service]);
    if (!open) throw new Error(`The service ${service} was not opened for restoring.`);
    if (mediaPath !== undefined) {
      session.progress(`placing media of ${service}`, ++media);
      await placeFile(join(mediaFolder(opened.configuration.data, service), mediaPath), entry);
      continue;
    }
    session.progress(`restoring the database of ${service}`);
    const migrations = await readAllMigrations(join(open.service.folder, "migrations"));
    const options = { service, migrations, replace };
    const { rows } = await restoreDatabase(open.parts.database, splitLines(entry.content), options);
    restored.push({ service, rows, media });
    session.print(`Restored ${service}: ${rows} rows, ${media} media files.`);
    media = 0;
  }
  return { report: { restored } };
}

async function placeFile(path: string, { content }: ReadEntry): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = join(dirname(path), `.restoring-${randomUUID()}`);
  try {
    await pipeline(content, createWriteStream(temporary, { mode: 0o644, flush: true }));
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
