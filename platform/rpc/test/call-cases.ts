// What must hold for calls, whichever way they take: in one process or over HTTP. server.test.ts and
// app/internal-server.test.ts run these cases, each with its own way, on both databases.
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { sql } from "kysely";
import { forEachDriver } from "../../store/test-database.ts";
import type { Activity } from "../activity.ts";
import type { InternalKey } from "../keys.ts";
import { largestMessageBytes } from "../server.ts";
import { type MessageToSign, type SignedMessage, signMessage } from "../signature.ts";
import { type Exchanges, type InternalHandler, largestReplyBytes, type Transport } from "../transport.ts";
import { type OrdersBed, openOrders, orders, ordersMigrations } from "./orders.ts";

/** Makes a transport by which `handle` is reached as “orders”; closed when `t` ends. */
export type Way = (t: TestContext, handle: InternalHandler) => Promise<Exchanges>;

interface Case extends OrdersBed {
  readonly transport: Transport;
  /** Signs and sends a message of our own making; answers the status and what was refused. */
  send(message: Partial<MessageToSign>, options?: { key?: InternalKey; now?: Date }): Promise<string>;
  /** Sends signed bytes as they are. */
  repeat(message: SignedMessage): Promise<string>;
}

type Run = (bed: Case) => Promise<void>;

const order = { sku: "a", quantity: 1 };
const once = { idempotencyKey: "order-1" };
const { echo, stockLevel, bulk, late, nonsense, senseless } = orders.queries;
const { placeOrder } = orders.actions;
const { badge } = orders.fragments;

const questions: Readonly<Record<string, Run>> = {
  async "a question, an order and a fragment get their typed answers"({ caller, transport }) {
    const cart = caller(transport);
    assert.deepEqual(await cart.fetchData(stockLevel, { sku: "a" }), answered({ count: 10 }));
    const placed = answered({ kind: "placed", number: 1, caller: "cart" });
    assert.deepEqual(await cart.callAction(placeOrder, order, once), placed);
    assert.deepEqual(await cart.fetchData(stockLevel, { sku: "a" }), answered({ count: 9 }));
    const markup = '<p title="~badge">{"viewer":"member"}</p>';
    assert.deepEqual(await cart.fetchFragment(badge, { viewer: "member" }), answered(markup));
  },

  async "texts arrive as they were sent"({ caller, transport }) {
    const texts = [
      "it's 100 % a/b\\c?d#e&f=g+h ;\"'<>",
      "%2F%00%",
      "../..//./%2e",
      "line\r\nbreak\ttab\u0000nul",
      "🌹 ひ é é \u202e \u2028",
      "\ud800 alone",
      "",
      "x".repeat(60_000),
    ];
    for (const text of texts) {
      const outcome = await caller(transport).fetchData(echo, { text });
      assert.deepEqual(outcome, answered({ text, caller: "cart" }), text.slice(0, 40));
    }
  },

  async "who asks for more than a target may hold is refused the same way everywhere"(bed) {
    const outcome = await bed.caller(bed.transport).fetchData(echo, { text: "x".repeat(200_000) });
    assert.deepEqual(outcome, unavailable("refused 414"));
  },

  async "an unknown name is 404"(bed) {
    const targets = ["data/nothing", "data/__proto__", "data/constructor", "data/stockLevel", "fragments/x"];
    for (const target of [...targets, "data", "data/", "other", "data/echo/x"]) {
      assert.match(await bed.send({ target: `/internal/${target}?params={}` }), /^404/, target);
    }
    assert.match(await bed.send({ ...post("/internal/actions/nothing", "{}") }), /^404/);
    assert.match(await bed.send({ ...post("/internal/data/echo", "{}") }), /^404/);
    assert.match(await bed.send({ target: "/internal/actions/place-order" }), /^404/);
    assert.match(await bed.send({ method: "DELETE", target: "/internal/data/echo" }), /^404/);
    assert.equal((await bed.placedRows()).length, 0);
  },

  async "a caller who is not allowed is 403"(bed) {
    const blog = bed.caller(bed.transport, "blog");
    assert.deepEqual(await blog.fetchData(stockLevel, { sku: "a" }), unavailable("refused 403"));
    assert.deepEqual(await blog.callAction(placeOrder, order, once), unavailable("refused 403"));
    assert.ok(bed.reasons().includes("the caller may not ask this"));
    assert.equal((await bed.placedRows()).length, 0);
  },

  async "params that do not fit are 400, with the place in the log and without the value"(bed) {
    const params = encodeURIComponent('{"sku":"much-too-long-a-word"}');
    assert.match(await bed.send({ target: `/internal/data/stock-level?params=${params}` }), /^400/);
    assert.ok(bed.reasons().some((reason) => reason?.includes("sku too_big")));
    assert.ok(!bed.lines.join().includes("much-too-long"));
    for (const query of ["", "?params=", "?params={", "?params=[]", "?params=%FF", "?other={}"]) {
      assert.match(await bed.send({ target: `/internal/data/stock-level${query}` }), /^400/, query);
    }
  },

  async "what an answer finds senseless is 400, what it does not answer by its contract 500"(bed) {
    const cart = bed.caller(bed.transport);
    assert.deepEqual(await cart.fetchData(senseless, {}), unavailable("refused 400"));
    assert.ok(bed.reasons().includes("there is no such place in the list"));
    assert.deepEqual(await cart.fetchData(nonsense, {}), unavailable("refused 500"));
  },

  async "an answer over the limit or later than the deadline is unavailable"(bed) {
    const cart = bed.caller(bed.transport, "cart");
    const fits = await cart.fetchData(bulk, { length: largestReplyBytes - 2 }); // and two quotes
    assert.equal(fits.kind, "answered");
    assert.equal((await cart.fetchData(bulk, { length: largestReplyBytes - 1 })).kind, "unavailable");
    let letGo = () => {};
    bed.mood.late = new Promise((resolve) => {
      letGo = resolve;
    });
    const hasty = bed.caller(bed.transport, "cart", { queryMs: 50, actionMs: 50 });
    assert.deepEqual(await hasty.fetchData(late, {}), unavailable("timeout"));
    letGo();
    assert.deepEqual(await cart.fetchData(late, {}), answered({ came: true }));
  },
};

