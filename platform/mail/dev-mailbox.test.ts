// The dev mailbox: letters are kept whole, private, in order and in bounds, and no id reaches another file.
import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { openDevMailbox } from "./dev-mailbox.ts";
import { createMailer, type Letter } from "./mail.ts";

const from = "Rose Ash <hello@example.org>";
const letter: Letter = { to: "ann@example.org", subject: "Your bread", text: "It is baked.\n" };

test("a letter is in the mailbox as it was written", async (t) => {
  const { mailer, mailbox } = await open(t);
  const before = Date.now();
  await mailer.send({ ...letter, subject: "ü 🌹", html: "<p>ü</p>", headers: { "X-Order": "7" } });
  await mailer.send(letter);
  const [plain, rich, ...others] = await mailbox.list();
  assert.ok(plain && rich && others.length === 0);
  const { id, sentAt, ...rest } = rich;
  assert.deepEqual(rest, {
    to: "ann@example.org",
    from,
    subject: "ü 🌹",
    text: "It is baked.\n",
    html: "<p>ü</p>",
    headers: { "X-Order": "7" },
  });
  assert.ok(sentAt.getTime() >= before && sentAt.getTime() <= Date.now() + 1);
  assert.equal(plain.html, null);
  assert.deepEqual(await mailbox.find(id), rich);
  assert.deepEqual(await mailbox.find(plain.id), plain);
});

test("letters are listed newest first, also when they are sent in the same moment", async (t) => {
  const { mailer, mailbox } = await open(t);
  t.mock.timers.enable({ apis: ["Date"], now: Date.parse("2026-01-02T03:04:05.006Z") });
  const subjects = Array.from({ length: 20 }, (_, index) => `letter ${index}`);
  await Promise.all(subjects.map((subject) => mailer.send({ ...letter, subject })));
  const listed = (await mailbox.list()).map(({ subject }) => subject);
  assert.deepEqual(listed, subjects.toReversed());
});

test("the last 200 letters are kept, and what is not a letter is left alone", async (t) => {
  const { mailer, mailbox, folder } = await open(t);
  await mailer.send({ ...letter, subject: "the first" });
  await writeFile(join(folder, "00000000-notes.json"), "mine");
  for (let index = 2; index <= 203; index += 1) await mailer.send({ ...letter, subject: `letter ${index}` });
  const subjects = (await mailbox.list()).map(({ subject }) => subject);
  assert.equal(subjects.length, 200);
  assert.deepEqual([subjects[0], subjects.at(-1)], ["letter 203", "letter 4"]);
  assert.equal((await readdir(folder)).length, 201);
});

test("a letter is one file, readable by its owner alone, with nothing left beside it", async (t) => {
  const { mailer, mailbox, folder } = await open(t);
  await mailer.send(letter);
  const [{ id } = { id: "" }] = await mailbox.list();
  assert.deepEqual(await readdir(folder), [`${id}.json`]);
  assert.equal((await stat(join(folder, `${id}.json`))).mode & 0o777, 0o600);
  assert.equal((await stat(folder)).mode & 0o777, 0o700);
});

test("no id leads to another file", async (t) => {
  const { mailer, mailbox, folder } = await open(t);
  await mailer.send(letter);
  const [kept] = await mailbox.list();
  assert.ok(kept);
  // A letter where a path that left the folder, or a file of another name, would find it.
  const text = JSON.stringify({ ...kept, subject: "secret" });
  for (const name of ["../outside.json", "other.json", `${kept.id}.json.json`]) {
    await writeFile(join(folder, name), text);
  }
  const ids = [
    "",
    ".",
    "..",
    "other",
    "../outside",
    `${folder}/../outside`,
    `${kept.id}.json`,
    `./${kept.id}`,
  ];
  for (const id of [...ids, `${kept.id}\0`, `${kept.id}\n`, kept.id.toUpperCase(), `../letters/${kept.id}`]) {
    assert.equal(await mailbox.find(id), null, JSON.stringify(id));
  }
  assert.equal((await mailbox.find(kept.id))?.subject, "Your bread");
  assert.equal((await mailbox.list()).length, 1);
});

test("a mailbox without a folder is empty, and an id nobody has finds nothing", async (t) => {
  const { mailbox } = await open(t);
  assert.deepEqual(await mailbox.list(), []);
  assert.equal(await mailbox.find("20260102T030405006Z-0123456789abcdef"), null);
});

test("a letter that a mail server would never get is not kept either", async (t) => {
  const { mailer, mailbox } = await open(t);
  await assert.rejects(mailer.send({ ...letter, subject: "a\nb" }), /line break/);
  await assert.rejects(mailer.send({ ...letter, to: "ann@example.org, eve@example.org" }), /exactly one/);
  assert.deepEqual(await mailbox.list(), []);
});

test("a file that was damaged is named", async (t) => {
  const { mailer, mailbox, folder } = await open(t);
  await mailer.send(letter);
  const [name = ""] = await readdir(folder);
  for (const text of ["{", '{"to": "ann@example.org"}']) {
    await writeFile(join(folder, name), text);
    await assert.rejects(mailbox.list(), (error: Error) => error.message.includes(name));
  }
});

test("a letter that cannot be written is an error, and leaves nothing", async (t) => {
  const { mailer, folder } = await open(t);
  await writeFile(folder, "a file where the folder should be");
  await assert.rejects(mailer.send(letter), { code: "EEXIST" });
});

/** A mailer and its mailbox, in a folder that does not exist yet and is gone when the test ends. */
async function open(t: TestContext) {
  const place = await mkdtemp(join(tmpdir(), "rose-ash-mail-"));
  t.after(() => rm(place, { recursive: true }));
  const folder = join(place, "letters");
  const mailer = createMailer({ kind: "dev", folder, from });
  t.after(() => mailer.close());
  return { mailer, mailbox: openDevMailbox(folder), folder };
}
