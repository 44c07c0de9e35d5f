// The command `import` on both databases: what comes in, what stays out, and that nothing happens twice or by halves.

import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { Refusal, WrongUsage } from "@rose-ash/platform/app";
import { forEachDriver } from "@rose-ash/platform/store/test-database";
import { cleanHtml } from "../clean-html.ts";
import { drawPicture } from "../demo/pictures.ts";
import { attacks } from "../html-attacks.ts";
import { importFile } from "../import/import.ts";
import type { ImportReport } from "../import/report.ts";
import { verifyPassword } from "../password.ts";
import { createStore } from "../store.ts";
import type { Tables } from "../tables.ts";
import { ghostExport, openWorkshop, origin, wordpressExport } from "./blog-commands.ts";

const fixture = join(import.meta.dirname, "../import/fixtures/wordpress-coop.xml");
const squares = drawPicture("squares.png")!;

const nobody = { signal: new AbortController().signal, progress() {} };

await forEachDriver<Tables>(join(import.meta.dirname, "../migrations"), (fresh) => {
  const { driver } = fresh;

  test(`${driver}: importing a site twice changes nothing the second time`, async (t) => {
    const shop = await openWorkshop(t, fresh);
    const first = (await shop.run("import", fixture, "--images", shop.folder)).report as ImportReport;
    assert.ok(first.taken.posts.added > 3 && first.taken.pages.added === 2);
    const before = await shop.dump();
    const second = (await shop.run("import", fixture, "--images", shop.folder)).report as ImportReport;
    assert.equal(await shop.dump(), before);
    assert.deepEqual(second.taken.posts, { added: 0, changed: 0, unchanged: first.taken.posts.added });
    assert.equal(second.taken.menus, "unchanged");
  });

  test(`${driver}: pages stand below their parents, menus lead to them, old addresses too`, async (t) => {
    const shop = await openWorkshop(t, fresh);
    await shop.run("import", fixture);
    const paths = await shop.rows<{ path: string }>(
      "select path from post where kind = 'page' order by path",
    );
    assert.deepEqual(
      paths.map(({ path }) => path),
      ["/about/", "/about/oven/"],
    );
    const menu = await shop.rows<{ label: string; path: string | null; above: string | null }>(
      `select m.label, p.path, a.label as above from menu_item m left join post p on p.id = m.post_id
       left join menu_item a on a.id = m.parent_id where m.place = 'primary' order by m.id`,
    );
    assert.deepEqual(menu, [
      { label: "Rye & spelt", path: null, above: null },
      { label: "About us", path: "/about/", above: null },
      { label: "The oven", path: "/about/oven/", above: "About us" },
    ]);
    const { movedPost } = createStore(shop.database);
    const now = new Date("2026-11-21T12:00:00Z");
    for (const address of ["/blog/2012/01/10/first-loaf/", "/blog/2012/01/10/loaf-one/", "/blog/?p=50"]) {
      assert.equal(await movedPost([address], now), "/first-loaf/", address);
    }
  });

  test(`${driver}: a changed post is updated and keeps its number; its former address leads to it`, async (t) => {
    const shop = await openWorkshop(t, fresh);
    await shop.write(
      "one.xml",
      wordpressExport([{ id: 1, slug: "bread", content: "Old words." }, { id: 2 }]),
    );
    await shop.run("import", "one.xml");
    const [before] = await shop.rows<{ id: number }>("select id from post where path = '/bread/'");
    await shop.write("two.xml", wordpressExport([{ id: 1, slug: "rye", content: "New words." }, { id: 2 }]));
    const { taken } = (await shop.run("import", "two.xml")).report as ImportReport;
    assert.deepEqual(taken.posts, { added: 0, changed: 1, unchanged: 1 });
    const [after] = await shop.rows<{ id: number; html: string }>(
      "select id, html from post where path = '/rye/'",
    );
    assert.equal(after?.id, before?.id);
    assert.match(after?.html ?? "", /New words/);
    const [old] = await shop.rows<{ post_id: number }>(
      "select post_id from old_address where address = '/bread/'",
    );
    assert.equal(old?.post_id, before?.id);
  });

  test(`${driver}: slugs that collide are made free and reported`, async (t) => {
    const shop = await openWorkshop(t, fresh);
    await shop.write(
      "same.xml",
      wordpressExport([
        { id: 1, slug: "same", title: "First" },
        { id: 2, slug: "same", title: "Second" },
        { id: 3, type: "page", slug: "same", title: "Third" },
      ]),
    );
    const report = (await shop.run("import", "same.xml")).report as ImportReport;
    const paths = await shop.rows<{ path: string }>("select path from post order by id");
    assert.deepEqual(
      paths.map(({ path }) => path),
      ["/same/", "/same-2/", "/same-3/"],
    );
    assert.match(JSON.stringify(report.notes), /\/same-2\//);
    const before = await shop.dump();
    await shop.run("import", "same.xml");
    assert.equal(await shop.dump(), before, "the numbers stay where they are");
  });

  test(`${driver}: a hostile export is stored inert`, async (t) => {
    const shop = await openWorkshop(t, fresh);
    const items = Object.values(attacks).map((content, index) => ({
      id: index + 1,
      title: `&lt;script&gt;alert(${index})&lt;/script&gt;<![CDATA[<img src=x onerror=alert(1)>]]>t`,
      content: content.replaceAll("]]>", ""),
    }));
    await shop.write("hostile.xml", wordpressExport(items));
    const report = (await shop.run("import", "hostile.xml", "--images", shop.folder)).report as ImportReport;
    assert.equal(report.taken.posts.added, items.length);
    assert.ok((report.removed["script element"] ?? 0) > 0, "the report says what was taken out");
    const rows = await shop.rows<{ title: string; html: string; summary: string }>(
      "select title, html, summary from post",
    );
    for (const { title, html } of rows) {
      assert.equal(cleanHtml(html, { origin }).html, html, "cleaning again finds nothing");
      assert.doesNotMatch(html, /(?:href|src)="\s*(?!https?:|mailto:|tel:)[a-z]+:/i);
      const bare = html.replace(/="[^"]*"/g, "");
      assert.doesNotMatch(bare, /<(?:script|style|iframe|svg|form|object)|<[^>]* (?:on\w+|style|srcdoc)/i);
      assert.doesNotMatch(title, /<script|<img/);
    }
  });

  test(`${driver}: of a members-only post only the part before the mark is kept as its preview`, async (t) => {
    const shop = await openWorkshop(t, fresh);
    const paywall = { type: "paywall", version: 1 };
    const paragraph = (text: string) => ({
      type: "paragraph",
      version: 1,
      children: [{ type: "text", text, format: 0 }],
    });
    const lexical = JSON.stringify({
      root: { type: "root", children: [paragraph("Everybody."), paywall, paragraph("Quokkas.")] },
    });
    await shop.write("ghost.json", ghostExport([{ lexical, visibility: "members" }, { lexical }]));
    await shop.run("import", "ghost.json");
    const rows = await shop.rows<Record<string, string | boolean>>(
      `select visibility, html, preview_html as preview, summary, search @@ to_tsquery('quokka') as found
       from post order by id`,
    );
    const [gated, open] = rows;
    assert.match(String(gated?.html), /Quokkas/);
    assert.equal(gated?.preview, "<p>Everybody.</p>");
    assert.equal(gated?.summary, "Everybody.");
    assert.equal(gated?.found, false);
    assert.equal(open?.preview, null);
    assert.equal(open?.found, true);
  });

  test(`${driver}: a password is kept as a hash, and the state of each post is the old one`, async (t) => {
    const shop = await openWorkshop(t, fresh);
    await shop.run("import", fixture);
    const rows = await shop.rows<{ path: string; status: string; visibility: string; hash: string | null }>(
      "select path, status, visibility, password_hash as hash from post where kind = 'post'",
    );
    const locked = rows.find(({ visibility }) => visibility === "password");
    assert.equal(await verifyPassword("open sesame", locked?.hash ?? ""), true);
    assert.equal(await verifyPassword("open sesam", locked?.hash ?? ""), false);
    assert.doesNotMatch(await shop.dump(), /open sesame/);
    assert.equal(rows.find(({ path }) => path === "/minutes/")?.status, "private");
    assert.equal(rows.find(({ path }) => path === "/odd/")?.status, "draft");
  });

  test(`${driver}: Ghost's redirects come along; those that lead in a circle do not`, async (t) => {
    const shop = await openWorkshop(t, fresh);
    await shop.write("ghost.json", ghostExport([{ html: "<p>x</p>" }]));
    await shop.write(
      "redirects.yaml",
      "301:\n  /old/: /post-1/\n  /a/: /b/\n  /b/: /a/\n  ^/archive/(\\d{4})/(.*)$: /$2\n302:\n  /out/: https://www.example.org/\n",
    );
    const report = (await shop.run("import", "ghost.json", "--redirects", "redirects.yaml"))
      .report as ImportReport;
    const rows = await shop.rows<{ source: string }>("select source from redirect order by id");
    assert.equal(report.taken.redirects.added, rows.length);
    assert.ok(rows.some(({ source }) => source === "/old/"));
    assert.match(JSON.stringify(report.notTaken), /leads back to itself/);
    assert.ok(!rows.some(({ source }) => source === "/a/"));
  });

  test(`${driver}: pictures come from a folder, sized ones from their original, and say when they are missing`, async (t) => {
    const shop = await openWorkshop(t, fresh);
    await mkdir(join(shop.folder, "pics/2026/11"), { recursive: true });
    await shop.write("pics/2026/11/example.png", squares);
    const content = [
      '<img src="https://old.example.org/wp-content/uploads/2026/11/example-300x200.png" alt="Squares">',
      '<a href="https://old.example.org/2020/01/post-1/">me</a> <a href="https://old.example.org/file.pdf">file</a>',
      '<img src="https://old.example.org/wp-content/uploads/2026/11/gone.png" alt="Gone">',
    ].join("\n\n");
    await shop.write("site.xml", wordpressExport([{ id: 1, content }]));
    const report = (await shop.run("import", "site.xml", "--images", "pics")).report as ImportReport;
    assert.equal(report.pictures.stored, 1);
    assert.deepEqual(
      report.pictures.missing.map(({ address }) => address),
      ["https://old.example.org/wp-content/uploads/2026/11/gone.png"],
    );
    const [post] = await shop.rows<{ html: string }>("select html from post");
    const name = /src="\/media\/([0-9a-f]{32}\.png)" srcset="[^"]*480w/.exec(post?.html ?? "")?.[1];
    assert.ok(name && (await shop.media.open(name)), "the picture is in the media store");
    assert.match(post?.html ?? "", /<a href="https:\/\/old\.example\.org\/wp-content[^>]*>Gone<\/a>/);
    assert.match(
      post?.html ?? "",
      /<a href="\/2020\/01\/post-1\/">me<\/a>/,
      "links to old posts stay within the site",
    );
    assert.match(post?.html ?? "", /href="https:\/\/old\.example\.org\/file\.pdf"/);
  });

  test(`${driver}: pictures are fetched from the old site; once they are there they are not asked for again`, async (t) => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? "");
      if (request.url === "/content/images/2026/11/a.png") response.end(squares);
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    t.after(() => server.close());
    const { port } = server.address() as AddressInfo; // it listens on TCP
    const shop = await openWorkshop(t, fresh);
    const html = '<p><img src="__GHOST_URL__/content/images/size/w600/2026/11/a.png"></p>';
    const file = await shop.write(
      "ghost.json",
      ghostExport([{ html, feature_image: "__GHOST_URL__/content/images/2026/11/a.png" }]),
    );
    const request = {
      file,
      redirectsFile: null,
      imagesFolder: null,
      from: `http://localhost:${port}`,
      fetchPolicy: { allowPorts: [port], allowPrivateAddresses: [`localhost:${port}`] },
    };
    const { pictures } = await importFile(request, shop.target, nobody);
    assert.deepEqual(pictures, { stored: 2, missing: [] });
    assert.deepEqual([...new Set(asked)], ["/content/images/2026/11/a.png"]);
    const [post] = await shop.rows<{ image: { name: string }; html: string }>("select image, html from post");
    assert.ok(post?.html.includes(`/media/${post.image.name}`));
    asked.length = 0;
    await importFile(request, shop.target, nobody);
    assert.deepEqual(asked, []);
  });

  test(`${driver}: an import that is given up leaves everything as it was`, async (t) => {
    const controller = new AbortController();
    const shop = await openWorkshop(t, fresh, {
      signal: controller.signal,
      progress: (text) => {
        if (text === "Cleaning posts") controller.abort(new Error("given up"));
      },
    });
    await shop.write("site.xml", wordpressExport([{ id: 1 }, { id: 2 }]));
    const before = await shop.dump();
    await assert.rejects(shop.run("import", "site.xml"), /given up/);
    assert.equal(await shop.dump(), before);
  });
});

