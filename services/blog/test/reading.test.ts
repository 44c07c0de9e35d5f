// What a visitor reads, and what nobody may: the blog through its HTTP door on both databases.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { forEachDriver } from "@rose-ash/platform/store/test-database";
import { hashPassword } from "../password.ts";
import type { Tables } from "../tables.ts";
import { openBlog, origin, stagedPost, stagedSite, type Visitor } from "./blog-site.ts";
import { faultsOf } from "./page-outline.ts";

const hour = 3_600_000;

/** Every address at which something could leak. */
const everywhere = [
  "/",
  "/?page=2",
  "/tag/bread/",
  "/author/ann/",
  "/search/?q=quokka",
  "/search/?q=secret",
  "/rss.xml",
  "/atom.xml",
  "/sitemap.xml",
  "/plain/",
  "/older/",
  "/below/",
];

async function textOf(visitor: Visitor, paths: readonly string[]): Promise<string> {
  const replies = [];
  for (const path of paths) replies.push((await visitor.get(path)).text);
  return replies.join("\n");
}

const common = [
  stagedPost("plain", {
    tagKeys: ["test tag bread", "test tag inner"],
    authorKeys: ["test author ann"],
    publishedAt: new Date("2026-03-02T10:00:00Z"),
    html: "<p>Bakers were baking loaves with <strong>quokka</strong> flour.</p>",
  }),
  stagedPost("older", { publishedAt: new Date("2026-02-01T10:00:00Z") }),
  stagedPost("above", { kind: "page", title: "Above" }),
  stagedPost("below", { kind: "page", title: "Below", parentKey: "test post above" }),
];

