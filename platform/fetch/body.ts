// A response body, read whole and never past its limit.
// Promise: what is counted is the unpacked size, so a small bomb stops as early as a large file, and memory
// holds at most the limit and one chunk. The packed bytes are counted too: a stream that unpacks to nothing
// for ever also ends. One content coding only; stacked codings exist for bombs alone.
import type { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";

/** What the client says it can unpack; readBody takes exactly these. */
export const acceptedCodings = "gzip, br, deflate";

/** Room for the framing of a coding when the packed form is larger than the content. */
const packingSlackBytes = 65_536;

export type BodyRead =
  | { readonly kind: "read"; readonly bytes: Uint8Array }
  | { readonly kind: "too-large" }
  | { readonly kind: "undecodable"; readonly reason: string };

class TooLarge extends Error {}

/**
 * Reads `source` to its end, unpacked by `coding` (a Content-Encoding value, "" for none), up to `maxBytes`.
 * The source is destroyed in every outcome but a complete read. Throws what the source throws (a lost
 * connection, an abort).
 */
export async function readBody(source: Readable, coding: string, maxBytes: number): Promise<BodyRead> {
  const unpack = unpackerFor(coding.trim().toLowerCase());
  if (unpack === null) {
    discard(source);
    return {
      kind: "undecodable",
      reason: `its content coding "${coding.slice(0, 40)}" is not one of ${acceptedCodings}`,
    };
  }
  const chunks: Uint8Array[] = [];
  const collect = collector(chunks, maxBytes);
  try {
    if (unpack) await pipeline(source, packedLimit(maxBytes + packingSlackBytes), unpack, collect);
    else await pipeline(source, collect);
  } catch (error) {
    if (error instanceof TooLarge) return { kind: "too-large" };
    if (isUnpackingError(error)) {
      return { kind: "undecodable", reason: "its compressed content is damaged or cut short" };
    }
    throw error;
  }
  return { kind: "read", bytes: Buffer.concat(chunks) };
}

/** Drops a body nobody will read, and its connection with it. */
export function discard(source: Readable): void {
  source.once("error", () => {}); // destroying an unread body reports itself as an abort, which is what was wanted
  source.destroy();
}

function unpackerFor(coding: string): Transform | undefined | null {
  switch (coding) {
    case "":
    case "identity":
      return undefined;
    case "gzip":
    case "x-gzip":
      return createGunzip();
    case "br":
      return createBrotliDecompress();
    case "deflate":
      return createInflate();
    default:
      return null;
  }
}

function collector(chunks: Uint8Array[], maxBytes: number) {
  return async (incoming: AsyncIterable<Uint8Array>) => {
    let size = 0;
    for await (const chunk of incoming) {
      size += chunk.byteLength;
      if (size > maxBytes) throw new TooLarge();
      chunks.push(chunk);
    }
  };
}

function packedLimit(maxBytes: number) {
  return async function* (incoming: AsyncIterable<Uint8Array>) {
    let size = 0;
    for await (const chunk of incoming) {
      size += chunk.byteLength;
      if (size > maxBytes) throw new TooLarge();
      yield chunk;
    }
  };
}

/** zlib's own failures carry codes such as Z_DATA_ERROR; brotli's start with ERR__ERROR or ERR_BROTLI. */
function isUnpackingError(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^(Z_|ERR__|ERR_BROTLI)/.test(String(error.code));
}
