// Forged requests against people who are signed in: forms of other sites, of sibling hosts and of nobody, forms
// without the session's token, looks that should change nothing, internal addresses from outside; and that no
// copy of a page with somebody in it, or of a cookie, is left where others find it.
// Every refusal has its counterpart: the same request, with the one thing that was wrong put right, goes through.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  type Browser,
  type Installation,
  type Page,
  startInstallation,
} from "../platform/app/test-installation.ts";
import { account, blog, grant, services, signIn } from "./signing-in.ts";

const endings: (() => unknown)[] = [];
let installation: Installation;
before(async () => {
  installation = await startInstallation({ after: (work) => endings.unshift(work) }, { services });
});
after(async () => {
  for (const work of endings) await work();
});

const form = { "content-type": "application/x-www-form-urlencoded" };
const ownHeaders = { ...form, origin: blog, "sec-fetch-site": "same-origin" };
const navigating = { accept: "text/html", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };

interface Reader {
  readonly browser: Browser;
  /** What the forms of their session carry, as a body. */
  readonly token: string;
}

/** Somebody who is signed in at the blog. */
async function openReader(name: string, role = "member"): Promise<Reader> {
  const browser = installation.browse();
  const address = `${name.toLowerCase()}@example.org`;
  await signIn(installation, browser, address, `${name} Example`);
  await grant(installation, address, role);
  assert.ok(await isSignedIn(browser));
  return { browser, token: await tokenOf(browser, `${blog}/auth/sign-out/`) };
}

async function tokenOf(browser: Browser, url: string): Promise<string> {
  const page = await browser.open(url);
  const token = /name="form-token" value="([^"]+)"/.exec(page.text)?.[1];
  assert.ok(token, `${url} has no form of the session: ${page.text}`);
  return new URLSearchParams({ "form-token": token }).toString();
}

async function isSignedIn(browser: Browser): Promise<boolean> {
  return (await browser.open(`${blog}/`)).text.includes(" Example</span>");
}

/** What is wrong about where a form comes from. */
const strangers: [string, Record<string, string>][] = [
  ["of another site", { origin: "https://evil.example.net", "sec-fetch-site": "cross-site" }],
  ["of another site that claims to be ours", { origin: blog, "sec-fetch-site": "cross-site" }],
  ["of a sibling host", { origin: account, "sec-fetch-site": "same-site" }],
  ["of a sibling host, from an old browser", { origin: "https://evil.example.org" }],
  ["of the same host on http", { origin: "http://blog.example.org" }],
  ["of the same host on another port", { origin: "https://blog.example.org:8443" }],
  ["of an opaque origin", { origin: "null" }],
  ["of an opaque origin of another site", { origin: "null", "sec-fetch-site": "cross-site" }],
  ["of nobody", {}],
  ["of nobody but a referrer", { referer: `${blog}/` }],
  ["of an unknown relation", { origin: blog, "sec-fetch-site": "friend" }],
];

test("a form that does not come from our own pages signs nobody out, even with the right token", async () => {
  const { browser, token } = await openReader("Ann");
  const url = `${blog}/auth/sign-out/`;
  for (const [what, headers] of strangers) {
    assert.equal((await browser.send("POST", url, { ...form, ...headers }, token)).status, 403, what);
  }
  assert.ok(await isSignedIn(browser));
  assert.equal((await browser.send("POST", url, { ...form, origin: blog }, token)).status, 303);
  assert.ok(!(await isSignedIn(browser)), "the Origin alone is enough for an old browser");
});

