// A small invented export, read whole, and files that must be refused.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type ImportedPost, type ImportedSite, ImportRefusal } from "./imported-site.ts";
import { parseWordpressExport } from "./wordpress.ts";

const text = readFileSync(new URL("fixtures/wordpress-coop.xml", import.meta.url), "utf8");
const site = parseWordpressExport(text);

function post(id: string, from: ImportedSite = site): ImportedPost {
  const found = from.posts.find((candidate) => candidate.sourceId === id);
  assert.ok(found, `post ${id} was not taken`);
  return found;
}

/** A whole export around the given inside of its channel. */
function exportWith(inside: string): string {
  return `<rss xmlns:wp="urn:wp"><channel><wp:wxr_version>1.1</wp:wxr_version>${inside}</channel></rss>`;
}

test("the site's own words and address are read", () => {
  const { program, version, origin, title, description, language } = site;
  assert.deepEqual(
    { program, version, origin, title, description, language },
    {
      program: "wordpress",
      version: "1.2",
      origin: "https://old.example.org",
      title: "Millrace Bakery & Co",
      description: "Bread, twice a week",
      language: "en-GB",
    },
  );
});

test("authors come without their e-mail addresses, and one whom only a post names comes too", () => {
  assert.deepEqual(
    site.authors.map(({ sourceId, slug, name }) => [sourceId, slug, name]),
    [
      ["4", "ida-ferry", "Ida Ferry"],
      ["5", "tomas", "Tomas Quill"],
      ["login:nobody", "nobody", "nobody"],
    ],
  );
  assert.doesNotMatch(JSON.stringify(site), /[a-z]+@example\.org/);
  assert.deepEqual(post("50").authorSourceIds, ["4"]);
  assert.deepEqual(post("51").authorSourceIds, ["login:nobody"]);
});

test("categories and tags keep parents and descriptions, each once", () => {
  assert.deepEqual(
    site.tags.map((tag) => [tag.kind, tag.slug, tag.name, tag.description, tag.parentSourceId]),
    [
      ["category", "bread", "Bread", "All about loaves", null],
      ["category", "rye", "Rye & spelt", null, "category:bread"],
      ["category", "hen", "Hen", null, null],
      ["category", "egg", "Egg", null, null],
      ["tag", "café", "Café", null, null],
      ["tag", "undeclared", "Undeclared", null, null],
    ],
  );
});

test("a post keeps its words, dates, tags and pinning", () => {
  const loaf = post("50");
  assert.equal(loaf.title, "Our first loaf – at last");
  assert.equal(loaf.slug, "first-loaf");
  assert.equal(loaf.kind, "post");
  assert.equal(loaf.status, "published");
  assert.equal(loaf.visibility, "public");
  assert.equal(loaf.pinned, true);
  assert.equal(loaf.excerpt, "It rose & we ate it.");
  assert.equal(loaf.publishedAt?.toISOString(), "2012-01-10T09:05:00.000Z");
  assert.equal(loaf.updatedAt?.toISOString(), "2013-02-03T04:05:06.000Z");
  assert.deepEqual(loaf.tagSourceIds, ["category:rye", "tag:caf%c3%a9", "tag:undeclared"]);
  assert.equal(loaf.source.format, "wordpress");
  assert.match(loaf.source.text, /\[gallery ids="72,71"\]/);
});

test("a feature image has its alternative text and caption, and a missing one is said", () => {
  assert.deepEqual(post("50").featureImage, {
    src: "https://old.example.org/blog/files/crumb.jpg",
    alt: "Open crumb of a rye loaf",
    caption: "The crumb",
  });
  assert.equal(post("52").featureImage, null);
  assert.ok(post("52").notes.includes("Its feature image is not in the export."));
});

test("galleries show the listed pictures, or those uploaded to the post", () => {
  const sources = (html: string) =>
    [...html.matchAll(/src="([^"]*)"/g)].map((match) => match[1]!.replace(/.*\//, ""));
  assert.deepEqual(sources(post("50").html), ["crust.jpg", "crumb.jpg"]);
  assert.deepEqual(sources(post("51").html), ["crust.jpg"]);
});

test("former addresses are the link, the old slug in its place, and the short forms", () => {
  assert.deepEqual(post("50").oldAddresses, [
    "/blog/2012/01/10/first-loaf/",
    "/blog/2012/01/10/loaf-one/",
    "/blog/?p=50",
  ]);
  assert.deepEqual(post("51").oldAddresses, ["/blog/?p=51"]);
  assert.deepEqual(post("61").oldAddresses, ["/blog/about/oven/", "/blog/?p=61", "/blog/?page_id=61"]);
});

test("search fields of plugins are filled in, and what cannot be filled in is left out", () => {
  assert.deepEqual(post("50").seo, {
    title: "Our first loaf – at last – Millrace Bakery & Co",
    description: "How it rose",
    canonical: null,
    ogTitle: "A loaf",
    ogDescription: null,
    ogImage: null,
  });
});

test("nothing hidden becomes visible", () => {
  const states = ["51", "52", "53", "54", "55", "56"].map((id) => [post(id).status, post(id).visibility]);
  assert.deepEqual(states, [
    ["draft", "public"],
    ["published", "password"],
    ["scheduled", "public"],
    ["private", "public"],
    ["draft", "public"],
    ["draft", "public"],
  ]);
  assert.equal(post("52").password, "open sesame");
  assert.equal(post("51").publishedAt, null);
  assert.equal(
    site.posts.some(({ sourceId }) => sourceId === "57"),
    false,
  );
});

test("dates that are none fall back or stay empty", () => {
  assert.equal(post("51").createdAt?.toISOString(), "2014-05-06T07:08:09.000Z");
  assert.equal(post("56").createdAt, null);
});

