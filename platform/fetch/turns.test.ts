// Turns under contention, on abort, and after the last one is given back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { createTurns } from "./turns.ts";

test("no more than the limit hold a turn at one host, and the rest enter in order", async () => {
  const turns = createTurns(2);
  const first = await turns.take("a.example.org");
  await turns.take("a.example.org");
  const entered: number[] = [];
  const third = turns.take("a.example.org");
  void third.then(() => entered.push(3));
  const fourth = turns.take("a.example.org");
  void fourth.then(() => entered.push(4));
  await setImmediate();
  assert.deepEqual(entered, []);
  first();
  (await third)();
  await fourth;
  assert.deepEqual(entered, [3, 4]);
});

test("one busy host does not make another wait", async () => {
  const turns = createTurns(1);
  await turns.take("a.example.org");
  await turns.take("b.example.org");
});

test("a turn given back twice counts once", async () => {
  const turns = createTurns(1);
  const giveBack = await turns.take("a.example.org");
  giveBack();
  giveBack();
  await turns.take("a.example.org");
  let entered = false;
  turns.take("a.example.org").then(() => {
    entered = true;
  });
  await setImmediate();
  assert.equal(entered, false);
});

test("whoever stops waiting leaves the queue and does not swallow a turn", async () => {
  const turns = createTurns(1);
  const giveBack = await turns.take("a.example.org");
  const stop = new AbortController();
  const leaver = turns.take("a.example.org", stop.signal);
  const stayer = turns.take("a.example.org");
  stop.abort(new Error("changed my mind"));
  await assert.rejects(leaver, /changed my mind/);
  giveBack();
  await stayer;
});

test("a signal that fired before asking is refused at once", async () => {
  await assert.rejects(
    createTurns(1).take("a.example.org", AbortSignal.abort(new Error("too late"))),
    /too late/,
  );
});
