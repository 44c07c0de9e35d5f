// The database port: everything a service may do with a database, the same on both drivers. Promises: equal
// queries give equal values on PostgreSQL and on the embedded one; a transaction is kept whole or not at all;
// an embedded directory is open in one process at a time. What services keep in it is laid down by migrate.ts.
import { AsyncLocalStorage } from "node:async_hooks";
import { hostname } from "node:os";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { PGlite, Results } from "@electric-sql/pglite";
import type { Dialect, PGlite as KyselyPGlite, KyselyPlugin, PGliteTransaction, Transaction } from "kysely";
import { CompiledQuery, Kysely, PGliteDialect, PostgresDialect, sql } from "kysely";
import { createEmbeddedEngine, type EmbeddedEngine } from "./embedded.ts";
import { type LockOutcome, lockDirectory } from "./lock.ts";
import { openPool, sessionSettings } from "./postgres.ts";
import { StoreRefusal } from "./refusal.ts";

/**
 * Where a database is. `embedded` keeps it in files of this process, in a directory of its own; `memory` is
 * embedded and gone when closed; `postgres` is a server (`poolSize` connections at most, 10 unless said).
 */
export type DatabaseLocation =
  | { readonly kind: "embedded"; readonly directory: string }
  | { readonly kind: "memory" }
  | { readonly kind: "postgres"; readonly url: string; readonly poolSize?: number };

export interface DatabaseOptions {
  /** The engine for embedded databases; give all of a process the same one. Without it each makes its own. */
  readonly engine?: EmbeddedEngine;
}

/** An open database whose tables are `Tables` (a service's generated tables.ts). */
export interface Database<Tables> {
  readonly driver: "embedded" | "postgres";
  /** Single queries. Inside `transaction` use what is handed to the work instead; this one is refused there. */
  readonly query: Kysely<Tables>;
  /**
   * Runs `work` in a transaction: committed when it resolves, rolled back when it throws. One at a time on the
   * embedded driver, where everything else on this database waits for it, so keep other waiting out of it.
   */
  transaction<T>(work: (tx: Transaction<Tables>) => Promise<T>): Promise<T>;
  /**
   * Runs `work` once the transaction that the calling code is inside of has committed, never when it is rolled
   * back; outside of one, at once. For waking what waits for the change, not for anything that must happen.
   */
  afterCommit(work: () => void): void;
  /** Whether a query is answered within two seconds. */
  isReady(): Promise<boolean>;
  /** Ends all connections and gives the directory free. Repeating it does nothing. */
  close(): Promise<void>;
}

/** Opens a database (made when embedded and new). Throws StoreRefusal when it is in use, unreachable or not fit. */
export async function openDatabase<Tables>(
  location: DatabaseLocation,
  options: DatabaseOptions = {},
): Promise<Database<Tables>> {
  switch (location.kind) {
    case "embedded":
      return await openEmbedded(resolve(location.directory), options.engine ?? createEmbeddedEngine({}));
    case "memory":
      return createEmbedded(await (options.engine ?? createEmbeddedEngine({})).openMemory(), async () => {});
    case "postgres": {
      const pool = await openPool(location.url, location.poolSize ?? 10);
      const dialect = new PostgresDialect({
        pool,
        onCreateConnection: async (connection) => {
          await connection.executeQuery(CompiledQuery.raw(sessionSettings));
        },
      });
      return createDatabase("postgres", dialect, () => pool.end());
    }
  }
}