await forEachDriver<Tables>(join(import.meta.dirname, "../migrations"), (fresh) => {
  const { driver } = fresh;

  test(`${driver}: a visitor reads the front page, a post, a page below a page, a tag and an author`, async (t) => {
    const visitor = await openBlog(t, fresh, stagedSite(common));
    for (const [path, words] of [
      ["/", "Title of plain"],
      ["/plain/", "quokka"],
      ["/above/below/", "The body of below."],
      ["/tag/bread/", "All about it."],
      ["/author/ann/", "Bakes."],
      ["/search/?q=bake", "Title of plain"],
      ["/search/", "Search"],
    ] as const) {
      const { status, text, headers } = await visitor.get(path);
      assert.equal(status, 200, path);
      assert.ok(text.includes(words), `${path} says ${words}`);
      assert.deepEqual(faultsOf(text), [], path);
      assert.match(String(headers["content-security-policy"]), /default-src 'none'/);
    }
    assert.ok(!(await visitor.get("/plain/")).text.includes("#inner"), "internal tags are not shown");
    assert.equal((await visitor.get("/tag/hash-inner/")).status, 404);
    assert.equal((await visitor.get("/below/")).status, 404, "a page below another has one address");
  });

  test(`${driver}: of a members-only post only title, address, excerpt and picture are public`, async (t) => {
    const gated = stagedPost("gated", {
      title: "Gated title",
      visibility: "members",
      excerpt: "Hand-written words.",
      html: "<p>secret body</p>",
      summary: "secret body",
      previewHtml: "<p>open beginning</p>",
      searchBody: "open beginning",
      tagKeys: ["test tag bread"],
      authorKeys: ["test author ann"],
      publishedAt: new Date("2026-03-03T10:00:00Z"),
    });
    const noExcerpt = stagedPost("bare", {
      title: "Bare title",
      visibility: "paid",
      html: "<p>secret body</p>",
      summary: "secret body",
      searchBody: "",
    });
    const visitor = await openBlog(t, fresh, stagedSite([...common, gated, noExcerpt]));
    const all = await textOf(visitor, [...everywhere, "/gated/", "/bare/"]);
    assert.ok(!all.includes("secret body"), "the body and the excerpt made from it stay inside");
    assert.ok((await visitor.get("/")).text.includes("Hand-written words."));
    const page = (await visitor.get("/gated/")).text;
    assert.ok(
      page.includes("Gated title") && page.includes("Hand-written words.") && page.includes("open beginning"),
    );
    assert.ok(page.includes('"isAccessibleForFree":false'));
    assert.match((await visitor.get("/search/?q=gated")).text, /Gated title/);
    assert.ok(
      !(await visitor.get("/search/?q=secret")).text.includes("Gated title"),
      "search does not know the body",
    );
    assert.ok((await visitor.get("/rss.xml")).text.includes("Gated title"));
  });

  test(`${driver}: drafts, private posts and posts whose time has not come leak nowhere`, async (t) => {
    const hidden = [
      stagedPost("draft", {
        title: "Hidden draft",
        status: "draft",
        publishedAt: null,
        tagKeys: ["test tag bread"],
        oldAddresses: ["/old-draft/"],
      }),
      stagedPost("private", {
        title: "Hidden private",
        status: "private",
        authorKeys: ["test author ann"],
        parentKey: null,
      }),
      stagedPost("later", {
        title: "Hidden later",
        publishedAt: new Date(Date.now() + 24 * hour),
        tagKeys: ["test tag bread"],
      }),
      stagedPost("page-draft", {
        kind: "page",
        title: "Hidden page",
        status: "draft",
        publishedAt: null,
        parentKey: "test post above",
      }),
    ];
    const menus = [
      {
        place: "primary" as const,
        items: hidden.map((post) => ({
          label: `Hidden menu ${post.slug}`,
          target: { kind: "post" as const, key: post.sourceKey },
          children: [],
        })),
      },
    ];
    const visitor = await openBlog(t, fresh, stagedSite([...common, ...hidden], { menus }));
    const all = await textOf(visitor, [
      ...everywhere,
      "/above/",
      "/above/below/",
      "/search/?q=hidden",
      "/nothing-here/",
    ]);
    assert.ok(!all.includes("Hidden"), all.match(/.{60}Hidden.{40}/s)?.[0] ?? "");
    for (const path of ["/draft/", "/private/", "/later/", "/above/page-draft/", "/old-draft/"]) {
      assert.equal((await visitor.get(path)).status, 404, path);
    }
  });

  test(`${driver}: a post appears by itself when its time has come`, async (t) => {
    const { createStore } = await import("../store.ts");
    const store = createStore(await fresh.open(t));
    await store.applyImport(
      stagedSite([stagedPost("soon", { publishedAt: new Date("2030-01-01T00:00:00Z") })]),
    );
    const request = { page: 1, perPage: 10 };
    assert.equal((await store.listPosts({ ...request, now: new Date("2029-12-31T23:59:59Z") })).total, 0);
    assert.equal(await store.findPost("/soon/", new Date("2029-12-31T23:59:59Z")), null);
    assert.equal((await store.listPosts({ ...request, now: new Date("2030-01-01T00:00:00Z") })).total, 1);
    assert.equal((await store.findPost("/soon/", new Date("2030-01-01T00:00:00Z")))?.title, "Title of soon");
  });

  test(`${driver}: a post with a password opens for the right one, for that answer only`, async (t) => {
    const locked = stagedPost("locked", {
      visibility: "password",
      passwordHash: await hashPassword("sesame"),
      html: "<p>secret body</p>",
      summary: "secret body",
    });
    const visitor = await openBlog(t, fresh, stagedSite([...common, locked]));
    const before = await visitor.get("/locked/");
    assert.ok(before.text.includes('type="password"') && !before.text.includes("secret body"));
    const wrong = await visitor.post("/locked/", { password: "guess" });
    assert.equal(wrong.status, 403);
    assert.ok(!wrong.text.includes("secret body"));
    const right = await visitor.post("/locked/", { password: "sesame" });
    assert.equal(right.status, 200);
    assert.ok(right.text.includes("secret body"));
    assert.match(String(right.headers["cache-control"]), /no-store/);
    assert.ok(!(await visitor.get("/locked/")).text.includes("secret body"));
    assert.equal((await visitor.post("/plain/", { password: "x" })).status, 404);
    assert.equal(
      (
        await visitor.post(
          "/locked/",
          { password: "sesame" },
          { origin: "https://evil.example.org", "sec-fetch-site": "cross-site" },
        )
      ).status,
      403,
    );
  });

  test(`${driver}: lists are paged, and a page that is not there is not there`, async (t) => {
    const posts = Array.from({ length: 12 }, (_, i) =>
      stagedPost(`n${i}`, { publishedAt: new Date(Date.UTC(2026, 0, i + 1)) }),
    );
    const visitor = await openBlog(
      t,
      fresh,
      stagedSite([
        ...posts,
        stagedPost("pin", { pinned: true, publishedAt: new Date("2020-01-01T00:00:00Z") }),
      ]),
    );
    const titles = (text: string) => [
      ...new Set([...text.matchAll(/Title of (n\d+|pin)(?!\d)/g)].map((match) => match[1])),
    ];
    assert.deepEqual(titles((await visitor.get("/")).text), ["pin", "n11", "n10", "n9", "n8"]);
    assert.deepEqual(titles((await visitor.get("/?page=3")).text), ["n2", "n1", "n0"]);
    assert.equal((await visitor.get("/?page=4")).status, 404);
    for (const nonsense of ["0", "-1", "x", "1e3", "9".repeat(30), "1.5", ""]) {
      assert.equal((await visitor.get(`/?page=${nonsense}`)).status, 400, nonsense);
    }
    assert.equal((await visitor.get("/page/2/")).headers.location, "/?page=2");
  });

  test(`${driver}: old addresses lead to the new ones`, async (t) => {
    const redirects = [
      {
        kind: "path" as const,
        source: "/old-about/",
        target: "/above/",
        status: 301 as const,
        ignoreCase: false,
      },
      {
        kind: "path" as const,
        source: "/out/",
        target: "https://www.example.org/",
        status: 302 as const,
        ignoreCase: false,
      },
      {
        kind: "pattern" as const,
        source: "/archive/:digits/*",
        target: "/$2",
        status: 301 as const,
        ignoreCase: false,
      },
    ];
    const moved = stagedPost("moved", { oldAddresses: ["/2012/01/10/moved-post/", "/?p=12"] });
    const visitor = await openBlog(t, fresh, stagedSite([...common, moved], { redirects }));
    for (const [from, to] of [
      ["/2012/01/10/moved-post/", "/moved/"],
      ["/2012/01/10/moved-post", "/moved/"],
      ["/?p=12", "/moved/"],
      ["/old-about", "/above/"],
      ["/out/", "https://www.example.org/"],
      ["/archive/2019/plain/", "/plain/"],
      ["/feed/", "/rss.xml"],
      ["/plain", "/plain/"],
    ] as const) {
      const { status, headers } = await visitor.get(from);
      assert.ok(status === 301 || status === 302, `${from} is redirected, not ${status}`);
      assert.equal(String(headers.location).replace(origin, ""), to, from);
    }
    assert.equal((await visitor.get("/?p=99")).status, 404);
    assert.equal((await visitor.get("/archive/x/plain/")).status, 404);
  });

  test(`${driver}: every address in pages, feeds and sitemap is of the configured origin`, async (t) => {
    const visitor = await openBlog(t, fresh, stagedSite(common));
    const post = (await visitor.get("/plain/")).text;
    assert.ok(post.includes(`<link rel="canonical" href="${origin}/plain/">`));
    assert.ok(post.includes(`<meta property="og:url" content="${origin}/plain/">`));
    const sitemap = (await visitor.get("/sitemap.xml")).text;
    assert.ok(sitemap.includes(`<loc>${origin}/above/below/</loc>`));
    for (const path of ["/plain/", "/rss.xml", "/atom.xml", "/sitemap.xml", "/robots.txt"]) {
      assert.ok(!(await visitor.get(path)).text.includes("127.0.0.1"), path);
    }
    assert.equal((await visitor.get("/plain/", { host: "evil.example.org" })).status, 421);
  });

  test(`${driver}: an unchanged page is not sent twice`, async (t) => {
    const visitor = await openBlog(t, fresh, stagedSite(common));
    const first = await visitor.get("/plain/");
    const again = await visitor.get("/plain/", { "if-none-match": String(first.headers.etag) });
    assert.equal(again.status, 304);
    assert.equal(again.text, "");
    assert.equal((await visitor.get("/plain/")).text, first.text, "equal requests give equal bytes");
  });
});

