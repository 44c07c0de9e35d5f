// Databases for tests: the same tests on the embedded driver and on a PostgreSQL server, each on a fresh,
// migrated database that goes away after its test. Promise: without a server the tests on it are skipped
// aloud, never silently. ROSE_ASH_TEST_POSTGRES names the server (any database of it, a user who may create more).
import { randomBytes } from "node:crypto";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { type Database, type DatabaseLocation, type DatabaseOptions, openDatabase } from "./database.ts";
import { createEmbeddedEngine, embeddedMajor } from "./embedded.ts";
import { type Migration, migrateDatabase } from "./migrate.ts";
import { readAllMigrations } from "./platform-migrations.ts";
import { StoreRefusal } from "./refusal.ts";

/** Where the tests of one driver get their databases. */
export interface FreshDatabases<Tables> {
  readonly driver: Database<Tables>["driver"];
  /** A new, migrated database, closed (and dropped) when the test `t` ends. */
  open(t: TestContext): Promise<Database<Tables>>;
  /** A place for a new database that is empty and not opened yet; on a server it is dropped when `t` ends. */
  place(t: TestContext): Promise<DatabaseLocation>;
  /** What to open such a place with, for speed. */
  readonly options: DatabaseOptions;
}

/**
 * Calls `declare` once per driver, to declare its tests with the databases it is given: await it at the top of
 * a test file. `migrations` are a service's folder, or already read; an empty list leaves the databases empty.
 */
export async function forEachDriver<Tables>(
  migrations: string | URL | readonly Migration[],
  declare: (fresh: FreshDatabases<Tables>) => void,
): Promise<void> {
  const given =
    typeof migrations === "string" || migrations instanceof URL
      ? await readAllMigrations(migrations instanceof URL ? fileURLToPath(migrations) : migrations)
      : migrations;
  const options = { engine: createEmbeddedEngine({ snapshotFile: snapshotFile() }) };
  const declareOn = (driver: FreshDatabases<Tables>["driver"], place: FreshDatabases<Tables>["place"]) =>
    declare({
      driver,
      options,
      place,
      async open(t) {
        const database = await openDatabase<Tables>(await place(t), options);
        t.after(() => database.close());
        await migrateDatabase(database, given);
        return database;
      },
    });

  declareOn("embedded", async () => ({ kind: "memory" }));
  const server = process.env.ROSE_ASH_TEST_POSTGRES ?? "postgres://postgres@127.0.0.1:5432/postgres";
  const refusal = await findRefusal(server);
  if (!refusal) return declareOn("postgres", (t) => createDatabaseOn(server, t));
  const reason = `SKIPPED on PostgreSQL: ${refusal.message} (ROSE_ASH_TEST_POSTGRES names the server for tests)`;
  console.error(reason);
  test("the tests above also pass on PostgreSQL", { skip: reason }, () => {});
}

/** Why the server cannot be used; undefined when it can. */
async function findRefusal(url: string): Promise<StoreRefusal | undefined> {
  try {
    await (await openDatabase({ kind: "postgres", url })).close();
    return undefined;
  } catch (error) {
    if (error instanceof StoreRefusal) return error;
    throw error;
  }
}

async function createDatabaseOn(server: string, t: TestContext): Promise<DatabaseLocation> {
  const name = `rose_ash_test_${process.pid}_${randomBytes(6).toString("hex")}`;
  await runOn(server, `create database ${name}`);
  t.after(() => runOn(server, `drop database ${name} with (force)`));
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { kind: "postgres", url: url.href, poolSize: 4 };
}

async function runOn(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Kept between runs, so that only the first test program waits for an empty database to be made. */
function snapshotFile(): string {
  return fileURLToPath(
    new URL(`../../node_modules/.cache/rose-ash/empty-${embeddedMajor}.tar`, import.meta.url),
  );
}