const attacks: Readonly<Record<string, Run>> = {
  async "the key of another direction opens nothing"(bed) {
    const { ring } = bed;
    const asCart = must(ring.signingKey("cart", "orders"));
    const reflected = { ...must(ring.signingKey("orders", "cart")), callee: "orders" };
    const elsewhere = { ...must(ring.signingKey("cart", "blog")), callee: "orders" };
    const stranger = { ...asCart, id: "shop>orders:1" };
    const nextVersion = { ...asCart, id: "cart>orders:2" };
    const question = { target: "/internal/data/echo?params={}" };
    assert.match(await bed.send(question, { key: reflected }), /^401 wrong-direction/);
    assert.match(await bed.send(question, { key: elsewhere }), /^401 wrong-direction/);
    assert.match(await bed.send(question, { key: stranger }), /^401 unknown-key/);
    assert.match(await bed.send(question, { key: nextVersion }), /^401 unknown-key/);
    const asBlog = { ...asCart, id: "blog>orders:1" };
    assert.match(await bed.send(question, { key: asBlog }), /^401 wrong-signature/);
  },

  async "a message is believed for thirty seconds before and after"(bed) {
    const target = `/internal/data/echo?params=${encodeURIComponent('{"text":"x"}')}`;
    const seconds = Math.floor(bed.clock.now.getTime() / 1000);
    for (const [late, expected] of [
      [30, /^200/],
      [31, /^401 stale/],
      [-30, /^200/],
      [-31, /^401 stale/],
    ] as const) {
      bed.clock.now = new Date((seconds + late) * 1000);
      assert.match(await bed.send({ target }, { now: new Date(seconds * 1000) }), expected, String(late));
    }
  },

  async "clocks that differ are told of once a minute, not with every call"(bed) {
    const signed = bed.clock.now;
    bed.clock.now = new Date(signed.getTime() + 10_000);
    const target = `/internal/data/echo?params=${encodeURIComponent('{"text":"x"}')}`;
    for (let count = 0; count < 5; count++) await bed.send({ target }, { now: signed });
    assert.equal(bed.lines.filter((line) => line.includes("set them by NTP")).length, 1);
  },

  async "an order that is replayed is refused and not done again"(bed) {
    await bed.caller(bed.transport).callAction(placeOrder, order, once);
    const message = must(bed.sent.at(-1));
    assert.match(await bed.repeat(message), /^401 replayed/);
    assert.match(await bed.repeat(message), /^401 replayed/);
    assert.equal((await bed.placedRows()).length, 1);
    assert.ok(bed.reasons().includes("replayed"));
  },

  async "an order that is replayed when its nonce is forgotten is answered and not done again"(bed) {
    await bed.caller(bed.transport).callAction(placeOrder, order, once);
    await sql`delete from call_nonce`.execute(bed.database.query);
    const answer = await bed.repeat(must(bed.sent.at(-1)));
    assert.match(answer, /^200/);
    assert.deepEqual(JSON.parse(answer.slice(4)), { kind: "placed", number: 1, caller: "cart" });
    assert.equal((await bed.placedRows()).length, 1);
  },

  async "facts that are replayed are refused and not kept again"(bed) {
    const cart = bed.caller(bed.transport);
    assert.equal((await cart.sendActivities("orders", [fact("cart/filled")])).kind, "answered");
    assert.match(await bed.repeat(must(bed.sent.at(-1))), /^401 replayed/);
    assert.deepEqual(await readHeard(bed), ["cart"]);
  },

  async "a service tells its own facts only, and at most a hundred at once"(bed) {
    const cart = bed.caller(bed.transport);
    for (const name of ["blog/filled", "cartoon/filled", "orders/placed"]) {
      assert.deepEqual(await cart.sendActivities("orders", [fact(name)]), unavailable("refused 403"), name);
    }
    const many = Array.from({ length: 101 }, () => fact("cart/filled"));
    assert.deepEqual(await cart.sendActivities("orders", many), unavailable("refused 400"));
    assert.deepEqual(await readHeard(bed), []);
  },

  async "while nonces cannot be recorded nothing is done, and questions are answered"(bed) {
    await sql`alter table call_nonce rename to call_nonce_gone`.execute(bed.database.query);
    const cart = bed.caller(bed.transport);
    assert.deepEqual(await cart.callAction(placeOrder, order, once), unavailable("refused 503"));
    assert.deepEqual(await cart.sendActivities("orders", [fact("cart/filled")]), unavailable("refused 503"));
    assert.deepEqual(await cart.fetchData(stockLevel, { sku: "a" }), answered({ count: 10 }));
    assert.deepEqual(await readHeard(bed), []);
    await sql`alter table call_nonce_gone rename to call_nonce`.execute(bed.database.query);
    assert.equal((await cart.callAction(placeOrder, order, once)).kind, "answered");
  },

  async "a body over the limit is 413, and one at the limit is looked at"(bed) {
    const target = "/internal/actions/place-order";
    const filled = (bytes: number) => post(target, JSON.stringify("x".repeat(bytes - 2)));
    assert.match(await bed.send(filled(largestMessageBytes + 1)), /^413/);
    assert.match(await bed.send(filled(4 * largestMessageBytes)), /^413/);
    assert.deepEqual(bed.reasons(), ["too-large", "too-large"]);
    assert.match(await bed.send({ ...filled(largestMessageBytes), ...once }), /^400/);
  },

  async "a body that is not UTF-8, not JSON or without its key is 400"(bed) {
    const target = "/internal/actions/place-order";
    const valid = JSON.stringify(order);
    const bad: Buffer[] = [
      Buffer.from([0xff, 0xfe, 0x7b, 0x7d]),
      Buffer.concat([Buffer.from('{"sku":"'), Buffer.from([0xc0, 0xaf]), Buffer.from('","quantity":1}')]),
      ...["", "{", "null", "[]", `${valid}${valid}`, '{"__proto__":{"sku":"a","quantity":1}}'].map((text) =>
        Buffer.from(text),
      ),
    ];
    for (const body of bad) {
      assert.match(await bed.send({ ...post(target, ""), body, ...once }), /^400/, body.toString("latin1"));
    }
    assert.match(await bed.send(post(target, valid)), /^400 no idempotency key/);
    assert.equal((await bed.placedRows()).length, 0);
  },

  async "a key named __proto__ changes nothing but itself"(bed) {
    const body =
      '{"sku":"a","quantity":1,"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":1}}}';
    assert.match(await bed.send({ ...post("/internal/actions/place-order", body), ...once }), /^200/);
    assert.equal(({} as { polluted?: unknown }).polluted, undefined);
  },
};

