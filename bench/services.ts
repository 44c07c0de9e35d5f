// What services cost each other: a signed call against the bare function, facts through the bus against plain
// transactions, a silent sign-on, and a page with four fragments. Waiting counts here (databases and sockets are
// other processes), so the clock is the wall's; all contenders of a table still run in one process, in turns.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import pino from "pino";
import { z } from "zod";
import { listenInternally } from "../platform/app/internal-server.ts";
import { loadServices } from "../platform/app/load-services.ts";
import { startInstallation } from "../platform/app/test-installation.ts";
import { createDeliveries } from "../platform/bus/deliveries.ts";
import {
  createLedgerOutbox,
  type LedgerDatabase,
  ledgerMigrations,
  quickPace,
  raise,
  reactions,
  startLedgerWorker,
  write,
} from "../platform/bus/test/ledger.ts";
import { openCache } from "../platform/cache/cache.ts";
import { createCaller } from "../platform/rpc/caller.ts";
import { defineContract } from "../platform/rpc/contract.ts";
import { createFragments, piece } from "../platform/rpc/fragments.ts";
import { createKeyRing, newKey } from "../platform/rpc/keys.ts";
import { createInternalServer } from "../platform/rpc/server.ts";
import { createTransport } from "../platform/rpc/transport.ts";
import {
  type DatabaseLocation,
  migrateDatabase,
  openDatabase,
  readAllMigrations,
} from "../platform/store/store.ts";
import type { Comparison } from "./comparison.ts";
import { type Effort, quantile, type Row } from "./measure.ts";

interface Timed {
  readonly name: string;
  readonly run: () => Promise<unknown>;
  /** How many things one run does. */
  readonly count: number;
}

/** Wall-clock milliseconds for one thing, in rounds; each contender against the first of its round. */
async function compareByClock(contenders: readonly Timed[], rounds: number): Promise<Row[]> {
  const times = contenders.map((): number[] => []);
  for (const { run } of contenders) await run();
  for (let round = 0; round < rounds; round++) {
    for (const [index, { run, count }] of contenders.entries()) {
      const started = performance.now();
      await run();
      times[index]?.push((performance.now() - started) / count);
    }
  }
  return contenders.map(({ name }, index) => {
    const own = times[index] ?? [];
    const ratios = own.map((ms, round) => ms / (times[0]?.[round] ?? ms));
    return {
      name,
      milliseconds: quantile(own, 0.5),
      ratio: quantile(ratios, 0.5),
      lowerQuartile: quantile(ratios, 0.25),
      upperQuartile: quantile(ratios, 0.75),
    };
  });
}

/** Measures the four. */
export async function* compareServices({ rounds }: Effort): AsyncGenerator<Comparison> {
  yield* compareCalls(rounds);
  yield* compareFacts(Math.min(rounds, 5));
  yield await compareSignOn(Math.min(rounds, 7));
}

const counting = defineContract("counting", {
  queries: {
    double: { params: z.object({ n: z.int() }), answer: z.object({ n: z.int() }), callers: "any" },
  },
  fragments: {
    a: { params: z.object({ n: z.int() }), freshMs: 60_000 },
    b: { params: z.object({ n: z.int() }), freshMs: 60_000 },
    c: { params: z.object({ n: z.int() }), freshMs: 60_000 },
    d: { params: z.object({ n: z.int() }), freshMs: 60_000 },
  },
});

async function* compareCalls(rounds: number): AsyncGenerator<Comparison> {
  const keys = createKeyRing({ "asking>counting": [{ version: 1, key: newKey() }] });
  const log = pino({ level: "silent" });
  const now = () => new Date();
  const database = await openDatabase({ kind: "memory" });
  const double = async ({ n }: { n: number }) => ({ n: 2 * n });
  const draw = async ({ n }: { n: number }) => ({ component: "~x", props: { n } });
  const handle = createInternalServer({
    service: "counting",
    contract: counting,
    answers: { queries: { double }, actions: {}, fragments: { a: draw, b: draw, c: draw, d: draw } },
    keys,
    database,
    draw: ({ props }) => `<p>${String(props.n)} ${"word ".repeat(60)}</p>`,
    receive: async () => {},
    log,
    now,
  });
  const near = createTransport({});
  near.attach("counting", handle);
  const server = await listenInternally("counting", "http://127.0.0.1:0", handle);
  const far = createTransport({ counting: `http://127.0.0.1:${server.port}` });
  const callerBy = (transport: typeof near) => createCaller({ service: "asking", keys, transport, log, now });
  const [nearCaller, farCaller] = [callerBy(near), callerBy(far)];
  const query = counting.queries.double;
  try {
    const rows = await compareByClock(
      [
        {
          name: "the function with its schemas",
          count: 500,
          run: repeat(500, async (n) => query.answer.parse(await double(query.params.parse({ n })))),
        },
        {
          name: "signed call, one process",
          count: 500,
          run: repeat(500, (n) => nearCaller.fetchData(query, { n })),
        },
        {
          name: "signed call over HTTP",
          count: 200,
          run: repeat(200, (n) => farCaller.fetchData(query, { n })),
        },
      ],
      rounds,
    );
    yield { title: "A call between services", base: "the function with its schemas", rows, bounds: [] };

    let cold = 0;
    const { a, b, c, d } = counting.fragments;
    const pageBy = (caller: typeof nearCaller) => {
      const collect = createFragments({
        fetchFragment: caller.fetchFragment,
        cache: openCache({ kind: "memory" }, { prefix: "bench", warn: () => {} }),
        log,
      });
      return (n: number) => collect([a, b, c, d].map((fragment) => piece(fragment, { n })));
    };
    const [nearPage, farPage] = [pageBy(nearCaller), pageBy(farCaller)];
    const fragments = await compareByClock(
      [
        { name: "cached", count: 300, run: repeat(300, () => nearPage(-1)) },
        { name: "cold, one process", count: 100, run: repeat(100, () => nearPage(cold++)) },
        { name: "cold, over HTTP", count: 50, run: repeat(50, () => farPage(cold++)) },
      ],
      rounds,
    );
    yield { title: "Four fragments of a page", base: "cached", rows: fragments, bounds: [] };
  } finally {
    await server.stop(1000);
    await Promise.all([near.close(), far.close()]);
    await database.close();
  }
}

