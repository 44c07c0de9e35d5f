// The outbox: facts recorded in the same transaction as the change they report, each with a delivery for whoever
// reacts to it. Promise: facts of one object are numbered in the order in which their transactions commit, because
// the object is locked from the emission to the commit; a fact that arrives twice from elsewhere is kept once.
// What becomes of deliveries is in deliveries.ts and worker.ts.
import { randomUUID } from "node:crypto";
import { sql, type Transaction } from "kysely";
import { type Activity, type Emission, factName } from "../rpc/activity.ts";

// biome-ignore lint/suspicious/noExplicitAny: a service's tables and the platform's live in one database
type AnyTransaction = Transaction<any>;

export interface Outbox {
  /** Records a fact. Throws when its data do not fit its schema, or when the fact is another service's to tell. */
  emit(tx: AnyTransaction, emission: Emission): Promise<void>;
  /** Keeps activities that another service sent; those that are here already are left as they are. */
  receive(tx: AnyTransaction, sender: string, activities: readonly Activity[]): Promise<void>;
}

export interface OutboxSettings {
  readonly service: string;
  /** The service's public address: activities are named below it. */
  readonly origin: string;
  /** Who is to hear of a fact of this name: "reaction:count-likes", "service:blog". */
  readonly targetsOf: (fact: string, origin: "own" | "received") => readonly string[];
  readonly now: () => Date;
  /** Called inside the transaction: there will be something to deliver once it commits. */
  readonly announce: () => void;
}

export function createOutbox({ service, origin, targetsOf, now, announce }: OutboxSettings): Outbox {
  return {
    async emit(tx, { fact, actor, object, data, notBefore }) {
      if (fact.service !== service) {
        throw new Error(`The fact ${factName(fact)} is told by ${fact.service}, not by ${service}.`);
      }
      const activity: Activity = {
        id: `${origin}/activities/${randomUUID()}`,
        type: fact.type,
        fact: factName(fact),
        actor,
        object,
        published: now().toISOString(),
        visibility: fact.visibility,
        data: fact.data.parse(data),
      };
      await write(tx, activity, null, targetsOf(activity.fact, "own"), notBefore ?? null);
      announce();
    },
    async receive(tx, sender, activities) {
      for (const activity of activities) {
        await write(tx, activity, sender, targetsOf(activity.fact, "received"), null);
      }
      announce();
    },
  };
}

async function write(
  tx: AnyTransaction,
  { id, fact, type, actor, object, visibility, data, published }: Activity,
  sender: string | null,
  targets: readonly string[],
  notBefore: Date | null,
): Promise<void> {
  await sql`
    with locked as materialized (select pg_advisory_xact_lock(hashtextextended(${object}::text, 4201)) as held),
    written as (
      insert into activity (id, fact, type, actor, object, visibility, data, sender, published_at)
      select ${id}, ${fact}, ${type}, ${actor}, ${object}, ${visibility}, ${JSON.stringify(data)}::jsonb,
        ${sender}::text, ${published}::timestamptz
      from locked
      on conflict (id) do nothing
      returning id, object, position
    )
    insert into delivery (activity_id, target, object, position, due_at)
    select w.id, t.target, w.object, w.position, coalesce(${notBefore}::timestamptz, now())
    from written w cross join unnest(${targets}::text[]) as t (target)`.execute(tx);
}
