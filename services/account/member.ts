// What is done to a member: a role, the erasure. Rules that the dashboard and the command line share.
// Promise: there is no moment without an operator once there was one, and an erased member is signed out of
// everything in the transaction that erases them.
import { randomUUID } from "node:crypto";
import type { Role } from "@rose-ash/platform/auth";
import { endDevicesOf } from "./device.ts";
import { type AccountKeys, hashOf, randomToken } from "./keys.ts";
import type { AccountParts } from "./routes.ts";
import type { Tx } from "./store.ts";

export type RoleOutcome =
  | { readonly kind: "changed"; readonly before: Role }
  | { readonly kind: "unchanged" }
  /** Somebody else must be an operator first. */
  | { readonly kind: "last-operator" }
  | { readonly kind: "no-member" };

/** Gives a member a role; `actor` is the member who does it, or null from the command line. */
export async function changeRole(
  { store, now }: AccountParts,
  {
    memberId,
    role,
    actor,
    requestId,
  }: { memberId: string; role: Role; actor: string | null; requestId: string | null },
): Promise<RoleOutcome> {
  return await store.change(async (tx) => {
    const operators = await store.members.lockOperators(tx);
    const member = await store.members.find(memberId, tx);
    if (!member) return { kind: "no-member" };
    if (member.role === role) return { kind: "unchanged" };
    if (member.role === "operator" && operators.length === 1) return { kind: "last-operator" };
    await store.members.setRole(tx, memberId, role);
    const detail = { before: member.role, after: role };
    await store.audit.note(tx, { at: now(), action: "role", actor, target: memberId, requestId, detail });
    return { kind: "changed", before: member.role };
  });
}

/** Takes a member out of this service's data, in `tx`; answers what had to be kept and why. Repeating is harmless. */
export async function eraseMember(
  parts: AccountParts,
  keys: AccountKeys,
  tx: Tx,
  memberId: string,
): Promise<readonly string[]> {
  const { store, now } = parts;
  await endDevicesOf(parts, keys, tx, memberId, { requestId: null });
  await store.members.erase(tx, memberId, now());
  await store.audit.note(tx, {
    at: now(),
    action: "erasure",
    actor: null,
    target: memberId,
    requestId: null,
  });
  return [
    "The account's number is kept, so that it is never given to somebody else; nothing says whose it was.",
    "The audit log still says that things were done, but no longer by whom.",
  ];
}

const operatorLinkMs = 24 * 3_600_000;

export type OperatorLink =
  | { readonly kind: "made"; readonly address: string; readonly expiresAt: Date }
  | { readonly kind: "operator-is-there" };

/** Makes the one-time link by which the first operator's account is made; only while there is no operator. */
export async function firstOperatorLink({ store, origin, now }: AccountParts): Promise<OperatorLink> {
  if (await store.members.hasOperator()) return { kind: "operator-is-there" };
  const token = randomToken();
  const createdAt = now();
  const expiresAt = new Date(createdAt.getTime() + operatorLinkMs);
  await store.operatorLinks.add({ id: randomUUID(), tokenHash: hashOf(token), createdAt, expiresAt });
  return { kind: "made", address: `${origin}/first-operator/${token}/`, expiresAt };
}
