// Post contents as WordPress keeps them, and the HTML they become.

import assert from "node:assert/strict";
import { test } from "node:test";
import { cleanHtml } from "../clean-html.ts";
import { type PostMedia, renderWordpressContent } from "./wordpress-content.ts";
import { htmlPieces } from "./wordpress-paragraphs.ts";

const media: PostMedia = {
  imageWithId: (id) => (id === "9" ? null : { src: `/files/${id}.jpg`, alt: `Picture ${id}`, caption: null }),
  ownImages: [{ src: "/files/own.jpg", alt: 'A "loaf"', caption: "Rye & salt" }],
};
const render = (content: string) => renderWordpressContent(content, media);
/** Without the line ends that only make the source easier to read. */
const html = (content: string) => render(content).html.replace(/>\n+/g, ">").trim();

const card = (address: string, words: string) => `<a class="rich-card" href="${address}">${words}</a>`;

const drawn: Record<string, [content: string, html: string]> = {
  "blank lines divide paragraphs and line ends break lines": [
    "one\n\ntwo\nthree\r\n\r\n\r\nfour",
    "<p>one</p><p>two<br>three</p><p>four</p>",
  ],
  "block elements stay outside of paragraphs": [
    "before\n<ul>\n\t<li>a</li>\n\t<li>b</li>\n</ul>\nafter",
    "<p>before</p><ul><li>a</li><li>b</li></ul><p>after</p>",
  ],
  "a written paragraph is not wrapped again": [
    '<p class="x">one</p>\n\ntwo',
    '<p class="x">one</p><p>two</p>',
  ],
  "a blank line inside a written paragraph ends it": ["<p>one\n\ntwo</p>", "<p>one</p><p>two</p>"],
  "headings and captions get no paragraphs": ["<h2>a\nb</h2>", "<h2>a<br>b</h2>"],
  "a quotation holds paragraphs": [
    "<blockquote>a\n\nb</blockquote>",
    "<blockquote><p>a</p><p>b</p></blockquote>",
  ],
  "an item with a blank line holds paragraphs": [
    "<ul><li>a\n\nb</li><li>c</li></ul>",
    "<ul><li><p>a</p><p>b</p></li><li>c</li></ul>",
  ],
  "preformatted text keeps its lines": ["<pre>a\n\n  b [x]</pre>", "<pre>a\n\n  b [x]</pre>"],
  "line ends inside a tag stay": [
    '<img\n  alt="a > b"\n\n  src="/x.png">',
    '<p><img\n  alt="a > b"\n\n  src="/x.png"></p>',
  ],
  "a link around a block gets no paragraph of its own": [
    '<a href="/x"><div>a</div></a>',
    '<a href="/x"><div>a</div></a>',
  ],
  "the more and page marks leave no trace": [
    "a\n\n<!--more Read on-->\n\nb\n\n<!--nextpage-->\n\nc",
    "<p>a</p><p>b</p><p>c</p>",
  ],
  "an address on its own line becomes a link card": [
    "see\nhttps://www.video.example/watch?a=1&amp;b=2\n\nhttps://text.example here",
    `<p>see<br>${card("https://www.video.example/watch?a=1&amp;b=2", "video.example")}</p><p>https://text.example here</p>`,
  ],
  "an embedded address becomes a link card": [
    '[embed width="300"]https://video.example/1[/embed]',
    `<p>${card("https://video.example/1", "video.example")}</p>`,
  ],
  "sounds and films become link cards": [
    '[audio mp3="https://old.example.org/a.mp3"][/audio][video src="https://old.example.org/b.mp4" title="Baking"]',
    `<p>${card("https://old.example.org/a.mp3", "old.example.org")}</p><p>${card("https://old.example.org/b.mp4", "Baking · old.example.org")}</p>`,
  ],
  "a caption becomes a figure": [
    '[caption id="a" align="alignleft" width="300"]<a href="/big.jpg"><img src="/a.jpg" /></a> A <em>fine</em>\nloaf[/caption]',
    '<figure class="rich-image alignleft"><a href="/big.jpg"><img src="/a.jpg" /></a><figcaption>A <em>fine</em> loaf</figcaption></figure>',
  ],
  "an old caption stands in an attribute": [
    '[caption align="aligncenter" caption="A loaf"]<img src="/a.jpg">[/caption]',
    '<figure class="rich-image aligncenter"><img src="/a.jpg"><figcaption>A loaf</figcaption></figure>',
  ],
  "a gallery without numbers shows the post's own pictures": [
    "[gallery]",
    '<figure class="rich-gallery"><figure class="rich-image"><img src="/files/own.jpg" alt="A &quot;loaf&quot;"><figcaption>Rye &amp; salt</figcaption></figure></figure>',
  ],
  "a gallery shows the listed pictures in order": [
    "[gallery columns=2 ids='3,1']",
    '<figure class="rich-gallery"><figure class="rich-image"><img src="/files/3.jpg" alt="Picture 3"></figure><figure class="rich-image"><img src="/files/1.jpg" alt="Picture 1"></figure></figure>',
  ],
  "a doubled bracket shows a shortcode as text": ["[[gallery]] and [1]", "<p>[gallery] and [1]</p>"],
  "block comments go and their markup stays as it is": [
    '<!-- wp:paragraph {"a":1} -->\n<p>a\nb</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:heading --><h2>c</h2><!-- /wp:heading -->',
    "<p>a\nb</p><h2>c</h2>",
  ],
  "classic text between blocks gets paragraphs": [
    "<!-- wp:paragraph --><p>a</p><!-- /wp:paragraph -->\n\nb\n\nc",
    "<p>a</p><p>b</p><p>c</p>",
  ],
  "an embed block becomes a link card with its caption": [
    '<!-- wp:embed {"url":"https://video.example/1"} --><figure class="wp-block-embed"><div>\nhttps://video.example/1\n</div><figcaption>Film</figcaption></figure><!-- /wp:embed -->',
    `<figure class="wp-block-embed"><div>${card("https://video.example/1", "video.example")}</div><figcaption>Film</figcaption></figure>`,
  ],
  "an old cover keeps its picture": [
    '<!-- wp:cover {"id":1} --><div class="wp-block-cover" style="background-image:url(/sea.jpg)"><p>Sea</p></div><!-- /wp:cover -->',
    '<div class="wp-block-cover" style="background-image:url(/sea.jpg)"><img src="/sea.jpg" alt=""><p>Sea</p></div>',
  ],
};

