// Opening services: the data folder's lock, then each service's log, database (migrated) and media.
// Promise: one process at a time works on a data folder, whether it serves the site or runs one command;
// everything that was opened is closed again, also when a later part refuses.
import { chmod, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createMediaStore } from "../media/media.ts";
import { embeddedMajor } from "../store/embedded.ts";
import {
  createEmbeddedEngine,
  type EmbeddedEngine,
  lockDirectory,
  migrateDatabase,
  openDatabase,
  readMigrations,
} from "../store/store.ts";
import { WrongUsage } from "./command.ts";
import type { Configuration, ServiceConfiguration } from "./config.ts";
import { type LogDestination, openLog, type ServiceLog } from "./log.ts";
import { Refusal } from "./refusal.ts";
import type { AnyDatabase, AnyService, ServiceParts } from "./service.ts";

export interface OpenService {
  readonly service: AnyService;
  readonly configuration: ServiceConfiguration;
  // biome-ignore lint/suspicious/noExplicitAny: the service's own parts, whose types only it knows
  readonly parts: ServiceParts<any, any>;
  /** The migrations that were applied just now. */
  readonly migrated: readonly string[];
}

export interface OpenServices {
  readonly list: readonly OpenService[];
  readonly configuration: Configuration;
  /** Closes databases and logs and gives the data folder free. */
  close(): Promise<void>;
}

export interface OpenRequest {
  readonly configuration: Configuration;
  readonly services: readonly AnyService[];
  readonly log: LogDestination;
  /** The engine for embedded databases; by default one with its template in the data folder. */
  readonly engine?: EmbeddedEngine;
}

/** The folder a service keeps its media in. */
export function mediaFolder(data: string, service: string): string {
  return join(data, service, "media");
}

/** Opens the services. Throws a refusal when the data folder or a database is in use or does not fit. */
export async function openServices(request: OpenRequest): Promise<OpenServices> {
  const { configuration, services, log } = request;
  const closers: (() => unknown)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    closers.push(await lockData(configuration.data));
    const engine =
      request.engine ??
      createEmbeddedEngine({ templateDirectory: join(configuration.data, `template-${embeddedMajor}`) });
    const list: OpenService[] = [];
    for (const service of services) {
      const opened = await openLog(service.name, configuration.log.level, log);
      closers.push(() => opened.close());
      list.push(await openService(service, configuration, opened, engine, closers));
    }
    return { list, configuration, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The opened services with these names; all of them when none is named. */
export function chooseServices(opened: OpenServices, names: readonly string[]): OpenServices["list"] {
  for (const name of names) {
    if (!opened.list.some(({ service }) => service.name === name)) throw unknownService(opened, name);
  }
  return names.length === 0 ? opened.list : opened.list.filter(({ service }) => names.includes(service.name));
}

/** What to say of a service that is not among the opened ones. */
export function unknownService(opened: OpenServices, name: string): WrongUsage {
  const known = opened.list.map(({ service }) => service.name).join(", ");
  return new WrongUsage(`There is no service named “${name}” here: choose from ${known}.`);
}

async function lockData(data: string): Promise<() => Promise<void>> {
  try {
    await mkdir(data, { recursive: true });
    await chmod(data, 0o700); // its files hold everything that must not leak
  } catch (cause) {
    throw new Refusal(
      `The data folder ${data} cannot be made or written to: choose another with ROSE_ASH_DATA.`,
      { cause },
    );
  }
  const lock = await lockDirectory(data);
  if (lock.kind === "locked") return lock.release;
  throw new Refusal(
    `The data folder ${data} is in use by process ${lock.pid} since ${lock.since.toISOString()}: stop that one (./dev.sh down), or set ROSE_ASH_DATA to another folder.`,
  );
}

async function openService(
  service: AnyService,
  configuration: Configuration,
  log: ServiceLog,
  engine: EmbeddedEngine,
  closers: (() => unknown)[],
): Promise<OpenService> {
  const own = configuration.services[service.name];
  if (!own) throw new Error(`The configuration was loaded without the service ${service.name}.`);
  const migrations = await readMigrations(join(service.folder, "migrations"));
  const database: AnyDatabase = await openDatabase(own.database, { engine });
  closers.push(() => database.close());
  const migrated = await migrateDatabase(database, migrations);
  if (migrated.length > 0) log.logger.info({ migrated }, "migrations applied");
  const parts = {
    settings: own.own,
    site: configuration.site,
    origin: own.origin,
    store: service.createStore(database),
    database,
    media: createMediaStore(mediaFolder(configuration.data, service.name)),
    log: log.logger,
    now: () => new Date(),
  };
  return { service, configuration: own, parts, migrated };
}
