// Transport to services that misbehave: each ends as a typed “unavailable”, and nothing is thrown.
import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { type TestContext, test } from "node:test";
import { pino } from "pino";
import { createCaller } from "./caller.ts";
import { createKeyRing, newKey } from "./keys.ts";
import { orders } from "./test/orders.ts";
import { createTransport } from "./transport.ts";

/** Asks a server that does `behave` with each connection, or nothing at the port when null. */
async function askOf(t: TestContext, behave: ((socket: Socket) => void) | null, queryMs: number) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    behave?.(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // a TCP server's address is never a string or null
  const end = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  if (behave === null) end();
  const transport = createTransport({ orders: `http://127.0.0.1:${port}` });
  t.after(async () => {
    await transport.close();
    end();
  });
  const caller = createCaller({
    service: "cart",
    keys: createKeyRing({ "cart>orders": [{ version: 1, key: newKey() }] }),
    transport,
    log: pino({ level: "silent" }),
    now: () => new Date(),
    deadlines: { queryMs, actionMs: queryMs },
  });
  return await caller.fetchData(orders.queries.echo, { text: "x" });
}

const long = 60_000;
const whole = '{"text":"x","caller":"cart"}';
const reply = (head: string, body: string) => (socket: Socket) =>
  socket.once("data", () => socket.end(`HTTP/1.1 ${head}\r\nconnection: close\r\n\r\n${body}`));

const cases: readonly (readonly [string, ((socket: Socket) => void) | null, number, string])[] = [
  ["refuses the connection", null, long, "unreachable"],
  ["accepts and never answers", () => {}, 60, "timeout"],
  ["hangs up", (socket) => socket.once("data", () => socket.destroy()), long, "unreachable"],
  [
    "does not speak HTTP",
    (socket) => socket.once("data", () => socket.end("hello\r\n\r\n")),
    long,
    "unreachable",
  ],
  ["ends before its answer does", reply("200 OK\r\ncontent-length: 1000", whole), long, "unreachable"],
  ["answers nonsense", reply("200 OK", "<p>hello</p>"), long, "not-understood"],
  ["answers by another contract", reply("200 OK", '{"text":1}'), long, "not-understood"],
  ["sends elsewhere", reply("302 Found\r\nlocation: http://127.0.0.1/", whole), long, "refused 302"],
  ["never ends its answer", trickle, 200, "timeout"],
  ["answers without limit", reply("200 OK", "x".repeat(3 * 1024 * 1024)), long, "unreachable"],
];

function trickle(socket: Socket): void {
  socket.once("data", () => {
    socket.write("HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n");
    const drip = setInterval(() => socket.write(" "), 10);
    socket.once("close", () => clearInterval(drip));
  });
}

for (const [what, behave, deadlineMs, reason] of cases) {
  test(`a service that ${what} is unavailable`, async (t) => {
    const outcome = await askOf(t, behave, deadlineMs);
    assert.deepEqual(outcome, { kind: "unavailable", service: "orders", reason });
  });
}

test("a service of which no address is known is unavailable; one that answers properly is not", async (t) => {
  const good = await askOf(t, reply("200 OK", whole), long);
  assert.deepEqual(good, { kind: "answered", answer: { text: "x", caller: "cart" } });
  const transport = createTransport({});
  t.after(() => transport.close());
  const message = { method: "GET", authority: "orders.internal", target: "/", headers: [], body: null };
  await assert.rejects(transport.send("orders", message, AbortSignal.timeout(long)), /No address of orders/);
});
