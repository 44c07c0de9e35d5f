// The conformance file of internal signatures (H-1): published vectors, and a message for every way to be wrong.
// The laws over generated messages are in signature-laws.test.ts.

import assert from "node:assert/strict";
import { createSecretKey } from "node:crypto";
import { test } from "node:test";
import {
  type MessageToSign,
  type RefusalReason,
  type SignedMessage,
  signMessage,
  verifyMessage,
} from "./signature.ts";
import { computeMac, contentDigest, signatureBase } from "./signature-base.ts";
import {
  addHeader,
  callerKey,
  created,
  dropHeader,
  editHeader,
  findKey,
  getHeader,
  listLines,
  nonce,
  now,
  options,
  order,
  question,
  ring,
  setHeader,
  sign,
} from "./test/signed-messages.ts";

/** The order with other parameters, signed with the right key: only the profile is left to refuse it. */
function forge(from: string | RegExp, to: string, message = order, key = callerKey): SignedMessage {
  const edited = editHeader(sign(message), "signature-input", from, to);
  const parameters = getHeader(edited.headers, "signature-input").slice("rose=".length);
  const lines = listLines(message);
  const names = [...(/^\((.*?)\)/.exec(parameters)?.[1] ?? "").matchAll(/"([^"]*)"/g)].map(
    ([, name]) => name,
  );
  const covered = names.flatMap((name) => lines.filter((line) => line.startsWith(`"${name}": `)));
  const mac = computeMac(key.secret, [...covered, `"@signature-params": ${parameters}`].join("\n"));
  return setHeader(edited, "signature", `rose=:${mac}:`);
}

test("the vector of the profile is met byte for byte", () => {
  const parameters =
    '("@method" "@authority" "@path" "@query" "content-type" "content-digest");created=1800000000;keyid="cart>orders:1";nonce="AAECAwQFBgcICQoLDA0ODw";tag="rose-internal-v1"';
  const digest = "sha-256=:RybVaEKeNlOgYuaheCqLt2x/oFqPWdYjg9KOcKbQ3UE=:";
  const mac = "6N4osJ/VHz8S5EBh44oq6Zu2XEyg/3YZKI6Y0eMlK10=";
  const base = [...listLines(order), `"@signature-params": ${parameters}`].join("\n");
  assert.equal(
    base,
    [
      '"@method": POST',
      '"@authority": orders.internal',
      '"@path": /internal/actions/create-order',
      '"@query": ?',
      '"content-type": application/json',
      `"content-digest": ${digest}`,
      `"@signature-params": ${parameters}`,
    ].join("\n"),
  );
  assert.equal(computeMac(callerKey.secret, base), mac);
  const signed = sign(order);
  assert.deepEqual(signed.headers, [
    ["content-type", "application/json"],
    ["content-digest", digest],
    ["signature-input", `rose=${parameters}`],
    ["signature", `rose=:${mac}:`],
  ]);
  assert.deepEqual(verifyMessage(signed, ring, options), {
    kind: "verified",
    caller: "cart",
    keyId: "cart>orders:1",
    nonce,
    created,
    idempotencyKey: null,
    skewSeconds: 0,
  });
});

test("the HMAC-SHA256 vector of RFC 9421, section B.2.5, is met", () => {
  const base = signatureBase(
    [
      ["date", "Tue, 20 Apr 2021 02:07:55 GMT"],
      ["@authority", "example.com"],
      ["content-type", "application/json"],
    ],
    '("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"',
  );
  const secret = createSecretKey(
    "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==",
    "base64",
  );
  assert.equal(computeMac(secret, base), "pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=");
});

test("the digests are those of RFC 9530's example and of nothing", () => {
  const example = contentDigest(Buffer.from('{"hello": "world"}\n'));
  assert.equal(example, "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:");
  assert.equal(contentDigest(new Uint8Array()), "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:");
});

