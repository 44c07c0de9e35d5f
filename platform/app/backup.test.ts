// Backup and restore: the round trip, refusals that change nothing, and a file that any tar can read.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { access, copyFile, mkdir, readdir, readFile, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { backupSite, restoreSite, verifyBackup } from "./backup.ts";
import type { CommandSession } from "./command.ts";
import { askSite, type ControlMessage } from "./control.ts";
import { type OpenServices, openServices } from "./open-services.ts";
import { type Cleanup, siteRequest, startTestSite, temporaryFolder } from "./test/notes-site.ts";

// A real image of one pixel, so that the media store keeps it.
const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

const session = (cwd: string, signal = new AbortController().signal): CommandSession => {
  return { cwd, signal, progress: () => {}, print: () => {} };
};

async function open(t: Cleanup): Promise<OpenServices> {
  const opened = await openServices(siteRequest(await temporaryFolder(t)));
  t.after(() => opened.close());
  return opened;
}

const notesOf = ({ list }: OpenServices) => list[0]?.parts.store.list();
const mediaOf = async ({ list }: OpenServices) => (await list[0]?.parts.media.list()) ?? [];

/** A backup of a site with two notes and one image. */
async function makeBackup(t: Cleanup) {
  const folder = await temporaryFolder(t);
  const opened = await open(t);
  await opened.list[0]?.parts.store.add("second", "Zwei\u2028Zeilen, “quoted” \\ \n");
  await opened.list[0]?.parts.media.storeImage(pixel);
  await backupSite(opened, ["site.tar.gz"], session(folder));
  return { folder, file: join(folder, "site.tar.gz"), opened };
}

test("a backup put into an empty site gives the same notes and the same media, byte for byte", async (t) => {
  const { file, folder, opened } = await makeBackup(t);
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  assert.deepEqual(await readdir(folder), ["site.tar.gz"], "nothing else is left there");
  const target = await open(t);
  await target.list[0]?.parts.database.query.deleteFrom("notes").execute();
  assert.deepEqual(await verifyBackup(file, session(folder)), ["notes"]);
  await restoreSite(target, file, false, session(folder));
  assert.deepEqual(await notesOf(target), await notesOf(opened));
  const media = await mediaOf(opened);
  assert.ok(media.length >= 2, "an image and its record");
  assert.deepEqual(await mediaOf(target), media);
  for (const { path } of media) {
    const [before, after] = [opened, target].map(({ configuration }) =>
      join(configuration.data, "notes/media", path),
    );
    assert.deepEqual(await readFile(after ?? ""), await readFile(before ?? ""));
  }
});

test("any tar program can read it", async (t) => {
  const { file } = await makeBackup(t);
  const listed = execFileSync("tar", ["tzf", file], { encoding: "utf8" }).trim().split("\n");
  assert.equal(listed[0], "manifest.json");
  assert.equal(listed.at(-1), "notes/database.jsonl");
  const manifest = JSON.parse(execFileSync("tar", ["xzOf", file, "manifest.json"], { encoding: "utf8" }));
  assert.deepEqual(manifest.services, ["notes"]);
  assert.deepEqual(
    manifest.parts.map((part: { name: string }) => part.name),
    listed.slice(1),
  );
});

test("a site that has content is restored only when replacing is said", async (t) => {
  const { file, folder } = await makeBackup(t);
  const target = await open(t);
  await target.list[0]?.parts.store.add("mine", "keep me");
  await assert.rejects(restoreSite(target, file, false, session(folder)), {
    name: "StoreRefusal",
    kind: "not-empty",
  });
  assert.deepEqual(
    (await notesOf(target))?.map(({ slug }: { slug: string }) => slug),
    ["first", "mine"],
  );
  await restoreSite(target, file, true, session(folder));
  assert.deepEqual(
    (await notesOf(target))?.map(({ slug }: { slug: string }) => slug),
    ["first", "second"],
  );
});

