// The shared components: what they promise to readers with a keyboard, a screen reader or no script, and that
// no text of theirs becomes markup. Whole pages are tested with the services that draw them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { loadShared } from "./test/libraries.ts";

const realm = loadShared();
const hostile = '</title><script>alert(1)</script>"><img src=x onerror=alert(1)>';

const navigation = [
  { label: "News", href: "/", current: false, children: [] },
  {
    label: "About",
    href: "/about/",
    current: false,
    children: [
      { label: "Rules", href: "/about/rules/", current: true, children: [] },
      {
        label: "People",
        href: "/about/people/",
        current: false,
        children: [{ label: "Bakers", href: "/about/people/bakers/", current: false, children: [] }],
      },
    ],
  },
  {
    label: "Places",
    href: "#",
    current: false,
    children: [{ label: "Mill", href: "/mill/", current: false, children: [] }],
  },
];

function shellWith(changes: Record<string, unknown> = {}) {
  return {
    site: { title: "Wren Bakery", description: "Bread by its eaters", language: "en-GB", logo: null },
    origin: "https://wren.example.org",
    stylesheet: "/assets/style.css",
    navigation,
    secondaryNavigation: [{ label: "Privacy", href: "/privacy/", current: false, children: [] }],
    feeds: [{ title: "RSS", href: "/rss.xml", type: "application/rss+xml" }],
    searchAction: "/search/",
    query: "",
    ...changes,
  };
}

function errorPage(changes: Record<string, unknown> = {}): string {
  return realm.render("~error-page", {
    shell: shellWith(),
    status: 404,
    title: "Nothing here",
    sentence: "There is no page at this address.",
    requestId: "r-1",
    hint: null,
    ...changes,
  });
}

function count(html: string, pattern: RegExp): number {
  return [...html.matchAll(new RegExp(pattern, "g"))].length;
}

test("the error page is a whole document that says what happened and leads on", () => {
  const html = errorPage({ hint: "Perhaps it has another year." });
  assert.match(html, /^<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8">/);
  assert.match(html, /<title>Nothing here · Wren Bakery<\/title>/);
  assert.equal(count(html, /<h1/), 1);
  assert.match(html, /There is no page at this address\./);
  assert.match(html, /Perhaps it has another year\./);
  assert.match(html, /<a href="\/">To the front page<\/a>/);
  assert.match(html, /<meta name="robots" content="noindex">/);
  assert.ok(html.endsWith("</body></html>"));
});

test("an error page can be drawn when nothing but the site is known", () => {
  const html = realm.render("~error-page", {
    shell: { site: { title: "Wren" }, stylesheet: "/s.css" },
    status: 500,
    title: "Something went wrong",
    sentence: "Please try again later.",
  });
  assert.match(html, /<title>Something went wrong · Wren<\/title>/);
  assert.match(html, /<form action="\/search\/"/);
  assert.doesNotMatch(html, /<nav/);
});

test("the skip link is the first link and leads to main", () => {
  const html = errorPage();
  assert.equal(/<a href="([^"]*)"/.exec(html)?.[1], "#main");
  assert.match(html, /<main id="main" tabindex="-1"/);
});

test("no text becomes markup, wherever it stands", () => {
  const site = { title: hostile, description: hostile, language: "en-GB", logo: null };
  const item = { label: hostile, href: "/x/", current: true, children: [] };
  const html = errorPage({
    shell: shellWith({
      site,
      navigation: [item],
      secondaryNavigation: [item],
      feeds: [{ title: hostile, href: "/rss.xml", type: "application/rss+xml" }],
      query: hostile,
    }),
    title: hostile,
    sentence: hostile,
    requestId: hostile,
    hint: hostile,
  });
  assert.doesNotMatch(html, /<script|<img/);
  assert.equal(count(html, /<\/title>/), 1);
  assert.ok(html.includes("&lt;script&gt;alert(1)&lt;/script&gt;"));
});

