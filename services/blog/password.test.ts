// Post passwords: only the right one opens, the same post gets the same hash, two posts never do.

import assert from "node:assert/strict";
import { test } from "node:test";
import { hashPassword, verifyPassword } from "./password.ts";

test("only the right password opens, in either way of writing its letters", async () => {
  const hash = await hashPassword("café", "post 1");
  assert.equal(await verifyPassword("café", hash), true);
  assert.equal(await verifyPassword("cafe\u0301", hash), true);
  for (const wrong of ["cafe", "", "café ", "x".repeat(2000)])
    assert.equal(await verifyPassword(wrong, hash), false);
});

test("the same post gets the same hash again, another post another one", async () => {
  const hash = await hashPassword("open", "post 1");
  assert.equal(await hashPassword("open", "post 1"), hash);
  assert.notEqual(await hashPassword("open", "post 2"), hash);
  assert.notEqual(await hashPassword("open"), await hashPassword("open"));
  assert.doesNotMatch(hash, /open/);
});

test("a hash that is none opens for nobody", async () => {
  for (const hash of ["", "open", "scrypt$1$1$1$$", "md5$1$1$1$a$b"])
    assert.equal(await verifyPassword("open", hash), false);
});
