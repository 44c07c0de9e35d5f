// Run as a child: connects to a PostgreSQL database, says "ready", waits for its standard input to end, migrates
// with the files of a folder, and says the names it applied, one per line.
import { openDatabase } from "../database.ts";
import { migrateDatabase, readMigrations } from "../migrate.ts";

const [url = "", folder = ""] = process.argv.slice(2);
const migrations = await readMigrations(folder);
const database = await openDatabase({ kind: "postgres", url });
process.stdout.write("ready\n");
for await (const _ of process.stdin);
for (const name of await migrateDatabase(database, migrations)) process.stdout.write(`${name}\n`);
await database.close();
