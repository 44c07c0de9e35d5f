// Transport: how a signed message reaches another service, in this process or over HTTP.
// Promise: both ways carry the same bytes to the same verifying server, so nothing works in one process that
// would not work in many; an answer larger than the limit or later than the signal is an error.
import { Agent } from "undici";
import type { SignedMessage } from "./signature.ts";

export interface InternalReply {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** Answers a signed message: a service's internal server. */
export type InternalHandler = (message: SignedMessage) => Promise<InternalReply>;

export interface Transport {
  /** Throws when nothing answers before `signal` is aborted. */
  send(callee: string, message: SignedMessage, signal: AbortSignal): Promise<InternalReply>;
}

export interface Exchanges extends Transport {
  /** Makes a service of this process reachable without a socket. */
  attach(service: string, handle: InternalHandler): void;
  close(): Promise<void>;
}

export const largestReplyBytes = 2 * 1024 * 1024;

/**
 * Makes the transport of a process. `addresses` are where the services of other processes listen for internal
 * calls, such as "http://10.0.0.5:9006".
 */
export function createTransport(addresses: Readonly<Record<string, string>>): Exchanges {
  const handlers = new Map<string, InternalHandler>();
  const agent = new Agent({ connections: 32, pipelining: 1, keepAliveTimeout: 5_000, connectTimeout: 1_000 });
  return {
    attach: (service, handle) => void handlers.set(service, handle),
    close: () => agent.destroy(),
    async send(callee, message, signal) {
      const handle = handlers.get(callee);
      if (handle) return refuseLarge(await beforeAbort(handle(message), signal));
      const address = addresses[callee];
      if (address === undefined) throw new Error(`No address of ${callee} is known in this process.`);
      return await sendOverHttp(agent, address, message, signal);
    },
  };
}

async function sendOverHttp(
  agent: Agent,
  address: string,
  { method, authority, target, headers, body }: SignedMessage,
  signal: AbortSignal,
): Promise<InternalReply> {
  // As origin and path, because a URL would be spelled anew and no longer be what was signed.
  const response = await agent.request({
    origin: address,
    path: target,
    method: method as "GET" | "POST", // signed by caller.ts, which sends no other
    headers: [["host", authority] as const, ...headers].flat(),
    body,
    signal,
  });
  let text = "";
  let size = 0;
  const decoder = new TextDecoder();
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > largestReplyBytes) throw tooLarge();
    text += decoder.decode(chunk, { stream: true });
  }
  return {
    status: response.statusCode,
    type: String(response.headers["content-type"] ?? ""),
    body: text + decoder.decode(),
  };
}

function refuseLarge(reply: InternalReply): InternalReply {
  if (Buffer.byteLength(reply.body) > largestReplyBytes) throw tooLarge();
  return reply;
}

function tooLarge(): Error {
  return new Error(`The answer is larger than ${largestReplyBytes} bytes.`);
}

async function beforeAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  work.catch(() => {}); // when it ends late, nobody waits for it any more
  if (signal.aborted) throw signal.reason;
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    if (stop) signal.removeEventListener("abort", stop);
  }
}