test("a backup is taken from the running site, and never written over another file", async (t) => {
  const { data } = await startTestSite(t);
  const cwd = await temporaryFolder(t);
  const run = async (args: string[]) => {
    const said: ControlMessage[] = [];
    const request = { verb: "backup", service: null, args, cwd };
    await askSite(data, request, new AbortController().signal, (message) => said.push(message));
    return said.at(-1);
  };
  assert.equal((await run(["a.tar.gz", "notes"]))?.kind, "finished");
  assert.deepEqual(await verifyBackup(join(cwd, "a.tar.gz"), session(cwd)), ["notes"]);
  assert.match(JSON.stringify(await run(["a.tar.gz"])), /refused.*is there already/);
  assert.match(JSON.stringify(await run([])), /refused.*Say which file/);
  assert.match(JSON.stringify(await run(["b.tar.gz", "shop"])), /refused.*no service named “shop”/);
  assert.match(JSON.stringify(await run(["no/such/folder/b.tar.gz"])), /refused.*cannot be written/);
  assert.deepEqual(await readdir(cwd), ["a.tar.gz"]);
});

test("a damaged backup is refused whole, whatever is wrong with it", async (t) => {
  const { file, folder } = await makeBackup(t);
  const archive = gunzipSync(await readFile(file));
  const bad = join(folder, "bad.tar.gz");
  const refuse = async (what: string) => {
    await assert.rejects(verifyBackup(bad, session(folder)), (error: Error) => {
      assert.equal(error.name, "Refusal", what);
      assert.match(error.message, /is not a whole backup of a site \(.+\): nothing was changed/, what);
      return true;
    });
  };
  const { size } = await stat(file);
  for (const part of [0, 0.3, 0.9, 0.999]) {
    await copyFile(file, bad);
    await truncate(bad, Math.floor(size * part));
    await refuse(`the file ends at ${part}`);
  }
  for (const blocks of [1, 2, 5, archive.length / 512 - 3]) {
    await writeFile(bad, gzipSync(archive.subarray(0, blocks * 512)));
    await refuse(`the archive ends after ${blocks} blocks`);
  }
  for (const text of [
    "The first note",
    '"sha256": "',
    "ustar",
    "manifest.json",
    "/media/",
    '"rose-ash-site"',
  ]) {
    const at = archive.indexOf(text) + text.length - 2;
    const changed = Buffer.from(archive);
    changed[at] = (changed[at] ?? 0) ^ 1;
    await writeFile(bad, gzipSync(changed));
    await refuse(`a byte of ${text} is changed`);
  }
  await writeFile(bad, "not even gzip");
  await refuse("another file");
  await writeFile(bad, gzipSync(Buffer.alloc(1024)));
  await refuse("an empty archive");
  await assert.rejects(verifyBackup(join(folder, "none"), session(folder)), /There is no file .*none/);
});

test("names that lead out of the folders are refused", async (t) => {
  const folder = await temporaryFolder(t);
  for (const name of [
    "../evil",
    "notes/media/../../evil",
    "/etc/passwd",
    "notes/media/.hidden",
    "notes/other",
  ]) {
    const manifest = {
      format: "rose-ash-site",
      version: 1,
      created: new Date().toISOString(),
      services: ["notes"],
    };
    const parts = [{ name, bytes: 0, sha256: "x" }];
    await mkdir(join(folder, "make"), { recursive: true });
    await writeFile(join(folder, "make/manifest.json"), JSON.stringify({ ...manifest, parts }));
    execFileSync("tar", [
      "czf",
      join(folder, "evil.tar.gz"),
      "-C",
      join(folder, "make"),
      "--format=ustar",
      "manifest.json",
    ]);
    await assert.rejects(
      verifyBackup(join(folder, "evil.tar.gz"), session(folder)),
      { name: "Refusal" },
      name,
    );
  }
});

test("a backup that is given up leaves nothing behind", async (t) => {
  const opened = await open(t);
  const folder = await temporaryFolder(t);
  const cancel = new AbortController();
  const impatient = { ...session(folder, cancel.signal), progress: () => cancel.abort() };
  await assert.rejects(backupSite(opened, ["x.tar.gz"], impatient));
  assert.deepEqual(await readdir(folder), []);
  await access(opened.configuration.data);
  assert.deepEqual(await readdir(join(opened.configuration.data, "tmp")), []);
  assert.equal((await notesOf(opened))?.length, 1, "the database is free again");
});
