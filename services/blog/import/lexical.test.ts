// Lexical documents, and the HTML they become.

import assert from "node:assert/strict";
import { test } from "node:test";
import { cleanHtml } from "../clean-html.ts";
import { UnreadableDocument } from "./ghost-document.ts";
import { renderLexical } from "./lexical.ts";

type Node = Record<string, unknown>;
const text = (words: string, format = 0): Node => ({ type: "extended-text", text: words, format });
const node = (type: string, ...children: Node[]): Node => ({ type, children });
const p = (...children: Node[]) => node("paragraph", ...children);
const item = (...children: Node[]) => node("listitem", ...children);
const list = (listType: string, ...children: Node[]): Node => ({
  type: "list",
  listType,
  start: 1,
  children,
});
const card = (type: string, fields: Node = {}): Node => ({ type, version: 1, ...fields });
const render = (...children: Node[]) => renderLexical({ root: { type: "root", children } });
const visible = { web: { nonMember: true, memberSegment: "status:free,status:-free" } };

const drawn: Record<string, [document: Node[], html: string]> = {
  "paragraphs keep breaks and drop empty ones": [
    [p(text("a"), node("linebreak"), text("b")), p()],
    "<p>a<br>b</p>",
  ],
  "formats nest in one order": [
    [p(text("x", 1 | 2 | 4 | 8 | 16 | 128), text("2", 32), text("3", 64))],
    "<p><strong><em><s><u><code><mark>x</mark></code></u></s></em></strong><sub>2</sub><sup>3</sup></p>",
  ],
  "text is escaped": [[p(text('<script>"&amp;'))], "<p>&lt;script&gt;&quot;&amp;amp;</p>"],
  "headings get the ids that Ghost gave them": [
    [
      { ...node("extended-heading", text("Two & "), text("more", 2)), tag: "h3" },
      { ...node("heading", text("Two & more")), tag: "h2" },
      { ...node("heading", text("!?")), tag: "script" },
    ],
    '<h3 id="two-more">Two &amp; <em>more</em></h3><h2 id="two-more-1">Two &amp; more</h2><h2>!?</h2>',
  ],
  "quotes and pulled quotes": [
    [node("extended-quote", text("a")), node("aside", text("b"))],
    '<blockquote>a</blockquote><blockquote class="rich-pullquote">b</blockquote>',
  ],
  "a nested list belongs to the item before it": [
    [list("bullet", item(text("a")), item(list("number", item(text("b")))), item(text("c")))],
    "<ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>",
  ],
  "a nested list without an item before it has its own": [
    [list("bullet", item(list("bullet", item(text("a")))))],
    "<ul><li><ul><li>a</li></ul></li></ul>",
  ],
  "a list goes on counting where it began": [
    [{ ...list("number", item(text("c"))), start: 3 }],
    '<ol start="3"><li>c</li></ol>',
  ],
  "links keep their address and title": [
    [p({ ...node("link", text("a")), url: 'https://x.example/?a=1&b="', title: "T" })],
    '<p><a href="https://x.example/?a=1&amp;b=&quot;" title="T">a</a></p>',
  ],
  "an image has its size, caption and link": [
    [
      card("image", {
        src: "/a.jpg",
        alt: 'A "loaf"',
        width: 8,
        height: 6,
        cardWidth: "wide",
        caption: "Rye, <b>sliced</b>",
        href: "/rye/",
      }),
    ],
    '<figure class="rich-image rich-wide"><a href="/rye/"><img src="/a.jpg" alt="A &quot;loaf&quot;" width="8" height="6"></a><figcaption>Rye, <b>sliced</b></figcaption></figure>',
  ],
  "a gallery is a figure of figures": [
    [
      card("gallery", {
        images: [{ src: "/a.jpg" }, { src: "" }, { src: "/b.jpg", alt: "B" }],
        caption: "Both",
      }),
    ],
    '<figure class="rich-gallery"><figure class="rich-image"><img src="/a.jpg" alt=""></figure><figure class="rich-image"><img src="/b.jpg" alt="B"></figure><figcaption>Both</figcaption></figure>',
  ],
  "a bookmark is a link card, without pictures from other hosts": [
    [
      card("bookmark", {
        url: "https://www.press.example/one",
        metadata: {
          title: "One <a>",
          description: "About one",
          publisher: "Press",
          author: "Ada",
          thumbnail: "https://press.example/t.png",
        },
        caption: "",
      }),
      card("bookmark", { url: "https://www.bare.example/", metadata: { thumbnail: "/own.png" } }),
    ],
    '<figure class="rich-embed"><a class="rich-card" href="https://www.press.example/one"><strong>One &lt;a&gt;</strong> <span>About one</span> <small>Press, Ada</small></a></figure>' +
      '<figure class="rich-embed"><a class="rich-card" href="https://www.bare.example/"><img src="/own.png" alt=""> <small>bare.example</small></a></figure>',
  ],
  "an embed is a link card with the words it quoted": [
    [
      card("embed", {
        url: "https://video.example/1",
        html: "<iframe></iframe>",
        metadata: { title: "Kneading" },
        caption: "Watch",
      }),
      card("embed", {
        url: "",
        html: '<iframe width="2" src="https://video.example/2?a=1&amp;b=2"></iframe>',
      }),
      card("embed", {
        url: "https://social.example/3",
        html: "<blockquote>Warm <b>bread</b></blockquote><script>x()</script>",
      }),
    ],
    '<figure class="rich-embed"><a class="rich-card" href="https://video.example/1"><strong>Kneading</strong> <small>video.example</small></a><figcaption>Watch</figcaption></figure>' +
      '<figure class="rich-embed"><a class="rich-card" href="https://video.example/2?a=1&amp;b=2"><small>video.example</small></a></figure>' +
      '<figure class="rich-embed"><a class="rich-card" href="https://social.example/3"><span>Warm bread</span> <small>social.example</small></a></figure>',
  ],
  "a callout, with and without a sign": [
    [
      card("callout", {
        calloutEmoji: "💡",
        calloutText: '<p><span style="white-space: pre-wrap;">Mind the </span><b>oven</b></p>',
      }),
      card("callout", { calloutEmoji: "", calloutText: "hot" }),
    ],
    '<aside class="rich-callout"><p class="rich-sign">💡</p><div><p>Mind the <b>oven</b></p></div></aside><aside class="rich-callout"><div><p>hot</p></div></aside>',
  ],
  "a toggle": [
    [card("toggle", { heading: "<p>What <b>flour</b>?</p>", content: "<p>Rye.</p>" })],
    '<details class="rich-toggle"><summary>What <b>flour</b>?</summary><div><p>Rye.</p></div></details>',
  ],
  "a button": [
    [
      card("button", { buttonText: "Read <on>", buttonUrl: "/on/?a&b", alignment: "center" }),
      card("button", { buttonText: "", buttonUrl: "" }),
    ],
    '<p class="rich-center"><a class="rich-button" href="/on/?a&amp;b">Read &lt;on&gt;</a></p>',
  ],
  "code, with its language and caption": [
    [card("codeblock", { code: "if (a < b) {\n\tgo();\n}", language: "js", caption: "<em>Go</em>" })],
    '<figure class="rich-code"><pre><code class="language-js">if (a &lt; b) {\n\tgo();\n}</code></pre><figcaption><em>Go</em></figcaption></figure>',
  ],
  "Markdown with Ghost's own marks": [
    [card("markdown", { markdown: "# Rye\n\n==**warm**== H~2~O x^2^ ~~old~~\nnext a == b ~ c ^ d" })],
    "<h1>Rye</h1>\n<p><mark><strong>warm</strong></mark> H<sub>2</sub>O x<sup>2</sup> <s>old</s><br>\nnext a == b ~ c ^ d</p>\n",
  ],
  "HTML stands in an element that ends what it leaves open": [
    [card("html", { html: "<p>a <b>b", visibility: visible }), p(text("after"))],
    '<div class="rich-html"><p>a <b>b</div><p>after</p>',
  ],
  "a file is a link card with its size": [
    [
      card("file", {
        src: "/files/a.pdf",
        fileTitle: "Hand<out>",
        fileCaption: "",
        fileName: "a.pdf",
        fileSize: 2048,
      }),
    ],
    '<figure class="rich-file"><a class="rich-card" href="/files/a.pdf"><strong>Hand&lt;out&gt;</strong> <small>a.pdf 2 KB</small></a></figure>',
  ],
  "sound and film": [
    [
      card("audio", { src: "/a.mp3", title: 'Tone "A"' }),
      card("video", { src: "/b.mp4", width: 4, height: 3, thumbnailSrc: "/b.jpg", caption: "c" }),
    ],
    '<figure class="rich-audio"><audio src="/a.mp3" controls preload="metadata"></audio><figcaption>Tone &quot;A&quot;</figcaption></figure>' +
      '<figure class="rich-video"><video src="/b.mp4" poster="/b.jpg" width="4" height="3" controls preload="metadata"></video><figcaption>c</figcaption></figure>',
  ],
  "a product with its stars": [
    [
      card("product", {
        productTitle: "Sextant",
        productDescription: "<p>Toy</p>",
        productRatingEnabled: true,
        productStarRating: 4,
        productButtonEnabled: true,
        productButton: "Buy",
        productUrl: "/b/",
      }),
    ],
    '<section class="rich-product"><h4>Sextant</h4><p class="rich-rating">★★★★☆</p><p>Toy</p><p><a class="rich-button" href="/b/">Buy</a></p></section>',
  ],
  "a header card": [
    [
      card("header", {
        header: "<span>Spring</span>",
        subheader: "soon",
        buttonEnabled: false,
        backgroundImageSrc: "/s.jpg",
      }),
    ],
    '<section class="rich-header"><img src="/s.jpg" alt=""><h2>Spring</h2><p>soon</p></section>',
  ],
  "a call to action": [
    [
      card("call-to-action", {
        textValue: "<p>Join</p>",
        hasSponsorLabel: true,
        sponsorLabel: "<p>AD</p>",
        showButton: true,
        buttonText: "Go",
        buttonUrl: "/go/",
        visibility: visible,
      }),
    ],
    '<aside class="rich-cta"><p class="rich-label">AD</p><p>Join</p><p><a class="rich-button" href="/go/">Go</a></p></aside>',
  ],
  "the paywall and the rule": [[card("paywall"), card("horizontalrule")], "<!--members-only--><hr>"],
};

