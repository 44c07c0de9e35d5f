// Likes as another service meets it, for tests: its contract in front, its answers and a real database behind.
// Params, payloads, answers and facts pass the contract's schemas; facts count once their transaction is kept.
import type { TestContext } from "node:test";
import { factName } from "@rose-ash/platform/rpc";
import type { Database } from "@rose-ash/platform/store";
import type { FreshDatabases } from "@rose-ash/platform/store/test-database";
import type { z } from "zod";
import { answers, type Parts } from "../answers.ts";
import { likes } from "../contract.ts";
import { personalData } from "../personal-data.ts";
import { createStore } from "../store.ts";
import type { Tables } from "../tables.ts";

type EmitActivity = Parts["emitActivity"];
type Queries = typeof likes.queries;
type Actions = typeof likes.actions;

export interface ToldFact {
  readonly fact: string;
  readonly actor: string;
  readonly object: string;
  readonly data: unknown;
}

export interface AskedLikes {
  readonly database: Database<Tables>;
  /** What was told so far, in the order in which it was kept. */
  readonly told: ToldFact[];
  ask<Name extends keyof Queries>(
    name: Name,
    params: z.input<Queries[Name]["params"]>,
  ): Promise<z.infer<Queries[Name]["answer"]>>;
  order<Name extends keyof Actions>(
    name: Name,
    payload: z.input<Actions[Name]["payload"]>,
    now?: Date,
  ): Promise<z.infer<Actions[Name]["answer"]>>;
  gather(memberId: string): Promise<Readonly<Record<string, unknown>>>;
  erase(memberId: string): Promise<readonly string[]>;
}

/** Opens the service on a fresh database, asked by a service called “blog”. */
export async function openLikes(t: TestContext, fresh: FreshDatabases<Tables>): Promise<AskedLikes> {
  const database = await fresh.open(t);
  const told: ToldFact[] = [];
  const pending = new WeakMap<object, ToldFact[]>();
  const emitActivity: EmitActivity = async (tx, { fact, actor, object, data }) => {
    pending.get(tx)?.push({ fact: factName(fact), actor, object, data: fact.data.parse(data) });
  };
  const parts = { store: createStore(database), emitActivity };
  const answering = answers(parts);

  async function change<T>(work: (tx: Parameters<EmitActivity>[0]) => Promise<T>): Promise<T> {
    const facts: ToldFact[] = [];
    const result = await database.transaction((tx) => {
      pending.set(tx, facts);
      return work(tx);
    });
    told.push(...facts);
    return result;
  }

  return {
    database,
    told,
    async ask(name, params) {
      const answer = answering.queries[name] as (params: unknown, asked: object) => Promise<unknown>; // one of all
      const asked = { caller: "blog", now: new Date() };
      return likes.queries[name].answer.parse(
        await answer(likes.queries[name].params.parse(params), asked),
      ) as never; // the answer's schema is the named query's
    },
    async order(name, payload, now = new Date()) {
      const answer = answering.actions[name] as (payload: unknown, order: object) => Promise<unknown>; // one of all
      const known = likes.actions[name].payload.parse(payload);
      const result = await change((tx) => answer(known, { caller: "blog", now, tx, idempotencyKey: "test" }));
      return likes.actions[name].answer.parse(result) as never; // the answer's schema is the named action's
    },
    gather: (memberId) => personalData.gather(memberId, parts),
    erase: (memberId) => change((tx) => personalData.erase(memberId, tx, parts)),
  };
}