test("a page in a language that runs from right to left says so", () => {
  const site = { title: "Wren", description: null, language: "he-IL", logo: null };
  assert.match(errorPage({ shell: shellWith({ site }) }), /<html lang="he-IL" dir="rtl">/);
  assert.match(errorPage(), /<html lang="en-GB">/);
});

test("a logo adds nothing for those who hear the page, since the name stands beside it", () => {
  const site = { title: "Wren", description: null, language: "en", logo: "/assets/logo.svg" };
  const html = realm.render("~site-header", { shell: shellWith({ site }) });
  assert.match(html, /<img src="\/assets\/logo\.svg" alt=""/);
  assert.match(html, />Wren<\/span><\/a>/);
});

test("a head without noindex tells the canonical address and what a preview shows", () => {
  const head = {
    title: "A loaf",
    description: "About bread",
    canonical: "https://wren.example.org/a-loaf/",
    type: "article",
    image: { src: "/media/loaf.jpg", width: 1200, height: 800, alt: "A loaf" },
    publishedAt: "2026-11-14T10:00:00Z",
    modifiedAt: "2026-11-15T10:00:00Z",
    authors: ["Ida Marsh", "Tom Okello"],
    jsonLd: '{"@type":"BlogPosting"}',
    noindex: false,
    previous: null,
    next: null,
  };
  const html = realm.render("~page-head", { shell: shellWith(), head });
  for (const part of [
    "<title>A loaf · Wren Bakery</title>",
    '<link rel="canonical" href="https://wren.example.org/a-loaf/">',
    '<meta property="og:image" content="https://wren.example.org/media/loaf.jpg">',
    '<meta property="article:published_time" content="2026-11-14T10:00:00Z">',
    '<meta name="author" content="Tom Okello">',
    '<meta name="twitter:card" content="summary_large_image">',
    '<link rel="alternate" type="application/rss+xml" title="RSS" href="/rss.xml">',
    '<script type="application/ld+json">{"@type":"BlogPosting"}</script>',
  ]) {
    assert.ok(html.includes(part), part);
  }
  assert.doesNotMatch(html, /robots|rel="prev"|rel="next"/);
});

test("a page that is not to be indexed has neither a canonical address nor a preview", () => {
  const head = { title: "Search", canonical: "https://wren.example.org/search/", noindex: true };
  const html = realm.render("~page-head", { shell: shellWith(), head });
  assert.match(html, /<meta name="robots" content="noindex">/);
  assert.doesNotMatch(html, /canonical|og:/);
});

test("the site's name is not said twice in a title", () => {
  const html = realm.render("~page-head", { shell: shellWith(), head: { title: "Wren Bakery, page 2" } });
  assert.match(html, /<title>Wren Bakery, page 2<\/title>/);
  const longer = realm.render("~page-head", { shell: shellWith(), head: { title: "Wren Bakery’s oven" } });
  assert.match(longer, /<title>Wren Bakery’s oven · Wren Bakery<\/title>/);
});

test("structured data that would end its element is refused", () => {
  const head = { title: "T", jsonLd: "</script><script>alert(1)</script>" };
  assert.throws(() => realm.render("~page-head", { shell: shellWith(), head }), /script/);
});

test("the bar shows the first level and the branch that the reader is in", () => {
  const html = realm.render("~navigation", { items: navigation, label: "Main" });
  const links = [...html.matchAll(/<a href="([^"]*)"/g)].map((match) => match[1]);
  assert.deepEqual(links, ["/", "/about/", "#all-pages", "/about/rules/", "/about/people/"]);
  assert.equal(/<a href="([^"]*)" aria-current="page"/.exec(html)?.[1], "/about/rules/");
});

