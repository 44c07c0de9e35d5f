// The internal server: what holds for calls in one process (rpc/test/call-cases.ts) holds over HTTP, and what can
// be said over HTTP alone is refused.
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import { sql } from "kysely";
import { createOutbox } from "../bus/outbox.ts";
import { signMessage } from "../rpc/signature.ts";
import { declareCallCases } from "../rpc/test/call-cases.ts";
import { openOrders, ordersMigrations } from "../rpc/test/orders.ts";
import { createTransport } from "../rpc/transport.ts";
import { forEachDriver } from "../store/test-database.ts";
import { listenInternally } from "./internal-server.ts";

await declareCallCases("over HTTP", async (t, handle) => {
  const server = await listenInternally("orders", "http://127.0.0.1:0", handle);
  const transport = createTransport({ orders: `http://127.0.0.1:${server.port}` });
  t.after(async () => {
    await transport.close();
    await server.stop(0);
  });
  return transport;
});

/** Sends bytes as they are; answers the status line, empty when the connection was closed without one. */
async function sendRaw(port: number, text: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  let received = "";
  socket.on("data", (chunk) => {
    received += chunk.toString("latin1");
  });
  socket.on("error", () => {});
  socket.write(text);
  await once(socket, "close");
  return received.split("\r\n", 1)[0] ?? "";
}

// biome-ignore lint/suspicious/noExplicitAny: the tables of orders and the platform's
await forEachDriver<any>(ordersMigrations, ({ driver, open }) => {
  test(`${driver}: a request line or headers that two programs may read differently are refused`, async (t) => {
    const bed = openOrders(t, await open(t));
    const server = await listenInternally("orders", "http://127.0.0.1:0", bed.handle);
    t.after(() => server.stop(0));
    const key = bed.ring.signingKey("cart", "orders");
    assert.ok(key);
    const target = `/internal/data/echo?params=${encodeURIComponent('{"text":"x"}')}`;
    const message = { method: "GET", authority: "orders.internal", target, body: null };
    const headers = signMessage(message, key, { now: new Date() });
    const lines = [["host", "orders.internal"], ...headers, ["connection", "close"]].map(
      ([name, value]) => `${name}: ${value}`,
    );
    const send = (line: string, more: readonly string[] = []) =>
      sendRaw(server.port, `${[line, ...lines, ...more].join("\r\n")}\r\n\r\n`);

    assert.match(await send(`GET ${target} HTTP/1.1`), / 200 /); // the control
    assert.match(await send(`GET http://orders.internal${target} HTTP/1.1`), / 40[01] /);
    assert.match(await send(`GET ${target.replace("/data", "/x/../data")} HTTP/1.1`), / 401 /);
    assert.match(await send(`GET ${target.replace("/data", "//data")} HTTP/1.1`), / 401 /);
    for (const doubled of [...headers, ["host", "orders.internal"], ["Signature", "rose=:AA==:"]]) {
      assert.match(await send(`GET ${target} HTTP/1.1`, [doubled.join(": ")]), / 40[01] /, doubled[0]);
    }
    assert.match(await send(`GET ${target} HTTP/1.1`, ["content-length: 0"]), / 401 /);
    assert.match(await send(`GET ${target} HTTP/1.1`, ["host: blog.internal"]), / 40[01] /);
    assert.ok(bed.reasons().includes("duplicate-header") && bed.reasons().includes("bad-target"));
  });

  test(`${driver}: facts whose nonce is forgotten are kept once all the same`, async (t) => {
    const database = await open(t);
    const outbox = createOutbox({
      service: "orders",
      origin: "https://orders.example.org",
      targetsOf: () => [],
      now: () => new Date(),
      announce: () => {},
    });
    const bed = openOrders(t, database, { receive: outbox.receive });
    const server = await listenInternally("orders", "http://127.0.0.1:0", bed.handle);
    const transport = createTransport({ orders: `http://127.0.0.1:${server.port}` });
    t.after(async () => {
      await transport.close();
      await server.stop(0);
    });
    const activity = {
      id: "https://cart.example.org/activities/1",
      type: "Create",
      fact: "cart/filled",
      actor: "cart",
      object: "cart/basket/1",
      published: "2027-01-15T08:00:00Z",
      visibility: "internal" as const,
      data: {},
    };
    assert.equal((await bed.caller(transport).sendActivities("orders", [activity])).kind, "answered");
    await sql`delete from call_nonce`.execute(database.query);
    const [sent] = bed.sent;
    assert.ok(sent);
    assert.equal((await transport.send("orders", sent, AbortSignal.timeout(60_000))).status, 202);
    const found = await sql<{ id: string }>`select id from activity`.execute(database.query);
    assert.deepEqual(found.rows, [{ id: activity.id }]);
  });
});
