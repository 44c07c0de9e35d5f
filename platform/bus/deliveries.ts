// Deliveries: who has still to hear of a fact, as rows that workers claim. Promise: of one target and object only
// the first pending delivery can be claimed, so order is kept whatever fails; a claim that its worker does not
// settle in time is void; a delivery is settled once. Every query of the bus but the outbox's is here.
import { type Kysely, sql, type Transaction } from "kysely";
import type { Activity } from "../rpc/activity.ts";
import type { Database } from "../store/store.ts";
import type { Tables } from "../tables.ts";

/** A delivery that a worker holds. */
export interface Claim {
  readonly target: string;
  /** How often it was tried, this time included. */
  readonly attempts: number;
  readonly activity: Activity;
}

export interface DeadLetter {
  readonly activityId: string;
  readonly target: string;
  readonly fact: string;
  readonly object: string;
  readonly attempts: number;
  readonly error: string;
  readonly publishedAt: Date;
  readonly settledAt: Date;
}

export interface Failure {
  readonly error: string;
  /** When to try again; null gives the delivery up: it becomes a dead letter. */
  readonly retryInMs: number | null;
}

export interface Deliveries {
  /** Claims up to `limit` deliveries that are due, for `leaseMs`. */
  claim(holder: string, limit: number, leaseMs: number): Promise<Claim[]>;
  /**
   * Settles an own delivery in the transaction of its effect. Answers whether the effect is to happen in it:
   * `lost` when the claim is no longer this holder's, `done-before` when the handler has done this activity.
   */
  // biome-ignore lint/suspicious/noExplicitAny: the transaction is of the service's tables
  settle(tx: Transaction<any>, claim: Claim, holder: string): Promise<"settled" | "lost" | "done-before">;
  /** Whether a handler has done this activity. */
  isProcessed(claim: Claim): Promise<boolean>;
  fail(claim: Claim, holder: string, failure: Failure): Promise<void>;
  /** Voids every claim: only for whoever knows that no other worker lives. */
  releaseAll(): Promise<void>;
  /** Dead letters, the latest first. */
  deadLetters(limit: number): Promise<DeadLetter[]>;
  /** Makes a dead letter pending again; answers whether there was one. */
  // biome-ignore lint/suspicious/noExplicitAny: the transaction is of the service's tables
  replay(tx: Transaction<any>, activityId: string, target: string): Promise<boolean>;
  /** Deliveries that wait, and the age of the oldest that is due, in seconds. */
  backlog(): Promise<{ readonly pending: number; readonly dead: number; readonly oldestSeconds: number }>;
  /** Forgets what was settled long ago. */
  sweep(): Promise<void>;
}

interface ClaimRow {
  target: string;
  attempts: number;
  id: string;
  type: string;
  fact: string;
  actor: string;
  object: string;
  published_at: Date;
  visibility: Activity["visibility"];
  data: unknown;
}

export function createDeliveries(database: Database<Tables>): Deliveries {
  const { query } = database;
  return {
    async claim(holder, limit, leaseMs) {
      const found = await sql<ClaimRow>`
        with next as (
          select c.activity_id, c.target from delivery c
          where c.state = 'pending' and c.due_at <= now() and (c.held_until is null or c.held_until < now())
            and not exists (select from delivery e
              where e.target = c.target and e.object = c.object and e.state = 'pending' and e.position < c.position)
          order by c.due_at, c.position limit ${limit}
          for update of c skip locked
        ),
        claimed as (
          update delivery d
          set holder = ${holder}, held_until = now() + ${leaseMs} * interval '1 millisecond', attempts = d.attempts + 1
          from next where d.activity_id = next.activity_id and d.target = next.target
          returning d.activity_id, d.target, d.attempts, d.position
        )
        select c.target, c.attempts, a.id, a.type, a.fact, a.actor, a.object, a.published_at, a.visibility, a.data
        from claimed c join activity a on a.id = c.activity_id order by c.position`.execute(query);
      return found.rows.map(toClaim);
    },

    async settle(tx, claim, holder) {
      const found = await sql<{ mine: boolean; noted: boolean }>`
        with mine as (
          update delivery set state = 'done', settled_at = now(), holder = null, held_until = null, error = null
          where ${isHeld(claim, holder)} returning activity_id
        ),
        noted as (
          insert into processed (handler, activity_id) select ${claim.target}, activity_id from mine
          on conflict do nothing returning handler
        )
        select exists (select from mine) as mine, exists (select from noted) as noted`.execute(tx);
      const { mine, noted } = found.rows[0]!; // a select without a table is one row
      if (!mine) return "lost";
      return noted ? "settled" : "done-before";
    },

    async isProcessed({ target, activity }) {
      const found =
        await sql`select from processed where handler = ${target} and activity_id = ${activity.id}`.execute(
          query,
        );
      return found.rows.length > 0;
    },

    async fail(claim, holder, { error, retryInMs }) {
      await sql`
        update delivery set error = ${error}, holder = null, held_until = null,
          state = ${retryInMs === null ? "dead" : "pending"},
          settled_at = ${retryInMs === null ? sql`now()` : sql`null`},
          due_at = now() + ${retryInMs ?? 0} * interval '1 millisecond'
        where ${isHeld(claim, holder)}`.execute(query);
    },

    async releaseAll() {
      await sql`update delivery set holder = null, held_until = null where holder is not null`.execute(query);
    },

    async deadLetters(limit) {
      const found = await sql<DeadLetter>`
        select d.activity_id as "activityId", d.target, a.fact, a.object, d.attempts, coalesce(d.error, '') as error,
          a.published_at as "publishedAt", d.settled_at as "settledAt"
        from delivery d join activity a on a.id = d.activity_id
        where d.state = 'dead' order by d.settled_at desc, d.position desc limit ${limit}`.execute(query);
      return found.rows;
    },

    async replay(tx, activityId, target) {
      const found = await sql`
        update delivery set state = 'pending', attempts = 0, due_at = now(), settled_at = null
        where activity_id = ${activityId} and target = ${target} and state = 'dead' returning activity_id`.execute(
        tx,
      );
      return found.rows.length > 0;
    },

    async backlog() {
      const found = await sql<{ pending: number; dead: number; oldestSeconds: number }>`
        select count(*) filter (where state = 'pending')::int as pending, count(*) filter (where state = 'dead')::int as dead,
          coalesce(extract(epoch from now() - min(due_at) filter (where state = 'pending' and due_at <= now())), 0)::float8
            as "oldestSeconds"
        from delivery where state <> 'done'`.execute(query);
      return found.rows[0]!; // an aggregate without groups is one row
    },

    async sweep() {
      await deleteOld(query);
    },
  };
}

function isHeld({ activity, target }: Claim, holder: string) {
  return sql`activity_id = ${activity.id} and target = ${target} and state = 'pending' and holder = ${holder}`;
}

/** Records of what was done are kept long after anything could arrive again; facts themselves are kept. */
async function deleteOld(query: Kysely<Tables>): Promise<void> {
  await sql`delete from delivery where state = 'done' and settled_at < now() - interval '7 days'`.execute(
    query,
  );
  await sql`delete from processed where at < now() - interval '60 days'`.execute(query);
}

function toClaim(row: ClaimRow): Claim {
  const { target, attempts, id, type, fact, actor, object, visibility, data, published_at } = row;
  const published = published_at.toISOString();
  return { target, attempts, activity: { id, type, fact, actor, object, published, visibility, data } };
}
