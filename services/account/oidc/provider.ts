// The OpenID Connect server: oidc-provider, configured for the services of this installation and nothing else.
// Promise: code flow with PKCE only; a provider session ends together with its device (device.ts); whatever the
// headers of a request say, the server's addresses are the configured origin's. Its doors are in doors.ts.
import Provider, { type Configuration, interactionPolicy, type KoaContextWithOIDC } from "oidc-provider";
import { endDevice, sessionSeconds } from "../device.ts";
import { type AccountKeys, hashOf } from "../keys.ts";
import type { AccountParts } from "../routes.ts";
import { createAdapters } from "./adapter.ts";
import { readBrowser } from "./browser.ts";
import { describeClients } from "./clients.ts";
import { cookieNames } from "./cookie-names.ts";
import { accountFinder, grantGiver, isAskedAgain } from "./grant.ts";
import { plainPage, refusalPage } from "./plain-page.ts";
import { signingAlgorithm, signingKey } from "./signing-key.ts";

/** Makes a request to a client; the only requests that the server makes are logout tokens. */
export type ClientFetch = (url: string, options: RequestInit) => Promise<Response>;

const interactionSeconds = 3600;
const grantSeconds = 180 * 24 * 3600;

/** Makes the server. It keeps no state of its own: there may be several over one database. */
export function createProvider(parts: AccountParts, keys: AccountKeys, fetch: ClientFetch): Provider {
  const { origin, log, secrets } = parts;
  const provider = new Provider(origin, {
    ...protocol,
    adapter: createAdapters(parts.store, keys, parts.now),
    clients: describeClients(parts),
    jwks: { keys: [signingKey(secrets.derive("token signing key"))] },
    cookies: {
      names: { ...cookieNames(origin) },
      keys: [Buffer.from(secrets.derive("cookie keys")).toString("base64url")],
      long: { httpOnly: true, sameSite: "lax", path: "/" },
      short: { httpOnly: true, sameSite: "lax" },
    },
    interactions: { policy: promptPolicy(parts.now), url: signInAddress(origin, keys) },
    findAccount: accountFinder(parts, keys),
    loadExistingGrant: grantGiver(parts, keys),
    features: {
      ...features,
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: askBeforeLogout,
        postLogoutSuccessSource: (ctx) => {
          ctx.body = plainPage("You are signed out", signedOut);
        },
      },
    },
    ttl: {
      AuthorizationCode: 60,
      AccessToken: 600,
      IdToken: 300,
      Interaction: interactionSeconds,
      Grant: grantSeconds,
      Session: (_ctx, { loginTs }) => sessionSeconds(loginTs, parts.now()),
    },
    renderError: (ctx, { error, error_description }) => {
      ctx.type = "html";
      ctx.body = refusalPage(error, error_description);
    },
    fetch: async (url, options) => await fetch(String(url), options as RequestInit), // of another copy of the types
  });
  standAt(provider, origin);
  endDevicesWithSessions(provider, parts, keys);
  provider.on("server_error", (_ctx, err) => log.error({ err }, "the OpenID Connect server failed"));
  provider.onerror = (err) => log.error({ err }, "the OpenID Connect server failed");
  return provider;
}

/** What of the protocol is spoken. */
const protocol = {
  routes: {
    authorization: "/oidc/auth",
    end_session: "/oidc/session/end",
    introspection: "/oidc/token/introspection",
    jwks: "/oidc/jwks",
    revocation: "/oidc/token/revocation",
    token: "/oidc/token",
  },
  responseTypes: ["code"],
  scopes: ["openid"],
  claims: { openid: ["sub", "name", "role", "level", "device"] },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  allowOmittingSingleRegisteredRedirectUri: false,
  clientAuthMethods: ["client_secret_basic"],
  clientBasedCORS: () => false,
  clockTolerance: 0,
  enabledJWA: { idTokenSigningAlgValues: [signingAlgorithm] },
  clientDefaults: { id_token_signed_response_alg: signingAlgorithm },
} as const satisfies Configuration;

