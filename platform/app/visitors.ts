// Visitors: who is behind a request, and the addresses below /auth/ by which every service signs people in and out.
// Promise: each page view costs no more than one silent attempt to sign in, never on a POST, never in a loop, and
// never while the account service is not answering; a POST of a signed-in person carries their session's token.
// The rules of sessions and sign-ins are in platform/auth.
import { randomBytes } from "node:crypto";
import { cookieLine, cookieNames, hasCookie, readCookie } from "../auth/cookies.ts";
import { createFormTokens } from "../auth/form-token.ts";
import { accountService, identity } from "../auth/identity.ts";
import { createLogoutTokens } from "../auth/logout-token.ts";
import { createSessions, type SessionCheck, viewerOf } from "../auth/sessions.ts";
import { createSignIn, type SignIn } from "../auth/sign-in.ts";
import { guest, type Role, roles } from "../auth/viewer.ts";
import type { Answering } from "./answering.ts";
import { type Exchange, pageRequest } from "./exchange.ts";
import type { ServiceParts } from "./service.ts";

// biome-ignore lint/suspicious/noExplicitAny: the service's own parts, whose types only it knows
type Parts = ServiceParts<any, any>;

export interface Visitors {
  /** Finds out who is looking; sets the exchange's viewer and token. */
  recognise(exchange: Exchange): Promise<void>;
  /** Lets somebody with the role pass (null), or answers what they get instead. */
  admit(exchange: Exchange, role: Role | undefined): Promise<Response | null>;
  /** Whether a posted form may be believed, by its token. */
  isOwnForm(exchange: Exchange, token: string | null): boolean;
  /** Sends a newcomer to the account service and back, unseen, where that makes sense; else null. */
  signInSilently(exchange: Exchange): Promise<Response | null>;
  /** Answers the addresses below /auth/; null for one that is not there. */
  answer(exchange: Exchange, form: URLSearchParams | null): Promise<Response | null>;
}

export interface VisitorsRequest {
  readonly service: string;
  readonly parts: Parts;
  readonly answering: Answering;
}

const sessionSeconds = 30 * 24 * 3600;
const browserSeconds = 3600;
/** How long a browser is left alone after a silent attempt. */
const triedSeconds = 300;
const notAgain = "no-sign-in";
/** How long the account service is taken to answer, or not to, after it last did. */
const pulseMs = 10_000;
const pulseDeadlineMs = 500;

