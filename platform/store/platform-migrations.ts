// The migrations of the platform's own tables, which every service's database has beside the service's.
import { type Migration, readMigrations } from "./migrate.ts";

/** The platform's migrations and then those in `folder`: what a service's database is brought up to. */
export async function readAllMigrations(folder: string): Promise<Migration[]> {
  const platform = await readMigrations(new URL("../migrations", import.meta.url));
  return [...platform, ...(await readMigrations(folder))];
}
