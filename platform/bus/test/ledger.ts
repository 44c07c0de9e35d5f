// A ledger for the tests of the bus: objects whose counter is raised with a fact each time, and reactions that
// write down what they were told, so that a test can see how often and in which order.
import { setTimeout as sleep } from "node:timers/promises";
import { sql, type Transaction } from "kysely";
import pino from "pino";
import { z } from "zod";
import { defineContract } from "../../rpc/contract.ts";
import type { Database } from "../../store/store.ts";
import { createDeliveries } from "../deliveries.ts";
import { createOutbox, type Outbox } from "../outbox.ts";
import { type AnyReaction, effect } from "../reaction.ts";
import { type Pace, startWorker, type Worker } from "../worker.ts";

export const ledgerMigrations = new URL("migrations", import.meta.url);

export const ledger = defineContract("ledger", {
  facts: {
    raised: {
      type: "Update",
      visibility: "internal",
      data: z.object({ n: z.int(), poison: z.boolean() }),
    },
  },
});

// biome-ignore lint/suspicious/noExplicitAny: the ledger's tables and the bus's
export type LedgerDatabase = Database<any>;
// biome-ignore lint/suspicious/noExplicitAny: likewise
type LedgerTransaction = Transaction<any>;

export async function write(tx: LedgerTransaction, handler: string, object: string, n: number) {
  await sql`insert into entry (handler, object, n) values (${handler}, ${object}, ${n})`.execute(tx);
}

/** Every fact at once; one slowly; one that fails now and then and always for a poisoned fact. */
export const reactions: readonly AnyReaction[] = [
  effect(ledger.facts.raised, "count", async ({ object, data }, tx) => write(tx, "count", object, data.n)),
  effect(ledger.facts.raised, "slow", async ({ object, data }, tx) => {
    await sleep(data.n % 7 === 0 ? 12 : 1);
    await write(tx, "slow", object, data.n);
  }),
  effect(ledger.facts.raised, "failing", async ({ object, data }, tx) => {
    await write(tx, "failing", object, data.n);
    if (data.poison) throw new Error("this one can never be done");
    if (Math.random() < 0.15) throw new Error("not this time");
  }),
];

export const quickPace: Partial<Pace> = {
  pollMs: 50,
  leaseMs: 1500,
  firstPauseMs: 5,
  longestPauseMs: 60,
  tries: 14,
};

export function createLedgerOutbox(
  list: readonly AnyReaction[] = reactions,
  announce: () => void = () => {},
): Outbox {
  return createOutbox({
    service: "ledger",
    origin: "https://ledger.example.org",
    targetsOf: () => list.map(({ name }) => `reaction:${name}`),
    now: () => new Date(),
    announce,
  });
}

/** Raises the counter of an object and tells of it, in one transaction. Answers the new value. */
export async function raise(
  tx: LedgerTransaction,
  outbox: Outbox,
  object: string,
  isPoison: (n: number) => boolean = () => false,
): Promise<number> {
  const found = await sql<{ n: number }>`
    insert into counter (object, n) values (${object}, 1)
    on conflict (object) do update set n = counter.n + 1 returning n`.execute(tx);
  const n = found.rows[0]!.n; // an upsert returns its row
  const data = { n, poison: isPoison(n) };
  await outbox.emit(tx, { fact: ledger.facts.raised, actor: "ledger", object, data });
  return n;
}

export function startLedgerWorker(
  database: LedgerDatabase,
  list: readonly AnyReaction[] = reactions,
  pace: Partial<Pace> = quickPace,
): Worker {
  return startWorker({
    database,
    deliveries: createDeliveries(database),
    reactions: list,
    parts: database,
    sendActivities: async (service) => ({ kind: "unavailable", service, reason: "unreachable" }),
    log: pino({ level: "silent" }),
    pace,
  });
}

export interface Entry {
  handler: string;
  object: string;
  n: number;
}

/** What was written, in the order in which it was. */
export async function readEntries({ query }: LedgerDatabase): Promise<Entry[]> {
  return (await sql<Entry>`select handler, object, n from entry order by id`.execute(query)).rows;
}

/** How many deliveries are pending and dead. */
export async function readBacklog(database: LedgerDatabase) {
  return await createDeliveries(database).backlog();
}

/** Waits until nothing is pending. */
export async function drained(database: LedgerDatabase): Promise<void> {
  while ((await readBacklog(database)).pending > 0) await sleep(20);
}