/** Makes the visitors of a service, or null in an installation without an account service: all are guests there. */
export function createVisitors(request: VisitorsRequest): Visitors | null {
  const { service, parts, answering } = request;
  const { database, cache, fetchData, origin, now, secrets, log, fetchOwn: fetch } = parts;
  const issuer = parts.originOf(accountService);
  if (issuer === null) return null;
  const names = cookieNames(service, origin);
  /** What tells a browser to forget its session. */
  const forgetting = cookieLine(names.session, "", 0, origin);
  const sessions = createSessions({ database, cache, fetchData, now });
  const tokens = createFormTokens(secrets.derive("form tokens"));
  const signIn = createSignIn({
    service,
    secret: secrets.client,
    origin,
    issuer: service === accountService ? origin : issuer,
    database,
    fetch,
    now,
  });
  const logoutTokens = createLogoutTokens({ service, issuer, database, fetch, now });
  const pulse = createPulse(fetchData);

  return {
    async recognise(exchange) {
      const id = readCookie(exchange.incoming.headers.cookie, names.session);
      if (id !== null) take(exchange, await sessions.check(id));
    },

    async admit(exchange, role) {
      if (role === undefined) return null;
      if (exchange.session !== null && roles.indexOf(role) >= roles.indexOf("editor")) {
        const check = await sessions.confirm(exchange.session);
        if (check.kind === "unknown") {
          return await answering.problem(
            exchange,
            503,
            "It cannot be found out just now whether you may do this. Please try again in a minute.",
          );
        }
        take(exchange, check);
      }
      const { viewer, incoming } = exchange;
      if (viewer.kind === "guest") {
        if (incoming.method === "GET" || incoming.method === "HEAD")
          return await sendToSignIn(exchange, exchange.path + exchange.search, false);
        return await answering.problem(
          exchange,
          403,
          "You are signed out, so nothing was changed. Go back (what you typed is still there), sign in in another tab and send it again.",
        );
      }
      if (roles.indexOf(viewer.role) >= roles.indexOf(role)) return null;
      return await answering.problem(
        exchange,
        403,
        "Your account may not see this page. Ask somebody who runs the site if it should.",
      );
    },

    isOwnForm(exchange, token) {
      return exchange.session === null || tokens.fits(token, exchange.session.idHash);
    },

    async signInSilently(exchange) {
      // The account service's own pages ask for themselves, and an address of a letter must not be kept as a way back.
      if (service === accountService) return null;
      const isOver = exchange.cookies.includes(forgetting);
      if (!isWorthATry(exchange, names, isOver)) return null;
      if (!(await pulse())) return null;
      exchange.cookies.push(cookieLine(names.tried, "1", triedSeconds, origin));
      return await sendToSignIn(exchange, exchange.path + exchange.search, true);
    },

    async answer(exchange, form) {
      const { path, search, incoming } = exchange;
      const query = new URLSearchParams(search);
      const isGet = incoming.method === "GET" || incoming.method === "HEAD";
      exchange.route = path;
      if (path === "/auth/sign-in/" && isGet)
        return await sendToSignIn(exchange, localPath(query.get("next"), origin), false);
      if (path === "/auth/callback" && incoming.method === "GET") return await comeBack(exchange, query);
      if (path === "/auth/sign-out/" && isGet) {
        return await answering.answer(
          { kind: "page", component: "~sign-out-page", props: {}, cache: "none" },
          pageRequest(exchange),
          exchange,
        );
      }
      if (path === "/auth/sign-out/" && form) return await signOut(exchange);
      if (path === "/auth/back-channel-logout" && form)
        return await takeLogoutToken(exchange, form.get("logout_token"));
      return null;
    },
  };

  function take(exchange: Exchange, check: SessionCheck): void {
    exchange.viewer = viewerOf(check);
    exchange.session = check.kind === "known" ? check.session : null;
    exchange.formToken = exchange.session && tokens.make(exchange.session.idHash);
    if (check.kind === "known" && check.newId !== null) {
      exchange.cookies.push(cookieLine(names.session, check.newId, sessionSeconds, origin));
    }
    if (check.kind === "guest" && check.hadSession) exchange.cookies.push(forgetting);
  }

  async function sendToSignIn(exchange: Exchange, next: string, silent: boolean): Promise<Response> {
    const given = readCookie(exchange.incoming.headers.cookie, names.browser);
    const browser =
      given !== null && /^[A-Za-z0-9_-]{43}$/.test(given) ? given : randomBytes(32).toString("base64url");
    exchange.cookies.push(cookieLine(names.browser, browser, browserSeconds, origin));
    const { to } = await signIn.begin(browser, next, silent);
    return await answering.redirect(exchange, to, 302, true);
  }

  async function comeBack(exchange: Exchange, query: URLSearchParams): Promise<Response> {
    const browser = readCookie(exchange.incoming.headers.cookie, names.browser);
    const ending = await (signIn satisfies SignIn).end(browser, query);
    switch (ending.kind) {
      case "signed-in": {
        const before = readCookie(exchange.incoming.headers.cookie, names.session);
        if (before !== null) await sessions.end(before);
        const id = await sessions.begin(ending.member, ending.device);
        exchange.cookies.push(
          cookieLine(names.session, id, sessionSeconds, origin),
          cookieLine(names.tried, "", 0, origin),
        );
        log.info({ id: exchange.id, member: ending.member.id }, "signed in");
        return await answering.redirect(exchange, ending.next, 303);
      }
      case "nobody":
        return await answering.redirect(exchange, ending.next, 303);
      case "not-begun":
        if (ending.silent && ending.next !== null) {
          // Another tab began at the same moment, and its cookie took the place of this one's: now there is one.
          if (browser !== null) return await sendToSignIn(exchange, ending.next, true);
          // A browser that keeps no cookies would be sent round for ever: the mark in the address ends that.
          return await answering.redirect(exchange, withMark(ending.next), 303);
        }
        return await answering.problem(
          exchange,
          400,
          "This sign-in was not begun in this browser, or is over. Sign in again; if that does not help, allow cookies for this site.",
        );
      case "refused":
        log.warn({ id: exchange.id, reason: ending.reason }, "a sign-in was refused");
        // Who asked for nothing gets the page they came for.
        if (ending.silent) return await answering.redirect(exchange, ending.next, 303);
        return await answering.problem(exchange, 502, "Signing in did not work. Please try again.");
    }
  }

  /** The session here ends at once; the device, and with it every other service's session, by the account service. */
  async function signOut(exchange: Exchange): Promise<Response> {
    const id = readCookie(exchange.incoming.headers.cookie, names.session);
    const session = id === null ? null : await sessions.end(id);
    exchange.cookies.push(forgetting, cookieLine(names.tried, "1", triedSeconds, origin));
    exchange.viewer = guest;
    exchange.session = null;
    exchange.formToken = null;
    if (session === null) return await answering.redirect(exchange, "/", 303);
    const outcome = await parts.callAction(
      identity.actions.endDevice,
      { device: session.device },
      { idempotencyKey: `end-device-${session.idHash}` },
    );
    if (outcome.kind === "answered") return await answering.redirect(exchange, "/", 303);
    return await answering.problem(
      exchange,
      503,
      "You are signed out here. The other parts of the site could not be told: sign out there too, or try again in a minute.",
    );
  }

  async function takeLogoutToken(exchange: Exchange, token: string | null): Promise<Response> {
    const order = await logoutTokens.read(token ?? "");
    if (order.kind === "unreadable") {
      log.warn({ id: exchange.id, reason: order.reason }, "a logout token could not be read");
      return answering.text(exchange, 503, "again, please");
    }
    if (order.kind === "refused") {
      log.warn({ id: exchange.id, reason: order.reason }, "a logout token was refused");
      return answering.text(exchange, 400, "refused");
    }
    if (order.kind === "end") {
      if (order.sid !== null) await sessions.endAll({ device: order.sid });
      else if (order.memberId !== null) await sessions.endAll({ memberId: order.memberId });
    }
    return answering.text(exchange, 200, "ended");
  }
}

