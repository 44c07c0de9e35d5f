// Erasing a member from the whole installation: a saga over all services. Asking for it signs them out for good and
// writes down which services have to act; each is then asked until it has, and the account's own data go last.
// Promise: it is done to the end or stands in the dead letters; a member has one erasure, however often they ask;
// while it lasts they cannot sign in, and there is never a moment without an operator.
import { randomUUID } from "node:crypto";
import { eraseDataIn, refer } from "@rose-ash/platform/rpc";
import { account } from "./contract.ts";
import { endDevicesOf } from "./device.ts";
import type { AccountKeys } from "./keys.ts";
import { eraseMember } from "./member.ts";
import type { AccountParts } from "./routes.ts";

/** The account's own step: the last. */
const lastService = "account";

export type ErasureOutcome =
  /** The same erasure when it had been asked for before. */
  | { readonly kind: "requested"; readonly erasureId: string }
  /** Somebody else must be an operator first. */
  | { readonly kind: "last-operator" }
  | { readonly kind: "no-member" };

/** Begins a member's erasure. */
export async function requestErasure(
  parts: AccountParts,
  keys: AccountKeys,
  { memberId, requestId }: { memberId: string; requestId: string },
): Promise<ErasureOutcome> {
  const { store, now, installed, emitActivity } = parts;
  return await store.change(async (tx) => {
    const operators = await store.members.lockOperators(tx);
    if (operators.length === 1 && operators[0] === memberId) return { kind: "last-operator" };
    const id = randomUUID();
    const services = [...new Set([...installed, lastService])];
    if (!(await store.erasures.begin(tx, { id, memberId, services, now: now() }))) {
      const known = await store.erasures.idOf(tx, memberId);
      return known === null ? { kind: "no-member" } : { kind: "requested", erasureId: known };
    }
    await endDevicesOf(parts, keys, tx, memberId, { requestId });
    const person = { actor: memberId, target: memberId, requestId };
    await store.audit.note(tx, { at: now(), action: "erasure", ...person, detail: { state: "requested" } });
    const reference = refer("account", "member", memberId);
    await emitActivity(tx, {
      fact: account.facts.erasureRequested,
      actor: reference,
      object: reference,
      data: { memberId, erasureId: id },
    });
    return { kind: "requested", erasureId: id };
  });
}

/**
 * Asks every service that has not acted yet, and ends the erasure when all have. Throws when one is unavailable,
 * so that the bus repeats it; what is done by then stays done, and repeating it is harmless.
 */
export async function continueErasure(
  parts: AccountParts,
  keys: AccountKeys,
  erasureId: string,
): Promise<void> {
  const { store, now, callAction } = parts;
  const erasure = await store.erasures.find(erasureId);
  if (!erasure || erasure.finishedAt !== null) return;
  const { memberId } = erasure;
  const waiting = erasure.steps.filter(({ service, isDone }) => !isDone && service !== lastService);
  const unavailable: string[] = [];
  await Promise.all(
    waiting.map(async ({ service }) => {
      const idempotencyKey = `erase-${erasureId}-${service}`;
      const outcome = await callAction(eraseDataIn(service), { memberId }, { idempotencyKey });
      if (outcome.kind === "unavailable") return void unavailable.push(service);
      const { kept } = outcome.answer;
      await store.change((tx) => store.erasures.finishStep(tx, erasureId, service, kept, now()));
    }),
  );
  if (unavailable.length > 0) {
    const names = unavailable.sort().join(", ");
    throw new Error(`An erasure waits for ${names}: see that it runs. It is asked again.`);
  }
  await store.change(async (tx) => {
    const kept = await eraseMember(parts, keys, tx, memberId);
    await store.erasures.finishStep(tx, erasureId, lastService, kept, now());
    await store.erasures.finish(tx, erasureId, now());
  });
}
