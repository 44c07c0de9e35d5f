// Logout tokens on both databases: the account service's word is taken once and from nobody else; whatever else is
// wrong with a token, or however it is repeated, nobody is signed out by it.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { type TestContext, test } from "node:test";
import {
  base64url,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWTPayload,
  SignJWT,
  UnsecuredJWT,
} from "jose";
import { readMigrations } from "../store/migrate.ts";
import { forEachDriver } from "../store/test-database.ts";
import { createLogoutTokens } from "./logout-token.ts";

const issuer = "https://account.example.org";
const event = "http://schemas.openid.net/event/backchannel-logout";
const now = new Date();
const seconds = Math.floor(now.getTime() / 1000);
const member = randomUUID();

const own = await generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true });
const foreign = await generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true });
const jwk = { ...(await exportJWK(own.publicKey)), alg: "EdDSA", use: "sig", kid: "account" };

const header = { alg: "EdDSA", typ: "logout+jwt", kid: "account" };

function claims(): JWTPayload {
  return {
    iss: issuer,
    aud: "blog",
    iat: seconds,
    exp: seconds + 120,
    jti: randomUUID(),
    sid: "laptop",
    sub: member,
    events: { [event]: {} },
  };
}

function sign(payload: JWTPayload, more: Record<string, unknown> = {}, key = own.privateKey) {
  return new SignJWT(payload).setProtectedHeader({ ...header, ...more }).sign(key);
}

/** A token whose claims are right but for these; those that are undefined are left out. */
function tokenWith(more: Record<string, unknown>): Promise<string> {
  return sign(JSON.parse(JSON.stringify({ ...claims(), ...more })));
}

const platform = await readMigrations(new URL("../migrations", import.meta.url));

