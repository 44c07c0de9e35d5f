// Passwords of single posts: only a scrypt hash is kept. The salt follows from what the post is, so that the same
// import gives the same hash and changes nothing; posts still never share one.

import { createHash, randomBytes, scrypt, timingSafeEqual } from "node:crypto";

const cost = { N: 16_384, r: 8, p: 1 };
const keyLength = 32;
/** Longer ones are refused unread: hashing must not become a way to keep the machine busy. */
const maxPasswordLength = 1000;

/** The hash as kept: "scrypt$16384$8$1$salt$key", salt and key in base64url. `saltFrom` names the post; without it the salt is random. */
export async function hashPassword(password: string, saltFrom?: string): Promise<string> {
  const salt =
    saltFrom === undefined
      ? randomBytes(16)
      : createHash("sha256").update(`post password salt\n${saltFrom}`).digest().subarray(0, 16);
  const key = await deriveKey(password, salt, cost);
  return ["scrypt", cost.N, cost.r, cost.p, salt.toString("base64url"), key.toString("base64url")].join("$");
}

/** Whether `password` is the one that `hash` was made from, in the same time for any wrong one. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const match = /^scrypt\$(\d{1,7})\$(\d{1,2})\$(\d{1,2})\$([\w-]+)\$([\w-]+)$/.exec(hash);
  if (match === null || password === "" || password.length > maxPasswordLength) return false;
  const [, N, r, p, salt, kept] = match;
  const expected = Buffer.from(kept!, "base64url");
  const key = await deriveKey(password, Buffer.from(salt!, "base64url"), {
    N: Number(N),
    r: Number(r),
    p: Number(p),
  });
  return key.length === expected.length && timingSafeEqual(key, expected);
}

/** How a password was taken; "busy" when too many are being tried to look at one more. */
export type PasswordVerdict = "right" | "wrong" | "busy";

/** Passwords that are hashed at once, and those that may wait for it. Each takes 16 MB and a share of the machine. */
const atOnce = 2;
const mostWaiting = 30;

/** Checks passwords a few at a time, so that a flood of guesses can neither fill the memory nor stop the rest of the site. */
export function createPasswordDesk(): (password: string, hash: string) => Promise<PasswordVerdict> {
  let busy = 0;
  const waiting: (() => void)[] = [];
  return async (password, hash) => {
    if (busy < atOnce) busy += 1;
    else if (waiting.length >= mostWaiting) return "busy";
    // Whoever leaves passes the place on, so `busy` stays as it is.
    else await new Promise<void>((enter) => waiting.push(enter));
    try {
      return (await verifyPassword(password, hash)) ? "right" : "wrong";
    } finally {
      const next = waiting.shift();
      if (next) next();
      else busy -= 1;
    }
  };
}

function deriveKey(password: string, salt: Buffer, { N, r, p }: typeof cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize("NFC"), salt, keyLength, { N, r, p, maxmem: 256 * N * r }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}
