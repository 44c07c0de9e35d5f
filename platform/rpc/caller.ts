// Calling other services: a contract's query or action in, its typed answer out.
// Promise: a call ends within its deadline, body included, and never throws for what the other side does: a
// service that is down, slow, refuses or answers nonsense is `unavailable`, and the page goes on without it.
// An action that ends so is unknown, not failed: repeating it with the same key finds out and does it once.
import type { Logger } from "pino";
import type { z } from "zod";
import { type Activity, activitySchema } from "./activity.ts";
import type { Action, Fragment, Query } from "./contract.ts";
import type { KeyRing } from "./keys.ts";
import { signMessage } from "./signature.ts";
import type { Transport } from "./transport.ts";

export type CallOutcome<T> =
  | { readonly kind: "answered"; readonly answer: T }
  /** `reason` is for a log: "timeout", "unreachable", "refused 403", "not-understood". */
  | { readonly kind: "unavailable"; readonly service: string; readonly reason: string };

export interface Caller {
  /**
   * Asks a query, 3 seconds at most, or less where a page can do without the answer.
   * Throws only for params that do not fit the contract.
   */
  fetchData<Params extends z.ZodType, Reply extends z.ZodType>(
    query: Query<Params, Reply>,
    params: z.input<Params>,
    options?: { readonly deadlineMs: number },
  ): Promise<CallOutcome<z.infer<Reply>>>;
  /** Orders an action, 5 seconds at most. Throws only for a payload that does not fit the contract. */
  callAction<Payload extends z.ZodType, Reply extends z.ZodType>(
    action: Action<Payload, Reply>,
    payload: z.input<Payload>,
    options: { readonly idempotencyKey: string },
  ): Promise<CallOutcome<z.infer<Reply>>>;
  /** Hands activities to another service's inbox, in this order. */
  sendActivities(service: string, activities: readonly Activity[]): Promise<CallOutcome<null>>;
  /** Asks for a piece of page. */
  fetchFragment<Params extends z.ZodType>(
    fragment: Fragment<Params>,
    params: z.input<Params>,
    signal?: AbortSignal,
  ): Promise<CallOutcome<string>>;
}

export interface CallerSettings {
  /** The calling service. */
  readonly service: string;
  readonly keys: KeyRing;
  readonly transport: Transport;
  readonly log: Logger;
  readonly now: () => Date;
  /** The usual ones unless said. */
  readonly deadlines?: Deadlines;
}

/** How long a call may take, its answer's last byte included. */
export interface Deadlines {
  readonly queryMs: number;
  readonly actionMs: number;
}

const usualDeadlines: Deadlines = { queryMs: 3000, actionMs: 5000 };

const quietMs = 60_000;

/** Makes the caller of one service. */
export function createCaller(settings: CallerSettings): Caller {
  const { service, keys, transport, log, now } = settings;
  const { queryMs, actionMs } = settings.deadlines ?? usualDeadlines;
  const told = new Map<string, number>();
  return {
    async fetchData(query, params, { deadlineMs } = { deadlineMs: queryMs }) {
      const text = JSON.stringify(query.params.parse(params));
      const target = `/internal/data/${query.name}?params=${encodeURIComponent(text)}`;
      const outcome = await send(query.service, "GET", target, null, {
        deadlineMs: Math.min(deadlineMs, queryMs),
      });
      return understand(query.service, outcome, (body) => query.answer.parse(JSON.parse(body)));
    },
    async callAction(action, payload, { idempotencyKey }) {
      const body = JSON.stringify(action.payload.parse(payload));
      const target = `/internal/actions/${action.name}`;
      const outcome = await send(action.service, "POST", target, body, {
        deadlineMs: actionMs,
        idempotencyKey,
      });
      return understand(action.service, outcome, (text) => action.answer.parse(JSON.parse(text)));
    },
    async sendActivities(callee, activities) {
      const body = JSON.stringify(activities.map((activity) => activitySchema.parse(activity)));
      const outcome = await send(callee, "POST", "/internal/inbox", body, { deadlineMs: actionMs });
      return understand(callee, outcome, () => null);
    },
    async fetchFragment(fragment, params, signal) {
      const text = JSON.stringify(fragment.params.parse(params));
      const target = `/internal/fragments/${fragment.name}?params=${encodeURIComponent(text)}`;
      const outcome = await send(fragment.service, "GET", target, null, {
        deadlineMs: queryMs,
        ...(signal ? { signal } : {}),
      });
      return understand(fragment.service, outcome, (body) => body);
    },
  };

  async function send(
    callee: string,
    method: "GET" | "POST",
    target: string,
    text: string | null,
    { deadlineMs, signal, idempotencyKey }: SendOptions,
  ): Promise<CallOutcome<string>> {
    const key = keys.signingKey(service, callee);
    if (key === null) return unavailable(callee, target, "no-key");
    const authority = `${callee}.internal`;
    const body = text === null ? null : Buffer.from(text);
    const message = { method, authority, target, body };
    const given = {
      ...message,
      ...(body === null ? {} : { contentType: "application/json" }),
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    };
    const headers = signMessage(given, key, { now: now() });
    const deadline = AbortSignal.timeout(deadlineMs);
    try {
      const reply = await transport.send(
        callee,
        { ...message, headers },
        signal ? AbortSignal.any([deadline, signal]) : deadline,
      );
      if (reply.status >= 200 && reply.status < 300) return { kind: "answered", answer: reply.body };
      return unavailable(callee, target, `refused ${reply.status}`);
    } catch (error) {
      const cut = deadline.aborted || signal?.aborted;
      return unavailable(callee, target, cut ? "timeout" : "unreachable", error);
    }
  }

  function understand<T>(
    callee: string,
    outcome: CallOutcome<string>,
    read: (body: string) => T,
  ): CallOutcome<T> {
    if (outcome.kind === "unavailable") return outcome;
    try {
      return { kind: "answered", answer: read(outcome.answer) };
    } catch (error) {
      // What cannot be read as JSON is quoted by the error, and may be about a person.
      const fault = error instanceof SyntaxError ? undefined : error;
      return unavailable(callee, "its answer", "not-understood", fault);
    }
  }

  function unavailable(callee: string, target: string, reason: string, err?: unknown) {
    const path = target.split("?", 1)[0]; // the rest may be about a person
    // A service that is down is missed by every page; the log hears of it once a minute.
    const about = `${callee} ${path} ${reason}`;
    const at = now().getTime();
    if (at - (told.get(about) ?? 0) >= quietMs) {
      if (told.size > 1000) told.clear();
      told.set(about, at);
      log.warn({ callee, path, reason, err }, "a call to another service came to nothing");
    }
    return { kind: "unavailable", service: callee, reason } as const;
  }
}

interface SendOptions {
  readonly deadlineMs: number;
  readonly signal?: AbortSignal;
  readonly idempotencyKey?: string;
}
