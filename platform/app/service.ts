// A service's description: the names of its parts, from which the app factory makes a running service.
// A description holds no state: everything that lives is in `ServiceParts`, made per start, so several
// services (and several copies in a test) live in one process.
import type { Logger } from "pino";
import type { z } from "zod";
import type { MediaStore } from "../media/media.ts";
import type { Database } from "../store/store.ts";
import type { Answer } from "./answer.ts";
import type { Command } from "./command.ts";
import type { SiteSettings } from "./config.ts";
import type { PageRequest, Route } from "./route.ts";

// biome-ignore lint/suspicious/noExplicitAny: the tables are the service's own; only its store.ts knows them
export type AnyDatabase = Database<any>;

/** What a running service works with. */
export interface ServiceParts<Settings, Store> {
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

export interface Service<Settings, Store> {
  /** As in the address book of the installation: "blog". */
  readonly name: string;
  /** `import.meta.dirname`: migrations/ and sx/ are found in it. */
  readonly folder: string;
  /** Checks the section `services.<name>` of the configuration. */
  readonly settings: z.ZodType<Settings>;
  readonly createStore: (database: AnyDatabase) => Store;
  readonly routes: (parts: ServiceParts<Settings, Store>) => readonly Route[];
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
