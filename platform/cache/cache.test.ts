// One table of cases that both kinds of cache keep, and what each keeps alone: memory its bound, Redis its
// silence about every fault. ROSE_ASH_TEST_REDIS names the server; without one its cases are skipped aloud.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { inspect } from "node:util";
import { Redis } from "ioredis";
import { type Cache, type CacheLocation, openCache } from "./cache.ts";
import { findFreePort, openRelay, serveAnswers, serveSilence } from "./test/stand-ins.ts";

const minute = 60_000;
const server = process.env.ROSE_ASH_TEST_REDIS ?? "redis://127.0.0.1:6379";
const absence = await findAbsence(server);
const skip = absence
  ? `SKIPPED on Redis: ${absence} (ROSE_ASH_TEST_REDIS names the server for tests)`
  : false;
if (skip) console.error(skip);

const kinds: { kind: string; location: CacheLocation; skip: string | false }[] = [
  { kind: "memory", location: { kind: "memory" }, skip: false },
  { kind: "redis", location: { kind: "redis", url: server }, skip },
];

/** What both kinds do. */
const cases: { claim: string; holds: (cache: Cache) => Promise<void> }[] = [
  {
    claim: "what was set is got, to the letter, and nothing else is",
    async holds(cache) {
      const texts = ["bread", "", "ü 🌹 \0 \r\n $5", "x".repeat(1_000_000)];
      for (const [index, text] of texts.entries()) await cache.set(`ü key:${index}`, text, minute);
      for (const [index, text] of texts.entries()) assert.equal(await cache.get(`ü key:${index}`), text);
      assert.equal(await cache.get("ü key:9"), null);
    },
  },
  {
    claim: "a later value replaces an earlier one, and its lifetime",
    async holds(cache) {
      await cache.set("a", "old", minute);
      await cache.set("a", "new", minute);
      assert.equal(await cache.get("a"), "new");
      await cache.set("a", "brief", 20);
      await until(async () => (await cache.get("a")) === null);
      await cache.set("a", "brief", 20);
      await cache.set("a", "long", minute);
      await sleep(40);
      assert.equal(await cache.get("a"), "long");
    },
  },
  {
    claim: "the keys named are deleted, and only they",
    async holds(cache) {
      for (const key of ["a", "b", "c"]) await cache.set(key, key, minute);
      await cache.delete("a", "unknown", "c");
      await cache.delete();
      assert.deepEqual(await getAll(cache, "a", "b", "c"), [null, "b", null]);
    },
  },
  {
    claim: "a lifetime of which nothing is left forgets the key, and one that is no number is refused",
    async holds(cache) {
      for (const ttlMs of [0, -5, 0.5]) {
        await cache.set("a", "old", minute);
        assert.equal(await cache.get("a"), "old");
        await cache.set("a", "new", ttlMs);
        assert.equal(await cache.get("a"), null, `${ttlMs} ms`);
      }
      await cache.set("a", "part of a millisecond", minute + 0.5);
      assert.equal(await cache.get("a"), "part of a millisecond");
      for (const ttlMs of [Number.NaN, Number.POSITIVE_INFINITY, 1e300]) {
        await assert.rejects(cache.set("a", "x", ttlMs), {
          name: "RangeError",
          message: /"a".*milliseconds/,
        });
      }
    },
  },
  {
    claim: "changes made without waiting take place in their order",
    async holds(cache) {
      const order = [cache.set("a", "1", minute), cache.delete("a"), cache.set("a", "2", minute)];
      assert.equal(await cache.get("a"), "2");
      await Promise.all(order);
    },
  },
  {
    claim: "a closed cache answers null, and may be closed again",
    async holds(cache) {
      await cache.set("a", "x", minute);
      assert.equal(await cache.get("a"), "x");
      await Promise.all([cache.close(), cache.close()]);
      await cache.close();
      assert.equal(await cache.get("a"), null);
      await cache.set("a", "y", minute);
      assert.equal(await cache.get("a"), null);
      await cache.delete("a");
    },
  },
];

for (const { kind, location, skip } of kinds) {
  for (const { claim, holds } of cases) {
    test(`${kind}: ${claim}`, { skip }, async (t) => {
      const { cache, warnings } = await open(t, location);
      await holds(cache);
      assert.deepEqual(warnings, []);
    });
  }
}

