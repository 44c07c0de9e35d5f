// What decides the text of markup when code is loaded: a text in one piece is the same text, and a printer that
// remembers what it printed last prints what one prints that does not.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Value } from "../core/values.ts";
import { renderAttribute } from "../render/attributes.ts";
import { classListPrinter, inOnePiece, printerFor } from "./markup.ts";

test("a text in one piece is the same text", () => {
  for (const text of [
    "",
    "a",
    "12",
    "__proto__",
    "toString",
    '"\\\n',
    "\u0000\u2028",
    "\ud800",
    "😀",
    "·".repeat(9),
  ])
    assert.equal(inOnePiece(text), text);
});

test("class names are printed the same the first time and ever after", () => {
  const tag = "p";
  const attribute = { tag, name: "class", before: "<p", after: ">" };
  const [print, printList] = [printerFor(attribute), classListPrinter(attribute)];
  const values: Value[] = [
    "",
    "a",
    "b",
    "a",
    "c&",
    "b",
    null,
    ["a", null, "c&"],
    "c&",
    "",
    { a: true, b: false },
    "a",
  ];
  for (const value of [...values, ...values]) {
    const expected = `<p${renderAttribute(tag, "class", value)}>`;
    assert.equal(print(value), expected);
    assert.equal(printList([value], 0, 1), `<p${renderAttribute(tag, "class", [value])}>`);
  }
});