test("proper messages verify, with and without body, query and key, whatever the case of header names", () => {
  const messages: readonly MessageToSign[] = [
    order,
    question,
    { ...order, target: "/internal/actions/create-order?dry=1" },
    { ...order, body: new Uint8Array() },
    { ...order, contentType: "application/activity+json; charset=utf-8" },
    { ...order, idempotencyKey: "checkout:c_1" },
    { ...question, target: "/" },
    {
      ...question,
      target: `/internal/data/x?params=${encodeURIComponent('{"at":"https://a/../b\\\\c..?#"}')}`,
    },
    { ...question, target: "/internal/data/x?a=//b/../c?d" },
    { ...question, idempotencyKey: "k" },
  ];
  for (const message of messages) {
    const signed = sign(message);
    const headers = signed.headers.map(([name, value]) => [name.toUpperCase(), value] as const);
    const more = addHeader(addHeader(signed, "host", "orders.internal"), "x-request-id", "r");
    for (const received of [signed, more, { ...signed, headers }]) {
      const verification = verifyMessage(received, ring, options);
      assert.ok(verification.kind === "verified", `${message.target}: ${JSON.stringify(verification)}`);
      assert.equal(verification.idempotencyKey, message.idempotencyKey ?? null);
    }
  }
});

test("a message is good for 30 seconds either way, and tells how far the clocks are apart", () => {
  const verifyAfter = (seconds: number) =>
    verifyMessage(sign(order), ring, { ...options, now: new Date(now.getTime() + seconds * 1000) });
  for (const seconds of [-30, -0.5, 0, 4.25, 30]) {
    const verification = verifyAfter(seconds);
    assert.ok(verification.kind === "verified", `${seconds}`);
    assert.equal(verification.skewSeconds, seconds);
  }
  for (const seconds of [-31, -30.001, 30.001, 31, 7200, -7200, Number.NaN]) {
    assert.deepEqual(verifyAfter(seconds), { kind: "refused", reason: "stale" }, `${seconds}`);
  }
});

const signed = sign(order);
const asked = sign(question);
const keyed = sign({ ...order, idempotencyKey: "key-1" });
const other = { body: Buffer.from("{}"), digest: contentDigest(Buffer.from("{}")) };

refuses("bad-method", {
  "a method in small letters": { ...signed, method: "post" },
  "no method": { ...signed, method: "" },
  "a method with a line break": { ...signed, method: 'POST\n"@authority": orders.internal' },
});

refuses("wrong-authority", {
  "another authority": { ...signed, authority: "cart.internal" },
  "the authority in capitals": { ...signed, authority: "Orders.internal" },
  "the authority with a port": { ...signed, authority: "orders.internal:80" },
  "no authority": { ...signed, authority: "" },
});

refuses("wrong-signature", {
  "another method": { ...signed, method: "PUT" },
  "another path": { ...signed, target: "/internal/actions/cancel-order" },
  "a path in capitals": { ...signed, target: signed.target.toUpperCase() },
  "a slash behind the path": { ...signed, target: `${signed.target}/` },
  "a query added": { ...signed, target: `${signed.target}?a=1` },
  "another query": { ...asked, target: "/internal/data/order?id=2" },
  "the query removed": { ...asked, target: "/internal/data/order" },
  "another content type": setHeader(signed, "content-type", "text/plain"),
  "another digest": setHeader(signed, "content-digest", other.digest),
  "another body and its digest": { ...setHeader(signed, "content-digest", other.digest), body: other.body },
  "another idempotency key": setHeader(keyed, "idempotency-key", "key-2"),
  "another created": editInput(`${created}`, `${created + 1}`),
  "another nonce": editInput(nonce, nonce.toLowerCase()),
  "another caller's key": editInput("cart>", "blog>"),
  "another message's signature": setHeader(signed, "signature", getHeader(keyed.headers, "signature")),
  "an empty MAC": editMac(/.+/, ""),
  "a MAC of one byte": editMac(/.+/, "6A=="),
  "a shorter MAC": editMac(/.{4}$/, ""),
  "a longer MAC": editMac("=", "A"),
  "a MAC of zeros": editMac(/.+/, Buffer.alloc(32).toString("base64")),
  "the MAC without padding": editMac("=", ""),
  "the MAC with its unused bits set": editMac("0=", "1="),
});

refuses("wrong-digest", {
  "another body": { ...signed, body: other.body },
  "a byte more": { ...signed, body: Buffer.concat([order.body ?? other.body, Buffer.of(10)]) },
  "an empty body": { ...signed, body: new Uint8Array() },
  "an empty digest": setHeader(signed, "content-digest", ""),
  "a second digest beside": editHeader(signed, "content-digest", /$/, ", sha-512=:AA==:"),
  "the digest's kind in capitals": editHeader(signed, "content-digest", "sha", "SHA"),
  "a space behind the digest": editHeader(signed, "content-digest", /$/, " "),
  "a shorter digest": editHeader(signed, "content-digest", "E=:", "=:"),
});

