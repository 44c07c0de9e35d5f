// Markdown files as posts: what is refused and where, and what the body becomes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { MarkdownRefusal, readMarkdownPost, renderMarkdown } from "./markdown.ts";

const refusals: [name: string, text: string, message: RegExp][] = [
  ["no front matter", "# Bread", /^line 1: .*front matter/],
  ["front matter without an end", "---\ntitle: Bread\n", /^line 1: .*does not end/],
  ["a field that nobody knows", "---\ntitle: Bread\n\ntittle: x\n---\n", /^line 4: “tittle” is no field/],
  [
    "a nested field that nobody knows",
    "---\ntitle: Bread\nseo:\n  robots: x\n---\n",
    /^line 3: “seo\.robots”/,
  ],
  ["no title", "---\nslug: bread\n---\n", /“title” is missing/],
  ["a state that does not exist", "---\ntitle: Bread\nstatus: live\n---\n", /^line 3: “status”/],
  ["a day that does not exist", "---\ntitle: Bread\ndate: 2026-02-31\n---\n", /^line 3: “date”.*no time/],
  ["YAML that is broken", '---\ntitle: "Bread\n---\n', /^line \d+: /],
  ["the same field twice", "---\ntitle: a\ntitle: b\n---\n", /^line 3: /],
  ["a password post without its password", "---\ntitle: a\nvisibility: password\n---\n", /add the password/],
  ["a post below a page", "---\ntitle: a\nparent: about\n---\n", /Only pages/],
];

for (const [name, text, message] of refusals) {
  test(`refused with its line: ${name}`, () => {
    assert.throws(
      () => readMarkdownPost(text),
      (error) => error instanceof MarkdownRefusal && message.test(error.message),
    );
  });
}

test("front matter is read with its types, from files of any system", () => {
  const { front, body } = readMarkdownPost(
    "\ufeff---\r\ntitle: 2026\u0020plans\r\ndate: 2026-11-21 18:30 +01:00\r\ntags: [a, b]\r\nauthors: Ann\r\n---\r\nText\r\n",
  );
  assert.equal(front.date?.toISOString(), "2026-11-21T17:30:00.000Z");
  assert.deepEqual([front.tags, front.authors, front.status], [["a", "b"], ["Ann"], "published"]);
  assert.equal(body, "Text\n");
});

test("raw HTML is shown as text", () => {
  assert.equal(renderMarkdown("<b>x</b>"), "<p>&lt;b&gt;x&lt;/b&gt;</p>\n");
});

test("pictures alone in a paragraph are figures, several a gallery; a marked quotation is a callout", () => {
  assert.equal(
    renderMarkdown('![alt](a.png "Words")', (src) => `/x/${src}`),
    '<figure class="rich-image"><img src="/x/a.png" alt="alt"><figcaption>Words</figcaption></figure>\n',
  );
  assert.match(
    renderMarkdown("![a](a.png) ![b](b.png)"),
    /^<figure class="rich-gallery">(?:<figure.*?<\/figure>){2}<\/figure>/,
  );
  assert.match(
    renderMarkdown("> [!NOTE]\n> Mind the cat."),
    /^<aside class="rich-callout"><div><p>Mind the cat\.<\/p>/,
  );
  assert.match(renderMarkdown("text ![a](a.png)"), /^<p>text <img/);
});

test("a line of its own marks where the public part ends", () => {
  assert.equal(
    renderMarkdown("a\n\n<!-- members-only -->\n\nb"),
    "<p>a</p>\n\n<!--members-only-->\n<p>b</p>\n",
  );
});
