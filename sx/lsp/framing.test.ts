// The framing on its own: whatever the cuts between chunks, the same messages come out, and no bytes stop it.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Framed, FrameReader, frame } from "./framing.ts";

function readInPieces(bytes: Buffer, cuts: readonly number[], largest = 1000): Framed[] {
  const reader = new FrameReader(largest);
  const places = [...new Set([0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].sort(
    (a, b) => a - b,
  );
  return places.slice(1).flatMap((end, index) => reader.push(bytes.subarray(places[index], end)));
}

const messages = (found: Framed[]) => found.flatMap((one) => (one.kind === "message" ? [one.text] : []));
const breaks = (found: Framed[]) => found.filter(({ kind }) => kind === "broken").length;

test("messages come out whole however the stream is cut, characters of several bytes included", () => {
  const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(fc.array(text, { maxLength: 6 }), fc.array(fc.nat(), { maxLength: 20 }), (texts, cuts) => {
      const sent = texts.map((one) => one.toWellFormed());
      const found = readInPieces(Buffer.concat(sent.map(frame)), cuts);
      assert.deepEqual(messages(found), sent);
      assert.equal(breaks(found), 0);
    }),
  );
});

test("other headers may stand beside the length, in any case of letters", () => {
  const bytes = Buffer.from(
    "Content-Type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-length: 2\r\n\r\n{}",
  );
  assert.deepEqual(messages(readInPieces(bytes, [])), ["{}"]);
});

test("after bytes that are no header the next message is read", () => {
  const found = readInPieces(Buffer.concat([Buffer.from("GET / HTTP/1.1\r\n\r\n"), frame("{}")]), []);
  assert.deepEqual([messages(found), breaks(found)], [["{}"], 1]);
  const glued = readInPieces(Buffer.concat([Buffer.from("garbage"), frame("[1]"), frame("[2]")]), []);
  assert.ok(messages(glued).includes("[2]"), "the message behind the damaged one was lost");
  assert.ok(breaks(glued) >= 1);
});

test("endless bytes without a header are reported once and never kept", () => {
  const reader = new FrameReader(1000);
  const found: Framed[] = [];
  for (let i = 0; i < 50; i++) found.push(...reader.push(Buffer.alloc(100_000, 120)));
  found.push(...reader.push(Buffer.concat([Buffer.from("\r\n\r\n"), frame("{}")])));
  assert.equal(breaks(found), 1);
  assert.deepEqual(messages(found), ["{}"]);
});

test("a message that is too large is skipped, and the one after it read", () => {
  const found = readInPieces(Buffer.concat([frame("x".repeat(1001)), frame("{}")]), [500, 900]);
  assert.deepEqual([messages(found), breaks(found)], [["{}"], 1]);
});

test("bytes that are not UTF-8 are no message", () => {
  const bad = Buffer.concat([Buffer.from("Content-Length: 2\r\n\r\n"), Buffer.from([0xc3, 0x28])]);
  const found = readInPieces(Buffer.concat([bad, frame("{}")]), [3]);
  assert.deepEqual([messages(found), breaks(found)], [["{}"], 1]);
});

test("no bytes make the reader throw", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.array(fc.nat(), { maxLength: 5 }), (bytes, cuts) => {
      readInPieces(Buffer.from(bytes), cuts);
    }),
  );
});
