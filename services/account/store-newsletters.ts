// Newsletters and who chose them in the database. Promise: of a choice that changes nothing nothing is said.
import type { Database } from "@rose-ash/platform/store";
import type { Tx } from "./store.ts";
import type { Tables } from "./tables.ts";

export interface NewsletterChoice {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  /** Since when the member has it; null when they do not. */
  readonly since: Date | null;
}

export interface Newsletters {
  /** All newsletters by name, each with the member's choice. */
  choicesOf(memberId: string, tx?: Tx): Promise<NewsletterChoice[]>;
  /** Every newsletter the member ever had, for their export. */
  historyOf(memberId: string): Promise<{ slug: string; since: Date; endedAt: Date | null }[]>;
  join(tx: Tx, memberId: string, slug: string, now: Date): Promise<boolean>;
  leave(tx: Tx, memberId: string, slug: string, now: Date): Promise<boolean>;
  /** Leaves nothing of the member's choices. */
  forget(tx: Tx, memberId: string): Promise<void>;
}

export function createNewsletters({ query }: Database<Tables>): Newsletters {
  return {
    async choicesOf(memberId, tx) {
      return await (tx ?? query)
        .selectFrom("newsletter")
        .leftJoin("subscription", (join) =>
          join
            .onRef("subscription.slug", "=", "newsletter.slug")
            .on("subscription.member_id", "=", memberId)
            .on("subscription.ended_at", "is", null),
        )
        .select(["newsletter.slug", "newsletter.name", "newsletter.description", "subscription.since"])
        .orderBy("newsletter.name")
        .execute();
    },
    async historyOf(memberId) {
      return await query
        .selectFrom("subscription")
        .select(["slug", "since", "ended_at as endedAt"])
        .where("member_id", "=", memberId)
        .orderBy("slug")
        .execute();
    },
    async join(tx, memberId, slug, now) {
      const joined = await tx
        .insertInto("subscription")
        .values({ member_id: memberId, slug, since: now, ended_at: null })
        .onConflict((on) =>
          on
            .columns(["member_id", "slug"])
            .doUpdateSet({ since: now, ended_at: null })
            .where("subscription.ended_at", "is not", null),
        )
        .returning("slug")
        .executeTakeFirst();
      return joined !== undefined;
    },
    async leave(tx, memberId, slug, now) {
      const left = await tx
        .updateTable("subscription")
        .set({ ended_at: now })
        .where("member_id", "=", memberId)
        .where("slug", "=", slug)
        .where("ended_at", "is", null)
        .returning("slug")
        .executeTakeFirst();
      return left !== undefined;
    },
    async forget(tx, memberId) {
      await tx.deleteFrom("subscription").where("member_id", "=", memberId).execute();
    },
  };
}
