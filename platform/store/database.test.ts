// The database port: equal values, whole transactions and clear refusals on both drivers; what was acknowledged
// survives a killed process.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { type Kysely, sql } from "kysely";
import { openDatabase } from "./database.ts";
import { createEmbeddedEngine, embeddedMajor } from "./embedded.ts";
import type { Migration } from "./migrate.ts";
import { startChild } from "./test/child.ts";
import { forEachDriver } from "./test-database.ts";

interface Tables {
  notes: {
    id: number;
    body: string;
    at: Date | string | null;
    data: string | null;
    bytes: Uint8Array | null;
    tags: string[] | null;
  };
}

const schema: Migration = {
  name: "0001-notes.sql",
  checksum: "1",
  sql: "create table notes (id int8 primary key, body text not null, at timestamptz, data jsonb, bytes bytea, tags text[])",
};

/** SQL expression, and what it reads as on both drivers. */
const readings: readonly (readonly [expression: string, value: unknown])[] = [
  ["12345678901::int8", 12345678901],
  ["(-7)::int2", -7],
  ["2147483647", 2147483647],
  ["1.50::numeric", "1.50"],
  ["0.1::float8", 0.1],
  ["'NaN'::float8", Number.NaN],
  ["true", true],
  ["null::bool", null],
  ["timestamptz '2024-02-29 12:30:15.123456+02'", new Date("2024-02-29T10:30:15.123Z")],
  ["timestamptz '0044-03-15 12:00:00+00 BC'", new Date("-000043-03-15T12:00:00Z")],
  ["timestamptz '12024-01-01 00:00:00+00'", new Date("+012024-01-01T00:00:00Z")],
  ["timestamp '2024-03-31 02:30:00'", "2024-03-31 02:30:00"],
  ["date '2024-02-03'", "2024-02-03"],
  ["'01/02/03'::date", "2001-02-03"],
  ["interval '1 month 2 days 03:04:05'", "1 mon 2 days 03:04:05"],
  [`'{"a": [1, null, "x"]}'::jsonb`, { a: [1, null, "x"] }],
  ["'[1,2]'::json", [1, 2]],
  ["'\\x00ff10'::bytea", new Uint8Array([0, 255, 16])],
  ["'00000000-0000-4000-8000-000000000001'::uuid", "00000000-0000-4000-8000-000000000001"],
  ["to_tsvector('simple', 'b a')", "'a':2 'b':1"],
  ["'abc'::char(5)", "abc  "],
  [
    `array['plain', null, 'NULL', 'a,b', 'q"\\', '{x}', '', ' s ']`,
    ["plain", null, "NULL", "a,b", 'q"\\', "{x}", "", " s "],
  ],
  ["array[]::text[]", []],
  [
    "array[[1,2],[3,4]]::int8[]",
    [
      [1, 2],
      [3, 4],
    ],
  ],
  ["array[timestamptz '2024-01-01 00:00:00+00']", [new Date("2024-01-01T00:00:00Z")]],
  [`array['{"a": 1}'::jsonb]`, [{ a: 1 }]],
  ["array['\\x01'::bytea]", [new Uint8Array([1])]],
  ["current_setting('timezone')", "UTC"],
];

