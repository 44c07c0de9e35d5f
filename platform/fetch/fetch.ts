// The guarded outbound client: every request this site makes to the rest of the web goes through here.
// Promise: https unless listed, ports 80 and 443 unless listed, never an address outside the public internet,
// at most three redirects each judged like the first request, no cookie or credential ever sent, no proxy from
// the environment, and a bound on time, header size, unpacked body size and requests per host.
// URLs are judged in destination.ts, addresses in connect.ts and address.ts, bodies in body.ts.
import type { Agent } from "undici";
import { acceptedCodings, discard, readBody } from "./body.ts";
import { AddressRefused, guardedConnector, type Resolve, resolveWithSystem } from "./connect.ts";
import { admit, admitRedirect, type Refused, refused, shown } from "./destination.ts";
import { createTurns } from "./turns.ts";

/** What a fetcher may do. Everything left out is closed or at its default. */
export type FetchPolicy = {
  /** How this site names itself to others. Default `rose-ash`. */
  readonly userAgent?: string;
  /** Hosts that may be asked over plain http (old sites being imported); `true` for all. Default none. */
  readonly allowHttp?: true | readonly string[];
  /** Ports besides 80 and 443. */
  readonly allowPorts?: readonly number[];
  /** For tests only: `host:port` pairs, as written in the URL, that may lead to any address. */
  readonly allowPrivateAddresses?: readonly string[];
  /** Replaces the system's resolver; its answers are checked all the same. */
  readonly resolve?: Resolve;
  /** PEM certificates trusted instead of the system's. */
  readonly trustedCertificates?: string;
  /** Time to open a connection, TLS included. Default 5,000. */
  readonly connectMs?: number;
  /** Requests to one host at the same time. Default 4. */
  readonly requestsPerHost?: number;
};

export type GetOptions = {
  /** The Accept header. Default any type. */
  readonly accept?: string;
  /** Largest body taken, counted after decompression. */
  readonly maxBytes: number;
  /** Time for the whole exchange, redirects and body included, from the request's turn on. Default 10,000. */
  readonly totalMs?: number;
  /** The caller's own way to stop; `get` then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
};

/** Every expected outcome. `sentence` may be shown to people: it holds no query string and no credential. */
export type FetchAnswer = FetchedBody | Refused | FetchFailed;

export type FetchedBody = {
  readonly kind: "ok";
  /** 200 to 299. */
  readonly status: number;
  /** The address that answered, after redirects. */
  readonly url: string;
  /** The Content-Type header as sent, or "". What a sender claims, not what the bytes are. */
  readonly contentType: string;
  readonly body: Uint8Array;
};

export type FetchFailed = {
  readonly kind: "failed";
  readonly why: "timeout" | "too-large" | "network" | "encoding" | "status";
  /** Present when `why` is "status". */
  readonly status?: number;
  readonly sentence: string;
};

export type Fetcher = {
  /**
   * Fetches `url` with GET. Refusals (by our rules) and failures (of the other side) are answers.
   * Throws RangeError for limits that are not positive, the signal's reason when the caller stops it, and an
   * Error once the fetcher is closed.
   */
  get(url: string | URL, options: GetOptions): Promise<FetchAnswer>;
  /** Ends every connection at once; requests under way and waiting reject. */
  close(): Promise<void>;
};

const maxRedirects = 3;
const maxHeaderBytes = 16_384;
const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** A client that keeps `policy`. It holds connections: close it when the service stops. */
export function createFetcher(policy: FetchPolicy): Fetcher {
  const rules = { allowHttp: policy.allowHttp ?? [], allowPorts: policy.allowPorts ?? [] };
  const exceptions = exceptionsOf(policy.allowPrivateAddresses ?? []);
  const requestsPerHost = policy.requestsPerHost ?? 4;
  const turns = createTurns(requestsPerHost);
  const stopped = new AbortController();
  let agent: Promise<Agent> | undefined;

  // Loaded at the first request: many processes never fetch anything.
  async function openAgent(): Promise<Agent> {
    const undici = await import("undici");
    const connect = guardedConnector(undici.buildConnector, {
      exceptions,
      resolve: policy.resolve ?? resolveWithSystem,
      connectMs: policy.connectMs ?? 5_000,
      trustedCertificates: policy.trustedCertificates,
    });
    return new undici.Agent({
      connect,
      connections: requestsPerHost,
      maxHeaderSize: maxHeaderBytes,
      keepAliveMaxTimeout: 10_000,
    });
  }

  /** One exchange without following: the answer, or where it redirects to. */
  async function ask(
    url: URL,
    options: GetOptions,
    signal: AbortSignal,
  ): Promise<FetchAnswer | { kind: "moved"; to: string }> {
    agent ??= openAgent();
    const request = (await agent).request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: "GET",
      headers: {
        accept: options.accept ?? "*/*",
        "accept-encoding": acceptedCodings,
        "user-agent": policy.userAgent ?? "rose-ash",
      },
      signal,
    });
    const response = await untilAborted(signal, request);
    const { statusCode: status, headers, body } = response;
    const location = firstOf(headers.location);
    if (redirectStatuses.has(status) && location !== "") {
      discard(body);
      return { kind: "moved", to: location };
    }
    if (status < 200 || status > 299) {
      discard(body);
      const sentence = `${shown(url)} answered with status ${status}.`;
      return { kind: "failed", why: "status", status, sentence };
    }
    const read = await readBody(body, everyOf(headers["content-encoding"]), options.maxBytes);
    switch (read.kind) {
      case "read":
        return {
          kind: "ok",
          status,
          url: url.href,
          contentType: firstOf(headers["content-type"]),
          body: read.bytes,
        };
      case "too-large":
        return failed(
          "too-large",
          `${shown(url)} is larger than the ${options.maxBytes} bytes allowed here.`,
        );
      case "undecodable":
        return failed("encoding", `${shown(url)} could not be unpacked: ${read.reason}.`);
    }
  }

  async function follow(start: URL, options: GetOptions, signal: AbortSignal): Promise<FetchAnswer> {
    let url = start;
    try {
      for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
        const answer = await ask(url, options, signal);
        if (answer.kind !== "moved") return answer;
        const next = admitRedirect(rules, url, answer.to);
        if (next.kind === "refused") return next;
        url = next.url;
      }
    } catch (error) {
      return explain(url, error);
    }
    return refused("redirect", `${shown(start)} redirects more than ${maxRedirects} times.`);
  }

  return {
    async get(address, options) {
      const totalMs = options.totalMs ?? 10_000;
      if (!(options.maxBytes > 0 && totalMs > 0))
        throw new RangeError("fetching needs maxBytes and totalMs above 0");
      options.signal?.throwIfAborted();
      stopped.signal.throwIfAborted();
      const destination = admit(rules, address);
      if (destination.kind === "refused") return destination;

      const { url } = destination;
      const giveBack = await turns.take(url.hostname, anySignal(options.signal, stopped.signal));
      // A timer of our own: the one behind AbortSignal.timeout would not keep the process alive until it fires.
      const clock = new AbortController();
      const timer = setTimeout(() => clock.abort(), totalMs);
      try {
        const answer = await follow(url, options, anySignal(options.signal, stopped.signal, clock.signal));
        if (answer.kind !== "failed") return answer;
        // Stopped by ourselves or by the caller: the socket's account of it says less than the reason does.
        options.signal?.throwIfAborted();
        stopped.signal.throwIfAborted();
        if (clock.signal.aborted) {
          return failed(
            "timeout",
            `${shown(url)} did not answer in full within ${totalMs} ms. Try again later.`,
          );
        }
        return answer;
      } finally {
        clearTimeout(timer);
        giveBack();
      }
    },
    async close() {
      stopped.abort(new Error("the fetching client was closed; make a new one to go on"));
      await (await agent)?.destroy();
    },
  };
}

