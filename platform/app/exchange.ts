// An exchange: one request on its way to its answer, as the parts of the handler hand it on.
import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Session } from "../auth/sessions.ts";
import { guest, type Viewer } from "../auth/viewer.ts";
import type { PageRequest, UploadedFile } from "./route.ts";

export interface Exchange {
  readonly id: string;
  /** Node's own request, for the request line and headers as they were received. */
  readonly incoming: IncomingMessage;
  /** The path and the query ("?a=1" or "") as received. */
  readonly path: string;
  readonly search: string;
  /** The pattern of the route that answers, for the metrics; "(none)" until it is known. */
  route: string;
  /** Who is looking; a guest until the session is known. */
  viewer: Viewer;
  session: Session | null;
  /** What forms of this session carry. */
  formToken: string | null;
  /** Set-Cookie lines for the response. */
  readonly cookies: string[];
}

export function openExchange(incoming: IncomingMessage): Exchange {
  const url = incoming.url ?? "/";
  const mark = url.indexOf("?");
  return {
    id: requestId(incoming.headers["x-request-id"]),
    incoming,
    path: mark < 0 ? url : url.slice(0, mark),
    search: mark < 0 ? "" : url.slice(mark),
    route: "(none)",
    viewer: guest,
    session: null,
    formToken: null,
    cookies: [],
  };
}

/** The exchange as a page sees it. */
export function pageRequest(
  exchange: Exchange,
  params: Record<string, string> = {},
  form: URLSearchParams | null = null,
  files: ReadonlyMap<string, UploadedFile> = new Map(),
): PageRequest {
  const { id, path, search, incoming, viewer } = exchange;
  const query = new URLSearchParams(search);
  return { id, path, params, query, form, files, viewer, headers: incoming.headers };
}

/** A proxy's request id is kept, so that one request has one id in all logs; anything else gets a new one. */
function requestId(given: string | string[] | undefined): string {
  return typeof given === "string" && /^[A-Za-z0-9-]{8,64}$/.test(given) ? given : randomUUID();
}
