// The cache in the memory of this process. Promise: keys and values together stay within `maxBytes` (as UTF-8);
// what was used least recently goes first, and a value that alone is too large is not kept.
import type { Cache } from "./cache.ts";

interface Entry {
  readonly value: string;
  /** Of key and value together. */
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** A cache of at most `maxBytes`. Throws RangeError when that is no number above 0. */
export function openMemory(maxBytes: number): Cache {
  if (!(maxBytes > 0))
    throw new RangeError(`A cache of ${maxBytes} bytes holds nothing: give it more than 0.`);
  // A Map keeps the order of insertion: the first entry is always the one used least recently.
  const entries = new Map<string, Entry>();
  let bytesKept = 0;
  let closed = false;

  function forget(key: string): void {
    const entry = entries.get(key);
    if (!entry) return;
    entries.delete(key);
    bytesKept -= entry.bytes;
  }

  return {
    async get(key) {
      const entry = entries.get(key);
      if (!entry) return null;
      if (entry.expiresAt <= Date.now()) {
        forget(key);
        return null;
      }
      entries.delete(key);
      entries.set(key, entry);
      return entry.value;
    },
    async set(key, value, ttlMs) {
      forget(key);
      const bytes = Buffer.byteLength(key) + Buffer.byteLength(value);
      if (closed || bytes > maxBytes) return;
      entries.set(key, { value, bytes, expiresAt: Date.now() + ttlMs });
      bytesKept += bytes;
      for (const oldest of entries.keys()) {
        if (bytesKept <= maxBytes) break;
        forget(oldest);
      }
    },
    async delete(...keys) {
      for (const key of keys) forget(key);
    },
    async close() {
      closed = true;
      entries.clear();
      bytesKept = 0;
    },
  };
}
