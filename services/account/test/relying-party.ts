// A service that people sign in to, for tests: openid-client as the other services use it, and a server that
// takes logout tokens.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestContext } from "node:test";
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  ClientSecretBasic,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from "openid-client";
import type { AccountSite } from "./account-site.ts";
import { clientSecret } from "./account-site.ts";
import type { Browser, Shown } from "./browser.ts";

export interface Going {
  /** Where the browser is sent. */
  readonly url: string;
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
}

export interface RelyingParty {
  readonly name: string;
  readonly origin: string;
  readonly configuration: Configuration;
  go(parameters?: Record<string, string>): Promise<Going>;
  /** Redeems the code of a redirect to this service, with every check of openid-client. */
  redeem(going: Going, arrived: Shown): ReturnType<typeof authorizationCodeGrant>;
  logoutUrl(idToken: string): string;
}

export interface LogoutServer {
  readonly origin: string;
  /** The logout tokens that arrived. */
  readonly tokens: string[];
  /** What it answers; null for no answer at all. */
  status: number | null;
}

/** A port that takes logout tokens, before the account is there to send any. */
export async function openLogoutServer(t: TestContext): Promise<LogoutServer> {
  const state: { tokens: string[]; status: number | null } = { tokens: [], status: 200 };
  const server: Server = createServer((incoming, outgoing) => {
    let body = "";
    incoming.on("data", (chunk) => (body += chunk));
    incoming.on("end", () => {
      if (state.status === null) return void incoming.socket.destroy();
      if (incoming.url === "/auth/back-channel-logout" && incoming.method === "POST") {
        state.tokens.push(new URLSearchParams(body).get("logout_token") ?? "");
      }
      outgoing.writeHead(state.status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`; // of a TCP server
  return Object.assign(state, { origin });
}

export async function openRelyingParty(
  account: AccountSite,
  name: string,
  origin: string,
): Promise<RelyingParty> {
  const configuration = await discovery(
    new URL(account.origin),
    name,
    undefined,
    ClientSecretBasic(clientSecret(name)),
    { execute: [allowInsecureRequests, enableNonRepudiationChecks] },
  );
  const callback = `${origin}/auth/callback`;
  return {
    name,
    origin,
    configuration,
    async go(parameters = {}) {
      const verifier = randomPKCECodeVerifier();
      const state = randomState();
      const nonce = randomNonce();
      const url = buildAuthorizationUrl(configuration, {
        redirect_uri: callback,
        scope: "openid",
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
        state,
        nonce,
        ...parameters,
      });
      return { url: url.href, verifier, state, nonce };
    },
    async redeem({ verifier, state, nonce }, { headers }) {
      const arrived = new URL(String(headers.location));
      return await authorizationCodeGrant(configuration, arrived, {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      });
    },
    logoutUrl: (idToken) => {
      const parameters = { id_token_hint: idToken, post_logout_redirect_uri: `${origin}/`, state: "back" };
      return buildEndSessionUrl(configuration, parameters).href;
    },
  };
}

/** What the newest letter to an address says. */
export function letterTo(
  account: AccountSite,
  address: string,
): { link: string; code: string; text: string } {
  const mail = account.mails.filter(({ to }) => to === address).at(-1);
  if (!mail) throw new Error(`No letter went to ${address}.`);
  const link = /^https?:\S+$/m.exec(mail.text)?.[0] ?? "";
  const code = /^ {4}(\S{4}-\S{4})$/m.exec(mail.text)?.[1] ?? "";
  return { link, code, text: mail.text };
}

/** Goes to a service and types an address: the page that waits for the code. */
export async function askForLetter(
  account: AccountSite,
  browser: Browser,
  going: Going,
  address: string,
): Promise<Shown> {
  const page = await browser.follow(await browser.get(going.url));
  const sent = await browser.submit(page, { address });
  await account.deliver();
  return sent;
}

/** Signs in to a service by the code of a letter; answers the redirect back to it. */
export async function signIn(
  account: AccountSite,
  browser: Browser,
  party: RelyingParty,
  address: string,
): Promise<{ going: Going; arrived: Shown }> {
  const going = await party.go();
  const sent = await askForLetter(account, browser, going, address);
  let shown = await browser.submit(sent, { code: letterTo(account, address).code }, "/code/");
  if (shown.text.includes('name="named"')) shown = await browser.submit(shown, { name: "" });
  return { going, arrived: await browser.follow(shown) };
}
