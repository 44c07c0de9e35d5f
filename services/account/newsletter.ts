// Newsletters: a member's choice of them. Only what changes is written and told.
import { refer } from "@rose-ash/platform/rpc";
import { account } from "./contract.ts";
import type { AccountParts } from "./routes.ts";

/** Makes `wanted` (slugs; unknown ones are passed over) a member's newsletters; answers how many choices changed. */
export async function chooseNewsletters(
  { store, now, emitActivity }: AccountParts,
  memberId: string,
  wanted: ReadonlySet<string>,
): Promise<number> {
  const { joined, left } = { joined: account.facts.newsletterJoined, left: account.facts.newsletterLeft };
  return await store.change(async (tx) => {
    let changes = 0;
    for (const { slug } of await store.newsletters.choicesOf(memberId, tx)) {
      const change = wanted.has(slug) ? store.newsletters.join : store.newsletters.leave;
      if (!(await change(tx, memberId, slug, now()))) continue;
      await emitActivity(tx, {
        fact: wanted.has(slug) ? joined : left,
        actor: refer("account", "member", memberId),
        object: refer("account", "newsletter", slug),
        data: { memberId, newsletter: slug },
      });
      changes += 1;
    }
    return changes;
  });
}
