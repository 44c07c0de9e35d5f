// Dead letters as every service tells of them: a query for the operator's page and an action that tries one again.
// Only the account service asks, because the page stands there.
import { z } from "zod";
import type { Action, Query } from "../rpc/contract.ts";

const deadLetter = z.object({
  activityId: z.string(),
  target: z.string(),
  fact: z.string(),
  object: z.string(),
  attempts: z.int(),
  error: z.string(),
  publishedAt: z.iso.datetime(),
  settledAt: z.iso.datetime(),
});
const backlog = z.object({ pending: z.int(), dead: z.int(), oldestSeconds: z.number() });

const params = z.object({ limit: z.int().min(1).max(200) });
const answer = z.object({ backlog, letters: z.array(deadLetter) });

/** What waits in a service's bus and what was given up, the latest first. */
export function deadLettersOf(service: string): Query<typeof params, typeof answer> {
  return { kind: "query", service, name: "dead-letters", params, answer, callers: ["account"] };
}

const which = z.object({ activityId: z.string(), target: z.string() });
const replayed = z.object({ kind: z.enum(["replayed", "not-there"]) });

/** Makes a dead letter of a service pending again. */
export function replayIn(service: string): Action<typeof which, typeof replayed> {
  return {
    kind: "action",
    service,
    name: "replay-dead-letter",
    payload: which,
    answer: replayed,
    callers: ["account"],
  };
}