await forEachDriver<Tables>([], ({ driver, ...fresh }) => {
  if (driver !== "embedded") return;
  test("a broken file is refused with the place, and a wrong command line with the right one", async (t) => {
    const shop = await openWorkshop(t, { driver, ...fresh });
    const whole = await readFile(fixture, "utf8");
    await shop.write("broken.xml", whole.slice(0, 3000));
    await shop.write("broken.json", '{"db": [\n  {"meta": ]');
    await shop.write("site.zip", "PK\u0003\u0004");
    await shop.write("own.json", '{"rose-ash-export": "1", "origin": "https://a.example.org", "posts": 3}');
    const refused = (args: string[], pattern: RegExp) =>
      assert.rejects(
        shop.run("import", ...args),
        (error) => error instanceof Refusal && pattern.test(error.message),
      );
    await refused(["broken.xml"], /broken\.xml.*line \d+, column \d+/s);
    await refused(["broken.json"], /line 2, column \d+/);
    await refused(["site.zip"], /unpack it/);
    await refused(["own.json"], /\$\./);
    await refused(["none.xml"], /no such file/i);
    await refused(["broken.xml", "--from", "old.example.org"], /--from/);
    await assert.rejects(shop.run("import"), WrongUsage);
    await assert.rejects(shop.run("import", "a", "--nonsense"), WrongUsage);
  });
});
