// Likes as another service meets it, for tests, on a fresh database of either driver.
import type { TestContext } from "node:test";
import { type Asking, askAsBlog, createTelling, type Telling } from "@rose-ash/platform/app/test-asking";
import type { Database } from "@rose-ash/platform/store";
import type { FreshDatabases } from "@rose-ash/platform/store/test-database";
import { answers } from "../answers.ts";
import { likes } from "../contract.ts";
import { personalData } from "../personal-data.ts";
import { createStore } from "../store.ts";
import type { Tables } from "../tables.ts";

export interface AskedLikes extends Asking<typeof likes>, Pick<Telling, "told"> {
  readonly database: Database<Tables>;
  gather(memberId: string): Promise<Readonly<Record<string, unknown>>>;
  erase(memberId: string): Promise<readonly string[]>;
}

export async function openLikes(t: TestContext, fresh: FreshDatabases<Tables>): Promise<AskedLikes> {
  const database = await fresh.open(t);
  const telling = createTelling(database);
  const parts = { store: createStore(database), emitActivity: telling.emitActivity };
  return {
    database,
    told: telling.told,
    ...askAsBlog(likes, answers(parts), telling),
    gather: (memberId) => personalData.gather(memberId, parts),
    erase: (memberId) => telling.change((tx) => personalData.erase(memberId, tx, parts)),
  };
}