for (const [claim, [document, expected]] of Object.entries(drawn)) {
  test(claim, () => assert.equal(render(...document).html, expected));
}

test("what cannot be carried over is left out and said once", () => {
  const { html, notes } = render(
    card("signup", { header: "Join" }),
    card("signup", { header: "Join" }),
    card("email", { html: "<p>Hey</p>" }),
    card("email-cta", { html: "<p>Hey</p>" }),
    card("transistor", { visibility: visible }),
    card("button", { buttonText: "Join", buttonUrl: "https://old.example.org/#/portal/signup" }),
    p({ ...node("link", text("join")), url: "#/portal/signup" }),
    card("embed", { url: "", html: "" }),
  );
  assert.equal(html, "<p>join</p>");
  assert.deepEqual(notes, [
    "A sign-up form was left out.",
    "A part that was for e-mail only was left out.",
    "A Transistor podcast player was left out: it only works inside Ghost.",
    "A button for Ghost's own sign-up and account window was left out.",
    "A link to Ghost's own sign-up and account window was left out; its words were kept.",
    "An embed without an address was left out.",
  ]);
});

test("a card that not everybody may see is never shown to everybody", () => {
  const rules: Node[] = [
    { web: { nonMember: false, memberSegment: "status:-free" }, email: { memberSegment: "" } },
    { web: { nonMember: false, memberSegment: "" }, email: { memberSegment: "status:free" } },
    { web: {} },
    { showOnEmail: true, showOnWeb: false },
    { emailOnly: true },
  ];
  for (const visibility of rules) {
    const { html, notes } = render(card("html", { html: "<p>secret</p>", visibility }));
    assert.equal(html, "", JSON.stringify(visibility));
    assert.equal(notes.length, 1);
  }
  assert.match(render(card("html", { html: "open", visibility: { showOnWeb: true } })).html, /open/);
});

