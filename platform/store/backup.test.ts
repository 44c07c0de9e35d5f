// Backups there and back, within and between drivers; damaged, foreign and newer ones change nothing.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { type TestContext, test } from "node:test";
import { sql } from "kysely";
import { backupDatabase } from "./backup.ts";
import type { Database } from "./database.ts";
import { type Migration, migrateDatabase } from "./migrate.ts";
import { restoreDatabase } from "./restore.ts";
import { type FreshDatabases, forEachDriver } from "./test-database.ts";

const first = migration(
  "0001-all.sql",
  `create type mood as enum ('calm', 'wild');
   create table pages (
     id int generated always as identity primary key,
     parent_id int references pages (id),
     newest_note_id int8,
     title varchar(40) not null,
     search tsvector generated always as (to_tsvector('simple', title)) stored
   );
   create table notes (
     id bigserial primary key,
     page_id int not null references pages (id) on delete cascade,
     body text, amount numeric, at timestamptz, day date, span interval, data jsonb, raw json, bytes bytea,
     tags text[], moods mood[], ok bool, ratio float8, code char(4), ref uuid
   );
   alter table pages add constraint newest foreign key (newest_note_id) references notes (id);
   create table "Odd ""table" ("a b" text, c int);
   create function shout() returns trigger language plpgsql as $$ begin new.body := upper(new.body); return new; end $$;
   create trigger shout before insert on notes for each row execute function shout();`,
);
const second = migration(
  "0002-rename.sql",
  "alter table pages rename title to name; alter table pages add words int; update pages set words = length(name)",
);

/** The rows that must survive: references in a circle, extremes of every type, and emptiness. */
const fill = `
  insert into pages (title, parent_id) values ('first', 2), ('second', 1), ('third', 3), (E'ü 🌹 "\\\\\\n', null);
  delete from pages where id = 3;
  insert into pages (title) values ('fifth');
  insert into notes (page_id, body, amount, at, day, span, data, raw, bytes, tags, moods, ok, ratio, code, ref) values
    (1, null, null, null, null, null, null, null, null, null, null, null, null, null, null),
    (1, 'x', 123456789012345678901234567890.10, '2024-01-01 00:00:00.123456+00', '0044-03-15 BC', '1 mon -3 days 04:05:06.7',
     '{"a": [1.10, null]}', '{"b":  1, "b": 2}', '\\x00ff', '{"a,b",NULL,"\\"",""}', '{wild,calm}', true, 'NaN', 'ab', '00000000-0000-4000-8000-000000000001'),
    (2, '', 'NaN', 'infinity', '9999-12-31', '0', 'null', '"x"', '', '{}', '{}', false, 0.1, '', null);
  insert into notes (id, page_id) values (9007199254740993, 2);
  update pages set newest_note_id = 9007199254740993 where id = 2;
  insert into "Odd ""table" values ('[1', 1), ('{"end":true}', null), (null, 2);`;

interface Place {
  readonly driver: string;
  open(t: TestContext): Promise<Database<object>>;
}
const places: Place[] = [];
const options = { service: "notes", migrations: [first] };