refuses("malformed-header", {
  "an empty idempotency key": setHeader(keyed, "idempotency-key", ""),
  "a space behind the idempotency key": setHeader(keyed, "idempotency-key", "key-1 "),
  "an idempotency key beyond ASCII": setHeader(keyed, "idempotency-key", "k\u010ay"),
  "an empty content type": setHeader(signed, "content-type", ""),
  "a space before the content type": setHeader(signed, "content-type", " application/json"),
  "a line of a base in the content type": setHeader(
    signed,
    "content-type",
    'text/plain\n"content-digest": x',
  ),
});

refuses("unsigned", {
  "no headers at all": { ...signed, headers: [] },
  "neither of the signature's headers": dropHeader(dropHeader(signed, "signature"), "signature-input"),
});

refuses("no-content-type", { "no content type": dropHeader(signed, "content-type") });

refuses("no-digest", {
  "a body without digest": dropHeader(signed, "content-digest"),
  "an empty body without digest": { ...asked, body: new Uint8Array() },
});

refuses("digest-without-body", { "a digest without body": { ...signed, body: null } });

refuses(
  "duplicate-header",
  Object.fromEntries([
    ...keyed.headers.map(([name, value]) => [`${name} twice`, addHeader(keyed, name.toUpperCase(), value)]),
    ["host twice", addHeader(addHeader(signed, "host", "orders.internal"), "Host", "orders.internal")],
    ["two signatures that differ", addHeader(signed, "signature", `rose=:${"A".repeat(43)}=:`)],
  ]),
);

// In most of the following the MAC is right: only the profile is left to refuse the message.

refuses("wrong-components", {
  ...Object.fromEntries(
    ["@method", "@authority", "@path", "@query", "content-type", "content-digest"].map((name) => [
      `${name} not covered`,
      forge(new RegExp(`"${name}" ?`), ""),
    ]),
  ),
  "content-digest not covered, closing bracket right": forge(' "content-digest")', ")"),
  "the idempotency key not covered": forge(' "idempotency-key"', "", { ...order, idempotencyKey: "key-1" }),
  "the idempotency key removed": dropHeader(keyed, "idempotency-key"),
  "an idempotency key added": addHeader(signed, "Idempotency-Key", "key-1"),
  "a body and its digest added": {
    ...asked,
    body: signed.body,
    headers: signed.headers.slice(0, 2).concat(asked.headers),
  },
  "a body and its digest removed": { ...signed, body: null, headers: signed.headers.slice(2) },
  "nothing covered": forge(/\(.*?\)/, "()"),
  "path and query in another order": forge('"@path" "@query"', '"@query" "@path"'),
  "the content's headers in another order": forge(
    '"content-type" "content-digest"',
    '"content-digest" "content-type"',
  ),
  "a component twice": forge('"@path"', '"@path" "@path"'),
  "a component more": forge('"@query"', '"@query" "date"'),
  "a component in capitals": forge("content-type", "Content-Type"),
  "a component with a parameter": forge('"content-type"', '"content-type";bs'),
  "the request target instead of the path": forge("@path", "@request-target"),
  "two spaces between components": forge(" ", "  "),
  "a space before the components": forge("(", "( "),
  "a tab between components": forge(" ", "\t"),
});