// biome-ignore lint/suspicious/noExplicitAny: the platform's tables alone
await forEachDriver<any>(platform, ({ driver, open }) => {
  async function start(t: TestContext) {
    const keys = { status: 200, asked: [] as string[] };
    const database = await open(t);
    const tokens = createLogoutTokens({
      service: "blog",
      issuer,
      database,
      now: () => now,
      fetch: async (input) => {
        keys.asked.push(String(input));
        if (keys.status === 0) throw new TypeError("fetch failed");
        return Response.json({ keys: [jwk] }, { status: keys.status });
      },
    });
    return { tokens, keys, database };
  }

  test(`${driver}: a right token ends what it names, by the keys of the account service`, async (t) => {
    const { tokens, keys } = await start(t);
    const end = { kind: "end", sid: "laptop", memberId: member };
    assert.deepEqual(await tokens.read(await tokenWith({})), end);
    assert.deepEqual(keys.asked, [`${issuer}/oidc/jwks`]);
    assert.deepEqual(await tokens.read(await tokenWith({ sub: undefined })), { ...end, memberId: null });
    assert.deepEqual(await tokens.read(await tokenWith({ sid: undefined })), { ...end, sid: null });
    assert.deepEqual(await tokens.read(await tokenWith({ sid: "nobody knows it" })), {
      ...end,
      sid: "nobody knows it",
    });
    assert.deepEqual(await tokens.read(await tokenWith({ aud: ["blog"], iat: seconds - 299 })), end);
  });

  test(`${driver}: a token that is sent again is no error and orders nothing more`, async (t) => {
    const { tokens } = await start(t);
    const token = await tokenWith({});
    assert.equal((await tokens.read(token)).kind, "end");
    assert.deepEqual(await tokens.read(token), { kind: "repeated" });
    assert.deepEqual(await tokens.read(token), { kind: "repeated" });
    const other = await tokenWith({});
    const kinds = await Promise.all(Array.from({ length: 10 }, () => tokens.read(other)));
    assert.equal(kinds.filter(({ kind }) => kind === "end").length, 1, "of ten at once, too");
  });

  test(`${driver}: a token with anything wrong about it is refused`, async (t) => {
    const { tokens } = await start(t);
    const key = new TextEncoder().encode(await exportSPKI(own.publicKey));
    const raw = base64url.decode(String(jwk.x));
    const right = await tokenWith({});
    const [head = "", body = "", signature = ""] = right.split(".");
    const changed = base64url.encode(JSON.stringify({ ...claims(), sid: "phone" }));
    const wrong: Record<string, string> = {
      "for another service": await tokenWith({ aud: "likes" }),
      "for nobody": await tokenWith({ aud: undefined }),
      "of another issuer": await tokenWith({ iss: "https://account.example.net" }),
      "of no issuer": await tokenWith({ iss: undefined }),
      "with a nonce": await tokenWith({ nonce: "n" }),
      "with an empty nonce": await tokenWith({ nonce: null }),
      "run out": await tokenWith({ iat: seconds - 200, exp: seconds - 31 }),
      "issued long ago": await tokenWith({ iat: seconds - 331, exp: seconds + 3600 }),
      "issued in the future": await tokenWith({ iat: seconds + 60 }),
      "not yet good": await tokenWith({ nbf: seconds + 60 }),
      "without a time": await tokenWith({ iat: undefined }),
      "without an id": await tokenWith({ jti: undefined }),
      "with an empty id": await tokenWith({ jti: "" }),
      "without events": await tokenWith({ events: undefined }),
      "with another event": await tokenWith({ events: { "http://example.org/event": {} } }),
      "with an event that is no object": await tokenWith({ events: { [event]: "yes" } }),
      "that names nobody": await tokenWith({ sid: undefined, sub: undefined }),
      "with a subject that is no member": await tokenWith({ sub: "ann" }),
      "with two sids": await tokenWith({ sid: ["laptop", "phone"] }),
      "that is an ID token": await sign(claims(), { typ: "JWT" }),
      "without a type": await sign(claims(), { typ: undefined }),
      "that is an access token": await sign(claims(), { typ: "at+jwt" }),
      "signed by somebody else": await sign(claims(), {}, foreign.privateKey),
      "with a key of its own": await sign(
        claims(),
        { kid: undefined, jwk: await exportJWK(foreign.publicKey) },
        foreign.privateKey,
      ),
      "of a key that nobody knows": await sign(claims(), { kid: "other" }),
      "with a critical header": await new SignJWT(claims())
        .setProtectedHeader({ ...header, crit: ["exotic"], exotic: true })
        .sign(own.privateKey, { crit: { exotic: true } }),
      "not signed": new UnsecuredJWT(claims()).encode(),
      "not signed, of the right type": `${base64url.encode('{"alg":"none","typ":"logout+jwt"}')}.${body}.`,
      "signed with the public key as a secret": await new SignJWT(claims())
        .setProtectedHeader({ ...header, alg: "HS256" })
        .sign(key),
      "signed with the public key's bytes as a secret": await new SignJWT(claims())
        .setProtectedHeader({ ...header, alg: "HS256" })
        .sign(raw),
      "changed after it was signed": `${head}.${changed}.${signature}`,
      "without its signature": `${head}.${body}.`,
      "cut off": right.slice(0, -2),
      empty: "",
      "that is none": "logout",
      "that is too many": `${right}.${body}.${body}`,
    };
    for (const [what, token] of Object.entries(wrong)) {
      assert.equal((await tokens.read(token)).kind, "refused", `a token ${what}`);
    }
    assert.equal((await tokens.read(right)).kind, "end", "the right one was not used up by the wrong ones");
  });

  test(`${driver}: a token that is refused does not use up the id of a right one`, async (t) => {
    const { tokens } = await start(t);
    const jti = randomUUID();
    assert.equal((await tokens.read(await tokenWith({ jti, aud: "likes" }))).kind, "refused");
    assert.equal((await tokens.read(await tokenWith({ jti, nonce: "n" }))).kind, "refused");
    assert.equal(
      (await tokens.read(await sign({ ...claims(), jti }, {}, foreign.privateKey))).kind,
      "refused",
    );
    assert.equal((await tokens.read(await tokenWith({ jti }))).kind, "end");
  });

  test(`${driver}: while the keys cannot be had a token is not refused, and taken once they can`, async (t) => {
    const { tokens, keys } = await start(t);
    const token = await tokenWith({});
    for (const status of [0, 503, 404]) {
      keys.status = status;
      assert.equal((await tokens.read(token)).kind, "unreadable", String(status));
    }
    keys.status = 200;
    assert.equal((await tokens.read(token)).kind, "end");
  });
});
