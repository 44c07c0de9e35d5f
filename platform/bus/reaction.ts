// Reactions: what a service does about a fact, its own or another's. A service's reactions.ts is a list of these.
// An `effect` works in its database only, in one transaction with the record that it was done, so it happens
// once however often the fact arrives. A `relay` reaches outside (mail, a call) after which it may be killed
// before the record is written: it can happen twice and must tolerate that.
import type { Transaction } from "kysely";
import type { ActivityOf } from "../rpc/activity.ts";
import type { Fact } from "../rpc/contract.ts";

interface ReactionBase<Found extends Fact> {
  readonly fact: Found;
  /** Unique in the service and never changed: deliveries and records carry it. */
  readonly name: string;
}

export interface Effect<Parts, Found extends Fact> extends ReactionBase<Found> {
  readonly kind: "effect";
  // biome-ignore lint/suspicious/noExplicitAny: the tables are the service's own; only its store knows them
  readonly handle: (activity: ActivityOf<Found>, tx: Transaction<any>, parts: Parts) => Promise<void>;
}

export interface Relay<Parts, Found extends Fact> extends ReactionBase<Found> {
  readonly kind: "relay";
  readonly handle: (activity: ActivityOf<Found>, parts: Parts) => Promise<void>;
}

export type Reaction<Parts, Found extends Fact = Fact> = Effect<Parts, Found> | Relay<Parts, Found>;

// biome-ignore lint/suspicious/noExplicitAny: a list holds reactions to facts of different shapes
export type AnyReaction = Reaction<any, any>;

/** A reaction in the service's own database, once. */
export function effect<Parts, Found extends Fact>(
  fact: Found,
  name: string,
  handle: Effect<Parts, Found>["handle"],
): Effect<Parts, Found> {
  return { kind: "effect", fact, name, handle };
}

/** A reaction that reaches outside, at least once. */
export function relay<Parts, Found extends Fact>(
  fact: Found,
  name: string,
  handle: Relay<Parts, Found>["handle"],
): Relay<Parts, Found> {
  return { kind: "relay", fact, name, handle };
}
