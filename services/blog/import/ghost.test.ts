// Ghost exports of an invented co-op, old and new, and files that are no exports.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { cleanHtml } from "../clean-html.ts";
import { parseGhostExport } from "./ghost.ts";
import { type ImportedPost, type ImportedSite, ImportRefusal } from "./imported-site.ts";

const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url), "utf8");
const text = fixture("ghost-coop.json");
const site = parseGhostExport(text);
const old = parseGhostExport(fixture("ghost-shed-2.json"));

function post(slug: string, from: ImportedSite = site): ImportedPost {
  const found = from.posts.find((one) => one.slug === slug);
  assert.ok(found, `no post ${slug}`);
  return found;
}

/** An export with these tables, wrapped as Ghost wraps it. */
const exportWith = (data: unknown, version = "6.0.0") =>
  JSON.stringify({ db: [{ meta: { version }, data }] });
const onlyPost = (fields: object) =>
  parseGhostExport(exportWith({ posts: [{ id: "1", slug: "a", ...fields }] })).posts[0]!;

test("the site's own words come from its settings", () => {
  assert.deepEqual(
    [site.program, site.version, site.title, site.description, site.language, site.origin],
    ["ghost", "6.5.0", "Bread co-op", "Loaves & letters", "en", null],
  );
});

test("a post keeps its words, people, tags, picture, dates and search fields", () => {
  const { html, source, ...rest } = post("rye-on-monday");
  assert.deepEqual(rest, {
    sourceId: "p1",
    kind: "post",
    slug: "rye-on-monday",
    title: "Rye on Monday & <every> other day",
    status: "published",
    visibility: "public",
    password: null,
    parentSourceId: null,
    authorSourceIds: ["u1", "u2"],
    tagSourceIds: ["g2", "g1", "g3"],
    pinned: true,
    excerpt: "A loaf for the week.",
    featureImage: { src: "/content/images/2026/03/oven.jpg", alt: "The oven", caption: "By Ada" },
    publishedAt: new Date("2026-03-01T09:00:00Z"),
    createdAt: new Date("2026-03-01T08:00:00Z"),
    updatedAt: new Date("2026-03-02T08:00:00Z"),
    language: "en-GB",
    seo: {
      title: "Rye | Bread co-op",
      description: "How we bake rye.",
      canonical: "https://bread.example.org/rye/",
      ogTitle: "Rye!",
      ogDescription: null,
      ogImage: "/content/images/2026/03/share.jpg",
    },
    oldAddresses: ["/rye-on-monday/"],
    notes: [],
  });
  assert.equal(source.format, "lexical");
  assert.match(source.text, /__GHOST_URL__/, "the source stays as it was");
  assert.match(html, /^<p>The oven is <strong>warm<\/strong>\.<\/p><figure/);
  assert.match(html, /src="\/content\/images\/2026\/03\/rye\.jpg"/);
  assert.doesNotMatch(html, /__GHOST_URL__/);
});

test("the paywall stays marked and nothing of it is moved in front of the mark", () => {
  assert.equal(post("members-letter").visibility, "members");
  assert.equal(post("members-letter").html, "<p>Hello.</p><!--members-only--><p>The accounts.</p>");
});

test("what was for some tiers is for paying members, and said", () => {
  assert.equal(post("tier-letter").visibility, "paid");
  assert.match(post("tier-letter").notes.join(), /Founders/);
});

test("an audience that is not known is never the public", () => {
  assert.equal(onlyPost({ visibility: "label:bakers" }).visibility, "paid");
});

test("what was only sent by mail, or has no known state, becomes a draft", () => {
  for (const found of [post("by-mail"), onlyPost({ status: "retired" }), onlyPost({ status: "scheduled" })]) {
    assert.equal(found.status, "draft");
    assert.equal(found.publishedAt, null);
    assert.equal(found.notes.length > 0, true);
  }
});

test("a scheduled post keeps its day", () => {
  assert.equal(post("seed-swap").status, "scheduled");
  assert.equal(post("seed-swap").publishedAt?.toISOString(), "2036-04-01T09:00:00.000Z");
});

test("a post without a title is called by its first words", () => {
  assert.equal(post("half-written").title, "Half a thought about the bicycle shed.");
});

test("stored HTML loses the parts that only some readers saw, whatever signs their rule holds", () => {
  const found = post("from-the-old-blog");
  assert.equal(found.source.format, "html");
  assert.equal(
    cleanHtml(found.html, { origin: "https://bread.example.org" }).html,
    '<p>Kept <a href="/about/">as it was</a>.</p><p>End.</p>',
  );
  assert.equal(found.notes.length, 1);
  assert.equal(onlyPost({ html: "a<!--kg-gated-block:begin nonMember:false -->b" }).html, "a");
});

