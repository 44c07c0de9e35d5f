// Signing in where no sign-in was begun: a letter's link that was opened in another browser, confirmed by a button
// that names the account. It signs this browser in afresh and leads to the account's own pages, never on to where
// the sign-in was begun.
// Promise: only a form of our own pages gets here; whoever was signed in before is signed out.
import type Provider from "oidc-provider";
import type { KoaContextWithOIDC } from "oidc-provider";
import { readName } from "../address.ts";
import { endDevice, sessionSeconds } from "../device.ts";
import { type AccountKeys, hashOf } from "../keys.ts";
import type { AccountParts } from "../routes.ts";
import { spendLetter } from "../sign-in.ts";
import { readBrowser } from "./browser.ts";
import { cookieNames } from "./cookie-names.ts";
import { escapeHtml, plainPage } from "./plain-page.ts";
import { requestIdOf } from "./provider.ts";

/** Where the form of a link's page is sent. */
export const enterPath = "/oidc/enter";

/** Where a person is sent whose link is good no more; it offers to begin again. */
const linkOverPath = "/sign-in/link-over/";

const largestFormBytes = 4096;

/** Answers POST /oidc/enter with the fields `token` and `name`. */
export async function enterHere(
  provider: Provider,
  parts: AccountParts,
  keys: AccountKeys,
  ctx: KoaContextWithOIDC,
): Promise<void> {
  ctx.set("cache-control", "no-store");
  ctx.set("referrer-policy", "no-referrer");
  if (ctx.method !== "POST") {
    ctx.set("allow", "POST");
    return refuse(ctx, 405, "Open the link of the letter and press the button there.");
  }
  if (!isOwnForm(ctx, parts.origin)) {
    return refuse(ctx, 403, "This form was not sent from this site. Open the link of the letter again.");
  }
  const form = await readForm(ctx);
  if (form === null) return refuse(ctx, 400, "The form is not one of this site.");
  const member = await spend(parts, form, requestIdOf(ctx));
  ctx.status = 303;
  if (member === null) return ctx.redirect(linkOverPath);
  await signInBrowser(provider, parts, keys, ctx, member);
  ctx.redirect("/");
}

function refuse(ctx: KoaContextWithOIDC, status: number, sentence: string): void {
  ctx.status = status;
  ctx.type = "html";
  ctx.body = plainPage("That did not work", `<p>${escapeHtml(sentence)}</p>`);
}

/** The member whose letter it is, now spent; null when it was not good. */
async function spend(
  parts: AccountParts,
  form: URLSearchParams,
  requestId: string | null,
): Promise<string | null> {
  const letter = await parts.store.letters.findByToken(hashOf(form.get("token") ?? ""), parts.now());
  if (letter?.state !== "good") return null;
  const name = readName(form.get("name") ?? "");
  const { id: letterId, address } = letter;
  const outcome = await spendLetter(parts, {
    letterId,
    address,
    name,
    method: "letter-link",
    here: false,
    requestId,
  });
  return outcome.kind === "spent" ? outcome.member.id : null;
}

/** A new session under a new id, whatever this browser brought along. */
async function signInBrowser(
  provider: Provider,
  parts: AccountParts,
  keys: AccountKeys,
  ctx: KoaContextWithOIDC,
  accountId: string,
): Promise<void> {
  const before = await provider.Session.get(ctx);
  if (before.accountId !== undefined) {
    const deviceKey = hashOf(keys.deviceId(before.uid));
    await parts.store.change((tx) => endDevice(parts, keys, tx, deviceKey, { requestId: requestIdOf(ctx) }));
    await parts.store.records.remove("Session", hashOf(before.jti));
  }
  const names = cookieNames(parts.origin);
  readBrowser(ctx, names.browser);
  const session = new provider.Session();
  session.loginAccount({ accountId, amr: ["letter-link"] });
  const ttl = sessionSeconds(session.loginTs, parts.now());
  await session.save(ttl);
  ctx.cookies.set(names.session, session.jti, {
    httpOnly: true,
    sameSite: "lax",
    path: "/",
    maxAge: ttl * 1000,
    signed: true,
  });
}

/** A browser says where a form comes from; whoever says nothing is refused (as gate.ts of the app does). */
function isOwnForm(ctx: KoaContextWithOIDC, origin: string): boolean {
  const site = ctx.get("sec-fetch-site");
  return site === "" ? ctx.get("origin") === origin : site === "same-origin";
}

async function readForm(ctx: KoaContextWithOIDC): Promise<URLSearchParams | null> {
  if (!ctx.is("application/x-www-form-urlencoded")) return null;
  let text = "";
  for await (const chunk of ctx.req as AsyncIterable<Buffer>) {
    text += chunk.toString("latin1"); // percent-encoded, so ASCII
    if (text.length > largestFormBytes) return null;
  }
  return new URLSearchParams(text);
}