await forEachDriver<object>([first], (fresh) => {
  const { driver, open } = fresh;
  places.push({ driver, open });

  test(`${driver}: a backup that was restored gives the same backup again`, async (t) => {
    const source = await openFilled(fresh, t);
    const lines = await collect(backupDatabase(source, { service: "notes" }));
    assert.equal(lines.length, 1 + 3 + 4 + 4 + 3 + 2 + 1, "header, tables, rows, sequences, end");
    for (const place of places) {
      const target = await place.open(t);
      assert.deepEqual(await restoreDatabase(target, stream(lines), options), { rows: 11 });
      assert.deepEqual(
        await collect(backupDatabase(target, { service: "notes" })),
        lines,
        `into ${place.driver}`,
      );
    }
  });

  test(`${driver}: after a restore new rows get new numbers, and computed columns, keys and triggers work`, async (t) => {
    const lines = await collect(backupDatabase(await openFilled(fresh, t), { service: "notes" }));
    const target = await open(t);
    await restoreDatabase(target, stream(lines), options);
    const page = await sql<{
      id: number;
      search: string;
    }>`insert into pages (title) values ('New') returning id, search`.execute(target.query);
    assert.deepEqual(page.rows, [{ id: 6, search: "'new':1" }]);
    const note = await sql`insert into notes (page_id, body) values (6, 'hush') returning id, body`.execute(
      target.query,
    );
    assert.deepEqual(note.rows, [{ id: 4, body: "HUSH" }]);
    await assert.rejects(sql`insert into notes (page_id) values (77)`.execute(target.query), {
      code: "23503",
    });
    await assert.rejects(sql`update pages set newest_note_id = 77 where id = 1`.execute(target.query), {
      code: "23503",
    });
    const found = await sql`select title from pages where search @@ to_tsquery('simple', 'fifth')`.execute(
      target.query,
    );
    assert.deepEqual(found.rows, [{ title: "fifth" }]);
  });

  test(`${driver}: a database with rows is refused, and replaced when that is said`, async (t) => {
    const lines = await collect(backupDatabase(await openFilled(fresh, t), { service: "notes" }));
    const target = await open(t);
    await sql`insert into pages (title) values ('mine')`.execute(target.query);
    await assert.rejects(restoreDatabase(target, stream(lines), options), {
      kind: "not-empty",
      message: /pages has rows/,
    });
    assert.deepEqual(await titles(target), ["mine"]);
    await restoreDatabase(target, stream(lines), { ...options, replace: true });
    assert.deepEqual(await collect(backupDatabase(target, { service: "notes" })), lines);
  });

  test(`${driver}: a damaged backup leaves the old state, sequences and constraints included`, async (t) => {
    const lines = await collect(backupDatabase(await openFilled(fresh, t), { service: "notes" }));
    const target = await openFilled(fresh, t);
    await sql`insert into pages (title) values ('mine')`.execute(target.query);
    const before = await collect(backupDatabase(target, { service: "notes" }));
    const row = lines.findIndex((line) => line.includes('"fifth"'));
    const damages: readonly (readonly [string, string[], RegExp])[] = [
      ["empty", [], /not a Rose Ash backup/],
      ["another file", ["<?xml version='1.0'?>"], /not a Rose Ash backup/],
      ["without its end", lines.slice(0, -1), /cut short/],
      [
        "cut in the middle of a line",
        [...lines.slice(0, row), lines[row]!.slice(0, 8)],
        new RegExp(`damaged at line ${row + 1}`),
      ],
      ["cut at a line", lines.slice(0, row), /cut short/],
      ["a line left out", lines.toSpliced(row, 1), /not as it was written/],
      ["a letter changed", lines.with(row, lines[row]!.replace("fifth", "filth")), /not as it was written/],
      ["more after its end", [...lines, lines[1]!], /not as it was written/],
      ["an unknown table", lines.toSpliced(1, 0, '{"table":"nobody","columns":[]}'), /damaged at line 2/],
      ["a wrong number of values", lines.with(row, '["1"]'), new RegExp(`damaged at line ${row + 1}`)],
      [
        "a value of the wrong type",
        lines.with(row, lines[row]!.replace('["5"', '["five"')),
        /rows of pages failed \(.*five/,
      ],
      [
        "a hostile sequence",
        lines.toSpliced(-1, 0, '{"sequence":"notes_id_seq","next":"1; drop table pages"}'),
        /damaged at/,
      ],
    ];
    for (const [name, damaged, message] of damages) {
      const restoring = restoreDatabase(target, stream(damaged), { ...options, replace: true });
      await assert.rejects(restoring, { name: "StoreRefusal", message }, name);
      assert.deepEqual(await collect(backupDatabase(target, { service: "notes" })), before, name);
    }
    await assert.rejects(sql`insert into notes (page_id) values (77)`.execute(target.query), {
      code: "23503",
    });
  });

  test(`${driver}: a backup whose source fails midway leaves the old state`, async (t) => {
    const target = await openFilled(fresh, t);
    const before = await collect(backupDatabase(target, { service: "notes" }));
    async function* failing() {
      yield* before.slice(0, 4);
      throw new Error("the disk is gone");
    }
    await assert.rejects(
      restoreDatabase(target, failing(), { ...options, replace: true }),
      /the disk is gone/,
    );
    assert.deepEqual(await collect(backupDatabase(target, { service: "notes" })), before);
  });

  test(`${driver}: backups of another service, another schema or a newer program are refused`, async (t) => {
    const source = await openFilled(fresh, t);
    const target = await open(t);
    const lines = await collect(backupDatabase(source, { service: "notes" }));
    await assert.rejects(restoreDatabase(target, stream(lines), { ...options, service: "shop" }), {
      kind: "backup-elsewhere",
      message: /a backup of notes, not of shop/,
    });
    const other = { ...options, migrations: [{ ...first, checksum: "other" }] };
    await assert.rejects(restoreDatabase(target, stream(lines), other), {
      kind: "backup-elsewhere",
      message: /0001-all\.sql was changed/,
    });
    const future = lines.with(0, lines[0]!.replace('"version":1', '"version":2'));
    await assert.rejects(restoreDatabase(target, stream(future), options), { kind: "newer" });
    await migrateDatabase(source, [first, second]);
    const newer = await collect(backupDatabase(source, { service: "notes" }));
    await assert.rejects(restoreDatabase(target, stream(newer), options), {
      kind: "newer",
      message: /backup is newer/,
    });
    assert.deepEqual(await titles(target), []);
  });

  test(`${driver}: an older backup is brought up to date by the later migrations`, async (t) => {
    const source = await openFilled(fresh, t);
    const older = await collect(backupDatabase(source, { service: "notes" }));
    const migrations = [first, second];
    await migrateDatabase(source, migrations);
    const migrated = await collect(backupDatabase(source, { service: "notes" }));
    const target = await openFilled(fresh, t);
    await migrateDatabase(target, migrations);
    await restoreDatabase(target, stream(older), { ...options, migrations, replace: true });
    assert.deepEqual(await collect(backupDatabase(target, { service: "notes" })), migrated);
  });

  test(`${driver}: a backup is of one moment, and leaving it early ends its transaction`, async (t) => {
    const database = await openFilled(fresh, t);
    const before = await collect(backupDatabase(database, { service: "notes" }));
    const lines: string[] = [];
    let writing: Promise<unknown> | undefined;
    for await (const line of backupDatabase(database, { service: "notes" })) {
      lines.push(line);
      writing ??= sql`insert into "Odd ""table" values ('late', 4)`.execute(database.query);
      if (driver === "postgres") await writing; // on the embedded driver it waits for the backup to end
    }
    await writing;
    assert.deepEqual(lines, before);
    for await (const _ of backupDatabase(database, { service: "notes" })) break;
    assert.equal((await collect(backupDatabase(database, { service: "notes" }))).length, before.length + 1);
  });

  test(`${driver}: rows of many sizes come through whole`, async (t) => {
    const source = await open(t);
    await sql`insert into pages (title) values ('all')`.execute(source.query);
    await sql`insert into notes (page_id, body)
      select 1, repeat(md5(i::text), case when i % 1000 = 0 then 50000 else 3 end) from generate_series(1, 5000) as i`.execute(
      source.query,
    );
    const lines = await collect(backupDatabase(source, { service: "notes" }));
    const target = await open(t);
    assert.deepEqual(await restoreDatabase(target, stream(lines), options), { rows: 5001 });
    assert.equal(await sumOf(target), await sumOf(source));
  });
});

function migration(name: string, text: string): Migration {
  return { name, sql: text, checksum: createHash("sha256").update(text).digest("hex") };
}

async function openFilled(fresh: FreshDatabases<object>, t: TestContext): Promise<Database<object>> {
  const database = await fresh.open(t);
  await database.transaction(async (tx) => {
    await sql.raw(fill).execute(tx);
  });
  return database;
}

async function collect(lines: AsyncIterable<string>): Promise<string[]> {
  return await Array.fromAsync(lines);
}

async function* stream(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

async function titles(database: Database<object>): Promise<string[]> {
  return (await sql<{ title: string }>`select title from pages order by id`.execute(database.query)).rows.map(
    (row) => row.title,
  );
}

async function sumOf(database: Database<object>): Promise<string> {
  const found = await sql<{
    sum: string;
  }>`select md5(string_agg(md5(n::text), '' order by id)) as sum from notes n`.execute(database.query);
  return found.rows[0]!.sum;
}