test("a node that is not known keeps its text and is said", () => {
  const { html, notes } = render(node("hologram", p(text("kept"))), card("<b>", {}), { type: 7 });
  assert.equal(html, "<p>kept</p>");
  assert.equal(notes.length, 3);
  assert.match(notes[0]!, /"hologram", which is not known here\. Only its text was kept\./);
});

test("nothing in a document swallows what follows it", () => {
  const broken = [
    "<!-- open",
    "<script>x",
    "<textarea>x",
    '<img alt="x',
    "<title>x",
    "<div",
    "<STYLE>x",
    "</div></div>",
  ];
  for (const markup of broken) {
    const { html } = render(
      card("html", { html: markup }),
      card("image", { src: "/a.jpg", caption: markup }),
      card("callout", { calloutText: markup }),
      card("toggle", { heading: markup, content: markup }),
      p(text("after")),
    );
    const { text: words } = cleanHtml(html, { origin: "https://bread.example.org" });
    assert.match(words, /after$/, markup);
    assert.ok(html.endsWith("<p>after</p>"), markup);
  }
});

test("hostile fields come out of the sanitiser as words or not at all", () => {
  const evil = '"><script>alert(1)</script><img src=x onerror=alert(2)>';
  const fields =
    "src alt title href caption url buttonText buttonUrl calloutEmoji calloutText heading content code language html header subheader fileTitle fileName productTitle textValue sponsorLabel markdown".split(
      " ",
    );
  const values = Object.fromEntries(fields.map((name) => [name, evil]));
  const switches = {
    hasSponsorLabel: true,
    showButton: true,
    buttonEnabled: true,
    metadata: { title: evil, description: evil, publisher: evil },
    images: [{ src: evil, alt: evil }],
  };
  const types =
    "image gallery bookmark embed video audio file callout toggle button codeblock markdown html product header call-to-action".split(
      " ",
    );
  const document = types.map((type) => card(type, { ...values, ...switches }));
  const { html } = cleanHtml(
    render(...document, p({ ...node("link", text("js")), url: "javascript:alert(3)" })).html,
    {
      origin: "https://bread.example.org",
    },
  );
  assert.doesNotMatch(html, /<script|href="javascript/i);
  // The sanitiser escapes "<" and ">" in values, so a tag ends at the first ">".
  const names = html.match(/<[a-z][^<>]*>/g)!.map((tag) => tag.replace(/"[^"]*"/g, ""));
  assert.doesNotMatch(names.join(), /\son/i);
});

test("fields of the wrong type count as empty", () => {
  const wrong = [null, 7, [], {}, true];
  for (const value of wrong) {
    for (const type of [
      "image",
      "gallery",
      "bookmark",
      "embed",
      "callout",
      "toggle",
      "button",
      "codeblock",
      "markdown",
      "product",
      "file",
    ]) {
      const names =
        "src url images metadata html caption calloutText heading buttonText code markdown productTitle visibility".split(
          " ",
        );
      render(card(type, Object.fromEntries(names.map((name) => [name, value]))));
    }
    assert.equal(
      render({ type: "text", text: value, format: value }, { type: "list", children: value }).html,
      "",
    );
  }
});

test("nesting is bounded and said", () => {
  let deep = p(text("x"));
  for (let level = 0; level < 10_000; level += 1) deep = node("paragraph", deep);
  let lists = list("bullet", item(text("x")));
  for (let level = 0; level < 10_000; level += 1) lists = list("bullet", item(lists));
  for (const document of [deep, lists]) {
    assert.deepEqual(render(document).notes, ["Parts nested more than 150 deep were left out."]);
  }
});

test("something that is no document is refused", () => {
  for (const value of [null, 7, "x", [], {}, { root: [] }, { root: { children: {} } }]) {
    assert.throws(() => renderLexical(value), UnreadableDocument);
  }
});
