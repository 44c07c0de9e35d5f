// The server of internal calls: a signed message in, an answer of the service out.
// Promise: nothing is parsed before its signature is verified; an action takes effect once per caller and
// idempotency key, because its record is kept in the transaction of its effect; a nonce of an order or of facts
// is used once, and when that cannot be recorded nothing is done. A refusal tells the log why, and nobody a key.
import { hash } from "node:crypto";
import { sql } from "kysely";
import type { Logger } from "pino";
import { z } from "zod";
import type { Database } from "../store/store.ts";
import { type Activity, activitySchema } from "./activity.ts";
import type { AnyAnswers, Drawing, Ordered } from "./answers.ts";
import { type Action, type AnyContract, type Callers, findPart } from "./contract.ts";
import type { KeyRing } from "./keys.ts";
import { type SignedMessage, type Verification, verifyMessage } from "./signature.ts";
import type { InternalHandler, InternalReply } from "./transport.ts";

/** The most an internal message may weigh, in bytes. */
export const largestMessageBytes = 1024 * 1024;

/**
 * The longest request target, in characters: params of questions travel in it. Checked here for both ways of
 * transport, and below what the HTTP server takes (internal-server.ts), so that both refuse the same.
 */
export const longestTarget = 192 * 1024;

/** Thrown by an answer for a request that fits the contract and still makes no sense, such as a broken cursor. */
export class RefusedRequest extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = "RefusedRequest";
  }
}

export interface InternalServerSettings {
  readonly service: string;
  readonly contract: AnyContract;
  readonly answers: AnyAnswers;
  readonly keys: KeyRing;
  // biome-ignore lint/suspicious/noExplicitAny: the tables are the service's own, beside the platform's
  readonly database: Database<any>;
  /** Draws a fragment with the service's views. */
  readonly draw: (drawing: Drawing) => string;
  /** Keeps facts that another service sends. */
  readonly receive: (tx: Ordered["tx"], sender: string, activities: readonly Activity[]) => Promise<void>;
  readonly log: Logger;
  readonly now: () => Date;
}

type Verified = Extract<Verification, { kind: "verified" }>;

/** Reads a verified call that was found to be badly made; becomes a 4xx. */
class BadCall extends Error {
  readonly status: number;
  constructor(status: number, reason: string) {
    super(reason);
    this.status = status;
  }
}

const alarmingSkewSeconds = 5;
/** So that clocks that differ are told of, and not with every call. */
const skewAlarmEveryMs = 60_000;
/** A signature lives 30 s in both directions; after that the nonce cannot come again. */
const nonceLifeSeconds = 120;

export function createInternalServer(settings: InternalServerSettings): InternalHandler {
  const { service, contract, answers, keys, database, draw, receive, log, now } = settings;
  const skewToldAt = new Map<string, number>();

  return async (message) => {
    const path = message.target.slice(0, 200).split("?", 1)[0];
    const excess = findExcess(message);
    if (excess !== null) {
      log.warn({ path, reason: excess.reason }, "an internal call was refused");
      return reply(excess.status, { refused: excess.reason });
    }
    const verification = verifyMessage(message, keys, { callee: service, now: now() });
    if (verification.kind === "refused") {
      log.warn({ path, reason: verification.reason }, "an internal call was refused");
      return reply(401, { refused: verification.reason });
    }
    const { caller, skewSeconds } = verification;
    if (Math.abs(skewSeconds) >= alarmingSkewSeconds) tellOfSkew(caller, skewSeconds);
    try {
      return await answerVerified(message, verification);
    } catch (error) {
      if (error instanceof BadCall || error instanceof RefusedRequest) {
        log.warn({ path, caller, reason: error.message }, "an internal call was refused");
        return reply(error instanceof BadCall ? error.status : 400, { refused: error.message });
      }
      log.error({ path, caller, err: describeFault(error) }, "an internal call failed");
      return reply(500, { refused: "failed" });
    }
  };

  function tellOfSkew(caller: string, skewSeconds: number): void {
    if (now().getTime() - (skewToldAt.get(caller) ?? 0) < skewAlarmEveryMs) return;
    skewToldAt.set(caller, now().getTime());
    log.warn({ caller, skewSeconds }, "the clocks of two services differ: set them by NTP");
  }

  async function answerVerified(message: SignedMessage, verified: Verified): Promise<InternalReply> {
    const mark = message.target.indexOf("?");
    const path = mark < 0 ? message.target : message.target.slice(0, mark);
    const query = new URLSearchParams(mark < 0 ? "" : message.target.slice(mark));
    const [, group = "", name = ""] =
      /^\/internal\/(data|fragments|actions|inbox)(?:\/([a-z0-9-]+))?$/.exec(path) ?? [];
    const asked = { caller: verified.caller, now: now() };
    if (message.method === "GET" && group === "data") {
      const { key, part } = admitted(findPart(contract.queries, name), verified.caller);
      const answer = find(answers.queries, key)(parse(part.params, query.get("params")), asked);
      return reply(200, part.answer.parse(await answer));
    }
    if (message.method === "GET" && group === "fragments") {
      const { key, part } = admitted(findPart(contract.fragments, name), verified.caller);
      const drawing = await find(answers.fragments, key)(parse(part.params, query.get("params")), asked);
      return { status: 200, type: "text/html; charset=utf-8", body: draw(drawing) };
    }
    if (
      message.method === "POST" &&
      message.body !== null &&
      (group === "actions" || path === "/internal/inbox")
    ) {
      const text = decode(message.body);
      const found = group === "actions" ? admitted(findPart(contract.actions, name), verified.caller) : null;
      if (!(await isNewNonce(verified))) throw new BadCall(401, "replayed");
      return found === null
        ? await takeActivities(text, verified.caller)
        : await takeAction(found.part, find(answers.actions, found.key), text, verified);
    }
    throw new BadCall(404, "unknown");
  }

  /** Records the nonce; false when it was seen before. Throws a 503 when it cannot be recorded. */
  async function isNewNonce({ caller, nonce }: Verified): Promise<boolean> {
    try {
      const found = await sql`
        insert into call_nonce (caller, nonce, expires_at)
        values (${caller}, ${nonce}, now() + ${nonceLifeSeconds} * interval '1 second')
        on conflict do nothing returning nonce`.execute(database.query);
      return found.rows.length > 0;
    } catch (error) {
      log.error(
        { err: describeFault(error) },
        "the nonce of an internal call could not be recorded, so it was not done",
      );
      throw new BadCall(503, "nonce-not-recorded");
    }
  }

  async function takeActivities(text: string, sender: string): Promise<InternalReply> {
    const activities = parse<Activity[]>(z.array(activitySchema).max(100), text);
    const foreign = activities.find(({ fact }) => !fact.startsWith(`${sender}/`));
    if (foreign) throw new BadCall(403, "a service tells its own facts only");
    await database.transaction((tx) => receive(tx, sender, activities));
    return reply(202, { received: activities.length });
  }

  async function takeAction(
    action: Action,
    answer: AnyAnswers["actions"][string],
    text: string,
    { caller, idempotencyKey }: Verified,
  ): Promise<InternalReply> {
    if (idempotencyKey === null) throw new BadCall(400, "no idempotency key");
    const payload = parse(action.payload, text);
    const payloadHash = hash("sha256", text);
    return await database.transaction(async (tx) => {
      // Another call with this key that is under way is waited for here.
      const first = await sql`
        insert into done_action (caller, idempotency_key, action, payload_hash)
        values (${caller}, ${idempotencyKey}, ${action.name}, ${payloadHash})
        on conflict do nothing returning action`.execute(tx);
      if (first.rows.length === 0) return await answerAgain(tx, action, caller, idempotencyKey, payloadHash);
      const result = action.answer.parse(await answer(payload, { tx, caller, idempotencyKey, now: now() }));
      const kept = JSON.stringify(result) ?? "null";
      await sql`update done_action set answer = ${kept}::jsonb where caller = ${caller} and idempotency_key = ${idempotencyKey}`.execute(
        tx,
      );
      return { status: 200, type: "application/json", body: kept };
    });
  }
}

