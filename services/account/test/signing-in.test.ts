// Signing in by letter: the whole way to a service and silently on to another, and everything that can happen to
// a letter on the way: scanners, second letters, other browsers, hurried fingers, wrong codes, floods.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { forEachDriver } from "@rose-ash/platform/store/test-database";
import { sql } from "kysely";
import { hashOf } from "../keys.ts";
import { spendLetter } from "../sign-in.ts";
import type { Tables } from "../tables.ts";
import { type AccountSite, openAccount } from "./account-site.ts";
import { type Browser, openBrowser, type Shown } from "./browser.ts";
import { askForLetter, letterTo, openRelyingParty, signIn } from "./relying-party.ts";

const blogOrigin = "http://localhost:8001";
const shopOrigin = "http://localhost:8002";
const clients = { blog: blogOrigin, shop: shopOrigin };
const ada = "ada@example.org";
const safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) AppleWebKit/605.1.15 Version/18.0 Safari/604.1";

await forEachDriver<Tables>(join(import.meta.dirname, "../migrations"), (fresh) => {
  const { driver } = fresh;

  /** The account, a service, and a browser in which a letter to Ada was asked for. */
  async function openLetter(
    t: Parameters<typeof openAccount>[0],
    options: Parameters<typeof openAccount>[2] = {},
  ) {
    const account = await openAccount(t, fresh, { clients, ...options });
    const blog = await openRelyingParty(account, "blog", blogOrigin);
    const browser = openBrowser();
    const going = await blog.go();
    const waiting = await askForLetter(account, browser, going, ada);
    return { account, blog, browser, going, waiting };
  }

  /** Makes Ada a member, signed in nowhere. */
  async function addAda(account: AccountSite): Promise<string> {
    const blog = await openRelyingParty(account, "blog", blogOrigin);
    await signIn(account, openBrowser(), blog, ada);
    return (await account.store.members.findByAddress(ada))?.id ?? "";
  }

  function isBackAtBlog({ headers, status }: Shown): boolean {
    return status === 303 && String(headers.location).startsWith(`${blogOrigin}/auth/callback?code=`);
  }

  async function press(browser: Browser, page: Shown, action?: string): Promise<Shown> {
    return await browser.follow(await browser.submit(page, { name: "Ada Marlowe" }, action));
  }

  test(`${driver}: a letter's code signs in to one service, and then silently to another`, async (t) => {
    const account = await openAccount(t, fresh, { clients });
    const blog = await openRelyingParty(account, "blog", blogOrigin);
    const shop = await openRelyingParty(account, "shop", shopOrigin);
    const browser = openBrowser();

    const early = await shop.go({ prompt: "none" });
    const refused = new URL(String((await browser.get(early.url)).headers.location));
    assert.equal(refused.searchParams.get("error"), "login_required");
    assert.equal(refused.searchParams.get("iss"), account.origin);

    const { going, arrived } = await signIn(account, browser, blog, ada);
    const tokens = await blog.redeem(going, arrived);
    const claims = tokens.claims();
    assert.equal(claims?.name, "Ada");
    assert.equal(claims?.role, "member");
    assert.equal(claims?.level, null);
    assert.equal(claims?.sid, claims?.device);
    assert.ok(typeof claims?.auth_time === "number");
    assert.equal(tokens.refresh_token, undefined);
    assert.ok((tokens.expires_in ?? Number.POSITIVE_INFINITY) <= 600);

    const silent = await shop.go({ prompt: "none" });
    const second = await shop.redeem(silent, await browser.get(silent.url));
    assert.equal(second.claims()?.sub, claims?.sub);
    assert.equal(second.claims()?.device, claims?.device);
    assert.deepEqual(account.complaints, []);
  });

  test(`${driver}: an address without an account is asked for a name, which may be given`, async (t) => {
    const { account, blog, browser, going, waiting } = await openLetter(t);
    const asked = await browser.submit(waiting, { code: letterTo(account, ada).code }, "/code/");
    assert.match(asked.text, /has no account/);
    assert.equal(await account.store.members.findByAddress(ada), null);
    const arrived = await browser.follow(await browser.submit(asked, { name: "Ada Marlowe" }));
    assert.equal((await blog.redeem(going, arrived)).claims()?.name, "Ada Marlowe");
    assert.deepEqual(
      (await account.facts()).map(({ name }) => name),
      ["letter-asked", "member-joined"],
    );
  });

  test(`${driver}: looking at a link, five times and by HEAD, changes nothing; the button works once`, async (t) => {
    const { account, browser } = await openLetter(t);
    const { link } = letterTo(account, ada);
    const scanner = openBrowser("Scanner");
    for (let round = 0; round < 5; round += 1) {
      assert.equal((await scanner.get(link)).status, 200);
      assert.equal((await scanner.head(link)).status, 200);
      assert.equal((await browser.get(link)).status, 200);
    }
    const page = await browser.get(link);
    assert.match(page.text, new RegExp(`Sign in as ${ada}\\?`));
    assert.equal(page.headers["referrer-policy"], "no-referrer");
    assert.equal(page.headers["cache-control"], "no-store");
    assert.ok(isBackAtBlog(await press(browser, page)));
    assert.equal((await browser.get(link)).status, 410);
    assert.equal((await openBrowser().get(link)).status, 410);
  });

  test(`${driver}: a scanner that presses the button without the browser's cookies spends nothing`, async (t) => {
    const { account, browser } = await openLetter(t);
    const { link } = letterTo(account, ada);
    const scanner = openBrowser("Scanner");
    const answered = await scanner.post(link, { name: "Scanner" });
    assert.equal(answered.status, 200);
    assert.equal(await account.store.members.findByAddress(ada), null);
    assert.ok(isBackAtBlog(await press(browser, await browser.get(link))));
  });

  test(`${driver}: two presses of the button at once are one sign-in`, async (t) => {
    const { account, browser } = await openLetter(t);
    const page = await browser.get(letterTo(account, ada).link);
    const pressed = await Promise.all([browser.submit(page), browser.submit(page), browser.submit(page)]);
    for (const { status } of pressed) assert.equal(status, 303);
    assert.equal(new Set(pressed.map(({ headers }) => headers.location)).size, 1);
    const ends = await browser.follow(pressed[0]!);
    assert.ok(isBackAtBlog(ends));
    const signIns = (await account.store.audit.listOf(await idOfAda(account), 10)).filter(
      ({ action }) => action === "sign-in",
    );
    assert.equal(signIns.length, 1);
  });

  test(`${driver}: a process that dies after spending a letter leaves a sign-in that can be finished`, async (t) => {
    const { account, browser, waiting } = await openLetter(t);
    const { link, code } = letterTo(account, ada);
    const page = await browser.get(link);
    const letter = await account.store.letters.findByToken(hashOf(link.split("/").at(-2) ?? ""), new Date());
    const spending = { letterId: letter?.id ?? "", address: ada, name: null, requestId: null };
    const spent = await spendLetter(account.parts, { ...spending, method: "letter-link", here: true });
    assert.equal(spent.kind, "spent");
    // Here it died: nothing of the sign-in itself was written. The same button, or the code, goes on.
    assert.equal((await browser.submit(page)).status, 303);
    assert.ok(isBackAtBlog(await browser.follow(await browser.submit(waiting, { code }, "/code/"))));
  });

  test(`${driver}: a newer letter takes the place of the one before, link and code`, async (t) => {
    const { account, browser, waiting } = await openLetter(t);
    const first = letterTo(account, ada);
    const again = await browser.submit(waiting, {}, new URL(waiting.url).pathname);
    await account.deliver();
    const second = letterTo(account, ada);
    assert.notEqual(first.link, second.link);
    assert.equal((await browser.get(first.link)).status, 410);
    const wrong = await browser.submit(again, { code: first.code }, "/code/");
    assert.match(wrong.text, /not the code of the newest letter/);
    assert.ok(isBackAtBlog(await press(browser, await browser.get(second.link))));
  });

  test(`${driver}: after fifteen minutes a letter is over, and a new one is offered`, async (t) => {
    const { account, browser, waiting } = await openLetter(t);
    const { link, code } = letterTo(account, ada);
    account.time = new Date(Date.now() + 15 * 60_000 + 1000);
    const page = await browser.get(link);
    assert.equal(page.status, 410);
    assert.match(page.text, /href="\/"/);
    const typed = await browser.submit(waiting, { code }, "/code/");
    assert.match(typed.text, /Ask for a new one/);
    assert.match(typed.text, /Send a new letter/);
  });

  test(`${driver}: five wrong codes end a letter, however many are tried at once`, async (t) => {
    const { account, browser, waiting } = await openLetter(t);
    const { code } = letterTo(account, ada);
    const tries = Array.from({ length: 12 }, (_, at) =>
      browser.submit(waiting, { code: `BBBB-BBB${at % 10}` }, "/code/"),
    );
    const texts = (await Promise.all(tries)).map(({ text }) => text);
    assert.equal(texts.filter((text) => /not the code/.test(text)).length, 5);
    assert.equal(texts.filter((text) => /cannot be used any more/.test(text)).length, 7);
    const right = await browser.submit(waiting, { code }, "/code/");
    assert.match(right.text, /cannot be used any more/);
    assert.equal((await browser.get(letterTo(account, ada).link)).status, 410);
  });

  test(`${driver}: a code is read as people type it`, async (t) => {
    const { account, browser, waiting } = await openLetter(t);
    const typed = ` ${letterTo(account, ada).code.toLowerCase().replace("-", " – ")} `;
    assert.match((await browser.submit(waiting, { code: typed }, "/code/")).text, /has no account/);
  });

  test(`${driver}: in another browser a link signs that browser in afresh, and the first one gets nothing`, async (t) => {
    const { account, browser, waiting } = await openLetter(t);
    const { link, code } = letterTo(account, ada);
    const phone = openBrowser(safari);
    const page = await phone.get(link);
    assert.match(page.text, /asked for in another browser/);
    const entered = await phone.submit(page, { name: "Ada" });
    assert.equal(entered.status, 303);
    assert.equal(entered.headers.location, "/");
    assert.ok(phone.cookies.some(({ name }) => name === "rose-ash-account-session"));

    const blog = await openRelyingParty(account, "blog", blogOrigin);
    const silent = await blog.go({ prompt: "none" });
    const tokens = await blog.redeem(silent, await phone.get(silent.url));
    assert.equal(tokens.claims()?.sub, await idOfAda(account));

    assert.match((await browser.submit(waiting, { code }, "/code/")).text, /cannot be used any more/);
    const first = await blog.go({ prompt: "none" });
    assert.match(String((await browser.get(first.url)).headers.location), /login_required/);
  });

  test(`${driver}: an attacker's link, opened by the victim, names the attacker's account and signs nobody in`, async (t) => {
    const { account } = await openLetter(t);
    const victim = openBrowser(safari);
    const page = await victim.get(letterTo(account, ada).link);
    assert.match(page.text, new RegExp(`Sign in as ${ada}\\?`));
    assert.match(page.text, /Did somebody else send you this link/);
    assert.deepEqual(victim.cookies, []);
  });

  test(`${driver}: signing in with another account ends the session before it, in both kinds of browser`, async (t) => {
    const account = await openAccount(t, fresh, { clients });
    const blog = await openRelyingParty(account, "blog", blogOrigin);
    const browser = openBrowser();
    const { going, arrived } = await signIn(account, browser, blog, ada);
    const device = String((await blog.redeem(going, arrived)).claims()?.device);

    const switching = await blog.go({ prompt: "login" });
    const page = await browser.follow(await browser.get(switching.url));
    assert.match(page.text, /value="ada@example.org"/);
    const sent = await browser.submit(page, { address: "ben@example.org" });
    await account.deliver();
    const named = await browser.submit(sent, { code: letterTo(account, "ben@example.org").code }, "/code/");
    const back = await browser.follow(await browser.submit(named, { name: "" }));
    assert.equal((await blog.redeem(switching, back)).claims()?.name, "Ben");
    const asked = { caller: "blog", now: new Date() };
    assert.deepEqual(await account.answers.queries.deviceState({ device }, asked), { kind: "ended" });

    const phone = openBrowser(safari);
    await signIn(account, phone, blog, ada);
    await askForLetter(account, openBrowser(), await blog.go(), "ben@example.org");
    await phone.submit(await phone.get(letterTo(account, "ben@example.org").link));
    const silent = await blog.go({ prompt: "none" });
    assert.equal((await blog.redeem(silent, await phone.get(silent.url))).claims()?.name, "Ben");
    assert.equal((await account.store.devices.listOf(await idOfAda(account))).length, 0);
  });

  test(`${driver}: showing that it is still oneself renews the time of the sign-in and keeps the device`, async (t) => {
    const account = await openAccount(t, fresh, { clients });
    const blog = await openRelyingParty(account, "blog", blogOrigin);
    const browser = openBrowser();
    const first = await signIn(account, browser, blog, ada);
    const before = (await blog.redeem(first.going, first.arrived)).claims();
    const again = await blog.go({ prompt: "login" });
    const sent = await askForLetter(account, browser, again, ada);
    const arrived = await browser.follow(
      await browser.submit(sent, { code: letterTo(account, ada).code }, "/code/"),
    );
    const after = (await blog.redeem(again, arrived)).claims();
    assert.equal(after?.device, before?.device);
    assert.ok(Number(after?.auth_time) >= Number(before?.auth_time));
  });

  test(`${driver}: the pages are the same for known and unknown addresses, down to the number of queries`, async (t) => {
    const account = await openAccount(t, fresh, { clients });
    await addAda(account);
    const blog = await openRelyingParty(account, "blog", blogOrigin);
    const see = async (address: string) => {
      const browser = openBrowser();
      const page = await browser.follow(await browser.get((await blog.go()).url));
      const { text } = await browser.submit(page, { address });
      const wrong = await browser.submit({ ...page, text }, { code: "BBBBBBBB" }, "/code/");
      return [text, wrong.text].map((part) =>
        part.replaceAll(address, "ADDRESS").replaceAll(new URL(page.url).pathname, "/PAGE/"),
      );
    };
    assert.deepEqual(await see(ada), await see("nobody@example.org"));
  });

  test(`${driver}: where joining is closed, the letter alone tells that there is no account`, async (t) => {
    const { account, browser, waiting } = await openLetter(t, { settings: { joining: "closed" } });
    const { text, link } = letterTo(account, ada);
    assert.match(text, /there is no account for it/);
    assert.equal(link, "");
    assert.match(waiting.text, /A letter is on its way/);
    assert.match((await browser.submit(waiting, { code: "BBBBBBBB" }, "/code/")).text, /not the code/);
  });

  test(`${driver}: the sixth letter an hour to one address is not sent, and nobody can tell`, async (t) => {
    const { account, blog, browser, waiting } = await openLetter(t);
    const again = new URL(waiting.url).pathname;
    let last = waiting;
    for (let letters = 1; letters < 5; letters += 1) {
      last = await browser.submit(last, {}, again);
      await account.deliver();
    }
    assert.equal(account.mails.length, 5);
    const fifth = letterTo(account, ada);
    const sixth = await browser.submit(last, {}, again);
    await account.deliver();
    assert.equal(account.mails.length, 5);
    assert.equal(sixth.text, last.text);
    // The fifth is still good: asking too often locks nobody out who has a letter.
    assert.match((await browser.submit(sixth, { code: fifth.code }, "/code/")).text, /has no account/);
    account.time = new Date(Date.now() + 3_600_000);
    await askForLetter(account, openBrowser(), await blog.go(), ada);
    assert.equal(account.mails.length, 6);
  });

  test(`${driver}: the twenty-first letter an hour from one network is refused, and another network is not`, async (t) => {
    const account = await openAccount(t, fresh, { clients });
    const blog = await openRelyingParty(account, "blog", blogOrigin);
    const browser = openBrowser();
    const page = await browser.follow(await browser.get((await blog.go()).url));
    const ask = (at: number, from: string) =>
      browser.post(page.url, { address: `member-${at}@example.org` }, { "x-forwarded-for": from });
    const asked = await Promise.all(
      Array.from({ length: 25 }, (_, at) => ask(at, `198.51.100.9, 2001:db8:1:2::${at + 1}`)),
    );
    assert.equal(asked.filter(({ status }) => status === 200).length, 20);
    const [refused] = asked.filter(({ status }) => status === 429);
    const wait = Number(refused?.headers["retry-after"]);
    assert.ok(wait > 0 && wait <= 3600);
    assert.equal((await ask(30, "2001:db8:1:3::1")).status, 200);
    assert.equal((await ask(31, "203.0.113.5")).status, 200);
    await account.deliver();
    assert.equal(account.mails.length, 22);
  });

  test(`${driver}: when everybody together has asked a thousand times in an hour, nobody may ask`, async (t) => {
    const { account, browser, waiting } = await openLetter(t);
    const { rows } = await sql<{ count: number }>`
      update rate_window set count = 1000 where scope = 'everybody' returning count`.execute(
      account.database.query,
    );
    assert.equal(rows.length, 1);
    const again = await browser.submit(waiting, {}, new URL(waiting.url).pathname);
    assert.equal(again.status, 429);
    await account.deliver();
    assert.equal(account.mails.length, 1);
  });

  test(`${driver}: what is not an address is said beside the field, and kept`, async (t) => {
    const account = await openAccount(t, fresh, { clients });
    const blog = await openRelyingParty(account, "blog", blogOrigin);
    const browser = openBrowser();
    const page = await browser.follow(await browser.get((await blog.go()).url));
    for (const typed of [
      "ada",
      "ada@",
      "ada@example.org\r\nBcc: eve@example.org",
      'a<b>"@example.org',
      "ａda@example.org",
    ]) {
      const answered = await browser.submit(page, { address: typed });
      assert.equal(answered.status, 422, typed);
      assert.match(answered.text, /aria-invalid="true"/);
      assert.ok(!answered.text.includes("<b>"));
    }
    await account.deliver();
    assert.equal(account.mails.length, 0);
  });

  test(`${driver}: a member is told of a sign-in with a browser that is new to them, and of no other`, async (t) => {
    const account = await openAccount(t, fresh, { clients });
    const blog = await openRelyingParty(account, "blog", blogOrigin);
    const laptop = openBrowser();
    const notices = () => account.mails.filter(({ subject }) => subject.startsWith("A new sign-in"));
    await signIn(account, laptop, blog, ada);
    await account.deliver();
    assert.equal(notices().length, 0);

    await signIn(account, openBrowser(safari), blog, ada);
    await account.deliver();
    assert.match(notices()[0]?.text ?? "", /Safari on iPhone/);

    const { devices, members } = account.store;
    const member = (await members.findByAddress(ada))?.id ?? "";
    for (const { idHash } of await devices.listOf(member)) {
      await account.store.change((tx) => devices.end(tx, idHash, new Date()));
    }
    await signIn(account, laptop, blog, ada);
    await account.deliver();
    assert.equal(notices().length, 1);
  });

  test(`${driver}: no fact and no log line holds a link, a code or an address`, async (t) => {
    const { account, browser } = await openLetter(t);
    const { link, code } = letterTo(account, ada);
    await press(browser, await browser.get(link));
    const text = JSON.stringify([await account.facts(), account.complaints]);
    const token = link.split("/").at(-2) ?? "";
    for (const secret of [ada, token, code, code.replace("-", "")]) assert.ok(!text.includes(secret));
  });

  async function idOfAda(account: AccountSite): Promise<string> {
    return (await account.store.members.findByAddress(ada))?.id ?? "";
  }
});
