// Opening services: the data folder's lock and secrets, then each service's log, database (migrated), media, cache,
// bus and inner door.
// Promise: one process at a time works on a data folder, whether it serves the site or runs one command;
// everything that was opened is closed again, also when a later part refuses.
import { chmod, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createDeliveries, type Deliveries } from "../bus/deliveries.ts";
import { createOutbox } from "../bus/outbox.ts";
import { openCache } from "../cache/cache.ts";
import { type DevMailbox, openDevMailbox } from "../mail/dev-mailbox.ts";
import { createMailer, type Mailer } from "../mail/mail.ts";
import { createMediaStore } from "../media/media.ts";
import { factName } from "../rpc/activity.ts";
import { type Caller, createCaller } from "../rpc/caller.ts";
import { createFragments } from "../rpc/fragments.ts";
import { createTransport, type Exchanges, type InternalHandler } from "../rpc/transport.ts";
import { embeddedMajor } from "../store/embedded.ts";
import {
  createEmbeddedEngine,
  type EmbeddedEngine,
  lockDirectory,
  migrateDatabase,
  openDatabase,
  readAllMigrations,
} from "../store/store.ts";
import { WrongUsage } from "./command.ts";
import type { Configuration, ServiceConfiguration } from "./config.ts";
import { createInnerDoor } from "./inner-door.ts";
import { type LogDestination, openLog, type ServiceLog } from "./log.ts";
import { Refusal } from "./refusal.ts";
import { openSecrets, type Secrets } from "./secrets.ts";
import type { AnyDatabase, AnyService, EmitActivity, ServiceParts } from "./service.ts";

export interface OpenService {
  readonly service: AnyService;
  readonly configuration: ServiceConfiguration;
  // biome-ignore lint/suspicious/noExplicitAny: the service's own parts, whose types only it knows
  readonly parts: ServiceParts<any, any>;
  /** The migrations that were applied just now. */
  readonly migrated: readonly string[];
  readonly caller: Caller;
  readonly deliveries: Deliveries;
  /** Answers the calls of other services. */
  readonly innerDoor: InternalHandler;
  /** What is told when there is something to deliver, and what draws its fragments: the site's, once it runs. */
  readonly living: Living;
}

