// The key ring: which key signs, which verifies, what stops the start, and the drill of a rotation (H-3).

import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { createKeyRing, type KeyPairs, newKey } from "./keys.ts";
import { signMessage, verifyMessage } from "./signature.ts";

const now = new Date("2027-01-15T08:00:00Z");
const [first, second] = [newKey(), newKey()];

test("the newest version signs and every version verifies", () => {
  const ring = createKeyRing({
    "cart>orders": [
      { version: 10, key: second },
      { version: 9, key: first },
    ],
  });
  assert.equal(ring.signingKey("cart", "orders")?.id, "cart>orders:10");
  assert.equal(ring.verifyingKey("cart>orders:9")?.version, 9);
  assert.equal(ring.verifyingKey("cart>orders:10")?.caller, "cart");
  assert.equal(ring.verifyingKey("cart>orders:9")?.secret.export({ format: "jwk" }).k, first);
});

test("a version that does not sign yet only verifies", () => {
  const ring = createKeyRing({
    "cart>orders": [
      { version: 1, key: first },
      { version: 2, key: second, signs: false },
    ],
  });
  assert.equal(ring.signingKey("cart", "orders")?.version, 1);
  assert.equal(ring.verifyingKey("cart>orders:2")?.version, 2);
});

test("there is no key for the other direction, for another version or for a name of JavaScript's", () => {
  const ring = createKeyRing({ "cart>orders": [{ version: 1, key: first }] });
  assert.equal(ring.signingKey("orders", "cart"), null);
  for (const id of ["cart>orders:2", "cart>orders:01", "cart>orders", "orders>cart:1", "constructor", ""]) {
    assert.equal(ring.verifyingKey(id), null, id);
  }
});

test("a key that cannot be trusted stops the start, and is not shown", () => {
  const entry = (key: unknown, version = 1) => ({ version, key: key as string }); // as a secrets file may hold it
  const encode = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");
  const bytes = Buffer.from(first, "base64url");
  const cases: readonly (readonly [what: string, pairs: KeyPairs])[] = [
    ["no versions", { "cart>orders": [] }],
    ["no key", { "cart>orders": [entry(undefined)] }],
    ["null", { "cart>orders": [entry(null)] }],
    ["an empty key", { "cart>orders": [entry("")] }],
    ["the word undefined", { "cart>orders": [entry("undefined")] }],
    ["31 bytes", { "cart>orders": [entry(encode(bytes.subarray(1)))] }],
    ["33 bytes", { "cart>orders": [entry(encode(Buffer.concat([bytes, Buffer.of(1)])))] }],
    ["padding", { "cart>orders": [entry(`${first}=`)] }],
    ["a space", { "cart>orders": [entry(` ${first}`)] }],
    ["plain base64", { "cart>orders": [entry(Buffer.alloc(32, "\xfb\xff").toString("base64"))] }],
    ["unused bits set", { "cart>orders": [entry(`${"A".repeat(42)}B`)] }],
    ["hexadecimal", { "cart>orders": [entry(bytes.toString("hex"))] }],
    ["all zero", { "cart>orders": [entry(encode(new Uint8Array(32)))] }],
    ["one byte repeated", { "cart>orders": [entry(encode(Buffer.alloc(32, "k")))] }],
    ["both directions", { "cart>orders": [entry(first)], "orders>cart": [entry(first)] }],
    ["two versions alike", { "cart>orders": [entry(first), entry(first, 2)] }],
    ["a version twice", { "cart>orders": [entry(first), entry(second)] }],
    ["three versions", { "cart>orders": [entry(first), entry(second, 2), entry(newKey(), 3)] }],
    ["version 0", { "cart>orders": [entry(first, 0)] }],
    ["version 1.5", { "cart>orders": [entry(first, 1.5)] }],
    ["a version too long to be read", { "cart>orders": [entry(first, 1_000_000_000)] }],
    ["no direction", { "cart-orders": [entry(first)] }],
    ["capitals", { "Cart>orders": [entry(first)] }],
    ["a leading digit", { "cart>0rders": [entry(first)] }],
    ["no callee", { "cart>": [entry(first)] }],
    ["three names", { "cart>orders>account": [entry(first)] }],
    ["a line break behind", { "cart>orders\n": [entry(first)] }],
  ];
  for (const [what, pairs] of cases) {
    assert.throws(
      () => createKeyRing(pairs),
      (error: Error) => {
        const pair = Object.keys(pairs)[0] ?? "";
        assert.ok(error.message.includes(pair), `${what}: ${error.message}`);
        for (const { key } of Object.values(pairs).flat()) {
          assert.ok(!key || !error.message.includes(key), `${what}: the key is shown`);
        }
        return true;
      },
      what,
    );
  }
});

test("a new key is accepted, and is different each time", () => {
  assert.equal(new Set(Array.from({ length: 50 }, newKey)).size, 50);
  for (let i = 0; i < 50; i++) createKeyRing({ "cart>orders": [{ version: 1, key: newKey() }] });
});

test("a printed key or ring shows no secret", () => {
  const ring = createKeyRing({ "cart>orders": [{ version: 1, key: first }] });
  const key = ring.signingKey("cart", "orders");
  const bytes = Buffer.from(first, "base64url");
  const printed = [
    inspect({ ring, key }, { depth: 9, showHidden: true }),
    JSON.stringify({ ring, key }),
  ].join();
  assert.match(printed, /cart>orders:1/);
  for (const secret of [
    first,
    bytes.toString("hex"),
    bytes
      .toString("hex")
      .slice(0, 12)
      .replace(/..(?!$)/g, "$& "),
    [...bytes.subarray(0, 4)].join(", "),
  ]) {
    assert.ok(!printed.includes(secret));
  }
});

/** Is a call by a signer with the ring of `signer` believed by a verifier with that of `verifier`? */
function isUnderstood(signer: KeyPairs, verifier: KeyPairs): boolean {
  const key = createKeyRing(signer).signingKey("cart", "orders");
  assert.ok(key);
  const message = {
    method: "GET",
    authority: "orders.internal",
    target: "/internal/data/order?id=1",
    body: null,
  };
  const headers = signMessage(message, key, { now });
  const options = { callee: "orders", now };
  return verifyMessage({ ...message, headers }, createKeyRing(verifier), options).kind === "verified";
}

const rotation: readonly KeyPairs[] = [
  { "cart>orders": [{ version: 1, key: first }] },
  {
    "cart>orders": [
      { version: 1, key: first },
      { version: 2, key: second, signs: false },
    ],
  },
  {
    "cart>orders": [
      { version: 1, key: first },
      { version: 2, key: second },
    ],
  },
  { "cart>orders": [{ version: 2, key: second }] },
];

test("in each step of a rotation, services before and after it understand each other", () => {
  for (let step = 1; step < rotation.length; step++) {
    const sides = rotation.slice(step - 1, step + 1);
    for (const signer of sides) {
      for (const verifier of sides) {
        assert.ok(
          isUnderstood(signer, verifier),
          `step ${step}: ${sides.indexOf(signer)}, ${sides.indexOf(verifier)}`,
        );
      }
    }
  }
});

test("a rotation that leaves out a step loses calls, so the drill can fail", () => {
  const [before, known, signing, after] = rotation;
  assert.ok(before && known && signing && after);
  assert.equal(isUnderstood(signing, before), false);
  assert.equal(isUnderstood(known, after), false);
});
