// Contracts: what a service may be asked, what it says of itself as facts, and the pieces of page it gives.
// A service's contract.ts is one call of `defineContract`; callers, the server and fakes all read the same
// schemas, so what is sent is checked on both sides. Nothing here calls anything: see caller.ts and server.ts.
import type { z } from "zod";

/** Who may ask: every service of the installation, or those that are named. */
export type Callers = "any" | readonly string[];

/** A question: changes nothing, so it may be asked again. GET /internal/data/<name>. */
export interface Query<Params extends z.ZodType = z.ZodType, Reply extends z.ZodType = z.ZodType> {
  readonly kind: "query";
  readonly service: string;
  readonly name: string;
  readonly params: Params;
  readonly answer: Reply;
  readonly callers: Callers;
}

/** An order: takes effect once per idempotency key, however often it arrives. POST /internal/actions/<name>. */
export interface Action<Payload extends z.ZodType = z.ZodType, Reply extends z.ZodType = z.ZodType> {
  readonly kind: "action";
  readonly service: string;
  readonly name: string;
  readonly payload: Payload;
  /** What came of it; expected outcomes are members of a union with `kind`. */
  readonly answer: Reply;
  readonly callers: Callers;
}

/** Something that happened, in the past tense ("liked"). It travels as an activity: see activity.ts. */
export interface Fact<Data extends z.ZodType = z.ZodType> {
  readonly kind: "fact";
  readonly service: string;
  readonly name: string;
  /** The ActivityStreams type it is told as: "Like", "Create", "Delete" … */
  readonly type: string;
  /** `internal` facts never leave the installation; `public` ones may be told to the fediverse. */
  readonly visibility: "internal" | "public";
  readonly data: Data;
}

/** A piece of page without script. GET /internal/fragments/<name>. */
export interface Fragment<Params extends z.ZodType = z.ZodType> {
  readonly kind: "fragment";
  readonly service: string;
  readonly name: string;
  /**
   * Everything the piece depends on: two readers with equal params see the same bytes, and it is cached by
   * them. So whatever is one person's own must not be in a fragment unless the person is among the params.
   */
  readonly params: Params;
  /** How long a copy may be shown. */
  readonly freshMs: number;
}

type Part<T> = Omit<T, "kind" | "service" | "name">;
type Named<T, Parts> = { readonly [Name in keyof Parts]: T & Parts[Name] };

interface ContractParts {
  readonly queries?: Readonly<Record<string, Part<Query>>>;
  readonly actions?: Readonly<Record<string, Part<Action>>>;
  readonly facts?: Readonly<Record<string, Part<Fact>>>;
  readonly fragments?: Readonly<Record<string, Part<Fragment>>>;
}

type Given<Parts, Group extends keyof ContractParts> = Parts extends { readonly [G in Group]: infer Found }
  ? Found
  : Record<never, never>;

export interface Contract<Parts extends ContractParts = ContractParts> {
  readonly service: string;
  readonly queries: Named<Query, Given<Parts, "queries">>;
  readonly actions: Named<Action, Given<Parts, "actions">>;
  readonly facts: Named<Fact, Given<Parts, "facts">>;
  readonly fragments: Named<Fragment, Given<Parts, "fragments">>;
}

/** Any contract, for those who look things up in it by name. */
export interface AnyContract {
  readonly service: string;
  readonly queries: Readonly<Record<string, Query>>;
  readonly actions: Readonly<Record<string, Action>>;
  readonly facts: Readonly<Record<string, Fact>>;
  readonly fragments: Readonly<Record<string, Fragment>>;
}

/** Names the parts of a service's contract. Throws for a name that cannot stand in an address. */
export function defineContract<const Parts extends ContractParts>(
  service: string,
  parts: Parts,
): Contract<Parts> {
  const contract = {
    service,
    queries: named("query", service, parts.queries),
    actions: named("action", service, parts.actions),
    facts: named("fact", service, parts.facts),
    fragments: named("fragment", service, parts.fragments),
  };
  return contract as unknown as Contract<Parts>; // the same keys and schemas, each with its name: see named()
}

function named(kind: string, service: string, parts: Readonly<Record<string, object>> = {}) {
  const entries = Object.entries(parts).map(([key, part]) => {
    const name = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    if (!/^[a-z][A-Za-z0-9]*$/.test(key)) {
      throw new Error(`The ${kind} “${key}” of ${service} must be named in camelCase.`);
    }
    return [key, { kind, service, name, ...part }] as const;
  });
  return Object.fromEntries(entries);
}

/** The part of this name as it stands in addresses, with its key in the contract, or null. */
export function findPart<Found extends { readonly name: string }>(
  group: Readonly<Record<string, Found>>,
  name: string,
): { readonly key: string; readonly part: Found } | null {
  const found = Object.entries(group).find(([, part]) => part.name === name);
  return found ? { key: found[0], part: found[1] } : null;
}