test("slugs are decoded, or made from the title; a missing title is made from the text", () => {
  assert.equal(post("52").slug, "日記");
  assert.equal(post("51").slug, "half-baked-ideas");
  assert.equal(post("52").title, "Words for those who know the word, and quite a few more of…");
});

test("pages keep their parents, and parents in a circle are dropped", () => {
  assert.equal(post("61").kind, "page");
  assert.equal(post("61").parentSourceId, "60");
  assert.equal(post("60").parentSourceId, null);
  const page = (id: string, parent: string) =>
    `<item><wp:post_id>${id}</wp:post_id><wp:post_type>page</wp:post_type><wp:post_parent>${parent}</wp:post_parent></item>`;
  const circle = parseWordpressExport(exportWith(page("1", "2") + page("2", "1") + page("3", "3")));
  assert.deepEqual(
    circle.posts.map((each) => each.parentSourceId),
    [null, null, null],
  );
});

test("menus are nested and ordered, with labels from what they lead to", () => {
  assert.deepEqual(site.menus, [
    {
      name: "Main menu",
      place: "primary",
      items: [
        { label: "Rye & spelt", target: { kind: "tag", sourceId: "category:rye" }, children: [] },
        {
          label: "About us",
          target: { kind: "post", sourceId: "60" },
          children: [{ label: "The oven", target: { kind: "post", sourceId: "61" }, children: [] }],
        },
      ],
    },
    {
      name: "Footer",
      place: "secondary",
      items: [
        { label: "Market", target: { kind: "address", url: "https://market.example.org/" }, children: [] },
      ],
    },
  ]);
});

test("what was not taken is counted, and secrets are named without their values", () => {
  const counts = Object.fromEntries(site.notTaken.map(({ what, count }) => [what, count]));
  assert.deepEqual(counts, {
    comments: 2,
    "e-mail addresses of authors": 1,
    "menu entries": 3,
    "posts in the trash": 1,
    'items of type "product"': 1,
    'items of type "revision"': 1,
    'terms of "oven"': 1,
    "uploaded files that are no pictures": 1,
    "posts' custom fields": 1,
  });
  assert.deepEqual(site.secretsDropped, ["oven_api_key"]);
  assert.doesNotMatch(JSON.stringify(site), /not-to-be-kept/);
});

test("a post says what could not be carried over", () => {
  assert.deepEqual(post("50").notes, [
    'It had the post format "aside", which changes nothing here.',
    "The shortcode [weather] belongs to a plugin and was left as text.",
  ]);
});

test("an export of the first version, without declared authors or terms, is read", () => {
  const old = parseWordpressExport(
    exportWith(
      '<item><title>A</title><dc:creator>ada</dc:creator><category>Bread</category><category domain="category" ' +
        'nicename="bread">Bread</category><category domain="tag" nicename="oat">Oat</category>' +
        "<wp:post_id>1</wp:post_id></item>",
    ).replace("1.1", "1.0"),
  );
  assert.deepEqual(
    old.authors.map(({ slug }) => slug),
    ["ada"],
  );
  assert.deepEqual(post("1", old).tagSourceIds, ["category:bread", "tag:oat"]);
});

test("characters that XML forbids are replaced and counted", () => {
  const found = parseWordpressExport(
    `\ufeff\n${exportWith("<item><title>a\x0bb</title><wp:post_id>1</wp:post_id></item>")}`,
  );
  assert.equal(post("1", found).title, "a\ufffdb");
  assert.deepEqual(
    found.notTaken.map(({ what, count }) => [what, count]),
    [["characters that XML forbids", 1]],
  );
});

const refused: Record<string, [file: string, place: RegExp, sentence: RegExp]> = {
  "a file that is cut off": [
    text.slice(0, text.indexOf("Next year")),
    /^line 93, column 9$/,
    /cut off: download the export once more/,
  ],
  "an empty file": ["", /^line 1, column 0$/, /not well-formed/],
  "a file that is no XML": ["title: A blog", /^line 1, column/, /not well-formed/],
  "a wrong end tag": [exportWith("<item>\n<title>x</item>"), /^line 2, column/, /not well-formed/],
  "another kind of XML": ["<feed><entry/></feed>", /^line 1, column/, /outermost element is <feed>/],
  "a feed that is no export": [
    "<rss><channel><title>x</title></channel></rss>",
    /^<channel>$/,
    /wxr_version> is missing/,
  ],
  "a version from the future": [exportWith("").replace("1.1", "3.0"), /wxr_version/, /"3.0" is unknown/],
  "an entity bomb": [
    `<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>${exportWith("<title>&b;</title>")}`,
    /^line 1, column/,
    /declares a document type/,
  ],
  "a reference to a file": [
    `<!DOCTYPE rss SYSTEM "file:///etc/passwd">${exportWith("")}`,
    /^line 1, column/,
    /declares a document type/,
  ],
  "an undeclared entity": [exportWith("<title>a&nbsp;b</title>"), /^line 1, column/, /not well-formed/],
  "a post longer than any book": [
    exportWith(
      `<item><title>Long</title><wp:post_id>7</wp:post_id><content:encoded>${"x".repeat(5_000_001)}</content:encoded></item>`,
    ),
    /^item 7$/,
    /"Long" has 5000001 characters/,
  ],
  "hostile nesting": [exportWith("<x>".repeat(1_000_000)), /^line 1, column/, /nested more than 32 deep/],
};

for (const [what, [file, place, sentence]] of Object.entries(refused)) {
  test(`${what} is refused with the place named`, () => {
    assert.throws(
      () => parseWordpressExport(file),
      (error) => {
        assert.ok(error instanceof ImportRefusal, String(error));
        assert.match(error.place, place);
        assert.match(error.message, sentence);
        return true;
      },
    );
  });
}
