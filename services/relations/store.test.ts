// The queries when several change edges at once: circles, depth and positions hold on every database that there is
// to test on, and controls show that without turns they would not.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import type { Database } from "@rose-ash/platform/store";
import { forEachDriver } from "@rose-ash/platform/store/test-database";
import { sql } from "kysely";
import type { Placed } from "./edge.ts";
import { createStore, type EdgeStore } from "./store.ts";
import type { Tables } from "./tables.ts";
import type { LockTypes } from "./writing.ts";

const type = "menu";
const now = new Date("2026-03-01T10:00:00Z");
const thing = (name: string | number) => `blog/page/${name}`;
const noTurns: LockTypes = async () => {};

await forEachDriver<Tables>(join(import.meta.dirname, "migrations"), ({ driver, open }) => {
  test(`${driver}: of edges that would close a ring together and come at once, one is refused`, async (t) => {
    const database = await open(t);
    const store = createStore(database);
    const size = 8;
    const ring = Array.from({ length: size }, (_, number) =>
      attach(database, store, number, (number + 1) % size),
    );
    const kinds = (await Promise.all(ring)).map(({ kind }) => kind);
    assert.deepEqual(kinds.toSorted(), [...Array<string>(size - 1).fill("attached"), "circle"]);
    assert.deepEqual(await thingsInThemselves(database, store), []);
  });

  test(`${driver}: children that come and go at once leave positions without gaps`, async (t) => {
    const database = await open(t);
    const store = createStore(database);
    const children = Array.from({ length: 24 }, (_, number) => number);
    await Promise.all(children.map((child) => attach(database, store, "root", child, child % 3)));
    const changes = children.map((child) =>
      database.transaction(async (tx) => {
        const key = { parent: thing("root"), child: thing(child), type };
        if (child % 4 === 0) await store.detach(tx, key, now);
        else if (child % 4 === 1) await store.forget(tx, thing(child), now);
        else {
          const to = child % 4 === 2 ? thing("root") : thing("other");
          const move = { child: thing(child), type, from: thing("root"), to, position: child % 5 };
          await store.move(tx, move, now);
        }
      }),
    );
    await Promise.all(changes);
    for (const parent of ["root", "other"]) {
      const edges = await store.children(thing(parent), type, 100);
      assert.deepEqual(
        edges.map(({ position }) => position),
        [0, 1, 2, 3, 4, 5],
      );
    }
  });

  test(`${driver}: things of several types are forgotten and attached at once without a deadlock`, async (t) => {
    const database = await open(t);
    const store = createStore(database);
    const types = ["album", "menu", "series"];
    const attachAs = (type: string, parent: string, child: string) =>
      database.transaction((tx) =>
        store.attach(
          tx,
          { parent: thing(parent), child: thing(child), type, position: null, label: null },
          now,
        ),
      );
    const pairs = types.flatMap((type) => ["a", "b", "c", "d"].map((name) => [type, name] as const));
    await Promise.all(pairs.map(([type, name]) => attachAs(type, `in-${name}`, name)));
    const forgetting = ["a", "b", "c", "d"].map((name) =>
      database.transaction((tx) => store.forget(tx, thing(name), now)),
    );
    const attaching = pairs.map(([type, name]) => attachAs(type, name, `below-${name}`));
    const forgotten = await Promise.all(forgetting);
    await Promise.all(attaching);
    for (const edges of forgotten) assert.ok(edges.length >= types.length);
  });

  // The embedded driver runs one transaction at a time, so there these races cannot be set up.
  if (driver === "postgres") {
    test(`${driver}: an edge waits for another of its type that is not kept yet, and is judged by it`, async (t) => {
      const database = await open(t);
      const { first, second } = await race(database, createStore(database), true);
      assert.equal(first.kind, "attached");
      assert.deepEqual(second, { kind: "circle", way: [thing("a"), thing("b")] });
      assert.deepEqual(await thingsInThemselves(database, createStore(database)), []);
    });

    test(`${driver}: control: without turns both edges of a circle are attached, and walks still end`, async (t) => {
      const database = await open(t);
      const store = createStore(database, noTurns);
      const { first, second } = await race(database, store, false);
      assert.deepEqual([first.kind, second.kind], ["attached", "attached"]);
      assert.deepEqual(await thingsInThemselves(database, store), [thing("a"), thing("b")]);
      assert.equal((await store.tree(thing("a"), type, 20)).length, 20);
    });
  }
});

async function attach(
  database: Database<Tables>,
  store: EdgeStore,
  parent: string | number,
  child: string | number,
  position: number | null = null,
): Promise<Placed> {
  const wanted = { parent: thing(parent), child: thing(child), type, position, label: null };
  return await database.transaction((tx) => store.attach(tx, wanted, now));
}

/**
 * Attaches b to a and a to b in two transactions, the second beginning when the first has written its edge and
 * not yet kept it. The first is kept when the second waits for it (`takesTurns`), or has written too.
 */
async function race(database: Database<Tables>, store: EdgeStore, takesTurns: boolean) {
  const written = Promise.withResolvers<void>();
  const secondIsThere = Promise.withResolvers<void>();
  const wanted = { type, position: null, label: null };
  const first = database.transaction(async (tx) => {
    const placed = await store.attach(tx, { ...wanted, parent: thing("a"), child: thing("b") }, now);
    written.resolve();
    await secondIsThere.promise;
    return placed;
  });
  await written.promise;
  const second = database.transaction(async (tx) => {
    const placed = await store.attach(tx, { ...wanted, parent: thing("b"), child: thing("a") }, now);
    if (!takesTurns) secondIsThere.resolve();
    return placed;
  });
  if (takesTurns) {
    let ended = false;
    second.finally(() => {
      ended = true;
    });
    await untilLockIsWaitedFor(database, () => ended);
    secondIsThere.resolve();
  }
  return { first: await first, second: await second };
}

/** Returns when a transaction of this database waits for its turn, or when there is nobody left to wait. */
async function untilLockIsWaitedFor(database: Database<Tables>, hasEnded: () => boolean): Promise<void> {
  while (!hasEnded()) {
    const { rows } = await sql`
      select from pg_locks where locktype = 'advisory' and not granted
        and database = (select oid from pg_database where datname = current_database())`.execute(
      database.query,
    );
    if (rows.length > 0) return;
  }
}

/** The things that are above themselves. */
async function thingsInThemselves(database: Database<Tables>, store: EdgeStore): Promise<string[]> {
  const edges = await database.query
    .selectFrom("edge")
    .select("child")
    .distinct()
    .where("deleted_at", "is", null)
    .orderBy("child")
    .execute();
  const found: string[] = [];
  for (const { child } of edges) {
    const above = await store.ancestors(child, type);
    if (above.some(({ parent }) => parent === child)) found.push(child);
  }
  return found;
}
