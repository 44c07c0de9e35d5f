// The command line of the blog as people use it: while the site runs, when it does not, and a backup put back
// on another machine's empty folder, where every page must come out the same.

import assert from "node:assert/strict";
import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { freePort } from "@rose-ash/platform/app/test-program";
import { launch, runCommand } from "./launched-site.ts";

async function folder(t: TestContext): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), "rose-ash-command-"));
  t.after(() => rm(made, { recursive: true, force: true }));
  return made;
}

/** Every address of the sitemap, the lists, the feeds, and the pictures that the pages show, with what they answer. */
async function everything(address: string): Promise<Map<string, string>> {
  const text = async (path: string) => {
    const reply = await fetch(address + path, { redirect: "manual" });
    return `${reply.status} ${Buffer.from(await reply.arrayBuffer()).toString("base64")}`;
  };
  const sitemap = await (await fetch(`${address}/sitemap.xml`)).text();
  const paths = new Set(["/", "/?page=2", "/rss.xml", "/atom.xml", "/sitemap.xml", "/search/?q=bread"]);
  for (const [, found = ""] of sitemap.matchAll(/<loc>https?:\/\/[^/]+([^<]*)<\/loc>/g)) paths.add(found);
  const answers = new Map<string, string>();
  for (const path of paths) answers.set(path, await text(path));
  for (const page of [...answers.values()]) {
    const html = Buffer.from(page.slice(4), "base64").toString("utf8");
    for (const [picture] of html.matchAll(/\/media\/[\w.-]+/g))
      if (!answers.has(picture)) answers.set(picture, await text(picture));
  }
  return answers;
}

test("a backup taken from the running site gives every page again in an empty folder", async (t) => {
  const data = await folder(t);
  const other = join(await folder(t), "data");
  const file = join(await folder(t), "backup.tar.gz");
  const port = await freePort();
  const site = await launch(data, port, "--demo");
  t.after(() => site.stop());
  const before = await everything(site.address);
  assert.ok(
    before.size > 30 && [...before.keys()].some((path) => path.startsWith("/media/")),
    "the demo has pages and pictures",
  );
  const backup = runCommand(data, port, ["backup", file]);
  assert.equal(backup.status, 0, backup.said);
  const refused = runCommand(data, port, ["restore", file]);
  assert.equal(refused.status, 1, "a running site is not overwritten");
  await site.stop();

  const restore = runCommand(other, port, ["restore", file]);
  assert.equal(restore.status, 0, restore.said);
  const again = await launch(other, port);
  t.after(() => again.stop());
  const after = await everything(again.address);
  assert.deepEqual([...after.keys()].sort(), [...before.keys()].sort());
  for (const [path, answer] of before) assert.equal(after.get(path), answer, path);
  await again.stop();

  await truncate(file, 5000);
  const damaged = runCommand(other, port, ["restore", file, "--replace"]);
  assert.equal(damaged.status, 1, "a damaged backup is refused");
  const still = await launch(other, port);
  t.after(() => still.stop());
  assert.equal((await fetch(`${still.address}/about/`)).status, 200, "and what was there stays");
});

test("a Markdown file becomes a post while the site runs and while it does not, and changes it the second time", async (t) => {
  const data = await folder(t);
  const port = await freePort();
  const file = join(await folder(t), "bread-on-saturdays.md");
  const write = (title: string) =>
    writeFile(
      file,
      `---\ntitle: ${title}\ndate: 2026-03-14 09:00\ntags: [bakery]\n---\n\nWe bake **every Saturday**.\n`,
    );
  await write("Bread on Saturdays");
  const alone = runCommand(data, port, ["post", "blog", file]);
  assert.equal(alone.status, 0, alone.said);
  assert.match(alone.said, /\/bread-on-saturdays\//);

  const site = await launch(data, port);
  t.after(() => site.stop());
  const page = async () => await (await fetch(`${site.address}/bread-on-saturdays/`)).text();
  assert.match(await page(), /Bread on Saturdays[\s\S]*<strong>every Saturday<\/strong>/);
  await write("Bread on Sundays");
  const handedOver = runCommand(data, port, ["post", "blog", file]);
  assert.equal(handedOver.status, 0, handedOver.said);
  assert.match(await page(), /Bread on Sundays/);

  await writeFile(file, "---\ntitle: X\ntitel: Y\n---\n");
  const wrong = runCommand(data, port, ["post", "blog", file]);
  assert.notEqual(wrong.status, 0);
  assert.match(wrong.said, /titel/);
  assert.match(wrong.said, /3/, "the line is named");
});

test("an export of a WordPress site is taken over by the running blog, and refused where it is broken", async (t) => {
  const data = await folder(t);
  const port = await freePort();
  const site = await launch(data, port);
  t.after(() => site.stop());
  const fixture = join(import.meta.dirname, "../import/fixtures/wordpress-coop.xml");
  const images = await folder(t);
  const taken = runCommand(data, port, ["import", "blog", fixture, "--images", images]);
  assert.equal(taken.status, 0, taken.said);
  assert.match(taken.said, /posts: \d+ new/);
  const before = await (await fetch(`${site.address}/sitemap.xml`)).text();
  const again = runCommand(data, port, ["import", "blog", fixture, "--images", images]);
  assert.match(again.said, /posts: 0 new, 0 changed/);
  assert.equal(
    await (await fetch(`${site.address}/sitemap.xml`)).text(),
    before,
    "importing twice changes nothing",
  );

  const broken = join(images, "broken.xml");
  await writeFile(broken, '<?xml version="1.0"?>\n<rss><channel>\n<item><title>x</itle></item>');
  const refused = runCommand(data, port, ["import", "blog", broken]);
  assert.equal(refused.status, 1, refused.said);
  assert.match(refused.said, /line 3/, "the place is named");
});
