// Addresses and names, as people and attackers type them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { longestName, nameFromAddress, readAddress, readName } from "./address.ts";

test("one mailbox is one address, however it is typed", () => {
  for (const typed of ["Ada@example.org", " ada@example.org ", "ada@example.org".toUpperCase()]) {
    assert.equal(readAddress(typed), "ada@example.org");
  }
  assert.equal(readAddress("ada@bücher.example.org"), "ada@xn--bcher-kva.example.org");
});

test("what could be taken for another address, or end a mail's header, is none", () => {
  const typed = [
    "",
    "ada",
    "@example.org",
    "ada@",
    "ada@localhost",
    "a da@example.org",
    "ada@example.org,eve@example.org",
    "ada@example.org\nBcc: eve@example.org",
    "ada\0@example.org",
    "<ada@example.org>",
    "\u0430da@example.org", // a Cyrillic letter
    "ａda@example.org",
    `${"a".repeat(65)}@example.org`,
    `a@${"b".repeat(250)}.org`,
    "ada@exa mple.org",
    "ada@[127.0.0.1]",
  ];
  for (const text of typed) assert.equal(readAddress(text), null, JSON.stringify(text));
});

test("a name is made of what stands before the @", () => {
  assert.equal(nameFromAddress("ada.marlowe+coop@example.org"), "Ada Marlowe");
  assert.equal(nameFromAddress("___@example.org"), "Member");
});

test("a name keeps no control characters and no marks that turn the text around it", () => {
  assert.equal(readName("  Ada \u202e\n Marlowe\0 "), "Ada Marlowe");
  assert.equal(readName(" \u200e\t "), null);
  assert.equal([...(readName("🌹".repeat(200)) ?? "")].length, longestName);
});
