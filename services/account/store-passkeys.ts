// Passkeys and their challenges in the database. Promise: a challenge is taken once; a counter only grows.
import type { Database } from "@rose-ash/platform/store";
import type { Tx } from "./store.ts";
import type { Tables } from "./tables.ts";

export interface PasskeyRow {
  /** The credential's id, base64url. */
  readonly id: string;
  readonly memberId: string;
  /** The public key, COSE. */
  readonly publicKey: Uint8Array;
  readonly counter: number;
  readonly transports: readonly string[];
  /** Kept in sync between devices. */
  readonly synced: boolean;
  readonly name: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

export type ChallengePurpose = "register" | "sign-in";

export interface Passkeys {
  addChallenge(hash: string, purpose: ChallengePurpose, subject: string, expiresAt: Date): Promise<void>;
  /** Takes a challenge away: true for the first who asks for it in time, with its purpose and subject. */
  takeChallenge(hash: string, purpose: ChallengePurpose, subject: string, now: Date): Promise<boolean>;
  find(id: string): Promise<PasskeyRow | null>;
  listOf(memberId: string): Promise<PasskeyRow[]>;
  /** False when the credential is somebody's already. */
  add(tx: Tx, passkey: PasskeyRow): Promise<boolean>;
  /**
   * Notes a use with the counter that came along: false when the counter did not grow, which a copied key shows
   * by. A key that never counts (0 and 0) is let through.
   */
  use(tx: Tx, id: string, counter: number, now: Date): Promise<boolean>;
  /** Removes a member's passkey; false when it is not theirs. */
  remove(tx: Tx, memberId: string, id: string): Promise<boolean>;
  sweep(now: Date): Promise<number>;
}

export function createPasskeys({ query }: Database<Tables>): Passkeys {
  const rows = query.selectFrom("passkey").selectAll();
  return {
    async addChallenge(hash, purpose, subject, expiresAt) {
      await query
        .insertInto("passkey_challenge")
        .values({ challenge_hash: hash, purpose, subject, expires_at: expiresAt })
        .execute();
    },
    async takeChallenge(hash, purpose, subject, now) {
      const taken = await query
        .deleteFrom("passkey_challenge")
        .where("challenge_hash", "=", hash)
        .returning(["purpose", "subject", "expires_at"])
        .executeTakeFirst();
      return taken?.purpose === purpose && taken.subject === subject && taken.expires_at > now;
    },
    async find(id) {
      const row = await rows.where("id", "=", id).executeTakeFirst();
      return row ? toPasskey(row) : null;
    },
    async listOf(memberId) {
      const found = await rows
        .where("member_id", "=", memberId)
        .orderBy("created_at")
        .orderBy("id")
        .execute();
      return found.map(toPasskey);
    },
    async add(tx, passkey) {
      const added = await tx
        .insertInto("passkey")
        .values({
          id: passkey.id,
          member_id: passkey.memberId,
          public_key: passkey.publicKey,
          counter: passkey.counter,
          transports: [...passkey.transports],
          synced: passkey.synced,
          name: passkey.name,
          created_at: passkey.createdAt,
        })
        .onConflict((on) => on.column("id").doNothing())
        .returning("id")
        .executeTakeFirst();
      return added !== undefined;
    },
    async use(tx, id, counter, now) {
      const used = await tx
        .updateTable("passkey")
        .set({ counter, last_used_at: now })
        .where("id", "=", id)
        .where(({ or, and, eb }) =>
          or([eb("counter", "<", counter), and([eb("counter", "=", 0), eb.val(counter === 0)])]),
        )
        .returning("id")
        .executeTakeFirst();
      return used !== undefined;
    },
    async remove(tx, memberId, id) {
      const removed = await tx
        .deleteFrom("passkey")
        .where("id", "=", id)
        .where("member_id", "=", memberId)
        .returning("id")
        .executeTakeFirst();
      return removed !== undefined;
    },
    async sweep(now) {
      const { numDeletedRows } = await query
        .deleteFrom("passkey_challenge")
        .where("expires_at", "<=", now)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}

function toPasskey(row: {
  id: string;
  member_id: string;
  public_key: Uint8Array;
  counter: number;
  transports: string[];
  synced: boolean;
  name: string;
  created_at: Date;
  last_used_at: Date | null;
}): PasskeyRow {
  const { id, member_id, public_key, counter, transports, synced, name, created_at, last_used_at } = row;
  return {
    id,
    memberId: member_id,
    publicKey: public_key,
    counter,
    transports,
    synced,
    name,
    createdAt: created_at,
    lastUsedAt: last_used_at,
  };
}
