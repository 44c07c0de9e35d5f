// Relations as another service meets it, for tests, on a fresh database of either driver.
import { join } from "node:path";
import type { TestContext } from "node:test";
import { type Asking, askAsBlog, createTelling, type Telling } from "@rose-ash/platform/app/test-asking";
import { viewsForTests } from "@rose-ash/platform/app/test-views";
import type { Database } from "@rose-ash/platform/store";
import type { FreshDatabases } from "@rose-ash/platform/store/test-database";
import type { z } from "zod";
import { answers } from "../answers.ts";
import { relations } from "../contract.ts";
import { createStore } from "../store.ts";
import type { Tables } from "../tables.ts";

type NavigationTree = typeof relations.fragments.navigationTree;

export interface AskedRelations extends Asking<typeof relations>, Pick<Telling, "told"> {
  readonly database: Database<Tables>;
  /** The navigation tree as HTML. */
  draw(params: z.input<NavigationTree["params"]>): Promise<string>;
}

export async function openRelations(t: TestContext, fresh: FreshDatabases<Tables>): Promise<AskedRelations> {
  const database = await fresh.open(t);
  const telling = createTelling(database);
  const answering = answers({ store: createStore(database), emitActivity: telling.emitActivity });
  return {
    database,
    told: telling.told,
    ...askAsBlog(relations, answering, telling),
    async draw(params) {
      const known = relations.fragments.navigationTree.params.parse(params);
      const asked = { caller: "blog", now: new Date() };
      const { component, props } = await answering.fragments.navigationTree(known, asked);
      return viewsForTests(join(import.meta.dirname, "../sx")).render(component, { ...props });
    },
  };
}
