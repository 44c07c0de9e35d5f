// The account's keys: what is derived stays the same, what is sealed opens only where it was meant to.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { codeAlphabet, createAccountKeys } from "./keys.ts";

const keysOf = (root: string) =>
  createAccountKeys({
    derive: (purpose) => createHmac("sha256", root).update(purpose).digest(),
    client: "",
    clients: {},
  });
const keys = keysOf("one");

test("a sealed text opens with the same key and for the same record, unchanged, and otherwise not at all", () => {
  const sealed = keys.seal("Session a", "content – ünïcode");
  assert.equal(keys.open("Session a", sealed), "content – ünïcode");
  assert.throws(() => keys.open("Session b", sealed));
  assert.throws(() => keysOf("two").open("Session a", sealed));
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Uint8Array.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    assert.throws(() => keys.open("Session a", changed), `byte ${at}`);
  }
  assert.throws(() => keys.open("Session a", sealed.subarray(0, 20)));
  assert.notDeepEqual(keys.seal("Session a", "x"), keys.seal("Session a", "x"));
});

test("a letter's link and code are the same whenever they are made, and tell nothing of each other", () => {
  const id = "5f0c2f0e-6a0b-4a3e-9a59-0f5d8f3b7c11";
  assert.equal(keys.letterToken(id), keysOf("one").letterToken(id));
  assert.equal(keys.letterCode(id), keysOf("one").letterCode(id));
  assert.notEqual(keys.letterCode(id), keysOf("two").letterCode(id));
  assert.match(keys.letterCode(id), new RegExp(`^[${codeAlphabet}]{8}$`));
  assert.doesNotMatch(codeAlphabet, /[01AEIOUYLS]/);
});

test("codes are spread over the whole alphabet", () => {
  const counts = new Map<string, number>();
  for (let letter = 0; letter < 2000; letter += 1) {
    for (const sign of keys.letterCode(`letter ${letter}`)) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  }
  const expected = (2000 * 8) / codeAlphabet.length;
  assert.equal(counts.size, codeAlphabet.length);
  for (const count of counts.values()) assert.ok(count > expected * 0.75 && count < expected * 1.25);
});

test("parts that are joined differently give different ids", () => {
  assert.notEqual(keys.grantId("ab", "c"), keys.grantId("a", "bc"));
  assert.notEqual(keys.pageId("1:a", "b"), keys.pageId("1", ":ab"));
  assert.notEqual(keys.deviceId("session"), keys.browserMark("session"));
});