test("a form of our own pages without the token of this very session signs nobody out", async () => {
  const { browser, token } = await openReader("Ben");
  const { token: other } = await openReader("Eve");
  const elsewhere = await tokenOf(browser, `${account}/auth/sign-out/`);
  const spoiled = token.replace(/.$/, (last) => (last === "A" ? "B" : "A"));
  const bodies: [string, string][] = [
    ["none", ""],
    ["an empty one", "form-token="],
    ["a guess", "form-token=guess"],
    ["one that was changed", spoiled],
    ["somebody else's", other],
    ["the one of another service", elsewhere],
    ["one by another name", token.replace("form-token", "csrf")],
    ["a wrong one before the right one", `form-token=guess&${token}`],
  ];
  const url = `${blog}/auth/sign-out/`;
  for (const [what, body] of bodies) {
    assert.equal((await browser.send("POST", url, ownHeaders, body)).status, 403, what);
    assert.equal(
      (await browser.send("POST", `${url}?${token}`, ownHeaders, body)).status,
      403,
      `${what}, and the address`,
    );
  }
  assert.ok(await isSignedIn(browser));
  assert.equal((await browser.send("POST", url, ownHeaders, token)).status, 303);
  assert.ok(!(await isSignedIn(browser)));
});

test("every form of the desk and of the account asks for the same", async () => {
  const { browser, token } = await openReader("Edith", "editor");
  const atAccount = await tokenOf(browser, `${account}/auth/sign-out/`);
  for (const [url, origin, right] of [
    [`${blog}/like/`, blog, token],
    [`${blog}/admin/posts/new/`, blog, token],
    [`${blog}/admin/deleted/`, blog, token],
    [`${blog}/no-such-post/`, blog, token],
    [`${account}/passkeys/remove/`, account, atAccount],
    [`${account}/auth/sign-out/`, account, atAccount],
  ] as const) {
    const own = { ...form, origin, "sec-fetch-site": "same-origin" };
    assert.equal((await browser.send("POST", url, own, "")).status, 403, `${url} without a token`);
    for (const [what, headers] of strangers.slice(0, 3)) {
      assert.equal(
        (await browser.send("POST", url, { ...form, ...headers }, right)).status,
        403,
        `${url} ${what}`,
      );
    }
    assert.notEqual((await browser.send("POST", url, own, right)).status, 403, `${url} as it should be`);
  }
});

