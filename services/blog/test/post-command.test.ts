// The command `post` on both databases: a Markdown file becomes a post, once, and follows its file from then on.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { Refusal, WrongUsage } from "@rose-ash/platform/app";
import { forEachDriver } from "@rose-ash/platform/store/test-database";
import { drawPicture } from "../demo/pictures.ts";
import type { Tables } from "../tables.ts";
import { openWorkshop, wordpressExport } from "./blog-commands.ts";

const text = `---
title: Bread on Friday
slug: bread
date: 2026-03-04
tags: [Rye, Oven]
categories: Bakery
authors: [Ann Example]
excerpt: What is left.
image: loaf.png
imageAlt: A loaf
seo: { description: Rye and more }
---

Warm **bread**.

![The oven](loaf.png "Ours")
`;

await forEachDriver<Tables>(join(import.meta.dirname, "../migrations"), (fresh) => {
  const { driver } = fresh;

  test(`${driver}: a file becomes a post; the same file again changes nothing; a changed one updates it`, async (t) => {
    const shop = await openWorkshop(t, fresh);
    await shop.write("loaf.png", drawPicture("squares.png")!);
    await shop.write("bread.md", text);
    const { report } = await shop.run("post", "bread.md");
    assert.deepEqual(shop.printed, ["Created: https://blog.example.org/bread/"]);
    assert.equal((report as { outcome: string }).outcome, "created");
    const [post] = await shop.rows<Record<string, unknown>>(
      `select p.title, p.html, p.excerpt, p.image->>'alt' as alt, p.seo->>'description' as description, p.published_at as at,
        array(select kind || '/' || slug from tag t join post_tag on tag_id = t.id where post_id = p.id order by position) as tags,
        p.search @@ to_tsquery('english', 'breads') as found
       from post p`,
    );
    assert.match(
      String(post?.html),
      /<strong>bread<\/strong>.*<figure class="rich-image"><img src="\/media\//s,
    );
    assert.deepEqual(
      [post?.alt, post?.description, post?.found, post?.tags, new Date(String(post?.at)).toISOString()],
      [
        "A loaf",
        "Rye and more",
        true,
        ["category/bakery", "tag/rye", "tag/oven"],
        "2026-03-04T00:00:00.000Z",
      ],
    );
    const before = await shop.dump();
    await shop.run("post", "bread.md");
    assert.match(shop.printed.join(), /Nothing has changed/);
    assert.deepEqual(shop.told, ["post-published"]);
    assert.equal(await shop.dump(), before);
    await shop.write("bread.md", text.replace("Warm", "Cold").replace("[Rye, Oven]", "[Rye]"));
    await shop.run("post", "bread.md");
    assert.match(shop.printed.join(), /^Updated/);
    assert.deepEqual(shop.told, ["post-published", "post-updated"]);
    const rows = await shop.rows<{ html: string; tags: number }>(
      "select html, (select count(*) from post_tag) as tags from post",
    );
    assert.equal(rows.length, 1);
    assert.match(rows[0]?.html ?? "", /Cold/);
    assert.equal(rows[0]?.tags, 2);
  });

  test(`${driver}: a page that moves below another is reached from its former address`, async (t) => {
    const shop = await openWorkshop(t, fresh);
    const page = (title: string, more = "") => `---\ntitle: ${title}\nkind: page\n${more}---\nText\n`;
    await shop.write("about.md", page("About"));
    await shop.write("team.md", page("Team"));
    await shop.write("cat.md", page("Cat", "parent: team\n"));
    for (const name of ["about.md", "team.md", "cat.md"]) await shop.run("post", name);
    await shop.write("team.md", page("Team", "parent: about\n"));
    await shop.run("post", "team.md");
    const paths = await shop.rows<{ path: string }>("select path from post order by path");
    assert.deepEqual(
      paths.map(({ path }) => path),
      ["/about/", "/about/team/", "/about/team/cat/"],
    );
    const old = await shop.rows<{ address: string }>("select address from old_address order by address");
    assert.deepEqual(
      old.map(({ address }) => address),
      ["/team/", "/team/cat/"],
    );
    await shop.write("about.md", page("About", "parent: about/team\n"));
    await assert.rejects(shop.run("post", "about.md"), Refusal, "a page cannot stand below itself");
  });

  test(`${driver}: an imported post may be rewritten from a file, and the same import leaves it so`, async (t) => {
    const shop = await openWorkshop(t, fresh);
    await shop.write("site.xml", wordpressExport([{ id: 1, slug: "bread", content: "Imported." }]));
    await shop.run("import", "site.xml");
    await shop.write("bread.md", "---\ntitle: Bread\nslug: bread\n---\nBy hand.\n");
    await shop.run("post", "bread.md");
    const before = await shop.dump();
    await shop.run("import", "site.xml");
    assert.equal(await shop.dump(), before);
    assert.match(before, /By hand/);
  });

  test(`${driver}: of a members-only file only the preview is found; a password is not kept in clear`, async (t) => {
    const shop = await openWorkshop(t, fresh);
    await shop.write(
      "gated.md",
      "---\ntitle: Gated\nvisibility: members\n---\nOpen.\n\n<!--members-only-->\n\nQuokka.\n",
    );
    await shop.write(
      "locked.md",
      "---\ntitle: Locked\nvisibility: password\npassword: open sesame\n---\nQuokka.\n",
    );
    await shop.run("post", "gated.md");
    await shop.run("post", "locked.md");
    const rows = await shop.rows<{ preview: string | null; found: boolean }>(
      "select preview_html as preview, search @@ to_tsquery('quokka') as found from post order by id",
    );
    assert.deepEqual(
      rows.map(({ found }) => found),
      [false, false],
    );
    assert.equal(rows[0]?.preview?.trim(), "<p>Open.</p>");
    assert.doesNotMatch(await shop.dump(), /open sesame/);
    await shop.run("post", "locked.md");
    assert.match(shop.printed.join(), /Nothing has changed/);
  });

  test(`${driver}: what cannot be published is refused and leaves nothing behind`, async (t) => {
    const shop = await openWorkshop(t, fresh);
    await shop.write("page.md", "---\ntitle: Bread\nkind: page\n---\n");
    await shop.run("post", "page.md");
    const before = await shop.dump();
    const refused = async (content: string, message: RegExp) => {
      await shop.write("x.md", content);
      await assert.rejects(
        shop.run("post", "x.md"),
        (error) => error instanceof Refusal && message.test(error.message),
      );
    };
    await refused("---\ntitle: Bread\ntag: new\n---\n", /x\.md, line 3/);
    await refused("---\ntitle: Bread\ntags: [fresh]\n---\n", /\/bread\/ is a page; choose another slug/);
    await refused("---\ntitle: A\nslug: Bad Slug\n---\n", /slug: bad-slug/);
    await refused("---\ntitle: A\nkind: page\nparent: nowhere\n---\n", /no page at \/nowhere\//);
    await refused("---\ntitle: A\nimage: none.png\n---\n", /none\.png/);
    await shop.write("not.png", "not a picture");
    await refused("---\ntitle: A\n---\n![x](not.png)\n", /not\.png.*not a PNG/s);
    await assert.rejects(shop.run("post", "none.md"), Refusal);
    await assert.rejects(shop.run("post"), WrongUsage);
    assert.equal(await shop.dump(), before);
  });
});
