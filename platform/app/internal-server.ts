// The internal server: HTTP for the calls of services in other processes, on an address of its own that no proxy
// shows to the public. Promise: what is verified are the request line and headers exactly as they were received;
// a body over the limit is read just beyond it, which is enough for the handler to refuse it.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, isIP } from "node:net";
import { largestMessageBytes, longestTarget } from "../rpc/server.ts";
import type { InternalHandler, InternalReply } from "../rpc/transport.ts";
import { bindServer, type RunningServer, stopServer } from "./server.ts";

/** How long the rest of a refused body is thrown away, so that its sender gets to read the refusal. */
const lingerMs = 1000;
/** Of the request line and headers: the longest target and our own headers fit, so the limit is the target's. */
const headBytes = longestTarget + 16 * 1024;

/**
 * Listens on `address` ("http://10.0.0.5:9006"; port 0: any free one), on this machine's own address only where
 * it is a local one.
 */
export async function listenInternally(
  name: string,
  address: string,
  handle: InternalHandler,
): Promise<RunningServer> {
  const server = createServer({
    maxHeaderSize: headBytes,
    requestTimeout: 10_000,
    headersTimeout: 5_000,
    keepAliveTimeout: 10_000,
  });
  const url = new URL(address);
  // A numeric address is this machine's own on the inner network; a name may be of several.
  const host = isIP(url.hostname) ? url.hostname : undefined;
  await bindServer(server, `${name} (internal)`, address, Number(url.port || 80), host);
  server.on("request", (incoming, outgoing) => void answer(incoming, outgoing, handle));
  const bound = (server.address() as AddressInfo).port; // a TCP server's address is never a string or null
  return { port: bound, stop: (graceMs) => stopServer(server, graceMs) };
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  handle: InternalHandler,
): Promise<void> {
  let reply: InternalReply;
  try {
    reply = await handle({
      method: incoming.method ?? "",
      authority: incoming.headers.host ?? "",
      target: incoming.url ?? "",
      headers: pairs(incoming.rawHeaders),
      body: await readBody(incoming),
    });
  } catch {
    incoming.destroy(); // cut off by the other side while it sent
    return;
  }
  const arrivedWhole = incoming.complete;
  outgoing.writeHead(reply.status, {
    "content-type": reply.type,
    "content-length": Buffer.byteLength(reply.body),
    "cache-control": "no-store",
    ...(arrivedWhole ? {} : { connection: "close" }),
  });
  if (arrivedWhole) {
    outgoing.end(reply.body);
  } else {
    outgoing.write(reply.body);
    throwAwayRest(incoming, () => outgoing.end());
  }
}

/** A connection that is cut while a body still arrives would take the refusal with it. */
function throwAwayRest(incoming: IncomingMessage, end: () => void): void {
  const patience = setTimeout(() => incoming.destroy(), lingerMs);
  incoming.once("end", end);
  incoming.once("close", () => clearTimeout(patience));
  incoming.resume();
}

/** The body, null without one; of a body over the limit no more than its beginning. */
async function readBody(incoming: IncomingMessage): Promise<Uint8Array | null> {
  const { "content-length": length, "transfer-encoding": encoding } = incoming.headers;
  if (length === undefined && encoding === undefined) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  const arriving: AsyncIterable<Uint8Array> = incoming.iterator({ destroyOnReturn: false });
  for await (const chunk of arriving) {
    size += chunk.byteLength;
    chunks.push(chunk);
    if (size > largestMessageBytes) break;
  }
  return Buffer.concat(chunks);
}

function pairs(rawHeaders: readonly string[]): [string, string][] {
  return Array.from({ length: rawHeaders.length / 2 }, (_, index) => [
    rawHeaders[2 * index] ?? "",
    rawHeaders[2 * index + 1] ?? "",
  ]);
}
