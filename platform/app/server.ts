// The HTTP server under an app: Node's, with limits on time and size, and an orderly end.
// Promise: after `stop` no new request is taken and those under way are finished, for ten seconds at most.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { App } from "./app.ts";
import { describeProblem, problemAsPlainPage } from "./error-page.ts";
import { Refusal, systemCode } from "./refusal.ts";
import { securityHeaders } from "./security-headers.ts";

export interface RunningServer {
  readonly port: number;
  /** Stops taking requests, waits for those under way, cuts what is left after `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

/**
 * Listens on `port` (0: any free one; on this machine's own address only when `origin` is a local one), then
 * makes the app, which may want to know the port. Refuses a port that is busy or not allowed.
 */
export async function listen(
  name: string,
  origin: string,
  port: number,
  createApp: (port: number) => App,
): Promise<RunningServer> {
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 15_000, keepAliveTimeout: 10_000 });
  await bindServer(server, name, origin, port);
  const bound = (server.address() as AddressInfo).port; // a TCP server's address is never a string or null
  const app = createApp(bound);
  const security = securityHeaders(origin).page;
  const handle = getRequestListener(
    (request, { incoming, outgoing }) =>
      app.fetch(request, { incoming: incoming as never, outgoing: outgoing as never }),
    {
      // Reached only where not even an address can be made of the request.
      errorHandler: () => {
        const page = problemAsPlainPage(describeProblem(400, "The request is not well formed.", "-"));
        const headers = { ...security, "content-type": page.type, "cache-control": "no-store" };
        return new Response(page.body as string, { status: 400, headers });
      },
    },
  );
  server.on("request", handle);
  return { port: bound, stop: (graceMs) => stopServer(server, graceMs) };
}

/** Binds the port; on this machine's own address only when `address` is a local one, on `host` where it is said. */
export async function bindServer(
  server: Server,
  name: string,
  address: string,
  port: number,
  host?: string,
): Promise<void> {
  const local = /^\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::|$)/.test(address.slice(address.indexOf("//")));
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(describeListenFailure(error, name, port)));
    server.listen({ port, ...(local ? { host: "127.0.0.1" } : host ? { host } : {}) }, resolve);
  });
}

function describeListenFailure(cause: Error, name: string, port: number): Error {
  switch (systemCode(cause)) {
    case "EADDRINUSE":
      return new Refusal(
        `Port ${port} for ${name} is busy: stop what listens there, or set services.${name}.port (or origin) to another.`,
        { cause },
      );
    case "EACCES":
      return new Refusal(`Port ${port} for ${name} is not allowed for this user: choose one above 1023.`, {
        cause,
      });
    default:
      return cause;
  }
}

/** Takes no new requests, waits for those under way, cuts what is left after `graceMs`. */
export async function stopServer(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A connection that is kept alive counts as open: end each as soon as it has nothing under way.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}
