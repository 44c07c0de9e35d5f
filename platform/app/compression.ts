// Compression: bytes in the encoding that the visitor's browser takes.
// Each text is compressed once and remembered under its hash, in a bounded amount of memory: most pages are
// asked for many times between two changes, and compressing costs more than all else of a page.
import { brotliCompressSync, gzipSync, constants as zlib } from "node:zlib";

export type Encoding = "br" | "gzip" | "identity";

/** Below this, compression saves less than the header that announces it. */
const smallestBytes = 1024;

const compressible = /^(?:text\/|application\/(?:json|xml|[a-z.-]+\+xml|[a-z.-]+\+json)|image\/svg\+xml)/;

export function isCompressible(type: string, bytes: number): boolean {
  return bytes >= smallestBytes && compressible.test(type);
}

/** The best encoding that an Accept-Encoding header allows. */
export function chooseEncoding(header: string | undefined): Encoding {
  if (header === undefined) return "identity";
  // What every browser sends, without taking the header apart.
  if (!header.includes(";")) {
    return /(?:^|[\s,])br(?:$|[\s,])/.test(header)
      ? "br"
      : /(?:^|[\s,])gzip(?:$|[\s,])/.test(header)
        ? "gzip"
        : "identity";
  }
  const allowed = new Map(
    header
      .toLowerCase()
      .split(",")
      .map((part) => {
        const [name, ...parameters] = part.split(";").map((piece) => piece.trim());
        const quality = parameters.find((parameter) => parameter.startsWith("q="));
        return [name ?? "", quality === undefined ? 1 : Number(quality.slice(2))] as const;
      }),
  );
  const takes = (name: string) => (allowed.get(name) ?? allowed.get("*") ?? 0) > 0;
  return takes("br") ? "br" : takes("gzip") ? "gzip" : "identity";
}

export interface Compressor {
  /** `bytes` in `encoding`; `hash` identifies the bytes. */
  compress(bytes: Uint8Array, hash: string, encoding: Exclude<Encoding, "identity">): Uint8Array;
}

/** A compressor that remembers up to `memoryBytes` of results, forgetting the longest unused first. */
export function createCompressor(memoryBytes: number): Compressor {
  const remembered = new Map<string, Uint8Array>();
  let size = 0;
  return {
    compress(bytes, hash, encoding) {
      const key = `${hash}-${encoding}`;
      let result = remembered.get(key);
      if (result) {
        remembered.delete(key); // put back below, as the most recently used
      } else {
        result = encoding === "br" ? brotli(bytes) : gzipSync(bytes, { level: 6 });
        size += result.byteLength;
      }
      remembered.set(key, result);
      for (const [oldest, forgotten] of remembered) {
        if (size <= memoryBytes) break;
        remembered.delete(oldest);
        size -= forgotten.byteLength;
      }
      return result;
    },
  };
}

function brotli(bytes: Uint8Array): Uint8Array {
  return brotliCompressSync(bytes, {
    params: {
      [zlib.BROTLI_PARAM_QUALITY]: 5,
      [zlib.BROTLI_PARAM_MODE]: zlib.BROTLI_MODE_TEXT,
      [zlib.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength,
    },
  });
}
