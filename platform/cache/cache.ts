// The cache: texts kept under keys for a while, in memory or in Redis. Promise: it speeds things up and never
// holds the only copy, so every answer may be null and nothing it does wrong stops the caller. A deletion that
// Redis did not receive is lost, so a lifetime must be as short as a stale answer may be old.
// The two kinds are memory.ts and redis.ts; both pass the cases of cache.test.ts.
import { openMemory } from "./memory.ts";
import { openRedis } from "./redis.ts";

export interface Cache {
  /** The text kept under `key`, or null: unknown, expired, or the cache cannot be reached. */
  get(key: string): Promise<string | null>;
  /**
   * Keeps `value` under `key` for `ttlMs`, in whole milliseconds; when nothing is left of them the key is
   * forgotten. Throws RangeError for a time that is not a finite number, and never because of the cache.
   */
  set(key: string, value: string, ttlMs: number): Promise<void>;
  delete(...keys: string[]): Promise<void>;
  /** Ends the connections; from then on every answer is null. Repeating it does nothing. */
  close(): Promise<void>;
}

/** Where a cache is: `memory` of this process (`maxBytes` of keys and values, 32 MiB unless said) or a Redis. */
export type CacheLocation =
  | { readonly kind: "memory"; readonly maxBytes?: number }
  | { readonly kind: "redis"; readonly url: string };

export interface CacheOptions {
  /** What the keys begin with in a Redis that others use as well; followed by a colon there. */
  readonly prefix: string;
  /** Told once when the cache begins to fail, not at each failure. The error holds no key, value or password. */
  readonly warn: (sentence: string, error: unknown) => void;
}

const defaultMaxBytes = 32 * 1024 * 1024;

/** Opens a cache without waiting for it. Throws for a URL that cannot be one of a Redis server. */
export function openCache(location: CacheLocation, options: CacheOptions): Cache {
  const kept =
    location.kind === "memory"
      ? openMemory(location.maxBytes ?? defaultMaxBytes)
      : openRedis(location.url, options);
  return {
    ...kept,
    async set(key, value, ttlMs) {
      const wholeMs = Math.floor(ttlMs);
      if (!Number.isSafeInteger(wholeMs)) {
        throw new RangeError(`"${key}" cannot be cached for ${ttlMs} ms: give a number of milliseconds.`);
      }
      if (wholeMs > 0) await kept.set(key, value, wholeMs);
      else await kept.delete(key);
    },
  };
}
