// The cache in a Redis server. Promise: a Redis that is down, slow, flushed or refusing is a miss; no caller
// waits longer than `limitMs` for a command, nothing is thrown, and the connection comes back by itself.
// When to tell the operator about it is decided in health.ts.
import type { Redis } from "ioredis";
import type { Cache, CacheOptions } from "./cache.ts";
import { watchHealth } from "./health.ts";

/** Longest wait of a caller. */
const limitMs = 100;
/** Silence after which a connection counts as dead and is made anew. */
const silenceMs = 2_000;

/** Connects in the background. Throws when `url` is not the URL of a Redis server. */
export function openRedis(url: string, { prefix, warn }: CacheOptions): Cache {
  const server = parseServer(url);
  const health = watchHealth(`${server.protocol}//${server.host}`, warn);
  const opening = open();
  let hasStarted = false;
  const started = opening.then(async (redis) => {
    await new Promise<void>((settle) => {
      for (const event of ["ready", "close", "end"]) redis.once(event, settle);
    });
    hasStarted = true;
    return redis;
  });
  started.catch((error) => health.failed("connect", error));
  let closing: Promise<void> | undefined;

  // Loaded here: most processes keep their cache in memory.
  async function open(): Promise<Redis> {
    const ioredis = await import("ioredis");
    const redis = new ioredis.Redis(server.href, {
      connectTimeout: silenceMs,
      socketTimeout: silenceMs,
      disconnectTimeout: limitMs,
      // Nothing is kept for later: when Redis is back, the callers have long gone on without it.
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      autoResendUnfulfilledCommands: false,
      // A Redis that is still loading answers each command with a refusal, which is a miss.
      enableReadyCheck: false,
    });
    redis.on("error", (error) => {
      if (!closing) health.failed("connect", error);
    });
    return redis;
  }

  /** The answer to a command, or null when there is none in time. */
  async function ask<T>(command: string, send: (redis: Redis) => Promise<T>): Promise<T | null> {
    if (closing) return null;
    try {
      const asked = started.then((redis) => {
        if (redis.status !== "ready") throw new Error("there is no connection");
        return send(redis);
      });
      const answer = await inTime(asked);
      health.answered(command);
      return answer;
    } catch (error) {
      // The first connection may still be on its way, which is no failure yet.
      if (hasStarted && !closing) health.failed(command, error);
      return null;
    }
  }

  async function end(): Promise<void> {
    const redis = await opening.catch(() => null);
    if (!redis) return;
    // Between two attempts there is no connection whose end would be reported.
    const isConnected = redis.status !== "reconnecting" && redis.status !== "end";
    const ended = new Promise<void>((resolve) => redis.once("end", () => resolve()));
    redis.disconnect();
    if (isConnected) await ended;
  }

  const named = (key: string) => `${prefix}:${key}`;
  return {
    get: (key) => ask("GET", (redis) => redis.get(named(key))),
    async set(key, value, ttlMs) {
      await ask("SET", (redis) => redis.set(named(key), value, "PX", ttlMs));
    },
    async delete(...keys) {
      if (keys.length > 0) await ask("DEL", (redis) => redis.del(keys.map(named)));
    },
    async close() {
      closing ??= end();
      await closing;
    },
  };
}

/** The outcome of `work`, or an error once `limitMs` are over. */
function inTime<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(new Error(`there was no answer within ${limitMs} ms`));
    // When this process itself was busy for so long, the answer may be waiting in the socket: the timer comes
    // before it, and an immediate after it.
    const timer = setTimeout(() => setImmediate(giveUp), limitMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** The text is not repeated in the error, because it may hold a password. */
function parseServer(text: string): URL {
  const url = URL.parse(text);
  if (!url || !/^rediss?:$/.test(url.protocol) || !url.hostname || !/^\/?\d*$/.test(url.pathname)) {
    throw new Error(
      "The URL of the cache is not one of a Redis server: write it as redis://host:6379/0 (rediss: for TLS).",
    );
  }
  return url;
}
