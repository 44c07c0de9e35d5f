// A service's description: the names of its parts, from which the app factory makes a running service.
// A description holds no state: everything that lives is in `ServiceParts`, made per start, so several
// services (and several copies in a test) live in one process.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Transaction } from "kysely";
import type { Logger } from "pino";
import type { z } from "zod";
import type { AnyReaction } from "../bus/reaction.ts";
import type { Cache } from "../cache/cache.ts";
import type { DevMailbox } from "../mail/dev-mailbox.ts";
import type { Mailer } from "../mail/mail.ts";
import type { MediaStore } from "../media/media.ts";
import type { Emission } from "../rpc/activity.ts";
import type { AnyAnswers } from "../rpc/answers.ts";
import type { Caller } from "../rpc/caller.ts";
import type { AnyContract, Fact } from "../rpc/contract.ts";
import type { CollectFragments } from "../rpc/fragments.ts";
import type { PersonalData } from "../rpc/personal-data.ts";
import type { Database } from "../store/store.ts";
import type { Answer } from "./answer.ts";
import type { Command } from "./command.ts";
import type { SiteSettings } from "./config.ts";
import type { PageRequest, Route } from "./route.ts";

// biome-ignore lint/suspicious/noExplicitAny: the tables are the service's own; only its store.ts knows them
export type AnyDatabase = Database<any>;

/** Records a fact in the transaction of the change that it reports; whoever reacts to it hears of it later. */
// biome-ignore lint/suspicious/noExplicitAny: the transaction is of the service's own tables
export type EmitActivity = <F extends Fact>(tx: Transaction<any>, emission: Emission<F>) => Promise<void>;

/** What a running service works with. */
export interface ServiceParts<Settings, Store> extends Pick<Caller, "fetchData" | "callAction"> {
  readonly emitActivity: EmitActivity;
  readonly collectFragments: CollectFragments;
  readonly cache: Cache;
  readonly mailer: Mailer;
  /** The letters of a site in development that has no mail server; null everywhere else. */
  readonly devMailbox: DevMailbox | null;
  /** The public address of another service of this installation, or null when it has none. */
  readonly originOf: (service: string) => string | null;
  /** Reaches the public addresses of this installation's own services, wherever those are: nothing else. */
  readonly fetchOwn: typeof fetch;
  /** The names of all services of this installation, whether or not they run in this process. */
  readonly installed: readonly string[];
  readonly secrets: ServiceSecrets;

  readonly settings: Settings;
  readonly site: SiteSettings;
  /** The public address without a slash at the end, such as "https://blog.example.org". */
  readonly origin: string;
  readonly store: Store;
  readonly database: AnyDatabase;
  readonly media: MediaStore;
  readonly log: Logger;
  readonly now: () => Date;
}

/** What a service knows that nobody else may; it never reaches a log. */
export interface ServiceSecrets {
  /** 32 bytes for one purpose ("cookie keys"), always the same for the same purpose and service. */
  derive(purpose: string): Uint8Array;
  /** The service's own OAuth client secret. */
  readonly client: string;
  /** Those of all services, by name, for the account service; empty for every other. */
  readonly clients: Readonly<Record<string, string>>;
}

/** A library's own request handler below a path. It gets the security headers, the gate and the log of all others. */
export interface Mount {
  /** "/oidc": this path and everything below it. */
  readonly prefix: string;
  readonly handle: (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>;
}

export interface Service<Settings, Store> {
  /** As in the address book of the installation: "blog". */
  readonly name: string;
  /** `import.meta.dirname`: migrations/ and sx/ are found in it. */
  readonly folder: string;
  /** Checks the section `services.<name>` of the configuration. */
  readonly settings: z.ZodType<Settings>;
  readonly createStore: (database: AnyDatabase) => Store;
  /** What visitors may ask for; a service that only other services ask has none. */
  readonly routes?: (parts: ServiceParts<Settings, Store>) => readonly Route[];
  /** What other services may ask, and the functions that answer. */
  readonly contract?: AnyContract;
  readonly answers?: (parts: ServiceParts<Settings, Store>) => AnyAnswers;
  /** What it does about facts, its own and those of others. */
  readonly reactions?: readonly AnyReaction[];
  /** What it does about one person's data, where it keeps any. */
  readonly personalData?: PersonalData<ServiceParts<Settings, Store>>;
  /** Addresses that a library answers by itself. */
  readonly mounts?: (parts: ServiceParts<Settings, Store>) => readonly Mount[];
  /** What every page of the service shows around itself (navigation …), merged into the `shell` prop. */
  readonly shell?: (
    parts: ServiceParts<Settings, Store>,
  ) => (request: PageRequest) => Promise<Record<string, unknown>>;
  /** Asked when no route has the address or its page found nothing: old addresses that moved. */
  readonly movedAddress?: (parts: ServiceParts<Settings, Store>) => (request: PageRequest) => Promise<Answer>;
  /** What can be done from the command line, by name. */
  readonly commands?: (parts: ServiceParts<Settings, Store>) => Readonly<Record<string, Command>>;
}

// biome-ignore lint/suspicious/noExplicitAny: the launcher hands a service its own parts without knowing their types
export type AnyService = Service<any, any>;

/** Names a service's parts; returns its argument, with the types inferred. */
export function defineService<Settings, Store>(service: Service<Settings, Store>): Service<Settings, Store> {
  return service;
}
