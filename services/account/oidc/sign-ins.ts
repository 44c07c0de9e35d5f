// Sign-ins under way, and the provider session of a browser, as the pages of this service see them: the bridge
// from a page's request to oidc-provider, which wants Node's own.
// Promise: a sign-in is found only from the browser that began it, by two cookies that fit each other and the
// address; what is finished here is handed out only to that browser (doors.ts).
import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import type { PageRequest } from "@rose-ash/platform/app";
import type Provider from "oidc-provider";
import { errors, type Interaction, type Session } from "oidc-provider";
import { endDevice } from "../device.ts";
import { type AccountKeys, hashOf } from "../keys.ts";
import type { AccountParts } from "../routes.ts";
import { findBrowser } from "./browser.ts";
import { cookieNames } from "./cookie-names.ts";

/** A sign-in that this browser began. */
export interface SignIn {
  readonly interaction: Interaction;
  readonly page: string;
  readonly browser: string;
  /** The member who is to show that it is still them, or null for a sign-in from nothing. */
  readonly memberId: string | null;
}

export interface SignIns {
  /** The sign-in of this page, or null when it has run out or belongs to another browser. */
  find(request: PageRequest, page: string): Promise<SignIn | null>;
  /** Ends it: answers the path of this service that goes on to where the person came from. */
  finish(request: PageRequest, signIn: SignIn, memberId: string, method: string): Promise<string>;
  /** The provider session of this browser, when somebody is signed in. */
  session(request: PageRequest): Promise<CurrentSession | null>;
  /** For so long, the next sign-in to any service asks the person in this browser whether it is still them. */
  askAgain(request: PageRequest, forMs: number): Promise<void>;
}

export interface CurrentSession {
  readonly memberId: string;
  /** The hash of its device's id: the device's key in the store. */
  readonly deviceKey: string;
  /** When the member last showed that it is them. */
  readonly signedInAt: Date;
}

type Headers = Pick<PageRequest, "headers" | "path">;

export function createSignIns(provider: Provider, parts: AccountParts, keys: AccountKeys): SignIns {
  const { browser: browserCookie } = cookieNames(parts.origin);
  return {
    async find(request, page) {
      const { incoming, outgoing, context } = open(provider, request);
      const browser = findBrowser(context, browserCookie);
      if (browser === null) return null;
      const interaction = await foundOrNull(provider.interactionDetails(incoming, outgoing));
      if (!interaction || keys.pageId(interaction.uid, browser) !== page) return null;
      return { interaction, page, browser, memberId: interaction.session?.accountId ?? null };
    },
    async finish(request, { interaction, browser }, memberId, method) {
      await endOtherSession(await sessionOf(provider, request), memberId);
      if (interaction.session && interaction.session.accountId !== memberId) interaction.session = undefined;
      const login = { accountId: memberId, amr: [method] };
      interaction.result = { login, browserMark: keys.browserMark(browser) };
      await interaction.persist();
      return new URL(interaction.returnTo).pathname;
    },
    async askAgain(request, forMs) {
      const session = await sessionOf(provider, request);
      if (session.accountId === undefined) return; // the next sign-in asks anyway
      session.state = { againUntil: parts.now().getTime() + forMs };
      await session.persist();
    },
    async session(request) {
      const session = await sessionOf(provider, request);
      if (session.accountId === undefined || session.loginTs === undefined) return null;
      const deviceKey = hashOf(keys.deviceId(session.uid));
      if ((await parts.store.devices.find(deviceKey)) === null) return null;
      return { memberId: session.accountId, deviceKey, signedInAt: new Date(session.loginTs * 1000) };
    },
  };

  /** Somebody else was signed in here: their session ends, before the library would ask about it with a script. */
  async function endOtherSession(session: Session, memberId: string): Promise<void> {
    if (session.accountId === undefined || session.accountId === memberId) return;
    const deviceKey = hashOf(keys.deviceId(session.uid));
    await parts.store.change((tx) => endDevice(parts, keys, tx, deviceKey, { requestId: null }));
    await parts.store.records.remove("Session", hashOf(session.jti));
  }
}

function open(provider: Provider, { headers, path }: Headers) {
  const incoming = new IncomingMessage(new Socket());
  incoming.method = "GET";
  incoming.url = path;
  incoming.headers = headers;
  const outgoing = new ServerResponse(incoming);
  return { incoming, outgoing, context: provider.createContext(incoming, outgoing) };
}

async function sessionOf(provider: Provider, request: Headers): Promise<Session> {
  return await provider.Session.get(open(provider, request).context);
}

async function foundOrNull<T>(finding: Promise<T>): Promise<T | null> {
  try {
    return await finding;
  } catch (error) {
    if (error instanceof errors.SessionNotFound) return null;
    throw error;
  }
}