test("a form that signs in is not taken from elsewhere either", async () => {
  const browser = installation.browse();
  const asking = await browser.open(`${account}/`);
  assert.match(asking.url, /\/sign-in\//);
  const letters = (await installation.letters()).length;
  for (const [what, headers] of strangers) {
    if (headers.origin === account) continue; // which is where this form belongs
    const given = { ...form, ...headers };
    const answer = await browser.send("POST", asking.url, given, "address=mallory%40example.org");
    assert.equal(answer.status, 403, what);
  }
  const waiting = await browser.submit(asking, new URL(asking.url).pathname, {
    address: "mallory@example.org",
  });
  assert.equal(waiting.status, 200);
  while ((await installation.letters()).length === letters) await new Promise((done) => setTimeout(done, 20));
  assert.equal((await installation.letters()).length, letters + 1, "one letter, for the one right form");
});

test("looking at an address changes nothing, by whatever method", async () => {
  const { browser, token } = await openReader("Cleo");
  for (const method of ["GET", "HEAD"]) {
    for (const path of ["/auth/sign-out/", `/auth/sign-out/?${token}`, "/auth/sign-out/?logout=yes"]) {
      const answer = await browser.send(method, `${blog}${path}`, navigating);
      assert.equal(answer.status, 200, `${method} ${path}`);
      assert.deepEqual(setCookies(answer), []);
    }
    const hooks = await browser.send(method, `${blog}/auth/back-channel-logout?logout_token=x`);
    assert.equal(hooks.status, 404);
    assert.equal((await browser.send(method, `${blog}/like/?object=/&do=like`)).status, 404);
  }
  for (const method of ["PUT", "DELETE", "PATCH", "OPTIONS"]) {
    assert.ok((await browser.send(method, `${blog}/auth/sign-out/`, ownHeaders)).status >= 400, method);
  }
  assert.ok(await isSignedIn(browser));
});

test("the address for logout tokens believes tokens alone, not whoever brings them", async () => {
  const { browser, token } = await openReader("Dev");
  const url = `${blog}/auth/back-channel-logout`;
  for (const body of ["", token, "logout_token=", "logout_token=x.y.z", `${token}&logout_token=x`]) {
    const answer = await browser.send("POST", url, ownHeaders, body);
    assert.equal(answer.status, 400, body);
    assert.equal(answer.headers["cache-control"], "no-store");
    const strange = { ...form, origin: "https://evil.example.net", "sec-fetch-site": "cross-site" };
    assert.equal((await browser.send("POST", url, strange, body)).status, 400, body);
  }
  const json = await browser.send("POST", url, { "content-type": "application/json" }, "{}");
  assert.equal(json.status, 415);
  assert.ok(await isSignedIn(browser));
});

test("from outside there is nothing at internal addresses, in whatever spelling", async () => {
  const browser = installation.browse();
  const signed = {
    "signature-input":
      'sig=("@method" "@authority" "@target-uri");created=1;keyid="blog>likes:1";tag="rose-internal-v1"',
    signature: "sig=:AAAA:",
    "idempotency-key": "1",
  };
  for (const origin of [blog, account, "https://likes.example.org", "https://relations.example.org"]) {
    for (const path of [
      "/internal",
      "/internal/",
      "/internal/data/device-state?params=%7B%22device%22%3A%22pulse%22%7D",
      "/internal/actions/end-device",
      "/internal/inbox",
      "/internal/fragments/account-menu",
      "/INTERNAL/data/device-state",
      "/Internal/inbox",
      "/internal%2Fdata%2Fdevice-state",
      "/%69nternal/data/device-state",
      "/internal;a=b/data",
    ]) {
      for (const headers of [{}, signed]) {
        assert.equal((await browser.send("GET", origin + path, headers)).status, 404, `${origin}${path}`);
        const posted = await browser.send(
          "POST",
          origin + path,
          { ...form, origin, "sec-fetch-site": "same-origin", ...headers },
          "",
        );
        assert.equal(posted.status, 404, `${origin}${path}`);
      }
    }
    const twice = await browser.send("GET", `${origin}//internal/inbox`);
    assert.equal(twice.headers.location, "/internal/inbox");
  }
  const host = { host: "blog.internal" };
  assert.notEqual((await browser.send("GET", `${blog}/internal/inbox`, host)).status, 200);
});

test("nobody keeps a copy of a page with somebody in it, nor of a cookie", async () => {
  const stranger = installation.browse();
  const { browser: ann } = await openReader("Fay", "editor");
  const stale = { cookie: `__Host-rose-ash-blog=${"x".repeat(43)}` };
  const paths = [
    "/",
    "/search/?q=bread",
    "/no-such-post/",
    "/rss.xml",
    "/atom.xml",
    "/sitemap.xml",
    "/robots.txt",
    "/admin/",
    "/auth/sign-in/",
    "/auth/sign-out/",
    "/auth/callback?code=x&state=x",
    "/favicon.ico",
    "/old/",
  ];
  for (const path of paths) {
    const machine = { accept: "*/*" };
    for (const [who, page] of [
      ["a newcomer", await stranger.send("GET", blog + path, { ...navigating, cookie: "a=b" })],
      ["a machine", await stranger.send("GET", blog + path, machine)],
      ["a session that is over", await stranger.send("GET", blog + path, { ...navigating, ...stale })],
      [
        "a machine with a session that is over",
        await stranger.send("GET", blog + path, { ...machine, ...stale }),
      ],
      ["a member", await ann.send("GET", blog + path, navigating)],
    ] as const) {
      const cache = String(page.headers["cache-control"]);
      const isShared = cache.includes("public") || !/no-store|private|no-cache/.test(cache);
      assert.ok(!isShared || setCookies(page).length === 0, `${path} for ${who} sets a cookie with ${cache}`);
      if (page.text.includes("Fay Example"))
        assert.match(cache, /^(?:private|no-store)/, `${path} for ${who}`);
    }
  }
  const front = await ann.send("GET", `${blog}/`, navigating);
  assert.match(front.text, /Fay Example/);
  for (const path of ["/", "/auth/sign-out/"]) {
    const page = await ann.send("GET", account + path, navigating);
    assert.match(String(page.headers["cache-control"]), /^(?:private|no-store)/);
  }
});

function setCookies({ headers }: Page): string[] {
  return [headers["set-cookie"] ?? []].flat();
}
