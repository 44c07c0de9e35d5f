// The first operator's link in the database: asked for while there is no operator, claimed with an address, used
// when a letter to that address proved it.
import type { Database } from "@rose-ash/platform/store";
import type { ExpressionBuilder } from "kysely";
import type { Tx } from "./store.ts";
import type { Tables } from "./tables.ts";

export interface OperatorLinks {
  add(link: { id: string; tokenHash: string; createdAt: Date; expiresAt: Date }): Promise<void>;
  /** Is it good: not used, not expired? */
  isGood(tokenHash: string, now: Date): Promise<boolean>;
  /** Did this address claim a good link? */
  isClaimedBy(address: string, now: Date): Promise<boolean>;
  /** Notes who wants to be the operator; false when the link is not good (any more). */
  claim(
    tx: Tx,
    tokenHash: string,
    claim: { address: string; name: string | null },
    now: Date,
  ): Promise<boolean>;
  /** Uses a good link that this address claimed: the name given with it, or null when there is no such link. */
  use(tx: Tx, address: string, now: Date): Promise<{ name: string | null } | null>;
}

/** Not used, not expired. */
function isGoodAt(now: Date) {
  return ({ eb, and }: ExpressionBuilder<Tables, "operator_link">) =>
    and([eb("used_at", "is", null), eb("expires_at", ">", now)]);
}

export function createOperatorLinks({ query }: Database<Tables>): OperatorLinks {
  return {
    async add({ id, tokenHash, createdAt, expiresAt }) {
      await query
        .insertInto("operator_link")
        .values({ id, token_hash: tokenHash, created_at: createdAt, expires_at: expiresAt })
        .execute();
    },
    isGood: (tokenHash, now) => isThere("token_hash", tokenHash, now),
    isClaimedBy: (address, now) => isThere("claimed_address", address, now),
    async claim(tx, tokenHash, { address, name }, now) {
      const claimed = await tx
        .updateTable("operator_link")
        .set({ claimed_address: address, claimed_name: name })
        .where("token_hash", "=", tokenHash)
        .where(isGoodAt(now))
        .returning("id")
        .executeTakeFirst();
      return claimed !== undefined;
    },
    async use(tx, address, now) {
      // All are locked and used up at once: of two who prove their claims at the same time one is the first.
      const good = await tx
        .selectFrom("operator_link")
        .select(["claimed_address", "claimed_name as name"])
        .where(isGoodAt(now))
        .orderBy("id")
        .forUpdate()
        .execute();
      const claimed = good.find(({ claimed_address }) => claimed_address === address);
      if (!claimed) return null;
      await tx.updateTable("operator_link").set({ used_at: now }).where("used_at", "is", null).execute();
      return { name: claimed.name };
    },
  };

  async function isThere(column: "token_hash" | "claimed_address", value: string, now: Date) {
    const row = await query
      .selectFrom("operator_link")
      .select("id")
      .where(column, "=", value)
      .where(isGoodAt(now))
      .executeTakeFirst();
    return row !== undefined;
  }
}
