// How many letters may be asked for: by one address, from one place, by everybody together, in an hour of the
// clock. Subjects are kept as hashes with the day in them, so that no list of who was here grows.
import type { AccountKeys } from "./keys.ts";
import type { AccountStore, Tx } from "./store.ts";

const hourMs = 3_600_000;

/** The most per hour. */
const limits = { address: 5, client: 20, everybody: 1000 } as const;

interface Counting {
  readonly scope: keyof typeof limits;
  readonly subject: string;
  readonly now: Date;
  readonly tx?: Tx;
}

/** Counts once more. Null while there is room, otherwise how many seconds until there is again. */
export async function countAsking(
  store: Pick<AccountStore, "limits">,
  keys: AccountKeys,
  { scope, subject, now, tx }: Counting,
): Promise<number | null> {
  const windowStart = new Date(Math.floor(now.getTime() / hourMs) * hourMs);
  const hashed = keys.limitSubject(windowStart.toISOString().slice(0, 10), scope, subject);
  const count = await store.limits.count(scope, hashed, windowStart, tx);
  if (count <= limits[scope]) return null;
  return Math.ceil((windowStart.getTime() + hourMs - now.getTime()) / 1000);
}
