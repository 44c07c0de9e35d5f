// A member's passkeys: the list with removal, and what a script needs to add one. Adding and removing both want
// the member to have shown within ten minutes that it is them, in this browser.
import { type Answer, memberOf, type PageRequest } from "@rose-ash/platform/app";
import { offerRegistration, registerPasskey } from "../passkey.ts";
import { checkRecentSignIn } from "../recent-sign-in.ts";
import type { SigningIn } from "./sign-in.ts";

const address = "/passkeys/";

/** GET /passkeys/ */
export function passkeysPage({ parts }: SigningIn) {
  const written = new Intl.DateTimeFormat(parts.site.language, {
    dateStyle: "long",
    timeZone: parts.site.timeZone,
  });
  return async (request: PageRequest): Promise<Answer> => {
    const passkeys = await parts.store.passkeys.listOf(memberOf(request).id);
    const props = {
      head: { title: "Passkeys", noindex: true },
      passkeys: passkeys.map(({ id, name, createdAt, lastUsedAt, synced }) => {
        return {
          id,
          name,
          synced,
          created: written.format(createdAt),
          used: lastUsedAt && written.format(lastUsedAt),
        };
      }),
    };
    return { kind: "page", component: "~passkeys-page", props, cache: "none" };
  };
}

/** POST /passkeys/remove/ with `id`. */
export function removePasskeyPage(signingIn: SigningIn) {
  const { store, now } = signingIn.parts;
  return async (request: PageRequest): Promise<Answer> => {
    const member = memberOf(request);
    const shown = await checkRecentSignIn(signingIn.parts, signingIn.signIns, request, address);
    if (shown.kind === "sign-in-again") return { kind: "redirect", to: shown.to, status: 303 };
    const id = request.form?.get("id") ?? "";
    await store.change(async (tx) => {
      if (!(await store.passkeys.remove(tx, member.id, id))) return;
      const person = { actor: member.id, target: member.id, requestId: request.id };
      await store.audit.note(tx, { at: now(), action: "passkey-removed", ...person });
    });
    return { kind: "redirect", to: "/passkeys/", status: 303 };
  };
}

/** POST /passkeys/options/: what navigator.credentials.create() is given, as JSON. */
export function passkeyOptionsPage(signingIn: SigningIn) {
  const { parts, signIns } = signingIn;
  return async (request: PageRequest): Promise<Answer> => {
    const shown = await checkRecentSignIn(parts, signIns, request, address);
    if (shown.kind === "sign-in-again") return json(401, shown);
    const member = await parts.store.members.find(memberOf(request).id);
    if (!member) return json(401, { kind: "sign-in-again", to: "/" });
    return json(200, { kind: "options", options: await offerRegistration(parts, member, shown.subject) });
  };
}

/** POST /passkeys/ with `credential`, as navigator.credentials.create() gave it, in JSON, and `name`. */
export function addPasskeyPage(signingIn: SigningIn) {
  const { parts, signIns } = signingIn;
  return async (request: PageRequest): Promise<Answer> => {
    const shown = await checkRecentSignIn(parts, signIns, request, address);
    if (shown.kind === "sign-in-again") return json(401, shown);
    const outcome = await registerPasskey(parts, {
      memberId: memberOf(request).id,
      subject: shown.subject,
      credential: request.form?.get("credential") ?? "",
      name: request.form?.get("name") ?? "",
      requestId: request.id,
    });
    if (outcome.kind === "right") return json(201, { kind: "added", id: outcome.passkey.id });
    parts.log.info({ id: request.id, reason: outcome.reason }, "a passkey was not taken in");
    return json(422, { kind: "refused" });
  };
}

/** An answer for a script; never kept. */
export function json(status: number, value: unknown): Answer {
  return { kind: "document", type: "application/json", body: JSON.stringify(value), status, cache: "none" };
}
