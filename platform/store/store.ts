// The store's door: what services and the launcher may use of it. Start reading at database.ts; the promises
// are told in README.md.
export { backupDatabase } from "./backup.ts";
export { type Database, type DatabaseLocation, type DatabaseOptions, openDatabase } from "./database.ts";
export { createEmbeddedEngine, type EmbeddedEngine } from "./embedded.ts";
export { type LockOutcome, lockDirectory } from "./lock.ts";
export { type Migration, migrateDatabase, readMigrations } from "./migrate.ts";
export { readAllMigrations } from "./platform-migrations.ts";
export { type RefusalKind, StoreRefusal } from "./refusal.ts";
export { type RestoreOptions, restoreDatabase } from "./restore.ts";
export { describeTables } from "./tables.ts";
