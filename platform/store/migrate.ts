// Migrations: the plain SQL files of a service, applied in order of their numbers when it starts. Promise: each
// file is applied once and whole, together with its record, however many processes start at the same time;
// and history is never rewritten: a file that was changed, lost or slipped in late is refused.
// Files are named like 0001-posts.sql and cannot contain what PostgreSQL refuses inside a transaction. Those of the
// platform are named platform-0001-facts.sql: a history of its own in the same database, with its own order.
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { sql, type Transaction } from "kysely";
import type { Database } from "./database.ts";
import { StoreRefusal } from "./refusal.ts";

/** One migration; `checksum` is the SHA-256 (hex) of its text with line ends as \n. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/** What the database remembers of an applied migration. */
export type AppliedMigration = Pick<Migration, "name" | "checksum">;

/** The table the record is kept in: not part of a service's own tables, nor of a backup's rows. */
export const migrationsTable = "applied_migrations";

const fileName = /^((?:platform-)?)(\d{4})-[a-z0-9-]+\.sql$/;

/** Which history a migration is of: "platform-", or "" for the service's own. */
function historyOf(name: string): string {
  return fileName.exec(name)?.[1] ?? "";
}

/** Reads a migrations folder (a path or file: URL), in order. Files not named like one are refused. */
export async function readMigrations(folder: string | URL): Promise<Migration[]> {
  const path = folder instanceof URL ? fileURLToPath(folder) : folder;
  const names = (await readdir(path)).filter((name) => !name.startsWith(".")).sort();
  for (const [index, name] of names.entries()) {
    const number = fileName.exec(name)?.slice(1, 3).join("");
    if (number === undefined) {
      throw new StoreRefusal(
        "migration-named",
        `${path}/${name} is not named like 0001-posts.sql: rename or remove it.`,
      );
    }
    if (names[index - 1]?.startsWith(`${number}-`)) {
      throw new StoreRefusal(
        "migration-named",
        `${path}/${name} has the number of ${names[index - 1]}: give it the next.`,
      );
    }
  }
  return await Promise.all(
    names.map(async (name) => {
      const text = (await readFile(`${path}/${name}`, "utf8")).replaceAll("\r\n", "\n");
      return { name, sql: text, checksum: createHash("sha256").update(text).digest("hex") };
    }),
  );
}

/**
 * Brings a database up to these migrations and answers the names it applied now (none when it was current).
 * Each is a transaction of its own. Throws StoreRefusal when the database's history is not theirs, and
 * when the SQL of one fails (those before it stay applied).
 */
export async function migrateDatabase<Tables>(
  database: Database<Tables>,
  migrations: readonly Migration[],
): Promise<string[]> {
  const applied: string[] = [];
  for (;;) {
    const name = await database.transaction((tx) => applyNext(tx, migrations));
    if (name === undefined) return applied;
    applied.push(name);
  }
}

/** The migrations a database says it has, in order; none when it was never migrated. */
export async function readApplied<Tables>(tx: Transaction<Tables>): Promise<AppliedMigration[]> {
  const found = await sql<{
    exists: boolean;
  }>`select to_regclass(${`public.${migrationsTable}`}) is not null as exists`.execute(tx);
  if (!found.rows[0]?.exists) return [];
  const rows =
    await sql<AppliedMigration>`select name, checksum from public.${sql.id(migrationsTable)} order by name collate "C"`.execute(
      tx,
    );
  return rows.rows;
}

/** Applies the first migration not yet applied, under the lock all processes share, and answers its name. */
export async function applyNext<Tables>(
  tx: Transaction<Tables>,
  migrations: readonly Migration[],
): Promise<string | undefined> {
  await sql`select pg_advisory_xact_lock(hashtext('rose-ash migrations'))`.execute(tx);
  const applied = await readApplied(tx);
  assertSameHistory(applied, migrations);
  const done = new Set(applied.map(({ name }) => name));
  const next = migrations.find(({ name }) => !done.has(name));
  if (next) await applyOne(tx, next);
  return next?.name;
}

async function applyOne<Tables>(tx: Transaction<Tables>, migration: Migration): Promise<void> {
  await sql
    .raw(
      `create table if not exists public.${migrationsTable} (
        name text primary key, checksum text not null, applied_at timestamptz not null default now())`,
    )
    .execute(tx);
  const before = await readTransaction(tx);
  try {
    await sql.raw(migration.sql).execute(tx);
  } catch (error) {
    throw failed(migration, error);
  }
  if ((await readTransaction(tx)) !== before) {
    throw new Error(
      `The migration ${migration.name} ends its own transaction: take its commit or rollback out.`,
    );
  }
  await sql`insert into public.${sql.id(migrationsTable)} (name, checksum) values (${migration.name}, ${migration.checksum})`.execute(
    tx,
  );
}

async function readTransaction<Tables>(tx: Transaction<Tables>): Promise<string | undefined> {
  return (await sql<{ id: string }>`select pg_current_xact_id()::text as id`.execute(tx)).rows[0]?.id;
}

/** Refuses a database whose applied migrations are not the first ones of these, history by history. */
export function assertSameHistory(
  applied: readonly AppliedMigration[],
  migrations: readonly Migration[],
): void {
  const histories = new Set([...applied, ...migrations].map(({ name }) => historyOf(name)));
  for (const history of histories) {
    const isOfIt = ({ name }: AppliedMigration) => historyOf(name) === history;
    assertSameOrder(applied.filter(isOfIt), migrations.filter(isOfIt));
  }
}

function assertSameOrder(applied: readonly AppliedMigration[], migrations: readonly Migration[]): void {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  const last = migrations.at(-1)?.name ?? "";
  for (const { name, checksum } of applied) {
    const migration = known.get(name);
    if (!migration && name > last) {
      throw new StoreRefusal(
        "newer",
        `The database is newer than the program (it has the migration ${name}): start the program that made it or a later one.`,
      );
    }
    if (!migration) {
      throw new StoreRefusal(
        "migration-missing",
        `The migration ${name} was applied to this database and its file is gone: put the file back.`,
      );
    }
    if (migration.checksum !== checksum) {
      throw new StoreRefusal(
        "migration-changed",
        `The migration ${name} was changed after it was applied: restore the file and put the change in a new one.`,
      );
    }
  }
  const done = new Set(applied.map(({ name }) => name));
  const late = migrations.slice(0, applied.length).find(({ name }) => !done.has(name));
  if (late) {
    throw new StoreRefusal(
      "migration-late",
      `The migration ${late.name} comes before ${applied.at(-1)?.name}, which is applied already: give it a higher number.`,
    );
  }
}

function failed(migration: Migration, error: unknown): StoreRefusal {
  const reason = error instanceof Error ? error.message : String(error);
  // PostgreSQL counts characters from 1; a position in a nested statement (a function body) has none here.
  const position = error instanceof Error && "position" in error ? Number(error.position) : Number.NaN;
  const line = position > 0 ? ` at line ${migration.sql.slice(0, position - 1).split("\n").length}` : "";
  return new StoreRefusal(
    "migration-failed",
    `Applying the migration ${migration.name} failed${line} (${reason}): nothing of it was kept; mend the file and start again.`,
    { cause: error },
  );
}
