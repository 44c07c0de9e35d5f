// The sanitiser against attacks, and for what it must keep. Results are judged as a parser reads them, by a
// checker with its own, shorter lists; the checker itself is shown to flag every attack that was not cleaned.

import assert from "node:assert/strict";
import { test } from "node:test";
import sanitizeHtml from "sanitize-html";
import { cleanHtml, HtmlTooLong, maxHtmlLength, plainText } from "./clean-html.ts";
import { attacks, inertAttacks } from "./html-attacks.ts";

const own = "https://own.example.org";
const clean = (html: string) => cleanHtml(html, { origin: own });

const elements = new Set(
  (
    "a abbr address aside audio b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt " +
    "em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li mark ol p pre q rp rt ruby s samp " +
    "section small source span strong sub summary sup table tbody td tfoot th thead time tr u ul var video wbr"
  ).split(" "),
);
const attributes = new Set(
  (
    "alt class colspan controls datetime dir height href id lang loading open poster preload rel reversed rowspan " +
    "scope span src srcset start title type value width"
  ).split(" "),
);

/** What a parser finds in the markup that should not be there. */
function faultsOf(html: string): string[] {
  const faults: string[] = [];
  if (/<!|<\?/.test(html)) faults.push("comment or declaration");
  if (/[\0-\x08\x0b-\x1f]/.test(html)) faults.push("control character");
  const open: string[] = [];
  sanitizeHtml(html, {
    allowedTags: false,
    allowedAttributes: false,
    allowVulnerableTags: true,
    onOpenTag: (name, given) => {
      open.push(name);
      if (!elements.has(name)) faults.push(`element ${name}`);
      for (const [key, value] of Object.entries(given)) faults.push(...attributeFaults(name, key, value));
      const abroad = name === "a" && new URL(given.href ?? "/", own).host !== "own.example.org";
      if (abroad && !/^(?:mailto|tel):/.test(given.href!) && given.rel !== "nofollow noopener noreferrer") {
        faults.push("link without rel");
      }
      if (name === "img" && (given.src === undefined || given.alt === undefined)) faults.push("bare image");
    },
    onCloseTag: (name) => {
      if (open.pop() !== name) faults.push(`end of ${name} out of order`);
    },
  });
  return [...faults, ...balanceFaults(html)];
}

function attributeFaults(element: string, name: string, value: string): string[] {
  if (!attributes.has(name)) return [`attribute ${name} on ${element}`];
  if (name === "id" && !value.startsWith("u-")) return ["id without prefix"];
  if (name === "class" && !/^(?:rich-[a-z-]+|language-\S+)( rich-[a-z-]+)*$/.test(value))
    return [`class ${value}`];
  if (name !== "href" && name !== "src" && name !== "poster") return [];
  const browserReads = value.replace(/[\t\n\r]/g, "").replace(/^[\0-\x20]+/, "");
  const schemes = name === "href" ? ["http:", "https:", "mailto:", "tel:"] : ["http:", "https:"];
  if (!schemes.includes(new URL(browserReads, own).protocol)) return [`address ${value}`];
  if (new URL(browserReads, own).username !== "") return ["address with a user name"];
  return /^[/\\]{2}/.test(browserReads) ? ["address without scheme"] : [];
}

/** Reads tags as written: each end tag must be that of the innermost open element. */
function balanceFaults(html: string): string[] {
  const open: string[] = [];
  for (const [, slash, name] of html.matchAll(/<(\/?)([a-z0-9]+)[^>]*>/gi)) {
    if (slash === "/") {
      if (open.pop() !== name) return [`stray </${name}>`];
    } else if (!/^(?:br|hr|img|wbr|col|source)$/.test(name!)) open.push(name!);
  }
  return open.length === 0 ? [] : [`unclosed ${open.join(" ")}`];
}

