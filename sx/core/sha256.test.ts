// The hash against Node's own, on every length at which padding changes and on odd text.

import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { sha256 } from "./sha256.ts";

const reference = (input: string | Uint8Array) => createHash("sha256").update(input).digest("hex");

test("the empty text has the hash that the standard gives", () => {
  assert.equal(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});

test("every length up to three blocks agrees with node:crypto", () => {
  for (let length = 0; length <= 200; length++) {
    const bytes = randomBytes(length);
    assert.equal(sha256(bytes), reference(bytes), `${length} bytes`);
  }
});

test("a part of a larger buffer is hashed by itself", () => {
  const bytes = randomBytes(300);
  assert.equal(sha256(bytes.subarray(7, 200)), reference(bytes.subarray(7, 200)));
});

test("a megabyte agrees with node:crypto", () => {
  const bytes = randomBytes(1_000_003);
  assert.equal(sha256(bytes), reference(bytes));
});

test("text is hashed as UTF-8", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (s) => assert.equal(sha256(s), reference(s))));
  assert.equal(sha256("\ud800"), reference("\ufffd"));
});