/** What only a running site has; without one, facts wait and fragments are not drawn. */
export interface Living {
  wake: () => void;
  render: (component: string, props: Record<string, unknown>) => string;
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
  /** All services of the installation, for who reacts to whose facts; those that are opened, unless said. */
  readonly installed?: readonly AnyService[];
  readonly log: LogDestination;
  /** Whether somebody works on the site here: then letters that are not sent may be read on a page. */
  readonly development?: boolean;
  /** Reaches the public addresses of the installation's own services; the usual `fetch` unless said. */
  readonly fetchOwn?: typeof fetch;
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
    const shared = await openShared(request, engine, closers);
    const list: OpenService[] = [];
    for (const service of services) {
      const opened = await openLog(service.name, configuration.log.level, log);
      closers.push(() => opened.close());
      const one = await openService(service, configuration, opened, shared, closers);
      shared.transport.attach(service.name, one.innerDoor);
      list.push(one);
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

/** What the services of one process have together. */
interface Shared {
  readonly engine: EmbeddedEngine;
  readonly installed: readonly AnyService[];
  readonly secrets: Secrets;
  readonly transport: Exchanges;
  readonly mailer: Mailer;
  readonly devMailbox: DevMailbox | null;
  readonly fetchOwn: typeof fetch;
}

async function openShared(
  { configuration, services, installed = services, development = false, fetchOwn = fetch }: OpenRequest,
  engine: EmbeddedEngine,
  closers: (() => unknown)[],
): Promise<Shared> {
  const secrets = await openSecrets(configuration);
  const addresses = Object.entries(configuration.installed).flatMap(([name, { internal }]) =>
    internal === null ? [] : [[name, internal] as const],
  );
  const transport = createTransport(Object.fromEntries(addresses));
  closers.push(() => transport.close());
  const { from, smtp } = configuration.mail;
  const mailer = createMailer(
    smtp === null
      ? { kind: "dev", folder: mailFolder(configuration.data), from }
      : { kind: "smtp", url: smtp, from },
  );
  closers.push(() => mailer.close());
  const devMailbox = development && smtp === null ? openDevMailbox(mailFolder(configuration.data)) : null;
  return { engine, installed, secrets, transport, mailer, devMailbox, fetchOwn };
}

/** Where letters go while no mail server is set. */
export function mailFolder(data: string): string {
  return join(data, "mail");
}

async function openService(
  service: AnyService,
  configuration: Configuration,
  log: ServiceLog,
  shared: Shared,
  closers: (() => unknown)[],
): Promise<OpenService> {
  const { name } = service;
  const own = configuration.services[name];
  if (!own) throw new Error(`The configuration was loaded without the service ${name}.`);
  const migrations = await readAllMigrations(join(service.folder, "migrations"));
  const database: AnyDatabase = await openDatabase(own.database, { engine: shared.engine });
  closers.push(() => database.close());
  const migrated = await migrateDatabase(database, migrations);
  if (migrated.length > 0) log.logger.info({ migrated }, "migrations applied");
  const cache = openCache(
    configuration.redis === null ? { kind: "memory" } : { kind: "redis", url: configuration.redis },
    { prefix: name, warn: (sentence, err) => log.logger.warn({ err }, sentence) },
  );
  closers.push(() => cache.close());
  const now = () => new Date();
  const { keys } = shared.secrets;
  const caller = createCaller({ service: name, keys, transport: shared.transport, log: log.logger, now });
  const collectFragments = createFragments({
    fetchFragment: caller.fetchFragment,
    cache,
    log: log.logger,
  });
  const living: Living = {
    wake: () => {},
    render: () => {
      throw new Error("Fragments are drawn by a running site only.");
    },
  };
  const outbox = createOutbox({
    service: name,
    origin: own.origin,
    targetsOf: (fact, source) => findTargets(fact, source, service, shared.installed),
    now,
    announce: () => database.afterCommit(() => living.wake()),
  });
  const deliveries = createDeliveries(database);
  const parts = {
    settings: own.own,
    site: configuration.site,
    origin: own.origin,
    store: service.createStore(database),
    database,
    media: createMediaStore(mediaFolder(configuration.data, name)),
    log: log.logger,
    now,
    cache,
    mailer: shared.mailer,
    devMailbox: shared.devMailbox,
    fetchOwn: shared.fetchOwn,
    fetchData: caller.fetchData,
    callAction: caller.callAction,
    collectFragments,
    emitActivity: outbox.emit as EmitActivity, // the same function; the fact's own type is checked by its schema
    originOf: (other: string) => configuration.installed[other]?.origin ?? null,
    installed: Object.keys(configuration.installed),
    secrets: shared.secrets.of(name),
  };
  const innerDoor = createInnerDoor({
    service,
    parts,
    keys,
    outbox,
    deliveries,
    render: (component, props) => living.render(component, props),
  });
  return {
    service,
    configuration: own,
    parts,
    migrated,
    caller,
    deliveries,
    innerDoor,
    living,
  };
}

/** Who is to hear of a fact: the service's own reactions, and of its own facts the other services that react. */
function findTargets(
  fact: string,
  source: "own" | "received",
  service: AnyService,
  installed: readonly AnyService[],
): string[] {
  const isAbout = (other: AnyService) =>
    (other.reactions ?? []).filter((reaction) => factName(reaction.fact) === fact);
  const here = isAbout(service).map((reaction) => `reaction:${reaction.name}`);
  if (source === "received") return here;
  const others = installed.filter((other) => other.name !== service.name && isAbout(other).length > 0);
  return [...here, ...others.map(({ name }) => `service:${name}`)];
}
