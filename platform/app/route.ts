// A route: a method, a path and the page that answers it. A service's routes.ts is a table of these.
// Paths are Hono's: "/:slug/" is one segment; earlier rows win. Declare reading pages with a trailing
// slash: the same path without it is redirected there.
import type { IncomingHttpHeaders } from "node:http";
import { type Member, mayAct, type Role, type Viewer } from "../auth/viewer.ts";
import type { Answer } from "./answer.ts";

/** A file that was sent with a form. */
export interface UploadedFile {
  /** The name it had on the sender's machine: for showing, never for storing. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

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
  /** The fields of a posted form, or null when the request is not a POST. */
  readonly form: URLSearchParams | null;
  /** The files that came with it, by field; only where the route takes them. */
  readonly files: ReadonlyMap<string, UploadedFile>;
  /** Who is looking. */
  readonly viewer: Viewer;
  /** The request's headers, names in lower case. */
  readonly headers: IncomingHttpHeaders;
}

/**
 * The member who is looking. The route asks for the role; this asks once more, so that a route without its terms
 * shows nothing: it throws when somebody without the role was let in.
 */
export function memberOf({ viewer }: Pick<PageRequest, "viewer">, role: Role = "member"): Member {
  if (mayAct(viewer, role)) return viewer;
  throw new Error(`A page for the role ${role} was reached by somebody else: give its route terms { role }.`);
}

/** Answers one request. What it throws becomes the error page with status 500. */
export type Page = (request: PageRequest) => Answer | Promise<Answer>;

/** What a route asks of its visitors and of the forms sent to it. */
export interface RouteTerms {
  /** Who may come here: everybody, unless a role is named. Guests are sent to sign in first. */
  readonly role?: Role;
  /** The most a form may weigh, in bytes: 64 KiB unless said. Files come only where this is said. */
  readonly formBytes?: number;
}

export interface Route extends RouteTerms {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly page: Page;
}

/** A page to read; HEAD is answered from it too. */
export function get(path: string, page: Page, terms: RouteTerms = {}): Route {
  return { method: "GET", path, page, ...terms };
}

/**
 * A form's target. Only requests from the service's own pages reach it, and of a signed-in visitor only those
 * that carry their session's token: print ~form-token in the form.
 */
export function post(path: string, page: Page, terms: RouteTerms = {}): Route {
  return { method: "POST", path, page, ...terms };
}
