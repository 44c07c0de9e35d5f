// Likes through its contract: a person likes a thing once, the counts are exact, and facts tell of changes alone.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { test } from "node:test";
import { forEachDriver } from "@rose-ash/platform/store/test-database";
import type { Tables } from "../tables.ts";
import { openLikes } from "./asking-likes.ts";

const [ida, tom] = [randomUUID(), randomUUID()];
const post = "blog/post/12";
const loaf = "market/product/9";
const note = "https://elsewhere.example.org/notes/ä?x=1";
const at = (minute: number) => new Date(Date.UTC(2026, 2, 1, 10, minute));

await forEachDriver<Tables>(join(import.meta.dirname, "../migrations"), (fresh) => {
  const { driver } = fresh;

  test(`${driver}: a like is counted and told once, however often it is pressed`, async (t) => {
    const likes = await openLikes(t, fresh);
    assert.deepEqual(await likes.order("like", { object: post, memberId: ida }), { count: 1, liked: true });
    assert.deepEqual(await likes.order("like", { object: post, memberId: ida }), { count: 1, liked: true });
    assert.deepEqual(await likes.order("like", { object: post, memberId: tom }), { count: 2, liked: true });
    assert.deepEqual(likes.told, [
      {
        fact: "likes/liked",
        actor: `account/member/${ida}`,
        object: post,
        data: { memberId: ida, count: 1 },
      },
      {
        fact: "likes/liked",
        actor: `account/member/${tom}`,
        object: post,
        data: { memberId: tom, count: 2 },
      },
    ]);
  });

  test(`${driver}: taking a like back is told once, and what was never liked can be unliked`, async (t) => {
    const likes = await openLikes(t, fresh);
    assert.deepEqual(await likes.order("unlike", { object: post, memberId: ida }), {
      count: 0,
      liked: false,
    });
    assert.deepEqual(likes.told, []);
    await likes.order("like", { object: post, memberId: ida });
    await likes.order("like", { object: post, memberId: tom });
    const answer = { count: 1, liked: false };
    assert.deepEqual(await likes.order("unlike", { object: post, memberId: ida }), answer);
    assert.deepEqual(await likes.order("unlike", { object: post, memberId: ida }), answer);
    assert.deepEqual(likes.told.slice(2), [
      {
        fact: "likes/unliked",
        actor: `account/member/${ida}`,
        object: post,
        data: { memberId: ida, count: 1 },
      },
    ]);
  });

  test(`${driver}: a thing that no service has any more can be unliked`, async (t) => {
    const likes = await openLikes(t, fresh);
    for (const object of ["closed/thing/1", note]) {
      await likes.order("like", { object, memberId: ida });
      assert.deepEqual(await likes.order("unlike", { object, memberId: ida }), { count: 0, liked: false });
    }
  });

  test(`${driver}: tallies come in the order asked, with what the member likes`, async (t) => {
    const likes = await openLikes(t, fresh);
    await likes.order("like", { object: post, memberId: ida });
    await likes.order("like", { object: note, memberId: ida });
    await likes.order("like", { object: post, memberId: tom });
    const objects = [loaf, note, post, note];
    assert.deepEqual(await likes.ask("tallies", { objects, memberId: tom }), [
      { object: loaf, count: 0, liked: false },
      { object: note, count: 1, liked: false },
      { object: post, count: 2, liked: true },
      { object: note, count: 1, liked: false },
    ]);
    const forGuest = await likes.ask("tallies", { objects, memberId: null });
    assert.deepEqual(
      forGuest.map(({ count, liked }) => [count, liked]),
      [
        [0, false],
        [1, false],
        [2, false],
        [1, false],
      ],
    );
    assert.deepEqual(await likes.ask("tallies", { objects: [], memberId: tom }), []);
  });

  test(`${driver}: a member's likes are listed newest first, and each once while others come and go`, async (t) => {
    const likes = await openLikes(t, fresh);
    for (let number = 1; number <= 7; number++) {
      // Two at a time, so that some share their moment.
      await likes.order("like", { object: `blog/post/${number}`, memberId: ida }, at(Math.floor(number / 2)));
    }
    await likes.order("like", { object: loaf, memberId: tom }, at(3));
    const first = await likes.ask("likedBy", { memberId: ida, limit: 3, before: null });
    assert.deepEqual(first.likes, [
      { object: "blog/post/7", likedAt: at(3).toISOString() },
      { object: "blog/post/6", likedAt: at(3).toISOString() },
      { object: "blog/post/5", likedAt: at(2).toISOString() },
    ]);
    await likes.order("like", { object: loaf, memberId: ida }, at(9));
    await likes.order("unlike", { object: "blog/post/5", memberId: ida });
    const second = await likes.ask("likedBy", { memberId: ida, limit: 3, before: first.next });
    assert.deepEqual(
      second.likes.map(({ object }) => object),
      ["blog/post/4", "blog/post/3", "blog/post/2"],
    );
    const third = await likes.ask("likedBy", { memberId: ida, limit: 3, before: second.next });
    assert.deepEqual(third, {
      likes: [{ object: "blog/post/1", likedAt: at(0).toISOString() }],
      next: null,
    });
  });

  test(`${driver}: a list that ends with its page has no next`, async (t) => {
    const likes = await openLikes(t, fresh);
    await likes.order("like", { object: post, memberId: ida });
    assert.equal((await likes.ask("likedBy", { memberId: ida, limit: 1, before: null })).next, null);
    const none = await likes.ask("likedBy", { memberId: tom, limit: 1, before: null });
    assert.deepEqual(none, { likes: [], next: null });
  });

  test(`${driver}: a place that is none is refused with what to do`, async (t) => {
    const likes = await openLikes(t, fresh);
    await assert.rejects(likes.ask("likedBy", { memberId: ida, limit: 3, before: "page-2" }), {
      message: /“page-2” .* no place in a list.*or with null for the first page/,
    });
  });

  test(`${driver}: a person's data are all their likes and nobody else's`, async (t) => {
    const likes = await openLikes(t, fresh);
    await likes.order("like", { object: post, memberId: ida }, at(1));
    await likes.order("like", { object: note, memberId: ida }, at(2));
    await likes.order("like", { object: loaf, memberId: tom }, at(3));
    assert.deepEqual(await likes.gather(ida), {
      likes: [
        { object: note, likedAt: at(2).toISOString() },
        { object: post, likedAt: at(1).toISOString() },
      ],
    });
  });

  test(`${driver}: erasing a person takes their likes out of the counts, and is told`, async (t) => {
    const likes = await openLikes(t, fresh);
    for (const object of [post, loaf]) await likes.order("like", { object, memberId: ida });
    await likes.order("like", { object: post, memberId: tom });
    const before = likes.told.length;
    assert.deepEqual(await likes.erase(ida), []);
    assert.deepEqual(await likes.gather(ida), { likes: [] });
    const tallies = await likes.ask("tallies", { objects: [post, loaf], memberId: ida });
    assert.deepEqual(
      tallies.map(({ count, liked }) => [count, liked]),
      [
        [1, false],
        [0, false],
      ],
    );
    const fact = { fact: "likes/unliked", actor: `account/member/${ida}` };
    assert.deepEqual(likes.told.slice(before), [
      { ...fact, object: post, data: { memberId: ida, count: 1 } },
      { ...fact, object: loaf, data: { memberId: ida, count: 0 } },
    ]);
    await likes.erase(ida);
    assert.equal(likes.told.length, before + 2, "erasing again tells nothing");
  });

  test(`${driver}: fifty people at once are fifty likes, each told with a count of its own`, async (t) => {
    const likes = await openLikes(t, fresh);
    const members = Array.from({ length: 50 }, () => randomUUID());
    await Promise.all(members.map((memberId) => likes.order("like", { object: post, memberId })));
    const counts = likes.told.map(({ data }) => (data as { count: number }).count);
    assert.deepEqual(
      counts.toSorted((a, b) => a - b),
      members.map((_, index) => index + 1),
    );
    const [tally] = await likes.ask("tallies", { objects: [post], memberId: members[0]! });
    assert.deepEqual(tally, { object: post, count: 50, liked: true });
  });

  test(`${driver}: one person's fifty presses at once are one like, told once`, async (t) => {
    const likes = await openLikes(t, fresh);
    const presses = Array.from({ length: 50 }, () => likes.order("like", { object: post, memberId: ida }));
    for (const answer of await Promise.all(presses)) assert.deepEqual(answer, { count: 1, liked: true });
    assert.equal(likes.told.length, 1);
  });
});
