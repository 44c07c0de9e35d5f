// Relations as another service meets it, for tests: its contract in front, its answers and a real database behind.
// Params, payloads, answers and facts pass the contract's schemas; facts count once their transaction is kept.
import { join } from "node:path";
import type { TestContext } from "node:test";
import { createViewLibrary } from "@rose-ash/platform/app/views";
import { factName } from "@rose-ash/platform/rpc";
import type { Database } from "@rose-ash/platform/store";
import type { FreshDatabases } from "@rose-ash/platform/store/test-database";
import type { z } from "zod";
import { answers, type Parts } from "../answers.ts";
import { relations } from "../contract.ts";
import { createStore } from "../store.ts";
import type { Tables } from "../tables.ts";

type EmitActivity = Parts["emitActivity"];
type Queries = typeof relations.queries;
type Actions = typeof relations.actions;
type NavigationTree = typeof relations.fragments.navigationTree;

export interface ToldFact {
  readonly fact: string;
  readonly actor: string;
  readonly object: string;
  readonly data: unknown;
}

export interface AskedRelations {
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
  ): Promise<z.infer<Actions[Name]["answer"]>>;
  /** The navigation tree as HTML. */
  draw(params: z.input<NavigationTree["params"]>): Promise<string>;
}

/** Opens the service on a fresh database, asked by a service called “blog”. */
export async function openRelations(t: TestContext, fresh: FreshDatabases<Tables>): Promise<AskedRelations> {
  const database = await fresh.open(t);
  const told: ToldFact[] = [];
  const pending = new WeakMap<object, ToldFact[]>();
  const emitActivity: EmitActivity = async (tx, { fact, actor, object, data }) => {
    pending.get(tx)?.push({ fact: factName(fact), actor, object, data: fact.data.parse(data) });
  };
  const answering = answers({ store: createStore(database), emitActivity });
  const asked = { caller: "blog", now: new Date() };
  return {
    database,
    told,
    async ask(name, params) {
      const answer = answering.queries[name] as (params: unknown, asked: object) => Promise<unknown>; // one of all
      const known = relations.queries[name].params.parse(params);
      const result = await answer(known, asked);
      return relations.queries[name].answer.parse(result) as never; // the answer's schema is the named query's
    },
    async order(name, payload) {
      const answer = answering.actions[name] as (payload: unknown, order: object) => Promise<unknown>; // one of all
      const known = relations.actions[name].payload.parse(payload);
      const facts: ToldFact[] = [];
      const result = await database.transaction((tx) => {
        pending.set(tx, facts);
        return answer(known, { ...asked, tx, idempotencyKey: "test" });
      });
      told.push(...facts);
      return relations.actions[name].answer.parse(result) as never; // the answer's schema is the named action's
    },
    async draw(params) {
      const known = relations.fragments.navigationTree.params.parse(params);
      const { component, props } = await answering.fragments.navigationTree(known, asked);
      return loadViews().render(component, props);
    },
  };
}

function loadViews() {
  const root = join(import.meta.dirname, "../../..");
  const folder = join(import.meta.dirname, "../sx");
  return createViewLibrary({
    shared: join(root, "platform/ui/sx"),
    folders: [folder],
    reload: false,
    buildStylesheet: () => "",
    root,
  }).of(folder);
}
