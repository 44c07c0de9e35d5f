// The key ring of internal calls: one secret per direction (caller>callee) and version, read from the secrets.
// Promise: a key that is short, guessable or shared by two directions stops the start, and no key is ever part
// of a message or of a printed object. A rotation has three steps: the new version is added with `signs: false`
// everywhere, then signs everywhere, then the old version goes; neighbouring steps understand each other.
import { createSecretKey, type KeyObject, randomBytes } from "node:crypto";

export interface InternalKey {
  /** "cart>orders:1": caller, callee, version. */
  readonly id: string;
  readonly caller: string;
  readonly callee: string;
  readonly version: number;
  /** 32 bytes, ready for the HMAC; printed or made JSON it shows none of them. */
  readonly secret: KeyObject;
}

export interface KeyRing {
  /** The newest key that signs calls from `caller` to `callee`, or null when there is none. */
  signingKey(caller: string, callee: string): InternalKey | null;
  /** The key of this id while it is live, or null. */
  verifyingKey(id: string): InternalKey | null;
}

interface KeyEntry {
  /** A whole number from 1; the largest is the newest. */
  readonly version: number;
  /** 32 random bytes, base64url without padding: 43 characters. */
  readonly key: string;
  /** False while it is only known for verifying, the first step of a rotation. */
  readonly signs?: boolean | undefined;
}

/** What a secrets file holds: pair "cart>orders" -> its live versions, one, or two during a rotation. */
export type KeyPairs = Readonly<Record<string, readonly KeyEntry[]>>;

const keyBytes = 32;
const pairName = /^([a-z][a-z0-9-]{0,62})>([a-z][a-z0-9-]{0,62})$/;
/** As many digits as signature.ts reads in a key's id. */
const largestVersion = 999_999_999;

/**
 * Makes the ring of the given pairs. Throws an Error that names the pair, never the key, when a pair's name is
 * not "caller>callee", it has no or more than two versions, a version repeats, or a key is missing, is not
 * exactly 32 bytes of base64url, is one byte repeated, or is used twice.
 */
export function createKeyRing(pairs: KeyPairs): KeyRing {
  const keys = Object.entries(pairs).flatMap(([pair, entries]) => readPair(pair, entries));
  refuseSharedKeys(keys.map(({ key }) => key));
  const verifying = new Map(keys.map(({ key }) => [key.id, key]));
  const signing = new Map<string, InternalKey>();
  for (const { key, signs } of keys) {
    const pair = `${key.caller}>${key.callee}`;
    if (signs && key.version > (signing.get(pair)?.version ?? 0)) signing.set(pair, key);
  }
  return {
    signingKey: (caller, callee) => signing.get(`${caller}>${callee}`) ?? null,
    verifyingKey: (id) => verifying.get(id) ?? null,
  };
}

/** Makes a new key for a secrets file: 32 random bytes as base64url, 43 characters. */
export function newKey(): string {
  return randomBytes(keyBytes).toString("base64url");
}

function readPair(pair: string, entries: readonly KeyEntry[]): { key: InternalKey; signs: boolean }[] {
  const [, caller, callee] = pairName.exec(pair) ?? [];
  if (caller === undefined || callee === undefined) {
    throw new Error(`The pair “${pair}” of the internal keys must be named caller>callee, like cart>orders.`);
  }
  if (entries.length < 1 || entries.length > 2) {
    throw new Error(`The pair ${pair} has ${entries.length} internal keys: give one, or two in a rotation.`);
  }
  if (entries[0]?.version === entries[1]?.version) {
    throw new Error(`The pair ${pair} has two internal keys of one version: number the newer one higher.`);
  }
  return entries.map(({ version, key, signs = true }) => {
    if (!Number.isInteger(version) || version < 1 || version > largestVersion) {
      throw new Error(`A version of the internal keys of ${pair} is not a whole number from 1.`);
    }
    const id = `${pair}:${version}`;
    return { key: { id, caller, callee, version, secret: readSecret(id, key) }, signs };
  });
}

/** `key` is checked as if of unknown type: a secrets file may lack it. */
function readSecret(id: string, key: unknown): KeyObject {
  const bytes = typeof key === "string" ? Buffer.from(key, "base64url") : null;
  // The reading of base64url skips what it does not know, so only the text it would write itself is taken.
  if (bytes === null || bytes.length !== keyBytes || bytes.toString("base64url") !== key) {
    throw new Error(`The internal key ${id} must be 32 random bytes in base64url.`);
  }
  if (bytes.every((byte) => byte === bytes[0])) {
    throw new Error(`The internal key ${id} is one byte repeated: make a random one.`);
  }
  return createSecretKey(bytes);
}

/** One key in both directions would let a call be reflected to its sender. */
function refuseSharedKeys(keys: readonly InternalKey[]): void {
  for (const [index, key] of keys.entries()) {
    const other = keys.slice(0, index).find(({ secret }) => secret.equals(key.secret));
    if (other)
      throw new Error(`One internal key is used for both ${other.id} and ${key.id}: make one for each.`);
  }
}
