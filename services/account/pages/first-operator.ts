// The first operator's link: asks for an address and a name, and sends a letter there. Whoever opens that letter
// is the operator; until then the link is only claimed, and a claim may be changed by whoever has the link.
import type { Answer, PageRequest } from "@rose-ash/platform/app";
import { readAddress, readName } from "../address.ts";
import { clientNetwork } from "../client-address.ts";
import { hashOf } from "../keys.ts";
import { askForLetter } from "../sign-in.ts";
import { type SigningIn, tooMany } from "./sign-in.ts";

/** GET /first-operator/:token/ */
export function firstOperatorPage(signingIn: SigningIn) {
  return async ({ params }: PageRequest): Promise<Answer> => {
    const token = params.token ?? "";
    if (!(await isGood(signingIn, token))) return { kind: "not-found" };
    return page(signingIn, token, { address: "", name: "", error: null, sent: false });
  };
}

/** POST /first-operator/:token/ with `address` and `name`. */
export function claimOperatorPage(signingIn: SigningIn) {
  const { parts, keys } = signingIn;
  const { store } = parts;
  return async (request: PageRequest): Promise<Answer> => {
    const token = request.params.token ?? "";
    if (!(await isGood(signingIn, token))) return { kind: "not-found" };
    const typed = request.form?.get("address") ?? "";
    const name = readName(request.form?.get("name") ?? "");
    const address = readAddress(typed);
    if (address === null) {
      const error = "This is not an e-mail address. It looks like name@example.org.";
      return page(signingIn, token, { address: typed.slice(0, 254), name: name ?? "", error, sent: false });
    }
    const claimed = await store.change((tx) =>
      store.operatorLinks.claim(tx, hashOf(token), { address, name }, parts.now()),
    );
    if (!claimed) return { kind: "not-found" };
    const asked = await askForLetter(parts, keys, { address, page: null, from: clientNetwork(request) });
    if (asked.kind === "too-many") return tooMany(asked.retryAfterSeconds);
    return page(signingIn, token, { address, name: name ?? "", error: null, sent: true });
  };
}

async function isGood({ parts }: SigningIn, token: string): Promise<boolean> {
  if (await parts.store.members.hasOperator()) return false;
  return await parts.store.operatorLinks.isGood(hashOf(token), parts.now());
}

function page(
  { parts }: SigningIn,
  token: string,
  shown: { address: string; name: string; error: string | null; sent: boolean },
): Answer {
  const props = {
    head: { title: shown.sent ? "Look into your mailbox" : "Become the operator", noindex: true },
    action: `/first-operator/${token}/`,
    siteTitle: parts.site.title,
    ...shown,
  };
  const status = shown.error === null ? 200 : 422;
  return { kind: "page", component: "~first-operator-page", props, status, cache: "none", referrer: "none" };
}
