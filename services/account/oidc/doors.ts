// The doors of the OpenID Connect server: where it is mounted, and what is checked of a request before it.
// Promise: a session whose device has ended is nobody's before the server looks at it, and the result of a
// sign-in is handed out only to the browser that the sign-in was begun in.
import type { Service } from "@rose-ash/platform/app";
import type Provider from "oidc-provider";
import type { KoaContextWithOIDC } from "oidc-provider";
import type { Settings } from "../config.ts";
import { absoluteMs } from "../device.ts";
import { type AccountKeys, createAccountKeys, hashOf } from "../keys.ts";
import type { AccountParts } from "../routes.ts";
import type { AccountStore } from "../store.ts";
import { findBrowser } from "./browser.ts";
import { cookieNames } from "./cookie-names.ts";
import { enterHere, enterPath } from "./entering.ts";
import { plainPage, refusalPage } from "./plain-page.ts";
import { createProvider } from "./provider.ts";

type Mount = ReturnType<NonNullable<Service<Settings, AccountStore>["mounts"]>>[number];

/** The prefixes that the server answers below, for service.ts. */
export function mounts(parts: AccountParts): Mount[] {
  const keys = createAccountKeys(parts.secrets);
  // Signing out ends a device, and the clients of a device are told by reactions.ts, which waits and repeats.
  // So nothing is sent from here, however the library asks.
  const provider = createProvider(parts, keys, async () => new Response(null, { status: 204 }));
  provider.use(guard(provider, parts, keys));
  const answer = provider.callback();
  const handle: Mount["handle"] = async (incoming, outgoing) => void (await answer(incoming, outgoing));
  return [
    { prefix: "/oidc", handle },
    { prefix: "/.well-known/openid-configuration", handle },
  ];
}

type Next = () => Promise<unknown>;

function guard(provider: Provider, parts: AccountParts, keys: AccountKeys) {
  return async (ctx: KoaContextWithOIDC, next: Next): Promise<void> => {
    // As the library's router reads paths: in any case, with or without a slash at the end.
    const path = ctx.path.toLowerCase().replace(/\/$/, "");
    if (path === enterPath) return await enterHere(provider, parts, keys, ctx);
    const isAuthorization = path === "/oidc/auth" || path.startsWith("/oidc/auth/");
    if (isAuthorization) await retireEndedSession(provider, parts, ctx);
    // The other modes carry even a refusal in a page with a script of the library's own.
    if (isAuthorization && (ctx.query.response_mode ?? "query") !== "query") {
      return refuse(ctx, "invalid_request", "response_mode is not one of this server");
    }
    if (path.startsWith("/oidc/auth/") && !(await endsWhereItBegan(provider, parts, keys, ctx))) {
      return refuse(ctx, "invalid_request", "the session of this sign-in is another browser's");
    }
    await next();
    if (ctx.status === 404 && !ctx.body) {
      ctx.status = 404;
      ctx.type = "html";
      ctx.body = plainPage(
        "Nothing here",
        `<p>There is no page at this address.</p><p><a href="/">My account</a></p>`,
      );
    }
  };
}

function refuse(ctx: KoaContextWithOIDC, error: string, description: string): void {
  ctx.status = 400;
  ctx.type = "html";
  ctx.body = refusalPage(error, description);
}

/** Takes away a session whose device has ended, or that is too old: the library then finds nobody signed in. */
async function retireEndedSession(
  provider: Provider,
  { store, now }: AccountParts,
  ctx: KoaContextWithOIDC,
): Promise<void> {
  const session = await provider.Session.get(ctx);
  if (session.accountId === undefined) return;
  const ageMs = now().getTime() - (session.loginTs ?? 0) * 1000;
  const isEnded = (await store.devices.stateOfSession(hashOf(session.uid))) === "ended";
  if (isEnded || ageMs > absoluteMs) await store.records.remove("Session", hashOf(session.jti));
}

/** Is this the browser that began the sign-in which goes on here? The library's cookies alone could be planted. */
async function endsWhereItBegan(
  provider: Provider,
  { origin }: AccountParts,
  keys: AccountKeys,
  ctx: KoaContextWithOIDC,
): Promise<boolean> {
  const names = cookieNames(origin);
  const uid = ctx.cookies.get(names.resume, { signed: true });
  const interaction = uid === undefined ? undefined : await provider.Interaction.find(uid);
  if (!interaction?.result?.login) return true; // nothing to hand out: the library says what is wrong
  const browser = findBrowser(ctx, names.browser);
  return browser !== null && interaction.result.browserMark === keys.browserMark(browser);
}
