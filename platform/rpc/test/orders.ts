// Orders for the tests of calls: an invented service behind its contract, with a real database, and callers of it.
// Whatever is sent is remembered, and at the end no line of the log may hold a key, a nonce or a MAC of it.
import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { sql } from "kysely";
import { type Logger, pino } from "pino";
import { z } from "zod";
import type { Database } from "../../store/store.ts";
import { type Answers, defineAnswers } from "../answers.ts";
import { type Caller, createCaller, type Deadlines } from "../caller.ts";
import { defineContract } from "../contract.ts";
import { createKeyRing, type KeyPairs, type KeyRing, newKey } from "../keys.ts";
import { createInternalServer, type InternalServerSettings, RefusedRequest } from "../server.ts";
import type { SignedMessage } from "../signature.ts";
import type { InternalHandler, Transport } from "../transport.ts";

export const ordersMigrations = new URL("migrations", import.meta.url);

// biome-ignore lint/suspicious/noExplicitAny: the tables of orders and the platform's
export type OrdersDatabase = Database<any>;

export const orders = defineContract("orders", {
  queries: {
    echo: {
      params: z.object({ text: z.string() }),
      answer: z.object({ text: z.string(), caller: z.string() }),
      callers: "any",
    },
    stockLevel: {
      params: z.object({ sku: z.string().max(10) }),
      answer: z.object({ count: z.int() }),
      callers: ["cart"],
    },
    /** As many characters as asked for. */
    bulk: { params: z.object({ length: z.int() }), answer: z.string(), callers: "any" },
    /** Comes when the test says so. */
    late: { params: z.object({}), answer: z.object({ came: z.literal(true) }), callers: "any" },
    nonsense: { params: z.object({}), answer: z.object({ count: z.int() }), callers: "any" },
    senseless: { params: z.object({}), answer: z.null(), callers: "any" },
  },
  actions: {
    placeOrder: {
      payload: z.object({ sku: z.string(), quantity: z.int().min(1) }),
      answer: z.discriminatedUnion("kind", [
        z.object({ kind: z.literal("placed"), number: z.int(), caller: z.string() }),
        z.object({ kind: z.literal("sold-out") }),
      ]),
      callers: ["cart"],
    },
    /** Another action, for a key that was used already. */
    cancelAll: { payload: z.object({}), answer: z.null(), callers: "any" },
  },
  facts: { placed: { type: "Create", visibility: "internal", data: z.unknown() } },
  fragments: {
    badge: { params: z.object({ viewer: z.enum(["guest", "member"]) }), freshMs: 1000 },
  },
});

const pairs = ["cart>orders", "orders>cart", "blog>orders", "cart>blog"];

export interface OrdersBed {
  readonly database: OrdersDatabase;
  readonly keys: KeyPairs;
  readonly ring: KeyRing;
  readonly handle: InternalHandler;
  readonly log: Logger;
  /** What was logged, a line of JSON each. */
  readonly lines: string[];
  /** What was sent by callers made here, oldest first. */
  readonly sent: SignedMessage[];
  /** Switched by a test: whether placing an order fails after its work, and when late answers come. */
  readonly mood: { failing: boolean; late: Promise<void> };
  /** The time, moved by a test; both sides have it. */
  readonly clock: { now: Date };
  caller(transport: Transport, as?: string, deadlines?: Deadlines): Caller;
  /** The reasons of what was logged. */
  reasons(): (string | undefined)[];
  placedRows(): Promise<{ caller: string; sku: string }[]>;
}

/** Opens orders on `database`. `replace` takes the place of what the server would be given. */
export function openOrders(
  t: TestContext,
  database: OrdersDatabase,
  replace: Partial<InternalServerSettings> = {},
): OrdersBed {
  const keys = Object.fromEntries(pairs.map((pair) => [pair, [{ version: 1, key: newKey() }]]));
  const ring = createKeyRing(keys);
  const lines: string[] = [];
  const log = pino({ level: "trace" }, { write: (line: string) => void lines.push(line) });
  const sent: SignedMessage[] = [];
  const mood: OrdersBed["mood"] = { failing: false, late: Promise.resolve() };
  const clock = { now: new Date() };
  const handle = createInternalServer({
    service: "orders",
    contract: orders,
    answers: answersOf(database, mood),
    keys: ring,
    database,
    draw: ({ component, props }) => `<p title="${component}">${JSON.stringify(props)}</p>`,
    async receive(tx, sender, activities) {
      for (const { id } of activities) {
        await sql`insert into heard (sender, activity_id) values (${sender}, ${id})`.execute(tx);
      }
    },
    log,
    now: () => clock.now,
    ...replace,
  });
  t.after(() => refuseSecrets(lines, keys, sent));
  return {
    database,
    keys,
    ring,
    handle,
    log,
    lines,
    sent,
    mood,
    clock,
    caller: (transport, as = "cart", deadlines = { queryMs: 60_000, actionMs: 60_000 }) =>
      createCaller({
        service: as,
        keys: replace.keys ?? ring,
        transport: {
          send(callee, message, signal) {
            sent.push(message);
            return transport.send(callee, message, signal);
          },
        },
        log,
        now: () => clock.now,
        deadlines,
      }),
    reasons: () => lines.map((line) => (JSON.parse(line) as { reason?: string }).reason), // as pino writes it
    async placedRows() {
      const found = await sql<{ caller: string; sku: string }>`
        select caller, sku from placed order by id`.execute(database.query);
      return found.rows;
    },
  };
}

function answersOf(database: OrdersDatabase, mood: OrdersBed["mood"]): Answers<typeof orders> {
  return defineAnswers(orders, {
    queries: {
      echo: async ({ text }, { caller }) => ({ text, caller }),
      async stockLevel({ sku }) {
        const found = await sql<{ count: string }>`
          select count(*) as count from placed where sku = ${sku}`.execute(database.query);
        return { count: 10 - Number(found.rows[0]?.count) };
      },
      bulk: async ({ length }) => "x".repeat(length),
      async late() {
        await mood.late;
        return { came: true };
      },
      nonsense: async () => ({ count: "many" as unknown as number }), // against its contract on purpose
      async senseless() {
        throw new RefusedRequest("there is no such place in the list");
      },
    },
    actions: {
      async placeOrder({ sku, quantity }, { tx, caller }) {
        const found = await sql<{ id: string }>`
          insert into placed (caller, sku, quantity) values (${caller}, ${sku}, ${quantity})
          returning id`.execute(tx);
        if (mood.failing) throw new Error("the paper is out");
        return { kind: "placed", number: Number(found.rows[0]?.id), caller };
      },
      async cancelAll(_, { tx }) {
        await sql`delete from placed`.execute(tx);
        return null;
      },
    },
    fragments: {
      badge: async ({ viewer }) => ({ component: "~badge", props: { viewer } }),
    },
  });
}

function refuseSecrets(lines: readonly string[], keys: KeyPairs, sent: readonly SignedMessage[]): void {
  const texts = sent.flatMap(({ headers }) =>
    headers.flatMap(([name, value]) => {
      if (name === "signature") return [value.slice("rose=:".length, -1)];
      return name === "signature-input" ? [/nonce="([^"]+)"/.exec(value)?.[1] ?? "no nonce"] : [];
    }),
  );
  const secrets = [...texts, ...Object.values(keys).flatMap((versions) => versions.map(({ key }) => key))];
  for (const line of lines) {
    const shown = secrets.find((secret) => line.includes(secret));
    assert.equal(shown, undefined, `the log shows a secret: ${line}`);
  }
}
