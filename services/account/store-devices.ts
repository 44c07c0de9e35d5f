// Devices in the database: one row a sign-in. A device that has ended stays ended; ids are found by their hash.
import type { Role } from "@rose-ash/platform/auth";
import type { Database } from "@rose-ash/platform/store";
import { sql } from "kysely";
import type { Tx } from "./store.ts";
import type { Tables } from "./tables.ts";

export interface NewDevice {
  readonly idHash: string;
  readonly sealedId: Uint8Array;
  readonly memberId: string;
  readonly sessionHash: string;
  readonly browserHash: string;
  /** "Firefox on Linux". */
  readonly summary: string;
  readonly now: Date;
}

/** What became of a device that was to begin. */
export type BegunDevice =
  /** `newBrowser`: the member has devices, none of them in this browser. */
  | { readonly kind: "begun"; readonly newBrowser: boolean }
  | { readonly kind: "under-way" }
  | { readonly kind: "ended" };

export interface DeviceOfMember {
  readonly idHash: string;
  readonly summary: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
}

export interface EndedDevice {
  readonly sealedId: Uint8Array;
  readonly memberId: string;
}

export interface DeviceState {
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly member: {
    readonly id: string;
    readonly name: string;
    readonly role: Role;
    readonly level: string | null;
  };
}

export interface Devices {
  /** Notes that a client takes part in a device, which begins with its first one. */
  takePart(tx: Tx, device: NewDevice, client: string, grantHash: string): Promise<BegunDevice>;
  /** A device that has not ended, of a member who is here; null otherwise. */
  find(idHash: string): Promise<DeviceState | null>;
  /** Was there ever a device of this provider session, and has it ended? */
  stateOfSession(sessionHash: string): Promise<"unknown" | "under-way" | "ended">;
  touch(idHash: string, now: Date): Promise<void>;
  /** Those that have not ended, last seen first. */
  listOf(memberId: string, tx?: Tx): Promise<DeviceOfMember[]>;
  /** The clients that took part. */
  clientsOf(idHash: string): Promise<string[]>;
  /** What a notice of it needs; null when it is not there. */
  describe(idHash: string): Promise<{ memberId: string; summary: string; createdAt: Date } | null>;
  /**
   * Ends a device and takes back its session, grants and tokens, all in `tx`. Null when it had ended or never
   * was. With `memberId`, only a device of that member.
   */
  end(tx: Tx, idHash: string, now: Date, memberId?: string): Promise<EndedDevice | null>;
}

export function createDevices({ query }: Database<Tables>): Devices {
  return {
    async takePart(tx, device, client, grantHash) {
      const before = await tx
        .selectFrom("device")
        .select((of) => [
          of.fn.countAll<number>().as("all"),
          of.fn.countAll<number>().filterWhere("browser_hash", "=", device.browserHash).as("here"),
        ])
        .where("member_id", "=", device.memberId)
        .executeTakeFirstOrThrow();
      const added = await insertDevice(tx, device);
      if (!added) {
        // Locked, so that an end that is under way is waited for and seen.
        const known = await tx
          .selectFrom("device")
          .select("ended_at")
          .where("id_hash", "=", device.idHash)
          .forShare()
          .executeTakeFirst();
        if (!known || known.ended_at !== null) return { kind: "ended" };
      }
      await tx
        .insertInto("device_client")
        .values({ device: device.idHash, client, grant_hash: grantHash })
        .onConflict((on) => on.columns(["device", "client"]).doUpdateSet({ grant_hash: grantHash }))
        .execute();
      if (!added) return { kind: "under-way" };
      return { kind: "begun", newBrowser: before.all > 0 && before.here === 0 };
    },
    async find(idHash) {
      const row = await query
        .selectFrom("device")
        .innerJoin("member", "member.id", "device.member_id")
        .select(["device.created_at", "device.last_seen_at"])
        .select(["member.id", "member.name", "member.role", "member.level"])
        .where("device.id_hash", "=", idHash)
        .where("device.ended_at", "is", null)
        .where("member.erased_at", "is", null)
        .where("member.leaving_at", "is", null)
        .executeTakeFirst();
      if (!row) return null;
      const { created_at, last_seen_at, id, name, level } = row;
      const role = row.role as Role; // the table's check allows no other
      return { createdAt: created_at, lastSeenAt: last_seen_at, member: { id, name, role, level } };
    },
    async stateOfSession(sessionHash) {
      const row = await query
        .selectFrom("device")
        .select("ended_at")
        .where("session_hash", "=", sessionHash)
        .executeTakeFirst();
      if (!row) return "unknown";
      return row.ended_at === null ? "under-way" : "ended";
    },
    async touch(idHash, now) {
      await query.updateTable("device").set({ last_seen_at: now }).where("id_hash", "=", idHash).execute();
    },
    async listOf(memberId, tx) {
      const rows = await (tx ?? query)
        .selectFrom("device")
        .select(["id_hash", "summary", "created_at", "last_seen_at"])
        .where("member_id", "=", memberId)
        .where("ended_at", "is", null)
        .orderBy("last_seen_at", "desc")
        .orderBy("id_hash")
        .execute();
      return rows.map(({ id_hash, summary, created_at, last_seen_at }) => ({
        idHash: id_hash,
        summary,
        createdAt: created_at,
        lastSeenAt: last_seen_at,
      }));
    },
    async clientsOf(idHash) {
      const rows = await query
        .selectFrom("device_client")
        .select("client")
        .where("device", "=", idHash)
        .orderBy("client")
        .execute();
      return rows.map(({ client }) => client);
    },
    async describe(idHash) {
      const row = await query
        .selectFrom("device")
        .select(["member_id", "summary", "created_at"])
        .where("id_hash", "=", idHash)
        .executeTakeFirst();
      return row ? { memberId: row.member_id, summary: row.summary, createdAt: row.created_at } : null;
    },
    end: endDevice,
  };
}

async function insertDevice(tx: Tx, device: NewDevice): Promise<boolean> {
  const added = await tx
    .insertInto("device")
    .values({
      id_hash: device.idHash,
      sealed_id: device.sealedId,
      member_id: device.memberId,
      session_hash: device.sessionHash,
      browser_hash: device.browserHash,
      summary: device.summary,
      created_at: device.now,
      last_seen_at: device.now,
    })
    .onConflict((on) => on.column("id_hash").doNothing())
    .returning("id_hash")
    .executeTakeFirst();
  return added !== undefined;
}

async function endDevice(tx: Tx, idHash: string, now: Date, memberId?: string): Promise<EndedDevice | null> {
  let update = tx
    .updateTable("device")
    .set({ ended_at: now })
    .where("id_hash", "=", idHash)
    .where("ended_at", "is", null);
  if (memberId !== undefined) update = update.where("member_id", "=", memberId);
  const ended = await update.returning(["sealed_id", "member_id", "session_hash"]).executeTakeFirst();
  if (!ended) return null;
  // Grants first: whoever is issuing a code or token under one holds it and is waited for.
  await sql`delete from oidc_record where kind = 'Grant'
    and id_hash in (select grant_hash from device_client where device = ${idHash})`.execute(tx);
  await sql`delete from oidc_record where uid_hash = ${ended.session_hash}
    or grant_hash in (select grant_hash from device_client where device = ${idHash})`.execute(tx);
  return { sealedId: ended.sealed_id, memberId: ended.member_id };
}
