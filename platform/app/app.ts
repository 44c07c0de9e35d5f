// The app factory: a service's description and its parts in, a request handler out.
// Promise: every request passes the gate (gate.ts), ends in exactly one answer with the security headers
// (answering.ts), one line in the log and one count in the metrics; whatever a page throws becomes one error page.
// The site (site.ts) gives it its port. Services import what they need to describe themselves from here.
import type { IncomingMessage } from "node:http";
import { type Context, Hono } from "hono";
import type { Registry } from "prom-client";
import { type Answering, createAnswering } from "./answering.ts";
import { type Asset, findAsset, openMedia } from "./assets.ts";
import { type Exchange, openExchange, pageRequest } from "./exchange.ts";
import { allowedHosts, checkAddress, checkForm, readForm } from "./gate.ts";
import { createRequestMetrics } from "./metrics.ts";
import { answerProbe, isProbe, type ProbeSettings } from "./probes.ts";
import type { PageRequest, Route } from "./route.ts";
import { securityHeaders } from "./security-headers.ts";
import { createSender } from "./send.ts";
import type { AnyService, ServiceParts } from "./service.ts";
import type { Views } from "./views.ts";

export type { Answer, Caching } from "./answer.ts";
export { type Command, type CommandOutcome, type CommandSession, WrongUsage } from "./command.ts";
export type { SiteSettings } from "./config.ts";
export { Refusal } from "./refusal.ts";
export {
  get,
  type Page,
  type PageRequest,
  post,
  type Route,
  type RouteTerms,
  type UploadedFile,
} from "./route.ts";
export { type AnyDatabase, defineService, type Service, type ServiceParts } from "./service.ts";

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
  fetch(request: Request, environment: { readonly incoming: IncomingMessage }): Promise<Response>;
}

/** Makes the request handler of a service. */
export function createBaseApp(service: AnyService, settings: AppSettings): App {
  const { parts, views, logo } = settings;
  const { origin, log } = parts;
  const gate = { hosts: allowedHosts(origin, settings.port, settings.hosts), origin };
  const metrics = createRequestMetrics(service.name, settings.processMetrics);
  const security = securityHeaders(origin);
  const send = createSender();
  const answering = createAnswering({
    origin,
    log,
    views,
    send,
    security,
    shellOf: createShell(service, settings),
  });
  const router = createRouter(service, settings, answering);

  return {
    async fetch(request, { incoming }) {
      const started = performance.now();
      const exchange = openExchange(incoming);
      let response: Response;
      try {
        response = isProbe(exchange.path)
          ? await answerProbe(exchange, settings.probes, metrics, answering)
          : await answerChecked(request, exchange);
      } catch (error) {
        response = await answering.fault(exchange, error);
      }
      const ms = performance.now() - started;
      const { method = "GET" } = incoming;
      metrics.record(method, exchange.route, response.status, ms);
      const { id, path } = exchange;
      log.info({ id, method, path, status: response.status, ms: Math.round(ms * 100) / 100 }, "answered");
      return response;
    },
  };

  async function answerChecked(request: Request, exchange: Exchange): Promise<Response> {
    const { incoming, path } = exchange;
    const passage = checkAddress(incoming.url ?? "/", incoming.headers.host, gate);
    if (passage.kind === "refused") return answering.problem(exchange, passage.status, passage.sentence);
    if (passage.kind === "respell") return answering.redirect(exchange, passage.to, 301);
    const explanation = views.refresh();
    if (isFile(path)) return answerFile(exchange);
    if (explanation !== null) return answering.explanation(exchange, explanation);
    if (incoming.method !== "POST" && carriesBody(incoming)) {
      return answering.problem(exchange, 400, "A request of this kind must not carry a body.");
    }
    return router.fetch(request, exchange);
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

function carriesBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

/** What every page may show around itself: the site's part and then the service's own. */
function createShell(service: AnyService, { parts, views, logo }: AppSettings) {
  const serviceShell = service.shell?.(parts);
  const site = { ...parts.site, logo: logo ? `/assets/${logo.name}` : null };
  return async (exchange: Exchange, request: PageRequest): Promise<Record<string, unknown>> => ({
    site,
    origin: parts.origin,
    path: exchange.path,
    stylesheet: `/assets/${views.stylesheet.name}`,
    ...(await serviceShell?.(request)),
  });
}

/** The service's routes, and what happens where none of them fits. */
function createRouter(service: AnyService, { parts }: AppSettings, answering: Answering) {
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
    let form: URLSearchParams | null = null;
    if (route.method === "POST") {
      const refused = checkForm(exchange.incoming.headers, parts.origin);
      const posted = refused ?? (await readForm(req.raw.body));
      if (posted.kind === "refused") return answering.problem(exchange, posted.status, posted.sentence);
      form = posted.fields;
    }
    const request = pageRequest(exchange, req.param(), form);
    const answer = await route.page(request);
    const moved = answer.kind === "not-found" && form === null ? await movedAddress?.(request) : undefined;
    return answering.answer(moved && moved.kind !== "not-found" ? moved : answer, request, exchange);
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
