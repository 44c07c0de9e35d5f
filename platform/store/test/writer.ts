// Run as a child: writes rows into the embedded database of a directory one by one, for ever, and says the
// number of each on its standard output once the database has acknowledged it. Made to be killed.
import { sql } from "kysely";
import { openDatabase } from "../database.ts";

const database = await openDatabase({ kind: "embedded", directory: process.argv[2]! });
await sql`create table if not exists notes (id int8 primary key, body text not null, at timestamptz, data jsonb, bytes bytea, tags text[])`.execute(
  database.query,
);
const found = await sql<{ last: number }>`select coalesce(max(id), 0) as last from notes`.execute(
  database.query,
);
for (let id = found.rows[0]!.last + 1; ; id++) {
  await sql`insert into notes (id, body) values (${id}, ${"x".repeat(2000)})`.execute(database.query);
  process.stdout.write(`${id}\n`);
}
