// Answers: a service's functions behind its contract, one per query, action and fragment, by the same keys.
// Promise: params and payloads have passed the contract's schema, and the caller's signature is verified.
import type { Transaction } from "kysely";
import type { z } from "zod";
import type { AnyContract } from "./contract.ts";

/** Who asks. */
export interface Asked {
  /** The calling service. */
  readonly caller: string;
  readonly now: Date;
}

/** An order under way: what is done in `tx` is kept together with the record that it was done. */
export interface Ordered extends Asked {
  // biome-ignore lint/suspicious/noExplicitAny: the tables are the service's own; only its store knows them
  readonly tx: Transaction<any>;
  readonly idempotencyKey: string;
}

/** What a fragment looks like: a component of the service's views and its props. */
export interface Drawing {
  readonly component: string;
  readonly props: Readonly<Record<string, unknown>>;
}

export interface Answers<Found extends AnyContract> {
  readonly queries: {
    readonly [Key in keyof Found["queries"]]: (
      params: z.infer<Found["queries"][Key]["params"]>,
      asked: Asked,
    ) => Promise<z.input<Found["queries"][Key]["answer"]>>;
  };
  readonly actions: {
    readonly [Key in keyof Found["actions"]]: (
      payload: z.infer<Found["actions"][Key]["payload"]>,
      order: Ordered,
    ) => Promise<z.input<Found["actions"][Key]["answer"]>>;
  };
  readonly fragments: {
    readonly [Key in keyof Found["fragments"]]: (
      params: z.infer<Found["fragments"][Key]["params"]>,
      asked: Asked,
    ) => Promise<Drawing>;
  };
}

/** The answers of any service, for the server that looks them up by name. */
export interface AnyAnswers {
  readonly queries: Readonly<Record<string, (params: never, asked: Asked) => Promise<unknown>>>;
  readonly actions: Readonly<Record<string, (payload: never, order: Ordered) => Promise<unknown>>>;
  readonly fragments: Readonly<Record<string, (params: never, asked: Asked) => Promise<Drawing>>>;
}

/** Returns `answers` as they are, checked against the contract by the compiler: each key once, none missing. */
export function defineAnswers<Found extends AnyContract>(
  _contract: Found,
  answers: Answers<Found>,
): Answers<Found> {
  return answers;
}
