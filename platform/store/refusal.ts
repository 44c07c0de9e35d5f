// The store's expected refusals: situations a person can mend, told in sentences fit for the terminal.
// The launcher prints `message` and exits 1; anything else that is thrown is a fault and keeps its stack.

/** What was refused; one word for the caller to switch on. */
export type RefusalKind =
  | "held" // another process has the embedded directory open
  | "incompatible" // files or server of a PostgreSQL version this program cannot use
  | "unreachable" // no PostgreSQL answers at the configured address, or not for this user and database
  | "newer" // the database or backup comes from a newer program
  | "migration-changed" // an applied migration file is no longer what it was
  | "migration-missing" // an applied migration file is gone
  | "migration-late" // a new migration file sorts before one already applied
  | "migration-named" // a file in a migrations folder is not named like one
  | "migration-failed" // the SQL of a migration failed
  | "not-empty" // a restore would overwrite rows and was not told to
  | "restore-failed" // the database refused the rows of a backup
  | "backup-damaged" // a backup that is cut short, altered or not a backup at all
  | "backup-elsewhere"; // a backup of another service, or of a schema that never was this one's past

/** An expected refusal. `message` says what was being done, to what, and what to do now; it holds no secrets. */
export class StoreRefusal extends Error {
  readonly kind: RefusalKind;

  constructor(kind: RefusalKind, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "StoreRefusal";
    this.kind = kind;
  }
}
