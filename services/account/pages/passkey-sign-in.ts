// Signing in with a passkey: two addresses for a script on the sign-in page, beside the letter that always works.
import type { Answer, PageRequest } from "@rose-ash/platform/app";
import { authenticateByPasskey, offerAuthentication } from "../passkey.ts";
import { json } from "./passkeys.ts";
import type { SigningIn } from "./sign-in.ts";

const begunElsewhere = { kind: "begin-again", to: "/" };

/** POST /sign-in/:page/passkey/options/: what navigator.credentials.get() is given, as JSON. */
export function passkeySignInOptions({ parts, signIns }: SigningIn) {
  return async (request: PageRequest): Promise<Answer> => {
    const signIn = await signIns.find(request, request.params.page ?? "");
    if (!signIn) return json(410, begunElsewhere);
    return json(200, { kind: "options", options: await offerAuthentication(parts, signIn.page) });
  };
}

/** POST /sign-in/:page/passkey/ with `credential`, as navigator.credentials.get() gave it, in JSON. */
export function passkeySignIn({ parts, signIns }: SigningIn) {
  return async (request: PageRequest): Promise<Answer> => {
    const signIn = await signIns.find(request, request.params.page ?? "");
    if (!signIn) return json(410, begunElsewhere);
    const credential = request.form?.get("credential") ?? "";
    const outcome = await authenticateByPasskey(parts, {
      page: signIn.page,
      credential,
      requestId: request.id,
    });
    if (outcome.kind === "right") {
      return json(200, {
        kind: "signed-in",
        to: await signIns.finish(request, signIn, outcome.memberId, "passkey"),
      });
    }
    parts.log.info({ id: request.id, reason: outcome.reason }, "a passkey was refused");
    return json(403, { kind: "refused" });
  };
}
