// An authenticator in software, for tests: makes passkeys and signs with them as W3C Web Authentication says, and
// can be told to misbehave. CBOR is written by hand for the few shapes that it needs.
import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";

export interface Ceremony {
  /** Base64url, from the options. */
  readonly challenge: string;
  readonly origin: string;
  readonly rpId: string;
  /** Was the person verified? They are, unless a test says otherwise. */
  readonly verified?: boolean;
}

export interface SoftwarePasskey {
  readonly id: string;
  /** What navigator.credentials.create() gives, as JSON. */
  register(ceremony: Ceremony): string;
  /** What navigator.credentials.get() gives, as JSON, with the counter it is told or the next one. */
  sign(ceremony: Ceremony, counter?: number): string;
}

export function makePasskey(): SoftwarePasskey {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const credentialId = randomBytes(32);
  const id = credentialId.toString("base64url");
  let uses = 0;
  return {
    id,
    register({ challenge, origin, rpId, verified = true }) {
      const attested = Buffer.concat([
        Buffer.alloc(16),
        Buffer.from([0, credentialId.length]),
        credentialId,
        coseKey(publicKey),
      ]);
      const authData = Buffer.concat([authenticatorData(rpId, verified ? 0x45 : 0x41, 0), attested]);
      const attestationObject = cborMap([
        [cborText("fmt"), cborText("none")],
        [cborText("attStmt"), cborMap([])],
        [cborText("authData"), cborBytes(authData)],
      ]);
      const clientDataJSON = clientData("webauthn.create", challenge, origin);
      const response = {
        clientDataJSON: clientDataJSON.toString("base64url"),
        attestationObject: attestationObject.toString("base64url"),
        transports: ["internal"],
      };
      return JSON.stringify({ id, rawId: id, type: "public-key", clientExtensionResults: {}, response });
    },
    sign({ challenge, origin, rpId, verified = true }, counter) {
      uses = counter ?? uses + 1;
      const authData = authenticatorData(rpId, verified ? 0x05 : 0x01, uses);
      const clientDataJSON = clientData("webauthn.get", challenge, origin);
      const signed = Buffer.concat([authData, createHash("sha256").update(clientDataJSON).digest()]);
      const response = {
        clientDataJSON: clientDataJSON.toString("base64url"),
        authenticatorData: authData.toString("base64url"),
        signature: createSign("sha256").update(signed).sign(privateKey).toString("base64url"),
      };
      return JSON.stringify({ id, rawId: id, type: "public-key", clientExtensionResults: {}, response });
    },
  };
}

function clientData(type: string, challenge: string, origin: string): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
}

/** The hash of the host, the flags (present 1, verified 4, with a new key 64) and the counter. */
function authenticatorData(rpId: string, flags: number, counter: number): Buffer {
  const count = Buffer.alloc(4);
  count.writeUInt32BE(counter);
  return Buffer.concat([createHash("sha256").update(rpId).digest(), Buffer.from([flags]), count]);
}

/** A P-256 key for ES256, as COSE writes it. */
function coseKey(key: KeyObject): Buffer {
  const { x = "", y = "" } = key.export({ format: "jwk" });
  return cborMap([
    [Buffer.from([0x01]), Buffer.from([0x02])], // kty: EC2
    [Buffer.from([0x03]), Buffer.from([0x26])], // alg: ES256
    [Buffer.from([0x20]), Buffer.from([0x01])], // crv: P-256
    [Buffer.from([0x21]), cborBytes(Buffer.from(x, "base64url"))],
    [Buffer.from([0x22]), cborBytes(Buffer.from(y, "base64url"))],
  ]);
}

function cborMap(entries: readonly (readonly [Buffer, Buffer])[]): Buffer {
  return Buffer.concat([Buffer.from([0xa0 + entries.length]), ...entries.flat()]);
}

function cborText(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)]);
}

function cborBytes(bytes: Buffer): Buffer {
  const head = bytes.length < 256 ? [0x58, bytes.length] : [0x59, bytes.length >> 8, bytes.length & 255];
  return Buffer.concat([Buffer.from(head), bytes]);
}
