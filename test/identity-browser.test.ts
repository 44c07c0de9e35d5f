// The walk over the whole installation in a real browser, without JavaScript and at phone width: the demo's operator
// link, signed in at the account, known at the blog on another port, a like, the desk, and signed out everywhere.
// Once with all services in one process, and once as four processes on PostgreSQL and Redis, which are then made to
// forget and to die.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { readSecrets } from "../platform/app/secrets.ts";
import { findTestBrowser } from "../platform/app/test-browser.ts";
import { createKeyRing } from "../platform/rpc/keys.ts";
import { signMessage } from "../platform/rpc/signature.ts";
import { forEachDriver } from "../platform/store/test-database.ts";
import { type LaunchedInstallation, launchInstallation, makeSecrets } from "./launched-installation.ts";
import { codeIn } from "./signing-in.ts";

const { launch, skip: withoutBrowser } = findTestBrowser();

/** A database of the Redis server that is ours alone, and is emptied. */
const redis = new URL(process.env.ROSE_ASH_TEST_REDIS ?? "redis://127.0.0.1:6379");
redis.pathname = "/9";

/** A browser of a test's own: hooks of the file would wait for it to end before they end it. */
async function openBrowser(t: TestContext): Promise<Browser> {
  const browser = await chromium.launch(launch);
  t.after(() => browser.close());
  return browser;
}

/** Somebody with a phone; without JavaScript. */
async function pickUpPhone(browser: Browser): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 390, height: 844 },
  });
  return { page: await context.newPage(), context };
}

/** Whatever was just done, the page that is shown now is in order. */
async function look(page: Page): Promise<void> {
  const { scrollWidth, clientWidth } = await page
    .locator("html")
    .evaluate(({ scrollWidth, clientWidth }) => ({ scrollWidth, clientWidth }));
  assert.ok(scrollWidth <= clientWidth, `${page.url()} is ${scrollWidth} wide on a screen of ${clientWidth}`);
  assert.ok((await page.locator("h1").count()) > 0, `${page.url()} has no heading`);
}

async function open(page: Page, url: string): Promise<number> {
  const answer = await page.goto(url);
  await look(page);
  return answer?.status() ?? 0;
}

async function press(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole("main").getByRole("button", { name }).first().click();
  await look(page);
}

const bar = (page: Page) => page.locator("header").first();

async function isShownAs(page: Page, name: string): Promise<boolean> {
  return (await bar(page).innerText()).includes(name);
}

