// One identity over the whole installation: signing in once, being known everywhere, signing out everywhere.
// The services are the real ones, each with its own database; the browser is the tests' own, and the same walk
// with a real one is in identity-browser.test.ts.
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type InstallationRequest, startInstallation } from "../platform/app/test-installation.ts";
import { forEachDriver } from "../platform/store/test-database.ts";
import { account, blog, services, signIn } from "./signing-in.ts";

// biome-ignore lint/suspicious/noExplicitAny: the tables are the services' own
await forEachDriver<any>([], ({ driver, place }) => {
  const start = (t: TestContext, more: Partial<InstallationRequest> = {}) =>
    startInstallation(t, { services, ...(driver === "postgres" ? { place: () => place(t) } : {}), ...more });

  test(`${driver}: signed in at the account, somebody is known at the blog, and signed out everywhere at once`, async (t) => {
    const installation = await start(t);
    const browser = installation.browse();
    const home = await signIn(installation, browser, "ann@example.org");
    assert.equal(home.status, 200, home.text);
    assert.equal(home.url, `${account}/`);

    const front = await browser.open(`${blog}/`);
    assert.equal(front.url, `${blog}/`);
    assert.equal(front.status, 200);
    assert.match(front.text, /Ann Example/);
    assert.match(front.text, /Your account/, "the account's fragment is in the header");
    const again = await browser.open(`${blog}/`);
    assert.equal(again.hops, 0);

    const atAccount = browser.cookies("account.example.org");
    const atBlog = browser.cookies("blog.example.org");
    assert.ok(atAccount.has("__Host-rose-ash-account"));
    assert.ok(atBlog.has("__Host-rose-ash-blog"));
    for (const [name, value] of atBlog) {
      assert.ok(![...atAccount.values()].includes(value), `the cookie ${name} is shared`);
    }

    const asking = await browser.open(`${blog}/auth/sign-out/`);
    const out = await browser.submit(asking, "/auth/sign-out/");
    assert.equal(out.url, `${blog}/`);
    assert.doesNotMatch(out.text, /Ann Example/);
    const leftBlog = await browser.open(`${blog}/`);
    assert.doesNotMatch(leftBlog.text, /Ann Example/);
    for (;;) {
      const there = await browser.open(`${account}/`);
      if (there.url.startsWith(`${account}/sign-in/`)) break;
      await sleep(30); // the logout token is on its way
    }
  });

  test(`${driver}: a stranger costs one silent attempt and is left alone after it`, async (t) => {
    const browser = (await start(t)).browse();
    const first = await browser.open(`${blog}/`);
    assert.equal(first.status, 200);
    assert.equal(first.url, `${blog}/`);
    assert.ok(first.hops >= 3, "there, back, and home");
    assert.equal((await browser.open(`${blog}/`)).hops, 0);
    const forgetful = await browser.open(`${blog}/`, { cookie: "" });
    assert.equal(forgetful.status, 200, "one that keeps no cookies is shown the page, too");
  });

  test(`${driver}: what an editor typed who is signed out meanwhile is shown to them and not lost`, async (t) => {
    const browser = (await start(t)).browse();
    const text = "A long morning's work & <more>";
    const page = await browser.send(
      "POST",
      `${blog}/admin/posts/new/`,
      { "sec-fetch-site": "same-origin", origin: blog, "content-type": "application/x-www-form-urlencoded" },
      new URLSearchParams({ title: "Plums", text }).toString(),
    );
    assert.equal(page.status, 403);
    assert.match(page.text, /You are signed out/);
    assert.match(page.text, /A long morning's work &amp; &lt;more>/);
  });

  test(`${driver}: machines, posts and readers of feeds are never sent round`, async (t) => {
    const browser = (await start(t)).browse();
    const bare = await browser.send("GET", `${blog}/`, { accept: "text/html" });
    assert.equal(bare.status, 200);
    const feed = await browser.send("GET", `${blog}/rss.xml`, {
      accept: "*/*",
      "sec-fetch-mode": "cors",
      "sec-fetch-dest": "empty",
    });
    assert.equal(feed.status, 200);
    const prefetch = await browser.send("GET", `${blog}/`, {
      accept: "text/html",
      "sec-fetch-mode": "navigate",
      "sec-fetch-dest": "document",
      "sec-purpose": "prefetch",
    });
    assert.equal(prefetch.status, 200);
  });
});
