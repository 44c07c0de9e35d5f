// Restoring: the lines of a backup (backup-format.ts) back into a database of either driver. Promise: one
// transaction, so whatever goes wrong (a file cut short, a full disk, a killed process) leaves the old state.
import { sql, type Transaction } from "kysely";
import type { z } from "zod";
import {
  type BackupHeader,
  type BackupMark,
  type BackupRow,
  type BackupTable,
  backupVersion,
  headerSchema,
  LineSum,
  markSchema,
  readBackupTables,
  rowSchema,
} from "./backup-format.ts";
import type { Database } from "./database.ts";
import { applyNext, assertSameHistory, type Migration, readApplied } from "./migrate.ts";
import { StoreRefusal } from "./refusal.ts";

export interface RestoreOptions {
  /** The service the database belongs to; a backup of another is refused. */
  readonly service: string;
  /** The program's migrations: a backup from before the last of them is brought up to date after loading. */
  readonly migrations: readonly Migration[];
  /** Whether rows that are there may be thrown away. Without it a database with any row is refused. */
  readonly replace?: boolean;
}

/** How much text is inserted at a time, in characters. */
const batchCharacters = 1_000_000;

/**
 * Replaces the content of a database by a backup's and answers how many rows that is. The schema ends up at the
 * last of `migrations`. Throws StoreRefusal when the backup is damaged, newer or another service's, or when the
 * database is not empty and `replace` is not said; the database is then as it was.
 */
export async function restoreDatabase<Tables>(
  database: Database<Tables>,
  lines: AsyncIterable<string>,
  options: RestoreOptions,
): Promise<{ readonly rows: number }> {
  return await database.transaction(async (tx) => {
    const source = readLines(lines);
    const header = await readHeader(source);
    assertRestorable(header, options);
    await prepareSchema(tx, header, options);

    const foreignKeys = await setForeignKeysAside(tx);
    const triggers = await switchTriggersOff(tx);
    const rows = await loadLines(tx, source);
    await sql`set constraints all immediate`.execute(tx);
    for (const { table, name, definition } of foreignKeys) {
      await sql`alter table public.${sql.id(table)} add constraint ${sql.id(name)} ${sql.raw(definition)}`.execute(
        tx,
      );
    }
    for (const { table, name } of triggers) {
      await sql`alter table public.${sql.id(table)} enable trigger ${sql.id(name)}`.execute(tx);
    }
    while (await applyNext(tx, options.migrations));
    return { rows };
  });
}

/** Lines with their numbers and the running sum of those before. */
interface Line {
  readonly text: string;
  readonly number: number;
}
interface Source {
  next(): Promise<Line | undefined>;
  readonly sum: LineSum;
}

function readLines(lines: AsyncIterable<string>): Source {
  const iterator = lines[Symbol.asyncIterator]();
  let number = 0;
  return {
    sum: new LineSum(),
    async next() {
      const found = await iterator.next();
      return found.done ? undefined : { text: found.value, number: ++number };
    },
  };
}

async function readHeader(source: Source): Promise<BackupHeader> {
  const line = await source.next();
  const header = line && headerSchema.safeParse(parseJson(line));
  if (!line || !header?.success)
    throw new StoreRefusal(
      "backup-damaged",
      "This is not a Rose Ash backup: its first line is not the header of one. Choose another file.",
    );
  source.sum.add(line.text);
  return header.data;
}

function assertRestorable(header: BackupHeader, options: RestoreOptions): void {
  if (header.service !== options.service) {
    throw new StoreRefusal(
      "backup-elsewhere",
      `This is a backup of ${header.service}, not of ${options.service}: choose another file.`,
    );
  }
  if (header.version > backupVersion) throw newerBackup();
  try {
    assertSameHistory(header.migrations, options.migrations);
  } catch (error) {
    if (!(error instanceof StoreRefusal)) throw error;
    if (error.kind === "newer") throw newerBackup();
    throw new StoreRefusal(
      "backup-elsewhere",
      `The backup's schema is not one this program ever had (${error.message}): restore it with the program that made it.`,
    );
  }
}

function newerBackup(): StoreRefusal {
  return new StoreRefusal(
    "newer",
    "The backup is newer than the program: restore it with the program that made it or a later one.",
  );
}

/** Leaves empty tables of the schema that the backup was made with. */
async function prepareSchema<Tables>(tx: Transaction<Tables>, header: BackupHeader, options: RestoreOptions) {
  const applied = await readApplied(tx);
  assertSameHistory(applied, options.migrations);
  if (!options.replace) await assertEmpty(tx);
  const wanted = new Set(header.migrations.map(({ name }) => name));
  if (applied.some(({ name }) => !wanted.has(name))) {
    // Rows of an older schema: make that schema again, so that the later migrations change them as they would have.
    await sql.raw("drop schema public cascade; create schema public").execute(tx);
  }
  while (
    await applyNext(
      tx,
      options.migrations.filter(({ name }) => wanted.has(name)),
    )
  );
  const tables = (await readBackupTables(tx)).map(({ table }) => sql`public.${sql.id(table)}`);
  if (tables.length > 0) await sql`truncate ${sql.join(tables)}`.execute(tx);
}

async function assertEmpty<Tables>(tx: Transaction<Tables>): Promise<void> {
  for (const { table } of await readBackupTables(tx)) {
    const found = await sql`select 1 from public.${sql.id(table)} limit 1`.execute(tx);
    if (found.rows.length === 0) continue;
    throw new StoreRefusal(
      "not-empty",
      `The database is not empty (${table} has rows): say that they may be replaced, or restore into a new database.`,
    );
  }
}

