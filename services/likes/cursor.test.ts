// The cursor of a list: what is written is read, and whatever else is handed in is refused.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readCursor, writeCursor } from "./cursor.ts";

const cursor = { likedAt: new Date("2026-03-01T10:00:00.123Z"), object: "https://elsewhere.example.org/ä/1" };

test("a cursor reads as it was written, and can stand in an address", () => {
  const text = writeCursor(cursor);
  assert.match(text, /^[\w-]+$/);
  assert.deepEqual(readCursor(text), cursor);
});

test("a text that is no cursor is refused", () => {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const time = cursor.likedAt.toISOString();
  const wrong = {
    nothing: "",
    "no base64": "%%%",
    "no JSON": Buffer.from("[1").toString("base64url"),
    "another shape": encode({ likedAt: time }),
    "no time": encode(["yesterday", cursor.object]),
    "a day that is none": encode(["2026-02-31T10:00:00.000Z", cursor.object]),
    "no reference": encode([time, "'; drop table favourite"]),
    "more than it should": encode([time, cursor.object, 1]),
    "another writing of the same": `${writeCursor(cursor)}=`,
  };
  for (const [name, text] of Object.entries(wrong)) {
    assert.throws(() => readCursor(text), /no place in a list/, name);
  }
});
