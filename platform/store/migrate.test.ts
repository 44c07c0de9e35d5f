// Migrations on both drivers: applied once, whole and in order, whoever else is at it; a rewritten history is refused.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { sql } from "kysely";
import { type Database, openDatabase } from "./database.ts";
import { type Migration, migrateDatabase, readMigrations } from "./migrate.ts";
import { startChild } from "./test/child.ts";
import { forEachDriver } from "./test-database.ts";

const posts = migration(
  "0001-posts.sql",
  "create table posts (id int primary key, title text);\ncreate index on posts (title);",
);
const tags = migration(
  "0002-tags.sql",
  `create table tags (id int primary key);
   create function touch() returns trigger language plpgsql as $$ begin new.id := new.id; return new; end $$;
   insert into tags values (1), (2); -- a semicolon; in a comment
   insert into posts values (1, 'a;b');`,
);
const likes = migration("0003-likes.sql", "create table likes (id int primary key)");

await forEachDriver<object>([], ({ driver, open, place, options }) => {
  test(`${driver}: files of several statements are applied in order, once, with their records`, async (t) => {
    const database = await open(t);
    assert.deepEqual(await migrateDatabase(database, [posts, tags]), ["0001-posts.sql", "0002-tags.sql"]);
    assert.deepEqual(await migrateDatabase(database, [posts, tags]), []);
    assert.deepEqual(await migrateDatabase(database, [posts, tags, likes]), ["0003-likes.sql"]);
    assert.equal(await count(database, "tags"), 2);
    const records = await sql<{ name: string; checksum: string; at: Date }>`
      select name, checksum, applied_at as at from applied_migrations order by name`.execute(database.query);
    assert.deepEqual(
      records.rows.map(({ name, checksum }) => ({ name, checksum })),
      [posts, tags, likes].map(({ name, checksum }) => ({ name, checksum })),
    );
    assert.ok(records.rows.every(({ at }) => at instanceof Date));
  });

  test(`${driver}: a file that fails leaves nothing of itself, keeps those before, and is told by line`, async (t) => {
    const database = await open(t);
    const broken = migration(
      "0002-broken.sql",
      "create table half (id int);\ninsert into half values (1);\nselec 1;\n",
    );
    await assert.rejects(migrateDatabase(database, [posts, broken]), {
      kind: "migration-failed",
      message:
        /^Applying the migration 0002-broken\.sql failed at line 3 \(.*selec.*\): nothing of it was kept/,
    });
    const late = migration(
      "0002-late.sql",
      "create table half (id int); insert into half values (1); select 1/0",
    );
    await assert.rejects(migrateDatabase(database, [posts, late]), /division by zero/);
    await assert.rejects(count(database, "half"), { code: "42P01" });
    assert.deepEqual(await migrateDatabase(database, [posts, tags]), ["0002-tags.sql"]);
  });

  test(`${driver}: a file that ends its own transaction is refused`, async (t) => {
    const database = await open(t);
    const ending = migration(
      "0001-ending.sql",
      "create table a (id int); commit; begin; create table b (id int)",
    );
    await assert.rejects(migrateDatabase(database, [ending]), /0001-ending\.sql ends its own transaction/);
  });

  test(`${driver}: a history that is not the files' is refused, and changes nothing`, async (t) => {
    const database = await open(t);
    await migrateDatabase(database, [posts, tags]);
    const refusals: readonly (readonly [string, Migration[], RegExp])[] = [
      ["newer", [posts], /newer than the program \(it has the migration 0002-tags\.sql\): start/],
      ["newer", [], /newer than the program/],
      [
        "migration-changed",
        [migration("0001-posts.sql", "-- other"), tags, likes],
        /0001-posts\.sql was changed after/,
      ],
      ["migration-missing", [tags, likes], /0001-posts\.sql was applied .* put the file back/],
      [
        "migration-late",
        [posts, migration("0001-zebra.sql", "select 1"), tags],
        /0001-zebra\.sql comes before 0002-tags\.sql, .* higher number/,
      ],
    ];
    for (const [kind, migrations, message] of refusals) {
      await assert.rejects(migrateDatabase(database, migrations), { name: "StoreRefusal", kind, message });
    }
    assert.deepEqual(await migrateDatabase(database, [posts, tags]), []);
  });

  if (driver !== "postgres") return;

  test("postgres: three processes that migrate at once all succeed and apply each file once", async (t) => {
    const location = await place(t);
    assert.ok(location.kind === "postgres");
    const folder = await temporary(t);
    for (const { name, sql } of [posts, tags, likes]) await writeFile(join(folder, name), sql);
    const script = new URL("./test/migrator.ts", import.meta.url);
    const children = Array.from({ length: 3 }, () => startChild(t, script, [location.url, folder]));
    const readers = children.map((child) => child.lines[Symbol.asyncIterator]());
    for (const reader of readers) assert.equal((await reader.next()).value, "ready");
    for (const child of children) child.process.stdin?.end(); // all are connected: now all begin
    const applied: string[] = [];
    for (const reader of readers) {
      for (let line = await reader.next(); !line.done; line = await reader.next()) applied.push(line.value);
    }
    assert.deepEqual(await Promise.all(children.map((child) => child.ended)), [0, 0, 0]);
    assert.deepEqual(applied.sort(), ["0001-posts.sql", "0002-tags.sql", "0003-likes.sql"]);
    const database = await openDatabase<object>(location, options);
    t.after(() => database.close());
    assert.equal(await count(database, "tags"), 2);
  });
});

test("a folder is read in order of numbers, with line ends made alike", async (t) => {
  const folder = await temporary(t);
  await writeFile(join(folder, "0002-b.sql"), "select 2;\r\nselect 3;");
  await writeFile(join(folder, "0001-a.sql"), "select 1;");
  await writeFile(join(folder, ".hidden"), "");
  assert.deepEqual(await readMigrations(folder), [
    migration("0001-a.sql", "select 1;"),
    migration("0002-b.sql", "select 2;\nselect 3;"),
  ]);
});

test("a file that is not named like a migration, or has another's number, is refused by name", async (t) => {
  const folder = await temporary(t);
  await writeFile(join(folder, "0001-a.sql"), "");
  await writeFile(join(folder, "0001-b.sql"), "");
  await assert.rejects(readMigrations(folder), {
    kind: "migration-named",
    message: /0001-b\.sql has the number of 0001-a\.sql/,
  });
  await rm(join(folder, "0001-b.sql"));
  await writeFile(join(folder, "2-c.sql"), "");
  await assert.rejects(readMigrations(folder), {
    kind: "migration-named",
    message: /2-c\.sql is not named like/,
  });
});

function migration(name: string, text: string): Migration {
  return { name, sql: text, checksum: createHash("sha256").update(text).digest("hex") };
}

async function count(database: Database<object>, table: string): Promise<number> {
  const found = await sql<{ count: number }>`select count(*)::int as count from ${sql.id(table)}`.execute(
    database.query,
  );
  return found.rows[0]!.count;
}

async function temporary(t: TestContext): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "rose-ash-migrate-"));
  t.after(() => rm(directory, { recursive: true, force: true }));
  return directory;
}