/** Somebody opening a page in a browser, of whom nothing is known, or nothing any more: their session `isOver`. */
function isWorthATry(
  { incoming, search }: Exchange,
  names: { session: string; tried: string },
  isOver: boolean,
): boolean {
  const { headers } = incoming;
  return (
    incoming.method === "GET" &&
    headers["sec-fetch-mode"] === "navigate" &&
    headers["sec-fetch-dest"] === "document" &&
    headers["sec-purpose"] === undefined &&
    (headers.accept ?? "").includes("text/html") &&
    (isOver || !hasCookie(headers.cookie, names.session)) &&
    !hasCookie(headers.cookie, names.tried) &&
    !new URLSearchParams(search).has(notAgain)
  );
}

/** Whether the account service answers: what it last did, asked again when that is some time ago. */
function createPulse(fetchData: Parts["fetchData"]): () => Promise<boolean> {
  let last: { readonly alive: boolean; readonly at: number } | null = null;
  let asking: Promise<boolean> | null = null;
  const ask = async () => {
    const outcome = await fetchData(identity.queries.deviceState, { device: "pulse" });
    last = { alive: outcome.kind === "answered", at: performance.now() };
    asking = null;
    return last.alive;
  };
  return async () => {
    if (last && performance.now() - last.at < pulseMs) return last.alive;
    asking ??= ask();
    const known = last as { alive: boolean } | null; // set by an earlier answer
    if (known) return known.alive;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), pulseDeadlineMs);
    });
    try {
      return await Promise.race([asking, late]);
    } finally {
      clearTimeout(timer);
    }
  };
}

/** A path of this service to go on to; anything else is the front page. */
function localPath(next: string | null, origin: string): string {
  if (next === null || next.length >= 2000 || !/^\/(?![/\\])[^\\\s]*$/.test(next)) return "/";
  return new URL(next, origin).pathname.startsWith("//") ? "/" : next; // as "/.//elsewhere" would
}

function withMark(path: string): string {
  const [before = "", after] = path.split("#", 2);
  return `${before}${before.includes("?") ? "&" : "?"}${notAgain}=1${after === undefined ? "" : `#${after}`}`;
}
