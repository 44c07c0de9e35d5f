// A route: a method, a path and the page that answers it. A service's routes.ts is a table of these.
// Paths are Hono's: "/:slug/" is one segment; earlier rows win. Declare reading pages with a trailing
// slash: the same path without it is redirected there.
import type { IncomingHttpHeaders } from "node:http";
import type { Answer } from "./answer.ts";

/** What a page is told about the request. Everything in it comes from outside and is checked for form only. */
export interface PageRequest {
  /** The request's id, as in the log and on error pages. */
  readonly id: string;
  /** The path as it was asked for, percent-encoding kept. */
  readonly path: string;
  /** The route's parameters, percent-decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** The query, decoded; well-formed UTF-8 without null characters. */
  readonly query: URLSearchParams;
  /** The fields of a posted form, or null when the request is not a POST. At most 64 KiB. */
  readonly form: URLSearchParams | null;
  /** The request's headers, names in lower case. */
  readonly headers: IncomingHttpHeaders;
}

/** Answers one request. What it throws becomes the error page with status 500. */
export type Page = (request: PageRequest) => Answer | Promise<Answer>;

export interface Route {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly page: Page;
}

/** A page to read; HEAD is answered from it too. */
export function get(path: string, page: Page): Route {
  return { method: "GET", path, page };
}

/** A form's target. Only requests from the service's own pages reach it. */
export function post(path: string, page: Page): Route {
  return { method: "POST", path, page };
}
