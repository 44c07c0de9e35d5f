// The text of a letter in pieces: what becomes a link, and what does not.
import assert from "node:assert/strict";
import { test } from "node:test";
import { splitAtLinks } from "./dev-mail.ts";

const linksIn = (text: string) => splitAtLinks(text).flatMap(({ href }) => (href === null ? [] : [href]));

test("the http(s) links of a letter lead somewhere, without the full stop after them", () => {
  const text = "Open https://account.example.org/sign-in/x/, or (http://localhost:8006/a?b=c).\nBye.";
  assert.deepEqual(linksIn(text), ["https://account.example.org/sign-in/x/", "http://localhost:8006/a?b=c"]);
  const pieces = splitAtLinks(text);
  assert.equal(pieces.map((piece) => piece.text).join(""), text, "nothing is lost");
});

test("nothing else in a letter is a link", () => {
  assert.deepEqual(linksIn("javascript:alert(1) data:text/html,x ftp://example.org //example.org"), []);
  assert.deepEqual(linksIn('https://example.org/"onclick="x'), ["https://example.org/"]);
});