await forEachDriver<Tables>([schema], ({ driver, open, place, options }) => {
  test(`${driver}: every type reads as the same value`, async (t) => {
    const database = await open(t);
    for (const [expression, value] of readings) {
      const simple = await sql<{ value: unknown }>`select ${sql.raw(expression)} as value`.execute(
        database.query,
      );
      assert.deepEqual(simple.rows, [{ value }], expression);
      const extended = await sql<{
        value: unknown;
      }>`select ${sql.raw(expression)} as value where ${1}::int = 1`.execute(database.query);
      assert.deepEqual(extended.rows, [{ value }], `${expression}, with a parameter`);
    }
  });

  test(`${driver}: values that JavaScript cannot hold are refused, not rounded`, async (t) => {
    const database = await open(t);
    await assert.rejects(
      sql`select 9007199254740993::int8`.execute(database.query),
      /cast the column to text/,
    );
    await assert.rejects(
      sql`select 'infinity'::timestamptz`.execute(database.query),
      /cast the column to text/,
    );
    assert.equal(await database.isReady(), true, "and the database goes on");
  });

  test(`${driver}: parameters are written as they are given`, async (t) => {
    const { query } = await open(t);
    const note = {
      id: 9007199254740991,
      body: "it's ü 🌹 \\ \"",
      at: new Date("1999-12-31T23:59:59.999Z"),
      data: JSON.stringify([{ a: "ü" }]),
      bytes: new Uint8Array([0, 1, 255]),
      tags: ["a,b", '"', "{}", ""],
    };
    const inserted = await query.insertInto("notes").values(note).executeTakeFirstOrThrow();
    assert.equal(inserted.numInsertedOrUpdatedRows, 1n);
    assert.deepEqual(await query.selectFrom("notes").selectAll().execute(), [
      { ...note, data: [{ a: "ü" }] },
    ]);
    const nothing = { id: 2, body: "", at: null, data: null, bytes: null, tags: null };
    await query.insertInto("notes").values(nothing).execute();
    assert.deepEqual(await query.selectFrom("notes").selectAll().where("id", "=", 2).execute(), [nothing]);
    const updated = await query.updateTable("notes").set({ body: "x" }).executeTakeFirstOrThrow();
    assert.equal(updated.numUpdatedRows, 2n);
  });

  test(`${driver}: an error carries PostgreSQL's code`, async (t) => {
    const { query } = await open(t);
    await addNotes(query, 1);
    await assert.rejects(addNotes(query, 1), { code: "23505" });
  });

  test(`${driver}: a transaction that throws leaves nothing, one that resolves leaves all`, async (t) => {
    const database = await open(t);
    const failing = database.transaction(async (tx) => {
      await addNotes(tx, 1, 2);
      throw new Error("changed my mind");
    });
    await assert.rejects(failing, /changed my mind/);
    assert.deepEqual(await readIds(database.query), []);
    const adding = database.transaction(async (tx) => {
      await addNotes(tx, 1, 2);
      return "done";
    });
    assert.equal(await adding, "done");
    assert.deepEqual(await readIds(database.query), [1, 2]);
  });

  test(`${driver}: a transaction cannot commit after one of its statements failed`, async (t) => {
    const database = await open(t);
    const swallowing = database.transaction(async (tx) => {
      await addNotes(tx, 1);
      await sql`select 1/0`.execute(tx).catch(() => {});
    });
    await assert.rejects(swallowing);
    assert.deepEqual(await readIds(database.query), []);
  });

  test(`${driver}: transactions and queries started together do not mix`, async (t) => {
    const database = await open(t);
    const kept = [1, 2, 3, 4].map((id) => database.transaction((tx) => addNotes(tx, id)));
    const dropped = [5, 6, 7, 8].map((id) =>
      database.transaction(async (tx) => {
        await addNotes(tx, id);
        throw new Error("dropped");
      }),
    );
    const single = [9, 10].map((id) => addNotes(database.query, id));
    const outcomes = await Promise.allSettled([...kept, ...dropped, ...single]);
    assert.equal(outcomes.filter((outcome) => outcome.status === "rejected").length, 4);
    assert.deepEqual(await readIds(database.query), [1, 2, 3, 4, 9, 10]);
  });

  test(`${driver}: the main handle inside a transaction is an error, not a deadlock`, async (t) => {
    const database = await open(t);
    await assert.rejects(
      database.transaction(() => readIds(database.query)),
      /use the transaction's handle/,
    );
    await assert.rejects(
      database.transaction(() => database.transaction(async () => {})),
      /use the transaction's handle/,
    );
    assert.deepEqual(await readIds(database.query), []);
  });

  test(`${driver}: work that a transaction started may use the main handle once it has ended`, async (t) => {
    const database = await open(t);
    const ended = Promise.withResolvers<void>();
    let later: Promise<number[]> | undefined;
    await database.transaction(async (tx) => {
      await addNotes(tx, 1);
      later = ended.promise.then(() => readIds(database.query));
    });
    ended.resolve();
    assert.deepEqual(await later, [1]);
  });

  test(`${driver}: a closed database is not ready and takes no queries`, async (t) => {
    const database = await openDatabase<Tables>(await place(t), options);
    assert.equal(await database.isReady(), true);
    await Promise.all([database.close(), database.close()]);
    assert.equal(await database.isReady(), false);
    await assert.rejects(sql`select 1`.execute(database.query));
  });

  if (driver !== "postgres") return;

  test("postgres: a connection lost in a transaction fails that work only", async (t) => {
    const database = await open(t);
    const losing = database.transaction(async (tx) => {
      await addNotes(tx, 1);
      const found = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
      // From outside any transaction, as an administrator would.
      const other = await openDatabase(
        locationOf(await sql<{ name: string }>`select current_database() as name`.execute(tx)),
      );
      await sql`select pg_terminate_backend(${found.rows[0]!.pid})`.execute(other.query);
      await other.close();
      await addNotes(tx, 2);
    });
    await assert.rejects(losing);
    assert.deepEqual(await readIds(database.query), []);
  });

  test("postgres: an unreachable server is told by address and without the password", async () => {
    const url = "postgres://ada:s3cret@127.0.0.1:1/shop";
    await assert.rejects(openDatabase({ kind: "postgres", url }), (error: Error) => {
      assert.match(
        error.message,
        /^Cannot open the PostgreSQL database shop at 127\.0\.0\.1:1 as ada .*: start PostgreSQL/,
      );
      assert.doesNotMatch(error.message, /s3cret/);
      return true;
    });
  });

  test("postgres: a database that is not there is named, with what to do", async () => {
    const location = locationOf({ rows: [{ name: "rose_ash_no_such_database" }] });
    await assert.rejects(openDatabase(location), {
      name: "StoreRefusal",
      kind: "unreachable",
      message: /create that database/,
    });
  });
});

