// Rate limits in the database: how often a subject did something in the current window of time. In the database,
// so that the limits hold for all processes together and a restart forgets none.
import type { Database } from "@rose-ash/platform/store";
import { sql } from "kysely";
import type { Tx } from "./store.ts";
import type { Tables } from "./tables.ts";

export interface Limits {
  /**
   * Counts once more and answers the count. Whoever counts the same subject at the same time waits for the end of
   * the transaction.
   */
  count(scope: string, subject: string, windowStart: Date, tx?: Tx): Promise<number>;
  sweep(now: Date): Promise<number>;
}

const keptMs = 2 * 24 * 3_600_000;

export function createLimits({ query }: Database<Tables>): Limits {
  return {
    async count(scope, subject, windowStart, tx) {
      const { rows } = await sql<{ count: number }>`
        insert into rate_window (scope, subject, starts_at, count)
        values (${scope}, ${subject}, ${windowStart}, 1)
        on conflict (scope, subject, starts_at) do update set count = rate_window.count + 1
        returning count`.execute(tx ?? query);
      return rows[0]?.count ?? 0;
    },
    async sweep(now) {
      const { numDeletedRows } = await query
        .deleteFrom("rate_window")
        .where("starts_at", "<", new Date(now.getTime() - keptMs))
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}
