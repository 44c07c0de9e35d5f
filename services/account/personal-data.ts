// What this service holds of a person, for their export, and how it takes them out of it.
import type { PersonalData } from "@rose-ash/platform/rpc";
import { createAccountKeys } from "./keys.ts";
import { eraseMember } from "./member.ts";
import type { AccountParts } from "./routes.ts";

const longestHistory = 10_000;

export const personalData: PersonalData<AccountParts> = {
  async gather(memberId, { store }) {
    const member = await store.members.find(memberId);
    if (!member) return {};
    const devices = await store.devices.listOf(memberId);
    const passkeys = await store.passkeys.listOf(memberId);
    return {
      member,
      devices: devices.map(({ summary, createdAt, lastSeenAt }) => ({ summary, createdAt, lastSeenAt })),
      passkeys: passkeys.map(({ name, synced, createdAt, lastUsedAt }) => ({
        name,
        synced,
        createdAt,
        lastUsedAt,
      })),
      newsletters: await store.newsletters.historyOf(memberId),
      history: await store.audit.listOf(memberId, longestHistory),
    };
  },
  erase: async (memberId, tx, parts) =>
    await eraseMember(parts, createAccountKeys(parts.secrets), tx, memberId),
};
