// Passkeys: registering one and signing in with one, on the server's side (W3C Web Authentication).
// Promise: a challenge is good once, for five minutes, for whom it was made; the origin and the host are exactly
// this service's own; the person was verified by the authenticator; a counter that does not grow is refused.
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { z } from "zod";
import { readName } from "./address.ts";
import { hashOf, randomToken } from "./keys.ts";
import type { AccountParts } from "./routes.ts";
import { noteSignIn } from "./sign-in.ts";
import type { PasskeyRow } from "./store-passkeys.ts";

const challengeMs = 5 * 60_000;
/** ES256 and EdDSA, as COSE numbers them. */
const algorithms = [-7, -8];

type Challenged = Pick<AccountParts, "store" | "now">;

/** A challenge of 256 bits that is remembered until it is answered, or for five minutes. */
async function makeChallenge(
  { store, now }: Challenged,
  purpose: "register" | "sign-in",
  subject: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const challenge = randomToken();
  const expiresAt = new Date(now().getTime() + challengeMs);
  await store.passkeys.addChallenge(hashOf(challenge), purpose, subject, expiresAt);
  return new Uint8Array(Buffer.from(challenge, "base64url"));
}

/** The host that passkeys are bound to: this service's own, never a common parent of all services. */
function relyingParty(origin: string): string {
  return new URL(origin).hostname;
}

/** What navigator.credentials.create() is given, for a member in one session (`subject` names both). */
export async function offerRegistration(
  parts: AccountParts,
  member: { readonly id: string; readonly name: string; readonly address: string },
  subject: string,
) {
  const known = await parts.store.passkeys.listOf(member.id);
  return await generateRegistrationOptions({
    rpName: parts.site.title,
    rpID: relyingParty(parts.origin),
    userID: new Uint8Array(Buffer.from(member.id.replaceAll("-", ""), "hex")),
    userName: member.address,
    userDisplayName: member.name,
    challenge: await makeChallenge(parts, "register", subject),
    timeout: challengeMs,
    attestationType: "none",
    excludeCredentials: known.map(({ id, transports }) => ({ id, transports: [...transports] })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    supportedAlgorithmIDs: algorithms,
  });
}

const text = z.string().max(16_384);
/** What both ceremonies send about the key itself. */
const credential = {
  id: text,
  rawId: text,
  type: z.literal("public-key"),
  clientExtensionResults: z.looseObject({}).default({}),
};
const registrationShape = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: text,
    attestationObject: text,
    transports: z.array(z.string().max(32)).max(10).optional(),
  }),
});
const assertionShape = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: text,
    authenticatorData: text,
    signature: text,
    userHandle: text.optional(),
  }),
});

export type PasskeyOutcome<T> =
  | ({ readonly kind: "right" } & T)
  /** `reason` is for the log. */
  | { readonly kind: "refused"; readonly reason: string };

interface Registering {
  readonly memberId: string;
  readonly subject: string;
  /** What navigator.credentials.create() gave, as JSON. */
  readonly credential: string;
  readonly name: string;
  readonly requestId: string;
}

/** Takes a new passkey in. */
export async function registerPasskey(
  parts: AccountParts,
  { memberId, subject, credential, name, requestId }: Registering,
): Promise<PasskeyOutcome<{ readonly passkey: PasskeyRow }>> {
  const { store } = parts;
  const now = parts.now();
  const read = readJson(registrationShape, credential);
  if (!read) return refused("not a registration");
  const verified = await attempt(() =>
    verifyRegistrationResponse({
      response: {
        ...read,
        response: {
          clientDataJSON: read.response.clientDataJSON,
          attestationObject: read.response.attestationObject,
        },
      },
      expectedChallenge: (challenge) =>
        store.passkeys.takeChallenge(hashOf(challenge), "register", subject, now),
      expectedOrigin: parts.origin,
      expectedRPID: relyingParty(parts.origin),
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    }),
  );
  if (verified.kind === "refused") return verified;
  const { registrationInfo: made } = verified.answer;
  if (!made) return refused("not verified");
  const passkey: PasskeyRow = {
    id: made.credential.id,
    memberId,
    publicKey: made.credential.publicKey,
    counter: made.credential.counter,
    transports: (read.response.transports ?? []).filter((transport) => /^[a-z-]+$/.test(transport)),
    synced: made.credentialDeviceType === "multiDevice",
    name: readName(name) ?? "Passkey",
    createdAt: now,
    lastUsedAt: null,
  };
  const added = await store.change(async (tx) => {
    if (!(await store.passkeys.add(tx, passkey))) return false;
    await store.audit.note(tx, {
      at: now,
      action: "passkey-added",
      actor: memberId,
      target: memberId,
      requestId,
    });
    return true;
  });
  return added ? { kind: "right", passkey } : refused("the credential is known already");
}

