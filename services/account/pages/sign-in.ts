// Signing in: the page that asks for an address, and the one that waits for the code of the letter.
// Promise: what these pages answer is the same for every address; nothing but a right code gets on from here.
import type { Answer, PageRequest } from "@rose-ash/platform/app";
import { readAddress, readName } from "../address.ts";
import { clientNetwork } from "../client-address.ts";
import type { AccountKeys } from "../keys.ts";
import type { SignIn, SignIns } from "../oidc/sign-ins.ts";
import type { AccountParts } from "../routes.ts";
import { askForLetter, readCode, spendLetter, wouldJoin } from "../sign-in.ts";
import type { KnownLetter } from "../store-letters.ts";

/** What the pages of a sign-in work with. */
export interface SigningIn {
  readonly parts: AccountParts;
  readonly keys: AccountKeys;
  readonly signIns: SignIns;
}

/** GET /sign-in/:page/ */
export function signInPage({ parts, signIns }: SigningIn) {
  return async (request: PageRequest): Promise<Answer> => {
    const signIn = await signIns.find(request, request.params.page ?? "");
    if (!signIn) return overPage(parts);
    const member = signIn.memberId === null ? null : await parts.store.members.find(signIn.memberId);
    return addressPage(parts, signIn, {
      address: member?.address ?? "",
      error: null,
      again: member !== null,
    });
  };
}

/** POST /sign-in/:page/ with `address`. */
export function askLetterPage({ parts, keys, signIns }: SigningIn) {
  return async (request: PageRequest): Promise<Answer> => {
    const signIn = await signIns.find(request, request.params.page ?? "");
    if (!signIn) return overPage(parts);
    const typed = request.form?.get("address") ?? "";
    const address = readAddress(typed);
    if (address === null) {
      const error = "This is not an e-mail address. It looks like name@example.org.";
      return addressPage(parts, signIn, { address: typed.slice(0, 254), error, again: false });
    }
    const asked = await askForLetter(parts, keys, {
      address,
      page: signIn.page,
      from: clientNetwork(request),
    });
    if (asked.kind === "too-many") return tooMany(asked.retryAfterSeconds);
    return codePage(signIn.page, { address, error: null });
  };
}

/** POST /sign-in/:page/code/ with `code`, `address` for showing, and where a name was asked for `named` and `name`. */
export function codeOfLetterPage({ parts, keys, signIns }: SigningIn) {
  return async (request: PageRequest): Promise<Answer> => {
    const { store } = parts;
    const signIn = await signIns.find(request, request.params.page ?? "");
    if (!signIn) return overPage(parts);
    const form = request.form ?? new URLSearchParams();
    const shown = readAddress(form.get("address") ?? "") ?? "";
    const wrong = (error: string) => codePage(signIn.page, { address: shown, error });
    const letter = await store.letters.findOfPage(signIn.page, parts.now());
    // Without a letter the answer is that of a wrong code: some addresses get none.
    if (!letter) return wrong(wrongCode);
    if (letter.spentHere) return await spentAgain({ parts, signIns }, request, signIn, letter);
    const code = readCode(form.get("code") ?? "");
    const tried = await store.letters.tryCode(letter.id, keys.codeHash(letter.id, code), parts.now());
    if (tried === "wrong") return wrong(wrongCode);
    if (tried === "closed") return wrong(closedLetter);
    if (form.get("named") === null && (await wouldJoin(parts, letter.address))) {
      return namePage(parts, signIn.page, letter.address, code);
    }
    const name = readName(form.get("name") ?? "");
    const { id: letterId, address } = letter;
    const requestId = request.id;
    const spent = await spendLetter(parts, {
      letterId,
      address,
      name,
      method: "letter-code",
      here: true,
      requestId,
    });
    if (spent.kind !== "spent") return wrong(closedLetter);
    return goOn(await signIns.finish(request, signIn, spent.member.id, "letter-code"));
  };
}

/**
 * The same form once more, of a hurried finger or after a failure: this sign-in has spent its letter in this
 * browser, so it goes on as it did then.
 */
async function spentAgain(
  { parts, signIns }: Omit<SigningIn, "keys">,
  request: PageRequest,
  signIn: SignIn,
  letter: KnownLetter,
): Promise<Answer> {
  const member = await parts.store.members.findByAddress(letter.address);
  if (!member) return codePage(signIn.page, { address: "", error: closedLetter });
  return goOn(await signIns.finish(request, signIn, member.id, "letter-code"));
}

const wrongCode = "That is not the code of the newest letter. Look again; letters and digits, eight of them.";
const closedLetter = "This letter cannot be used any more. Ask for a new one below.";

/** The way on, from a form of this service. */
export function goOn(path: string): Answer {
  return { kind: "redirect", to: path, status: 303 };
}

export function tooMany(retryAfterSeconds: number): Answer {
  const minutes = Math.ceil(retryAfterSeconds / 60);
  const sentence = `Too many letters were asked for from here. Please try again in ${minutes} minutes.`;
  return { kind: "too-many", retryAfterSeconds, sentence };
}

/** A sign-in that has run out, was finished, or was begun in another browser. */
function overPage({ site }: AccountParts): Answer {
  const head = { title: "This sign-in has run out", noindex: true };
  const props = { head, siteTitle: site.title };
  return {
    kind: "page",
    component: "~sign-in-over-page",
    props,
    status: 410,
    cache: "none",
    referrer: "none",
  };
}

function addressPage(
  parts: AccountParts,
  signIn: SignIn,
  { address, error, again }: { address: string; error: string | null; again: boolean },
): Answer {
  const props = {
    head: { title: again ? "Is it still you?" : "Sign in", noindex: true },
    action: `/sign-in/${signIn.page}/`,
    address,
    error,
    again,
    open: parts.settings.joining === "open",
    siteTitle: parts.site.title,
  };
  return formPage("~sign-in-page", props, error === null ? 200 : 422);
}

function codePage(page: string, { address, error }: { address: string; error: string | null }): Answer {
  const props = {
    head: { title: "Look into your mailbox", noindex: true },
    action: `/sign-in/${page}/code/`,
    again: `/sign-in/${page}/`,
    address,
    error,
  };
  return formPage("~sign-in-code-page", props, error === null ? 200 : 422);
}

function namePage(parts: AccountParts, page: string, address: string, code: string): Answer {
  const props = {
    head: { title: "Welcome", noindex: true },
    action: `/sign-in/${page}/code/`,
    address,
    code,
    siteTitle: parts.site.title,
  };
  return formPage("~sign-in-name-page", props, 200);
}

/** A page of a sign-in: nobody keeps a copy, and no other page learns its address. */
export function formPage(
  component: string,
  props: Readonly<Record<string, unknown>>,
  status: number,
): Answer {
  return { kind: "page", component, props, status, cache: "none", referrer: "none" };
}
