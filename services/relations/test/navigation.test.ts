// The navigation tree as a page of another service gets it: lists of links without script, whatever is in them.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { forEachDriver } from "@rose-ash/platform/store/test-database";
import type { Tables } from "../tables.ts";
import { openRelations } from "./asking-relations.ts";

const type = "menu";
const root = "blog/menu/primary";
const page = (name: string) => `blog/page/${name}`;
const hostile = '</a><script>alert(1)</script>"><img src=x onerror=alert(1)>';
const asked = { root, type, label: "Pages", hrefs: {}, locale: "en-GB" };

await forEachDriver<Tables>(join(import.meta.dirname, "../migrations"), (fresh) => {
  const { driver } = fresh;

  test(`${driver}: the tree is nested lists of links, and what has no address is text`, async (t) => {
    const relations = await openRelations(t, fresh);
    await relations.order("attach", { parent: root, child: page("about"), type, label: "About us" });
    await relations.order("attach", { parent: page("about"), child: page("rules"), type, label: "Rules" });
    await relations.order("attach", { parent: page("rules"), child: page("fair"), type, label: "Fair use" });
    await relations.order("attach", { parent: root, child: page("shop"), type, label: "Shop" });
    const hrefs = { [page("rules")]: "/about/rules/", [page("shop")]: "https://shop.example.org/?a=1&b=2" };
    const html = await relations.draw({ ...asked, hrefs });
    assert.equal(
      html.replace(/ (?:class|dir)="[^"]*"/g, ""),
      '<nav aria-label="Pages"><ul>' +
        '<li><span>About us</span><ul><li><a href="/about/rules/">Rules</a>' +
        "<ul><li><span>Fair use</span></li></ul></li></ul></li>" +
        '<li><a href="https://shop.example.org/?a=1&amp;b=2">Shop</a></li></ul></nav>',
    );
  });

  test(`${driver}: nothing to show is no markup at all`, async (t) => {
    const relations = await openRelations(t, fresh);
    assert.equal(await relations.draw(asked), "");
    await relations.order("attach", { parent: root, child: page("nameless"), type, label: " " });
    assert.equal(await relations.draw(asked), "");
  });

  test(`${driver}: labels and addresses from elsewhere stay text and lead nowhere unsafe`, async (t) => {
    const relations = await openRelations(t, fresh);
    await relations.order("attach", { parent: root, child: page("a"), type, label: hostile });
    await relations.order("attach", { parent: root, child: page("b"), type, label: "b" });
    const hrefs = { [page("a")]: `/${encodeURI(hostile)}`, [page("b")]: "javascript:alert(1)" };
    const html = await relations.draw({ ...asked, label: hostile, hrefs });
    assert.doesNotMatch(html, /<script|<img|javascript:/);
    assert.equal(html.match(/<a /g)?.length, 1);
    assert.ok(html.includes("&lt;script&gt;alert(1)&lt;/script&gt;"));
  });
});