/** What navigator.credentials.get() is given, for the sign-in with this page. It names nobody's passkeys. */
export async function offerAuthentication(parts: AccountParts, page: string) {
  return await generateAuthenticationOptions({
    rpID: relyingParty(parts.origin),
    challenge: await makeChallenge(parts, "sign-in", page),
    timeout: challengeMs,
    userVerification: "required",
  });
}

interface Authenticating {
  readonly page: string;
  /** What navigator.credentials.get() gave, as JSON. */
  readonly credential: string;
  readonly requestId: string;
}

/** Checks a passkey: the member whose it is. */
export async function authenticateByPasskey(
  parts: AccountParts,
  { page, credential, requestId }: Authenticating,
): Promise<PasskeyOutcome<{ readonly memberId: string }>> {
  const { store } = parts;
  const now = parts.now();
  const read = readJson(assertionShape, credential);
  if (!read) return refused("not an assertion");
  const passkey = await store.passkeys.find(read.id);
  const verified = await attempt(() =>
    verifyAuthenticationResponse({
      response: { ...read, response: withoutUndefined(read.response) },
      expectedChallenge: (challenge) => store.passkeys.takeChallenge(hashOf(challenge), "sign-in", page, now),
      expectedOrigin: parts.origin,
      expectedRPID: relyingParty(parts.origin),
      requireUserVerification: true,
      credential: {
        id: read.id,
        // Of an unknown passkey everything is done but the last step, with a key that nothing fits.
        publicKey: new Uint8Array(passkey?.publicKey ?? []),
        counter: passkey?.counter ?? 0,
        transports: [],
      },
    }),
  );
  const member = passkey ? await store.members.find(passkey.memberId) : null;
  if (!passkey || !member) return refused("nobody's passkey");
  const counter = verified.kind === "right" ? verified.answer.authenticationInfo.newCounter : -1;
  const isRight = verified.kind === "right" && verified.answer.verified;
  return await store.change(async (tx) => {
    if (isRight && (await store.passkeys.use(tx, passkey.id, counter, now))) {
      await noteSignIn(parts, tx, member.id, "passkey", requestId);
      return { kind: "right", memberId: member.id };
    }
    const reason = verified.kind === "refused" ? verified.reason : "the counter did not grow";
    await store.audit.note(tx, {
      at: now,
      action: "passkey-refused",
      actor: null,
      target: member.id,
      requestId,
    });
    return refused(reason);
  });
}

function refused(reason: string) {
  return { kind: "refused", reason } as const;
}

/** The library says what it refuses by throwing. */
async function attempt<T>(
  verify: () => Promise<T>,
): Promise<{ kind: "right"; answer: T } | { kind: "refused"; reason: string }> {
  try {
    return { kind: "right", answer: await verify() };
  } catch (error) {
    return refused(error instanceof Error ? error.message : "not understood");
  }
}

function readJson<Shape extends z.ZodType>(shape: Shape, json: string): z.infer<Shape> | null {
  try {
    const read = shape.safeParse(JSON.parse(json));
    return read.success ? read.data : null;
  } catch {
    return null; // not JSON
  }
}

function withoutUndefined<T extends { userHandle?: string | undefined }>(response: T) {
  const { userHandle, ...rest } = response;
  return userHandle === undefined ? rest : { ...rest, userHandle };
}
