// Files that belong to the site itself: the stylesheet, the logo, the icon; and the way to media files.
// Promise: a name under /assets/ carries the hash of its content, so a browser may keep it for ever.
import { hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import { Readable } from "node:stream";
import type { MediaStore } from "../media/media.ts";
import { Refusal } from "./refusal.ts";
import type { Headers } from "./security-headers.ts";
import type { Reply } from "./send.ts";
import type { Views } from "./views.ts";

export interface Asset {
  /** The name in its address: "logo.3fa9….svg". */
  readonly name: string;
  readonly type: string;
  readonly body: Uint8Array;
}

export type FoundFile = Pick<Reply, "type" | "body" | "cache">;

const typesByExtension: Readonly<Record<string, string>> = {
  ".svg": "image/svg+xml; charset=utf-8",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".webp": "image/webp",
  ".avif": "image/avif",
};

const largestLogoBytes = 1024 * 1024;

/** A rose of five petals, drawn here so that a site without a logo still has an icon. */
const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><g fill="#b3224f">${[
  0, 72, 144, 216, 288,
]
  .map((angle) => `<ellipse cx="16" cy="9" rx="6" ry="7.5" transform="rotate(${angle} 16 16)"/>`)
  .join("")}</g><circle cx="16" cy="16" r="4" fill="#f6c453"/></svg>\n`;

/** Reads the site's logo, or answers null when there is none. Refuses a file that is missing, large or no image. */
export async function loadLogo(file: string | null): Promise<Asset | null> {
  if (file === null) return null;
  const type = typesByExtension[extname(file).toLowerCase()];
  if (type === undefined) {
    throw new Refusal(
      `The logo ${file} (site.logo) must be one of ${Object.keys(typesByExtension).join(" ")}.`,
    );
  }
  let body: Uint8Array;
  try {
    body = await readFile(file);
  } catch (cause) {
    throw new Refusal(
      `The logo ${file} (site.logo) cannot be read: put the file there or take the line out.`,
      { cause },
    );
  }
  if (body.byteLength > largestLogoBytes) {
    throw new Refusal(`The logo ${file} (site.logo) is larger than 1 MB: give a smaller one.`);
  }
  const extension = extname(file).toLowerCase();
  const name = `${basename(file, extname(file)).replace(/[^A-Za-z0-9_-]/g, "-")}.${contentHash(body)}${extension}`;
  return { name, type, body };
}

/** Sixteen characters that change whenever the content does. */
export function contentHash(body: string | Uint8Array): string {
  return hash("sha256", body, "hex").slice(0, 16);
}

/** Finds a file under /assets/ or one of the icons; null when there is none of that name. */
export function findAsset(path: string, views: Views, logo: Asset | null): FoundFile | null {
  if (path === "/favicon.svg" || path === "/favicon.ico") {
    return { type: "image/svg+xml; charset=utf-8", body: icon, cache: "public" };
  }
  const name = path.slice("/assets/".length);
  if (name === views.stylesheet.name) {
    return { type: "text/css; charset=utf-8", body: views.stylesheet.body, cache: "immutable" };
  }
  if (logo && name === logo.name) return { type: logo.type, body: logo.body, cache: "immutable" };
  return null;
}

/**
 * A media file's response, or null when there is none of that name. The file is sent as a stream, or not at
 * all to a HEAD request or to a browser that says with If-None-Match (`known`) that it has it.
 */
export async function openMedia(
  name: string,
  media: MediaStore,
  security: Headers,
  method: "GET" | "HEAD",
  known: string | undefined,
): Promise<Response | null> {
  const file = await media.open(name);
  if (!file) return null;
  const headers = {
    ...security,
    "content-type": file.type,
    "content-length": String(file.bytes),
    "cache-control": "public, max-age=31536000, immutable",
    etag: `"${name}"`, // the name is made from the content
  };
  if (known === headers.etag)
    return new Response(null, { status: 304, headers: { ...security, etag: headers.etag } });
  if (method === "HEAD") return new Response(null, { status: 200, headers });
  const stream = Readable.toWeb(createReadStream(file.path)) as ReadableStream<Uint8Array>; // Node's type and the DOM's differ in name only
  return new Response(stream, { status: 200, headers });
}