async function openEmbedded<Tables>(directory: string, engine: EmbeddedEngine): Promise<Database<Tables>> {
  const lock = await lockDirectory(directory);
  if (lock.kind === "held") throw heldBy(directory, lock);
  try {
    return createEmbedded(await engine.openDirectory(directory), lock.release);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

function createEmbedded<Tables>(pglite: PGlite, release: () => Promise<void>): Database<Tables> {
  return createDatabase("embedded", new PGliteDialect({ pglite: simpleWhenPlain(pglite) }), async () => {
    if (!pglite.closed) await pglite.close();
    await release();
  });
}

/** A transaction as the code inside of it sees it. */
interface Scope {
  open: boolean;
  readonly afterwards: (() => void)[];
}

function createDatabase<Tables>(
  driver: Database<Tables>["driver"],
  dialect: Dialect,
  end: () => Promise<void>,
): Database<Tables> {
  // The transaction that the running code is inside of, if any; `open` turns false when it ends, so that work
  // started in it and left to run afterwards may use the database again.
  const within = new AsyncLocalStorage<Scope>();
  const query = new Kysely<Tables>({ dialect, plugins: [refuseWithin(within)] });
  let closing: Promise<void> | undefined;

  return {
    driver,
    query,
    async transaction(work) {
      assertOutside(within);
      const scope: Scope = { open: true, afterwards: [] };
      try {
        const result = await query
          .transaction()
          .execute((tx) => within.run(scope, () => work(tx.withoutPlugins())));
        scope.open = false;
        for (const one of scope.afterwards) one();
        return result;
      } finally {
        scope.open = false;
      }
    },
    afterCommit(work) {
      const scope = within.getStore();
      if (scope?.open) scope.afterwards.push(work);
      else work();
    },
    async isReady() {
      if (closing) return false;
      const answer = within
        .exit(() => sql`select 1`.execute(query))
        .then(
          () => true,
          () => false,
        );
      const limit = new AbortController();
      const silence = sleep(2000, false, { signal: limit.signal, ref: false }).catch(() => false);
      try {
        return await Promise.race([answer, silence]);
      } finally {
        limit.abort();
      }
    },
    async close() {
      closing ??= end();
      await closing;
    },
  };
}

/**
 * The main handle inside a transaction is never meant: on the embedded driver it would wait for ever for the
 * transaction it is part of, on PostgreSQL it would be left out of it. So it is an error at once, on both.
 */
function refuseWithin(within: AsyncLocalStorage<Scope>): KyselyPlugin {
  return {
    transformQuery(args) {
      assertOutside(within);
      return args.node;
    },
    transformResult: async (args) => args.result,
  };
}

function assertOutside(within: AsyncLocalStorage<Scope>): void {
  if (within.getStore()?.open) {
    throw new Error(
      "The database's own handle was used inside its transaction: use the transaction's handle there.",
    );
  }
}

/**
 * PGlite with the habit of `pg`: a query without parameters goes by the simple protocol, so it may hold several
 * statements (a migration), and several give no rows.
 */
function simpleWhenPlain(pglite: PGlite): KyselyPGlite {
  const run = async <T>(
    on: Pick<PGlite, "query" | "exec">,
    text: string,
    parameters: unknown[] | undefined,
  ) => {
    if (parameters?.length) return await on.query<T>(text, parameters);
    const results = (await on.exec(text)) as Results<T>[]; // exec's type leaves the rows' type open
    return results.length === 1 && results[0] ? results[0] : { rows: [], fields: [] };
  };
  return {
    get ready() {
      return pglite.ready;
    },
    get closed() {
      return pglite.closed;
    },
    waitReady: pglite.waitReady,
    close: () => pglite.close(),
    query: (text, parameters) => run(pglite, text, parameters),
    transaction: <T>(work: (tx: PGliteTransaction) => Promise<T>) =>
      pglite.transaction((tx) =>
        work({ query: (text, parameters) => run(tx, text, parameters), rollback: () => tx.rollback() }),
      ),
  };
}

function heldBy(directory: string, lock: Extract<LockOutcome, { kind: "held" }>): StoreRefusal {
  const here = lock.host === hostname();
  return new StoreRefusal(
    "held",
    `The database in ${directory} is in use by process ${lock.pid}${here ? "" : ` on ${lock.host}`} since ` +
      `${lock.since.toISOString()}: ${here ? "stop that process first" : `if nothing runs there any more, delete ${lock.file}`}.`,
  );
}
