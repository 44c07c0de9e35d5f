// Sign-in letters in the database. Promise: a letter is spent once, whoever asks at the same time; five wrong
// codes end it, whoever tries at the same time; of one address only the newest is good.
import type { Database } from "@rose-ash/platform/store";
import { sql } from "kysely";
import type { Tx } from "./store.ts";
import type { Tables } from "./tables.ts";

export interface Letter {
  readonly id: string;
  readonly address: string;
  /** The page of the sign-in it belongs to; null for one that may be opened anywhere. */
  readonly page: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export type LetterState = "good" | "spent" | "superseded" | "expired" | "tried-out";

export interface KnownLetter extends Letter {
  readonly state: LetterState;
  /** Spent by the sign-in that it belongs to. */
  readonly spentHere: boolean;
}

export interface Letters {
  /** Adds a letter; those before it for the same address are good no more. */
  add(tx: Tx, letter: Letter & { readonly tokenHash: string; readonly codeHash: string }): Promise<void>;
  find(id: string, now: Date): Promise<KnownLetter | null>;
  findByToken(tokenHash: string, now: Date, tx?: Tx): Promise<KnownLetter | null>;
  /** The newest of a sign-in's page, whatever its state. */
  findOfPage(page: string, now: Date): Promise<KnownLetter | null>;
  /** Counts a try of a code: is it right? "closed" when the letter takes no more. */
  tryCode(id: string, codeHash: string, now: Date): Promise<"right" | "wrong" | "closed">;
  /** Spends a good letter, `here` by the sign-in that it belongs to; false when it is not good (any more). */
  spend(tx: Tx, id: string, here: boolean, now: Date): Promise<boolean>;
  sweep(now: Date): Promise<number>;
}

const mostWrongCodes = 5;
/** How long a letter is kept after it expired, so that a late click is told so. */
const keptMs = 24 * 3_600_000;

export function createLetters({ query }: Database<Tables>): Letters {
  const read = async (condition: ReturnType<typeof sql>, now: Date, tx?: Tx): Promise<KnownLetter | null> => {
    const { rows } = await sql<KnownLetter>`
      select id, address, page, created_at as "createdAt", expires_at as "expiresAt",
        spent_here as "spentHere",
        case
          when spent_at is not null then 'spent'
          when superseded_at is not null then 'superseded'
          when expires_at <= ${now} then 'expired'
          when attempts >= ${mostWrongCodes} then 'tried-out'
          else 'good'
        end as state
      from sign_in_letter where ${condition}
      order by created_at desc, id limit 1`.execute(tx ?? query);
    return rows[0] ?? null;
  };
  return {
    async add(tx, { id, tokenHash, codeHash, address, page, createdAt, expiresAt }) {
      await tx
        .updateTable("sign_in_letter")
        .set({ superseded_at: createdAt })
        .where("address", "=", address)
        .where("superseded_at", "is", null)
        .execute();
      const row = { id, token_hash: tokenHash, code_hash: codeHash, address, page };
      await tx
        .insertInto("sign_in_letter")
        .values({ ...row, created_at: createdAt, expires_at: expiresAt })
        .execute();
    },
    find: (id, now) => read(sql`id = ${id}`, now),
    findByToken: (tokenHash, now, tx) => read(sql`token_hash = ${tokenHash}`, now, tx),
    findOfPage: (page, now) => read(sql`page = ${page}`, now),
    async tryCode(id, codeHash, now) {
      const { rows } = await sql<{ right: boolean }>`
        update sign_in_letter
        set attempts = attempts + case when code_hash = ${codeHash} then 0 else 1 end
        where id = ${id} and attempts < ${mostWrongCodes} and spent_at is null and superseded_at is null
          and expires_at > ${now}
        returning code_hash = ${codeHash} as "right"`.execute(query);
      const [tried] = rows;
      return tried ? (tried.right ? "right" : "wrong") : "closed";
    },
    async spend(tx, id, here, now) {
      const spent = await tx
        .updateTable("sign_in_letter")
        .set({ spent_at: now, spent_here: here })
        .where("id", "=", id)
        .where("spent_at", "is", null)
        .where("superseded_at", "is", null)
        .where("expires_at", ">", now)
        .where("attempts", "<", mostWrongCodes)
        .returning("id")
        .executeTakeFirst();
      return spent !== undefined;
    },
    async sweep(now) {
      const { numDeletedRows } = await query
        .deleteFrom("sign_in_letter")
        .where("expires_at", "<", new Date(now.getTime() - keptMs))
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}
