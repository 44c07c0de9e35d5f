// Erasures in the database: who asked to go, and which services have taken them out of their data.
// Promise: a member has one erasure, however often they ask; a step that is done stays done.
import type { Database } from "@rose-ash/platform/store";
import { sql } from "kysely";
import type { Tx } from "./store.ts";
import type { Tables } from "./tables.ts";

export interface ErasureStep {
  readonly service: string;
  readonly isDone: boolean;
  /** What had to be kept and why, in sentences. */
  readonly kept: readonly string[];
}

export interface Erasure {
  readonly id: string;
  readonly memberId: string;
  readonly requestedAt: Date;
  readonly finishedAt: Date | null;
  /** By the service's name. */
  readonly steps: readonly ErasureStep[];
}

export interface NewErasure {
  readonly id: string;
  readonly memberId: string;
  readonly services: readonly string[];
  readonly now: Date;
}

export interface Erasures {
  /**
   * Marks a member as leaving, takes their role and every way in from them, and writes down what is to be done.
   * False when they are leaving already, are gone or never were.
   */
  begin(tx: Tx, erasure: NewErasure): Promise<boolean>;
  find(id: string): Promise<Erasure | null>;
  /** The id of a member's erasure. */
  idOf(tx: Tx, memberId: string): Promise<string | null>;
  finishStep(tx: Tx, id: string, service: string, kept: readonly string[], now: Date): Promise<void>;
  finish(tx: Tx, id: string, now: Date): Promise<void>;
  /** Does this e-mail address belong to somebody whose erasure is under way? */
  isLeaving(address: string): Promise<boolean>;
}

export function createErasures({ query }: Database<Tables>): Erasures {
  return {
    async begin(tx, { id, memberId, services, now }) {
      const leaving = await tx
        .updateTable("member")
        .set({ leaving_at: now, role: "member" })
        .where("id", "=", memberId)
        .where("erased_at", "is", null)
        .where("leaving_at", "is", null)
        .returning("address")
        .executeTakeFirst();
      if (!leaving) return false;
      await tx.deleteFrom("passkey").where("member_id", "=", memberId).execute();
      if (leaving.address !== null) {
        await tx.deleteFrom("sign_in_letter").where("address", "=", leaving.address).execute();
      }
      await tx.insertInto("erasure").values({ id, member_id: memberId, requested_at: now }).execute();
      await tx
        .insertInto("erasure_step")
        .values(services.map((service) => ({ erasure_id: id, service })))
        .execute();
      return true;
    },
    async find(id) {
      const row = await query.selectFrom("erasure").selectAll().where("id", "=", id).executeTakeFirst();
      if (!row) return null;
      const steps = await query
        .selectFrom("erasure_step")
        .select(["service", "state", "kept"])
        .where("erasure_id", "=", id)
        .orderBy("service")
        .execute();
      return {
        id,
        memberId: row.member_id,
        requestedAt: row.requested_at,
        finishedAt: row.finished_at,
        steps: steps.map(({ service, state, kept }) => ({
          service,
          isDone: state === "done",
          kept: kept as string[], // written by finishStep alone
        })),
      };
    },
    async idOf(tx, memberId) {
      const row = await tx
        .selectFrom("erasure")
        .select("id")
        .where("member_id", "=", memberId)
        .executeTakeFirst();
      return row?.id ?? null;
    },
    async finishStep(tx, id, service, kept, now) {
      await tx
        .updateTable("erasure_step")
        .set({ state: "done", kept: JSON.stringify(kept), done_at: now })
        .where("erasure_id", "=", id)
        .where("service", "=", service)
        .where("state", "=", "waiting")
        .execute();
    },
    async finish(tx, id, now) {
      await tx
        .updateTable("erasure")
        .set({ finished_at: now })
        .where("id", "=", id)
        .where("finished_at", "is", null)
        .execute();
    },
    async isLeaving(address) {
      const { rows } = await sql`
        select 1 from member where address = ${address} and leaving_at is not null`.execute(query);
      return rows.length > 0;
    },
  };
}
