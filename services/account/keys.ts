// The keys of the account service: everything that is hashed, sealed or derived is so here, each purpose with a
// key of its own that comes from the secrets and is never stored.
// Promise: what is kept in the database (hashes, seals) opens nothing for somebody who has only the database.
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from "node:crypto";
import type { ServiceParts } from "@rose-ash/platform/app";

type Secrets = ServiceParts<unknown, unknown>["secrets"];

export interface AccountKeys {
  /** The id that a provider session's device is known by in other services: one-way, and no credential. */
  deviceId(sessionUid: string): string;
  /** The id of the one grant that a session gives to a client. */
  grantId(sessionUid: string, client: string): string;
  /** The address part of a sign-in's pages: one-way from the interaction and the browser that began it. */
  pageId(interactionUid: string, browser: string): string;
  /** What shows, at the end of a sign-in, that it ends in the browser it was begun in. */
  browserMark(browser: string): string;
  /** A browser as one member's devices know it. */
  browserOf(memberId: string, browser: string): string;
  /** The secret of a letter's link: 43 characters. */
  letterToken(letterId: string): string;
  /** The code of a letter: eight characters of `codeAlphabet`. */
  letterCode(letterId: string): string;
  /** How a letter's code is kept. */
  codeHash(letterId: string, code: string): string;
  /** A subject of a rate limit, told apart for a day and no longer. */
  limitSubject(day: string, scope: string, subject: string): string;
  /** Closes a text for the database; `context` must be said again to open it. */
  seal(context: string, text: string): Uint8Array;
  /** Throws when the sealed text is not one of `seal` for this context. */
  open(context: string, sealed: Uint8Array): string;
}

/** No digit or letter that is taken for another, and no vowels, so that no code is a word. */
export const codeAlphabet = "23456789BCDFGHJKMNPQRTVWXZ";
const codeLength = 8;

/** SHA-256, base64url: how ids and tokens of 128 random bits and more are kept. */
export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

/** 256 random bits as 43 characters that may stand in an address. */
export function randomToken(): string {
  return randomBytes(32).toString("base64url");
}

export function createAccountKeys(secrets: Secrets): AccountKeys {
  const keyed = (purpose: string) => {
    const key = secrets.derive(purpose);
    return (...parts: string[]) => hmac(key, parts);
  };
  const device = keyed("device ids");
  const grant = keyed("grant ids");
  const page = keyed("sign-in pages");
  const mark = keyed("browser marks");
  const browserOf = keyed("browsers of members");
  const token = keyed("letter tokens");
  const code = keyed("letter codes");
  const codeHash = keyed("hashes of letter codes");
  const limit = keyed("rate limits");
  const sealing = secrets.derive("sealed records");
  return {
    deviceId: (sessionUid) => device(sessionUid).toString("base64url"),
    grantId: (sessionUid, client) => grant(sessionUid, client).toString("base64url"),
    pageId: (uid, browser) => page(uid, browser).toString("base64url"),
    browserMark: (browser) => mark(browser).toString("base64url"),
    browserOf: (memberId, browser) => browserOf(memberId, browser).toString("base64url"),
    letterToken: (id) => token(id).toString("base64url"),
    letterCode: (id) => spell(code(id)),
    codeHash: (id, typed) => codeHash(id, typed).toString("base64url"),
    limitSubject: (day, scope, subject) => limit(day, scope, subject).toString("base64url"),
    seal(context, text) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", sealing, nonce).setAAD(Buffer.from(context));
      return Buffer.concat([nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
    },
    open(context, sealed) {
      const bytes = Buffer.from(sealed);
      const end = bytes.length - 16;
      if (end < 12) throw new Error(`The sealed ${context} is too short to be one.`);
      const decipher = createDecipheriv("aes-256-gcm", sealing, bytes.subarray(0, 12), { authTagLength: 16 })
        .setAAD(Buffer.from(context))
        .setAuthTag(bytes.subarray(end));
      return decipher.update(bytes.subarray(12, end), undefined, "utf8") + decipher.final("utf8");
    },
  };
}

/** HMAC-SHA-256 over parts that cannot run into each other: each is preceded by its length. */
function hmac(key: Uint8Array, parts: readonly string[]): Buffer {
  const mac = createHmac("sha256", key);
  for (const part of parts) mac.update(`${Buffer.byteLength(part)}:`).update(part);
  return mac.digest();
}

/** 256 bits to a number of eight digits in the alphabet: no digit is likelier than another by more than 2⁻²¹⁶. */
function spell(bytes: Buffer): string {
  let rest = BigInt(`0x${bytes.toString("hex")}`);
  let text = "";
  for (let place = 0; place < codeLength; place += 1) {
    text += codeAlphabet[Number(rest % BigInt(codeAlphabet.length))];
    rest /= BigInt(codeAlphabet.length);
  }
  return text;
}
