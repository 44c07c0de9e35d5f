// What is done to a member: a role, the erasure. Rules that the dashboard and the command line share.
// Promise: there is no moment without an operator once there was one, and an erased member is signed out of
// everything in the transaction that erases them.
import { randomUUID } from "node:crypto";
import { type Role, roles } from "@rose-ash/platform/auth";
import { endDevicesOf } from "./device.ts";
import { type AccountKeys, hashOf, randomToken } from "./keys.ts";
import type { AccountParts } from "./routes.ts";
import type { Tx } from "./store.ts";

export type RoleOutcome =
  | { readonly kind: "changed"; readonly before: Role }
  | { readonly kind: "unchanged" }
  /** Somebody else must be an operator first. */
  | { readonly kind: "last-operator" }
  /** Somebody else gave them another role just now. */
  | { readonly kind: "meanwhile" }
  | { readonly kind: "no-member" };

/**
 * Gives a member a role; `actor` is the member who does it, or null from the command line. With `before`, only
 * while they have that role.
 */
export async function changeRole(
  { store, now }: AccountParts,
  {
    memberId,
    role,
    actor,
    requestId,
    before,
  }: { memberId: string; role: Role; actor: string | null; requestId: string | null; before?: Role },
): Promise<RoleOutcome> {
  return await store.change(async (tx) => {
    const operators = await store.members.lockOperators(tx);
    const member = await store.members.find(memberId, tx);
    if (!member) return { kind: "no-member" };
    if (member.role === role) return { kind: "unchanged" };
    if (before !== undefined && member.role !== before) return { kind: "meanwhile" };
    if (member.role === "operator" && operators.length === 1) return { kind: "last-operator" };
    await store.members.setRole(tx, memberId, role);
    const detail = { before: member.role, after: role };
    await store.audit.note(tx, { at: now(), action: "role", actor, target: memberId, requestId, detail });
    return { kind: "changed", before: member.role };
  });
}

export interface Granting {
  readonly memberId: string;
  /** The member who does it. */
  readonly actor: string;
  readonly requestId: string;
}

export type GrantOutcome =
  | RoleOutcome
  /** Nobody changes their own role. */
  | { readonly kind: "own-role" }
  /** Only operators make or unmake admins and operators. */
  | { readonly kind: "not-allowed" };

/** Gives a member a role by the hand of another, as far as that one's own role goes. */
export async function grantRole(
  parts: AccountParts,
  { memberId, role, actor, requestId }: Granting & { readonly role: Role },
): Promise<GrantOutcome> {
  const { store } = parts;
  if (memberId === actor) return { kind: "own-role" };
  const [by, member] = await Promise.all([store.members.find(actor), store.members.find(memberId)]);
  if (!member) return { kind: "no-member" };
  if (!by || !mayChangeRole(by.role, member.role, role)) return { kind: "not-allowed" };
  return await changeRole(parts, { memberId, role, actor, requestId, before: member.role });
}

/** May somebody of the role `by` make a member of role `before` one of role `after`? */
export function mayChangeRole(by: Role, before: Role, after: Role): boolean {
  const high = roles.indexOf("admin");
  if (by === "operator") return true;
  return by === "admin" && roles.indexOf(before) < high && roles.indexOf(after) < high;
}

/** Gives a member a membership level, or with null takes it; answers whether that changed anything. */
export async function changeLevel(
  { store, now }: AccountParts,
  { memberId, level, actor, requestId }: Granting & { readonly level: string | null },
): Promise<boolean> {
  return await store.change(async (tx) => {
    const member = await store.members.find(memberId, tx);
    if (!member || member.level === level) return false;
    await store.members.setLevel(tx, memberId, level);
    const detail = { before: member.level, after: level };
    await store.audit.note(tx, { at: now(), action: "level", actor, target: memberId, requestId, detail });
    return true;
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
  await store.newsletters.forget(tx, memberId);
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