for (const [claim, [content, expected]] of Object.entries(drawn)) {
  test(claim, () => assert.equal(html(content), expected));
}

test("what cannot be carried over is said once", () => {
  const { html: left, notes } = render(
    '[form id="1"] [form id="2"]\n\n[tabs]x[/tabs]\n\n[gallery ids="9"]\n\n[audio]\n\n<!-- wp:calendar /--><!-- wp:rss {"a":1} /-->',
  );
  assert.match(left, /\[form id="1"\] \[form id="2"\]/);
  assert.deepEqual(notes.sort(), [
    "A gallery shows images that are not in the export; the others were kept.",
    "A gallery without any image in the export was left out.",
    "Blocks that WordPress itself fills were left out: calendar, rss.",
    "The shortcode [audio] names no address and was left as text.",
    "The shortcode [form] belongs to a plugin and was left as text.",
    "The shortcode [tabs] belongs to a plugin and was left as text.",
  ]);
});

test("a forged preview mark does not get through", () => {
  assert.doesNotMatch(render("a\n\n<!--members-only-->\n\nb").html, /members-only/);
  assert.doesNotMatch(
    render("<!-- wp:html --><p>a</p><!--members-only--><!-- /wp:html -->").html,
    /members-only/,
  );
});

test("many galleries do not grow without bound", () => {
  const { html: grown, notes } = render("[gallery]".repeat(20_000));
  assert.equal(grown.match(/<img /g)?.length, 2000);
  assert.ok(notes.includes("Gallery images beyond 2000 were left out."));
});

test("a shortcode cannot smuggle markup past the sanitiser", () => {
  const hostile = render(
    `[embed]https://x.example/"><script>alert(1)</script>[/embed][video src='https://x.example/"onmouseover="alert(1)' title='"><img src=x onerror=alert(1)>']` +
      '[caption align="x" onclick=1]<img src=x onerror=alert(1)> <script>alert(1)</script>[/caption]',
  );
  const cleaned = cleanHtml(hostile.html, { origin: "https://own.example.org" });
  assert.doesNotMatch(cleaned.html, /<script|<img[^>]*onerror|<a[^>]*onmouseover/);
});

test("cutting into pieces loses nothing but comments", () => {
  const contents = [
    "a<b>c</b><!-- gone -->d < e <br/> <pre>x<y></pre>",
    "<a href='>'>x</a> <a href=\"unclosed>y</a> <p title='it''s'>",
    "<!-- never ends <p>x</p>",
    "<script>if (a<b) '</p>'</script><svg><p></svg><svg>",
    "<a <a <a",
    "</pre><pre>",
  ];
  for (const content of contents) {
    const joined = htmlPieces(content).map((piece) => piece.text);
    assert.equal(joined.join(""), content.replace(/<!-- gone -->/, ""));
  }
});

test("long runs of unfinished markup are read to their end", () => {
  const pieces = [
    "<a ",
    "<a '>'",
    '<a b="',
    "<pre>",
    "</pre",
    "<!--",
    "<div>",
    "</p>",
    "[gallery ",
    "[caption]",
    "[x a=",
    "\n \n",
  ];
  for (const piece of pieces) {
    const long = piece.repeat(50_000);
    assert.ok(render(`${long}the end`).html.includes("the end"), piece);
  }
});
