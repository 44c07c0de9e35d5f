// Ghost's redirect files, as JSON and YAML.

import assert from "node:assert/strict";
import { test } from "node:test";
import { parseGhostRedirects } from "./ghost-redirects.ts";
import { ImportRefusal } from "./imported-site.ts";

const one = (from: string, to = "/new/") =>
  parseGhostRedirects(JSON.stringify([{ from, to }]), "redirects.json");

test("both files say the same", () => {
  const yaml =
    "301:\n  /old-about: /about/\n  '^/soup/$': /broth/\n302:\n  ^/archive/(\\d{4})/(.*)$: /$2\n  /^\\/CASE$/i: https://www.example.org/\n";
  const json = JSON.stringify([
    { from: "/old-about", to: "/about/", permanent: true },
    { from: "^/soup/$", to: "/broth/", permanent: true },
    { from: "^/archive/(\\d{4})/(.*)$", to: "/$2", permanent: false },
    { from: "/^\\/CASE$/i", to: "https://www.example.org/" },
  ]);
  const expected = [
    { kind: "path", from: "/old-about", to: "/about/", status: 301, ignoreCase: false },
    { kind: "path", from: "/soup/", to: "/broth/", status: 301, ignoreCase: false },
    { kind: "pattern", from: "/archive/:digits/*", to: "/$2", status: 302, ignoreCase: false },
    { kind: "path", from: "/CASE", to: "https://www.example.org/", status: 302, ignoreCase: true },
  ];
  assert.deepEqual(parseGhostRedirects(yaml, "redirects.yaml"), { redirects: expected, notTaken: [] });
  assert.deepEqual(parseGhostRedirects(json, "redirects.json"), { redirects: expected, notTaken: [] });
  assert.deepEqual(parseGhostRedirects(json, "saved"), { redirects: expected, notTaken: [] });
});

const patterns: Record<string, [from: string, to: string]> = {
  "/blog/(.*)": ["/blog/*", "/$1"],
  "^/x/(?:\\d{4})/([^/]+)/?$": ["/x/:digits/:segment", "/$2"],
  "^\\/x\\/\\d+\\/(\\w+)\\/?$": ["/x/:digits/:segment", "/$2"],
  "^/p/([a-z0-9-]+)/amp(\\/)?$": ["/p/:segment/amp", "/$1"],
  "/page-([0-9]+)\\.html": ["/page-:digits.html", "/$1"],
};

for (const [source, [from, to]] of Object.entries(patterns)) {
  test(`${source} becomes a pattern`, () => {
    const { redirects } = one(source, "/$1");
    assert.deepEqual(redirects, [{ kind: "pattern", from, to, status: 302, ignoreCase: false }]);
  });
}

const left: Record<string, [from: string, to: string, why: RegExp]> = {
  "a choice": ["/a|b", "/c", /"\|b"/],
  "a nested repetition": ["(a+)+$", "/c", /\(a\+\)\+/],
  "two runs of anything": ["/a/(.*)/b/(.*)", "/$1", /more than one/],
  "a lookahead": ["^/(?!b).*$", "/c", /\(\?!b\)/],
  "every address": ["^/(.*)$", "https://new.example.org/$1", /every address/],
  "every part": ["^/([^/]+)/$", "/x/$1", /every address/],
  "a query": ["/q?id=1", "/c", /cannot be carried over/],
  "a group that is not there": ["/a/(.*)", "/$2", /not there/],
  "another site without its scheme": ["/a", "//evil.example.org", /neither a path nor/],
  "a script": ["/a", "javascript:alert(1)", /neither a path nor/],
  "an endless address": [`/${"a".repeat(2000)}`, "/c", /longer than/],
};

for (const [what, [from, to, why]] of Object.entries(left)) {
  test(`${what} is not taken and the reason is said`, () => {
    const { redirects, notTaken } = one(from, to);
    assert.deepEqual(redirects, []);
    assert.equal(notTaken.length, 1);
    assert.match(notTaken[0]!.why, why);
  });
}

const refused: Record<string, [text: string, fileName: string, place: RegExp]> = {
  "broken JSON": ['[{"from": "/a",\n "to" "/b"}]', "r.json", /^line 2, column 7$/],
  "JSON that is no list": ['{"from": "/a"}', "r.json", /^the file$/],
  "an entry without a target": ['[{"from": "/a", "to": "/b"}, {"from": "/a"}]', "r.json", /^\[1\]\.to$/],
  "broken YAML": ["301:\n  /a: 'b\n", "r.yaml", /^line [23], column \d+$/],
  "another group": ["307:\n  /a: /b\n", "r.yaml", /^307$/],
  "a group that is a list": ["301:\n  - /a\n", "r.yaml", /^301$/],
  "a target that is no address": ["301:\n  /a: 5\n", "r.yaml", /^301: \/a$/],
  "an alias bomb": ["a: &a [x, x]\nb: &b [*a, *a]\n301: *b\n", "r.yaml", /^line 1/],
  "nested YAML": [`301: ${"[".repeat(900_000)}`, "r.yaml", /^line 1/],
  "an endless file": ["#".repeat(1_000_001), "r.yaml", /^line 1/],
};

for (const [what, [text, fileName, place]] of Object.entries(refused)) {
  test(`${what} is refused with the place named`, () => {
    assert.throws(
      () => parseGhostRedirects(text, fileName),
      (error) => {
        assert.ok(error instanceof ImportRefusal, String(error));
        assert.match(error.place, place);
        return true;
      },
    );
  });
}

test("many redirects are read in time that grows with their number", () => {
  const lines = Array.from({ length: 5_000 }, (_, number) => `  /a${number}x: /b${number}/`);
  assert.equal(parseGhostRedirects(`301:\n${lines.join("\n")}\n`, "r.yaml").redirects.length, 5_000);
});