test("every level of the navigation is in the footer, as nested lists", () => {
  const html = realm.render("~site-footer", { shell: shellWith() });
  assert.match(html, /<nav aria-label="All pages" id="all-pages">/);
  for (const href of ["/about/people/bakers/", "/mill/", "/privacy/", "/rss.xml"]) {
    assert.ok(html.includes(`href="${href}"`), href);
  }
  assert.equal(count(html, /<ul/), count(html, /<\/ul>/));
  assert.doesNotMatch(html, /<details|<button/);
});

test("a navigation without items is no landmark", () => {
  assert.equal(realm.render("~navigation", { items: [], label: "Main" }), "");
  assert.equal(realm.render("~navigation", { items: null, label: "Main" }), "");
});

test("paging marks the page that is shown and the gaps, and steps both ways", () => {
  const links = [1, 4, 5, 6, 12].map((page) => ({ page, href: `/?page=${page}`, current: page === 5 }));
  const paging = { page: 5, pages: 12, previous: "/?page=4", next: "/?page=6", links };
  const html = realm.render("~paging", { paging });
  assert.equal(count(html, /…/), 2);
  assert.match(html, /href="\/\?page=5" aria-current="page" aria-label="Page 5"/);
  assert.match(html, /<a href="\/\?page=4" rel="prev"/);
  assert.match(html, /<a href="\/\?page=6" rel="next"/);
});

test("a single page has no paging", () => {
  const paging = { page: 1, pages: 1, previous: null, next: null, links: [] };
  assert.equal(realm.render("~paging", { paging }), "");
});

test("a field has a label, and its hint and error are read out with it", () => {
  const props = {
    name: "password",
    label: "Password",
    type: "password",
    hint: "Six words",
    error: "Not that one",
  };
  const html = realm.render("~field", { ...props, required: true, autocomplete: "current-password" });
  assert.match(html, /<label for="password"[^>]*>Password<\/label>/);
  assert.match(html, /<input id="password" name="password" type="password" required aria-invalid="true"/);
  assert.match(html, /aria-describedby="password-hint password-error"/);
  assert.match(html, /autocomplete="current-password"/);
  const plain = realm.render("~field", { name: "city", label: "City" });
  assert.doesNotMatch(plain, /aria-|required/);
});

test("a search form keeps what was asked and names its field", () => {
  const html = realm.render("~search-form", { id: "s", query: '"rye" & <wheat>' });
  assert.match(html, /<form action="\/search\/" method="get" role="search"/);
  assert.match(html, /<label for="s"/);
  assert.match(html, /value="&quot;rye&quot; &amp; &lt;wheat&gt;"/);
});

test("a picture has its size and a text, and waits unless it is what the reader sees first", () => {
  const image = { src: "/media/a.jpg", srcset: "/media/a-400.jpg 400w", width: 800, height: 600, alt: null };
  const later = realm.render("~image", { image, sizes: "50vw" });
  assert.match(
    later,
    /srcset="\/media\/a-400\.jpg 400w" sizes="50vw" width="800" height="600" alt="" loading="lazy"/,
  );
  const eager = realm.render("~image", { image: { ...image, srcset: null, alt: "Rye" }, eager: true });
  assert.match(eager, /alt="Rye" loading="eager" fetchpriority="high"/);
  assert.doesNotMatch(eager, /sizes=|srcset=/);
});

test("a card has one link in its heading, and its children beside it", () => {
  const html = realm.render("~card", { title: hostile, href: "/x/", badge: "New" });
  assert.equal(count(html, /<a /), 1);
  assert.match(html, /<h2[^>]*><a href="\/x\/"/);
  assert.doesNotMatch(html, /<script|<img/);
});

test("tags are a named list of links, or nothing", () => {
  const html = realm.render("~tag-list", {
    items: [{ name: "Rye & wheat", href: "/tag/rye/" }],
    label: "Tags",
  });
  assert.match(html, /<ul [^>]*aria-label="Tags"><li[^>]*><a href="\/tag\/rye\/"[^>]*>Rye &amp; wheat<\/a>/);
  assert.equal(realm.render("~tag-list", { items: [] }), "");
});
