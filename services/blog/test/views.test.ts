// The blog's pages as they are drawn, from plain and from hostile props: every page is a sound document, and
// a gated post shows what is public and nothing else.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { createRealm, type Realm } from "@rose-ash/sx";
import { jsEngine } from "@rose-ash/sx/js";
import { elementsOf, faultsOf } from "./page-outline.ts";

type Props = Record<string, unknown>;

const realm = loadViews();
const hostile = '</title></main><script>alert(1)</script>"><img src=x onerror=alert(1)>';
const longWord = "Rindfleischetikettierung".repeat(20);

function loadViews(): Realm {
  const load = (folder: string, parents: Realm[]) => {
    const made = createRealm({ engine: jsEngine(), parents, checkHostValues: true });
    for (const name of readdirSync(folder).filter((file) => file.endsWith(".sx"))) {
      made.load(readFileSync(join(folder, name), "utf8"), { file: name });
    }
    return made;
  };
  const shared = load(join(import.meta.dirname, "../../../platform/ui/sx"), []);
  return load(join(import.meta.dirname, "../sx"), [shared]);
}

function draw(component: string, props: Props): string {
  return realm.render(component, { shell, head, ...props } as Parameters<Realm["render"]>[1]); // plain data
}

const shell = {
  site: {
    title: "Wren Bakery",
    description: "Bread by its eaters",
    language: "en-GB",
    logo: "/assets/logo.svg",
  },
  origin: "https://wren.example.org",
  path: "/",
  stylesheet: "/assets/style.css",
  navigation: [
    { label: "News", href: "/", current: true, children: [] },
    {
      label: "About",
      href: "/about/",
      current: false,
      children: [{ label: "Rules", href: "/about/rules/", current: false, children: [] }],
    },
  ],
  secondaryNavigation: [{ label: "Privacy", href: "/privacy/", current: false, children: [] }],
  feeds: [{ title: "RSS", href: "/rss.xml", type: "application/rss+xml" }],
  searchAction: "/search/",
  query: "",
};

const head = {
  title: "A page",
  description: null,
  canonical: "https://wren.example.org/",
  type: "website",
  image: null,
  publishedAt: null,
  modifiedAt: null,
  jsonLd: '{"@context":"https://schema.org"}',
  noindex: false,
  previous: null,
  next: null,
  authors: [],
};

const image = {
  src: "/media/loaf.jpg",
  srcset: "/media/loaf-400.jpg 400w",
  width: 1200,
  height: 800,
  alt: "",
};

const summary = {
  title: "A loaf for every letterbox",
  href: "/a-loaf/",
  excerpt: "What a year of deliveries taught us.",
  publishedAt: "2026-11-14T10:00:00Z",
  published: "14 November 2026",
  image,
  tags: [{ name: "Bread", href: "/tag/bread/" }],
  authors: [{ name: "Ida Marsh", href: "/author/ida/" }],
  gate: null,
  pinned: false,
};

const bare = {
  ...summary,
  title: longWord,
  href: "/b/",
  excerpt: null,
  image: null,
  tags: [],
  authors: [],
};

const attack = {
  ...summary,
  title: hostile,
  excerpt: hostile,
  published: hostile,
  image: { ...image, alt: hostile },
  tags: [{ name: hostile, href: "/tag/x/" }],
  authors: [{ name: hostile, href: "/author/x/" }],
  gate: "members",
  pinned: true,
};

const rightToLeft = { ...summary, title: "رغيف لكل بيت", excerpt: "ما تعلمناه", href: "/c/" };
const posts = [summary, bare, attack, rightToLeft];

const noPaging = { page: 1, pages: 1, previous: null, next: null, links: [] };
const paging = {
  page: 2,
  pages: 9,
  previous: "/",
  next: "/?page=3",
  links: [1, 2, 3, 9].map((page) => ({ page, href: `/?page=${page}`, current: page === 2 })),
};

function postWith(changes: Props): Props {
  return {
    ...summary,
    kind: "post",
    language: null,
    html: "<p>Flour, water, salt.</p>",
    preview: null,
    caption: "A loaf on a step",
    updated: null,
    previous: { title: "Before", href: "/before/" },
    next: null,
    breadcrumbs: [],
    children: [],
    ...changes,
  };
}

