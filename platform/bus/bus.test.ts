// The bus on both databases: a fact is kept with its change, handled once, in order, tried again, given up in sight.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { forEachDriver } from "../store/test-database.ts";
import { createDeliveries } from "./deliveries.ts";
import { effect, relay } from "./reaction.ts";
import {
  createLedgerOutbox,
  drained,
  type LedgerDatabase,
  ledger,
  ledgerMigrations,
  quickPace,
  raise,
  readBacklog,
  readEntries,
  startLedgerWorker,
  write,
} from "./test/ledger.ts";

const { raised } = ledger.facts;
const noting = effect(raised, "note", async ({ object, data }, tx) => write(tx, "note", object, data.n));

// biome-ignore lint/suspicious/noExplicitAny: the ledger's tables and the bus's
await forEachDriver<any>(ledgerMigrations, ({ driver, open }) => {
  const claim = (
    name: string,
    work: (database: LedgerDatabase, after: (end: () => Promise<void>) => void) => Promise<void>,
  ) =>
    test(`${driver}: ${name}`, async (t) => {
      const database: LedgerDatabase = await open(t);
      const ends: (() => Promise<void>)[] = [];
      try {
        await work(database, (end) => ends.push(end));
      } finally {
        for (const end of ends) await end();
      }
    });

  claim("a fact of a change that is rolled back was never told", async (database, after) => {
    const outbox = createLedgerOutbox([noting]);
    await assert.rejects(
      database.transaction(async (tx) => {
        await raise(tx, outbox, "a");
        throw new Error("no");
      }),
      /no/,
    );
    await database.transaction((tx) => raise(tx, outbox, "b"));
    const worker = startLedgerWorker(database, [noting]);
    after(worker.stop);
    await drained(database);
    assert.deepEqual(await readEntries(database), [{ handler: "note", object: "b", n: 1 }]);
  });

  claim(
    "a worker that is woken by the commit delivers without waiting for its next look",
    async (database, after) => {
      const worker = startLedgerWorker(database, [noting], { ...quickPace, pollMs: 3_600_000 });
      after(worker.stop);
      const outbox = createLedgerOutbox([noting], () => database.afterCommit(worker.wake));
      await sleep(100); // by now it has looked once and found nothing
      await database.transaction((tx) => raise(tx, outbox, "a"));
      await drained(database);
      assert.equal((await readEntries(database)).length, 1);
    },
  );

  claim("a reaction that fails leaves nothing of its work and is tried again", async (database, after) => {
    let failures = 0;
    const flaky = effect(raised, "flaky", async ({ object, data }, tx) => {
      await write(tx, "flaky", object, data.n);
      if (failures++ < 3) throw new Error("not yet");
    });
    await database.transaction((tx) => raise(tx, createLedgerOutbox([flaky]), "a"));
    const worker = startLedgerWorker(database, [flaky]);
    after(worker.stop);
    await drained(database);
    assert.equal(failures, 4);
    assert.deepEqual(await readEntries(database), [{ handler: "flaky", object: "a", n: 1 }]);
  });

  // The control of the test above: outside the transaction of the record, the same work is left behind each time.
  claim(
    "a relay that fails after its work has done it again when it is tried again",
    async (database, after) => {
      let failures = 0;
      const outside = relay<LedgerDatabase, typeof raised>(
        raised,
        "outside",
        async ({ object, data }, own) => {
          await own.transaction((tx) => write(tx, "outside", object, data.n));
          if (failures++ < 3) throw new Error("not yet");
        },
      );
      await database.transaction((tx) => raise(tx, createLedgerOutbox([outside]), "a"));
      const worker = startLedgerWorker(database, [outside]);
      after(worker.stop);
      await drained(database);
      assert.equal((await readEntries(database)).length, 4);
    },
  );

  claim("facts of one object wait for the one before, those of another do not", async (database, after) => {
    let letGo: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    // Outside a transaction, since the embedded database has one at a time.
    const waiting = relay<LedgerDatabase, typeof raised>(raised, "waiting", async ({ object, data }, own) => {
      if (object === "stuck" && data.n === 1) await held;
      await own.transaction((tx) => write(tx, "waiting", object, data.n));
    });
    const outbox = createLedgerOutbox([waiting]);
    for (const object of ["stuck", "stuck", "free", "stuck", "free"]) {
      await database.transaction((tx) => raise(tx, outbox, object));
    }
    const worker = startLedgerWorker(database, [waiting], { ...quickPace, leaseMs: 60_000 });
    after(worker.stop);
    while ((await readBacklog(database)).pending > 3) await sleep(10);
    assert.deepEqual(
      (await readEntries(database)).map(({ object, n }) => `${object} ${n}`),
      ["free 1", "free 2"],
    );
    letGo();
    await drained(database);
    assert.deepEqual((await readEntries(database)).map(({ object, n }) => `${object} ${n}`).slice(2), [
      "stuck 1",
      "stuck 2",
      "stuck 3",
    ]);
  });

  claim(
    "what can never be done becomes a dead letter, the rest goes on, and it can be tried again",
    async (database, after) => {
      let broken = true;
      const poisoned = effect(raised, "poisoned", async ({ object, data }, tx) => {
        if (data.poison && broken) throw new Error("this fact is poison");
        await write(tx, "poisoned", object, data.n);
      });
      const outbox = createLedgerOutbox([poisoned]);
      for (let n = 1; n <= 3; n++)
        await database.transaction((tx) => raise(tx, outbox, "a", (at) => at === 2));
      const worker = startLedgerWorker(database, [poisoned]);
      after(worker.stop);
      await drained(database);
      const deliveries = createDeliveries(database);
      const [letter, ...more] = await deliveries.deadLetters(10);
      assert.equal(more.length, 0);
      assert.equal(letter?.error, "this fact is poison");
      assert.equal(letter?.attempts, quickPace.tries);
      assert.equal(letter?.target, "reaction:poisoned");
      assert.deepEqual(
        (await readEntries(database)).map(({ n }) => n),
        [1, 3],
      );
      broken = false;
      const { activityId = "", target = "" } = letter ?? {};
      assert.equal(await database.transaction((tx) => deliveries.replay(tx, activityId, target)), true);
      assert.equal(await database.transaction((tx) => deliveries.replay(tx, activityId, target)), false);
      await drained(database);
      assert.deepEqual(
        (await readEntries(database)).map(({ n }) => n),
        [1, 3, 2],
      );
      assert.deepEqual(await deliveries.deadLetters(10), []);
    },
  );

  claim("a service that cannot be reached is never given up", async (database, after) => {
    const outbox = createLedgerOutbox([{ ...noting, name: "x" }]);
    await database.transaction((tx) => raise(tx, outbox, "a"));
    await sql`update delivery set target = 'service:elsewhere'`.execute(database.query);
    const worker = startLedgerWorker(database, [], { ...quickPace, tries: 2 });
    after(worker.stop);
    const attempts = async () =>
      (await sql<{ attempts: number }>`select attempts from delivery`.execute(database.query)).rows[0]
        ?.attempts ?? 0;
    while ((await attempts()) < 6) await sleep(10);
    assert.equal((await readBacklog(database)).dead, 0);
  });

  claim("a fact for later is told when its time has come", async (database, after) => {
    const outbox = createLedgerOutbox([noting]);
    const notBefore = new Date(Date.now() + 700);
    await database.transaction((tx) =>
      outbox.emit(tx, {
        fact: raised,
        actor: "ledger",
        object: "later",
        data: { n: 1, poison: false },
        notBefore,
      }),
    );
    await database.transaction((tx) => raise(tx, outbox, "now"));
    const worker = startLedgerWorker(database, [noting]);
    after(worker.stop);
    await drained(database);
    assert.deepEqual(
      (await readEntries(database)).map(({ object }) => object),
      ["now", "later"],
    );
    const told = await sql<{ early: boolean }>`
      select settled_at < ${notBefore} as early from delivery where object = 'later'`.execute(database.query);
    assert.equal(told.rows[0]?.early, false);
  });

  claim("a fact that arrives twice is kept once", async (database, after) => {
    const outbox = createLedgerOutbox([noting]);
    const activity = {
      id: "https://likes.example.org/activities/1",
      type: "Update",
      fact: "ledger/raised",
      actor: "likes",
      object: "a",
      published: "2026-01-01T00:00:00.000Z",
      visibility: "internal" as const,
      data: { n: 1, poison: false },
    };
    await database.transaction((tx) => outbox.receive(tx, "likes", [activity]));
    await database.transaction((tx) => outbox.receive(tx, "likes", [activity, activity]));
    const worker = startLedgerWorker(database, [noting]);
    after(worker.stop);
    await drained(database);
    assert.equal((await readEntries(database)).length, 1);
  });

  claim("facts whose data do not fit are refused where they are told", async (database) => {
    const outbox = createLedgerOutbox([noting]);
    const data = { n: "one", poison: false } as never; // a mistake that the compiler would find
    await assert.rejects(
      database.transaction((tx) => outbox.emit(tx, { fact: raised, actor: "ledger", object: "a", data })),
      /expected number/i,
    );
    const foreign = { ...raised, service: "elsewhere" };
    await assert.rejects(
      database.transaction((tx) =>
        outbox.emit(tx, { fact: foreign, actor: "ledger", object: "a", data: { n: 1, poison: false } }),
      ),
      /told by elsewhere, not by ledger/,
    );
  });

  claim("two workers on one database do each delivery once and in order", async (database, after) => {
    const outbox = createLedgerOutbox([noting]);
    for (let n = 0; n < 90; n++) await database.transaction((tx) => raise(tx, outbox, `object ${n % 3}`));
    for (const worker of [startLedgerWorker(database, [noting]), startLedgerWorker(database, [noting])])
      after(worker.stop);
    await drained(database);
    const entries = await readEntries(database);
    for (const object of ["object 0", "object 1", "object 2"]) {
      assert.deepEqual(
        entries.filter((entry) => entry.object === object).map(({ n }) => n),
        Array.from({ length: 30 }, (_, index) => index + 1),
      );
    }
  });

  if (driver === "postgres") {
    claim("a change that began first and committed last is told last", async (database) => {
      const outbox = createLedgerOutbox([noting]);
      const early = await database.query.startTransaction().execute();
      await sql`select 1`.execute(early); // its time, and its snapshot where it keeps one, begin here
      await database.transaction((tx) => raise(tx, outbox, "a"));
      await raise(early, outbox, "a");
      await early.commit().execute();
      const told = await sql<{ n: number }>`
        select (data->>'n')::int as n from activity where object = 'a' order by position`.execute(
        database.query,
      );
      assert.deepEqual(
        told.rows.map(({ n }) => n),
        [1, 2],
      );
    });

    claim(
      "of two open changes of an object the second to tell waits for the first to commit",
      async (database) => {
        const outbox = createLedgerOutbox([noting]);
        const emission = (n: number) =>
          ({ fact: raised, actor: "ledger", object: "a", data: { n, poison: false } }) as const;
        const first = await database.query.startTransaction().execute();
        await outbox.emit(first, emission(1));
        let secondIsTold = false;
        const second = database.transaction(async (tx) => {
          await outbox.emit(tx, emission(2));
          secondIsTold = true;
        });
        const isWaiting = async () =>
          (
            await sql`select from pg_locks where locktype = 'advisory' and not granted
          and database = (select oid from pg_database where datname = current_database())`.execute(
              database.query,
            )
          ).rows.length > 0;
        while (!(await isWaiting())) await sleep(5);
        assert.equal(secondIsTold, false);
        await first.commit().execute();
        await second;
        const told = await sql<{ n: number }>`
        select (data->>'n')::int as n from activity order by position`.execute(database.query);
        assert.deepEqual(
          told.rows.map(({ n }) => n),
          [1, 2],
        );
      },
    );
  }
});