await forEachDriver<Tables>(join(import.meta.dirname, "../migrations"), (fresh) => {
  if (fresh.driver !== "embedded") return;

  test("a reading page carries no script and at most 15 KB of styles", async (t) => {
    const visitor = await openBlog(t, fresh, stagedSite(common));
    const { text } = await visitor.get("/plain/");
    assert.ok(!/<script(?! type="application\/ld\+json")/.test(text));
    const sheet = /<link rel="stylesheet" href="([^"]+)"/.exec(text)?.[1] ?? "";
    const { text: css, headers } = await visitor.get(sheet);
    assert.ok(gzipSync(css).length <= 15 * 1024);
    assert.match(String(headers["cache-control"]), /immutable/);
  });

  test("hostile addresses and questions get a page, never a fault", async (t) => {
    const visitor = await openBlog(t, fresh, stagedSite(common));
    const hostile = [
      "/%00/",
      "/%ff/",
      "/..%2f..%2fetc/passwd",
      "/%2e%2e/",
      "//evil.example.org/",
      "/\\evil/",
      "/plain/%0d%0aSet-Cookie:x=1",
      `/${"a".repeat(5000)}/`,
      "/tag/%27%20or%201=1--/",
      "/search/?q=%27%3B%20drop%20table%20post%3B--",
      "/search/?q=%26%7C%21%28%29%3A%2A%3C%3E",
      "/search/?q=%00",
      `/search/?q=${"x".repeat(300)}`,
      `/search/?q=${encodeURIComponent("<script>alert(1)</script>")}`,
      "/search/?q=a&page=99999999999",
      "/?p=1%27",
      "/__proto__/",
      "/constructor/",
      "/media/..%2f..%2fdb",
      "/assets/../../package.json",
      "/rss.xml/",
    ];
    for (const path of hostile) {
      const { status, text } = await visitor.get(path);
      assert.ok(status < 500, `${path} answers ${status}`);
      assert.ok(!/ at .*\.ts:\d+/.test(text), `${path} shows no stack`);
      assert.ok(!text.includes("<script>alert"), path);
    }
  });
});
