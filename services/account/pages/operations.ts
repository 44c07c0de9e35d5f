// Operations: what waits and what was given up in the bus of every service, with a way to try again, and the latest
// entries of the audit log. A service that does not answer is shown as such and keeps nobody from seeing the rest.
import { randomUUID } from "node:crypto";
import {
  type Answer,
  goOn,
  memberOf,
  momentWriter,
  type PageRequest,
  privatePage,
} from "@rose-ash/platform/app";
import { deadLettersOf, replayIn } from "@rose-ash/platform/bus";
import { auditWriter } from "../audit-words.ts";
import type { AccountParts } from "../routes.ts";

const lettersShown = 50;
const entriesShown = 100;

const doneWords: Readonly<Record<string, string>> = {
  replayed: "It is tried again now. If it fails again, it comes back here.",
  "not-there": "It is not among the dead letters any more: somebody has tried it again already.",
  unavailable: "The service does not answer, so nothing was changed. Try again in a minute.",
};

/** GET /operations/ */
export function operationsPage(parts: AccountParts) {
  const { store, site, installed } = parts;
  const written = momentWriter(site);
  return async (request: PageRequest): Promise<Answer> => {
    memberOf(request, "operator");
    const services = await Promise.all([...installed].sort().map((name) => busOf(parts, name, written)));
    const entries = await store.audit.latest(entriesShown);
    return privatePage("~operations-page", "Operations", {
      services,
      entries: await auditWriter(store, written)(entries),
      done: doneWords[request.query.get("done") ?? ""] ?? null,
    });
  };
}

async function busOf({ fetchData }: AccountParts, name: string, written: (at: Date) => string) {
  const outcome = await fetchData(deadLettersOf(name), { limit: lettersShown });
  if (outcome.kind === "unavailable") return { name, answers: false, pending: 0, dead: 0, letters: [] };
  const { backlog, letters } = outcome.answer;
  return {
    name,
    answers: true,
    pending: backlog.pending,
    dead: backlog.dead,
    oldest: backlog.pending === 0 ? null : `${Math.round(backlog.oldestSeconds)} s`,
    letters: letters.map(({ activityId, target, fact, object, attempts, error, settledAt }) => {
      return { activityId, target, fact, object, attempts, error, at: written(new Date(settledAt)) };
    }),
  };
}

/** POST /operations/try-again/ with `service`, `activity` and `target`. */
export function tryAgainPage({ installed, callAction }: AccountParts) {
  return async (request: PageRequest): Promise<Answer> => {
    memberOf(request, "operator");
    const field = (name: string) => request.form?.get(name) ?? "";
    const service = field("service");
    if (!installed.includes(service))
      return { kind: "bad-request", sentence: "There is no such service here." };
    const which = { activityId: field("activity"), target: field("target") };
    // A press of its own each time: the letter may fail again and be tried again.
    const outcome = await callAction(replayIn(service), which, { idempotencyKey: `replay-${randomUUID()}` });
    return goOn(`/operations/?done=${outcome.kind === "answered" ? outcome.answer.kind : outcome.kind}`);
  };
}
