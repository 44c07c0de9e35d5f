// The internal server: HTTP for the calls of services in other processes, on an address of its own that no proxy
// shows to the public. Promise: what is verified are the request line and headers exactly as they were received;
// a body over the limit is refused before it is read whole.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { largestMessageBytes } from "../rpc/server.ts";
import type { InternalHandler, InternalReply } from "../rpc/transport.ts";
import { bindServer, stopServer } from "./server.ts";

/** Listens on `address` ("http://10.0.0.5:9006"), on this machine's own address only where it is a local one. */
export async function listenInternally(
  name: string,
  address: string,
  handle: InternalHandler,
): Promise<{ stop(graceMs: number): Promise<void> }> {
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000, keepAliveTimeout: 10_000 });
  const port = Number(new URL(address).port || 80);
  await bindServer(server, `${name} (internal)`, address, port);
  server.on("request", (incoming, outgoing) => void answer(incoming, outgoing, handle));
  return { stop: (graceMs) => stopServer(server, graceMs) };
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  handle: InternalHandler,
): Promise<void> {
  let reply: InternalReply;
  try {
    const body = await readBody(incoming);
    reply =
      body === "too-large"
        ? { status: 413, type: "text/plain", body: "too large" }
        : await handle({
            method: incoming.method ?? "",
            authority: incoming.headers.host ?? "",
            target: incoming.url ?? "",
            headers: pairs(incoming.rawHeaders),
            body,
          });
  } catch {
    incoming.destroy(); // cut off by the other side while it sent
    return;
  }
  outgoing.writeHead(reply.status, {
    "content-type": reply.type,
    "content-length": Buffer.byteLength(reply.body),
    "cache-control": "no-store",
  });
  outgoing.end(reply.body);
}

async function readBody(incoming: IncomingMessage): Promise<Uint8Array | null | "too-large"> {
  const { "content-length": length, "transfer-encoding": encoding } = incoming.headers;
  if (length === undefined && encoding === undefined) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > largestMessageBytes) return "too-large";
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function pairs(rawHeaders: readonly string[]): [string, string][] {
  return Array.from({ length: rawHeaders.length / 2 }, (_, index) => [
    rawHeaders[2 * index] ?? "",
    rawHeaders[2 * index + 1] ?? "",
  ]);
}
