// Which facts a change is told by: over any history a post is told of once when it appears, and once when it goes.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { announce, type Standing } from "./announcement.ts";

const standing = fc.record<Standing>({
  status: fc.constantFrom("draft", "published", "private"),
  visibility: fc.constantFrom("public", "members"),
  publishedAt: fc.integer({ min: 1, max: 40 }).map((minute) => new Date(minute * 60_000)),
  deleted: fc.boolean(),
});

function isVisible({ status, publishedAt, deleted }: Standing, now: Date): boolean {
  return !deleted && status === "published" && publishedAt !== null && publishedAt <= now;
}

test("appearing and going are told in turn, and changes only between them", () => {
  fc.assert(
    fc.property(fc.array(standing, { minLength: 1, maxLength: 12 }), (changes) => {
      let before: Standing = { status: "draft", visibility: "public", publishedAt: null, deleted: false };
      let announcedAt: Date | null = null;
      let isThere = false;
      for (const [index, after] of changes.entries()) {
        const now = new Date((index + 1) * 3 * 60_000);
        const told = announce(before, after, announcedAt, now);
        if (told.fact === "postPublished") assert.equal(isThere, false);
        else if (told.fact !== null) assert.equal(isThere, true, told.fact);
        if (told.fact !== null) isThere = told.fact === "postPublished" || told.fact === "postUpdated";
        assert.equal(isThere, isVisible(after, now));
        assert.equal(told.announcedAt !== null, isThere);
        assert.ok(told.dueAt === null || told.dueAt > now);
        if (told.fact === "postPublished") assert.equal(told.toEverybody, after.visibility === "public");
        before = after;
        announcedAt = told.announcedAt;
      }
    }),
  );
});

test("a post that waits is due at its time, and is not due again when something else of it changes", () => {
  const draft: Standing = { status: "draft", visibility: "public", publishedAt: null, deleted: false };
  const waiting: Standing = { ...draft, status: "published", publishedAt: new Date(60_000) };
  const now = new Date(0);
  assert.deepEqual(announce(draft, waiting, null, now).dueAt, waiting.publishedAt);
  assert.equal(announce(waiting, waiting, null, now).dueAt, null);
  // One that was imported so has nobody who waits for it yet.
  assert.deepEqual(announce(waiting, waiting, new Date(0), now).dueAt, waiting.publishedAt);
});
