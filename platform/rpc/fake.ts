// Fakes: a stand-in for a service that is not there, made of its contract alone, for the tests of its neighbours.
// Promise: it answers by the contract or throws what is wrong with the test; an order has one effect per caller
// and key, as with the real one. It is attached where a service is: `transport.attach("likes", fake.handle)`.
import type { z } from "zod";
import { type Action, type AnyContract, findPart, type Query } from "./contract.ts";
import { makeAnswer } from "./fake-answer.ts";
import type { KeyRing } from "./keys.ts";
import { type SignedMessage, verifyMessage } from "./signature.ts";
import type { InternalHandler, InternalReply } from "./transport.ts";

type Answer<Input extends z.ZodType, Output extends z.ZodType> = (
  input: z.infer<Input>,
  asked: { readonly caller: string },
) => z.input<Output> | Promise<z.input<Output>>;

/** What the fake is to answer, where it is not to make something up. */
export interface FakeAnswers<Found extends AnyContract> {
  readonly queries?: {
    readonly [Key in keyof Found["queries"]]?: Answer<
      Found["queries"][Key]["params"],
      Found["queries"][Key]["answer"]
    >;
  };
  readonly actions?: {
    readonly [Key in keyof Found["actions"]]?: Answer<
      Found["actions"][Key]["payload"],
      Found["actions"][Key]["answer"]
    >;
  };
  /** Markup; unless said, an empty piece. */
  readonly fragments?: {
    readonly [Key in keyof Found["fragments"]]?: (
      params: z.infer<Found["fragments"][Key]["params"]>,
    ) => string;
  };
}

export interface FakeOptions {
  /** With a ring, messages are verified as by the real service; without, the caller they name is believed. */
  readonly keys?: KeyRing;
  readonly now?: () => Date;
}

export interface Fake {
  readonly handle: InternalHandler;
  /** What took effect, in order: `name` as in the contract's addresses, “inbox” for activities. */
  readonly asked: { readonly name: string; readonly input: unknown; readonly caller: string }[];
  /** While true, nothing is answered: callers find the service unavailable. */
  down: boolean;
}

/** The answer by name of any contract. */
type Override = ((input: unknown, asked: { caller: string }) => unknown) | undefined;

/** Makes a fake of the service with this contract. */
export function createFake<Found extends AnyContract>(
  contract: Found,
  answers: FakeAnswers<Found> = {},
  { keys, now = () => new Date() }: FakeOptions = {},
): Fake {
  const done = new Map<string, { readonly what: string; readonly reply: Promise<InternalReply> }>();
  const fake: Fake = { asked: [], down: false, handle };
  return fake;

  async function handle(message: SignedMessage): Promise<InternalReply> {
    if (fake.down) throw new Error(`The fake of ${contract.service} is switched to down.`);
    const sender = identify(message, keys, contract.service, now());
    if (sender === null) return refuse(401);
    const { caller, idempotencyKey } = sender;
    const [path = "", query = ""] = message.target.split("?", 2);
    const [, , group = "", name = ""] = path.split("/");
    const text =
      message.body === null ? new URLSearchParams(query).get("params") : Buffer.from(message.body).toString();
    if (message.method === "GET" && group === "data") return await ask(name, text, caller);
    if (message.method === "GET" && group === "fragments") return draw(name, text, caller);
    if (message.method !== "POST") return refuse(404);
    if (group === "inbox") {
      const activities: unknown = JSON.parse(text ?? "");
      fake.asked.push({ name: "inbox", input: activities, caller });
      return { status: 202, type: "application/json", body: "{}" };
    }
    if (group !== "actions") return refuse(404);
    if (idempotencyKey === null) return refuse(400);
    return await takeOnce(`${caller} ${idempotencyKey}`, `${name} ${text}`, () => order(name, text, caller));
  }

  async function ask(name: string, text: string | null, caller: string): Promise<InternalReply> {
    const found = findPart(contract.queries, name);
    if (found === null) return refuse(404);
    const override = answers.queries?.[found.key] as Override; // by the same key as its part
    return await answer(found.part, found.part.params, override, text, caller);
  }

  async function order(name: string, text: string | null, caller: string): Promise<InternalReply> {
    const found = findPart(contract.actions, name);
    if (found === null) return refuse(404);
    const override = answers.actions?.[found.key] as Override; // by the same key as its part
    return await answer(found.part, found.part.payload, override, text, caller);
  }

  async function answer(
    { kind, service, name, callers, answer: output }: Query | Action,
    input: z.ZodType,
    override: Override,
    text: string | null,
    caller: string,
  ): Promise<InternalReply> {
    if (callers !== "any" && !callers.includes(caller)) return refuse(403);
    const parsed = input.safeParse(readJson(text));
    if (!parsed.success) return refuse(400);
    const value = override
      ? await override(parsed.data, { caller })
      : makeAnswer(output, `${kind} ${service}/${name}`);
    const body = JSON.stringify(output.parse(value));
    fake.asked.push({ name, input: parsed.data, caller });
    return { status: 200, type: "application/json", body };
  }

  function draw(name: string, text: string | null, caller: string): InternalReply {
    const found = findPart(contract.fragments, name);
    if (found === null) return refuse(404);
    const parsed = found.part.params.safeParse(readJson(text));
    if (!parsed.success) return refuse(400);
    const override = answers.fragments?.[found.key] as ((params: unknown) => string) | undefined; // by the same name
    const body = override?.(parsed.data) ?? "";
    fake.asked.push({ name, input: parsed.data, caller });
    return { status: 200, type: "text/html; charset=utf-8", body };
  }

  async function takeOnce(
    key: string,
    what: string,
    work: () => Promise<InternalReply>,
  ): Promise<InternalReply> {
    const before = done.get(key);
    if (before) return before.what === what ? await before.reply : refuse(422);
    const reply = work();
    done.set(key, { what, reply });
    try {
      const { status } = await reply;
      if (status !== 200) done.delete(key);
      return await reply;
    } catch (error) {
      done.delete(key);
      throw error;
    }
  }
}

function identify(
  message: SignedMessage,
  keys: KeyRing | undefined,
  callee: string,
  now: Date,
): { caller: string; idempotencyKey: string | null } | null {
  if (keys) {
    const verified = verifyMessage(message, keys, { callee, now });
    return verified.kind === "verified" ? verified : null;
  }
  const header = (wanted: string) => message.headers.find(([name]) => name === wanted)?.[1];
  const caller = /keyid="([^>"]+)>/.exec(header("signature-input") ?? "")?.[1] ?? "nobody";
  return { caller, idempotencyKey: header("idempotency-key") ?? null };
}

/** Undefined for what is no JSON, which no schema of a contract takes. */
function readJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}

function refuse(status: number): InternalReply {
  return { status, type: "application/json", body: '{"refused":"by the fake"}' };
}
