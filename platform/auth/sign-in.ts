// Signing in to a service: an OAuth client of the account service, by code flow with PKCE.
// Promise: state and nonce are used once and by the browser that began; where to go afterwards is kept here and
// never taken from the answer; the session gets a fresh id. A silent attempt never asks anything of the person.
import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import * as oauth from "openid-client";
import type { Database } from "../store/store.ts";
import { identityClaims } from "./identity.ts";
import { hashOf } from "./sessions.ts";
import type { Member } from "./viewer.ts";

export interface SignInSettings {
  /** The client: the service's name, secret and public address. */
  readonly service: string;
  readonly secret: string;
  readonly origin: string;
  /** The account service's public address. */
  readonly issuer: string;
  // biome-ignore lint/suspicious/noExplicitAny: the service's tables, beside the platform's
  readonly database: Database<any>;
  readonly fetch: typeof fetch;
  readonly now: () => Date;
}

export interface Beginning {
  /** The account service's address to send the browser to. */
  readonly to: string;
}

export type Ending =
  | { readonly kind: "signed-in"; readonly member: Member; readonly device: string; readonly next: string }
  /** Nobody is signed in at the account service, and it was not to ask. */
  | { readonly kind: "nobody"; readonly next: string }
  /** The answer belongs to no sign-in that this browser began, or to one that is over. */
  | { readonly kind: "not-begun"; readonly silent: boolean; readonly next: string | null }
  /** The account service refused, or its answer is not right; `reason` is for the log. */
  | {
      readonly kind: "refused";
      readonly reason: string;
      readonly silent: boolean;
      readonly next: string;
    };

export interface SignIn {
  /** Begins a sign-in for the browser that has this secret. `next` is a path of this service. */
  begin(browser: string, next: string, silent: boolean): Promise<Beginning>;
  /** Ends it with the query of the callback. */
  end(browser: string | null, query: URLSearchParams): Promise<Ending>;
}

const lifeMs = 10 * 60_000;

export function createSignIn(settings: SignInSettings): SignIn {
  const { service, origin, issuer, database, now } = settings;
  const configuration = configure(settings);
  const redirectUri = `${origin}/auth/callback`;

  return {
    async begin(browser, next, silent) {
      const state = randomBytes(32).toString("base64url");
      const nonce = randomBytes(32).toString("base64url");
      const verifier = oauth.randomPKCECodeVerifier();
      await sql`
        insert into sign_in (state_hash, browser_hash, verifier, nonce, next, silent, expires_at)
        values (${hashOf(state)}, ${hashOf(browser)}, ${verifier}, ${nonce}, ${next}, ${silent},
          ${new Date(now().getTime() + lifeMs)})`.execute(database.query);
      const to = oauth.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope: "openid",
        state,
        nonce,
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
        ...(silent ? { prompt: "none" } : {}),
      });
      return { to: to.href };
    },

    async end(browser, query) {
      const state = query.get("state") ?? "";
      const found = await sql<SignInRow>`
        delete from sign_in where state_hash = ${hashOf(state)}
        returning browser_hash, verifier, nonce, next, silent, expires_at`.execute(database.query);
      const begun = found.rows[0];
      if (!begun) return { kind: "not-begun", silent: false, next: null };
      const { next, silent } = begun;
      if (begun.expires_at <= now() || browser === null || hashOf(browser) !== begun.browser_hash) {
        return { kind: "not-begun", silent, next };
      }
      if (query.get("error") === "login_required" && query.get("iss") === issuer)
        return { kind: "nobody", next };
      try {
        const address = new URL(`${redirectUri}?${query}`);
        const tokens = await oauth.authorizationCodeGrant(configuration, address, {
          pkceCodeVerifier: begun.verifier,
          expectedState: state,
          expectedNonce: begun.nonce,
          idTokenExpected: true,
        });
        const { sub, name, role, level, device } = identityClaims.parse(tokens.claims());
        return { kind: "signed-in", member: { kind: "member", id: sub, name, role, level }, device, next };
      } catch (error) {
        return { kind: "refused", reason: `${service}: ${describe(error)}`, silent, next };
      }
    },
  };
}

interface SignInRow {
  browser_hash: string;
  verifier: string;
  nonce: string;
  next: string;
  silent: boolean;
  expires_at: Date;
}

/** What discovery would tell, without asking: both ends are ours, and a start must not wait for the other. */
function configure({ service, secret, issuer, fetch }: SignInSettings): oauth.Configuration {
  const server: oauth.ServerMetadata = {
    issuer,
    authorization_endpoint: `${issuer}/oidc/auth`,
    token_endpoint: `${issuer}/oidc/token`,
    jwks_uri: `${issuer}/oidc/jwks`,
    authorization_response_iss_parameter_supported: true,
    id_token_signing_alg_values_supported: ["EdDSA", "Ed25519"],
  };
  const configuration = new oauth.Configuration(
    server,
    service,
    { client_secret: secret },
    oauth.ClientSecretBasic(secret),
  );
  configuration[oauth.customFetch] = fetch as oauth.CustomFetch; // the same function, typed by another library
  if (issuer.startsWith("http:")) oauth.allowInsecureRequests(configuration);
  oauth.enableNonRepudiationChecks(configuration);
  return configuration;
}

/** The error in words without anything that was sent. */
function describe(error: unknown): string {
  if (error instanceof oauth.AuthorizationResponseError || error instanceof oauth.ResponseBodyError) {
    return `${error.error}`;
  }
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { code?: unknown }; // openid-client's errors have one
  return typeof code === "string" ? `${error.name} ${code}` : `${error.name}: ${error.message}`;
}