const repetitions: Readonly<Record<string, Run>> = {
  async "the same order with its key again has the same answer and one effect"(bed) {
    const cart = bed.caller(bed.transport);
    const first = await cart.callAction(placeOrder, order, once);
    assert.deepEqual(await cart.callAction(placeOrder, order, once), first);
    assert.equal((await bed.placedRows()).length, 1);
    await cart.callAction(placeOrder, order, { idempotencyKey: "order-2" });
    assert.equal((await bed.placedRows()).length, 2);
  },

  async "a key that was used for something else is 422"(bed) {
    const cart = bed.caller(bed.transport);
    await cart.callAction(placeOrder, order, once);
    const other = { ...order, quantity: 2 };
    assert.deepEqual(await cart.callAction(placeOrder, other, once), unavailable("refused 422"));
    assert.deepEqual(await cart.callAction(orders.actions.cancelAll, {}, once), unavailable("refused 422"));
    assert.equal((await bed.placedRows()).length, 1);
  },

  async "the same key of another caller is another order"(bed) {
    await bed.caller(bed.transport).callAction(placeOrder, order, once);
    const blog = bed.caller(bed.transport, "blog");
    assert.deepEqual(await blog.callAction(orders.actions.cancelAll, {}, once), answered(null));
    assert.deepEqual(await blog.callAction(orders.actions.cancelAll, {}, once), answered(null));
    assert.equal((await bed.placedRows()).length, 0);
  },

  async "fifty at once with one key have one effect and one answer"(bed) {
    const cart = bed.caller(bed.transport);
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, () => cart.callAction(placeOrder, order, once)),
    );
    for (const outcome of outcomes) assert.deepEqual(outcome, outcomes[0]);
    assert.equal(outcomes[0]?.kind, "answered");
    assert.equal((await bed.placedRows()).length, 1);
  },

  async "an order that fails leaves nothing and can be given again with its key"(bed) {
    const cart = bed.caller(bed.transport);
    bed.mood.failing = true;
    assert.deepEqual(await cart.callAction(placeOrder, order, once), unavailable("refused 500"));
    assert.equal((await bed.placedRows()).length, 0);
    bed.mood.failing = false;
    assert.equal((await cart.callAction(placeOrder, order, once)).kind, "answered");
    assert.equal((await bed.placedRows()).length, 1);
  },

  async "an order whose answer was lost is found done when it is given again"(bed) {
    const losing: Transport = {
      async send(...given) {
        await bed.transport.send(...given);
        throw new Error("the line was cut");
      },
    };
    const lost = await bed.caller(losing).callAction(placeOrder, order, once);
    assert.deepEqual(lost, unavailable("unreachable"));
    const found = await bed.caller(bed.transport).callAction(placeOrder, order, once);
    assert.deepEqual(found, answered({ kind: "placed", number: 1, caller: "cart" }));
    assert.equal((await bed.placedRows()).length, 1);
  },
};

