// The queries, on every database that there is to test on: tallies equal rows whatever happens at once, and a
// control that shows the test would notice.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { test } from "node:test";
import type { Database } from "@rose-ash/platform/store";
import { forEachDriver } from "@rose-ash/platform/store/test-database";
import { createStore } from "./store.ts";
import type { Tables } from "./tables.ts";

const objects = Array.from({ length: 6 }, (_, number) => `blog/post/${number}`);

await forEachDriver<Tables>(join(import.meta.dirname, "migrations"), ({ driver, open }) => {
  test(`${driver}: tallies equal rows after likes, takings back and erasures at once`, async (t) => {
    const database = await open(t);
    const store = createStore(database);
    const members = Array.from({ length: 8 }, () => randomUUID());
    const work = members.flatMap((memberId, person) =>
      Array.from({ length: 24 }, (_, step) =>
        database.transaction(async (tx) => {
          const object = objects[(person * 5 + step * 7) % objects.length]!;
          // The first only ever likes, so that something is left to count.
          if (person > 0 && step % 12 === 5) await store.unlikeAll(tx, memberId);
          else if (person > 0 && step % 3 === 2) await store.unlike(tx, memberId, object);
          else await store.like(tx, memberId, object, new Date());
        }),
      ),
    );
    await Promise.all(work);
    assert.deepEqual(await differences(database), []);
    assert.ok((await countRows(database)) >= objects.length);
  });

  test(`${driver}: a like that is rolled back is in neither the rows nor the tally`, async (t) => {
    const database = await open(t);
    const store = createStore(database);
    const attempt = database.transaction(async (tx) => {
      await store.like(tx, randomUUID(), objects[0]!, new Date());
      throw new Error("changed my mind");
    });
    await assert.rejects(attempt, /changed my mind/);
    assert.equal(await countRows(database), 0);
    assert.deepEqual(await store.tallies([objects[0]!], null), [
      { object: objects[0], count: 0, liked: false },
    ]);
  });

  // The embedded driver runs one transaction at a time, so there the loss below cannot be shown.
  if (driver === "postgres") {
    test(`${driver}: control: tallies that are read and written back do lose likes, and it shows`, async (t) => {
      const database = await open(t);
      const object = objects[0]!;
      await database.query.insertInto("tally").values({ object, count: 0 }).execute();
      const bothHaveRead = meeting(2);
      const likeCarelessly = () =>
        database.transaction(async (tx) => {
          const like = { member_id: randomUUID(), object, liked_at: new Date() };
          await tx.insertInto("favourite").values(like).execute();
          const of = tx.selectFrom("tally").select("count").where("object", "=", object);
          const { count } = await of.executeTakeFirstOrThrow();
          await bothHaveRead();
          await tx
            .updateTable("tally")
            .set({ count: count + 1 })
            .where("object", "=", object)
            .execute();
        });
      await Promise.all([likeCarelessly(), likeCarelessly()]);
      assert.deepEqual(await differences(database), [{ object, rows: 2, tally: 1 }]);
    });
  }
});

/** The things whose tally is not the number of their rows. */
async function differences(database: Database<Tables>) {
  const tallies = await database.query.selectFrom("tally").selectAll().execute();
  const likes = await database.query.selectFrom("favourite").select("object").execute();
  const all = new Set([...tallies, ...likes].map(({ object }) => object));
  return [...all]
    .map((object) => ({
      object,
      rows: likes.filter((like) => like.object === object).length,
      tally: tallies.find((tally) => tally.object === object)?.count ?? 0,
    }))
    .filter(({ rows, tally }) => rows !== tally);
}

async function countRows(database: Database<Tables>): Promise<number> {
  return (await database.query.selectFrom("favourite").select("object").execute()).length;
}

/** A function that returns once it has been called by this many. */
function meeting(size: number): () => Promise<void> {
  const met = Promise.withResolvers<void>();
  let present = 0;
  return async () => {
    present += 1;
    if (present === size) met.resolve();
    await met.promise;
  };
}
