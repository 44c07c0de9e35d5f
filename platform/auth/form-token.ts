// The form token: proves that a posted form comes from a page of this very session. It is made from the session's
// id hash and a secret of the service, so it needs no storage, and another session's does not fit.
import { createHmac, timingSafeEqual } from "node:crypto";

/** The name of the hidden field. */
export const formTokenField = "form-token";

export interface FormTokens {
  make(idHash: string): string;
  fits(given: string | null, idHash: string): boolean;
}

export function createFormTokens(secret: Uint8Array): FormTokens {
  const make = (idHash: string) => createHmac("sha256", secret).update(idHash).digest("base64url");
  return {
    make,
    fits(given, idHash) {
      const wanted = Buffer.from(make(idHash));
      const found = Buffer.from(given ?? "");
      return found.length === wanted.length && timingSafeEqual(found, wanted);
    },
  };
}
