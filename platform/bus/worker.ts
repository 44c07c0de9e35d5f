// The worker: claims deliveries that are due and makes them, a few at a time, until it is stopped.
// Promise: an effect and the record that it was done are one transaction, so it happens once, whenever a process
// is killed; what fails is tried again later, and after the last try becomes a dead letter; a service that is
// down is tried for as long as it takes. Several workers may work on one database.
import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { factName } from "../rpc/activity.ts";
import type { Caller } from "../rpc/caller.ts";
import type { Database } from "../store/store.ts";
import type { Claim, Deliveries } from "./deliveries.ts";
import type { AnyReaction } from "./reaction.ts";

export interface WorkerSettings {
  // biome-ignore lint/suspicious/noExplicitAny: the tables are the service's own
  readonly database: Database<any>;
  readonly deliveries: Deliveries;
  readonly reactions: readonly AnyReaction[];
  /** What reactions are given. */
  readonly parts: unknown;
  readonly sendActivities: Caller["sendActivities"];
  readonly log: Logger;
  readonly pace?: Partial<Pace>;
}

export interface Pace {
  /** Deliveries under way at a time. */
  readonly atOnce: number;
  /** How often to look for what is due without being woken. */
  readonly pollMs: number;
  /** How long a claim counts. A killed worker's deliveries wait this long at most. */
  readonly leaseMs: number;
  /** The pause after the first failure; it doubles with each, up to `longestPauseMs`. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** After this many tries a delivery is a dead letter. */
  readonly tries: number;
}

const usualPace: Pace = {
  atOnce: 8,
  pollMs: 1000,
  leaseMs: 30_000,
  firstPauseMs: 1000,
  longestPauseMs: 15 * 60_000,
  tries: 12,
};

export interface Worker {
  /** Something may be due now. */
  wake(): void;
  /** Takes nothing more and waits for what is under way. */
  stop(): Promise<void>;
}

export function startWorker(settings: WorkerSettings): Worker {
  const { database, deliveries, log, sendActivities, parts } = settings;
  const pace = { ...usualPace, ...settings.pace };
  const reactions = new Map(settings.reactions.map((reaction) => [`reaction:${reaction.name}`, reaction]));
  const holder = randomUUID();
  const underWay = new Set<Promise<void>>();
  let stopping = false;
  let woken = false;
  let rouse: () => void = () => {};
  const ended = run();

  return {
    wake,
    async stop() {
      stopping = true;
      wake();
      await ended;
    },
  };

  function wake(): void {
    woken = true;
    rouse();
  }

  async function run(): Promise<void> {
    while (!stopping) {
      woken = false;
      const claims = await claim();
      for (const one of claims) start(one);
      const full = underWay.size > pace.atOnce / 2;
      if (!stopping && (claims.length === 0 || full)) await pause(full);
    }
    await Promise.all(underWay);
  }

  async function claim(): Promise<Claim[]> {
    const free = pace.atOnce - underWay.size;
    if (free < pace.atOnce / 2) return []; // a few at a time: one question for one delivery would be mostly questions
    try {
      return await deliveries.claim(holder, free, pace.leaseMs);
    } catch (err) {
      log.error(
        { err },
        "facts could not be fetched for delivery; they stay where they are and are tried again",
      );
      return [];
    }
  }

  function start(claim: Claim): void {
    const work = deliver(claim).finally(() => {
      underWay.delete(work);
      wake();
    });
    underWay.add(work);
  }

  /** Until woken, or until it is time to look again. */
  async function pause(full: boolean): Promise<void> {
    if (woken) return;
    await new Promise<void>((resolve) => {
      const timer = full ? undefined : setTimeout(resolve, pace.pollMs);
      rouse = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    rouse = () => {};
  }

  async function deliver(claim: Claim): Promise<void> {
    try {
      const failure = await attempt(claim);
      if (failure === null) return;
      await giveBack(claim, failure.sentence, failure.endless);
    } catch (error) {
      await giveBack(claim, error instanceof Error ? error.message : String(error), false, error);
    }
  }

  /** Makes the delivery; answers why it could not be made. */
  async function attempt(claim: Claim): Promise<{ sentence: string; endless: boolean } | null> {
    if (claim.target.startsWith("service:")) return await tell(claim, claim.target.slice("service:".length));
    const reaction = reactions.get(claim.target);
    if (!reaction) throw new Error(`There is no ${claim.target} in this program.`);
    if (factName(reaction.fact) !== claim.activity.fact) {
      throw new Error(`${claim.target} is about ${factName(reaction.fact)}, not ${claim.activity.fact}.`);
    }
    const activity = { ...claim.activity, data: reaction.fact.data.parse(claim.activity.data) };
    if (reaction.kind === "effect") {
      await database.transaction(async (tx) => {
        const outcome = await deliveries.settle(tx, claim, holder);
        if (outcome === "settled") await reaction.handle(activity, tx, parts);
      });
    } else {
      if (!(await deliveries.isProcessed(claim))) await reaction.handle(activity, parts);
      await database.transaction((tx) => deliveries.settle(tx, claim, holder));
    }
    return null;
  }

  async function tell(claim: Claim, service: string) {
    const outcome = await sendActivities(service, [claim.activity]);
    if (outcome.kind === "answered") {
      await database.transaction((tx) => deliveries.settle(tx, claim, holder));
      return null;
    }
    const refused = outcome.reason.startsWith("refused 4");
    return { sentence: `${service} is unavailable: ${outcome.reason}`, endless: !refused };
  }

  async function giveBack(claim: Claim, sentence: string, endless: boolean, err?: unknown): Promise<void> {
    const { target, attempts, activity } = claim;
    const last = attempts >= pace.tries && !endless;
    const retryInMs = last ? null : pauseAfter(attempts, pace);
    const about = { activity: activity.id, fact: activity.fact, target, attempts, err: err ?? sentence };
    if (last) log.error(about, "a fact could not be delivered and is a dead letter now");
    else log.warn(about, "a fact could not be delivered and is tried again");
    try {
      await deliveries.fail(claim, holder, { error: sentence.slice(0, 2000), retryInMs });
    } catch (error) {
      log.error({ err: error }, "a failed delivery could not be given back; it is free when its time is up");
    }
  }
}

/** Doubling, with a fifth more or less by chance so that many do not come back at once. */
function pauseAfter(attempts: number, { firstPauseMs, longestPauseMs }: Pace): number {
  const doubled = Math.min(firstPauseMs * 2 ** Math.min(attempts - 1, 30), longestPauseMs);
  return Math.round(doubled * (0.8 + Math.random() * 0.4));
}
