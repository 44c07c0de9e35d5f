// An import that is killed without warning leaves the old state or the new one, never anything between.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import {
  createEmbeddedEngine,
  migrateDatabase,
  openDatabase,
  readMigrations,
} from "@rose-ash/platform/store";
import { sql } from "kysely";
import type { Tables } from "../tables.ts";
import { wordpressExport } from "./blog-commands.ts";

const engine = createEmbeddedEngine({ templateDirectory: join(tmpdir(), "rose-ash-test-template-18") });
const words = "Flour, water, salt and a good deal of patience. ".repeat(60);

/** A state of the site, of which every post says the same word. */
const site = (word: string) =>
  wordpressExport(
    Array.from({ length: 150 }, (_, index) => ({
      id: index + 1,
      type: index % 5 === 0 ? ("page" as const) : ("post" as const),
      slug: `${word}-${index + 1}`,
      content: `<p>${word} ${index} ${words}</p>`,
    })),
  );

/** Starts an import and kills it `ms` after it said `moment`. */
async function killAt(moment: string, ms: number, args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "importing.ts"), ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith(moment)) continue;
    if (ms > 0) await sleep(ms);
    child.kill("SIGKILL");
    break;
  }
  await ended;
}

async function stateOf(directory: string): Promise<string> {
  const database = await openDatabase<Tables>({ kind: "embedded", directory }, { engine });
  try {
    const { rows } = await sql<{ word: string; posts: number; addresses: number }>`
      select split_part(slug, '-', 1) || ' ' || split_part(split_part(html, '>', 2), ' ', 1) as word, count(*) as posts,
        (select count(*) from old_address) as addresses
      from post group by 1 order by 1`.execute(database.query);
    return JSON.stringify(rows);
  } finally {
    await database.close();
  }
}

test("a killed import leaves the old state or the new one", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "rose-ash-kill-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const files = { old: join(folder, "old.xml"), new: join(folder, "new.xml") };
  await writeFile(files.old, site("old"));
  await writeFile(files.new, site("new"));
  const start = join(folder, "start");
  const database = await openDatabase<Tables>({ kind: "embedded", directory: start }, { engine });
  await migrateDatabase(database, await readMigrations(join(import.meta.dirname, "../migrations")));
  await database.close();
  const media = join(folder, "media");
  await killAt("Done", 0, [start, files.old, media]);
  const before = await stateOf(start);
  assert.match(before, /"old old","posts":150/);
  const finished = join(folder, "finished");
  await cp(start, finished, { recursive: true });
  await killAt("Done", 0, [finished, files.new, media]);
  const after = await stateOf(finished);
  assert.match(after, /"new new","posts":150/);

  const moments: [moment: string, ms: number][] = [
    ["Cleaning posts 100", 0],
    ["Writing", 0],
    ["Writing", 80],
  ];
  for (const [index, [moment, ms]] of moments.entries()) {
    const directory = join(folder, `killed-${index}`);
    await cp(start, directory, { recursive: true });
    await killAt(moment, ms, [directory, files.new, media]);
    const state = await stateOf(directory);
    assert.ok(state === before || state === after, `killed ${ms} ms after ${moment}: ${state}`);
    if (moment !== "Writing") assert.equal(state, before);
  }
});
