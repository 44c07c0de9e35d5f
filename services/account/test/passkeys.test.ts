// Passkeys through the service's doors, with an authenticator in software: adding, signing in, removing, and every
// way in which what an authenticator says must be refused.
import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { forEachDriver } from "@rose-ash/platform/store/test-database";
import type { Tables } from "../tables.ts";
import { type AccountSite, openAccount } from "./account-site.ts";
import { makePasskey, type SoftwarePasskey } from "./authenticator.ts";
import { type Browser, openBrowser } from "./browser.ts";
import { letterTo, openRelyingParty, signIn } from "./relying-party.ts";

const blogOrigin = "http://localhost:8001";
const ada = "ada@example.org";
const rpId = "localhost";

await forEachDriver<Tables>(join(import.meta.dirname, "../migrations"), (fresh) => {
  const { driver } = fresh;

  /** Ada, signed in and looking at her account, with a passkey that is not registered yet. */
  async function openMember(t: TestContext) {
    const account = await openAccount(t, fresh, { clients: { blog: blogOrigin } });
    const blog = await openRelyingParty(account, "blog", blogOrigin);
    const browser = openBrowser();
    await signIn(account, browser, blog, ada);
    const member = await account.store.members.findByAddress(ada);
    assert.ok(member);
    account.viewer = { kind: "member", ...member };
    return { account, blog, browser, member, passkey: makePasskey() };
  }

  async function ask(browser: Browser, url: string, fields: Record<string, string> = {}) {
    const { status, text } = await browser.post(url, fields);
    const body = JSON.parse(text) as { kind: string; to?: string; options?: { challenge: string } }; // our own JSON
    return { status, body, challenge: body.options?.challenge ?? "" };
  }

  async function add(account: AccountSite, browser: Browser, passkey: SoftwarePasskey): Promise<number> {
    const { challenge } = await ask(browser, `${account.origin}/passkeys/options/`);
    const credential = passkey.register({ challenge, origin: account.origin, rpId });
    return (await ask(browser, `${account.origin}/passkeys/`, { credential, name: "My key" })).status;
  }

  /** A browser at the sign-in page, with a challenge for a passkey. */
  async function challenged(account: AccountSite, blog: Awaited<ReturnType<typeof openRelyingParty>>) {
    const browser = openBrowser();
    const going = await blog.go();
    const page = await browser.follow(await browser.get(going.url));
    const { body, challenge } = await ask(browser, `${page.url}passkey/options/`);
    assert.equal(body.kind, "options");
    const send = (credential: string) => ask(browser, `${page.url}passkey/`, { credential });
    const ceremony = { challenge, origin: account.origin, rpId };
    return { browser, going, page, challenge, send, ceremony };
  }

  test(`${driver}: a passkey is added, signs in without a letter, and is removed`, async (t) => {
    const { account, blog, browser, member, passkey } = await openMember(t);
    assert.equal(await add(account, browser, passkey), 201);
    assert.match((await browser.get(`${account.origin}/passkeys/`)).text, /My key/);
    const mails = account.mails.length;

    const visitor = await challenged(account, blog);
    const { body } = await visitor.send(passkey.sign(visitor.ceremony));
    assert.equal(body.kind, "signed-in");
    const arrived = await visitor.browser.follow(await visitor.browser.get(`${account.origin}${body.to}`));
    assert.equal((await blog.redeem(visitor.going, arrived)).claims()?.sub, member.id);
    assert.equal(account.mails.length, mails);

    const page = await browser.get(`${account.origin}/passkeys/`);
    assert.match(page.text, /last used/);
    await browser.submit(page, {}, "/passkeys/remove/");
    const next = await challenged(account, blog);
    assert.equal((await next.send(passkey.sign(next.ceremony))).status, 403);
    const actions = (await account.store.audit.listOf(member.id, 20)).map(({ action }) => action);
    assert.deepEqual(
      actions.filter((action) => action.startsWith("passkey")),
      ["passkey-removed", "passkey-added"],
    );
  });

  test(`${driver}: an assertion is worth one sign-in, in the page whose challenge it answers`, async (t) => {
    const { account, blog, browser, passkey } = await openMember(t);
    await add(account, browser, passkey);
    const one = await challenged(account, blog);
    const other = await challenged(account, blog);
    assert.equal((await other.send(passkey.sign(one.ceremony))).status, 403);
    // The challenge is gone now, also for the page that it was made for.
    assert.equal((await one.send(passkey.sign(one.ceremony))).status, 403);

    const again = await challenged(account, blog);
    const assertion = passkey.sign(again.ceremony);
    assert.equal((await again.send(assertion)).status, 200);
    assert.equal((await again.send(assertion)).status, 403);
    const both = await challenged(account, blog);
    const twice = passkey.sign(both.ceremony);
    const answers = await Promise.all([both.send(twice), both.send(twice)]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 403]);
  });

  test(`${driver}: an assertion of another origin, host, key or kind, unverified or late, is refused`, async (t) => {
    const { account, blog, browser, passkey } = await openMember(t);
    await add(account, browser, passkey);
    const stranger = makePasskey();
    type Forge = (ceremony: { challenge: string; origin: string; rpId: string }) => string;
    const forgeries: Record<string, Forge> = {
      "a sibling's origin": (c) => passkey.sign({ ...c, origin: blogOrigin }),
      "another port": (c) => passkey.sign({ ...c, origin: "http://localhost:1" }),
      "a common parent as host": (c) => passkey.sign({ ...c, rpId: "example.org" }),
      "nobody verified": (c) => passkey.sign({ ...c, verified: false }),
      "a challenge of its own": (c) => passkey.sign({ ...c, challenge: "AAAA" }),
      "an unknown key": (c) => stranger.sign(c),
      "an unknown key under a known id": (c) => stranger.sign(c).replaceAll(stranger.id, passkey.id),
      "a registration": (c) => passkey.register(c),
      "no JSON": () => "{",
      nothing: () => "",
      "a list": () => "[]",
    };
    for (const [name, forge] of Object.entries(forgeries)) {
      const { send, ceremony } = await challenged(account, blog);
      const { status, body } = await send(forge(ceremony));
      assert.equal(status, 403, name);
      assert.deepEqual(body, { kind: "refused" }, name);
    }
    const late = await challenged(account, blog);
    account.time = new Date(Date.now() + 5 * 60_000 + 1000);
    assert.equal((await late.send(passkey.sign(late.ceremony))).status, 403);
    account.time = null;
    const fine = await challenged(account, blog);
    assert.equal((await fine.send(passkey.sign(fine.ceremony))).status, 200);
  });

  test(`${driver}: a counter that goes back or stands still is refused, but for keys that never count`, async (t) => {
    const { account, blog, browser, member, passkey } = await openMember(t);
    await add(account, browser, passkey);
    const statusOf = async (key: SoftwarePasskey, counter: number) => {
      const { send, ceremony } = await challenged(account, blog);
      return (await send(key.sign(ceremony, counter))).status;
    };
    assert.equal(await statusOf(passkey, 0), 200);
    assert.equal(await statusOf(passkey, 7), 200);
    assert.equal(await statusOf(passkey, 7), 403);
    assert.equal(await statusOf(passkey, 6), 403);
    assert.equal(await statusOf(passkey, 0), 403);
    assert.equal(await statusOf(passkey, 8), 200);
    const refused = (await account.store.audit.listOf(member.id, 20)).filter(
      ({ action }) => action === "passkey-refused",
    );
    assert.equal(refused.length, 3);
  });

  test(`${driver}: passkeys are added and removed only shortly after showing that it is oneself, in this browser`, async (t) => {
    const { account, browser, member, passkey } = await openMember(t);
    assert.equal(await add(account, browser, passkey), 201);
    const remove = (who: Browser) => who.post(`${account.origin}/passkeys/remove/`, { id: passkey.id });
    // A browser that has the page's session but never signed in to the account itself.
    const thief = openBrowser();
    const { status, body } = await ask(thief, `${account.origin}/passkeys/options/`);
    assert.equal(status, 401);
    assert.equal(body.kind, "sign-in-again");
    assert.equal((await remove(thief)).headers.location, "/auth/sign-in/?next=%2Fpasskeys%2F");

    const { challenge } = await ask(browser, `${account.origin}/passkeys/options/`);
    account.time = new Date(Date.now() + 11 * 60_000);
    const late = makePasskey().register({ challenge, origin: account.origin, rpId });
    assert.equal(
      (await ask(browser, `${account.origin}/passkeys/`, { credential: late, name: "" })).status,
      401,
    );
    assert.equal((await remove(browser)).headers.location, "/auth/sign-in/?next=%2Fpasskeys%2F");
    assert.equal((await account.store.passkeys.listOf(member.id)).length, 1);
  });

  test(`${driver}: who is to show that it is still them is asked once, and silent sign-ins go on meanwhile`, async (t) => {
    const { account, blog, browser, member, passkey } = await openMember(t);
    assert.equal(await add(account, browser, passkey), 201);
    const remove = () => browser.post(`${account.origin}/passkeys/remove/`, { id: passkey.id });
    account.time = new Date(Date.now() + 11 * 60_000);
    assert.match(String((await remove()).headers.location), /sign-in/);
    const silent = await blog.go({ prompt: "none" });
    assert.match(String((await browser.get(silent.url)).headers.location), /code=/);

    account.time = null; // the time of a sign-in is the library's, which knows only the real clock
    const page = await browser.follow(await browser.get((await blog.go()).url));
    assert.match(page.text, /Is it still you\?/);
    const sent = await browser.submit(page, { address: ada });
    await account.deliver();
    const arrived = await browser.follow(
      await browser.submit(sent, { code: letterTo(account, ada).code }, "/code/"),
    );
    assert.match(String(arrived.headers.location), /code=/);
    assert.equal((await remove()).headers.location, "/passkeys/");
    assert.equal((await account.store.passkeys.listOf(member.id)).length, 0);
    assert.match(String((await browser.get((await blog.go()).url)).headers.location), /code=/);
  });

  test(`${driver}: a registration that does not fit is not taken in`, async (t) => {
    const { account, blog, browser, member } = await openMember(t);
    const url = `${account.origin}/passkeys/`;
    const key = makePasskey();
    const tries = [
      { origin: blogOrigin },
      { rpId: "example.org" },
      { verified: false },
      { challenge: "AAAA" },
    ];
    for (const change of tries) {
      const { challenge } = await ask(browser, `${url}options/`);
      const credential = key.register({ challenge, origin: account.origin, rpId, ...change });
      assert.equal((await ask(browser, url, { credential, name: "x" })).status, 422, JSON.stringify(change));
    }
    // A challenge for signing in is none for registering, and one is good once.
    const visitor = await challenged(account, blog);
    const wrongKind = key.register({ ...visitor.ceremony });
    assert.equal((await ask(browser, url, { credential: wrongKind, name: "x" })).status, 422);
    const { challenge } = await ask(browser, `${url}options/`);
    const credential = key.register({ challenge, origin: account.origin, rpId });
    assert.equal((await ask(browser, url, { credential, name: "x" })).status, 201);
    assert.equal((await ask(browser, url, { credential, name: "x" })).status, 422);
    // Nor does somebody else get the same credential.
    assert.equal(await add(account, browser, key), 422);
    assert.equal((await account.store.passkeys.listOf(member.id)).length, 1);
  });
});
