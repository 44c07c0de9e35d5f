// The app factory: a service's description and its parts in, a request handler out.
// Promise: every request passes the gate (gate.ts), ends in exactly one answer with the security headers
// (answering.ts), one line in the log and one count in the metrics; whatever a page throws becomes one error page.
// The site (site.ts) gives it its port. Services import what they need to describe themselves from here.
import type { IncomingMessage, ServerResponse } from "node:http";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { type Context, Hono } from "hono";
import type { Registry } from "prom-client";
import { formTokenField } from "../auth/form-token.ts";
import { accountService, identity } from "../auth/identity.ts";
import { mayAct, type Viewer } from "../auth/viewer.ts";
import { type Piece, piece } from "../rpc/fragments.ts";
import { type Answering, createAnswering } from "./answering.ts";
import { type Asset, findAsset, openMedia } from "./assets.ts";
import { type Exchange, openExchange, pageRequest } from "./exchange.ts";
import {
  allowedHosts,
  checkAddress,
  checkForm,
  checkFormKind,
  type FormLimits,
  type ReadForm,
  type Refused,
  readForm,
  usualFormBytes,
} from "./gate.ts";
import { createRequestMetrics } from "./metrics.ts";
import { answerProbe, isProbe, type ProbeSettings } from "./probes.ts";
import type { PageRequest, Route } from "./route.ts";
import { securityHeaders } from "./security-headers.ts";
import { createSender } from "./send.ts";
import type { AnyService, Mount, ServiceParts } from "./service.ts";
import type { Views } from "./views.ts";
import { createVisitors, type Visitors } from "./visitors.ts";

export { type Answer, type Caching, goOn, privatePage } from "./answer.ts";
export { type Command, type CommandOutcome, type CommandSession, WrongUsage } from "./command.ts";
export type { SiteSettings } from "./config.ts";
export { momentWriter } from "./moment.ts";
export { askedPage, hasPage, pageNonsense, pagingView } from "./paging.ts";
export { Refusal } from "./refusal.ts";
export {
  get,
  memberOf,
  type Page,
  type PageRequest,
  post,
  type Route,
  type RouteTerms,
  type UploadedFile,
} from "./route.ts";
export { type AnyDatabase, defineService, type Mount, type Service, type ServiceParts } from "./service.ts";

export interface AppSettings {
  // biome-ignore lint/suspicious/noExplicitAny: the service's own parts, whose types only it knows
  readonly parts: ServiceParts<any, any>;
  readonly views: Views;
  /** The port that is listened on; it belongs to the Host of a localhost origin. */
  readonly port: number;
  /** Further Host values to answer. */
  readonly hosts: readonly string[];
  readonly logo: Asset | null;
  readonly probes: ProbeSettings;
  readonly processMetrics: Registry;
}

export interface App {
  /** Answers a request; `incoming` is Node's own, for the request line as it was received. */
  fetch(
    request: Request,
    environment: { readonly incoming: IncomingMessage; readonly outgoing?: ServerResponse },
  ): Promise<Response>;
}

