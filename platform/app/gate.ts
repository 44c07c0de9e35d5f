// The gate: what is refused before any page is asked, from the raw request line and headers alone.
// Promise: behind it, paths and queries are well-formed UTF-8 without null characters, backslashes or
// dot segments, the Host is one of the service's own, and a POST comes from the service's own pages.
import type { IncomingHttpHeaders } from "node:http";
import type { UploadedFile } from "./route.ts";

export interface Refused {
  readonly kind: "refused";
  readonly status: 400 | 403 | 413 | 415 | 421;
  readonly sentence: string;
}

export type Passage =
  | { readonly kind: "pass" }
  /** The same address in its one proper spelling. */
  | { readonly kind: "respell"; readonly to: string }
  | Refused;

export interface GateSettings {
  /** Host header values that are answered, in lower case, port included where it is not the scheme's own. */
  readonly hosts: ReadonlySet<string>;
  readonly origin: string;
}

const longestUrlBytes = 8 * 1024;
/** What a form may weigh where its route says nothing else. */
export const usualFormBytes = 64 * 1024;

/** Segments of unreserved characters, none of them empty or beginning with a dot: nothing to look at twice. */
const plainPath = /^(?:\/[A-Za-z0-9_~-][A-Za-z0-9_.~-]*)*\/?$/;

/** The Host header values under which a service at `origin`, listening on `port`, answers. */
export function allowedHosts(origin: string, port: number, extra: readonly string[]): ReadonlySet<string> {
  const url = new URL(origin);
  const hosts = new Set([url.host, ...extra.map((host) => host.toLowerCase())]);
  if (isLoopback(url.hostname)) {
    for (const name of ["localhost", "127.0.0.1", "[::1]"]) hosts.add(`${name}:${port}`);
  }
  return hosts;
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "127.0.0.1" || hostname === "[::1]";
}

/** Looks at the request line and the Host. `url` is the request target exactly as received. */
export function checkAddress(url: string, host: string | undefined, settings: GateSettings): Passage {
  if (host === undefined || !settings.hosts.has(host.toLowerCase())) {
    return refuse(421, "This server does not answer for the host name that was asked for.");
  }
  if (url.length > longestUrlBytes) return refuse(400, "The address is too long.");
  if (!url.startsWith("/")) return refuse(400, "The request does not begin with a path.");
  const mark = url.indexOf("?");
  const path = mark < 0 ? url : url.slice(0, mark);
  const search = mark < 0 ? "" : url.slice(mark);
  if (search.length > 1 && !isWellFormed(search)) {
    return refuse(400, "The part of the address after the question mark is not well formed.");
  }
  if (plainPath.test(path)) return { kind: "pass" };
  return checkUnusualPath(path, search);
}

function checkUnusualPath(path: string, search: string): Passage {
  const decoded = decode(path);
  if (decoded === null || decoded.includes("\\") || /[\0-\x1f\x7f#]/.test(decoded)) {
    return refuse(400, "The address is not well formed.");
  }
  if (decoded.split("/").some((segment) => segment === "." || segment === "..")) {
    return refuse(400, "The address must not contain the steps “.” or “..”.");
  }
  if (path.includes("//")) return { kind: "respell", to: path.replace(/\/{2,}/g, "/") + search };
  return { kind: "pass" };
}

/** Is `text` percent-encoded UTF-8 without null characters? */
function isWellFormed(text: string): boolean {
  if (!text.includes("%")) return !text.includes("\0");
  const decoded = decode(text);
  return decoded !== null && !decoded.includes("\0");
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null; // a broken percent sequence, or bytes that are not UTF-8
  }
}

/** What a browser says about where a POST comes from; without a word from either header it is refused. */
function isOwnForm(headers: IncomingHttpHeaders, origin: string): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site === "same-origin" || site === "none";
  return headers.origin === origin;
}

/** A form's limits: with files it comes as multipart/form-data, without as plain fields. */
export interface FormLimits {
  readonly bytes: number;
  readonly files: boolean;
}

/** Looks at the headers of a form before its body is read. */
export function checkForm(headers: IncomingHttpHeaders, origin: string, limits: FormLimits): Refused | null {
  if (!isOwnForm(headers, origin)) {
    return refuse(403, "This form was not sent from this site. Open the page here and send it again.");
  }
  return checkFormKind(headers, limits);
}

/** The same without asking where the form comes from: for what proves itself, such as a signed token. */
export function checkFormKind(headers: IncomingHttpHeaders, { bytes, files }: FormLimits): Refused | null {
  const type = formType(headers);
  if (type !== "application/x-www-form-urlencoded" && !(files && type === "multipart/form-data")) {
    return refuse(415, "A form must be sent as application/x-www-form-urlencoded.");
  }
  if (Number(headers["content-length"] ?? 0) > bytes) return tooLarge(bytes);
  return null;
}

function formType(headers: IncomingHttpHeaders): string | undefined {
  return headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase();
}

export interface ReadForm {
  readonly kind: "form";
  readonly fields: URLSearchParams;
  readonly files: ReadonlyMap<string, UploadedFile>;
}

/**
 * Reads a form's body, at most `bytes` of it, its fields and files.
 * Answers a refusal for more, for bytes that are not UTF-8 and for null characters.
 */
export async function readForm(
  body: ReadableStream<Uint8Array> | null,
  headers: IncomingHttpHeaders,
  { bytes }: FormLimits,
): Promise<ReadForm | Refused> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > bytes) return tooLarge(bytes);
    chunks.push(chunk);
  }
  const whole = Buffer.concat(chunks);
  if (formType(headers) === "multipart/form-data")
    return await readParts(whole, headers["content-type"] ?? "");
  const text = whole.toString("latin1"); // percent-encoded, so ASCII when well formed
  if (/[^\x20-\x7e]/.test(text) || !isWellFormed(text)) return malformed();
  return { kind: "form", fields: new URLSearchParams(text), files: new Map() };
}

async function readParts(whole: Uint8Array<ArrayBuffer>, type: string): Promise<ReadForm | Refused> {
  const fields = new URLSearchParams();
  const files = new Map<string, UploadedFile>();
  try {
    const form = await new Response(whole, { headers: { "content-type": type } }).formData();
    for (const [name, value] of form) {
      if (typeof value === "string") {
        if (value.includes("\0")) return malformed();
        fields.append(name, value);
      } else if (value.size > 0) {
        files.set(name, { name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) });
      }
    }
  } catch {
    return malformed();
  }
  return { kind: "form", fields, files };
}

function malformed(): Refused {
  return refuse(400, "The form's fields are not well formed.");
}

function tooLarge(bytes: number): Refused {
  const limit =
    bytes < 1024 * 1024 ? `${Math.floor(bytes / 1024)} KiB` : `${Math.floor(bytes / 1024 / 1024)} MiB`;
  return refuse(413, `The form is too large: at most ${limit} can be sent.`);
}

function refuse(status: Refused["status"], sentence: string): Refused {
  return { kind: "refused", status, sentence };
}
