// Backups: a database as lines (backup-format.ts). Promise: the lines are the state of one moment, and memory
// holds a batch of rows, never a table. Files and compression are the caller's; the way back is restore.ts.
import { type ControlledTransaction, sql } from "kysely";
import {
  type BackupMark,
  type BackupRow,
  type BackupTable,
  backupVersion,
  LineSum,
  readBackupTables,
} from "./backup-format.ts";
import type { Database } from "./database.ts";
import { readApplied } from "./migrate.ts";

/** About how much text one batch of rows may hold, in characters; a single larger row comes alone. */
const batchCharacters = 1_000_000;

/**
 * Gives a database's backup line by line (without line ends). It reads in one transaction that stays open until
 * the last line is taken or the iteration is left; on the embedded driver all else waits meanwhile, so let no
 * slow network take the lines.
 */
export async function* backupDatabase<Tables>(
  database: Database<Tables>,
  options: { readonly service: string },
): AsyncGenerator<string, void, undefined> {
  const tx = await database.query.startTransaction().setIsolationLevel("repeatable read").execute();
  try {
    const sum = new LineSum();
    let rows = 0;
    const migrations = await readApplied(tx);
    yield written(sum, {
      format: "rose-ash-backup",
      version: backupVersion,
      service: options.service,
      migrations,
    });
    for (const table of await readBackupTables(tx)) {
      yield written(sum, { table: table.table, columns: table.columns.map(({ name }) => name) });
      for await (const row of readRows(tx, table)) {
        rows++;
        yield written(sum, row);
      }
    }
    for (const mark of await readSequences(tx)) yield written(sum, mark);
    await tx.commit().execute();
    yield JSON.stringify({ end: true, rows, sha256: sum.finish() } satisfies BackupMark);
  } finally {
    if (!tx.isCommitted) await tx.rollback().execute();
  }
}

function written(sum: LineSum, content: unknown): string {
  const line = JSON.stringify(content);
  sum.add(line);
  return line;
}

/** All rows in order of the primary key, through a cursor whose steps follow the size of the rows seen. */
async function* readRows<Tables>(
  tx: ControlledTransaction<Tables>,
  table: BackupTable,
): AsyncGenerator<BackupRow> {
  const columns = table.columns.map(
    ({ name }, index) => sql`${sql.id(name)}::text as ${sql.id(`c${index}`)}`,
  );
  const order = table.key.map((name) => sql.id(name));
  await sql`declare backup_rows no scroll cursor for select ${sql.join(columns)} from public.${sql.id(table.table)}
    ${order.length > 0 ? sql`order by ${sql.join(order)}` : sql``}`.execute(tx);
  let step = 10;
  for (;;) {
    const batch = await sql<
      Record<string, string | null>
    >`fetch forward ${sql.lit(step)} from backup_rows`.execute(tx);
    if (batch.rows.length === 0) break;
    let characters = 0;
    for (const found of batch.rows) {
      const row = table.columns.map((_, index) => found[`c${index}`] ?? null);
      for (const value of row) characters += value?.length ?? 0;
      yield row;
    }
    const fitting = Math.floor((batchCharacters * batch.rows.length) / Math.max(characters, 1));
    step = Math.max(1, Math.min(fitting, step * 4, 2000));
  }
  await sql`close backup_rows`.execute(tx);
}

/** The next value of every sequence. Sequences have no snapshot: this may be later than the rows, never earlier. */
async function readSequences<Tables>(tx: ControlledTransaction<Tables>): Promise<BackupMark[]> {
  const sequences = await sql<{ name: string; step: string }>`
    select c.relname::text as name, s.seqincrement::text as step
    from pg_sequence s join pg_class c on c.oid = s.seqrelid
    where c.relnamespace = 'public'::regnamespace order by c.relname::text collate "C"`.execute(tx);
  const marks: BackupMark[] = [];
  for (const { name, step } of sequences.rows) {
    const found = await sql<{ next: string }>`
      select (case when is_called then last_value::numeric + ${sql.lit(step)}::numeric else last_value end)::text as next
      from public.${sql.id(name)}`.execute(tx);
    marks.push({ sequence: name, next: found.rows[0]!.next }); // a sequence is a table of exactly one row
  }
  return marks;
}