/** Makes the request handler of a service. */
export function createBaseApp(service: AnyService, settings: AppSettings): App {
  const { parts, views, logo } = settings;
  const { origin, log } = parts;
  const gate = { hosts: allowedHosts(origin, settings.port, settings.hosts), origin };
  const metrics = createRequestMetrics(service.name, settings.processMetrics);
  const originOfAccount = parts.originOf(accountService);
  const security = securityHeaders(origin, service.name === accountService ? originsOf(parts) : []);
  const send = createSender();
  const answering = createAnswering({
    origin,
    log,
    views,
    send,
    security,
    personal: originOfAccount !== null,
    shellOf: createShell(service, settings),
  });
  const visitors = createVisitors({ service: service.name, parts, answering });
  const router = createRouter(service, settings, answering, visitors);
  const mounts = service.mounts?.(parts) ?? [];

  return {
    async fetch(request, { incoming, outgoing }) {
      const started = performance.now();
      const exchange = openExchange(incoming);
      let response: Response;
      try {
        response = isProbe(exchange.path)
          ? await answerProbe(exchange, settings.probes, metrics, answering)
          : await answerChecked(request, exchange, outgoing);
      } catch (error) {
        response = await answering.fault(exchange, error);
      }
      addCookies(response, exchange.cookies);
      const ms = performance.now() - started;
      const { method = "GET" } = incoming;
      const status = response === RESPONSE_ALREADY_SENT ? (outgoing?.statusCode ?? 200) : response.status;
      metrics.record(method, exchange.route, status, ms);
      const { id, path } = exchange;
      log.info({ id, method, path, status, ms: Math.round(ms * 100) / 100 }, "answered");
      return response;
    },
  };

  async function answerChecked(
    request: Request,
    exchange: Exchange,
    outgoing: ServerResponse | undefined,
  ): Promise<Response> {
    const { incoming, path } = exchange;
    const passage = checkAddress(incoming.url ?? "/", incoming.headers.host, gate);
    if (passage.kind === "refused") return answering.problem(exchange, passage.status, passage.sentence);
    if (passage.kind === "respell") return answering.redirect(exchange, passage.to, 301);
    // Calls of other services come in by a door of their own; here there is nothing, whatever they carry.
    if (/^\/internal(?:\/|$)/i.test(path)) return answering.nothing(exchange);
    const mount = mounts.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`));
    if (mount && outgoing) return await answerMounted(mount, exchange, outgoing);
    const explanation = views.refresh();
    if (isFile(path)) return answerFile(exchange);
    if (explanation !== null) return answering.explanation(exchange, explanation);
    if (incoming.method !== "POST" && carriesBody(incoming)) {
      return answering.problem(exchange, 400, "A request of this kind must not carry a body.");
    }
    if (visitors === null) return router.fetch(request, exchange);
    await visitors.recognise(exchange);
    if (path.startsWith("/auth/")) return await answerVisitor(visitors, request, exchange);
    return (await visitors.signInSilently(exchange)) ?? router.fetch(request, exchange);
  }

  async function answerVisitor(own: Visitors, request: Request, exchange: Exchange): Promise<Response> {
    let form: URLSearchParams | null = null;
    if (exchange.incoming.method === "POST") {
      // A logout token comes from a server and proves itself; everything else comes from our own pages.
      const check = exchange.path === "/auth/back-channel-logout" ? "kind" : "origin";
      const posted = await takeForm(
        request,
        exchange,
        { bytes: usualFormBytes, files: false },
        origin,
        check,
      );
      if (posted.kind === "refused") return answering.problem(exchange, posted.status, posted.sentence);
      if (check === "origin" && !own.isOwnForm(exchange, posted.fields.get(formTokenField))) {
        return answering.problem(exchange, 403, strangeForm);
      }
      form = posted.fields;
    }
    return (await own.answer(exchange, form)) ?? (await answering.nothing(exchange));
  }

  /** A library writes its own answer; the headers that all answers have are there before it begins. */
  async function answerMounted(
    mount: Mount,
    exchange: Exchange,
    outgoing: ServerResponse,
  ): Promise<Response> {
    exchange.route = `${mount.prefix}/*`;
    const headers = { ...security.page, "cache-control": "no-store", "x-request-id": exchange.id };
    for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value);
    await mount.handle(exchange.incoming, outgoing);
    return RESPONSE_ALREADY_SENT;
  }

  async function answerFile(exchange: Exchange): Promise<Response> {
    const { path, incoming, id } = exchange;
    const { method, headers } = incoming;
    exchange.route = path.startsWith("/media/") ? "/media/*" : "/assets/*";
    if (method !== "GET" && method !== "HEAD") return answering.otherMethod(exchange, "GET, HEAD");
    if (path.startsWith("/media/")) {
      const known = headers["if-none-match"];
      const response = await openMedia(
        path.slice("/media/".length),
        parts.media,
        security.file,
        method,
        known,
      );
      return response ?? answering.nothing(exchange);
    }
    const asset = findAsset(path, views, logo);
    if (!asset) return answering.nothing(exchange);
    const response = send({ ...asset, status: 200, security: security.file }, id, headers);
    return method === "HEAD" ? new Response(null, response) : response;
  }
}

function isFile(path: string): boolean {
  return path.startsWith("/assets/") || path.startsWith("/media/") || path.startsWith("/favicon.");
}

/** Puts cookies on a response; one that has any is this visitor's alone. */
function addCookies(response: Response, cookies: readonly string[]): void {
  if (cookies.length === 0) return;
  for (const cookie of cookies) response.headers.append("set-cookie", cookie);
  if (response.headers.get("cache-control")?.startsWith("public")) {
    response.headers.set("cache-control", "private, no-cache");
  }
}

/** The most of a form that is given back to somebody who is signed out, in bytes. */
const mostGivenBack = 4 * 1024 * 1024;

const strangeForm = "This form does not belong to this sign-in. Open the page again and send it from there.";

/** Reads a posted form, once its headers are right. */
async function takeForm(
  request: Request,
  { incoming }: Exchange,
  limits: FormLimits,
  origin: string,
  check: "origin" | "kind",
): Promise<ReadForm | Refused> {
  const refused =
    check === "origin"
      ? checkForm(incoming.headers, origin, limits)
      : checkFormKind(incoming.headers, limits);
  return refused ?? (await readForm(request.body, incoming.headers, limits));
}

function originsOf(parts: AppSettings["parts"]): string[] {
  return parts.installed.flatMap((name) => parts.originOf(name) ?? []);
}

function carriesBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

/** What every page may show around itself: the site's part and then the service's own. */
function createShell(service: AnyService, { parts, views, logo }: AppSettings) {
  const serviceShell = service.shell?.(parts);
  const site = { ...parts.site, logo: logo ? `/assets/${logo.name}` : null };
  const hasAccounts = parts.originOf(accountService) !== null;
  return async (exchange: Exchange, request: PageRequest): Promise<Record<string, unknown>> => {
    const { viewer, formToken, path, search } = exchange;
    const menu = viewer.kind === "guest" ? [] : [accountMenuPiece(service.name, viewer, parts.site.language)];
    const [own, [accountMenu = null]] = await Promise.all([
      serviceShell?.(request),
      parts.collectFragments(menu),
    ]);
    return {
      site,
      origin: parts.origin,
      path,
      stylesheet: `/assets/${views.stylesheet.name}`,
      viewer: viewer.kind === "guest" ? null : { id: viewer.id, name: viewer.name, role: viewer.role },
      formToken,
      signInHref: hasAccounts ? `/auth/sign-in/?next=${encodeURIComponent(path + search)}` : null,
      accountMenu,
      ...own,
    };
  };
}

function accountMenuPiece(service: string, viewer: Viewer, locale: string): Piece {
  const kind = mayAct(viewer, "editor") ? "staff" : "member";
  return piece(identity.fragments.accountMenu, { viewer: kind, service, locale });
}

/** The service's routes, and what happens where none of them fits. */
function createRouter(
  service: AnyService,
  { parts }: AppSettings,
  answering: Answering,
  visitors: Visitors | null,
) {
  const movedAddress = service.movedAddress?.(parts);
  const hono = new Hono<{ Bindings: Exchange }>();
  for (const route of service.routes?.(parts) ?? []) {
    hono.on(route.method, route.path, (context) => answerRoute(route, context));
  }
  hono.notFound((context) => answerUnrouted(context.env));
  // Hono would answer an exception itself; here it goes up to the one place that does.
  hono.onError((error) => {
    throw error;
  });
  return hono;

  async function answerRoute(
    route: Route,
    { env: exchange, req }: Context<{ Bindings: Exchange }>,
  ): Promise<Response> {
    exchange.route = route.path;
    const turnedAway = await admit(exchange, route.role);
    if (turnedAway) return (await giveBack(route, exchange, req.raw)) ?? turnedAway;
    let posted: ReadForm | null = null;
    if (route.method === "POST") {
      const limits = { bytes: route.formBytes ?? usualFormBytes, files: route.formBytes !== undefined };
      const taken = await takeForm(req.raw, exchange, limits, parts.origin, "origin");
      if (taken.kind === "refused") return answering.problem(exchange, taken.status, taken.sentence);
      if (visitors && !visitors.isOwnForm(exchange, taken.fields.get(formTokenField))) {
        return (await showTyped(exchange, taken.fields)) ?? answering.problem(exchange, 403, strangeForm);
      }
      posted = taken;
    }
    const form = posted?.fields ?? null;
    const request = pageRequest(exchange, req.param(), form, posted?.files);
    const answer = await route.page(request);
    const moved = answer.kind === "not-found" && form === null ? await movedAddress?.(request) : undefined;
    return answering.answer(moved && moved.kind !== "not-found" ? moved : answer, request, exchange);
  }

  /** What somebody typed who was signed out meanwhile is not lost: the page that turns them away shows it. */
  async function giveBack(route: Route, exchange: Exchange, request: Request): Promise<Response | null> {
    if (route.method !== "POST" || exchange.viewer.kind !== "guest") return null;
    const limits = { bytes: Math.min(route.formBytes ?? usualFormBytes, mostGivenBack), files: false };
    const taken = await takeForm(request, exchange, limits, parts.origin, "origin");
    return taken.kind === "refused" ? null : await showTyped(exchange, taken.fields);
  }

  /** The typed texts to copy, and a way to sign in; null when nothing was typed. */
  async function showTyped(exchange: Exchange, fields: URLSearchParams): Promise<Response | null> {
    const texts = [...fields]
      .filter(
        ([name, value]) =>
          name !== formTokenField && !/pass|code|token/i.test(name) && value.trim().length > 1,
      )
      .map(([name, value]) => ({ name, value }));
    if (texts.length === 0) return null;
    const props = { texts };
    const answer = { kind: "page", component: "~kept-form-page", props, status: 403, cache: "none" } as const;
    return await answering.answer(answer, pageRequest(exchange), exchange);
  }

  /** Without an account service nobody has a role. */
  async function admit(exchange: Exchange, role: Route["role"]): Promise<Response | null> {
    if (visitors) return await visitors.admit(exchange, role);
    return role === undefined ? null : await answering.nothing(exchange);
  }

  /** An old address, a missing slash, another method, or nothing. */
  async function answerUnrouted(exchange: Exchange): Promise<Response> {
    const { path, search, incoming } = exchange;
    if (incoming.method === "GET" || incoming.method === "HEAD") {
      const request = pageRequest(exchange);
      const moved = await movedAddress?.(request);
      if (moved && moved.kind !== "not-found") return answering.answer(moved, request, exchange);
      if (!path.endsWith("/") && hasRoute("GET", `${path}/`)) {
        return answering.redirect(exchange, `${path}/${search}`, 301);
      }
    }
    const methods = hasRoute("GET", path) ? ["GET", "HEAD"] : [];
    if (hasRoute("POST", path)) methods.push("POST");
    return methods.length > 0
      ? answering.otherMethod(exchange, methods.join(", "))
      : answering.nothing(exchange);
  }

  function hasRoute(method: string, path: string): boolean {
    return hono.router.match(method, path)[0].length > 0;
  }
}
