// Devices: one sign-in of one browser, known to all services by an id that opens nothing. A device begins with
// the first client that its provider session is used for, and ends once, for everybody.
// Promise: that a device ended, that its session and tokens are gone and that others will hear of it are one
// transaction.
import { refer } from "@rose-ash/platform/rpc";
import { account } from "./contract.ts";
import { type AccountKeys, hashOf } from "./keys.ts";
import type { AccountParts } from "./routes.ts";
import type { Tx } from "./store.ts";
import type { DeviceState } from "./store-devices.ts";
import { summariseUserAgent } from "./user-agent.ts";

const dayMs = 24 * 3_600_000;
/** A device that nobody saw for so long has ended. */
export const idleMs = 30 * dayMs;
/** However busy, so long after its sign-in it has ended. */
export const absoluteMs = 180 * dayMs;
/** `last_seen_at` is at most this late, which saves a write for every question. */
const touchMs = 3_600_000;

/** The time, in seconds, that a provider session is kept from now; at least one. */
export function sessionSeconds(loginTs: number | undefined, now: Date): number {
  if (loginTs === undefined) return 3600; // nobody's yet: it only holds the question before signing out
  const left = loginTs + absoluteMs / 1000 - Math.floor(now.getTime() / 1000);
  return Math.max(1, Math.min(idleMs / 1000, left));
}

export interface DeviceUse {
  /** The provider session's. */
  readonly sessionUid: string;
  readonly memberId: string;
  /** What tells this browser from another. */
  readonly browser: string;
  /** The User-Agent header. */
  readonly userAgent: string;
  readonly client: string;
  readonly grantHash: string;
}

/** Notes that a client takes part in a session's device; the device's id, or null when it has ended. */
export async function noteDevice(
  parts: Pick<AccountParts, "store" | "now" | "emitActivity">,
  keys: AccountKeys,
  use: DeviceUse,
): Promise<string | null> {
  const { store, now, emitActivity } = parts;
  const id = keys.deviceId(use.sessionUid);
  const idHash = hashOf(id);
  const device = {
    idHash,
    sealedId: keys.seal(`device ${idHash}`, id),
    memberId: use.memberId,
    sessionHash: hashOf(use.sessionUid),
    browserHash: keys.browserOf(use.memberId, use.browser),
    summary: summariseUserAgent(use.userAgent),
    now: now(),
  };
  const begun = await store.change(async (tx) => {
    const became = await store.devices.takePart(tx, device, use.client, use.grantHash);
    if (became.kind === "begun" && became.newBrowser) {
      await emitActivity(tx, {
        fact: account.facts.deviceBegun,
        actor: refer("account", "member", use.memberId),
        object: refer("account", "member", use.memberId),
        data: { deviceKey: idHash, memberId: use.memberId },
      });
    }
    return became;
  });
  return begun.kind === "ended" ? null : id;
}

/** A device that has not ended, by its own id: null for one that has, that is past its limits or never was. */
export async function findDevice(
  { store, now }: Pick<AccountParts, "store" | "now">,
  id: string,
): Promise<DeviceState | null> {
  const idHash = hashOf(id);
  const found = await store.devices.find(idHash);
  if (!found || isPastLimits(found, now())) return null;
  if (now().getTime() - found.lastSeenAt.getTime() > touchMs) await store.devices.touch(idHash, now());
  return found;
}

function isPastLimits({ createdAt, lastSeenAt }: DeviceState, now: Date): boolean {
  const time = now.getTime();
  return time - lastSeenAt.getTime() > idleMs || time - createdAt.getTime() > absoluteMs;
}

/** Who ends a device: for the audit log. */
export interface Ending {
  /** The member who did it; the device's own when it is not said. */
  readonly actor?: string;
  readonly requestId: string | null;
  /** Only when the device is this member's. */
  readonly ofMember?: string;
}

/** Ends a device, by the hash of its id. False when it had ended already or never was. */
export async function endDevice(
  { store, now, emitActivity }: Pick<AccountParts, "store" | "now" | "emitActivity">,
  keys: AccountKeys,
  tx: Tx,
  idHash: string,
  { actor, requestId, ofMember }: Ending,
): Promise<boolean> {
  const ended = await store.devices.end(tx, idHash, now(), ofMember);
  if (!ended) return false;
  const { memberId } = ended;
  const by = actor ?? memberId;
  await store.audit.note(tx, { at: now(), action: "sign-out", actor: by, target: memberId, requestId });
  await emitActivity(tx, {
    fact: account.facts.deviceEnded,
    actor: refer("account", "member", by),
    object: refer("account", "device", idHash),
    data: { device: keys.open(`device ${idHash}`, ended.sealedId), memberId },
  });
  return true;
}

/** Ends every device of a member but the one named; answers how many. */
export async function endDevicesOf(
  parts: Pick<AccountParts, "store" | "now" | "emitActivity">,
  keys: AccountKeys,
  tx: Tx,
  memberId: string,
  ending: Ending & { readonly except?: string },
): Promise<number> {
  let count = 0;
  const devices = await parts.store.devices.listOf(memberId, tx);
  // In one order for all who do this at the same time, so that they wait for each other and not in a ring.
  for (const idHash of devices.map((device) => device.idHash).sort()) {
    if (idHash === ending.except) continue;
    if (await endDevice(parts, keys, tx, idHash, ending)) count += 1;
  }
  return count;
}
