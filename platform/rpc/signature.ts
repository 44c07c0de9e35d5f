// Signing and verifying internal calls: HTTP message signatures with a shared secret, one strict profile.
// Promise: what verifies was sent by the caller that its key names, to this service, within the last half
// minute, with exactly this method, target, body and idempotency key; no bytes make the verifier throw. It does
// not tell a message from its repetition: whoever acts on one remembers its nonce. Source: RFC 9421, RFC 9530.
import { randomBytes, timingSafeEqual } from "node:crypto";
import type { InternalKey, KeyRing } from "./keys.ts";
import {
  type Component,
  type CoveredFields,
  computeMac,
  contentDigest,
  listComponents,
  signatureBase,
} from "./signature-base.ts";

export interface SignedMessage {
  readonly method: string;
  /** The Host that is asked: "orders.internal". */
  readonly authority: string;
  /** The raw request target: "/internal/data/x?a=1". */
  readonly target: string;
  /** As they arrived: one that was sent twice stands here twice. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The raw bytes; null for a message without a body, which an empty body is not. */
  readonly body: Uint8Array | null;
}

/** Why a message is not believed, for the log. Says nothing that a forger could use. */
export type RefusalReason =
  | "unsigned"
  | "duplicate-header"
  | "malformed-header"
  | "malformed-signature"
  | "bad-method"
  | "bad-target"
  | "wrong-authority"
  | "no-content-type"
  | "no-digest"
  | "digest-without-body"
  | "wrong-components"
  | "unknown-key"
  | "wrong-direction"
  | "stale"
  | "wrong-signature"
  | "wrong-digest";

export type Verification =
  | {
      readonly kind: "verified";
      readonly caller: string;
      readonly keyId: string;
      /** 22 characters, different for each message. */
      readonly nonce: string;
      /** Seconds since 1970. */
      readonly created: number;
      readonly idempotencyKey: string | null;
      /** How far our clock is ahead of the caller's, transport included; negative when it is behind. */
      readonly skewSeconds: number;
    }
  | { readonly kind: "refused"; readonly reason: RefusalReason };

/** A message to sign: `contentType` goes with a body, `idempotencyKey` with an action. */
export type MessageToSign = Omit<SignedMessage, "headers"> & {
  readonly contentType?: string;
  readonly idempotencyKey?: string;
};

const longestSkewMs = 30_000;
const tag = "rose-internal-v1";

const properMethod = /^[A-Z]{1,20}$/;
const properContentType = /^[\x21-\x7e](?:[\x20-\x7e]{0,198}[\x21-\x7e])?$/;
/** Just one hash, of the kind we write: 32 bytes. */
const properDigest = /^sha-256=:[A-Za-z0-9+/]{43}=:$/;
const properIdempotencyKey = /^[\x21-\x7e]{1,255}$/;
const properNonce = /^[A-Za-z0-9_-]{22}$/;
/** Visible ASCII without "#" and "\". */
const targetCharacters = /^\/[\x21\x22\x24-\x5b\x5d-\x7e]*$/;
/** What a proxy and an application may read as two different paths: "//", "..", "/.", and "." "/" "\" in disguise. */
const doubtfulPath = /\/\/|\.\.|\/\.(?:\/|$)|%2e|%2f|%5c/i;

const signatureParameters =
  /^;created=([1-9][0-9]{0,11});keyid="([a-z][a-z0-9-]*>[a-z][a-z0-9-]*:[1-9][0-9]{0,8})";nonce="([A-Za-z0-9_-]{22})";tag="rose-internal-v1"$/;
const signatureText = /^rose=:([A-Za-z0-9+/=]{0,100}):$/;
const longestSignatureInput = 512;

/**
 * Signs a message: answers the headers to send with it, content-type, content-digest, idempotency-key (when
 * given), signature-input and signature. Throws for a message that no verifier would take: another authority
 * than the key's callee, a target in a doubtful spelling, a body without a content type or the reverse.
 */
