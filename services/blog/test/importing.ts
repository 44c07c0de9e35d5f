// A process that imports a file into an embedded database and tells how far it is, for the test that kills it.
// Arguments: the database's directory, the file, a folder for media.

import { createMediaStore } from "@rose-ash/platform/media";
import { openDatabase } from "@rose-ash/platform/store";
import { importFile } from "../import/import.ts";
import { createStore } from "../store.ts";
import type { Tables } from "../tables.ts";

const [directory, file, media] = process.argv.slice(2);
if (!directory || !file || !media) throw new Error("Usage: importing.ts DIRECTORY FILE MEDIA");

const database = await openDatabase<Tables>({ kind: "embedded", directory });
const target = {
  store: createStore(database),
  media: createMediaStore(media),
  origin: "https://blog.example.org",
  searchLanguage: "en-GB",
  now: new Date("2026-11-21T12:00:00Z"),
};
const progress = (text: string, done = 0) => process.stdout.write(`${text} ${done}\n`);
await importFile({ file, redirectsFile: null, imagesFolder: null, from: null }, target, {
  signal: new AbortController().signal,
  progress,
});
process.stdout.write("Done 0\n");
await database.close();