/** Turns what a request threw into an answer; what is not the network's doing is thrown on. */
function explain(url: URL, error: unknown): FetchAnswer {
  if (error instanceof AddressRefused) {
    return refused("address", `${shown(url)} is not fetched: ${error.message}.`);
  }
  if (!(error instanceof Error)) throw error;
  const code = "code" in error && typeof error.code === "string" ? error.code : error.name;
  if (code === "UND_ERR_CONNECT_TIMEOUT") {
    return failed("timeout", `${url.host} could not be reached in time. Try again later.`);
  }
  if (code === "UND_ERR_HEADERS_OVERFLOW") {
    return failed("too-large", `${shown(url)} answered with more than ${maxHeaderBytes} bytes of headers.`);
  }
  if (error instanceof TypeError || error instanceof RangeError) throw error; // a mistake of ours
  return failed(
    "network",
    `${shown(url)} could not be fetched (${code}). Check the address, or try again later.`,
  );
}

/** The outcome of `work`, or the signal's reason: undici does not look at the signal while a socket is opening. */
function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}

function failed(why: FetchFailed["why"], sentence: string): FetchFailed {
  return { kind: "failed", why, sentence };
}

function exceptionsOf(pairs: readonly string[]): ReadonlySet<string> {
  for (const pair of pairs) {
    if (!/^(\[[0-9a-f:.]+\]|[^:[\]/]+):\d+$/.test(pair)) {
      throw new Error(`allowPrivateAddresses holds "${pair}"; write each entry as host:port`);
    }
  }
  return new Set(pairs.map((pair) => pair.replace(/[[\]]/g, "")));
}

function anySignal(...signals: readonly (AbortSignal | undefined)[]): AbortSignal {
  return AbortSignal.any(signals.filter((signal) => signal !== undefined));
}

function firstOf(header: string | string[] | undefined): string {
  return (Array.isArray(header) ? header[0] : header) ?? "";
}

function everyOf(header: string | string[] | undefined): string {
  return (Array.isArray(header) ? header.join(", ") : header) ?? "";
}
