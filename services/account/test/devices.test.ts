// Devices: what other services ask about them, how they end, and who hears of it.
import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { forEachDriver } from "@rose-ash/platform/store/test-database";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { tokenIntrospection } from "openid-client";
import { endDevicesOf } from "../device.ts";
import { createAccountKeys } from "../keys.ts";
import { eraseMember } from "../member.ts";
import type { Tables } from "../tables.ts";
import { type AccountSite, openAccount } from "./account-site.ts";
import { openBrowser } from "./browser.ts";
import { type LogoutServer, openLogoutServer, openRelyingParty, signIn } from "./relying-party.ts";

const ada = "ada@example.org";
const day = 24 * 3_600_000;

await forEachDriver<Tables>(join(import.meta.dirname, "../migrations"), (fresh) => {
  const { driver } = fresh;

  /** Ada, signed in to the blog and the shop with one browser. */
  async function openSignedIn(t: TestContext) {
    const [blogPort, shopPort] = [await openLogoutServer(t), await openLogoutServer(t)];
    const clients = { blog: blogPort.origin, shop: shopPort.origin };
    const account = await openAccount(t, fresh, { clients });
    const blog = await openRelyingParty(account, "blog", clients.blog);
    const shop = await openRelyingParty(account, "shop", clients.shop);
    const browser = openBrowser();
    const { going, arrived } = await signIn(account, browser, blog, ada);
    const tokens = await blog.redeem(going, arrived);
    const silent = await shop.go({ prompt: "none" });
    const shopTokens = await shop.redeem(silent, await browser.get(silent.url));
    const claims = tokens.claims();
    await account.deliver();
    return {
      account,
      blog,
      shop,
      blogPort,
      shopPort,
      browser,
      tokens,
      shopTokens,
      device: String(claims?.device),
      sub: claims?.sub ?? "",
    };
  }

  const stateOf = (account: AccountSite, device: string) =>
    account.answers.queries.deviceState({ device }, { caller: "blog", now: new Date() });

  /** Ends a device as another service does it: an action of the contract, in its transaction. */
  const endBy = (account: AccountSite, device: string) =>
    account.store.change((tx) =>
      account.answers.actions.endDevice(
        { device },
        { tx, caller: "blog", idempotencyKey: "1", now: new Date() },
      ),
    );

  async function readLogoutToken(account: AccountSite, { tokens }: LogoutServer, audience: string) {
    assert.equal(tokens.length, 1);
    const keys = createRemoteJWKSet(new URL(`${account.origin}/oidc/jwks`));
    return await jwtVerify(tokens[0] ?? "", keys, {
      issuer: account.origin,
      audience,
      typ: "logout+jwt",
      algorithms: ["EdDSA"],
      maxTokenAge: "2 min",
      requiredClaims: ["iss", "aud", "iat", "exp", "jti", "events"],
    });
  }

  test(`${driver}: a device says who the member is now, not who they were at the sign-in`, async (t) => {
    const { account, device, sub } = await openSignedIn(t);
    const member = { id: sub, name: "Ada", role: "member", level: null };
    assert.deepEqual(await stateOf(account, device), { kind: "active", member });
    await account.store.change(async (tx) => {
      await account.store.members.setRole(tx, sub, "editor");
      await account.store.members.setLevel(tx, sub, "supporter");
      await account.store.members.rename(tx, sub, "Ada Marlowe");
    });
    const now = { id: sub, name: "Ada Marlowe", role: "editor", level: "supporter" };
    assert.deepEqual(await stateOf(account, device), { kind: "active", member: now });
    assert.deepEqual(await stateOf(account, "no such device"), { kind: "ended" });
  });

  test(`${driver}: a device that ends takes sessions, grants and tokens along, once`, async (t) => {
    const { account, blog, shop, browser, tokens, shopTokens, device } = await openSignedIn(t);
    const waiting = await blog.go({ prompt: "none" });
    const code = await browser.get(waiting.url);
    assert.equal((await tokenIntrospection(blog.configuration, tokens.access_token)).active, true);
    assert.deepEqual(await endBy(account, device), { kind: "ended" });
    assert.deepEqual(await endBy(account, device), { kind: "ended" });
    assert.deepEqual(await endBy(account, "no such device"), { kind: "ended" });
    assert.deepEqual(await stateOf(account, device), { kind: "ended" });
    assert.deepEqual(await tokenIntrospection(blog.configuration, tokens.access_token), { active: false });
    assert.deepEqual(await tokenIntrospection(shop.configuration, shopTokens.access_token), {
      active: false,
    });
    await assert.rejects(blog.redeem(waiting, code), /invalid_grant|response body/);
    const silent = await blog.go({ prompt: "none" });
    assert.match(String((await browser.get(silent.url)).headers.location), /login_required/);
    const ended = (await account.facts()).filter(({ name }) => name === "device-ended");
    assert.deepEqual(
      ended.map(({ data }) => data.device),
      [device],
    );
  });

  test(`${driver}: a session that a request under way writes back after the end is nobody's`, async (t) => {
    const { account, blog, browser, device } = await openSignedIn(t);
    const { query } = account.database;
    const rows = await query.selectFrom("oidc_record").selectAll().where("kind", "=", "Session").execute();
    assert.equal(rows.length, 1);
    await endBy(account, device);
    await query.insertInto("oidc_record").values(rows).execute();
    const silent = await blog.go({ prompt: "none" });
    assert.match(String((await browser.get(silent.url)).headers.location), /login_required/);
    const { going, arrived } = await signIn(account, browser, blog, ada);
    assert.notEqual((await blog.redeem(going, arrived)).claims()?.device, device);
  });

  test(`${driver}: the next sign-in of the same browser is another device`, async (t) => {
    const { account, blog, browser, device } = await openSignedIn(t);
    await endBy(account, device);
    const { going, arrived } = await signIn(account, browser, blog, ada);
    const next = String((await blog.redeem(going, arrived)).claims()?.device);
    assert.notEqual(next, device);
    assert.deepEqual(await stateOf(account, device), { kind: "ended" });
  });

  test(`${driver}: a device id opens nothing: not as a cookie, a code, a token or a link`, async (t) => {
    const { account, blog, device } = await openSignedIn(t);
    const thief = openBrowser();
    for (const { name, path } of [
      { name: "rose-ash-account-session", path: "/" },
      { name: "rose-ash-account-session.sig", path: "/" },
      { name: "rose-ash-account-browser", path: "/" },
    ]) {
      thief.plant({ name, value: device, path, attributes: "" });
    }
    const silent = await blog.go({ prompt: "none" });
    assert.match(String((await thief.get(silent.url)).headers.location), /login_required/);
    assert.deepEqual(await tokenIntrospection(blog.configuration, device), { active: false });
    assert.equal((await thief.get(`${account.origin}/sign-in/link/${device}/`)).status, 410);
  });

  test(`${driver}: every client of a device is told by a signed token that names it`, async (t) => {
    const { account, blogPort, shopPort, device, sub } = await openSignedIn(t);
    await endBy(account, device);
    assert.deepEqual(await account.deliver(), []);
    const jtis = new Set<string>();
    for (const [port, name] of [
      [blogPort, "blog"],
      [shopPort, "shop"],
    ] as const) {
      const { payload } = await readLogoutToken(account, port, name);
      assert.equal(payload.sub, sub);
      assert.equal(payload.sid, device);
      assert.deepEqual(payload.events, { "http://schemas.openid.net/event/backchannel-logout": {} });
      assert.equal(payload.nonce, undefined);
      jtis.add(payload.jti ?? "");
    }
    assert.equal(jtis.size, 2);
  });

  test(`${driver}: a client that cannot be reached is told again; one that refuses is not`, async (t) => {
    const { account, blogPort, shopPort, device } = await openSignedIn(t);
    await endBy(account, device);
    blogPort.status = null;
    shopPort.status = 400;
    const failures = await account.deliver();
    assert.equal(failures.length, 1);
    assert.match(failures[0] ?? "", /blog will be told again/);
    assert.doesNotMatch(failures[0] ?? "", /shop/);
    blogPort.status = 503;
    assert.equal((await account.deliver()).length, 1);
    blogPort.status = 200;
    blogPort.tokens.length = 0;
    assert.deepEqual(await account.deliver(), []);
    await readLogoutToken(account, blogPort, "blog");
    shopPort.status = 302;
    assert.deepEqual(await account.deliver(), []);
  });

  test(`${driver}: signing out at a service asks, ends the device and leads back`, async (t) => {
    const { account, blog, blogPort, shopPort, browser, tokens, device } = await openSignedIn(t);
    const page = await browser.get(blog.logoutUrl(tokens.id_token ?? ""));
    assert.equal(page.status, 200);
    assert.equal((await stateOf(account, device)).kind, "active");
    const done = await browser.submit(page);
    assert.equal(done.headers.location, `${blog.origin}/?state=back`);
    assert.deepEqual(await stateOf(account, device), { kind: "ended" });
    assert.deepEqual([blogPort.tokens.length, shopPort.tokens.length], [0, 0]);
    assert.deepEqual(await account.deliver(), []);
    await readLogoutToken(account, blogPort, "blog");
    await readLogoutToken(account, shopPort, "shop");
    const silent = await blog.go({ prompt: "none" });
    assert.match(String((await browser.get(silent.url)).headers.location), /login_required/);
  });

  test(`${driver}: another site cannot sign anybody out, nor lead them astray by it`, async (t) => {
    const { account, browser, tokens, device } = await openSignedIn(t);
    const hint = tokens.id_token ?? "";
    const stray = new URLSearchParams({
      id_token_hint: hint,
      post_logout_redirect_uri: "https://evil.example.org/",
    });
    assert.equal((await browser.get(`${account.origin}/oidc/session/end?${stray}`)).status, 400);
    await browser.get(
      `${account.origin}/oidc/session/end?post_logout_redirect_uri=https://evil.example.org/`,
    );
    const forged = { xsrf: "guess", logout: "yes" };
    assert.equal((await browser.post(`${account.origin}/oidc/session/end/confirm`, forged)).status, 400);
    assert.equal((await stateOf(account, device)).kind, "active");
  });

  test(`${driver}: signing out everywhere ends every device but the one it is done from`, async (t) => {
    const { account, blog, device, sub } = await openSignedIn(t);
    const other = await signIn(account, openBrowser(), blog, ada);
    const second = String((await blog.redeem(other.going, other.arrived)).claims()?.device);
    const [, current] = await account.store.devices.listOf(sub);
    const keys = createAccountKeys(account.parts.secrets);
    const ended = await account.store.change((tx) =>
      endDevicesOf(account.parts, keys, tx, sub, { requestId: "r", except: current?.idHash ?? "" }),
    );
    assert.equal(ended, 1);
    const kinds = [(await stateOf(account, device)).kind, (await stateOf(account, second)).kind];
    assert.deepEqual(kinds.sort(), ["active", "ended"]);
  });

  test(`${driver}: a device that nobody saw for thirty days has ended, one in use lasts half a year`, async (t) => {
    const { account, blog, browser, device } = await openSignedIn(t);
    const start = Date.now();
    for (let days = 29; days < 180; days += 29) {
      account.time = new Date(start + days * day);
      assert.equal((await stateOf(account, device)).kind, "active", `${days} days`);
    }
    account.time = new Date(start + 181 * day);
    assert.equal((await stateOf(account, device)).kind, "ended");
    const silent = await blog.go({ prompt: "none" });
    assert.match(String((await browser.get(silent.url)).headers.location), /login_required/);

    account.time = null;
    const { going, arrived } = await signIn(account, openBrowser(), blog, ada);
    const idle = String((await blog.redeem(going, arrived)).claims()?.device);
    account.time = new Date(start + 31 * day);
    assert.equal((await stateOf(account, idle)).kind, "ended");
  });

  test(`${driver}: an erased member is signed out of everything, and nothing of them is found`, async (t) => {
    const { account, blog, browser, tokens, device, sub, blogPort } = await openSignedIn(t);
    const keys = createAccountKeys(account.parts.secrets);
    for (let times = 0; times < 2; times += 1) {
      await account.store.change((tx) => eraseMember(account.parts, keys, tx, sub));
    }
    assert.deepEqual(await stateOf(account, device), { kind: "ended" });
    assert.deepEqual(await tokenIntrospection(blog.configuration, tokens.access_token), { active: false });
    assert.deepEqual(
      await account.answers.queries.memberNames({ ids: [sub] }, { caller: "blog", now: new Date() }),
      [],
    );
    assert.equal(await account.store.members.findByAddress(ada), null);
    assert.deepEqual(await account.deliver(), []);
    await readLogoutToken(account, blogPort, "blog");
    const again = await signIn(account, browser, blog, ada);
    assert.notEqual((await blog.redeem(again.going, again.arrived)).claims()?.sub, sub);
  });
});