/** Takes the foreign keys off, because rows that refer to each other have no right order; adding them checks all. */
async function setForeignKeysAside<Tables>(tx: Transaction<Tables>) {
  const found = await sql<{ table: string; name: string; definition: string }>`
    select c.relname::text as "table", k.conname::text as name, pg_get_constraintdef(k.oid) as definition
    from pg_constraint k join pg_class c on c.oid = k.conrelid
    where k.contype = 'f' and k.conparentid = 0 and c.relnamespace = 'public'::regnamespace
    order by k.oid`.execute(tx);
  for (const { table, name } of found.rows) {
    await sql`alter table public.${sql.id(table)} drop constraint ${sql.id(name)}`.execute(tx);
  }
  return found.rows;
}

/** Switches the triggers off that would change rows on their way in, and answers which they were. */
async function switchTriggersOff<Tables>(tx: Transaction<Tables>) {
  const found = await sql<{ table: string; name: string }>`
    select c.relname::text as "table", t.tgname::text as name
    from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where not t.tgisinternal and t.tgenabled = 'O' and c.relnamespace = 'public'::regnamespace`.execute(tx);
  for (const { table, name } of found.rows) {
    await sql`alter table public.${sql.id(table)} disable trigger ${sql.id(name)}`.execute(tx);
  }
  return found.rows;
}

/** Loads all lines after the header and answers the number of rows; throws unless the last line agrees. */
async function loadLines<Tables>(tx: Transaction<Tables>, source: Source): Promise<number> {
  const tables = new Map((await readBackupTables(tx)).map((table) => [table.table, table]));
  let batch: Batch | undefined;
  let rows = 0;
  for (let line = await source.next(); line; line = await source.next()) {
    if (line.text.startsWith("[")) {
      if (!batch) throw damaged(line);
      await batch.add(parseAs(rowSchema, line), line);
      rows++;
    } else {
      await batch?.flush();
      const mark = parseAs(markSchema, line);
      if ("end" in mark) return await finish(mark, { rows, line, source });
      if ("sequence" in mark) await setSequence(tx, mark);
      else batch = startTable(tx, tables.get(mark.table), mark, line);
    }
    source.sum.add(line.text);
  }
  throw new StoreRefusal(
    "backup-damaged",
    "The backup is cut short (its last line is missing): get a whole copy of the file.",
  );
}

async function finish(
  mark: Extract<BackupMark, { end: true }>,
  found: { rows: number; line: Line; source: Source },
): Promise<number> {
  const same = mark.rows === found.rows && mark.sha256 === found.source.sum.finish();
  if (!same || (await found.source.next())) {
    throw new StoreRefusal(
      "backup-damaged",
      "The backup is not as it was written (its check sum differs): get another copy of the file.",
    );
  }
  return found.rows;
}

function startTable<Tables>(
  tx: Transaction<Tables>,
  table: BackupTable | undefined,
  mark: Extract<BackupMark, { table: string }>,
  line: Line,
): Batch {
  const types = mark.columns.map((name) => table?.columns.find((column) => column.name === name)?.type);
  if (!table || types.some((type) => type === undefined)) throw damaged(line);
  const names = mark.columns.map((name) => sql.id(name));
  const values = types.map((type, index) => sql`(r->>${sql.lit(index)})::${sql.raw(type ?? "")}`);
  return createBatch(mark.columns.length, async (rows) => {
    try {
      await sql`insert into public.${sql.id(table.table)} (${sql.join(names)}) overriding system value
        select ${sql.join(values)} from json_array_elements(${JSON.stringify(rows)}::text::json) as r`.execute(
        tx,
      );
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new StoreRefusal(
        "restore-failed",
        `Restoring the rows of ${table.table} failed (${reason}): nothing was changed; mend the cause and restore again.`,
        { cause: error },
      );
    }
  });
}

/** Rows of one table on their way in. */
interface Batch {
  add(row: BackupRow, line: Line): Promise<void>;
  flush(): Promise<void>;
}

function createBatch(width: number, insert: (rows: readonly BackupRow[]) => Promise<void>): Batch {
  let rows: BackupRow[] = [];
  let characters = 0;
  const flush = async () => {
    if (rows.length > 0) await insert(rows);
    rows = [];
    characters = 0;
  };
  return {
    flush,
    async add(row, line) {
      if (row.length !== width) throw damaged(line);
      rows.push(row);
      characters += line.text.length;
      if (characters >= batchCharacters) await flush();
    },
  };
}

async function setSequence<Tables>(tx: Transaction<Tables>, mark: Extract<BackupMark, { sequence: string }>) {
  // Unlike setval(), this is undone when the transaction is.
  await sql`alter sequence public.${sql.id(mark.sequence)} restart with ${sql.raw(mark.next)}`.execute(tx);
}

function parseAs<Schema extends z.ZodType>(schema: Schema, line: Line): z.infer<Schema> {
  const content = schema.safeParse(parseJson(line));
  if (!content.success) throw damaged(line);
  return content.data;
}

function parseJson(line: Line): unknown {
  try {
    return JSON.parse(line.text);
  } catch {
    return undefined; // which no schema here accepts
  }
}

function damaged(line: Line): StoreRefusal {
  return new StoreRefusal(
    "backup-damaged",
    `The backup is damaged at line ${line.number}: get another copy of the file.`,
  );
}
