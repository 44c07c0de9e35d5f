// Sending: a status, a type and a body become a response with every header it must have.
// Promise: an unchanged text is answered 304 without its body; each encoding has an ETag of its own; the
// security headers are always there. This runs for every request, so it avoids needless work.
import { hash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { Caching } from "./answer.ts";
import { chooseEncoding, createCompressor, isCompressible } from "./compression.ts";
import type { Headers } from "./security-headers.ts";

export interface Reply {
  readonly status: number;
  /** The media type with its charset. */
  readonly type: string;
  readonly body: string | Uint8Array;
  readonly cache: Caching | "immutable";
  readonly security: Headers;
  readonly lastModified?: Date | undefined;
  /** Further headers. */
  readonly headers?: Headers;
}

const cacheControl: Readonly<Record<Reply["cache"], string>> = {
  public: "public, no-cache", // may be stored, must be asked after: a published change shows at once
  private: "private, no-cache",
  none: "no-store",
  immutable: "public, max-age=31536000, immutable",
};

const compressedMemoryBytes = 16 * 1024 * 1024;

/** Turns a reply into a response for the request with these headers. */
export type Sender = (reply: Reply, requestId: string, request: IncomingHttpHeaders) => Response;

export function createSender(): Sender {
  const compressor = createCompressor(compressedMemoryBytes);
  return (reply, requestId, request) => {
    let body = typeof reply.body === "string" ? Buffer.from(reply.body) : reply.body;
    const headers: Record<string, string> = {
      "content-type": reply.type,
      "cache-control": cacheControl[reply.cache],
      "x-request-id": requestId,
      ...reply.security,
      ...reply.headers,
    };
    const compressible = isCompressible(reply.type, body.byteLength);
    const encoding = compressible
      ? chooseEncoding(request["accept-encoding"] as string | undefined)
      : "identity";
    if (compressible) headers.vary = "Accept-Encoding";
    const remembered = reply.status === 200 && reply.cache !== "none";
    const digest =
      remembered || encoding !== "identity" ? hash("sha256", body, "base64url").slice(0, 27) : "";
    if (remembered) {
      headers.etag = encoding === "identity" ? `"${digest}"` : `"${digest}-${encoding}"`;
      if (reply.lastModified) headers["last-modified"] = reply.lastModified.toUTCString();
      if (isUnchanged(headers.etag, reply.lastModified, request)) {
        delete headers["content-type"];
        return new Response(null, { status: 304, headers });
      }
    }
    if (encoding !== "identity") {
      headers["content-encoding"] = encoding;
      body = compressor.compress(body, digest, encoding);
    }
    headers["content-length"] = String(body.byteLength);
    return new Response(body as Uint8Array<ArrayBuffer>, { status: reply.status, headers });
  };
}

/** Has the visitor this text already? (RFC 9110, section 13.1: If-None-Match wins over If-Modified-Since.) */
function isUnchanged(etag: string, lastModified: Date | undefined, request: IncomingHttpHeaders): boolean {
  const known = request["if-none-match"];
  if (known !== undefined) {
    return (
      known === etag ||
      known.split(",").some((one) => one.trim().replace(/^W\//, "") === etag) ||
      known === "*"
    );
  }
  const since = request["if-modified-since"];
  if (since === undefined || lastModified === undefined) return false;
  return Math.floor(lastModified.getTime() / 1000) * 1000 <= Date.parse(since);
}

/**
 * The Location for a redirect: a path on this origin, or with `offsite` a whole http(s) address.
 * Answers null for anything that would lead elsewhere ("//evil.example.org", "javascript:…") or cannot be parsed.
 */
export function locationOf(to: string, origin: string, offsite: boolean): string | null {
  let url: URL;
  try {
    url = new URL(to, origin); // also percent-encodes what may not stand in a header
  } catch {
    return null;
  }
  if (url.origin === origin && (to.startsWith("/") || to.startsWith(`${origin}/`))) {
    const path = url.pathname + url.search + url.hash;
    return path.startsWith("//") ? null : path;
  }
  return offsite && (url.protocol === "https:" || url.protocol === "http:") && /^https?:\/\//i.test(to)
    ? url.href
    : null;
}