export function signMessage(
  message: MessageToSign,
  key: InternalKey,
  options: {
    readonly now: Date;
    /** 22 characters of base64url, 16 random bytes; made here when not given. */
    readonly nonce?: string;
  },
): readonly (readonly [name: string, value: string])[] {
  const fields = describeMessage(message);
  const fault = findFault(fields, key.callee);
  if (fault !== null) throw new Error(`A call of ${key.callee} cannot be signed: ${fault}.`);
  const nonce = options.nonce ?? randomBytes(16).toString("base64url");
  if (!properNonce.test(nonce)) throw new Error("The nonce of a call must be 22 characters of base64url.");

  const components = listComponents(fields);
  const created = Math.floor(options.now.getTime() / 1000);
  if (!(created > 0)) throw new Error("A call must be signed with the present time.");
  const parameters = `${quoteNames(components)};created=${created};keyid="${key.id}";nonce="${nonce}";tag="${tag}"`;
  const mac = computeMac(key.secret, signatureBase(components, parameters));
  return [
    ...components.filter(([name]) => !name.startsWith("@")),
    ["signature-input", `rose=${parameters}`],
    ["signature", `rose=:${mac}:`],
  ];
}

function quoteNames(components: readonly Component[]): string {
  return `(${components.map(([name]) => `"${name}"`).join(" ")})`;
}

function describeMessage({
  method,
  authority,
  target,
  body,
  contentType,
  idempotencyKey,
}: MessageToSign): CoveredFields {
  if ((body === null) !== (contentType === undefined)) {
    throw new Error("A call with a body needs a content type, and one without must not have any.");
  }
  const content =
    body === null || contentType === undefined ? null : { type: contentType, digest: contentDigest(body) };
  return { method, authority, target, content, idempotencyKey: idempotencyKey ?? null };
}

/**
 * Verifies that a message was signed for `callee` with a live key of `ring`. Never throws. Left to whoever asks:
 * that the caller may do this, and that the nonce is new.
 */
export function verifyMessage(
  message: SignedMessage,
  ring: KeyRing,
  { callee, now }: { readonly callee: string; readonly now: Date },
): Verification {
  const headers = readHeaders(message.headers);
  if (typeof headers === "string") return refuse(headers);
  const fields = readFields(message, headers);
  if (typeof fields === "string") return refuse(fields);
  const fault = findFault(fields, callee);
  if (fault !== null) return refuse(fault);
  const components = listComponents(fields);
  const signature = readSignature(components, headers);
  if (typeof signature === "string") return refuse(signature);

  const { keyId, created, nonce, parameters, mac } = signature;
  const key = ring.verifyingKey(keyId);
  if (key === null) return refuse("unknown-key");
  if (key.callee !== callee) return refuse("wrong-direction");
  const skewMs = now.getTime() - created * 1000;
  if (!(Math.abs(skewMs) <= longestSkewMs)) return refuse("stale"); // so written, a date that is none is stale
  const expected = computeMac(key.secret, signatureBase(components, parameters));
  if (!isSameMac(mac, expected)) return refuse("wrong-signature");
  // Last, so that only a caller's own messages cost the hashing of a body.
  if (message.body !== null && fields.content?.digest !== contentDigest(message.body)) {
    return refuse("wrong-digest");
  }
  const { idempotencyKey } = fields;
  return {
    kind: "verified",
    caller: key.caller,
    keyId,
    nonce,
    created,
    idempotencyKey,
    skewSeconds: skewMs / 1000,
  };
}

function refuse(reason: RefusalReason): Verification {
  return { kind: "refused", reason };
}

interface ReadHeaders {
  readonly contentType: string | undefined;
  readonly digest: string | undefined;
  readonly idempotencyKey: string | undefined;
  readonly input: string;
  readonly signature: string;
}

