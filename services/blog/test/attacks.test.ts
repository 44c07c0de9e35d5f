// Attacks on the blog through its HTTP door: visitors who look for what is hidden, questions that the database must
// not choke on, posts that were written to break the page they stand on, and guessers of passwords.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { forEachDriver } from "@rose-ash/platform/store/test-database";
import type { StagedMenu } from "../import/staged-site.ts";
import { createPasswordDesk, hashPassword } from "../password.ts";
import type { Tables } from "../tables.ts";
import { openBlog, stagedPost, stagedSite } from "./blog-site.ts";

const everywhere = [
  "/",
  "/?page=2",
  "/tag/bread/",
  "/author/ann/",
  "/search/?q=walrus",
  "/search/?q=-nothing",
  "/rss.xml",
  "/atom.xml",
  "/sitemap.xml",
  "/open/",
  "/nowhere/",
];

await forEachDriver<Tables>(join(import.meta.dirname, "../migrations"), (fresh) => {
  const { driver } = fresh;

  test(`${driver}: a tag or author of hidden posts alone is not there, nor in the menu`, async (t) => {
    const hidden = { tagKeys: ["test tag bread"], authorKeys: ["test author ann"] };
    const item = {
      label: "Secret baking",
      target: { kind: "tag", key: "test tag bread" },
      children: [],
    } as const;
    const menus: StagedMenu[] = [{ place: "primary", items: [item] }];
    const visitor = await openBlog(
      t,
      fresh,
      stagedSite(
        [
          stagedPost("open"),
          stagedPost("draft", { ...hidden, status: "draft" }),
          stagedPost("private", { ...hidden, status: "private" }),
          stagedPost("later", { ...hidden, publishedAt: new Date("2999-01-01T00:00:00Z") }),
        ],
        { menus },
      ),
    );
    for (const path of ["/tag/bread/", "/author/ann/"]) {
      const { status, text } = await visitor.get(path);
      assert.equal(status, 404, path);
      assert.doesNotMatch(text, /All about it|Bakes/, path);
    }
    for (const path of everywhere)
      assert.doesNotMatch(
        (await visitor.get(path)).text,
        /\/tag\/bread|\/author\/ann|Secret baking|Ann Example/,
        path,
      );
  });

  test(`${driver}: hidden posts are in no count, no neighbour, no old address and no answer to a password`, async (t) => {
    const lock = await hashPassword("open sesame");
    const shared = { tagKeys: ["test tag bread"], title: "Walrus", html: "<p>walrus</p>", summary: "walrus" };
    const visitor = await openBlog(
      t,
      fresh,
      stagedSite([
        stagedPost("open", { tagKeys: ["test tag bread"] }),
        stagedPost("draft", { ...shared, status: "draft", oldAddresses: ["/old-draft/", "/?p=77"] }),
        stagedPost("private", { ...shared, status: "private", visibility: "password", passwordHash: lock }),
        stagedPost("later", {
          ...shared,
          publishedAt: new Date("2999-01-01T00:00:00Z"),
          oldAddresses: ["/old-later/"],
        }),
      ]),
    );
    for (const path of everywhere)
      assert.doesNotMatch((await visitor.get(path)).text, /Walrus|<p>walrus/, path);
    assert.match((await visitor.get("/tag/bread/")).text, /\b1 post\b|One post/i);
    const missing = await visitor.get("/nowhere/");
    for (const path of [
      "/draft/",
      "/draft",
      "/private/",
      "/later/",
      "/old-draft/",
      "/old-later/",
      "/?p=77",
    ]) {
      const { status, headers } = await visitor.get(path);
      assert.deepEqual(
        [status, headers.location, headers.etag],
        [404, undefined, missing.headers.etag],
        path,
      );
    }
    const tried = await visitor.post("/private/", { password: "open sesame" });
    assert.equal(tried.status, 404);
    assert.doesNotMatch(tried.text, /walrus|Walrus/);
  });

  test(`${driver}: no question to the search is a fault`, async (t) => {
    const visitor = await openBlog(t, fresh, stagedSite([stagedPost("open")]));
    const questions = [
      ...[
        "-",
        "- ",
        "-!",
        "-(",
        '-"',
        '-""',
        "-a",
        "-a-",
        "a-",
        "--a ",
        "!",
        "'",
        "\\",
        '"',
        '"a" or ',
        "or ",
        "<->",
        ":*",
        "&|",
      ].map((piece) => piece.repeat(200 / piece.length)),
      `${"-".repeat(60)}open`,
      `${"- ".repeat(60)}open`,
      `${"-!".repeat(60)}"open"`,
      "\u{10ffff}\uffff\u0001\u2028",
      "𝒳".repeat(100),
      "__proto__ constructor",
    ];
    for (const question of questions) {
      const { status, text } = await visitor.get(`/search/?q=${encodeURIComponent(question)}`);
      assert.equal(status, 200, question);
      assert.doesNotMatch(text, /tsquery|ERROR/, question);
    }
    assert.match((await visitor.get("/search/?q=title+of+open")).text, /href="\/open\/"/);
    assert.match((await visitor.get("/search/?q=open+-nothing")).text, /href="\/open\/"/);
    assert.doesNotMatch((await visitor.get("/search/?q=body+-open")).text, /href="\/open\/"/);
  });

  test(`${driver}: a post whose every word is an attack stands on its pages as text`, async (t) => {
    const evil = `</title></script></textarea><script>alert(1)</script>"'><img src=x onerror=alert(2)>]]><!--\u2028`;
    const visitor = await openBlog(
      t,
      fresh,
      stagedSite([
        stagedPost("evil", {
          title: evil,
          excerpt: evil,
          summary: evil,
          language: evil,
          tagKeys: ["test tag bread"],
          image: { name: "a.jpg", width: 1, height: 1, alt: evil, caption: evil, variants: [] },
          seo: {
            title: evil,
            description: evil,
            canonical: null,
            ogTitle: evil,
            ogDescription: evil,
            ogImage: `https://x.example.org/${evil}`,
          },
        }),
      ]),
    );
    for (const path of [
      "/",
      "/evil/",
      "/tag/bread/",
      "/rss.xml",
      "/atom.xml",
      "/sitemap.xml",
      `/search/?q=${encodeURIComponent(evil)}`,
      "/search/?q=script",
    ]) {
      const { status, text } = await visitor.get(path);
      assert.equal(status, 200, path);
      assert.doesNotMatch(text, /<script>|<img src=x|<!--/, path);
      const islands = [...text.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)];
      for (const [, json = ""] of islands) assert.doesNotThrow(() => JSON.parse(json), path);
    }
  });

  test(`${driver}: a redirect never lets the asker choose the host`, async (t) => {
    const redirect = (source: string, target: string) => ({
      kind: "pattern" as const,
      source,
      target,
      status: 301 as const,
      ignoreCase: false,
    });
    const visitor = await openBlog(
      t,
      fresh,
      stagedSite([stagedPost("open")], {
        redirects: [
          redirect("/to/*", "https://shop.example.org$1"),
          redirect("/host/*", "https://$1/"),
          redirect("/here/*", "/$1"),
        ],
      }),
    );
    for (const path of [
      "/to/.evil.example.org",
      "/to/@evil.example.org",
      "/to/:1@evil.example.org",
      "/host/evil.example.org",
      "/here//evil.example.org",
      "/here/%2Fevil.example.org",
      "/here/%5Cevil.example.org",
      "/here/%09/evil.example.org",
    ]) {
      const { status, headers } = await visitor.get(path);
      assert.ok([301, 400, 404].includes(status), `${path}: ${status}`);
      const location = new URL(String(headers.location ?? "/"), "https://blog.example.org");
      assert.ok(
        ["blog.example.org", "shop.example.org"].includes(location.hostname),
        `${path}: ${location.href}`,
      );
    }
  });
});

test("a flood of password guesses is turned away beyond the few that are looked at", async () => {
  const hash = await hashPassword("open sesame");
  const check = createPasswordDesk();
  const verdicts = await Promise.all(Array.from({ length: 60 }, () => check("guess", hash)));
  assert.ok(verdicts.includes("busy"));
  assert.ok(!verdicts.includes("right"));
  assert.equal(verdicts.filter((verdict) => verdict === "wrong").length, 32);
  assert.equal(await check("open sesame", hash), "right");
});

test("a password too long to be one is refused without being hashed", async () => {
  const check = createPasswordDesk();
  assert.equal(await check("x".repeat(60_000), await hashPassword("open sesame")), "wrong");
});
