// The rule "table types are the database's": tables.ts of each service, and of the platform, is what the migrated
// database says of itself, so that a query that compiles fits the tables. `npm run tables` writes it (scripts/tables.ts).
import { join } from "node:path";
import {
  createEmbeddedEngine,
  describeTables,
  migrateDatabase,
  openDatabase,
  readMigrations,
} from "../../platform/store/store.ts";
import type { Finding } from "./finding.ts";
import { isThere, listServices, readIfThere } from "./project-files.ts";

/** Finds table types that are missing or do not fit. Throws when a migration cannot be applied. */
export async function checkTables(root: string): Promise<Finding[]> {
  const describeService = createTableDescriber();
  const findings: Finding[] = [];
  for (const folder of foldersOfTables(root)) {
    const file = `${folder}/tables.ts`;
    const expected = await describeService(join(root, folder));
    const found = readIfThere(root, file);
    if (expected === null || expected === found) continue;
    findings.push({
      file,
      line: found === null ? 1 : firstDifference(expected, found),
      sentence: `is not what the migrations make: npm run tables writes it.`,
    });
  }
  return findings;
}

/** The folders that have migrations and, by them, a tables.ts. */
export function foldersOfTables(root: string): string[] {
  return ["platform", ...listServices(root).map((name) => `services/${name}`)];
}

/**
 * Gives a function from a service's folder to the text of its tables.ts, or null where there are no migrations.
 * The databases it needs are in memory and share what is costly to prepare.
 */
export function createTableDescriber(): (folder: string) => Promise<string | null> {
  const engine = createEmbeddedEngine({
    snapshotFile: join(import.meta.dirname, "../../node_modules/.cache/rose-ash/empty-check.tar"),
  });
  return async (folder) => {
    if (!isThere(folder, "migrations")) return null;
    const migrations = await readMigrations(join(folder, "migrations"));
    const database = await openDatabase({ kind: "memory" }, { engine });
    try {
      await migrateDatabase(database, migrations);
      return await describeTables(database);
    } finally {
      await database.close();
    }
  };
}

function firstDifference(expected: string, found: string): number {
  const lines = found.split("\n");
  const index = expected.split("\n").findIndex((line, at) => line !== lines[at]);
  return index < 0 ? lines.length : index + 1;
}
