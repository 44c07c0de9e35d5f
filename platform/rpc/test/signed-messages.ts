// Signed messages for tests: two calls of the cart to orders, signed with the published vector's key and time,
// and ways to spoil what arrives.
import assert from "node:assert/strict";
import { createKeyRing, type InternalKey } from "../keys.ts";
import { type MessageToSign, type SignedMessage, signMessage } from "../signature.ts";
import { contentDigest, listComponents, signatureBase } from "../signature-base.ts";

// The vector's key, bytes 00 to 1f, and others for the other directions.
const countingKey = Buffer.from(Array.from({ length: 32 }, (_, index) => index));
const entry = (bytes: Uint8Array) => [{ version: 1, key: Buffer.from(bytes).toString("base64url") }];
export const ring = createKeyRing({
  "cart>orders": entry(countingKey),
  "orders>cart": entry(countingKey.map((byte) => byte + 32)),
  "blog>orders": entry(countingKey.map((byte) => byte + 64)),
});
export const callerKey = findKey("cart", "orders");

export const created = 1_800_000_000;
export const now = new Date(created * 1000);
export const nonce = "AAECAwQFBgcICQoLDA0ODw";
export const options = { callee: "orders", now };

export const order: MessageToSign = {
  method: "POST",
  authority: "orders.internal",
  target: "/internal/actions/create-order",
  body: Buffer.from('{"checkout":"c_1","lines":[{"sku":"a","qty":2}]}'),
  contentType: "application/json",
};
export const question: MessageToSign = {
  method: "GET",
  authority: "orders.internal",
  target: "/internal/data/order?id=1",
  body: null,
};

type Headers = SignedMessage["headers"];

export function findKey(caller: string, callee: string): InternalKey {
  const key = ring.signingKey(caller, callee);
  assert.ok(key);
  return key;
}

export function sign(message: MessageToSign, key = callerKey): SignedMessage {
  const { method, authority, target, body } = message;
  return { method, authority, target, body, headers: signMessage(message, key, { now, nonce }) };
}

export function getHeader(headers: Headers, name: string): string {
  const found = headers.find(([header]) => header === name);
  assert.ok(found, `there is no ${name}`);
  return found[1];
}

export function setHeader(message: SignedMessage, name: string, value: string): SignedMessage {
  getHeader(message.headers, name);
  const headers = message.headers.map(([header, old]) => [header, header === name ? value : old] as const);
  return { ...message, headers };
}

export function editHeader(
  message: SignedMessage,
  name: string,
  from: string | RegExp,
  to: string,
): SignedMessage {
  const old = getHeader(message.headers, name);
  const value = old.replace(from, to);
  assert.notEqual(value, old, `nothing of ${name} is ${from}`);
  return setHeader(message, name, value);
}

export function dropHeader(message: SignedMessage, name: string): SignedMessage {
  getHeader(message.headers, name);
  return { ...message, headers: message.headers.filter(([header]) => header !== name) };
}

export function addHeader(message: SignedMessage, name: string, value: string): SignedMessage {
  return { ...message, headers: [...message.headers, [name, value]] };
}

/** The lines of a message's base, the one of the parameters left out. */
export function listLines({
  method,
  authority,
  target,
  body,
  contentType,
  idempotencyKey,
}: MessageToSign): string[] {
  const content =
    body && contentType !== undefined ? { type: contentType, digest: contentDigest(body) } : null;
  const fields = { method, authority, target, content, idempotencyKey: idempotencyKey ?? null };
  return signatureBase(listComponents(fields), "").split("\n").slice(0, -1);
}