test("a document that cannot be read gives way to the HTML beside it", () => {
  assert.equal(post("two-editors").html, "<p>Saved beside it.</p>");
  assert.match(post("two-editors").notes.join(), /could not be read/);
});

test("tags keep their order, parent and picture, and internal ones are marked", () => {
  assert.deepEqual(
    site.tags.map(({ slug, name, parentSourceId, internal }) => [slug, name, parentSourceId, internal]),
    [
      ["news", "News", null, false],
      ["brot-kase", "Brot & Käse", "g1", false],
      ["hash-kitchen", "#kitchen", null, true],
    ],
  );
  assert.equal(site.tags[1]!.image, "/content/images/2026/03/brot.jpg");
  assert.equal(site.tags[1]!.seo.ogTitle, "Bread!");
});

test("authors come without their addresses, passwords and whereabouts", () => {
  assert.deepEqual(site.authors, [
    {
      sourceId: "u1",
      slug: "ada",
      name: "Ada Example",
      bio: "Bakes & counts.",
      website: "https://ada.example.org/",
      image: "/content/images/ada.jpg",
    },
    { sourceId: "u2", slug: "bo", name: "bo", bio: null, website: null, image: null },
  ]);
});

test("menus lead to the posts and tags themselves, and drop what visitors cannot see", () => {
  assert.deepEqual(site.menus, [
    {
      name: "Navigation",
      place: "primary",
      items: [
        { label: "Home", target: { kind: "address", url: "/" }, children: [] },
        { label: "Bread", target: { kind: "tag", sourceId: "g2" }, children: [] },
        { label: "About", target: { kind: "post", sourceId: "p7" }, children: [] },
        {
          label: "Mill",
          target: { kind: "address", url: "https://mill.example.org/?a=1&b=2" },
          children: [],
        },
      ],
    },
  ]);
});

test("what is not taken is said with its number", () => {
  assert.deepEqual(
    site.notTaken.map(({ what, count }) => [what, count]),
    [
      ["pieces of injected code", 2],
      ["posts' own templates", 1],
      ["e-mail addresses of authors", 2],
      ["authors' other fields", 1],
      ["menu entries", 3],
      ["links between posts, tags and authors", 1],
      ["membership tiers", 1],
      ['rows of the table "roles"', 1],
      ["snippets", 1],
      ['rows of the table "api_keys"', 1],
      ['rows of the table "weather_reports"', 2],
      ["other settings", 3],
    ],
  );
});

test("secrets are named and their values are nowhere", () => {
  assert.deepEqual(site.secretsDropped, [
    "api_keys.secret",
    "settings.mailgun_api_key",
    "settings.members_subscription_settings",
    "users.password",
  ]);
  assert.doesNotMatch(JSON.stringify(site), /not-?_?real|\$2b\$|[\w.]+@example\.org/i);
});

test("an export of version 2 has pages by a flag, numbers for ids and dates of a database", () => {
  assert.equal(old.version, "2.21.1");
  assert.equal(old.language, "de");
  const shed = post("bicycle-shed", old);
  assert.equal(shed.source.format, "mobiledoc");
  assert.equal(shed.html, "<p>Two cranks<br><em>one chain</em></p><hr>");
  assert.equal(shed.createdAt?.toISOString(), "2019-05-06T07:08:09.000Z");
  assert.equal(shed.updatedAt?.toISOString(), "2019-05-06T07:08:09.000Z");
  assert.deepEqual([shed.seo.title, shed.seo.ogTitle], ["Shed", "The shed"]);
  assert.deepEqual([shed.sourceId, shed.authorSourceIds], ["1", ["1"]]);
  assert.deepEqual(shed.oldAddresses, ["/2019/05/bicycle-shed/"]);
  assert.equal(post("hours", old).kind, "page");
  assert.deepEqual(post("hours", old).oldAddresses, ["/hours/"]);
});

test("names that JavaScript gives a meaning are only names", () => {
  const found = parseGhostExport(
    '{"meta":{"version":"5.0.0"},"data":{"__proto__":[{"token":"x"}],"posts":[{"id":"__proto__","slug":"constructor","html":"<p>x"}]}}',
  );
  assert.equal(found.posts[0]?.sourceId, "__proto__");
  assert.deepEqual(found.secretsDropped, ["__proto__.token"]);
});

