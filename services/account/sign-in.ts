// Signing in by letter: asking for one, and spending it. The same is done and answered for every address, whether
// somebody has it or not; only the letter itself, which its owner alone reads, knows more.
// Promise: a letter is spent once, in the transaction in which its member is made or found.
import { randomUUID } from "node:crypto";
import { refer } from "@rose-ash/platform/rpc";
import { nameFromAddress } from "./address.ts";
import { account } from "./contract.ts";
import { type AccountKeys, hashOf } from "./keys.ts";
import { countAsking } from "./rate-limits.ts";
import type { AccountParts } from "./routes.ts";
import type { Tx } from "./store.ts";
import type { MemberRow } from "./store-members.ts";

export const letterMinutes = 15;

export interface Asking {
  /** As address.ts writes it. */
  readonly address: string;
  /** The page of the sign-in; null where the letter may be opened in any browser. */
  readonly page: string | null;
  /** The network that the request comes from (client-address.ts); null when it is not known, and not counted then. */
  readonly from: string | null;
}

export type AskOutcome =
  /** A letter is on its way, or the address has had its share: nobody can tell which. */
  { readonly kind: "asked" } | { readonly kind: "too-many"; readonly retryAfterSeconds: number };

/** Asks for a letter to an address. */
export async function askForLetter(
  parts: AccountParts,
  keys: AccountKeys,
  { address, page, from }: Asking,
): Promise<AskOutcome> {
  const { store, emitActivity } = parts;
  const now = parts.now();
  const crowded =
    from === null ? null : await countAsking(store, keys, { scope: "client", subject: from, now });
  if (crowded !== null) return { kind: "too-many", retryAfterSeconds: crowded };
  const full = await countAsking(store, keys, { scope: "everybody", subject: "", now });
  if (full !== null) return { kind: "too-many", retryAfterSeconds: full };
  await store.change(async (tx) => {
    // The count also lets letters for one address wait for each other, so that exactly one is the newest.
    const enough = await countAsking(store, keys, { scope: "address", subject: address, now, tx });
    if (enough !== null) return;
    const id = randomUUID();
    await store.letters.add(tx, {
      id,
      tokenHash: hashOf(keys.letterToken(id)),
      codeHash: keys.codeHash(id, keys.letterCode(id)),
      address,
      page,
      createdAt: now,
      expiresAt: new Date(now.getTime() + letterMinutes * 60_000),
    });
    const object = refer("account", "letter", id);
    await emitActivity(tx, {
      fact: account.facts.letterAsked,
      actor: "account",
      object,
      data: { letterId: id },
    });
  });
  return { kind: "asked" };
}

/** What a person typed, as it is compared: letters large, without the dash and spaces between. */
export function readCode(typed: string): string {
  return typed.replace(/[\s\u2010-\u2015-]+/g, "").toUpperCase();
}

/** Does spending a letter for this address make an account, so that a name should be asked for first? */
export async function wouldJoin({ store, settings }: AccountParts, address: string): Promise<boolean> {
  return settings.joining === "open" && (await store.members.findByAddress(address)) === null;
}

export type SpendOutcome =
  | { readonly kind: "spent"; readonly member: MemberRow; readonly joined: boolean }
  /** It was not good any more. */
  | { readonly kind: "over" }
  /** Nobody has this address, and joining is closed. */
  | { readonly kind: "no-account" };

export interface Spending {
  readonly letterId: string;
  readonly address: string;
  /** The name for a new account; null for one made of the address. */
  readonly name: string | null;
  readonly method: "letter-link" | "letter-code";
  /** In the browser that began the sign-in, which goes on there. */
  readonly here: boolean;
  readonly requestId: string | null;
}

/** Spends a letter: whoever does has proven that the address is theirs. */
export async function spendLetter(parts: AccountParts, spending: Spending): Promise<SpendOutcome> {
  const { store } = parts;
  const now = parts.now();
  return await store.change(async (tx) => {
    if (!(await store.letters.spend(tx, spending.letterId, spending.here, now))) return { kind: "over" };
    const found = await findOrAddMember(parts, tx, spending);
    if (!found) return { kind: "no-account" };
    const { method, requestId } = spending;
    await noteSignIn(parts, tx, found.member.id, method, requestId);
    return { kind: "spent", ...found };
  });
}

/** Writes a sign-in into the audit log. */
export async function noteSignIn(
  { store, now }: AccountParts,
  tx: Tx,
  memberId: string,
  method: Spending["method"] | "passkey",
  requestId: string | null,
): Promise<void> {
  const person = { actor: memberId, target: memberId, requestId };
  await store.audit.note(tx, { at: now(), action: "sign-in", ...person, detail: { method } });
}

async function findOrAddMember(
  parts: AccountParts,
  tx: Tx,
  { address, name, requestId }: Spending,
): Promise<{ member: MemberRow; joined: boolean } | null> {
  const { store, settings } = parts;
  const now = parts.now();
  const claim = (await store.members.hasOperator(tx))
    ? null
    : await store.operatorLinks.use(tx, address, now);
  const known = await store.members.findByAddress(address, tx);
  if (known) {
    if (!claim) return { member: known, joined: false };
    await store.members.setRole(tx, known.id, "operator");
    const detail = { before: known.role, after: "operator" };
    await store.audit.note(tx, {
      at: now,
      action: "role",
      actor: known.id,
      target: known.id,
      requestId,
      detail,
    });
    return { member: { ...known, role: "operator" }, joined: false };
  }
  if (settings.joining === "closed" && !claim) return null;
  const member: MemberRow = {
    id: randomUUID(),
    address,
    name: name ?? claim?.name ?? nameFromAddress(address),
    role: claim ? "operator" : "member",
    level: null,
    joinedAt: now,
  };
  await addMember(parts, tx, member, requestId);
  return { member, joined: true };
}

/** Adds a member and tells of it. Throws when somebody has the address. */
export async function addMember(
  { store, emitActivity, now }: AccountParts,
  tx: Tx,
  member: MemberRow,
  requestId: string | null,
): Promise<void> {
  if (!(await store.members.add(tx, member))) {
    throw new Error("Two accounts were made for one address at the same time: sign in again.");
  }
  const person = { actor: member.id, target: member.id, requestId };
  await store.audit.note(tx, { at: now(), action: "join", ...person, detail: { role: member.role } });
  const reference = refer("account", "member", member.id);
  await emitActivity(tx, {
    fact: account.facts.memberJoined,
    actor: reference,
    object: reference,
    data: { memberId: member.id },
  });
}