for (const [name, html] of Object.entries(attacks)) {
  test(`harmless after cleaning: ${name}`, () => {
    const cleaned = clean(html);
    assert.deepEqual(faultsOf(cleaned.html), [], cleaned.html);
    assert.equal(clean(cleaned.html).html, cleaned.html, "cleaning again changes something");
    assert.deepEqual(
      clean(`<div>before${html}`).html.match(/^<div>before/)?.length,
      1,
      "text before it is kept",
    );
  });
}

test("the checker flags every attack that has not been cleaned", () => {
  const missed = Object.entries(attacks).filter(([, html]) => faultsOf(html).length === 0);
  assert.deepEqual(
    missed.map(([name]) => name),
    inertAttacks,
  );
});

test("any mixture of attacks and tags comes out harmless, and the same when cleaned again", () => {
  const tags = [...elements, "script", "svg", "form", "math", "select"].flatMap((name) => [
    `<${name}>`,
    `</${name}>`,
  ]);
  const pieces = [...tags, ...tags, ...Object.values(attacks), "text", " ", "&amp;", "<", '"', "-->"];
  const next = pseudoRandom(20_120_110);
  for (let run = 0; run < 1000; run += 1) {
    const mixture = Array.from({ length: 1 + (next() % 25) }, () => pieces[next() % pieces.length]).join("");
    const once = clean(mixture).html;
    assert.deepEqual(faultsOf(once), [], `${mixture}\n→ ${once}`);
    assert.equal(clean(once).html, once, mixture);
  }
});

/** The same whole numbers on every run (Park and Miller's generator). */
function pseudoRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state;
  };
}

const kept: Record<string, [html: string, result: string]> = {
  "own links stay as they are": ['<a href="/a?b=1#c">x</a>', '<a href="/a?b=1#c">x</a>'],
  "relative links lead from the root": ['<a href="a/b">x</a>', '<a href="/a/b">x</a>'],
  "mail and telephone links work": [
    '<a href="mailto:hello@example.org">m</a><a href="tel:+4912345">t</a>',
    '<a href="mailto:hello@example.org">m</a><a href="tel:+4912345">t</a>',
  ],
  "a path that would name a host stays on this site": [
    '<a href="/.//evil.example">x</a>',
    '<a href="https://own.example.org//evil.example">x</a>',
  ],
  "links abroad pass on no standing": [
    '<a href="https://other.example/x" target=_blank>x</a>',
    '<a href="https://other.example/x" rel="nofollow noopener noreferrer">x</a>',
  ],
  "in-page links follow the prefixed ids": [
    '<a href="#one">x</a><h2 id="one">One</h2><sup id="fn:1">1</sup>',
    '<a href="#u-one">x</a><h2 id="u-one">One</h2><sup id="u-fn:1">1</sup>',
  ],
  "images load late and have an alternative text": [
    '<img src="/a.png" width="20" height="1e9" style="x">',
    '<img src="/a.png" alt="" width="20" loading="lazy">',
  ],
  "a lazy loader's placeholder gives way": [
    '<img src="data:image/gif;base64,R0" data-src="/real.png" alt="A">',
    '<img src="/real.png" alt="A" loading="lazy">',
  ],
  "alignment classes get our names": [
    '<figure class="alignleft wp-caption x"><img src="/a.png" alt="a"></figure>',
    '<figure class="rich-left rich-image"><img src="/a.png" alt="a" loading="lazy"></figure>',
  ],
  "code keeps its language": [
    '<pre><code class="language-ts hljs">a &lt; b</code></pre>',
    '<pre><code class="language-ts">a &lt; b</code></pre>',
  ],
  "a video frame becomes a link card": [
    '<iframe src="https://www.youtube.com/embed/abc_1?x=1" allowfullscreen></iframe>',
    '<a class="rich-card" href="https://www.youtube.com/watch?v=abc_1" rel="nofollow noopener noreferrer">youtube.com</a>',
  ],
  "a nested embed becomes one link card": [
    '<object data="https://old.example/x.swf"><embed src="https://old.example/x.swf"></object>',
    '<a class="rich-card" href="https://old.example/x.swf" rel="nofollow noopener noreferrer">old.example</a>',
  ],
  "players have controls": [
    '<video autoplay><source src="/a.mp4" type="video/mp4"></video>',
    '<video controls preload="none"><source src="/a.mp4" type="video/mp4"></video>',
  ],
  "old presentational elements are renamed": ["<strike>a</strike> <tt>b</tt>", "<s>a</s> <code>b</code>"],
  "tables keep their spans": [
    '<table><tr><th scope="col" colspan="2">a</th></tr><tr><td>b<td>c</table>',
    '<table><tr><th colspan="2" scope="col">a</th></tr><tr><td>b</td><td>c</td></tr></table>',
  ],
  "text straight in a table gets a cell": [
    "<table>x<tr>y</table>",
    "<table><tr><td>x</td></tr><tr><td>y</td></tr></table>",
  ],
  "a paragraph around a figure is taken away": [
    '<p><a href="/x"><figure><img src="/a.png" alt="a"></figure></a></p>',
    '<a href="/x"><figure><img src="/a.png" alt="a" loading="lazy"></figure></a>',
  ],
  "empty paragraphs go": ["<p></p><p>&nbsp;</p><p>x</p>", "<p>x</p>"],
  "an item outside a list is only text": [
    "<ul><li><div><li>x</li></div></li></ul>",
    "<ul><li><div> x</div></li></ul>",
  ],
};