/** Becomes the operator by the demo's link and the letter that it sends. */
async function becomeOperator(page: Page, site: LaunchedInstallation): Promise<void> {
  assert.equal(await open(page, site.operatorLink), 200);
  await page.locator('input[name="address"]').fill("olive@example.org");
  await page.locator('input[name="name"]').fill("Olive Ortega");
  await press(page, "Send me the letter");
  const letter = await site.letter("olive@example.org", /\/sign-in\/link\//);
  const link = /http\S+\/sign-in\/link\/\S+/.exec(letter.text)?.[0] ?? "";
  await open(page, link);
  const name = page.getByRole("main").locator('input[name="name"]');
  if ((await name.count()) > 0) await name.fill("Olive Ortega");
  await press(page, /^Sign in as/);
  assert.equal(page.url(), `${site.addresses.account}/`);
  assert.ok(await isShownAs(page, "Olive Ortega"));
}

/** Signs a member of the demo in from a page of the blog, by the code of a letter. */
async function signInByCode(page: Page, site: LaunchedInstallation, address: string): Promise<void> {
  await open(page, `${site.addresses.blog}/`);
  await bar(page).getByRole("link", { name: "Sign in" }).click();
  await look(page);
  await page.getByRole("main").locator('input[name="address"]').fill(address);
  await page.keyboard.press("Enter");
  await page.locator('input[name="code"]').waitFor();
  await look(page);
  const { text } = await site.letter(address, /^\s*[A-Z0-9]{3,4}[ -]?[A-Z0-9]{3,4}\s*$/m);
  await page.locator('input[name="code"]').fill(codeIn(text) ?? "");
  await page.keyboard.press("Enter");
  await page.waitForURL(`${site.addresses.blog}/`);
  await look(page);
}

/** Likes the newest post of the demo and takes it back; answers the post's address. */
async function likeSomething(page: Page, site: LaunchedInstallation): Promise<string> {
  await open(page, `${site.addresses.blog}/`);
  await page.locator("main article a, main h2 a, main h3 a").first().click();
  const post = new URL(page.url());
  post.hash = "";
  await look(page);
  await press(page, "Like");
  assert.match(await page.locator("#likes").innerText(), /You like this\./);
  await press(page, "Take the like back");
  assert.match(await page.locator("#likes").innerText(), /Nobody has liked this yet\./);
  await press(page, "Like");
  return post.href;
}

async function signOutOfBlog(page: Page, site: LaunchedInstallation): Promise<void> {
  await open(page, `${site.addresses.blog}/`);
  await bar(page).getByRole("link", { name: "Sign out" }).click();
  await look(page);
  await press(page, /sign out/i);
  assert.equal(page.url(), `${site.addresses.blog}/`);
  assert.ok(await bar(page).getByRole("link", { name: "Sign in" }).isVisible());
}

/** All ports of localhost share their cookies, so a service's are told apart by their names. */
async function assertOwnCookies(context: BrowserContext): Promise<void> {
  const cookies = await context.cookies();
  for (const name of ["rose-ash-account", "rose-ash-blog"]) {
    assert.equal(cookies.filter((cookie) => cookie.name === name).length, 1, name);
  }
  for (const { name, httpOnly, sameSite } of cookies) {
    assert.match(name, /^rose-ash-(?:account|blog)(?:-|$)/);
    assert.ok(httpOnly, name);
    assert.equal(sameSite, "Lax", name);
  }
  const secrets = cookies.filter(({ value }) => value.length > 20).map(({ value }) => value);
  assert.equal(new Set(secrets).size, secrets.length, "no two cookies have a value in common");
}

/** The walk; answers the cookies from when Olive was signed in, and the post that she liked. */
async function walk(browser: Browser, site: LaunchedInstallation) {
  const { page, context } = await pickUpPhone(browser);
  await becomeOperator(page, site);
  assert.equal(await open(page, `${site.addresses.blog}/`), 200);
  assert.ok(await isShownAs(page, "Olive Ortega"), "silently signed in on another port");
  await assertOwnCookies(context);
  const post = await likeSomething(page, site);
  assert.equal(await open(page, `${site.addresses.blog}/admin/`), 200);
  const cookies = await context.cookies();
  await signOutOfBlog(page, site);
  for (;;) {
    await open(page, `${site.addresses.account}/`);
    if (page.url().startsWith(`${site.addresses.account}/sign-in/`)) break;
    await sleep(50); // the logout token is on its way
  }
  return { post, cookies };
}

async function assertGuest(page: Page, url: string): Promise<void> {
  assert.equal(await open(page, url), 200);
  assert.ok(await bar(page).getByRole("link", { name: "Sign in" }).isVisible());
}

async function openFolder(t: TestContext): Promise<string> {
  const data = await mkdtemp(join(tmpdir(), "rose-ash-walk-"));
  t.after(() => rm(data, { recursive: true, force: true }));
  return data;
}

// biome-ignore lint/suspicious/noExplicitAny: the tables are the services' own
await forEachDriver<any>([], ({ driver, place }) => {
  if (driver === "embedded") {
    test("one process: signed in once, known everywhere, signed out everywhere", {
      skip: withoutBrowser,
    }, async (t) => {
      const site = await launchInstallation(await openFolder(t), null);
      try {
        await walk(await openBrowser(t), site);
      } finally {
        await site.stop(); // before its folder is taken away
      }
    });
    return;
  }

  test("four processes on PostgreSQL and Redis: the same, also while parts of it forget or die", {
    skip: withoutBrowser,
  }, async (t) => {
    await flushRedis();
    const data = await openFolder(t);
    const secrets = join(data, "secrets");
    makeSecrets(secrets);
    const site = await launchInstallation(data, {
      redis: redis.href,
      secrets,
      async database() {
        const location = await place(t);
        return location.kind === "postgres" ? location.url : "";
      },
    });
    try {
      await walkAndBreak(await openBrowser(t), site, join(secrets, "secrets.blog.json"));
    } finally {
      await site.stop(); // before its databases are taken away
    }
  });
});

/** The walk, and then what a reader and an outsider see while parts of the installation forget or die. */
async function walkAndBreak(browser: Browser, site: LaunchedInstallation, secrets: string): Promise<void> {
  const { post, cookies } = await walk(browser, site);
  const reader = await pickUpPhone(browser);
  await signInByCode(reader.page, site, "cleo@example.org");
  assert.ok(await isShownAs(reader.page, "Cleo Winters"));
  await assertInnerDoorsAreInside(site, secrets);

  const outsider = await pickUpPhone(browser);
  await outsider.context.addCookies(cookies);
  for (const flush of [async () => {}, flushRedis]) {
    await flush();
    assert.equal(await open(reader.page, post), 200);
    assert.ok(await isShownAs(reader.page, "Cleo Winters"));
    assert.equal(await open(reader.page, `${site.addresses.blog}/admin/`), 403);
    await assertGuest(outsider.page, post);
  }

  await site.kill("likes");
  assert.equal(await open(reader.page, post), 200, "the blog is there without its likes");
  assert.ok(await isShownAs(reader.page, "Cleo Winters"));
  assert.doesNotMatch(await reader.page.getByRole("main").innerText(), /likes? this\./);
  await assertGuest(outsider.page, post);

  await site.kill("account");
  assert.equal(await open(reader.page, post), 200);
  assert.ok(await isShownAs(reader.page, "Cleo Winters"), "reading goes on");
  assert.equal(await open(reader.page, `${site.addresses.blog}/admin/`), 503, "the desk is closed");
  await assertGuest(outsider.page, post);
}

/** A call that is signed as the blog's is answered at the account's inner door and is nothing at its public one. */
async function assertInnerDoorsAreInside(site: LaunchedInstallation, secrets: string): Promise<void> {
  const key = createKeyRing((await readSecrets(secrets)).internal).signingKey("blog", "account");
  assert.ok(key);
  const target = `/internal/data/device-state?params=${encodeURIComponent('{"device":"nobody\'s"}')}`;
  const ask = (port: number, host: string) => {
    const message = { method: "GET", authority: "account.internal", target, body: null };
    const headers = signMessage(message, key, { now: new Date() });
    return new Promise<number>((resolve, reject) => {
      const given = { ...Object.fromEntries(headers), host };
      request({ host: "127.0.0.1", port, path: target, headers: given }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      })
        .on("error", reject)
        .end();
    });
  };
  const inner = site.internal.account ?? 0;
  const { port, host } = new URL(site.addresses.account);
  assert.equal(await ask(inner, "account.internal"), 200);
  assert.equal(await ask(Number(port), host), 404);
  assert.equal(await ask(Number(port), "account.internal"), 421);
}

/** Empties our database of the Redis server, and no other. */
async function flushRedis(): Promise<void> {
  const socket = connect(Number(redis.port || 6379), redis.hostname);
  let said = "";
  await new Promise<void>((resolve, reject) => {
    socket.on("error", reject);
    socket.on("data", (chunk) => {
      said += chunk;
      if (said === "+OK\r\n+OK\r\n") resolve();
      else if (said.includes("-")) reject(new Error(`Redis refused to be emptied: ${said}`));
    });
    socket.write(`SELECT ${redis.pathname.slice(1)}\r\nFLUSHDB\r\n`);
  });
  socket.destroy();
}
