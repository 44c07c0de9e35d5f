// Form tokens: they fit the session and the service they were made for, and nothing else does.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { createFormTokens } from "./form-token.ts";

test("a token fits its own session and no other, nor another service's", () => {
  const secret = randomBytes(32);
  const tokens = createFormTokens(secret);
  const token = tokens.make("ann");
  assert.ok(tokens.fits(token, "ann"));
  assert.ok(createFormTokens(secret).fits(token, "ann"), "also after a restart");
  assert.ok(!tokens.fits(token, "bob"));
  assert.ok(!createFormTokens(randomBytes(32)).fits(token, "ann"));
});

test("nothing, parts, more, and other letters of the same length or bytes do not fit", () => {
  const tokens = createFormTokens(randomBytes(32));
  const token = tokens.make("ann");
  assert.match(token, /^[A-Za-z0-9_-]{43}$/);
  const others = [
    null,
    "",
    token.slice(1),
    `${token}=`,
    ` ${token}`,
    token.toLowerCase(),
    "é".repeat(21),
    "ann",
  ];
  for (const other of others) assert.equal(tokens.fits(other, "ann"), other === token, String(other));
  const changed = token.replace(/^./, (first) => (first === "A" ? "B" : "A"));
  assert.ok(!tokens.fits(changed, "ann"));
});
