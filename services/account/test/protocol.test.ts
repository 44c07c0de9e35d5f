// The OpenID Connect server as an attacker of the protocol meets it: addresses that are almost right, codes used
// twice or by somebody else, proofs that are missing, tokens of others, and a stolen database.
import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { forEachDriver } from "@rose-ash/platform/store/test-database";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { sql } from "kysely";
import { tokenIntrospection, tokenRevocation } from "openid-client";
import type { Tables } from "../tables.ts";
import { type AccountSite, clientSecret, openAccount } from "./account-site.ts";
import { type Browser, openBrowser } from "./browser.ts";
import { openRelyingParty, type RelyingParty, signIn } from "./relying-party.ts";

const blogOrigin = "http://localhost:8001";
const shopOrigin = "http://localhost:8002";
const ada = "ada@example.org";

await forEachDriver<Tables>(join(import.meta.dirname, "../migrations"), (fresh) => {
  const { driver } = fresh;

  /** Ada, signed in to the blog, and the shop as a second client. */
  async function openSignedIn(t: TestContext) {
    const account = await openAccount(t, fresh, { clients: { blog: blogOrigin, shop: shopOrigin } });
    const blog = await openRelyingParty(account, "blog", blogOrigin);
    const shop = await openRelyingParty(account, "shop", shopOrigin);
    const browser = openBrowser();
    const first = await signIn(account, browser, blog, ada);
    return { account, blog, shop, browser, first };
  }

  /** A fresh code for the blog, by a silent sign-in. */
  async function freshCode(browser: Browser, blog: RelyingParty) {
    const going = await blog.go({ prompt: "none" });
    const arrived = await browser.get(going.url);
    const code = new URL(String(arrived.headers.location)).searchParams.get("code") ?? "";
    return { going, arrived, code };
  }

  async function askForTokens(
    account: AccountSite,
    client: string,
    fields: Record<string, string>,
  ): Promise<{ status: number; body: Record<string, unknown> }> {
    const credentials = Buffer.from(`${client}:${clientSecret(client)}`).toString("base64");
    const response = await fetch(`${account.origin}/oidc/token`, {
      method: "POST",
      headers: { authorization: `Basic ${credentials}`, "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ grant_type: "authorization_code", ...fields }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }; // JSON, always
  }

  const callback = `${blogOrigin}/auth/callback`;

  test(`${driver}: a redirect address that is not exactly the registered one is refused without a redirect`, async (t) => {
    const { account, blog, browser } = await openSignedIn(t);
    const almost = [
      `${callback}/`,
      `${callback}/..`,
      `${callback}?next=/`,
      `${callback}#`,
      callback.toUpperCase(),
      "http://localhost:8002/auth/callback",
      "http://localhost/auth/callback",
      "https://localhost:8001/auth/callback",
      "http://ada@localhost:8001/auth/callback",
      "http://localhost:8001@evil.example.org/auth/callback",
      "http://127.0.0.1:8001/auth/callback",
      "//localhost:8001/auth/callback",
      "javascript:alert(1)",
      `${blogOrigin}/auth/%63allback`,
    ];
    for (const redirect_uri of almost) {
      const { url } = await blog.go({ redirect_uri });
      const answered = await browser.get(url);
      assert.equal(answered.status, 400, redirect_uri);
      assert.equal(answered.headers.location, undefined, redirect_uri);
    }
    const { url } = await blog.go();
    const without = new URL(url);
    without.searchParams.delete("redirect_uri");
    assert.equal((await browser.get(without.href)).status, 400);
    assert.equal((await browser.get(`${url}&redirect_uri=${encodeURIComponent(callback)}`)).status, 400);
    assert.deepEqual(account.complaints, []);
  });

  test(`${driver}: whatever is asked for, only codes with S256 are given, and only by query`, async (t) => {
    const { blog, browser } = await openSignedIn(t);
    const errorOf = async (change: (parameters: URLSearchParams) => void) => {
      const url = new URL((await blog.go()).url);
      change(url.searchParams);
      const { headers, text } = await browser.get(url.href);
      if (headers.location === undefined) return text;
      const location = String(headers.location);
      assert.ok(!location.includes("code="), location);
      return new URL(location.replace("#", "?")).searchParams.get("error");
    };
    assert.equal(await errorOf((p) => p.delete("code_challenge")), "invalid_request");
    assert.equal(await errorOf((p) => p.set("code_challenge_method", "plain")), "invalid_request");
    assert.equal(
      await errorOf((p) => ["code_challenge", "code_challenge_method"].map((name) => p.delete(name))),
      "invalid_request",
    );
    for (const type of ["token", "id_token", "code id_token", "none", "code token"]) {
      const error = (await errorOf((p) => p.set("response_type", type))) ?? "";
      assert.ok(["unsupported_response_type", "invalid_request"].includes(error), `${type}: ${error}`);
    }
    for (const mode of ["form_post", "fragment", "web_message", "jwt"]) {
      const text = (await errorOf((p) => p.set("response_mode", mode))) ?? "";
      assert.match(text, /response_mode is not one of this server/);
      assert.doesNotMatch(text, /<script/);
    }
    assert.equal(await errorOf((p) => p.set("request", "e30.e30.")), "request_not_supported");
  });

  test(`${driver}: a code is redeemed by its client, with its verifier and its address, or not at all`, async (t) => {
    const { account, blog, browser } = await openSignedIn(t);
    const { going, code } = await freshCode(browser, blog);
    const right = { code, redirect_uri: callback, code_verifier: going.verifier };
    const other = "x".repeat(43);
    const wrong: [string, Record<string, string>][] = [
      ["shop", right],
      ["shop", { ...right, redirect_uri: `${shopOrigin}/auth/callback` }],
      ["blog", { ...right, code_verifier: other }],
      ["blog", { code, redirect_uri: callback }],
      ["blog", { code, code_verifier: going.verifier }],
      ["blog", { ...right, redirect_uri: `${callback}/` }],
      ["blog", { ...right, code: `${code}x` }],
      ["blog", { ...right, grant_type: "refresh_token", refresh_token: code }],
      ["blog", { ...right, grant_type: "client_credentials" }],
    ];
    for (const [client, fields] of wrong) {
      const { status, body } = await askForTokens(account, client, fields);
      assert.equal(status, 400, JSON.stringify(body));
      assert.equal(body.access_token, undefined);
    }
    assert.equal((await askForTokens(account, "blog", right)).status, 200);
  });

  test(`${driver}: the token endpoint knows no client without its own secret`, async (t) => {
    const { account, blog, browser } = await openSignedIn(t);
    const { going, code } = await freshCode(browser, blog);
    const body = {
      grant_type: "authorization_code",
      code,
      redirect_uri: callback,
      code_verifier: going.verifier,
    };
    const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString("base64")}` });
    const attempts: [Record<string, string>, Record<string, string>][] = [
      [{}, { client_id: "blog" }],
      [{}, { client_id: "blog", client_secret: clientSecret("blog") }],
      [basic(`blog:${clientSecret("shop")}`), {}],
      [basic("blog:"), {}],
      [basic("nobody:nothing"), {}],
    ];
    for (const [headers, fields] of attempts) {
      const form = new URLSearchParams({ ...body, ...fields });
      const response = await fetch(`${account.origin}/oidc/token`, { method: "POST", headers, body: form });
      assert.ok(response.status === 401 || response.status === 400, String(response.status));
    }
    assert.ok(
      (
        await blog.redeem(going, {
          url: "",
          status: 303,
          text: "",
          headers: {
            location: `${callback}?code=${code}&state=${going.state}&iss=${encodeURIComponent(account.origin)}`,
          },
        })
      ).access_token,
    );
  });

  test(`${driver}: a code that is used again takes back everything that came of it`, async (t) => {
    const { account, blog, browser } = await openSignedIn(t);
    const { going, arrived, code } = await freshCode(browser, blog);
    const tokens = await blog.redeem(going, arrived);
    assert.equal((await tokenIntrospection(blog.configuration, tokens.access_token)).active, true);
    const again = { code, redirect_uri: callback, code_verifier: going.verifier };
    const { status, body } = await askForTokens(account, "blog", again);
    assert.equal(status, 400);
    assert.equal(body.error, "invalid_grant");
    assert.deepEqual(await tokenIntrospection(blog.configuration, tokens.access_token), { active: false });
  });

  test(`${driver}: of ten who redeem one code at once at most one is served, and nothing of it lasts`, async (t) => {
    const { account, blog, browser } = await openSignedIn(t);
    const { going, code } = await freshCode(browser, blog);
    const fields = { code, redirect_uri: callback, code_verifier: going.verifier };
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => askForTokens(account, "blog", fields)),
    );
    const served = answers.filter(({ status }) => status === 200);
    assert.ok(served.length <= 1);
    for (const { body } of served) {
      assert.deepEqual(await tokenIntrospection(blog.configuration, String(body.access_token)), {
        active: false,
      });
    }
    // Nobody is locked out by it: the next sign-in goes through.
    const next = await freshCode(browser, blog);
    assert.ok((await blog.redeem(next.going, next.arrived)).access_token);
  });

  test(`${driver}: a code is worth nothing after a minute, a token after ten`, async (t) => {
    const { account, blog, browser, first } = await openSignedIn(t);
    const tokens = await blog.redeem(first.going, first.arrived);
    const { going, code } = await freshCode(browser, blog);
    account.time = new Date(Date.now() + 61_000);
    const late = { code, redirect_uri: callback, code_verifier: going.verifier };
    assert.equal((await askForTokens(account, "blog", late)).body.error, "invalid_grant");
    account.time = new Date(Date.now() + 601_000);
    assert.deepEqual(await tokenIntrospection(blog.configuration, tokens.access_token), { active: false });
  });

  test(`${driver}: two tabs that sign in to two services, or twice to one, at the same moment both get there`, async (t) => {
    const { blog, shop, browser } = await openSignedIn(t);
    const goings = await Promise.all([blog, shop, shop, blog].map((party) => party.go({ prompt: "none" })));
    const arrivals = await Promise.all(goings.map(({ url }) => browser.get(url)));
    const parties = [blog, shop, shop, blog];
    for (const [at, party] of parties.entries()) {
      assert.ok((await party.redeem(goings[at]!, arrivals[at]!)).access_token);
    }
  });

  test(`${driver}: a client learns nothing of another's token, and cannot take it back`, async (t) => {
    const { account, blog, shop, first } = await openSignedIn(t);
    const { access_token: token } = await blog.redeem(first.going, first.arrived);
    assert.deepEqual(await tokenIntrospection(shop.configuration, token), { active: false });
    assert.deepEqual(await tokenIntrospection(shop.configuration, "nothing"), { active: false });
    await tokenRevocation(shop.configuration, token);
    const known = await tokenIntrospection(blog.configuration, token);
    assert.equal(known.active, true);
    assert.equal(known.client_id, "blog");
    await tokenRevocation(blog.configuration, "nothing");
    await tokenRevocation(blog.configuration, token);
    assert.deepEqual(await tokenIntrospection(blog.configuration, token), { active: false });
    const anonymous = await fetch(`${account.origin}/oidc/token/introspection`, {
      method: "POST",
      body: new URLSearchParams({ token }),
    });
    assert.ok(anonymous.status === 400 || anonymous.status === 401);
  });

  test(`${driver}: an ID token is signed by the published key, for one client, for minutes`, async (t) => {
    const { account, blog, first } = await openSignedIn(t);
    const { id_token: idToken = "" } = await blog.redeem(first.going, first.arrived);
    const keys = createRemoteJWKSet(new URL(`${account.origin}/oidc/jwks`));
    const { payload, protectedHeader } = await jwtVerify(idToken, keys, {
      issuer: account.origin,
      audience: "blog",
      algorithms: ["EdDSA"],
    });
    assert.equal(protectedHeader.alg, "EdDSA");
    assert.ok((payload.exp ?? 0) - (payload.iat ?? 0) <= 300);
    assert.ok(!idToken.includes(Buffer.from(ada).toString("base64url")));
    const published = (await (await fetch(`${account.origin}/oidc/jwks`)).json()) as { keys: object[] }; // a key set
    for (const key of published.keys) assert.ok(!("d" in key));
  });

  test(`${driver}: discovery names the configured origin, whatever the headers claim`, async (t) => {
    const { account } = await openSignedIn(t);
    const spoofed = {
      host: "evil.example.org",
      "x-forwarded-host": "evil.example.org",
      "x-forwarded-proto": "https",
    };
    const address = `${account.origin}/.well-known/openid-configuration`;
    const { text } = await openBrowser().get(address, { ...spoofed, accept: "application/json" });
    const found = JSON.parse(text) as Record<string, string>; // checked below
    assert.equal(found.issuer, account.origin);
    assert.equal(found.token_endpoint, `${account.origin}/oidc/token`);
    assert.ok(!text.includes("evil"));
    assert.deepEqual(found.code_challenge_methods_supported, ["S256"]);
    assert.deepEqual(found.response_types_supported, ["code"]);
    assert.deepEqual(found.grant_types_supported, ["authorization_code"]);
  });

  test(`${driver}: a refusal prints nothing of the request as markup`, async (t) => {
    const { account } = await openSignedIn(t);
    const markup = "<script>alert(1)</script>";
    const queries = [
      { client_id: markup },
      { client_id: "blog", redirect_uri: markup, response_type: markup, scope: markup, state: markup },
      { client_id: "blog", redirect_uri: callback, response_type: markup },
    ];
    for (const query of queries) {
      const { text } = await openBrowser().get(`${account.origin}/oidc/auth?${new URLSearchParams(query)}`);
      assert.ok(!text.includes("<script"), text);
    }
    const { text } = await openBrowser().get(`${account.origin}/oidc/session/end?id_token_hint=${markup}`);
    assert.ok(!text.includes("<script>alert"));
  });

  test(`${driver}: a stolen database holds no id, code or token that opens anything`, async (t) => {
    const { account, blog, browser, first } = await openSignedIn(t);
    const tokens = await blog.redeem(first.going, first.arrived);
    const { code, going } = await freshCode(browser, blog);
    await browser.follow(await browser.get((await blog.go({ prompt: "login" })).url)); // a sign-in under way
    const device = String(tokens.claims()?.device);
    const secrets = [
      ...browser.cookies.map(({ value }) => value),
      code,
      tokens.access_token,
      device,
      going.nonce,
      clientSecret("blog"),
    ];
    const { rows } = await sql<{ name: string }>`
      select table_name as name from information_schema.tables
      where table_schema = 'public' and table_name not like 'test%'`.execute(account.database.query);
    const dump: string[] = [];
    for (const { name } of rows) {
      const content = await sql`select * from ${sql.table(name)}`.execute(account.database.query);
      for (const row of content.rows as Record<string, unknown>[]) {
        for (const value of Object.values(row)) {
          dump.push(
            value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : JSON.stringify(value),
          );
        }
      }
    }
    assert.ok(dump.length > 50);
    const text = dump.join("\n");
    for (const secret of secrets) assert.ok(!text.includes(secret), secret);
  });
});
