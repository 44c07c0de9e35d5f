// The commands `export` and `demo`: what one blog hands out another takes in, and the demo fills a blog once.

import assert from "node:assert/strict";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { Refusal } from "@rose-ash/platform/app";
import { forEachDriver } from "@rose-ash/platform/store/test-database";
import { importFile } from "../import/import.ts";
import type { Tables } from "../tables.ts";
import { openWorkshop, type Workshop } from "./blog-commands.ts";

/** What a visitor could notice of posts, menus and addresses, in words that do not depend on numbers of rows. */
const everything = `
  select json_build_object(
    'posts', (select json_agg(json_build_array(p.kind, p.path, p.title, p.status, p.visibility, p.pinned, p.excerpt, p.summary,
        p.html, p.preview_html, p.image, p.seo, p.published_at, p.updated_at, p.source_text, p.search, parent.path,
        (select json_agg(t.kind || t.slug || t.name order by position) from post_tag join tag t on t.id = tag_id where post_id = p.id),
        (select json_agg(a.slug || a.bio order by position) from post_author join author a on a.id = author_id where post_id = p.id)
      ) order by p.path) from post p left join post parent on parent.id = p.parent_id),
    'menus', (select json_agg(json_build_array(m.place, m.position, m.label, m.url, p.path, t.slug, above.label) order by m.id)
      from menu_item m left join post p on p.id = m.post_id left join tag t on t.id = m.tag_id left join menu_item above on above.id = m.parent_id),
    'redirects', (select json_agg(json_build_array(kind, source, target, status, ignore_case) order by id) from redirect),
    'old', (select json_agg(json_build_array(address, p.path) order by address) from old_address join post p on p.id = post_id
      where address <> p.path)
  )::text as text`;

/** Pictures get their names from the bytes they came as, which are others in the second blog. */
async function visible(shop: Workshop): Promise<unknown> {
  const [row] = await shop.rows<{ text: string }>(everything);
  return JSON.parse(row!.text.replace(/[0-9a-f]{32}/g, "picture"));
}

await forEachDriver<Tables>(join(import.meta.dirname, "../migrations"), (fresh) => {
  const { driver } = fresh;

  test(`${driver}: the demo fills a blog once, and its export makes another blog the same`, async (t) => {
    const shop = await openWorkshop(t, fresh);
    await shop.run("demo");
    const before = await shop.dump();
    await shop.run("demo");
    assert.equal(await shop.dump(), before, "running it again changes nothing");
    assert.match(shop.printed.join(), /was in already/);
    const states = await shop.rows<{ state: string }>(
      `select distinct case when published_at > '2100-01-01' then 'scheduled' else status end || ' ' || visibility as state
       from post order by 1`,
    );
    assert.deepEqual(
      states.map(({ state }) => state),
      ["draft public", "published members", "published public", "scheduled public"],
    );

    await shop.run("export", "site.json");
    const text = await readFile(join(shop.folder, "site.json"), "utf8");
    assert.equal(
      (await stat(join(shop.folder, "site.json"))).mode & 0o077,
      0,
      "nobody else may read the drafts",
    );
    await assert.rejects(shop.run("export", "site.json"), Refusal, "an existing file is not written over");
    await assert.rejects(shop.run("import", "site.json"), /this very blog/);

    const other = await openWorkshop(t, fresh);
    const file = await other.write("site.json", text);
    const request = { file, redirectsFile: null, imagesFolder: join(shop.folder, "media"), from: null };
    const target = { ...other.target, origin: "https://other.example.org" };
    const watch = { signal: new AbortController().signal, progress() {} };
    const report = await importFile(request, target, watch);
    assert.deepEqual([report.pictures.missing, report.notes], [[], []]);
    assert.deepEqual(await visible(other), await visible(shop));
  });

  test(`${driver}: a blog with posts of its own is left alone by the demo`, async (t) => {
    const shop = await openWorkshop(t, fresh);
    await shop.write("a.md", "---\ntitle: Mine\n---\nText\n");
    await shop.run("post", "a.md");
    const before = await shop.dump();
    await shop.run("demo");
    assert.equal(await shop.dump(), before);
  });
});
