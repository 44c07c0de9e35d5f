// Where oidc-provider keeps things: one table of hashed ids and sealed contents (store-oidc-records.ts).
// Promise: what lies in the table opens nothing by itself; a code is used once and its second use takes back the
// grant with all that came of it; two tabs that write one session at once lose nothing of each other.
import { type Adapter, type AdapterPayload, errors } from "oidc-provider";
import { type AccountKeys, hashOf } from "../keys.ts";
import type { AccountStore } from "../store.ts";
import type { FoundRecord } from "../store-oidc-records.ts";

/** After so many new sign-ins, what has expired is swept. */
const interactionsPerSweep = 50;

/** What a record can be as long as it has no end of its own; the library gives one to everything we turn on. */
const longestSeconds = 180 * 24 * 3600;

/** What a grant gives, and what goes when it is taken back. */
const issued: ReadonlySet<string> = new Set(["AuthorizationCode", "AccessToken"]);

/** Makes the adapters, one a model. */
export function createAdapters(store: AccountStore, keys: AccountKeys, now: () => Date) {
  let interactions = 0;
  return (kind: string): Adapter => {
    const { records } = store;
    const hashed = (id: string | undefined) => (id === undefined ? null : hashOf(id));
    const context = (idHash: string) => `${kind} ${idHash}`;
    const read = (found: FoundRecord | null): AdapterPayload | undefined => {
      if (!found) return undefined;
      const payload = JSON.parse(keys.open(context(found.idHash), found.sealed)) as AdapterPayload; // as sealed below
      return found.consumedAt === null
        ? payload
        : { ...payload, consumed: Math.floor(found.consumedAt.getTime() / 1000) };
    };
    return {
      async upsert(id, payload, expiresIn = longestSeconds) {
        const idHash = hashOf(id);
        const seal = (content: AdapterPayload) => keys.seal(context(idHash), JSON.stringify(content));
        const place = {
          kind,
          idHash,
          grantHash: issued.has(kind) ? hashed(payload.grantId) : null,
          uidHash: hashed(payload.uid ?? payload.sessionUid),
          expiresAt: new Date(now().getTime() + expiresIn * 1000),
        };
        if (kind === "Session") {
          return await records.rewrite(place, (before) => {
            const known = before && (JSON.parse(keys.open(context(idHash), before)) as AdapterPayload);
            return seal(known ? withAuthorizationsOf(known, payload) : payload);
          });
        }
        if (!(await records.write({ ...place, sealed: seal(payload) }))) {
          throw new errors.InvalidGrant("the grant was taken back");
        }
        if (kind === "Interaction" && ++interactions % interactionsPerSweep === 0) await store.sweep(now());
      },
      find: async (id) => read(await records.find(kind, hashOf(id), now())),
      findByUid: async (uid) => read(await records.findByUid(kind, hashOf(uid), now())),
      findByUserCode: async () => undefined, // device codes, which are off
      async consume(id) {
        const idHash = hashOf(id);
        if (await records.consume(kind, idHash, now())) return;
        const found = await records.find(kind, idHash, now());
        if (found?.grantHash) await records.revokeGrant(found.grantHash);
        throw new errors.InvalidGrant("it was used before");
      },
      destroy: (id) => records.remove(kind, hashOf(id)),
      revokeByGrantId: (grantId) => records.revokeGrant(hashOf(grantId)),
    };
  };
}

/** `next` with the clients that another request has added to the session meanwhile. */
function withAuthorizationsOf(before: AdapterPayload, next: AdapterPayload): AdapterPayload {
  if (before.accountId !== next.accountId || before.uid !== next.uid) return next;
  return { ...next, authorizations: { ...before.authorizations, ...next.authorizations } };
}