// Half-made already, as a process killed while making it would leave it; all tests below start from it.
const root = await mkdtemp(join(tmpdir(), "rose-ash-store-"));
after(() => rm(root, { recursive: true, force: true }));
await makeFile(join(root, `template-${embeddedMajor}`, "postgres.unfinished", "PG_VERSION"));
const engine = createEmbeddedEngine({});

test("an embedded directory is made with its parents, from a template made anew, and keeps its rows", async () => {
  const directory = join(root, "notes");
  const first = await openDatabase<Tables>({ kind: "embedded", directory }, { engine });
  await sql.raw(schema.sql).execute(first.query);
  await addNotes(first.query, 1, 2);
  await first.close();
  const second = await openDatabase<Tables>({ kind: "embedded", directory }, { engine });
  assert.deepEqual(await readIds(second.query), [1, 2]);
  const found = await sql<{ version: string }>`select current_setting('server_version') as version`.execute(
    second.query,
  );
  assert.equal(found.rows[0]?.version.split(".")[0], String(embeddedMajor));
  await second.close();
});

test("a directory that is open is refused to a second opening, which names the process", async () => {
  const directory = join(root, "twice");
  const database = await openDatabase({ kind: "embedded", directory }, { engine });
  await assert.rejects(openDatabase({ kind: "embedded", directory }), {
    kind: "held",
    message: new RegExp(
      `^The database in ${directory} is in use by process ${process.pid} since .*: stop that process first\\.$`,
    ),
  });
  assert.equal(await database.isReady(), true);
  await database.close();
});

test("a half-made copy of the template is made anew", async () => {
  const directory = join(root, "nested", "half");
  await makeFile(join(directory, "postgres.unfinished", "PG_VERSION"));
  const templateDirectory = join(root, `template-${embeddedMajor}`);
  const nested = createEmbeddedEngine({ templateDirectory });
  const database = await openDatabase({ kind: "embedded", directory }, { engine: nested });
  assert.equal(await database.isReady(), true);
  await database.close();
  assert.deepEqual((await readdir(directory)).sort(), ["postgres"]);
});

test("files of another PostgreSQL version are refused and left free", async () => {
  const directory = join(root, "older");
  await makeFile(join(directory, "postgres", "PG_VERSION"), "17\n");
  const refusal = { kind: "incompatible", message: /made by PostgreSQL 17, and this program runs 18/ };
  await assert.rejects(openDatabase({ kind: "embedded", directory }), refusal);
  await assert.rejects(openDatabase({ kind: "embedded", directory }), refusal);
});

test("every row that was acknowledged is there after kill -9, and the directory opens again", async (t) => {
  const directory = join(root, "killed");
  let acknowledged: number[] = [];
  for (let round = 0; round < 2; round++) {
    const child = startChild(t, new URL("./test/writer.ts", import.meta.url), [directory]);
    const before = acknowledged.length;
    for await (const line of child.lines) {
      acknowledged.push(Number(line));
      if (acknowledged.length === before + 150) child.process.kill("SIGKILL");
    }
    assert.equal(await child.ended, "SIGKILL");
    assert.ok(acknowledged.length >= before + 150);
    const database = await openDatabase<Tables>({ kind: "embedded", directory }, { engine });
    const ids = await readIds(database.query);
    await database.close();
    assert.deepEqual(
      acknowledged.filter((id) => !ids.includes(id)),
      [],
    );
    acknowledged = ids;
  }
});

async function addNotes(query: Kysely<Tables>, ...ids: number[]): Promise<void> {
  const empty = { at: null, data: null, bytes: null, tags: null };
  await query
    .insertInto("notes")
    .values(ids.map((id) => ({ id, body: `note ${id}`, ...empty })))
    .execute();
}

async function readIds(query: Kysely<Tables>): Promise<number[]> {
  const rows = await query.selectFrom("notes").select("id").orderBy("id").execute();
  return rows.map(({ id }) => id);
}

function locationOf(found: { rows: { name: string }[] }) {
  const url = new URL(process.env.ROSE_ASH_TEST_POSTGRES ?? "postgres://postgres@127.0.0.1:5432/postgres");
  url.pathname = `/${found.rows[0]!.name}`;
  return { kind: "postgres", url: url.href } as const;
}

async function makeFile(file: string, text = "18\n"): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