/** The kept answer of an action that was done before. */
async function answerAgain(
  tx: Ordered["tx"],
  action: Action,
  caller: string,
  idempotencyKey: string,
  payloadHash: string,
): Promise<InternalReply> {
  const found = await sql<{ action: string; payload_hash: string; answer: unknown }>`
    select action, payload_hash, answer from done_action
    where caller = ${caller} and idempotency_key = ${idempotencyKey}`.execute(tx);
  const done = found.rows[0];
  if (!done) throw new Error("The record of an action is gone while it was answered.");
  if (done.action !== action.name || done.payload_hash !== payloadHash) {
    throw new BadCall(422, "this idempotency key was used for something else");
  }
  return reply(200, done.answer);
}

/** Forgets nonces that cannot come again and, after 60 days, actions. */
// biome-ignore lint/suspicious/noExplicitAny: the tables are the service's own, beside the platform's
export async function sweepCalls(database: Database<any>): Promise<void> {
  await sql`delete from call_nonce where expires_at < now()`.execute(database.query);
  await sql`delete from done_action where at < now() - interval '60 days'`.execute(database.query);
}

/** What was found in the contract, if there is anything and the caller may ask for it. */
function admitted<Found extends { readonly part: { readonly name: string; readonly callers?: Callers } }>(
  found: Found | null,
  caller: string,
): Found {
  if (found === null) throw new BadCall(404, "not in the contract");
  const { callers = "any" } = found.part;
  if (callers !== "any" && !callers.includes(caller)) throw new BadCall(403, "the caller may not ask this");
  return found;
}

function find<Answering>(answers: Readonly<Record<string, Answering>>, key: string): Answering {
  const answer = Object.hasOwn(answers, key) ? answers[key] : undefined;
  if (!answer) throw new Error(`The contract names ${key} and no function answers it.`);
  return answer;
}

/** What makes a message too much to look at, before its signature is. */
function findExcess({ target, body }: SignedMessage): { status: number; reason: string } | null {
  if ((body?.byteLength ?? 0) > largestMessageBytes) return { status: 413, reason: "too-large" };
  return target.length > longestTarget ? { status: 414, reason: "too-long" } : null;
}

/** A failure for the log, without what database drivers add to it: the query's values, nonces among them. */
function describeFault(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { message, stack, cause } = error;
  const code = "code" in error ? { code: error.code } : {};
  return { message, stack, ...code, ...(cause === undefined ? {} : { cause: describeFault(cause) }) };
}

function decode(body: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    throw new BadCall(400, "not UTF-8");
  }
}

function parse<Found = never>(schema: z.ZodType, text: string | null): Found {
  let value: unknown;
  try {
    value = JSON.parse(text ?? "");
  } catch {
    throw new BadCall(400, "not JSON");
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const where = parsed.error.issues.map(({ path, code }) => `${path.join(".")} ${code}`).join(", ");
    throw new BadCall(400, `does not fit the contract: ${where.slice(0, 300)}`);
  }
  return parsed.data as Found; // of a contract: the compiler checked in defineAnswers that the function takes it
}

function reply(status: number, value: unknown): InternalReply {
  return { status, type: "application/json", body: JSON.stringify(value) ?? "null" };
}