refuses("malformed-signature", {
  "no Signature": dropHeader(signed, "signature"),
  "no Signature-Input": dropHeader(signed, "signature-input"),
  "an empty Signature": setHeader(signed, "signature", ""),
  "an empty Signature-Input": setHeader(signed, "signature-input", ""),
  "a MAC of a hundred thousand letters": editMac(/.+/, "A".repeat(100_000)),
  "the MAC in base64url": editMac(/\//g, "_"),
  "the MAC in spaces": editMac(/.+/, " $& "),
  "the MAC without colons": editHeader(signed, "signature", /:/g, ""),
  "the MAC alone": editHeader(signed, "signature", "rose=", ""),
  "a parameter behind the MAC": editHeader(signed, "signature", /$/, ";a=1"),
  "a space before Signature": editHeader(signed, "signature", /^/, " "),
  "a line break behind Signature": editHeader(signed, "signature", /$/, "\n"),
  "two labels in Signature": editHeader(signed, "signature", /$/, ", other=:AA==:"),
  "two labels in Signature-Input": editInput(/$/, ', other=("@method");created=1'),
  "our label second in Signature-Input": editInput(/^/, 'other=("@method");created=1, '),
  "another label in both": editHeader(editInput("rose", "sig1"), "signature", "rose", "sig1"),
  "the label in capitals": editHeader(editInput("rose", "ROSE"), "signature", "rose", "ROSE"),
  "another label in Signature-Input": editInput("rose", "sig1"),
  "another label in Signature": editHeader(signed, "signature", "rose", "sig1"),
  "a bracket in a component": forge('"@path"', '"@path)"'),
  "a Signature-Input of a hundred thousand letters": editInput("cart>", `${"a".repeat(100_000)}>`),
  alg: forge(/$/, ';alg="hmac-sha256"'),
  "alg before the others": forge(";created", ';alg="hmac-sha256";created'),
  expires: forge(";keyid", ";expires=1900000000;keyid"),
  "an unknown parameter": forge(/$/, ";a"),
  "a parameter twice": forge(/$/, `;created=${created}`),
  "parameters in another order": forge(/(;created=.*)(;keyid=.*)(;nonce)/, "$2$1$3"),
  "a parameter in capitals": forge("created", "Created"),
  "a space between parameters": forge(";keyid", "; keyid"),
  "a space behind the parameters": forge(/$/, " "),
  "a line break behind the parameters": editInput(/$/, "\n"),
  "no tag": forge(/;tag=".*?"/, ""),
  "an empty tag": forge("rose-internal-v1", ""),
  "another tag": forge("internal-v1", "internal-v2"),
  "the tag in capitals": forge("internal-v1", "internal-V1"),
  "no nonce": forge(/;nonce=".*?"/, ""),
  "an empty nonce": forge(nonce, ""),
  "a shorter nonce": forge(nonce, nonce.slice(1)),
  "a longer nonce": forge(nonce, `${nonce}A`),
  "a nonce with a letter of plain base64": forge(nonce, nonce.replace("A", "+")),
  "no created": forge(/;created=\d*/, ""),
  ...Object.fromEntries(
    ["", "1800000000.0", "1.8e9", "-1800000000", "+1800000000", "01800000000", '"1800000000"', "NaN", "?1"]
      .concat("1800000000000", "9".repeat(300), "\u0661")
      .map((time) => [`created=${time.slice(0, 20)}`, forge(`${created}`, time)]),
  ),
  "no key id": forge(/;keyid=".*?"/, ""),
  "an empty key id": forge("cart>orders:1", ""),
  "a key id without version": forge("orders:1", "orders"),
  "a key id of version 01": forge("orders:1", "orders:01"),
  "a key id in capitals": forge("cart>orders", "CART>orders"),
});

refuses("stale", {
  "created 31 seconds ago": forge(`${created}`, `${created - 31}`),
  "created in 31 seconds": forge(`${created}`, `${created + 31}`),
});

refuses("unknown-key", {
  "an unknown version": forge("orders:1", "orders:2"),
  "an unknown caller": forge("cart>", "events>"),
  "a name of JavaScript's": forge("cart>orders", "constructor>orders"),
});

refuses("wrong-direction", {
  "our own key": forge("cart>orders", "orders>cart", order, findKey("orders", "cart")),
});

function refuses(reason: RefusalReason, messages: Readonly<Record<string, SignedMessage>>): void {
  for (const [what, message] of Object.entries(messages)) {
    test(`a message is refused as ${reason}: ${what}`, () => {
      assert.deepEqual(verifyMessage(message, ring, options), { kind: "refused", reason });
    });
  }
}

function editInput(from: string | RegExp, to: string): SignedMessage {
  return editHeader(signed, "signature-input", from, to);
}

function editMac(from: string | RegExp, to: string): SignedMessage {
  const mac = getHeader(signed.headers, "signature").slice("rose=:".length, -1);
  const edited = mac.replace(from, to);
  assert.notEqual(edited, mac);
  return setHeader(signed, "signature", `rose=:${edited}:`);
}

test("what we sent to another service is not believed when it is sent back", () => {
  const sent = sign({ ...question, authority: "cart.internal" }, findKey("orders", "cart"));
  assert.equal(verifyMessage(sent, ring, { callee: "cart", now }).kind, "verified");
  assert.deepEqual(verifyMessage(sent, ring, options), { kind: "refused", reason: "wrong-authority" });
  const redirected = { ...sent, authority: "orders.internal" };
  assert.deepEqual(verifyMessage(redirected, ring, options), { kind: "refused", reason: "wrong-direction" });
});

const doubtfulTargets = [
  "",
  "*",
  "internal/data/x",
  "?a=1",
  "http://orders.internal/internal/data/x",
  "//orders.internal/internal/data/x",
  "/internal//data/x",
  "/internal/data/x//",
  "/internal\\data",
  "/internal/data/x?a=\\",
  "/internal%2fdata",
  "/internal%2Fdata",
  "/internal%5cdata",
  "/internal%5Cdata",
  "/internal/../data",
  "/internal/data/..",
  "/internal/data..x",
  "/internal/%2e%2e/data",
  "/internal/%2E%2e/data",
  "/internal/.%2e/data",
  "/internal/%2E./data",
  "/internal/./data",
  "/internal/.",
  "/internal/.?a=1",
  "/internal/data/x#y",
  "/internal/data/x?a=1#y",
  "/internal/data/x?",
  "/internal/data/x y",
  "/internal/data/x\t",
  "/internal/data/x\n",
  "/internal/data/x\0",
  "/internal/data/x\x7f",
  "/internal/data/x?a=\r\n",
  "/internal/data/\u00e9",
  "/internal/data/x?a=\u010a",
  "/internal/data/x?a=\ud800",
];

test("a target with two readings is refused, whoever signed it, and is not signed", () => {
  const parameters = getHeader(asked.headers, "signature-input").slice("rose=".length);
  for (const target of doubtfulTargets) {
    const mark = target.indexOf("?");
    const base = [
      '"@method": GET',
      '"@authority": orders.internal',
      `"@path": ${mark < 0 ? target : target.slice(0, mark)}`,
      `"@query": ${mark < 0 ? "?" : target.slice(mark)}`,
      `"@signature-params": ${parameters}`,
    ].join("\n");
    const message = setHeader(
      { ...asked, target },
      "signature",
      `rose=:${computeMac(callerKey.secret, base)}:`,
    );
    const refused = { kind: "refused", reason: "bad-target" };
    assert.deepEqual(verifyMessage(message, ring, options), refused, JSON.stringify(target));
    assert.throws(() => sign({ ...question, target }), /bad-target/, JSON.stringify(target));
  }
});

test("what no verifier would take is not signed", () => {
  const { contentType: _, ...untyped } = order;
  const mistakes: readonly MessageToSign[] = [
    untyped,
    { ...question, contentType: "text/plain" },
    { ...order, contentType: "" },
    { ...order, contentType: "text/plain\r\nX: y" },
    { ...order, idempotencyKey: "" },
    { ...order, idempotencyKey: "two words" },
    { ...order, idempotencyKey: "k".repeat(256) },
    { ...order, method: "post" },
    { ...order, authority: "cart.internal" },
  ];
  for (const message of mistakes) assert.throws(() => sign(message));
  assert.throws(() => signMessage(order, callerKey, { now, nonce: "short" }));
  assert.throws(() => signMessage(order, callerKey, { now: new Date(Number.NaN) }));
});

test("each message gets a nonce of its own", () => {
  const nonces = Array.from({ length: 100 }, () => {
    const verification = verifyMessage(
      { ...order, headers: signMessage(order, callerKey, { now }) },
      ring,
      options,
    );
    assert.ok(verification.kind === "verified");
    return verification.nonce;
  });
  assert.equal(new Set(nonces).size, 100);
});

test("a value with a line break has no base, for it could forge a line", () => {
  for (const value of ["a\n", "\r", 'a\n"@query": ?']) {
    assert.throws(() => signatureBase([["@path", value]], "()"));
    assert.throws(() => signatureBase([["@path", "/"]], value));
  }
});
