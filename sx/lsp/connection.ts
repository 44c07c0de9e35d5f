// JSON-RPC 2.0 over a pair of streams: requests are answered in the order they came, notifications are not
// answered, and whatever else arrives gets an error and changes nothing. It ends when the session says so or
// when the input does. What the methods mean is in server.ts.

import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { FrameReader, frame } from "./framing.ts";

/** The error codes of JSON-RPC and of the Language Server Protocol that are used here. */
export const codes = {
  parseError: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internalError: -32603,
  notInitialized: -32002,
  /** The request was understood and cannot be done; the message is for the user. */
  requestFailed: -32803,
} as const;

/** An error that a request is answered with. */
export class RpcError extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** The side that answers. */
export interface Session {
  /** Answers a request, or throws an RpcError. */
  answer(method: string, params: unknown): unknown;
  take(method: string, params: unknown): void;
  /** Not null once the process is to end. */
  readonly exitCode: number | null;
}

/** Sends a notification, or a request whose answer nobody waits for. */
export interface Sender {
  notify(method: string, params: unknown): void;
  request(method: string, params: unknown): void;
}

/** What a client may send in one message; a file of a few megabytes fits in it. */
const largestMessage = 32 * 1024 * 1024;

/** A sender that writes to a stream, and what else a connection needs to write. */
export class MessageWriter implements Sender {
  private readonly output: Writable;
  private requests = 0;
  private failed = false;

  constructor(output: Writable) {
    this.output = output;
    // The client is gone: there is nobody left to tell.
    output.on("error", () => {
      this.failed = true;
    });
  }

  notify(method: string, params: unknown): void {
    this.send({ method, params });
  }

  request(method: string, params: unknown): void {
    this.requests++;
    this.send({ id: `sx-${this.requests}`, method, params });
  }

  send(message: object): void {
    if (!this.failed) this.output.write(frame(JSON.stringify({ jsonrpc: "2.0", ...message })));
  }

  /** Waits until the client has read most of what was sent, so that a slow one cannot fill the memory. */
  async settle(): Promise<void> {
    if (this.failed || !this.output.writableNeedDrain) return;
    await once(this.output, "drain").catch(() => null);
  }
}

/** Serves a session until it ends; gives the exit code, 1 when the input ended before `exit` came. */
export async function serve(input: Readable, writer: MessageWriter, session: Session): Promise<number> {
  const reader = new FrameReader(largestMessage);
  for await (const chunk of input) {
    for (const framed of reader.push(Buffer.from(chunk))) {
      const reply =
        framed.kind === "message"
          ? replyTo(session, framed.text)
          : failure(null, codes.parseError, `The message was skipped: ${framed.reason}.`);
      if (reply) writer.send(reply);
      if (session.exitCode !== null) return session.exitCode;
    }
    await writer.settle();
  }
  return session.exitCode ?? 1;
}

function failure(id: string | number | null, code: number, message: string): object {
  return { id, error: { code, message } };
}

/** The reply to one message, or null where none is due. */
function replyTo(session: Session, text: string): object | null {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return failure(null, codes.parseError, "The message is not JSON.");
  }
  if (typeof message !== "object" || message === null || Array.isArray(message))
    return failure(null, codes.invalidRequest, "A message is one JSON object.");
  const { id, method, params } = message as Record<string, unknown>; // an object, checked above
  if (method === undefined && ("result" in message || "error" in message)) return null;
  const known = typeof id === "string" || typeof id === "number" ? id : null;
  if (typeof method !== "string" || (id !== undefined && known === null))
    return failure(
      known,
      codes.invalidRequest,
      "A message has a method, and an id that is a string or a number.",
    );
  return known === null ? take(session, method, params) : answer(session, known, method, params);
}

function answer(session: Session, id: string | number, method: string, params: unknown): object {
  try {
    return { id, result: session.answer(method, params) ?? null };
  } catch (error) {
    if (error instanceof RpcError) return failure(id, error.code, error.message);
    return failure(id, codes.internalError, `${method} failed: ${describe(error)}`);
  }
}

/** A notification has no reply: one that fails is told as a message for the log. */
function take(session: Session, method: string, params: unknown): object | null {
  try {
    session.take(method, params);
    return null;
  } catch (error) {
    const message = `${method} was ignored: ${describe(error)}`;
    return { method: "window/logMessage", params: { type: 1, message } };
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