/** Declares all cases for one way of transport. */
export async function declareCallCases(name: string, connect: Way): Promise<void> {
  // biome-ignore lint/suspicious/noExplicitAny: the tables of orders and the platform's
  await forEachDriver<any>(ordersMigrations, ({ driver, open }) => {
    for (const [claim, run] of Object.entries({ ...questions, ...attacks, ...repetitions })) {
      test(`${driver}, ${name}: ${claim}`, async (t) => {
        const bed = openOrders(t, await open(t));
        const transport = await connect(t, bed.handle);
        const repeat = async (message: SignedMessage) => {
          bed.sent.push(message);
          const { status, body } = await transport.send("orders", message, AbortSignal.timeout(60_000));
          const { refused = body } = status < 300 ? {} : (JSON.parse(body) as { refused?: string }); // by server.ts
          return `${status} ${refused}`;
        };
        const send: Case["send"] = (given, { key, now = bed.clock.now } = {}) => {
          const message = { method: "GET", authority: "orders.internal", target: "/", body: null, ...given };
          const headers = signMessage(message, key ?? must(bed.ring.signingKey("cart", "orders")), { now });
          return repeat({ ...message, headers });
        };
        await run({ ...bed, transport, send, repeat });
      });
    }
  });
}

function post(target: string, text: string): Partial<MessageToSign> {
  return { method: "POST", target, body: Buffer.from(text), contentType: "application/json" };
}

function fact(name: string): Activity {
  return {
    id: "https://cart.example.org/activities/1",
    type: "Create",
    fact: name,
    actor: "cart",
    object: "cart/basket/1",
    published: "2027-01-15T08:00:00Z",
    visibility: "internal",
    data: {},
  };
}

async function readHeard({ database }: OrdersBed): Promise<string[]> {
  const found = await sql<{ sender: string }>`select sender from heard`.execute(database.query);
  return found.rows.map(({ sender }) => sender);
}

function answered<T>(answer: T) {
  return { kind: "answered", answer };
}

function unavailable(reason: string) {
  return { kind: "unavailable", service: "orders", reason };
}

function must<T>(value: T | null | undefined): T {
  assert.ok(value);
  return value;
}