const refused: Record<string, [file: string, place: RegExp, sentence: RegExp]> = {
  "a file that is cut off": [text.slice(0, text.indexOf("seed-swap")), /^line \d+, column 1\d$/, /cut off/],
  "an empty file": ["", /^line 1, column 1$/, /cut off/],
  "a file that is no JSON": ["<rss></rss>", /^line 1, column 1$/, /not well-formed/],
  "a missing comma": ['{"db": [\n  {"meta": 1 "data": 2}]}', /^line 2, column 14$/, /not well-formed/],
  "a line end in a string": ['{"db": "a\nb"}', /^line 1, column 10$/, /not well-formed/],
  "a wrong escape": ['{"db": "\\x41"}', /^line 1, column 10$/, /not well-formed/],
  "JSON of another program": ['{"posts": []}', /^the file$/, /no Ghost export/],
  "an empty wrapper": ['{"db": []}', /^db\[0\]$/, /no Ghost export/],
  "an export without posts": [exportWith({ tags: [] }), /^db\[0\]\.data\.posts$/, /missing/],
  "a version from the future": [
    exportWith({ posts: [] }, "7.1.0"),
    /^db\[0\]\.meta\.version$/,
    /"7\.1\.0" cannot be read/,
  ],
  "a version from the past": [exportWith({ posts: [] }, "1.26.0"), /version$/, /only 2 to 6/],
  "a table that is no list": [exportWith({ posts: [], tags: {} }), /^db\[0\]\.data\.tags$/, /list of rows/],
  "a row that is no object": [exportWith({ posts: [7] }), /^db\[0\]\.data\.posts\[0\]$/, /object/],
  "a post without a slug": [
    exportWith({ posts: [{ id: 1 }] }),
    /^db\[0\]\.data\.posts\[0\]\.slug$/,
    /missing/,
  ],
  "a slug that is no text": [
    exportWith({ posts: [{ id: 1, slug: 5 }] }),
    /posts\[0\]\.slug$/,
    /must be text/,
  ],
  "a date that is none": [
    exportWith({ posts: [{ id: 1, slug: "a", published_at: "soon" }] }),
    /posts\[0\]\.published_at$/,
    /must be a date/,
  ],
  "two posts with one id": [
    exportWith({
      posts: [
        { id: 1, slug: "a" },
        { id: 1, slug: "b" },
      ],
    }),
    /posts\[1\]\.id$/,
    /posts\[0\] has the same id/,
  ],
  "a document that is broken, with nothing beside it": [
    exportWith({ posts: [{ id: 1, slug: "a", lexical: '{"root": {\n]}' }] }),
    /^db\[0\]\.data\.posts\[0\]\.lexical, line 2, column 1$/,
    /not well-formed/,
  ],
  "a document without content": [
    exportWith({ posts: [{ id: 1, slug: "a", mobiledoc: "{}" }] }),
    /posts\[0\]\.mobiledoc$/,
    /no sections/,
  ],
  "a broken menu": [
    exportWith({ posts: [], settings: [{ key: "navigation", value: "[{]" }] }),
    /^db\[0\]\.data\.settings\[0\]\.value, line 1, column 3$/,
    /not well-formed/,
  ],
  "hostile nesting": ["[".repeat(20_000_000), /^line 1, column 201$/, /nested more than 200 deep/],
  "an object with endless members": [
    `{${Array.from({ length: 5_001 }, (_, number) => `"k${number}":0`).join()}}`,
    /^line 1, column \d+$/,
    /more than 5000 members/,
  ],
  "endless values": [`[${"0,".repeat(6_000_000)}`, /^line 1, column \d+$/, /more than 6000000 values/],
  "hostile nesting in a document": [
    exportWith({ posts: [{ id: 1, slug: "a", lexical: '{"a":'.repeat(100_000) }] }),
    /posts\[0\]\.lexical, line 1, column \d+$/,
    /nested more than 200 deep/,
  ],
};

for (const [what, [file, place, sentence]] of Object.entries(refused)) {
  test(`${what} is refused with the place named`, () => {
    assert.throws(
      () => parseGhostExport(file),
      (error) => {
        assert.ok(error instanceof ImportRefusal, String(error));
        assert.match(error.place, place);
        assert.match(error.message, sentence);
        return true;
      },
    );
  });
}

test("a refusal never quotes the file around the mistake", () => {
  assert.throws(
    () => parseGhostExport('{"password": "hunter2" oops}'),
    (error) => error instanceof ImportRefusal && !/hunter2|oops/.test(error.message),
  );
});