for (const [claim, [html, result]] of Object.entries(kept)) {
  test(claim, () => assert.equal(clean(html).html, result));
}

test("an image gets the address, size and sizes that the site has for it", () => {
  const cleaned = cleanHtml(
    '<img src="https://old.example/a.png" width="9000" srcset="javascript:x 1x" alt="A">',
    {
      origin: own,
      imageFor: (src) => ({
        src: `/images/${src.length}.webp`,
        width: 640,
        height: 480,
        srcset: "/images/s.webp 320w",
      }),
    },
  );
  assert.equal(
    cleaned.html,
    '<img src="/images/25.webp" srcset="/images/s.webp 320w" alt="A" width="640" height="480" loading="lazy">',
  );
});

test("the text separates blocks, joins inline elements and leaves out what is not shown", () => {
  const { text } = clean(
    "<h2>One</h2><p>t<b>w</b>o &amp; &lt;three&gt;<br>four</p><script>no</script><ul><li>a<li>b</ul>",
  );
  assert.equal(text, "One two & <three> four a b");
});

test("plain text decodes references and drops tags", () => {
  assert.equal(plainText("Bread &amp; <em>roses</em>\n &#8211; now"), "Bread & roses – now");
  assert.equal(plainText(" no  markup "), "no markup");
});

test("what was removed is counted in words", () => {
  const { removed } = clean(
    '<script>x</script><p style="a" onclick="b">t</p><a href="javascript:x">y</a><blurb>z</blurb>',
  );
  assert.deepEqual(removed, {
    "script element": 1,
    "style attribute": 1,
    "event handler": 1,
    "unsafe address": 1,
    "unknown element": 1,
  });
});

test("hostile nesting becomes plain text", () => {
  const cleaned = clean(`${"<b>".repeat(200_000)}deep <script>x</script>${"</b>".repeat(200_000)}`);
  assert.equal(cleaned.html, "<p>deep  x</p>");
  assert.deepEqual(Object.keys(cleaned.removed), ["markup nested too deeply, kept as plain text"]);
});

test("nesting that is merely deep keeps its text and loses the innermost tags", () => {
  const { html } = clean(`${"<div>".repeat(300)}x${"</div>".repeat(300)}`);
  assert.equal(html, `${"<div>".repeat(100)}x${"</div>".repeat(100)}`);
  assert.equal(clean(html).html, html);
});

test("a long run of unfinished tags is nothing", () => {
  assert.equal(clean("<a ".repeat(300_000)).html, "");
  assert.equal(clean('<p title="'.repeat(100_000)).html, "");
});

test("a text beyond the limit is refused with its length", () => {
  assert.throws(() => clean("x".repeat(maxHtmlLength + 1)), HtmlTooLong);
});
