// The records of the OpenID Connect server. Promise: what has expired is not found; what can be used once is used
// once; nothing is added under a grant that was taken back, even by a request that began before.
// What the hashes and seals are of is oidc/adapter.ts's to know.
import type { Database } from "@rose-ash/platform/store";
import { sql } from "kysely";
import type { Tables } from "./tables.ts";

export interface OidcRecord {
  readonly kind: string;
  readonly idHash: string;
  readonly sealed: Uint8Array;
  readonly grantHash: string | null;
  readonly uidHash: string | null;
  readonly expiresAt: Date;
}

export interface FoundRecord {
  readonly idHash: string;
  readonly sealed: Uint8Array;
  readonly consumedAt: Date | null;
  readonly grantHash: string | null;
}

export interface OidcRecords {
  /**
   * Writes a record over the one before it. False, and nothing is written, when it belongs to a grant that is not
   * there (any more).
   */
  write(record: OidcRecord): Promise<boolean>;
  /** Writes a record as `merge` makes it of the one that is there, which nobody else changes meanwhile. */
  rewrite(
    record: Omit<OidcRecord, "sealed">,
    merge: (before: Uint8Array | null) => Uint8Array,
  ): Promise<void>;
  find(kind: string, idHash: string, now: Date): Promise<FoundRecord | null>;
  findByUid(kind: string, uidHash: string, now: Date): Promise<FoundRecord | null>;
  /** Uses what can be used once: false for everybody but the first. */
  consume(kind: string, idHash: string, now: Date): Promise<boolean>;
  remove(kind: string, idHash: string): Promise<void>;
  /** Takes a grant back, with every code and token of it. */
  revokeGrant(grantHash: string): Promise<void>;
  sweep(now: Date): Promise<number>;
}

const rowsPerSweep = 5_000;

export function createOidcRecords(database: Database<Tables>): OidcRecords {
  const { query } = database;
  const found = (kind: string, now: Date) =>
    query
      .selectFrom("oidc_record")
      .select(["id_hash as idHash", "sealed", "consumed_at as consumedAt", "grant_hash as grantHash"])
      .where("kind", "=", kind)
      .where("expires_at", ">", now);
  return {
    async write({ kind, idHash, sealed, grantHash, uidHash, expiresAt }) {
      // The grant is locked against being taken back until the record is in: `revokeGrant` then finds it.
      const { rows } = await sql`
        insert into oidc_record (kind, id_hash, sealed, grant_hash, uid_hash, expires_at)
        select ${kind}, ${idHash}, ${sealed}::bytea, ${grantHash}::text, ${uidHash}::text, ${expiresAt}::timestamptz
        ${grantHash === null ? sql`` : sql`from oidc_record given where given.kind = 'Grant' and given.id_hash = ${grantHash} for share`}
        on conflict (kind, id_hash) do update set sealed = excluded.sealed, grant_hash = excluded.grant_hash,
          uid_hash = excluded.uid_hash, expires_at = excluded.expires_at
        returning id_hash`.execute(query);
      return rows.length > 0;
    },
    async rewrite({ kind, idHash, grantHash, uidHash, expiresAt }, merge) {
      await database.transaction(async (tx) => {
        const before = await tx
          .selectFrom("oidc_record")
          .select("sealed")
          .where("kind", "=", kind)
          .where("id_hash", "=", idHash)
          .forUpdate()
          .executeTakeFirst();
        const values = {
          sealed: merge(before?.sealed ?? null),
          grant_hash: grantHash,
          uid_hash: uidHash,
          expires_at: expiresAt,
        };
        await tx
          .insertInto("oidc_record")
          .values({ kind, id_hash: idHash, ...values })
          .onConflict((on) => on.columns(["kind", "id_hash"]).doUpdateSet(values))
          .execute();
      });
    },
    async find(kind, idHash, now) {
      const row = await found(kind, now).where("id_hash", "=", idHash).executeTakeFirst();
      return row ?? null;
    },
    async findByUid(kind, uidHash, now) {
      const row = await found(kind, now)
        .where("uid_hash", "=", uidHash)
        .orderBy("expires_at", "desc")
        .limit(1)
        .executeTakeFirst();
      return row ?? null;
    },
    async consume(kind, idHash, now) {
      const consumed = await query
        .updateTable("oidc_record")
        .set({ consumed_at: now })
        .where("kind", "=", kind)
        .where("id_hash", "=", idHash)
        .where("consumed_at", "is", null)
        .where("expires_at", ">", now)
        .returning("id_hash")
        .executeTakeFirst();
      return consumed !== undefined;
    },
    async remove(kind, idHash) {
      await query.deleteFrom("oidc_record").where("kind", "=", kind).where("id_hash", "=", idHash).execute();
    },
    async revokeGrant(grantHash) {
      await database.transaction(async (tx) => {
        await tx
          .deleteFrom("oidc_record")
          .where("kind", "=", "Grant")
          .where("id_hash", "=", grantHash)
          .execute();
        await tx.deleteFrom("oidc_record").where("grant_hash", "=", grantHash).execute();
      });
    },
    async sweep(now) {
      const { numAffectedRows } = await sql`
        delete from oidc_record where ctid in (
          select ctid from oidc_record where expires_at <= ${now} limit ${rowsPerSweep} for update skip locked
        )`.execute(query);
      return Number(numAffectedRows ?? 0);
    },
  };
}