test("memory: a value is there until its last millisecond and not in the next", async (t) => {
  t.mock.timers.enable({ apis: ["Date"], now: 1_000_000 });
  const { cache } = await open(t, { kind: "memory" });
  await cache.set("a", "x", 500);
  t.mock.timers.tick(499);
  assert.equal(await cache.get("a"), "x");
  t.mock.timers.tick(1);
  assert.equal(await cache.get("a"), null);
});

test("memory: what was used least recently makes room, by bytes of keys and values", async (t) => {
  const { cache } = await open(t, { kind: "memory", maxBytes: 12 });
  await cache.set("a", "111", minute);
  await cache.set("b", "ü2", minute);
  await cache.set("c", "333", minute);
  assert.deepEqual(await getAll(cache, "b", "c", "a"), ["ü2", "333", "111"], "exactly full");
  await cache.set("d", "", minute);
  assert.deepEqual(await getAll(cache, "b", "c", "a", "d"), [null, "333", "111", ""]);
  await cache.set("c", "4444444", minute);
  assert.deepEqual(await getAll(cache, "a", "c", "d"), [null, "4444444", ""], "grown in place");
});

test("memory: a value too large for the whole cache is not kept, nor the value it replaces", async (t) => {
  const { cache } = await open(t, { kind: "memory", maxBytes: 8 });
  await cache.set("a", "1", minute);
  await cache.set("b", "2", minute);
  await cache.set("a", "12345678", minute);
  assert.deepEqual(await getAll(cache, "a", "b"), [null, "2"]);
});

test("memory: room that was deleted or has expired is room again", async (t) => {
  t.mock.timers.enable({ apis: ["Date"], now: 1_000_000 });
  const { cache } = await open(t, { kind: "memory", maxBytes: 9 });
  for (let round = 0; round < 5; round += 1) {
    await cache.set("a", "11", 10);
    await cache.set("b", "22", minute);
    await cache.delete("b", "b");
    t.mock.timers.tick(10);
    assert.equal(await cache.get("a"), null);
  }
  for (const key of ["a", "b", "c"]) await cache.set(key, "33", minute);
  assert.deepEqual(await getAll(cache, "a", "b", "c"), ["33", "33", "33"]);
});

test("memory: a cache that can hold nothing is refused", () => {
  for (const maxBytes of [0, -1, Number.NaN]) {
    const location = { kind: "memory", maxBytes } as const;
    assert.throws(() => openCache(location, { prefix: "x", warn: assert.fail }), /holds nothing/);
  }
});

test("redis: keys begin with the prefix, expire there, and prefixes do not see each other", {
  skip,
}, async (t) => {
  const { cache, prefix } = await open(t, { kind: "redis", url: server });
  const { cache: other } = await open(t, { kind: "redis", url: server });
  const raw = await openRaw(t);
  await cache.set("a", "x", minute);
  assert.equal(await raw.get(`${prefix}:a`), "x");
  const leftMs = await raw.pttl(`${prefix}:a`);
  assert.ok(leftMs > 0 && leftMs <= minute, `${leftMs} ms left`);
  assert.equal(await other.get("a"), null);
  await other.delete("a");
  assert.equal(await cache.get("a"), "x");
});

test("redis: what was flushed is a miss without a warning, and can be set anew", { skip }, async (t) => {
  const { cache, warnings, prefix } = await open(t, { kind: "redis", url: server });
  await cache.set("a", "x", minute);
  assert.equal(await cache.get("a"), "x");
  assert.equal(await deletePrefix(await openRaw(t), prefix), 1);
  assert.equal(await cache.get("a"), null);
  await cache.set("a", "y", minute);
  assert.equal(await cache.get("a"), "y");
  assert.deepEqual(warnings, []);
});

test("redis: where nothing listens everything is a miss with one warning, until a server comes", async (t) => {
  const port = await findFreePort();
  const { cache, warnings } = await open(t, { kind: "redis", url: `redis://127.0.0.1:${port}` });
  await until(() => warnings.length > 0);
  for (let round = 0; round < 10; round += 1) {
    await cache.set("a", "x", minute);
    assert.equal(await cache.get("a"), null);
    await cache.delete("a", "b");
    await sleep(20);
  }
  assert.equal(warnings.length, 1);
  assert.match(
    warnings[0]!.sentence,
    new RegExp(`redis://127\\.0\\.0\\.1:${port} .*ECONNREFUSED.*only slower`),
  );
  await serveAnswers(t, ([name]) => (name === "get" ? "$5\r\nbread" : "+OK"), port);
  await until(async () => (await cache.get("a")) === "bread");
  assert.equal(warnings.length, 1);
});