type TokenPolicy = NonNullable<
  NonNullable<NonNullable<Configuration["features"]>["introspection"]>["allowedPolicy"]
>;
/** A token is spoken of with the client that it was made for and with nobody else. */
const ownTokens: TokenPolicy = (_ctx, client, token) => token.clientId === client.clientId;

const features = {
  backchannelLogout: { enabled: true },
  introspection: { enabled: true, allowedPolicy: ownTokens },
  revocation: { enabled: true, allowedPolicy: ownTokens },
  claimsParameter: { enabled: false },
  devInteractions: { enabled: false },
  dPoP: { enabled: false },
  pushedAuthorizationRequests: { enabled: false },
  resourceIndicators: { enabled: false },
  userinfo: { enabled: false },
} as const satisfies Configuration["features"];

/** Signing in is all that a person is ever asked for. */
function promptPolicy(now: () => Date) {
  const policy = interactionPolicy.base();
  policy.remove("consent");
  const gone = new interactionPolicy.Check(
    "account_gone",
    "the account of this session is no longer there",
    ({ oidc }) => oidc.session?.accountId !== undefined && oidc.account === undefined,
  );
  const again = new interactionPolicy.Check(
    "asked_again",
    "the person is to show that it is still them",
    // Silent sign-ins go on: nobody could be asked there, and nothing dangerous is done by them.
    ({ oidc }) => isAskedAgain(oidc, now()) && !oidc.result?.login && !oidc.prompts.has("none"),
  );
  policy.get("login")?.checks.add(gone);
  policy.get("login")?.checks.add(again);
  return policy;
}

/** Where a person goes to sign in: one-way from the interaction and the browser, so it opens nothing elsewhere. */
function signInAddress(origin: string, keys: AccountKeys) {
  const { browser } = cookieNames(origin);
  type MakeUrl = NonNullable<NonNullable<Configuration["interactions"]>["url"]>;
  const makeUrl: MakeUrl = (ctx, { uid }) => `/sign-in/${keys.pageId(uid, readBrowser(ctx, browser))}/`;
  return makeUrl;
}

const signedOut = `<p>Everywhere on this site, in this browser.</p>\n<p><a href="/">Sign in again</a></p>`;

type LogoutSource = NonNullable<
  NonNullable<NonNullable<Configuration["features"]>["rpInitiatedLogout"]>["logoutSource"]
>;

/** The question before signing out. There is one way out, of everything; the library knows one of a single client. */
const askBeforeLogout: LogoutSource = (ctx, form) => {
  const button = `<input type="hidden" name="logout" value="yes"><button type="submit">Sign out</button></form>`;
  ctx.body = plainPage(
    "Sign out?",
    `<p>You will be signed out of every part of this site in this browser.</p>
${form.replace("</form>", button)}
<p><a href="/">Stay signed in</a></p>`,
  );
};

/** The server's addresses are the origin's, not what a Host or X-Forwarded header says. */
function standAt(provider: Provider, origin: string): void {
  const { host, protocol } = new URL(origin);
  Object.defineProperties(provider.request, {
    host: { get: () => host },
    protocol: { get: () => protocol.slice(0, -1) },
  });
}

/** The request's id: the app's, which stands on the answer, or a proxy's. */
export function requestIdOf(ctx: Pick<KoaContextWithOIDC, "response" | "get">): string | null {
  return ctx.response.get("x-request-id") || ctx.get("x-request-id") || null;
}

/**
 * Where the library destroys a session, at the end of signing out, its device ends with it. (It changes a session's
 * id by other means, which are left alone.)
 */
function endDevicesWithSessions(provider: Provider, parts: AccountParts, keys: AccountKeys): void {
  const { prototype } = provider.Session;
  const { destroy } = prototype;
  prototype.destroy = async function destroyWithDevice() {
    const requestId = Provider.ctx ? requestIdOf(Provider.ctx) : null;
    const idHash = hashOf(keys.deviceId(this.uid));
    await parts.store.change((tx) => endDevice(parts, keys, tx, idHash, { requestId }));
    await destroy.call(this);
  };
}