const pages: Record<string, [string, Props]> = {
  "the front page": ["~front-page", { posts, paging: { ...paging, page: 1 }, heading: null }],
  "a further page": ["~front-page", { posts, paging, heading: "Older posts" }],
  "an empty front page": ["~front-page", { posts: [], paging: noPaging, heading: null }],
  "a post": ["~post-page", { post: postWith({ updated: "20 November 2026" }), passwordError: null }],
  "a hostile post": ["~post-page", { post: postWith({ ...attack, caption: hostile, html: null }) }],
  "a bare post": ["~post-page", { post: postWith({ ...bare, caption: null, previous: null }) }],
  "a page with neighbours above and below": [
    "~post-page",
    {
      post: postWith({
        kind: "page",
        breadcrumbs: [{ title: hostile, href: "/about/" }],
        children: [{ title: hostile, href: "/about/rules/" }],
      }),
    },
  ],
  "a post with a password": [
    "~post-page",
    { post: postWith({ gate: "password", html: null }), passwordError: "That is not the password." },
  ],
  "a tag": [
    "~tag-page",
    {
      tag: { kind: "tag", name: hostile, description: hostile, image, count: 3 },
      posts: [summary],
      paging: noPaging,
    },
  ],
  "an empty category": [
    "~tag-page",
    {
      tag: { kind: "category", name: "Rye", description: null, image: null, count: 0 },
      posts: [],
      paging: noPaging,
    },
  ],
  "an author": [
    "~author-page",
    {
      author: { name: hostile, bio: hostile, website: "https://ida.example.org/", image },
      posts,
      paging,
    },
  ],
  "an author of whom only the name is known": [
    "~author-page",
    { author: { name: "Ida Marsh", bio: null, website: null, image: null }, posts: [], paging: noPaging },
  ],
  "search results": [
    "~search-page",
    { query: hostile, results: posts.map((post) => ({ ...post, snippet: hostile })), count: 40, paging },
  ],
  "a search before anything was asked": [
    "~search-page",
    { query: "", results: [], count: 0, paging: noPaging },
  ],
};

for (const [name, [component, props]] of Object.entries(pages)) {
  test(`${name} is a sound document`, () => {
    const html = draw(component, props);
    assert.deepEqual(faultsOf(html), []);
    assert.equal(elementsOf(html).filter((element) => element.attributes.src === "x").length, 0);
  });
}

test("the outline finds what is wrong with a page", () => {
  const faults = faultsOf(
    '<!DOCTYPE html><html><title>T</title><main><h1>a</h1><h3 onclick="x">b</h3><img src="a"><input name="q"><nav></nav>' +
      "<script>x</script></main></html>",
  );
  for (const fault of [
    "no language",
    "h3 with onclick",
    "no label for q",
    "no alt for a",
    "a script",
    "h3 after h1",
  ]) {
    assert.ok(faults.includes(fault), fault);
  }
});

test("the first post stands above the others on the first page only", () => {
  const eager = (page: number) =>
    elementsOf(draw("~front-page", { posts, paging: { ...paging, page }, heading: null })).filter(
      (element) => element.name === "img" && element.attributes.loading === "eager",
    ).length;
  assert.equal(eager(1), 1);
  assert.equal(eager(2), 0);
});

test("a public post shows its body as it was cleaned", () => {
  const html = draw("~post-page", { post: postWith({ html: "<p>Flour &amp; <em>salt</em></p>" }) });
  assert.ok(html.includes("<p>Flour &amp; <em>salt</em></p></div>"));
  assert.doesNotMatch(html, /class="notice"/);
  assert.match(html, /A loaf on a step/);
  assert.match(html, /href="\/before\/" rel="prev"/);
});

test("a gated post shows its excerpt, its preview and a friendly word", () => {
  for (const [gate, word] of [
    ["members", /for members/],
    ["paid", /for supporters/],
  ] as const) {
    const html = draw("~post-page", {
      post: postWith({ gate, html: null, preview: "<p>The first lines</p>" }),
    });
    assert.match(html, /What a year of deliveries taught us\./);
    assert.match(html, /<p>The first lines<\/p>/);
    assert.match(html, word);
    assert.doesNotMatch(html, /type="password"/);
  }
});

test("a post with a password has a form that posts to its own address and says what was wrong", () => {
  const post = postWith({ gate: "password", html: null });
  const html = draw("~post-page", { post, passwordError: "That is not the password." });
  assert.match(html, /<form method="post" action="\/a-loaf\/"/);
  assert.match(html, /<input id="password" name="password" type="password" required aria-invalid="true"/);
  assert.match(html, /role="alert"[^>]*>That is not the password\.</);
  assert.doesNotMatch(draw("~post-page", { post, passwordError: null }), /role="alert"|aria-invalid/);
});

test("a post in another language says so on its own words", () => {
  const html = draw("~post-page", { post: postWith({ language: "cy" }) });
  assert.match(html, /<h1 [^>]*lang="cy">/);
  assert.match(html, /<div class="prose" lang="cy"/);
});

test("a page shows where it is and what is below it, and no byline", () => {
  const post = postWith({
    kind: "page",
    breadcrumbs: [{ title: "About", href: "/about/" }],
    children: [{ title: "Rules", href: "/about/rules/" }],
  });
  const html = draw("~post-page", { post });
  assert.match(html, /aria-label="Where this page is"/);
  assert.match(html, /<a href="\/about\/rules\/"[^>]*>Rules<\/a>/);
  assert.doesNotMatch(html, /<time/);
});

test("a search says how much was found and keeps the question in its field", () => {
  const found = draw("~search-page", { query: "rye", results: [summary], count: 1, paging: noPaging });
  assert.match(found, /1 result for “rye”/);
  assert.match(found, /id="page-search" name="q" value="rye"/);
  const nothing = draw("~search-page", { query: "oats", results: [], count: 0, paging: noPaging });
  assert.match(nothing, /Nothing was found for “oats”/);
});

test("an author's address that is no web address is left out", () => {
  const author = { name: "Ida", bio: null, website: "javascript:alert(1)", image: null };
  assert.doesNotMatch(draw("~author-page", { author, posts: [], paging: noPaging }), /javascript/);
});