test("redis: a server that takes the connection and never answers is a miss with one warning", async (t) => {
  const silence = await serveSilence(t);
  const { cache, warnings } = await open(t, { kind: "redis", url: silence.url });
  assert.equal(await cache.get("a"), null);
  await until(() => silence.count.made > 2);
  await cache.set("a", "x", minute);
  await cache.delete("a");
  assert.equal(await cache.get("a"), null);
  assert.equal(warnings.length, 1);
  assert.match(warnings[0]!.sentence, /cannot be used \(Socket timeout/);
});

test("redis: a connection cut in the middle is made again, and each stretch of failures is told once", {
  skip,
}, async (t) => {
  const relay = await openRelay(t, server);
  const { cache, warnings } = await open(t, { kind: "redis", url: relay.url });
  await cache.set("a", "x", minute);
  assert.equal(await cache.get("a"), "x");
  for (const stretch of [1, 2]) {
    const asked = [cache.get("a"), cache.get("a")];
    await relay.close();
    await Promise.all(asked);
    for (let round = 0; round < 5; round += 1) assert.equal(await cache.get("a"), null);
    await cache.set("a", "lost", minute);
    assert.equal(warnings.length, stretch);
    await relay.open();
    await until(async () => (await cache.get("a")) === "x");
    assert.equal(warnings.length, stretch);
  }
  relay.cut();
  await until(async () => (await cache.get("a")) === "x");
});

test("redis: a server that falls silent is a miss while it is, and serves again afterwards", {
  skip,
}, async (t) => {
  const relay = await openRelay(t, server);
  const { cache, warnings } = await open(t, { kind: "redis", url: relay.url });
  await cache.set("a", "x", minute);
  assert.equal(await cache.get("a"), "x");
  relay.hold();
  assert.equal(await cache.get("a"), null);
  await cache.set("a", "y", minute);
  await cache.delete("b");
  assert.equal(warnings.length, 1);
  assert.match(warnings[0]!.sentence, /no answer within 100 ms/);
  relay.release();
  await until(async () => (await cache.get("a")) === "y");
  assert.equal(warnings.length, 1);
});

test("redis: an answer that came while this process was busy is not missed", { skip }, async (t) => {
  const { cache, warnings } = await open(t, { kind: "redis", url: server });
  await cache.set("a", "x", minute);
  const asked = cache.get("a");
  // Promises settle and the command is written before the next tick of the event loop.
  await new Promise<void>((resolve) => process.nextTick(resolve));
  const end = performance.now() + 300;
  while (performance.now() < end);
  assert.equal(await asked, "x");
  assert.deepEqual(warnings, []);
});

test("redis: a server that refuses to write is told once, though it goes on answering reads", async (t) => {
  let isFull = true;
  const { url } = await serveAnswers(t, ([name]) => {
    if (name === "set" && isFull) return "-OOM command not allowed when used memory > 'maxmemory'.";
    return name === "get" ? "$1\r\nx" : "+OK";
  });
  const { cache, warnings } = await open(t, { kind: "redis", url });
  for (let round = 0; round < 3; round += 1) {
    await cache.set("a", "y", minute);
    assert.equal(await cache.get("a"), "x");
  }
  assert.equal(warnings.length, 1);
  assert.match(warnings[0]!.sentence, /refuses SET \(OOM/);
  isFull = false;
  await cache.set("a", "y", minute);
  isFull = true;
  for (let round = 0; round < 3; round += 1) await cache.set("a", "y", minute);
  assert.equal(warnings.length, 2, "full once more");
});

test("redis: no warning tells the password, nor what was being kept", async (t) => {
  const seen: string[] = [];
  const { url } = await serveAnswers(t, (command) => {
    seen.push(command.join(" "));
    if (command[0] === "hello") return "-WRONGPASS invalid username-password pair or user is disabled.";
    return `-ERR unknown command '${command[0]}', with args beginning with: '${command.slice(1).join("' '")}'`;
  });
  const withPassword = new URL(url);
  withPassword.password = "hunter2";
  const closed = await open(t, { kind: "redis", url: withPassword.href });
  await until(() => closed.warnings.length > 0);
  assert.equal(await closed.cache.get("a"), null);
  assert.equal(closed.warnings.length, 1);
  const { url: renamed } = await serveAnswers(t, (command) => {
    seen.push(command.join(" "));
    if (command[0] !== "set") return "+OK";
    return `-ERR unknown command 'set', with args beginning with: '${command.slice(1).join("' '")}'`;
  });
  const refused = await open(t, { kind: "redis", url: renamed });
  await refused.cache.set("a", "cookie7", minute);
  assert.ok(seen.some((line) => line.includes("hunter2")) && seen.some((line) => line.includes("cookie7")));
  const told = inspect([closed.warnings, refused.warnings], { depth: 10 });
  assert.match(told, /WRONGPASS.*unknown command 'set'/s);
  assert.doesNotMatch(told, /hunter2|cookie7/);
});

test("redis: closing ends the connection for good, also one that is being made or does not exist", async (t) => {
  const silence = await serveSilence(t);
  const silent = await open(t, { kind: "redis", url: silence.url });
  await until(() => silence.count.open === 1);
  await silent.cache.close();
  await until(() => silence.count.open === 0);
  const nowhere = await open(t, { kind: "redis", url: `redis://127.0.0.1:${await findFreePort()}` });
  await until(() => nowhere.warnings.length > 0);
  await nowhere.cache.close();
  const early = await open(t, { kind: "redis", url: silence.url });
  await early.cache.close();
  await sleep(500); // longer than the first attempts at a new connection would be apart
  assert.deepEqual(silence.count, { made: 1, open: 0 });
  assert.equal(nowhere.warnings.length, 1);
  assert.deepEqual([silent.warnings, early.warnings], [[], []]);
});

test("a URL that is not one of a Redis server is refused without being repeated", () => {
  for (const url of [
    "hunter2",
    "http://:hunter2@localhost",
    "redis:///hunter2",
    "redis://localhost/hunter2",
  ]) {
    assert.throws(
      () => openCache({ kind: "redis", url }, { prefix: "x", warn: assert.fail }),
      (error) =>
        error instanceof Error && /redis:\/\/host/.test(error.message) && !/hunter2/.test(inspect(error)),
      url,
    );
  }
});

interface Warning {
  readonly sentence: string;
  readonly error: unknown;
}

/** A cache with a prefix of its own; both are gone when the test ends. */
async function open(t: TestContext, location: CacheLocation) {
  const prefix = `rose-ash-test-${process.pid}-${randomBytes(6).toString("hex")}`;
  const warnings: Warning[] = [];
  const cache = openCache(location, {
    prefix,
    warn: (sentence, error) => warnings.push({ sentence, error }),
  });
  t.after(async () => {
    await cache.close();
    if (location.kind === "redis" && !absence) await deletePrefix(await openRaw(t), prefix);
  });
  return { cache, warnings, prefix };
}

async function getAll(cache: Cache, ...keys: string[]): Promise<(string | null)[]> {
  const values: (string | null)[] = [];
  for (const key of keys) values.push(await cache.get(key));
  return values;
}

/** Waits for something to become true. */
async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 30_000;
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error(`waited in vain for ${isTrue}`);
    await sleep(5);
  }
}

async function openRaw(t: TestContext): Promise<Redis> {
  const raw = new Redis(server);
  t.after(() => raw.quit());
  return raw;
}

/** What FLUSHALL would do to the keys of one prefix; answers how many there were. */
async function deletePrefix(raw: Redis, prefix: string): Promise<number> {
  let count = 0;
  for await (const keys of raw.scanStream({ match: `${prefix}:*`, count: 1000 })) {
    if (keys.length > 0) count += await raw.del(keys);
  }
  return count;
}

/** Why the server cannot be used; undefined when it can. */
async function findAbsence(url: string): Promise<string | undefined> {
  const raw = new Redis(url, { lazyConnect: true, retryStrategy: null });
  let reason: string | undefined;
  raw.on("error", (error) => {
    reason = error.message || String(error);
  });
  try {
    await raw.connect();
    await raw.ping();
    return undefined;
  } catch (error) {
    return reason ?? String(error);
  } finally {
    raw.disconnect();
  }
}
