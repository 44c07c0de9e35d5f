// Old addresses and redirects: one normal form, and rules that end in good time and lead to safe places only.

import assert from "node:assert/strict";
import { test } from "node:test";
import { matchRedirect, normalAddresses, normalOldAddress, type RedirectRule } from "./addresses.ts";

const none = new URLSearchParams();

function rule(source: string, target: string, over: Partial<RedirectRule> = {}): RedirectRule {
  const kind = /[*]|:segment|:digits/.test(source) ? "pattern" : "path";
  return { kind, source, target, status: 301, ignoreCase: false, ...over };
}

function lead(source: string, target: string, path: string, query = none): string | null {
  return matchRedirect([rule(source, target)], path, query)?.to ?? null;
}

test("an address kept by an import is found by a request for it, however it is spelt", () => {
  const spellings: [kept: string, path: string, query: string][] = [
    ["/2012/01/first", "/2012/01/first/", ""],
    ["/2012/01/first/", "/2012/01/first", "utm_source=mail"],
    ["/caf%C3%A9/", "/caf%c3%a9", ""],
    ["/café/", "/cafe%CC%81/", ""],
    ["/?p=12", "/", "p=12&utm_source=mail"],
    ["/blog/?page_id=7", "/blog", "page_id=7"],
    ["/index.php?b=2&a=1", "/index.php", "a=1&b=2"],
    ["/100%-wool/", "/100%-wool/", ""],
  ];
  for (const [kept, path, query] of spellings) {
    const asked = normalAddresses(path, new URLSearchParams(query));
    assert.ok(asked.includes(normalOldAddress(kept)!), `${kept} is among ${asked.join(" ")}`);
  }
});

test("the front page, other schemes and endless addresses are no old addresses", () => {
  for (const address of ["/", "https://old.example.org/a", "a", `/${"a".repeat(3000)}`, "/%00/"])
    assert.equal(normalOldAddress(address), null, address);
  assert.deepEqual(normalAddresses("/", none), []);
});

test("a path leads where its rule says, and keeps its query on this site", () => {
  assert.equal(lead("/old", "/new/", "/old/"), "/new/");
  assert.equal(lead("/old/", "/new/", "/old", new URLSearchParams("a=1")), "/new/?a=1");
  assert.equal(lead("/old/", "/new/?b=2", "/old", new URLSearchParams("a=1")), "/new/?b=2");
  assert.equal(
    lead("/old/", "https://www.example.org/x", "/old", new URLSearchParams("a=1")),
    "https://www.example.org/x",
  );
  assert.equal(lead("/old/", "/new/", "/OLD/"), null);
  assert.equal(matchRedirect([rule("/old/", "/new/", { ignoreCase: true })], "/OLD", none)?.to, "/new/");
});

test("wildcards stand for runs of their kind and are written into the target", () => {
  assert.equal(lead("/archive/:digits/*", "/$2", "/archive/2012/a/b/"), "/a/b/");
  assert.equal(lead("/archive/:digits/*", "/$2", "/archive/201x/a/"), null);
  assert.equal(lead("/:segment/:segment/", "/$2/$1/", "/one/two/"), "/two/one/");
  assert.equal(lead("/:segment/", "/x/$1/", "/one/two/"), null);
  assert.equal(lead("/a/*/z", "/$1", "/a/b/z/c/z"), "/b/z/c");
  assert.equal(
    lead("/shop/*", "https://shop.example.org/$1", "/shop/caf%C3%A9/"),
    "https://shop.example.org/caf%C3%A9/",
  );
  assert.equal(lead("/a*", "/b$1", "/a"), "/b/");
});

test("the first rule that leads anywhere else wins", () => {
  const rules = [rule("/a/*", "/a/$1"), rule("/a/:segment", "/c/$1/"), rule("/a/b", "/d/")];
  assert.equal(matchRedirect(rules, "/a/b", none)?.to, "/c/b/");
  assert.equal(matchRedirect([rule("/a/*", "/a/$1")], "/a/b/", none), null, "never to itself");
});

test("nobody is sent to a place that their own request names", () => {
  for (const [source, target, path] of [
    ["/out/*", "https://$1", "/out/evil.example/"],
    ["/out/*", "https://www.example.org$1", "/out/.evil.example/"],
    ["/out/*", "https://www.example.org:$1", "/out/@evil.example/"],
    ["/x", "javascript:alert(1)", "/x"],
    ["/x", "https://a:b@www.example.org/", "/x"],
  ] as const)
    assert.equal(lead(source, target, path), null, target);
  for (const path of [
    "/go//evil.example/",
    "/go/%2Fevil.example/",
    "/go/%5Cevil.example",
    "/go/%0A//evil.example/",
  ]) {
    const to = lead("/go/*", "/$1", path);
    assert.ok(to === null || /^\/(?![/\\])/.test(to), `${path} leads to ${to}`);
  }
});

test("a pattern made to be slow is matched in few steps", () => {
  const pattern = `/${"*a".repeat(150)}b`;
  // Backtracking would take longer than the universe has been there.
  assert.equal(lead(pattern, "/x", `/${"a".repeat(1900)}/`), null);
});
