// The link of a letter. Looking at it changes nothing, however often and by whomever: it shows a button that
// names the account. In the browser that began the sign-in the button goes on there; in another it signs that
// browser in afresh (oidc/entering.ts) and nowhere else.
import type { Answer, PageRequest } from "@rose-ash/platform/app";
import { readName } from "../address.ts";
import { hashOf } from "../keys.ts";
import { enterPath } from "../oidc/entering.ts";
import { spendLetter, wouldJoin } from "../sign-in.ts";
import type { KnownLetter } from "../store-letters.ts";
import { formPage, goOn, type SigningIn } from "./sign-in.ts";

/** GET /sign-in/:page/link/:token/ and, for a letter of no sign-in, /sign-in/link/:token/ */
export function linkPage(signingIn: SigningIn) {
  const { parts, signIns } = signingIn;
  return async (request: PageRequest): Promise<Answer> => {
    const { token = "" } = request.params;
    const page = request.params.page ?? null;
    const letter = await findLetter(signingIn, token, page);
    if (letter?.state !== "good") return linkOverPage(signingIn);
    const isHere = page !== null && (await signIns.find(request, page)) !== null;
    const props = {
      head: { title: `Sign in as ${letter.address}?`, noindex: true },
      action: isHere ? request.path : enterPath,
      token: isHere ? null : token,
      address: letter.address,
      elsewhere: !isHere && page !== null,
      asksName: await wouldJoin(parts, letter.address),
      siteTitle: parts.site.title,
    };
    return formPage("~sign-in-link-page", props, 200);
  };
}

/** POST /sign-in/:page/link/:token/ with `name` where it was asked for. */
export function confirmLinkPage(signingIn: SigningIn) {
  const { signIns } = signingIn;
  return async (request: PageRequest): Promise<Answer> => {
    const { token = "", page = "" } = request.params;
    const letter = await findLetter(signingIn, token, page);
    const signIn = await signIns.find(request, page);
    // Not of this browser: nothing is spent, and the page says what can be done here.
    if (!signIn)
      return letter?.state === "good" ? await linkPage(signingIn)(request) : linkOverPage(signingIn);
    if (!letter) return linkOverPage(signingIn);
    const memberId = letter.state === "good" ? await spend(signingIn, request, letter) : null;
    // Spent, then, by the same form a moment ago: a second press of the button ends like the first.
    const known = memberId ?? (await spentHere(signingIn, token, page));
    if (known === null) return linkOverPage(signingIn);
    return goOn(await signIns.finish(request, signIn, known, "letter-link"));
  };
}

/** GET /sign-in/link-over/ */
export function linkOverPage({ parts }: Pick<SigningIn, "parts">): Answer {
  const head = { title: "This link cannot be used any more", noindex: true };
  const props = { head, siteTitle: parts.site.title };
  return { kind: "page", component: "~link-over-page", props, status: 410, cache: "none", referrer: "none" };
}

/** The letter of a link, when the link is the one that was written in it. */
async function findLetter(
  { parts }: SigningIn,
  token: string,
  page: string | null,
): Promise<KnownLetter | null> {
  const letter = await parts.store.letters.findByToken(hashOf(token), parts.now());
  return letter?.page === page ? letter : null;
}

async function spend(
  { parts }: SigningIn,
  request: PageRequest,
  letter: KnownLetter,
): Promise<string | null> {
  const name = readName(request.form?.get("name") ?? "");
  const { id: letterId, address } = letter;
  const method = "letter-link";
  const spent = await spendLetter(parts, {
    letterId,
    address,
    name,
    method,
    here: true,
    requestId: request.id,
  });
  return spent.kind === "spent" ? spent.member.id : null;
}

async function spentHere(signingIn: SigningIn, token: string, page: string): Promise<string | null> {
  const letter = await findLetter(signingIn, token, page);
  if (!letter?.spentHere) return null;
  return (await signingIn.parts.store.members.findByAddress(letter.address))?.id ?? null;
}