/** Headers of which a second one is refused: programs differ about which of two they believe. */
const onlyOnce: ReadonlySet<string> = new Set([
  "host",
  "content-type",
  "content-digest",
  "idempotency-key",
  "signature-input",
  "signature",
]);

function readHeaders(headers: SignedMessage["headers"]): ReadHeaders | RefusalReason {
  const found = new Map<string, string>();
  for (const [name, value] of headers) {
    const header = name.toLowerCase();
    if (!onlyOnce.has(header)) continue;
    if (found.has(header)) return "duplicate-header";
    found.set(header, value);
  }
  const input = found.get("signature-input");
  const signature = found.get("signature");
  if (input === undefined || signature === undefined)
    return input === signature ? "unsigned" : "malformed-signature";
  return {
    contentType: found.get("content-type"),
    digest: found.get("content-digest"),
    idempotencyKey: found.get("idempotency-key"),
    input,
    signature,
  };
}

function readFields(message: SignedMessage, headers: ReadHeaders): CoveredFields | RefusalReason {
  const { method, authority, target, body } = message;
  const { contentType, digest } = headers;
  const idempotencyKey = headers.idempotencyKey ?? null;
  if (body === null) {
    if (digest !== undefined) return "digest-without-body";
    return { method, authority, target, content: null, idempotencyKey };
  }
  if (digest === undefined) return "no-digest";
  if (contentType === undefined) return "no-content-type";
  return { method, authority, target, content: { type: contentType, digest }, idempotencyKey };
}

/** What makes a message one that is neither signed nor believed, whatever its signature; null for a proper one. */
function findFault(fields: CoveredFields, callee: string): RefusalReason | null {
  if (!properMethod.test(fields.method)) return "bad-method";
  if (fields.authority !== `${callee}.internal`) return "wrong-authority";
  if (!isProperTarget(fields.target)) return "bad-target";
  if (fields.content !== null) {
    if (!properContentType.test(fields.content.type)) return "malformed-header";
    if (!properDigest.test(fields.content.digest)) return "wrong-digest";
  }
  if (fields.idempotencyKey !== null && !properIdempotencyKey.test(fields.idempotencyKey))
    return "malformed-header";
  return null;
}

/**
 * Has the target one reading only? The path holds no doubtful step; the query, which nobody rewrites, may hold
 * anything percent-encoded, but is not empty behind its "?": RFC 9421 signs "/x" and "/x?" alike.
 */
function isProperTarget(target: string): boolean {
  if (!targetCharacters.test(target)) return false;
  const mark = target.indexOf("?");
  if (mark < 0) return !doubtfulPath.test(target);
  return mark < target.length - 1 && !doubtfulPath.test(target.slice(0, mark));
}

interface ReadSignature {
  readonly keyId: string;
  readonly created: number;
  readonly nonce: string;
  /** What is signed as @signature-params. */
  readonly parameters: string;
  /** Base64. */
  readonly mac: string;
}

/** Reads Signature-Input and Signature: the label `rose` and our parameters, in the one spelling that we write. */
function readSignature(
  components: readonly Component[],
  { input, signature }: ReadHeaders,
): ReadSignature | RefusalReason {
  const mac = signatureText.exec(signature)?.[1];
  if (mac === undefined || !input.startsWith("rose=(") || input.length > longestSignatureInput) {
    return "malformed-signature";
  }
  const end = input.indexOf(")") + 1;
  const [, created, keyId, nonce] = signatureParameters.exec(input.slice(end)) ?? [];
  if (created === undefined || keyId === undefined || nonce === undefined) return "malformed-signature";
  if (input.slice(0, end) !== `rose=${quoteNames(components)}`) return "wrong-components";
  return { keyId, created: Number(created), nonce, parameters: input.slice("rose=".length), mac };
}

/** Compares the texts, since some spellings of base64 that nobody writes are read as the same bytes. */
function isSameMac(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given, "latin1"), Buffer.from(expected, "latin1")];
  return left.length === right.length && timingSafeEqual(left, right);
}
