// The key that signs ID tokens and logout tokens: Ed25519, always the same one for the same secret.
import { createPrivateKey } from "node:crypto";
import type { JWK } from "oidc-provider";

/** How the tokens are signed; all clients are told so. */
export const signingAlgorithm = "EdDSA";

/** What PKCS #8 (RFC 8410) writes before the 32 bytes of an Ed25519 private key. */
const pkcs8Prefix = Buffer.from("302e020100300506032b657004220420", "hex");

/** The private key, as a JWK, whose seed these 32 bytes are. */
export function signingKey(seed: Uint8Array): JWK {
  if (seed.length !== 32) throw new Error("An Ed25519 key is made of 32 bytes.");
  const key = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: "der", type: "pkcs8" });
  return { ...(key.export({ format: "jwk" }) as JWK), alg: signingAlgorithm, use: "sig" }; // Node's own JWK type
}