function repeat(count: number, work: (n: number) => Promise<unknown>): () => Promise<void> {
  return async () => {
    for (let n = 0; n < count; n++) await work(n);
  };
}

const facts = 500;

async function* compareFacts(rounds: number): AsyncGenerator<Comparison> {
  for (const [name, place, drop] of await places()) {
    const database: LedgerDatabase = await openDatabase(place);
    try {
      await migrateDatabase(database, await readAllMigrations(fileURLToPath(ledgerMigrations)));
      const [counting_] = reactions;
      if (!counting_) throw new Error("The ledger has no reaction.");
      const list = [counting_];
      const deliveries = createDeliveries(database);
      const worker = startLedgerWorker(database, list, { ...quickPace, pollMs: 1000 });
      const outbox = createLedgerOutbox(list, () => database.afterCommit(worker.wake));
      const rows = await compareByClock(
        [
          {
            name: "two transactions with an insert",
            count: facts,
            run: repeat(facts, async (n) => {
              await database.transaction((tx) => write(tx, "plain", "a", n));
              await database.transaction((tx) => write(tx, "plain", "b", n));
            }),
          },
          {
            name: "a fact emitted and handled",
            count: facts,
            run: async () => {
              for (let n = 0; n < facts; n++)
                await database.transaction((tx) => raise(tx, outbox, `object ${n % 20}`));
              while ((await deliveries.backlog()).pending > 0)
                await new Promise((resolve) => setTimeout(resolve, 15));
            },
          },
        ],
        rounds,
      );
      await worker.stop();
      const each = rows[1]?.milliseconds ?? 1;
      yield {
        title: `Facts through the bus on ${name} (${Math.round(1000 / each)} a second)`,
        base: "two transactions with an insert",
        rows,
        bounds: [],
      };
    } finally {
      await database.close();
      await drop();
    }
  }
}

/** PGlite in a folder, and a PostgreSQL where one runs. */
async function places(): Promise<[string, DatabaseLocation, () => Promise<unknown>][]> {
  const folder = await mkdtemp(join(tmpdir(), "rose-ash-bench-bus-"));
  const found: [string, DatabaseLocation, () => Promise<unknown>][] = [
    ["PGlite", { kind: "embedded", directory: join(folder, "db") }, () => rm(folder, { recursive: true })],
  ];
  const server = process.env.ROSE_ASH_TEST_POSTGRES ?? "postgres://postgres@127.0.0.1:5432/postgres";
  const client = new pg.Client({ connectionString: server, connectionTimeoutMillis: 2000 });
  try {
    await client.connect();
  } catch {
    console.error("No PostgreSQL answers, so the bus is measured on PGlite alone.");
    return found;
  }
  const name = `rose_ash_bench_${process.pid}`;
  await client.query(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  found.push([
    "PostgreSQL",
    { kind: "postgres", url: url.href },
    async () => {
      await client.query(`drop database ${name} with (force)`);
      await client.end();
    },
  ]);
  return found;
}

/** A stranger's first page: to the account service and back, and what the page costs without it. */
async function compareSignOn(rounds: number): Promise<Comparison> {
  const cleanups: (() => unknown)[] = [];
  const t = { after: (work: () => unknown) => void cleanups.push(work) };
  try {
    const services = await loadServices(join(import.meta.dirname, ".."), [
      "account",
      "blog",
      "likes",
      "relations",
    ]);
    const installation = await startInstallation(t, { services });
    const blog = `${installation.originOf("blog")}/`;
    const known = installation.browse();
    await known.open(blog);
    const rows = await compareByClock(
      [
        { name: "front page", count: 10, run: repeat(10, () => known.open(blog)) },
        {
          name: "front page after a silent sign-on",
          count: 10,
          run: repeat(10, () => installation.browse().open(blog)),
        },
      ],
      rounds,
    );
    return { title: "A silent sign-on", base: "front page", rows, bounds: [] };
  } finally {
    for (const cleanup of cleanups.reverse()) await cleanup();
  }
}
