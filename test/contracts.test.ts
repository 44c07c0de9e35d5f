// The real contracts: a fake made of each answers everything it may be asked, by its contract.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pino } from "pino";
import { createCaller } from "../platform/rpc/caller.ts";
import type { AnyContract } from "../platform/rpc/contract.ts";
import { createFake } from "../platform/rpc/fake.ts";
import { makeAnswer } from "../platform/rpc/fake-answer.ts";
import { createKeyRing, newKey } from "../platform/rpc/keys.ts";
import { createTransport } from "../platform/rpc/transport.ts";
import { account } from "../services/account/contract.ts";
import { likes } from "../services/likes/contract.ts";
import { relations } from "../services/relations/contract.ts";

const memberId = "0b5c1f5e-7a55-4f0c-9a6e-2d5d5b8a4c11";

test("an answer can be made up for every query and action of every contract", () => {
  for (const contract of [account, likes, relations] as readonly AnyContract[]) {
    const parts = [...Object.values(contract.queries), ...Object.values(contract.actions)];
    assert.ok(parts.length > 0);
    for (const { kind, name, answer } of parts) {
      const made = makeAnswer(answer, `${kind} ${contract.service}/${name}`);
      assert.ok(answer.safeParse(made).success, name);
    }
  }
});

test("a fake of likes stands where the service would, and is counted once per key", async (t) => {
  const keys = createKeyRing({ "blog>likes": [{ version: 1, key: newKey() }] });
  const fake = createFake(likes, { queries: { tallies: ({ objects }) => objects.map(count) } }, { keys });
  const transport = createTransport({});
  t.after(() => transport.close());
  transport.attach("likes", fake.handle);
  const log = pino({ level: "silent" });
  const blog = createCaller({ service: "blog", keys, transport, log, now: () => new Date() });

  const objects = ["blog/post/1"];
  const told = await blog.fetchData(likes.queries.tallies, { objects, memberId: null });
  assert.deepEqual(told, { kind: "answered", answer: [{ object: "blog/post/1", count: 7, liked: false }] });
  const payload = { object: "blog/post/1", memberId };
  const liked = await blog.callAction(likes.actions.like, payload, { idempotencyKey: "1" });
  assert.deepEqual(liked, { kind: "answered", answer: { count: 0, liked: true } });
  assert.deepEqual(await blog.callAction(likes.actions.like, payload, { idempotencyKey: "1" }), liked);
  assert.deepEqual(fake.asked, [
    { name: "tallies", input: { objects, memberId: null }, caller: "blog" },
    { name: "like", input: payload, caller: "blog" },
  ]);
  fake.down = true;
  const outcome = await blog.fetchData(likes.queries.tallies, { objects, memberId: null });
  assert.equal(outcome.kind, "unavailable");
});

function count(object: string) {
  return { object, count: 7, liked: false };
}
