// The server of internal calls, reached in one process. The cases are in test/call-cases.ts; the same over HTTP
// are in app/internal-server.test.ts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as settle } from "node:timers/promises";
import { forEachDriver } from "../store/test-database.ts";
import { createCaller } from "./caller.ts";
import { createKeyRing, type KeyPairs, type KeyRing, newKey } from "./keys.ts";
import { declareCallCases } from "./test/call-cases.ts";
import { openOrders, orders, ordersMigrations } from "./test/orders.ts";
import { createTransport } from "./transport.ts";

await declareCallCases("in one process", async (t, handle) => {
  const transport = createTransport({});
  t.after(() => transport.close());
  transport.attach("orders", handle);
  return transport;
});

/** A ring that is exchanged while it is used. */
function movable(pairs: KeyPairs): KeyRing & { move(pairs: KeyPairs): void } {
  let ring = createKeyRing(pairs);
  return {
    move(next) {
      ring = createKeyRing(next);
    },
    signingKey: (caller, callee) => ring.signingKey(caller, callee),
    verifyingKey: (id) => ring.verifyingKey(id),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: the tables of orders and the platform's
await forEachDriver<any>(ordersMigrations, ({ driver, open }) => {
  test(`${driver}: while keys are rotated under traffic no call fails`, async (t) => {
    const [first, second] = [newKey(), newKey()];
    const only = (version: number, key: string): KeyPairs => ({ "cart>orders": [{ version, key }] });
    const both = (signs: boolean): KeyPairs => ({
      "cart>orders": [
        { version: 1, key: first },
        { version: 2, key: second, signs },
      ],
    });
    const [signer, verifier] = [movable(only(1, first)), movable(only(1, first))];
    const bed = openOrders(t, await open(t), { keys: verifier });
    const transport = createTransport({});
    t.after(() => transport.close());
    transport.attach("orders", bed.handle);
    const keysUsed = new Set<string>();
    const cart = createCaller({
      service: "cart",
      keys: signer,
      transport: {
        send(callee, message, signal) {
          keysUsed.add(/keyid="([^"]+)"/.exec(message.headers.flat().join())?.[1] ?? "");
          return transport.send(callee, message, signal);
        },
      },
      log: bed.log,
      now: () => new Date(),
    });
    const outcomes: string[] = [];
    let ending = false;
    const traffic = Array.from({ length: 4 }, async (_, lane) => {
      for (let count = 0; !ending; count++) {
        await settle(); // a call on the embedded database may never leave the microtasks
        const order = { sku: "a", quantity: 1 };
        const options = { idempotencyKey: `${lane}-${count}` };
        outcomes.push((await cart.fetchData(orders.queries.echo, { text: "x" })).kind);
        outcomes.push((await cart.callAction(orders.actions.placeOrder, order, options)).kind);
      }
    });
    const more = async () => {
      for (const wanted = outcomes.length + 16; outcomes.length < wanted; ) await settle();
    };
    await more();
    for (const pairs of [both(false), both(true), only(2, second)]) {
      for (const side of [signer, verifier]) {
        side.move(pairs);
        await more();
      }
    }
    ending = true;
    await Promise.all(traffic);
    assert.deepEqual([...new Set(outcomes)], ["answered"]);
    assert.deepEqual([...keysUsed], ["cart>orders:1", "cart>orders:2"]);
    // The control: a signer that is left behind is refused.
    signer.move(only(1, first));
    assert.equal((await cart.fetchData(orders.queries.echo, { text: "x" })).kind, "unavailable");
  });
});
