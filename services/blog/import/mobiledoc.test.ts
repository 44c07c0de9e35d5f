// Mobiledoc documents, and the HTML they become.

import assert from "node:assert/strict";
import { test } from "node:test";
import { UnreadableDocument } from "./ghost-document.ts";
import { renderMobiledoc } from "./mobiledoc.ts";

interface Parts {
  readonly atoms?: unknown[];
  readonly cards?: unknown[];
  readonly markups?: unknown[];
}
const render = (sections: unknown[], parts: Parts = {}) =>
  renderMobiledoc({ version: "0.3.1", atoms: [], cards: [], markups: [], ...parts, sections });
const plain = (words: string) => [0, [], 0, words];
const line = (element: string, ...markers: unknown[]) => [1, element, markers];

const drawn: Record<string, [sections: unknown[], html: string, parts?: Parts]> = {
  "text sections become their elements": [
    [
      line("p", plain("a & b")),
      line("blockquote", plain("c")),
      line("aside", plain("d")),
      line("h2", plain("Rye, sliced")),
    ],
    '<p>a &amp; b</p><blockquote>c</blockquote><blockquote class="rich-pullquote">d</blockquote><h2 id="rye-sliced">Rye, sliced</h2>',
  ],
  "an element that is not known is a paragraph": [[line("script", plain("a"))], "<p>a</p>"],
  "an empty line leaves nothing behind": [[line("p"), line("p", plain("")), line("h3", plain(""))], ""],
  "markups open and close in order": [
    [line("p", [0, [0], 0, "a"], [0, [1], 2, "b"], plain("c"))],
    "<p><strong>a<em>b</em></strong>c</p>",
    { markups: [["strong"], ["EM"]] },
  ],
  "what stays open ends with its line": [
    [line("p", [0, [0], 0, "a"])],
    "<p><b>a</b></p>",
    { markups: [["b"]] },
  ],
  "more closings than openings do no harm": [
    [line("p", [0, [0], 9, "a"])],
    "<p><i>a</i></p>",
    { markups: [["i"]] },
  ],
  "links keep their address": [
    [line("p", [0, [0], 1, "a"])],
    '<p><a href="/x?&quot;&amp;">a</a></p>',
    { markups: [["a", ["rel", "href", "href", '/x?"&']]] },
  ],
  "a markup that is not known leaves its words": [
    [line("p", [0, [0, 7], 2, "a"])],
    "<p>a</p>",
    { markups: [["script", ["src", "x"]]] },
  ],
  "a soft return breaks the line": [
    [line("p", plain("a"), [1, [], 0, 0], [1, [], 0, 1])],
    "<p>a<br>@ada</p>",
    {
      atoms: [
        ["soft-return", "", {}],
        ["mention", "@ada", {}],
      ],
    },
  ],
  lists: [
    [
      [3, "ol", [[plain("a")], [plain("b")]]],
      [3, "ul", []],
    ],
    "<ol><li>a</li><li>b</li></ol>",
  ],
  "an image section": [[[2, "/a.jpg"]], '<figure class="rich-image"><img src="/a.jpg" alt=""></figure>'],
  "cards by their names in Mobiledoc": [
    [0, 1, 2, 3, 4].map((number) => [10, number]),
    '<hr><pre><code>a &lt; b</code></pre><h1>Rye</h1>\n<figure class="rich-image"><img src="/a.jpg" alt="A"></figure><!--members-only-->',
    {
      cards: [
        ["hr", {}],
        ["code", { code: "a < b" }],
        ["card-markdown", { markdown: "# Rye" }],
        ["image", { src: "/a.jpg", alt: "A" }],
        ["paywall", {}],
      ],
    },
  ],
};

for (const [claim, [sections, expected, parts]] of Object.entries(drawn)) {
  test(claim, () => assert.equal(render(sections, parts).html, expected));
}

test("what is not known is said once", () => {
  const { html, notes } = render([[10, 0], [10, 0], [10, 9], [77], "x", line("p", [0, [0], 1, "join"])], {
    cards: [["hologram", {}]],
    markups: [["a", ["href", "#/portal/signup"]]],
  });
  assert.equal(html, "<p>join</p>");
  assert.deepEqual(notes, [
    'A card "hologram", which is not known here, was left out.',
    "A card that is not in the document was left out.",
    "A section of a kind that is not known here was left out.",
    "A link to Ghost's own sign-up and account window was left out; its words were kept.",
  ]);
});

test("parts of the wrong type count as empty", () => {
  const wrong = [null, 7, "x", {}, [], true];
  for (const value of wrong) {
    const sections = [1, 2, 3, 10].flatMap((kind) => [
      [kind, value, value],
      [kind, "p", [value]],
      [kind, "p", [[value, value, value, value]]],
      [kind, "p", [[1, [value], value, value]]],
    ]);
    render(sections, { cards: [value, ["image", value]], markups: [value, [value, value]], atoms: [value] });
  }
});

test("a card that is used often is bounded", () => {
  const cards = [["html", { html: "x".repeat(1_000_000) }]];
  assert.throws(() => render(Array(1_000_000).fill([10, 0]), { cards }), UnreadableDocument);
});

test("something that is no document is refused", () => {
  for (const value of [null, 7, "x", [], {}, { sections: {} }]) {
    assert.throws(() => renderMobiledoc(value), UnreadableDocument);
  }
});
