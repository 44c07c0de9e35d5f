// Attacks on a sign-in from beside it: cookies that a sibling host plants, sessions fixed before the sign-in, forms
// of other sites, results handed to the wrong browser, and what the cookies themselves promise.
import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { forEachDriver } from "@rose-ash/platform/store/test-database";
import type { Tables } from "../tables.ts";
import { openAccount } from "./account-site.ts";
import { formsOf, openBrowser } from "./browser.ts";
import { askForLetter, letterTo, openRelyingParty, signIn } from "./relying-party.ts";

const blogOrigin = "http://localhost:8001";
const ada = "ada@example.org";
const eve = "eve@example.org";

await forEachDriver<Tables>(join(import.meta.dirname, "../migrations"), (fresh) => {
  const { driver } = fresh;

  async function open(t: TestContext) {
    const account = await openAccount(t, fresh, { clients: { blog: blogOrigin } });
    return { account, blog: await openRelyingParty(account, "blog", blogOrigin) };
  }

  test(`${driver}: a sign-in that is planted in the victim's browser cannot be finished there`, async (t) => {
    const { account, blog } = await open(t);
    const [attacker, victim] = [openBrowser(), openBrowser()];
    const page = await attacker.follow(await attacker.get((await blog.go()).url));
    // A sibling host can set the cookies that have a path, but not the one that is bound to this host.
    for (const cookie of attacker.cookies) {
      if (/-(interaction|resume)(\.sig)?$/.test(cookie.name)) victim.plant(cookie);
    }
    assert.equal((await victim.get(page.url)).status, 410);
    await victim.get((await blog.go()).url); // and so it is when the victim has a cookie of their own
    assert.equal((await victim.get(page.url)).status, 410);
    const posted = await victim.post(page.url, { address: ada });
    assert.equal(posted.status, 410);
    await account.deliver();
    assert.equal(account.mails.length, 0);
  });

  test(`${driver}: a finished sign-in is handed out to no browser but its own`, async (t) => {
    const { account, blog } = await open(t);
    const [attacker, victim] = [openBrowser(), openBrowser()];
    const sent = await askForLetter(account, attacker, await blog.go(), eve);
    const named = await attacker.submit(sent, { code: letterTo(account, eve).code }, "/code/");
    const finished = await attacker.submit(named, { name: "" });
    const resume = new URL(String(finished.headers.location), account.origin);
    await victim.get((await blog.go()).url);
    const own = victim.cookies.filter(({ name }) => name.includes("-browser"));
    const planted = attacker.cookies.filter(({ name }) => /-(interaction|resume)(\.sig)?$/.test(name));
    const cookie = [...own, ...planted].map(({ name, value }) => `${name}=${value}`).join("; ");
    // However the address is spelled that the library would answer.
    for (const path of [
      resume.pathname,
      resume.pathname.replace("/oidc/auth", "/oidc/Auth"),
      `${resume.pathname}/`,
    ]) {
      const answered = await victim.get(`${account.origin}${path}`, { cookie });
      assert.equal(answered.status, 400, path);
      assert.equal(answered.headers.location, undefined);
    }
    const silent = await blog.go({ prompt: "none" });
    assert.match(String((await victim.get(silent.url)).headers.location), /login_required/);
    const arrived = await attacker.follow(finished);
    assert.match(String(arrived.headers.location), /code=/);
  });

  test(`${driver}: a session id from before the sign-in is worth nothing after it`, async (t) => {
    const { account, blog } = await open(t);
    const [attacker, victim] = [openBrowser(), openBrowser()];
    // An anonymous session: the question before signing out makes one.
    await attacker.get(`${account.origin}/oidc/session/end`);
    const fixed = attacker.cookies.filter(({ name }) => name.startsWith("rose-ash-account-session"));
    assert.ok(fixed.length >= 2);
    for (const cookie of fixed) victim.plant(cookie);
    const { going, arrived } = await signIn(account, victim, blog, ada);
    assert.ok((await blog.redeem(going, arrived)).access_token);
    const after = victim.cookies.find(({ name }) => name === "rose-ash-account-session");
    assert.notEqual(after?.value, fixed[0]?.value);
    const silent = await blog.go({ prompt: "none" });
    assert.match(String((await attacker.get(silent.url)).headers.location), /login_required/);
  });

  test(`${driver}: a cookie that was not signed here, or whose value was changed, is nobody's`, async (t) => {
    const { account, blog } = await open(t);
    const victim = openBrowser();
    await signIn(account, victim, blog, ada);
    const cookies = victim.cookies.filter(({ name }) => name.startsWith("rose-ash-account-session"));
    const tries: ((cookie: { name: string; value: string }) => string | null)[] = [
      ({ name, value }) => (name.endsWith(".sig") ? null : value),
      ({ name, value }) =>
        name.endsWith(".sig") ? value.replace(/^./, (first) => (first === "A" ? "B" : "A")) : value,
    ];
    for (const change of tries) {
      const thief = openBrowser();
      for (const cookie of cookies) {
        const value = change(cookie);
        if (value !== null) thief.plant({ ...cookie, value });
      }
      const silent = await blog.go({ prompt: "none" });
      assert.match(String((await thief.get(silent.url)).headers.location), /login_required/);
    }
  });

  test(`${driver}: the form that signs a browser in afresh is taken from our own pages only`, async (t) => {
    const { account, blog } = await open(t);
    await askForLetter(account, openBrowser(), await blog.go(), eve);
    const victim = openBrowser();
    const [form] = formsOf(await victim.get(letterTo(account, eve).link));
    assert.equal(form?.url, `${account.origin}/oidc/enter`);
    const fields = form?.fields ?? {};
    const origins: Record<string, string>[] = [
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { "sec-fetch-site": "none" },
      { "sec-fetch-site": "", origin: "https://evil.example.org" },
      { "sec-fetch-site": "", origin: blogOrigin },
      { "sec-fetch-site": "", origin: "null" },
      { "sec-fetch-site": "", origin: "" },
    ];
    for (const headers of origins) {
      for (const path of ["/oidc/enter", "/oidc/ENTER", "/oidc/enter/"]) {
        const answered = await victim.post(`${account.origin}${path}`, fields, headers);
        assert.equal(answered.status, 403, JSON.stringify(headers));
      }
    }
    const query = new URLSearchParams(fields);
    assert.equal((await victim.get(`${account.origin}/oidc/enter?${query}`)).status, 405);
    assert.equal(victim.cookies.length, 0);
    const entered = await victim.post(`${account.origin}/oidc/enter`, fields);
    assert.equal(entered.headers.location, "/");
    const again = await openBrowser().post(`${account.origin}/oidc/enter`, fields);
    assert.equal(again.headers.location, "/sign-in/link-over/");
    assert.equal((await victim.get(`${account.origin}/sign-in/link-over/`)).status, 410);
  });

  test(`${driver}: an oversized or foreign body is refused where browsers are signed in`, async (t) => {
    const { account } = await open(t);
    const big = await openBrowser().post(`${account.origin}/oidc/enter`, { token: "x".repeat(10_000) });
    assert.equal(big.status, 400);
    const json = { "content-type": "application/json" };
    assert.equal(
      (await openBrowser().post(`${account.origin}/oidc/enter`, { token: "x" }, json)).status,
      400,
    );
  });

  test(`${driver}: cookies are bound to the host on https, and named after the app on a plain localhost`, async (t) => {
    const account = await openAccount(t, fresh, {
      clients: { blog: "https://blog.example.org" },
      origin: "https://account.example.org",
    });
    const query = new URLSearchParams({
      client_id: "blog",
      redirect_uri: "https://blog.example.org/auth/callback",
      response_type: "code",
      scope: "openid",
      code_challenge: "x".repeat(43),
      code_challenge_method: "S256",
    });
    const started = await openBrowser().get(`${account.origin}/oidc/auth?${query}`);
    assert.match(String(started.headers.location), /^\/sign-in\/[A-Za-z0-9_-]{43}\/$/);
    const cookies = [started.headers["set-cookie"] ?? []].flat();
    const named = (name: string) => cookies.find((line) => line.startsWith(`${name}=`))?.toLowerCase() ?? "";
    assert.match(named("__Host-rose-ash-account-browser"), /path=\/;.*samesite=lax; secure; httponly/);
    assert.match(
      named("__Secure-rose-ash-account-interaction"),
      /path=\/sign-in\/.*samesite=lax; secure; httponly/,
    );
    assert.match(
      named("__Secure-rose-ash-account-resume"),
      /path=\/oidc\/auth\/.*samesite=lax; secure; httponly/,
    );
    for (const line of cookies) {
      assert.doesNotMatch(line, /domain=/i);
      assert.match(line, /^__(?:Host|Secure)-rose-ash-account-/);
    }

    const { account: plain, blog } = await open(t);
    const browser = openBrowser();
    await signIn(plain, browser, blog, ada);
    for (const { name, attributes } of browser.cookies) {
      assert.match(name, /^rose-ash-account-/);
      assert.match(attributes, /samesite=lax/i);
      assert.match(attributes, /httponly/i);
    }
  });

  test(`${driver}: a page of a sign-in is no use with the cookies of another sign-in of the same browser`, async (t) => {
    const { account, blog } = await open(t);
    const browser = openBrowser();
    const first = await browser.follow(await browser.get((await blog.go()).url));
    const second = await browser.follow(await browser.get((await blog.go()).url));
    assert.notEqual(first.url, second.url);
    await browser.submit(first, { address: ada });
    await account.deliver();
    const { code } = letterTo(account, ada);
    const other = await browser.submit(second, { address: eve });
    assert.match((await browser.submit(other, { code }, "/code/")).text, /not the code/);
  });
});
