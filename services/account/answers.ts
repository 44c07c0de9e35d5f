// What the account service answers when other services ask: contract.ts with its functions.
import { defineAnswers } from "@rose-ash/platform/rpc";
import { account } from "./contract.ts";
import { endDevice, findDevice } from "./device.ts";
import { createAccountKeys, hashOf } from "./keys.ts";
import type { AccountParts } from "./routes.ts";

export function answers(parts: AccountParts) {
  const { store, origin } = parts;
  const keys = createAccountKeys(parts.secrets);
  return defineAnswers(account, {
    queries: {
      async deviceState({ device }) {
        const found = await findDevice(parts, device);
        return found ? ({ kind: "active", member: found.member } as const) : ({ kind: "ended" } as const);
      },
      memberNames: async ({ ids }) => await store.members.namesOf(ids),
    },
    actions: {
      async endDevice({ device }, { tx }) {
        await endDevice(parts, keys, tx, hashOf(device), { requestId: null });
        return { kind: "ended" } as const;
      },
    },
    fragments: {
      accountMenu: async () => ({ component: "~account-menu", props: { account: `${origin}/` } }),
    },
  });
}
