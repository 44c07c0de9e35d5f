// The demo in a real browser: reading, searching and moving about by keyboard alone, without JavaScript, at
// phone and desktop width, in light and dark. The screenshots land in .data/screenshots to be looked at.

import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { findTestBrowser } from "@rose-ash/platform/app/test-browser";
import { freePort } from "@rose-ash/platform/app/test-program";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { type LaunchedSite, launch } from "./launched-site.ts";

const root = join(import.meta.dirname, "../../..");
const { launch: launching, skip } = findTestBrowser();

const phone = { width: 390, height: 844 };
const desktop = { width: 1280, height: 900 };
const screenshots = join(root, ".data/screenshots");

let browser: Browser;
let site: LaunchedSite | undefined;
let address = "";
let data = "";

before(async () => {
  if (skip) return;
  data = await mkdtemp(join(tmpdir(), "rose-ash-browser-"));
  site = await launch(data, await freePort(), "--demo");
  address = site.address;
  browser = await chromium.launch(launching);
  await mkdir(screenshots, { recursive: true });
});

after(async () => {
  await browser?.close();
  await site?.stop();
  if (data) await rm(data, { recursive: true, force: true });
});

/** A page of a visitor without JavaScript, and everything the browser complained of. */
async function visit(options: BrowserContextOptions = {}): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: desktop, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("requestfailed", (request) => complaints.push(`${request.url()} failed`));
  page.on("response", (response) => {
    if (response.status() >= 500) complaints.push(`${response.url()} answered ${response.status()}`);
  });
  return { page, complaints };
}

test("a visitor reads and searches by keyboard alone, without JavaScript", { skip }, async () => {
  const { page, complaints } = await visit();
  await page.goto(address);
  await page.keyboard.press("Tab");
  assert.equal(
    await page.locator(":focus").innerText(),
    "Skip to the content",
    "the first stop is the skip link",
  );
  await page.keyboard.press("Enter");
  assert.ok(page.url().endsWith("#main"));

  const firstPost = page.locator("main article a, main h2 a, main h3 a").first();
  const title = (await firstPost.innerText()).trim();
  for (let stops = 0; stops < 40; stops++) {
    await page.keyboard.press("Tab");
    if ((await page.locator(":focus").innerText()).trim() === title) break;
  }
  assert.equal(
    (await page.locator(":focus").innerText()).trim(),
    title,
    "the first post is reached with Tab",
  );
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname !== "/");
  assert.equal((await page.locator("h1").innerText()).trim(), title);

  const field = page.locator('input[name="q"]').first();
  for (let stops = 0; stops < 40; stops++) {
    await page.keyboard.press("Tab");
    if (await field.evaluate((element) => element === document.activeElement).catch(() => false)) break;
    if ((await page.locator('input[name="q"]:focus').count()) > 0) break;
  }
  assert.equal(
    await page.locator('input[name="q"]:focus').count(),
    1,
    "the search field is reached with Tab",
  );
  await page.keyboard.type("bread");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/search\/\?q=bread/);
  assert.ok((await page.locator("main a").count()) > 0, "the demo has something about bread");
  assert.deepEqual(complaints, []);
  await page.context().close();
});

for (const [width, viewport] of [
  ["phone", phone],
  ["desktop", desktop],
] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`every kind of page fits a ${width} in ${colorScheme}, and asks for nothing from elsewhere`, {
      skip,
    }, async () => {
      const { page, complaints } = await visit({ viewport, colorScheme });
      const elsewhere: string[] = [];
      page.on("request", (request) => {
        if (!request.url().startsWith(address) && !request.url().startsWith("data:"))
          elsewhere.push(request.url());
      });
      for (const path of await samplePages(page)) {
        await page.goto(address + path);
        const { scrollWidth, clientWidth } = await page
          .locator("html")
          .evaluate(({ scrollWidth, clientWidth }) => ({ scrollWidth, clientWidth }));
        assert.ok(scrollWidth <= clientWidth, `${path} is ${scrollWidth} wide on a screen of ${clientWidth}`);
        const name = path.replace(/\W+/g, "-").replace(/^-|-$/g, "") || "front";
        await page.screenshot({
          path: join(screenshots, `${name}-${width}-${colorScheme}.png`),
          fullPage: true,
        });
      }
      assert.deepEqual(elsewhere, []);
      assert.deepEqual(
        complaints.filter((text) => !text.includes("404")),
        [],
      );
      await page.context().close();
    });
  }
}

/** The front page, its first posts, a tag, an author, a search, a page of the menu and an address that is not there. */
async function samplePages(page: Page): Promise<string[]> {
  await page.goto(address);
  const links = await page
    .locator("a[href^='/']")
    .evaluateAll((found) => found.map((link) => link.getAttribute("href") ?? ""));
  const first = (test: (href: string) => boolean) => links.filter(test).slice(0, 1);
  const posts = links.filter((href) => /^\/[^/]+\/$/.test(href) && href !== "/search/").slice(0, 4);
  const author = first((href) => href.startsWith("/author/"));
  const sitemap = await page.request.get(`${address}/sitemap.xml`);
  const tag = (await sitemap.text()).match(/<loc>[^<]*(\/tag\/[^<]*)<\/loc>/)?.[1];
  return [
    ...new Set([
      "/",
      ...posts,
      ...author,
      ...(tag ? [tag] : []),
      "/search/?q=bread",
      "/search/?q=zebra",
      "/nothing-here/",
    ]),
  ];
}
