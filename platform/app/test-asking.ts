// A service as another one meets it, for tests without a site: its contract in front, its answers and a real
// database behind. Params, payloads, answers and facts pass the schemas; facts count once their transaction is kept.

import type { z } from "zod";
import { factName } from "../rpc/activity.ts";
import type { AnyAnswers, Ordered } from "../rpc/answers.ts";
import type { AnyContract } from "../rpc/contract.ts";
import type { AnyDatabase, EmitActivity } from "./service.ts";

export interface ToldFact {
  readonly fact: string;
  readonly actor: string;
  readonly object: string;
  readonly data: unknown;
}

/** Facts of transactions: what was emitted in one is told when it is kept. */
export interface Telling {
  readonly emitActivity: EmitActivity;
  /** What was told so far, in the order in which it was kept. */
  readonly told: readonly ToldFact[];
  change<T>(work: (tx: Ordered["tx"]) => Promise<T>): Promise<T>;
}

export function createTelling(database: AnyDatabase): Telling {
  const told: ToldFact[] = [];
  const pending = new WeakMap<object, ToldFact[]>();
  return {
    told,
    emitActivity: async (tx, { fact, actor, object, data }) => {
      pending.get(tx)?.push({ fact: factName(fact), actor, object, data: fact.data.parse(data) });
    },
    async change(work) {
      const facts: ToldFact[] = [];
      const result = await database.transaction((tx) => {
        pending.set(tx, facts);
        return work(tx);
      });
      told.push(...facts);
      return result;
    },
  };
}

export interface Asking<Found extends AnyContract> {
  ask<Name extends keyof Found["queries"]>(
    name: Name,
    params: z.input<Found["queries"][Name]["params"]>,
  ): Promise<z.infer<Found["queries"][Name]["answer"]>>;
  order<Name extends keyof Found["actions"]>(
    name: Name,
    payload: z.input<Found["actions"][Name]["payload"]>,
    now?: Date,
  ): Promise<z.infer<Found["actions"][Name]["answer"]>>;
}

/** Asks a service's answers as a service called “blog” would. */
export function askAsBlog<Found extends AnyContract>(
  contract: Found,
  answers: AnyAnswers,
  { change }: Telling,
): Asking<Found> {
  return {
    async ask(name, params) {
      const { params: input, answer: output } = part(contract.queries, name);
      const answer = part(answers.queries, name) as (params: unknown, asked: object) => Promise<unknown>; // one of all
      const found = await answer(input.parse(params), { caller: "blog", now: new Date() });
      return output.parse(found) as never; // the answer's schema is the named query's
    },
    async order(name, payload, now = new Date()) {
      const { payload: input, answer: output } = part(contract.actions, name);
      const answer = part(answers.actions, name) as (payload: unknown, order: object) => Promise<unknown>; // one of all
      const known = input.parse(payload);
      const found = await change((tx) => answer(known, { caller: "blog", now, tx, idempotencyKey: "test" }));
      return output.parse(found) as never; // the answer's schema is the named action's
    },
  };
}

function part<Part>(group: Readonly<Record<string, Part>>, name: PropertyKey): Part {
  const found = group[String(name)];
  if (found === undefined) throw new Error(`There is no ${String(name)}.`);
  return found;
}
