// Answering: what a page answered, or what went wrong, becomes a response.
// Promise: this is the one place where an answer gets its headers and an error its page; no text of an
// error reaches a visitor, and a redirect never leads to another site unless the page says so aloud.
import type { Logger } from "pino";
import type { Answer, Caching } from "./answer.ts";
import {
  describeProblem,
  explanationPage,
  problemAsJson,
  problemAsPlainPage,
  wantsJson,
} from "./error-page.ts";
import { type Exchange, pageRequest } from "./exchange.ts";
import type { PageRequest } from "./route.ts";
import type { Headers, SecurityHeaders } from "./security-headers.ts";
import { locationOf, type Sender } from "./send.ts";
import type { Views } from "./views.ts";

export interface AnsweringParts {
  readonly origin: string;
  readonly log: Logger;
  readonly views: Views;
  readonly send: Sender;
  readonly security: SecurityHeaders;
  /** Whether people sign in here: then no page may be kept for others. */
  readonly personal: boolean;
  /** What a page shows around itself. */
  readonly shellOf: (exchange: Exchange, request: PageRequest) => Promise<Record<string, unknown>>;
}

export interface Answering {
  answer(answer: Answer, request: PageRequest, exchange: Exchange): Promise<Response>;
  redirect(exchange: Exchange, to: string, status: number, offsite?: boolean): Promise<Response>;
  problem(exchange: Exchange, status: number, sentence: string, more?: ProblemExtras): Promise<Response>;
  /** 404. */
  nothing(exchange: Exchange, hint?: string): Promise<Response>;
  /** 405 with Allow. */
  otherMethod(exchange: Exchange, allow: string): Promise<Response>;
  /** Something threw: logged whole, answered with a sentence. */
  fault(exchange: Exchange, error: unknown): Promise<Response>;
  /** For a developer: the explanation of an error in a view. */
  explanation(exchange: Exchange, text: string): Response;
  /** A line for a machine. */
  text(exchange: Exchange, status: number, body: string): Response;
}

interface ProblemExtras {
  readonly hint?: string;
  readonly allow?: string;
  readonly retryAfterSeconds?: number;
}

const html = "text/html; charset=utf-8";

export function createAnswering(parts: AnsweringParts): Answering {
  const { origin, views, send, security, shellOf } = parts;
  const problem = createProblemPages(parts);
  const answering: Answering = {
    problem,
    async answer(answer, request, exchange) {
      switch (answer.kind) {
        case "page": {
          const shell = await shellOf(exchange, request);
          const body = views.render(answer.component, { shell, ...answer.props });
          const { status = 200, lastModified } = answer;
          const cache: Caching =
            answer.cache === "public" && parts.personal ? "private" : (answer.cache ?? "private");
          const headers = pageSecurity(security.page, answer);
          const reply = { status, type: html, body, cache, lastModified, security: headers };
          return send(reply, exchange.id, exchange.incoming.headers);
        }
        case "document": {
          const { status = 200, cache = "private", lastModified, body } = answer;
          const reply = {
            status,
            type: withCharset(answer.type),
            body,
            cache,
            lastModified,
            security: security.page,
          };
          return send(reply, exchange.id, exchange.incoming.headers);
        }
        case "redirect":
          return answering.redirect(exchange, answer.to, answer.status, answer.offsite);
        case "not-found":
          return answering.nothing(exchange, answer.hint);
        case "bad-request":
          return problem(exchange, 400, answer.sentence);
        case "too-many":
          return problem(exchange, 429, answer.sentence, { retryAfterSeconds: answer.retryAfterSeconds });
        case "gone":
          return problem(exchange, 410, "What was here has been taken away for good.");
      }
    },
    async redirect(exchange, to, status, offsite = false) {
      const location = locationOf(to, origin, offsite);
      if (location === null) {
        return problem(exchange, 400, "The address to go on to is not one that this site sends anybody to.");
      }
      const headers = {
        ...security.page,
        location,
        "cache-control": "no-cache",
        "x-request-id": exchange.id,
      };
      return new Response(null, { status, headers });
    },
    nothing: (exchange, hint) =>
      problem(exchange, 404, "There is no page at this address.", hint === undefined ? {} : { hint }),
    otherMethod: (exchange, allow) =>
      problem(exchange, 405, `This address can only be asked with ${allow}.`, { allow }),
    async fault(exchange, error) {
      const { id, path, incoming } = exchange;
      parts.log.error({ id, method: incoming.method, path, err: error }, "a page failed");
      const explanation = views.explain(error);
      if (explanation !== null) return answering.explanation(exchange, explanation);
      return problem(
        exchange,
        500,
        "The page could not be made. It is not your fault; please try again later.",
      );
    },
    explanation(exchange, text) {
      const reply = {
        status: 500,
        ...explanationPage(text),
        cache: "none",
        security: security.page,
      } as const;
      return send(reply, exchange.id, exchange.incoming.headers);
    },
    text(exchange, status, body) {
      const type = "text/plain; charset=utf-8";
      return send(
        { status, type, body, cache: "none", security: security.file },
        exchange.id,
        exchange.incoming.headers,
      );
    },
  };
  return answering;
}

/** A malformed request gets the plain page: drawing the site's own would let a flood of them ask the database. */
const plainStatuses: ReadonlySet<number> = new Set([400, 413, 415, 421, 429]);

function createProblemPages({ log, views, send, security, shellOf }: AnsweringParts): Answering["problem"] {
  return async (exchange, status, sentence, { hint, allow, retryAfterSeconds } = {}) => {
    const problem = describeProblem(status, sentence, exchange.id);
    const content = wantsJson(exchange.incoming.headers.accept)
      ? problemAsJson(problem)
      : plainStatuses.has(status)
        ? problemAsPlainPage(problem)
        : await draw();
    const headers: Record<string, string> = {
      ...(allow === undefined ? {} : { allow }),
      ...(retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) }),
    };
    const reply = { status, ...content, cache: "none", security: security.page, headers } as const;
    return send(reply, exchange.id, exchange.incoming.headers);

    async function draw() {
      try {
        const shell = await shellOf(exchange, pageRequest(exchange));
        return { type: html, body: views.render("~error-page", { shell, ...problem, hint: hint ?? null }) };
      } catch (error) {
        log.error({ id: exchange.id, err: error }, "the error page could not be drawn");
        return problemAsPlainPage(problem);
      }
    }
  };
}

/** A page's headers: stricter about the referrer where it says so. */
function pageSecurity(headers: Headers, { referrer }: Extract<Answer, { kind: "page" }>): Headers {
  return referrer === "none" ? { ...headers, "referrer-policy": "no-referrer" } : headers;
}

function withCharset(type: string): string {
  const isText = /^(?:text\/|application\/(?:.*\+)?(?:xml|json)$|image\/svg)/.test(type);
  return isText && !type.includes("charset") ? `${type}; charset=utf-8` : type;
}
