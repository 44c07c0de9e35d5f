// A thousand facts while processes are killed and connections cut at random: every fact is handled once in effect
// and in order of its object, and what can never be done is listed, nothing else.
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import {
  createEmbeddedEngine,
  type DatabaseLocation,
  migrateDatabase,
  openDatabase,
  readAllMigrations,
} from "../store/store.ts";
import { forEachDriver } from "../store/test-database.ts";
import { createDeliveries } from "./deliveries.ts";
import { type LedgerDatabase, ledgerMigrations, readEntries } from "./test/ledger.ts";

const facts = 1000;

// biome-ignore lint/suspicious/noExplicitAny: the ledger's tables and the bus's
await forEachDriver<any>(ledgerMigrations, ({ driver, place: freshPlace, options }) => {
  test(`${driver}: facts survive kill -9 ${driver === "postgres" ? "and cut connections" : ""}`, async (t) => {
    const place = await placeFor(t, await freshPlace(t));
    const migrations = await readAllMigrations(fileURLToPath(ledgerMigrations));
    const prepared: LedgerDatabase = await openDatabase(place, options);
    await migrateDatabase(prepared, migrations);
    await prepared.close();

    const kills = driver === "postgres" ? await disturbServer(t, place) : await disturbEmbedded(t, place);
    assert.ok(kills >= 5, `only ${kills} processes were killed`);

    const database: LedgerDatabase = await openDatabase(place, options);
    try {
      await judge(database);
    } finally {
      await database.close();
    }
  });
});

/** The invariants, over everything that was written. */
async function judge(database: LedgerDatabase): Promise<void> {
  const counters = (
    await sql<{ object: string; n: number }>`select object, n from counter order by object`.execute(
      database.query,
    )
  ).rows;
  assert.ok(counters.reduce((sum, { n }) => sum + n, 0) >= facts);
  const entries = await readEntries(database);
  const dead = await createDeliveries(database).deadLetters(1000);
  for (const { object, n: last } of counters) {
    const all = Array.from({ length: last }, (_, index) => index + 1);
    for (const handler of ["count", "slow", "failing"]) {
      const done = entries
        .filter((entry) => entry.handler === handler && entry.object === object)
        .map(({ n }) => n);
      assert.deepEqual(
        done,
        handler === "failing" ? all.filter((n) => n % 40 !== 0) : all,
        `${handler}, ${object}`,
      );
    }
    const poisoned = all.filter((n) => n % 40 === 0).length;
    assert.equal(
      dead.filter((letter) => letter.object === object).length,
      poisoned,
      `dead letters of ${object}`,
    );
  }
  assert.ok(
    dead.every(({ target, error }) => target === "reaction:failing" && error.includes("never be done")),
  );
}

/** Emitter and worker as processes of their own; both are killed, and sometimes all connections are cut. */
async function disturbServer(t: TestContext, place: DatabaseLocation): Promise<number> {
  const database: LedgerDatabase = await openDatabase(place);
  t.after(() => database.close());
  const emitter = await keepRunning(t, place, "emit");
  const worker = await keepRunning(t, place, "work");
  let kills = 0;
  while (!(await isDone(database)) || kills < 6) {
    await sleep(150 + Math.random() * 500);
    const choice = Math.random();
    if (choice < 0.4) kills += await worker.kill();
    else if (choice < 0.7) kills += await emitter.kill();
    else {
      await sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and random() < 0.7`.execute(
        database.query,
      );
    }
  }
  await worker.end();
  await emitter.end();
  return kills;
}

/** One process that does both; nobody else may look at its database meanwhile, so it is asked between kills. */
async function disturbEmbedded(t: TestContext, place: DatabaseLocation): Promise<number> {
  let kills = 0;
  for (;;) {
    const both = await keepRunning(t, place, "both");
    await sleep(kills < 5 ? 300 + Math.random() * 900 : 4000);
    await both.end();
    kills++;
    if (kills < 5) continue;
    const database: LedgerDatabase = await openDatabase(place);
    const done = await isDone(database);
    await database.close();
    if (done) return kills;
  }
}

async function isDone(database: LedgerDatabase): Promise<boolean> {
  const found = await sql<{ n: number }>`select coalesce(sum(n), 0)::int as n from counter`.execute(
    database.query,
  );
  if ((found.rows[0]?.n ?? 0) < facts) return false;
  return (await createDeliveries(database).backlog()).pending === 0;
}

interface Kept {
  /** Ends it by SIGKILL and starts another; answers how many were killed. */
  kill(): Promise<number>;
  /** Ends it by SIGKILL. */
  end(): Promise<void>;
}

async function keepRunning(t: TestContext, place: DatabaseLocation, role: string): Promise<Kept> {
  let child = await start();
  t.after(() => void child.kill("SIGKILL"));
  return {
    async kill() {
      await stop(child);
      child = await start();
      return 1;
    },
    end: () => stop(child),
  };

  async function start(): Promise<ChildProcess> {
    const program = fileURLToPath(new URL("test/child.ts", import.meta.url));
    const started = spawn(process.execPath, [program, JSON.stringify(place), role, String(facts)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await Promise.race([once(started.stdout!, "data"), once(started, "exit")]);
    return started;
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

/** A database in memory would die with its process. */
async function placeFor(t: TestContext, place: DatabaseLocation): Promise<DatabaseLocation> {
  if (place.kind === "postgres") return { ...place, poolSize: 6 };
  const folder = await mkdtemp(join(tmpdir(), "rose-ash-bus-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const engine = createEmbeddedEngine({ templateDirectory: join(tmpdir(), "rose-ash-test-template-18") });
  const directory = join(folder, "db");
  await (await openDatabase({ kind: "embedded", directory }, { engine })).close();
  return { kind: "embedded", directory };
}
