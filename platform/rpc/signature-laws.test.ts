// Laws of internal signatures (H-2), over generated messages: differing messages never share a base, what is
// signed verifies, and nothing else does.

import assert from "node:assert/strict";
import { test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { type MessageToSign, type SignedMessage, verifyMessage } from "./signature.ts";
import { listLines, now, options, order, ring, setHeader, sign } from "./test/signed-messages.ts";

// Generated messages. Their letters are few and treacherous: such messages often differ in one place only.
const word = fc.string({ unit: fc.constantFrom(..."ab?=&:\"';,@()/%"), maxLength: 6 });
const fullWord = word.filter((text) => text !== "");
const body = fc.uint8Array({ maxLength: 6 });
const properTarget = fc
  .tuple(fc.constantFrom("/", "/a", "/a/b", "/%61"), word)
  .map(([path, query]) => (query === "" ? path : `${path}?${query}`));
const properMessage = fc
  .record({
    method: fc.constantFrom("GET", "POST", "PUT"),
    authority: fc.constant("orders.internal"),
    target: properTarget,
    content: fc.option(fc.record({ body, contentType: fullWord }), { nil: { body: null } }),
    keyed: fc.option(fc.record({ idempotencyKey: fullWord }), { nil: {} }),
  })
  .map(({ content, keyed, ...rest }): MessageToSign => ({ ...rest, ...content, ...keyed }));

test("messages that differ in anything covered have different bases", () => {
  const line = fc.oneof(word, fc.constantFrom('a: "@query"', "a  b", '"@path": /', ""));
  // Any target but one with an empty query behind its "?", which is signed like the one without and refused.
  const target = fc
    .oneof(properTarget, word)
    .filter((text) => text.indexOf("?") !== text.length - 1 || text === "");
  const anything = fc
    .record({
      method: line,
      authority: line,
      target,
      content: fc.option(fc.record({ body, contentType: line }), { nil: { body: null } }),
      keyed: fc.option(fc.record({ idempotencyKey: line }), { nil: {} }),
    })
    .map(({ content, keyed, ...rest }): MessageToSign => ({ ...rest, ...content, ...keyed }));
  const pair = fc.oneof(
    fc.tuple(anything, anything),
    // The second is the first with one of its fields, or with two neighbours that share a text cut differently.
    fc
      .tuple(anything, fc.constantFrom("method", "authority", "target", "idempotencyKey"), line, target)
      .map(
        ([one, field, text, other]) => [one, { ...one, [field]: field === "target" ? other : text }] as const,
      ),
    fc.tuple(anything, word, fc.nat(6), fc.nat(6)).map(([one, text, cut, otherCut]) => {
      const divide = (at: number) => ({ method: text.slice(0, at), authority: text.slice(at) });
      return [
        { ...one, ...divide(cut) },
        { ...one, ...divide(otherCut) },
      ] as const;
    }),
    fc.tuple(anything, body, body).map(([one, body, otherBody]) => {
      return [
        { ...one, contentType: "a", body },
        { ...one, contentType: "a", body: otherBody },
      ] as const;
    }),
  );
  const base = (message: MessageToSign) => listLines(message).join("\n");
  fc.assert(
    fc.property(pair, ([one, another]) => {
      assert.equal(base(one) === base(another), isDeepStrictEqual(one, another));
    }),
    { numRuns: 2000 },
  );
});

test("a signed message verifies", () => {
  fc.assert(
    fc.property(properMessage, fc.integer({ min: -30_000, max: 30_000 }), (message, skewMs) => {
      const later = new Date(now.getTime() + skewMs);
      const verification = verifyMessage(sign(message), ring, { ...options, now: later });
      assert.ok(verification.kind === "verified");
      assert.equal(verification.idempotencyKey, message.idempotencyKey ?? null);
    }),
  );
});

test("a message of which one byte is changed, added or lost never verifies", () => {
  const bytes = fc.oneof(
    fc.integer({ min: 0, max: 255 }),
    fc.constantFrom(...Buffer.from(' \t\n\r\0?/."=:;,()#\\Aa09')),
  );
  const change = fc.record({
    part: fc.nat(),
    at: fc.nat(),
    lost: fc.nat(1),
    added: fc.array(bytes, { maxLength: 1 }),
  });
  fc.assert(
    fc.property(properMessage, change, (message, { part, at, lost, added }) => {
      const signed = sign(message);
      const edit = (old: Uint8Array): Buffer => {
        const place = at % (old.length + 1);
        return Buffer.concat([old.subarray(0, place), Buffer.from(added), old.subarray(place + lost)]);
      };
      const editText = (old: string) => edit(Buffer.from(old, "latin1")).toString("latin1");
      const changed = [
        { ...signed, target: editText(signed.target) },
        { ...signed, method: editText(signed.method) },
        { ...signed, authority: editText(signed.authority) },
        { ...signed, body: signed.body && edit(signed.body) },
        ...signed.headers.map(([name, value]) => setHeader(signed, name, editText(value))),
      ];
      const received = changed[part % changed.length];
      assert.ok(received);
      fc.pre(!isSameMessage(received, signed));
      assert.equal(verifyMessage(received, ring, options).kind, "refused");
    }),
    { numRuns: 3000 },
  );
});

test("no headers, targets or bodies make the verifier throw, or believe", () => {
  const { headers } = sign({ ...order, idempotencyKey: "key-1" });
  const crumbs = headers.flatMap(([, value]) => value.split(/(?=[;=:, ()])/));
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.array(fc.constantFrom(...crumbs), { maxLength: 30 }).map((all) => all.join("")),
    fc.constantFrom(...headers.map(([, value]) => value)),
  );
  const name = fc.oneof(fc.constantFrom(...headers.map(([name]) => name)), fc.string({ unit: "binary" }));
  const junk = fc.record({
    method: fc.oneof(fc.constant("POST"), text),
    authority: fc.oneof(fc.constant("orders.internal"), text),
    target: fc.oneof(fc.constant("/internal/inbox"), text),
    headers: fc.uniqueArray(fc.tuple(name, text), { maxLength: 7, selector: ([name]) => name }),
    body: fc.option(fc.uint8Array({ maxLength: 20 }), { nil: null }),
  });
  fc.assert(
    fc.property(junk, (message) => verifyMessage(message, ring, options).kind === "refused"),
    { numRuns: 2000 },
  );
});

function isSameMessage(one: SignedMessage, other: SignedMessage): boolean {
  const list = ({ body, ...rest }: SignedMessage) => [rest, body && Buffer.from(body)];
  return isDeepStrictEqual(list(one), list(other));
}
