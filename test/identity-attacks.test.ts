// Attacks on the one identity, through the doors of the whole installation: sign-ins that are planted, stolen,
// replayed or led astray, ids that are fixed or guessed, and an account service that tells nobody of a sign-out.
// Where a defence hangs on one thing, the attacker is given that thing, and the attack then works.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import {
  type Browser,
  type Installation,
  type Page,
  startInstallation,
} from "../platform/app/test-installation.ts";
import { hashOf } from "../platform/auth/sessions.ts";
import { createFaultyServices } from "./faulty-services.ts";
import { account, blog, enter, grant, signIn } from "./signing-in.ts";

const { services, faults, partsOf } = createFaultyServices();
const endings: (() => unknown)[] = [];
let installation: Installation;
before(async () => {
  installation = await startInstallation({ after: (work) => endings.unshift(work) }, { services });
});
after(async () => {
  for (const work of endings) await work();
});

const sessionCookie = "__Host-rose-ash-blog";
const bindingCookie = "__Host-rose-ash-blog-sign-in";
const navigating = { accept: "text/html", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
let people = 0;

/** Somebody new, signed in at the account service. */
async function join(name: string): Promise<{ browser: Browser; address: string }> {
  people += 1;
  const address = `person-${people}@example.org`;
  const browser = installation.browse();
  await signIn(installation, browser, address, name);
  return { browser, address };
}

/** Somebody new who has looked at the blog, too. */
async function joinBlog(name: string): Promise<{ browser: Browser; address: string }> {
  const somebody = await join(name);
  assert.match((await somebody.browser.open(`${blog}/`)).text, new RegExp(name));
  return somebody;
}

/** Where an answer leads on to. */
function next({ headers, url }: Page): string {
  return new URL(String(headers.location), url).href;
}

/** A sign-in at the blog of somebody who is signed in at the account, up to the address that would end it. */
async function beginSignIn(browser: Browser, query = ""): Promise<string> {
  const begun = await browser.send("GET", `${blog}/auth/sign-in/${query}`);
  assert.match(next(begun), /^https:\/\/account\.example\.org\/oidc\/auth\?/);
  const arrived = next(await browser.send("GET", next(begun)));
  assert.match(arrived, /^https:\/\/blog\.example\.org\/auth\/callback\?code=/);
  return arrived;
}

function cookieOf(browser: Browser, name: string): string {
  const value = browser.cookies("blog.example.org").get(name);
  assert.ok(value, `there is no cookie ${name}`);
  return value;
}

function setCookies({ headers }: Page): string[] {
  return [headers["set-cookie"] ?? []].flat();
}

/** The blog as whoever sends these cookies sees it; nothing is followed. */
async function seenWith(cookie: string, path = "/"): Promise<string> {
  const page = await installation.browse().send("GET", `${blog}${path}`, { cookie, accept: "text/html" });
  return page.text;
}

/** Lets the blog's last word about a session be as old as this. */
async function age(browser: Browser, minutes: number): Promise<void> {
  const { database, cache } = partsOf("blog");
  const idHash = hashOf(cookieOf(browser, sessionCookie));
  const checked_at = new Date(Date.now() - minutes * 60_000);
  await database.query.updateTable("session").set({ checked_at }).where("id_hash", "=", idHash).execute();
  await cache.delete(`session:${idHash}`);
}

test("an address to come back to that is not exactly the registered one is never gone to", async () => {
  const { browser } = await join("Ann Example");
  const right = new URL(next(await browser.send("GET", `${blog}/auth/sign-in/`)));
  const registered = `${blog}/auth/callback`;
  assert.equal(right.searchParams.get("redirect_uri"), registered);
  const strange = [
    `${registered}/`,
    `${registered}/more`,
    `${registered}?a=1`,
    `${registered}?`,
    `${registered}#part`,
    `${registered}%2f..`,
    `${blog}/auth/x/../callback`,
    `${blog}/auth/Callback`,
    `${blog}/`,
    "https://Blog.example.org/auth/callback",
    "https://blog.example.org:443/auth/callback",
    "https://blog.example.org:8443/auth/callback",
    "https://blog.example.org./auth/callback",
    "https://ann@blog.example.org/auth/callback",
    "https://blog.example.org@evil.example.org/auth/callback",
    "https://blog.example.org.evil.example.org/auth/callback",
    "https://account.example.org/auth/callback",
    "http://blog.example.org/auth/callback",
    "//blog.example.org/auth/callback",
    "/auth/callback",
    "javascript:alert(1)//auth/callback",
    "",
  ];
  for (const address of strange) {
    for (const prompt of ["none", "login"]) {
      const url = new URL(right);
      url.searchParams.set("redirect_uri", address);
      url.searchParams.set("prompt", prompt);
      const answer = await browser.send("GET", url.href);
      assert.equal(answer.status, 400, address);
      assert.equal(answer.headers.location, undefined, address);
    }
  }
  const twice = `${right.href}&redirect_uri=${encodeURIComponent("https://evil.example.org/")}`;
  const answer = await browser.send("GET", twice);
  assert.equal(answer.headers.location, undefined);
  assert.match(next(await browser.send("GET", right.href)), /callback\?code=/, "the right one is");
});

test("a silent attempt is made once by a newcomer's browser, and by nobody and nothing else", async () => {
  const attempts = async (method: string, headers: Record<string, string>, path = "/") => {
    const answer = await installation.browse().send(method, `${blog}${path}`, headers);
    return String(answer.headers.location ?? "").startsWith(`${account}/oidc/auth`) ? 1 : 0;
  };
  assert.equal(await attempts("GET", navigating), 1);
  assert.equal(await attempts("GET", navigating, "/?q=1"), 1);
  const others: [string, Record<string, string>][] = [
    ["HEAD", navigating],
    ["POST", { ...navigating, origin: blog }],
    ["GET", { accept: "text/html", "user-agent": "ExampleBot/1.0" }],
    ["GET", { ...navigating, "sec-fetch-dest": "iframe" }],
    ["GET", { ...navigating, "sec-fetch-mode": "no-cors" }],
    ["GET", { ...navigating, "sec-purpose": "prefetch;prerender" }],
    ["GET", { ...navigating, accept: "application/rss+xml" }],
    ["GET", { ...navigating, cookie: `${sessionCookie}-tried=1` }],
    ["GET", { ...navigating, cookie: `${sessionCookie}-tried=1; ${sessionCookie}-tried=1` }],
    ["GET", { ...navigating, cookie: `${sessionCookie}=a; ${sessionCookie}=b` }],
  ];
  for (const [method, headers] of others) {
    assert.equal(await attempts(method, headers), 0, `${method} ${JSON.stringify(headers)}`);
  }
  for (const path of ["/assets/none.css", "/media/none.jpg", "/auth/sign-out/", "/?no-sign-in=1"]) {
    assert.equal(await attempts("GET", navigating, path), 0, path);
  }
});

test("a browser that keeps no cookies is sent round once and shown the page", async () => {
  let url = `${blog}/?q=1`;
  let page: Page;
  let hops = 0;
  for (;;) {
    page = await installation.browse().send("GET", url, navigating); // a new one, with no memory, at each step
    if (page.status < 300 || page.status >= 400) break;
    url = next(page);
    hops += 1;
    assert.ok(hops < 10, "it is sent round for ever");
  }
  assert.equal(page.status, 200);
  assert.match(page.url, /^https:\/\/blog\.example\.org\/\?q=1&no-sign-in=1$/);
});

test("several tabs that are opened at the same moment all end signed in", async () => {
  const { browser } = await join("Ann Example");
  const tabs = await Promise.all([1, 2, 3].map((tab) => browser.open(`${blog}/?tab=${tab}`)));
  for (const [index, tab] of tabs.entries()) {
    assert.equal(tab.url, `${blog}/?tab=${index + 1}`);
    assert.match(tab.text, /Ann Example/);
  }
  assert.match((await browser.open(`${blog}/`)).text, /Ann Example/);
});

test("a sign-in that an attacker began cannot be ended in the victim's browser", async () => {
  const { browser: eve } = await join("Eve Example");
  const { browser: ann } = await joinBlog("Ann Example");
  const hers = cookieOf(ann, sessionCookie);
  const stolen = await ann.send("GET", await beginSignIn(eve));
  assert.equal(stolen.status, 400);
  assert.deepEqual(setCookies(stolen), []);
  assert.equal(cookieOf(ann, sessionCookie), hers);
  assert.match((await ann.open(`${blog}/`)).text, /Ann Example/);

  const fresh = installation.browse();
  const first = await fresh.send("GET", await beginSignIn(eve));
  assert.equal(first.status, 400, "also where no sign-in is under way");
  assert.deepEqual([...fresh.cookies("blog.example.org")], []);

  const address = await beginSignIn(eve);
  const binding = `${bindingCookie}=${cookieOf(eve, bindingCookie)}`;
  const taken = await installation.browse().send("GET", address, { cookie: binding });
  assert.equal(taken.status, 303, "with the attacker's cookie it works: the cookie is the defence");
  assert.ok(setCookies(taken).some((line) => line.startsWith(`${sessionCookie}=`)));
});

test("a code that was stolen on its way is worth nothing to the thief, and nothing any more to anybody", async () => {
  const { browser: ann } = await join("Ann Example");
  const { browser: eve } = await join("Eve Example");
  const code = new URL(await beginSignIn(ann)).searchParams.get("code") ?? "";
  const own = new URL(await beginSignIn(eve));
  own.searchParams.set("code", code);
  const answer = await eve.send("GET", own.href);
  assert.equal(answer.status, 502, "her verifier does not fit it");
  assert.ok(!eve.cookies("blog.example.org").has(sessionCookie));
});

test("an answer is taken once, from the right issuer, with the state that was given out", async () => {
  const { browser } = await join("Ann Example");
  const right = await beginSignIn(browser);
  const spoil = async (change: (query: URLSearchParams) => void) => {
    const url = new URL(await beginSignIn(browser));
    change(url.searchParams);
    const answer = await browser.send("GET", url.href);
    assert.ok(!browser.cookies("blog.example.org").has(sessionCookie), url.search);
    return answer.status;
  };
  assert.equal(await spoil((query) => query.delete("state")), 400);
  assert.equal(await spoil((query) => query.set("state", "x".repeat(43))), 400);
  assert.equal(await spoil((query) => query.append("state", "y")), 502);
  assert.equal(await spoil((query) => query.delete("iss")), 502);
  assert.equal(await spoil((query) => query.set("iss", "https://evil.example.org")), 502);
  assert.equal(await spoil((query) => query.set("code", "x".repeat(43))), 502);
  assert.equal(await spoil((query) => query.delete("code")), 502);
  assert.equal((await browser.send("HEAD", right)).status, 404, "a look at it spends nothing");
  assert.equal((await browser.send("GET", right)).status, 303);
  const session = cookieOf(browser, sessionCookie);
  assert.equal((await browser.send("GET", right)).status, 400, "the second time it is over");
  assert.equal(cookieOf(browser, sessionCookie), session);
});

test("where to go on after signing in is a path here, whatever the link says", async () => {
  const { browser } = await join("Ann Example");
  const astray = [
    "//evil.example.org",
    "///evil.example.org",
    "/\\evil.example.org",
    "\\\\evil.example.org",
    "/\t/evil.example.org",
    "/\n/evil.example.org",
    " //evil.example.org",
    "https://evil.example.org/",
    "https:evil.example.org",
    "HTTPS://blog.example.org.evil.example.org/",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example.org",
    "@evil.example.org",
    "",
    `/${"x".repeat(3000)}`,
    "/\u0000",
    "/\u0001",
    "/a\r\nset-cookie: a=b",
  ];
  for (const wish of astray) {
    const begun = await browser.send("GET", `${blog}/auth/sign-in/?next=${encodeURIComponent(wish)}`);
    if (begun.status === 400) continue; // the gate's word on null characters
    const ended = await browser.send("GET", next(await browser.send("GET", next(begun))));
    assert.ok([303, 400].includes(ended.status), `${ended.status} for ${JSON.stringify(wish)}`);
    if (ended.status === 303) assert.equal(next(ended), `${blog}/`, JSON.stringify(wish));
  }
  for (const [wish, place] of [
    ["/about/?a=1", "/about/?a=1"],
    ["/.//evil.example.org", "/"],
    ["/хліб/", "/%D1%85%D0%BB%D1%96%D0%B1/"],
  ] as const) {
    const address = await beginSignIn(browser, `?next=${encodeURIComponent(wish)}`);
    assert.equal(next(await browser.send("GET", address)), `${blog}${place}`);
  }
  const moved = new URL(await beginSignIn(browser));
  moved.searchParams.set("next", "https://evil.example.org/");
  assert.equal(next(await browser.send("GET", moved.href)), `${blog}/`, "the answer has no say in it");
});

test("a device id is no credential, wherever it is sent", async () => {
  const { browser } = await joinBlog("Ann Example");
  const { device } = await partsOf("blog")
    .database.query.selectFrom("session")
    .select("device")
    .where("id_hash", "=", hashOf(cookieOf(browser, sessionCookie)))
    .executeTakeFirstOrThrow();
  assert.ok(device.length >= 22);
  const thief = installation.browse();
  const names = [
    ...browser.cookies("blog.example.org").keys(),
    ...browser.cookies("account.example.org").keys(),
  ];
  const cookie = [...new Set([...names, sessionCookie, "device", "sid"])].map((name) => `${name}=${device}`);
  const headers = { cookie: cookie.join("; "), accept: "text/html", authorization: `Bearer ${device}` };
  const query = `?device=${device}&sid=${device}&session=${device}&state=${device}&code=${device}`;
  for (const path of ["/", "/auth/sign-in/", "/auth/callback", "/auth/sign-out/"]) {
    const page = await thief.send("GET", `${blog}${path}${query}`, { ...headers, "x-device": device });
    assert.doesNotMatch(page.text, /Ann Example/);
    assert.ok(!setCookies(page).some((line) => new RegExp(`^${sessionCookie}=[^;]`).test(line)), path);
  }
  const home = await thief.send("GET", `${account}/${query}`, headers);
  assert.doesNotMatch(home.text, /Ann Example/);
  for (const shown of [await browser.open(`${blog}/`), await browser.open(`${account}/`)]) {
    assert.ok(!shown.text.includes(device), "and no page shows it");
  }
  assert.match(await seenWith(`${sessionCookie}=${cookieOf(browser, sessionCookie)}`), /Ann Example/);
});

test("an attacker who plants a device id, or an id of their own, sees nothing of who signs in there", async () => {
  const planted = "p".repeat(43);
  const victim = installation.browse();
  const plant = `${sessionCookie}=${planted}`;
  const begun = await victim.send("GET", `${blog}/auth/sign-in/?device=${planted}`, { cookie: plant });
  await enter(installation, victim, await victim.open(next(begun)), "victim@example.org", "Vic Example");
  assert.match((await victim.open(`${blog}/`)).text, /Vic Example/);
  assert.notEqual(cookieOf(victim, sessionCookie), planted);
  assert.doesNotMatch(await seenWith(plant), /Vic Example/);
});

test("a session that was fixed before the sign-in is replaced by it and ends", async () => {
  const { browser: eve } = await joinBlog("Eve Example");
  const { browser: ann } = await join("Ann Example");
  const eves = cookieOf(eve, sessionCookie);
  const address = await beginSignIn(ann);
  const cookie = `${sessionCookie}=${eves}; ${bindingCookie}=${cookieOf(ann, bindingCookie)}`;
  const ended = await ann.send("GET", address, { cookie });
  assert.equal(ended.status, 303);
  const anns = cookieOf(ann, sessionCookie);
  assert.notEqual(anns, eves);
  assert.match(await seenWith(`${sessionCookie}=${anns}`), /Ann Example/);
  const fixed = await seenWith(`${sessionCookie}=${eves}`);
  assert.doesNotMatch(fixed, /Ann Example|Eve Example/);
});

test("each sign-in has an id of its own, and the one before is nobody's", async () => {
  const { browser } = await joinBlog("Ann Example");
  const first = cookieOf(browser, sessionCookie);
  await browser.send("GET", await beginSignIn(browser));
  assert.notEqual(cookieOf(browser, sessionCookie), first);
  assert.doesNotMatch(await seenWith(`${sessionCookie}=${first}`), /Ann Example/);
});

test("a cookie that another host of the site could have set is not looked at", async () => {
  const { browser } = await joinBlog("Ann Example");
  const own = cookieOf(browser, sessionCookie);
  assert.match(await seenWith(`${sessionCookie}=${own}`), /Ann Example/);
  for (const name of ["rose-ash-blog", "__Secure-rose-ash-blog", "__host-rose-ash-blog", "session", "sid"]) {
    assert.doesNotMatch(await seenWith(`${name}=${own}`), /Ann Example/, name);
  }
  const { browser: eve } = await joinBlog("Eve Example");
  const both = [own, cookieOf(eve, sessionCookie)].map((value) => `${sessionCookie}=${value}`);
  assert.doesNotMatch(await seenWith(both.join("; ")), /Ann Example|Eve Example/, "of two none is believed");
  assert.match((await browser.open(`${blog}/`)).text, /Ann Example/);
});

test("a member who is given a role keeps their session under a new id, and the old one is nobody's", async () => {
  const { browser, address } = await joinBlog("Ann Example");
  const asMember = cookieOf(browser, sessionCookie);
  assert.equal((await browser.open(`${blog}/admin/`)).status, 403);
  await grant(installation, address, "editor");
  const desk = await browser.open(`${blog}/admin/`);
  assert.equal(desk.status, 200, "the live check knows it at once");
  const asEditor = cookieOf(browser, sessionCookie);
  assert.notEqual(asEditor, asMember);
  assert.doesNotMatch(await seenWith(`${sessionCookie}=${asMember}`), /Ann Example/);

  await grant(installation, address, "member");
  await age(browser, 2);
  const lowered = await browser.open(`${blog}/admin/`);
  assert.equal(lowered.status, 403, "both checks of one request agree on the new id");
  assert.notEqual(cookieOf(browser, sessionCookie), asEditor);
  assert.match((await browser.open(`${blog}/`)).text, /Ann Example/);
});

test("signed out at the account, somebody is signed out at the blog", async () => {
  const { browser } = await joinBlog("Ann Example");
  const cookie = `${sessionCookie}=${cookieOf(browser, sessionCookie)}`;
  await browser.submit(await browser.open(`${account}/auth/sign-out/`), "/auth/sign-out/");
  while ((await seenWith(cookie)).includes("Ann Example")) await sleep(30); // the logout token is on its way
});

test("a blog that no logout token reaches knows of a sign-out within a minute, and at its desk at once", async () => {
  const { browser, address } = await joinBlog("Ann Example");
  await grant(installation, address, "editor");
  assert.equal((await browser.open(`${blog}/admin/`)).status, 200);
  faults.blogIsDeaf = true;
  try {
    await browser.submit(await browser.open(`${account}/auth/sign-out/`), "/auth/sign-out/");
    const cookie = `${sessionCookie}=${cookieOf(browser, sessionCookie)}`;
    assert.match(await seenWith(cookie), /Ann Example/, "for less than a minute");
    await age(browser, 1);
    assert.doesNotMatch(await seenWith(cookie), /Ann Example/);
  } finally {
    faults.blogIsDeaf = false;
  }

  const { browser: ben, address: bens } = await joinBlog("Ben Example");
  await grant(installation, bens, "editor");
  assert.equal((await ben.open(`${blog}/admin/`)).status, 200);
  faults.blogIsDeaf = true;
  try {
    await ben.submit(await ben.open(`${account}/auth/sign-out/`), "/auth/sign-out/");
    const desk = await ben.send("GET", `${blog}/admin/`, navigating);
    assert.match(next(desk), /^https:\/\/account\.example\.org\/oidc\/auth/, "to sign in again");
    assert.ok(!ben.cookies("blog.example.org").has(sessionCookie));
  } finally {
    faults.blogIsDeaf = false;
  }
});

test("while the account service is down reading goes on for ten minutes, and the desk is closed", async () => {
  const { browser, address } = await joinBlog("Ann Example");
  await grant(installation, address, "editor");
  assert.equal((await browser.open(`${blog}/admin/`)).status, 200);
  faults.accountIsDown = true;
  try {
    await age(browser, 9);
    const front = await browser.open(`${blog}/`);
    assert.equal(front.status, 200);
    assert.match(front.text, /Ann Example/);
    assert.match(front.text, /Sign out/, "there is a way out without the account's menu");
    for (const path of ["/admin/", "/admin/posts/new/"]) {
      assert.equal((await browser.open(`${blog}${path}`)).status, 503, path);
    }
    await age(browser, 11);
    const late = await browser.send("GET", `${blog}/`, navigating);
    assert.equal(late.status, 200, "nobody is sent to a service that does not answer");
    assert.doesNotMatch(late.text, /Ann Example/);
    assert.ok(cookieOf(browser, sessionCookie), "and nothing is lost by it");
  } finally {
    faults.accountIsDown = false;
  }
  assert.match((await browser.open(`${blog}/`)).text, /Ann Example/);
  assert.equal((await browser.open(`${blog}/admin/`)).status, 200);
});

test("who signs out while the account service is down is signed out here and told about the rest", async () => {
  const { browser } = await joinBlog("Ann Example");
  const cookie = `${sessionCookie}=${cookieOf(browser, sessionCookie)}`;
  const asking = await browser.open(`${blog}/auth/sign-out/`);
  faults.accountIsDown = true;
  try {
    const out = await browser.submit(asking, "/auth/sign-out/");
    assert.equal(out.status, 503);
    assert.match(out.text, /signed out here/);
    assert.doesNotMatch(await seenWith(cookie), /Ann Example/);
  } finally {
    faults.accountIsDown = false;
  }
});

test("a silent attempt that comes to grief shows the page it was for", async () => {
  const { browser } = await join("Ann Example");
  const begun = await browser.send("GET", `${blog}/?q=1`, navigating);
  const address = new URL(next(await browser.send("GET", next(begun))));
  address.searchParams.set("code", "x".repeat(43));
  const ended = await browser.open(address.href);
  assert.equal(ended.url, `${blog}/?q=1`);
  assert.equal(ended.status, 200);
});
