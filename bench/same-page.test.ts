// The comparison of pages: writing may differ, content may not.

import assert from "node:assert/strict";
import { test } from "node:test";
import { pageDifference } from "./same-page.ts";

test("the same page written in another way is the same page", () => {
  const one = `<p class="a" id='b'>Tea &amp; &quot;cake&quot;<br><input required></p>`;
  const other = `<!-- marker --><p id="b" class="a">Tea &#38; "ca<!-- -->ke"<br/><input required=""></p>`;
  assert.equal(pageDifference(one, other), null);
});

test("hostile text that was not escaped is a difference", () => {
  assert.notEqual(pageDifference("<p>&lt;b&gt;bold&lt;/b&gt;</p>", "<p><b>bold</b></p>"), null);
});

test("an attribute that ends early is a difference", () => {
  assert.notEqual(pageDifference('<a title="x&quot; id=&quot;y">z</a>', '<a title="x" id="y">z</a>'), null);
});

test("a missing end is a difference, and says where", () => {
  const difference = pageDifference("<p>one</p><p>two</p>", "<p>one</p>");
  assert.equal(difference, 'token 3 is undefined instead of "start p "');
});
