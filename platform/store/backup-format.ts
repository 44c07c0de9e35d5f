// The backup format: lines of JSON that hold every row of a database, the same from either driver and for either.
import { createHash } from "node:crypto";
import { sql, type Transaction } from "kysely";
import { z } from "zod";
import { migrationsTable } from "./migrate.ts";

//   {"format":"rose-ash-backup","version":1,"service":"blog","migrations":[{"name":…,"checksum":…}]}
//   {"table":"posts","columns":["id","title"]}    followed by its rows, in order of the primary key:
//   ["1","Hello"]                                  each value as PostgreSQL's own text, or null
//   {"sequence":"posts_id_seq","next":"2"}
//   {"end":true,"rows":1,"sha256":…}               the sum over all lines before it, each with its line end

/** Raised when older programs could no longer read what is written. */
export const backupVersion = 1;

export const headerSchema = z.object({
  format: z.literal("rose-ash-backup"),
  version: z.int().positive(),
  service: z.string(),
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })),
});
export type BackupHeader = z.infer<typeof headerSchema>;

export const rowSchema = z.array(z.string().nullable());
export type BackupRow = z.infer<typeof rowSchema>;

/** Every line after the header that is not a row. */
export const markSchema = z.union([
  z.strictObject({ table: z.string(), columns: z.array(z.string()) }),
  z.strictObject({ sequence: z.string(), next: z.string().regex(/^-?\d+$/) }),
  z.strictObject({ end: z.literal(true), rows: z.int().min(0), sha256: z.string() }),
]);
export type BackupMark = z.infer<typeof markSchema>;

/** Sums up lines as they pass, for the last one to hold or to be compared with. */
export class LineSum {
  readonly #hash = createHash("sha256");

  add(line: string): void {
    this.#hash.update(line).update("\n");
  }

  finish(): string {
    return this.#hash.digest("hex");
  }
}

/** A table as a backup sees it: columns that are stored (not computed), with the name to cast text to. */
export interface BackupTable {
  readonly table: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Columns of the primary key, in its order; empty without one. */
  readonly key: readonly string[];
}

/** The service's tables (the public schema without the migrations record), by name. */
export async function readBackupTables<Tables>(tx: Transaction<Tables>): Promise<BackupTable[]> {
  const found = await sql<BackupTable>`
    select c.relname::text as "table",
      (select json_agg(json_build_object('name', a.attname,
          'type', quote_ident(n.nspname) || '.' || quote_ident(t.typname)) order by a.attnum)
        from pg_attribute a join pg_type t on t.oid = a.atttypid join pg_namespace n on n.oid = t.typnamespace
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
      coalesce((select json_agg(a.attname order by k.position)
        from pg_index i cross join lateral unnest(i.indkey::int2[]) with ordinality as k (number, position)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = k.number
        where i.indrelid = c.oid and i.indisprimary), '[]') as key
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and c.relname <> ${migrationsTable}
    order by c.relname::text collate "C"`.execute(tx);
  return found.rows.filter((table) => table.columns !== null);
}
