// The audit log in the database: only ever added to (a trigger holds that), read by admins per person.
// Entries name members by id and hold no addresses and no tokens.
import type { Database } from "@rose-ash/platform/store";
import { sql } from "kysely";
import type { Tx } from "./store.ts";
import type { Tables } from "./tables.ts";

export interface AuditEntry {
  readonly at: Date;
  readonly action:
    | "join"
    | "sign-in"
    | "sign-out"
    | "role"
    | "level"
    | "profile"
    | "passkey-added"
    | "passkey-removed"
    | "passkey-refused"
    | "erasure";
  /** Who did it: a member's id; null when nobody was signed in, such as on the command line. */
  readonly actor: string | null;
  /** Whose account it was done to. */
  readonly target: string | null;
  /** As in the log; null where there was no request. */
  readonly requestId: string | null;
  /** What changed, {before, after}, or how, {method}. */
  readonly detail?: Readonly<Record<string, string | null>>;
}

export interface AuditLog {
  note(tx: Tx, entry: AuditEntry): Promise<void>;
  /** What a member did or had done to them, newest first. */
  listOf(memberId: string, limit: number): Promise<AuditEntry[]>;
  /** The latest entries of all, newest first. */
  latest(limit: number): Promise<AuditEntry[]>;
}

export function createAuditLog({ query }: Database<Tables>): AuditLog {
  return {
    async note(tx, { at, action, actor, target, requestId, detail = {} }) {
      await tx
        .insertInto("audit_entry")
        .values({ at, action, actor, target, request_id: requestId, detail: JSON.stringify(detail) })
        .execute();
    },
    async listOf(memberId, limit) {
      const { rows } = await sql<AuditEntry>`
        select at, action, actor, target, request_id as "requestId", detail from audit_entry
        where actor = ${memberId} or target = ${memberId}
        order by id desc limit ${limit}`.execute(query);
      return rows;
    },
    async latest(limit) {
      const { rows } = await sql<AuditEntry>`
        select at, action, actor, target, request_id as "requestId", detail from audit_entry
        order by id desc limit ${limit}`.execute(query);
      return rows;
    },
  };
}
