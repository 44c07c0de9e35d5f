// The site: services opened, drawn and listened for, in one process, with their workers and the control socket.
// Promise: it starts whole or not at all, and stops in order: no new requests, those under way finished, no new
// deliveries, commands told to end, databases closed, the data folder given free.
import { join } from "node:path";
import { sweepSessions } from "../auth/sessions.ts";
import { type Pace, startWorker, type Worker } from "../bus/worker.ts";
import { sweepCalls } from "../rpc/server.ts";
import { createBaseApp } from "./app.ts";
import { loadLogo } from "./assets.ts";
import { type ControlServer, serveControl } from "./control.ts";
import { listenInternally } from "./internal-server.ts";
import { createProcessMetrics } from "./metrics.ts";
import { type OpenRequest, type OpenService, type OpenServices, openServices } from "./open-services.ts";
import { listen, type RunningServer } from "./server.ts";
import { createSiteCommands, type SiteCommands } from "./site-commands.ts";
import type { ViewLibrary } from "./views.ts";

export interface SiteRequest extends OpenRequest {
  /** The views of all services. */
  readonly views: ViewLibrary;
  /** How the workers of the bus go about their work, where it is not as usual. */
  readonly pace?: Partial<Pace>;
}

export interface Site {
  readonly addresses: readonly { readonly service: string; readonly origin: string; readonly port: number }[];
  /** The commands, as the control socket runs them. */
  readonly commands: SiteCommands;
  /** Stops everything; repeating it waits for the same end. */
  stop(): Promise<void>;
}

const graceMs = 10_000;
const tidyEveryMs = 60 * 60_000;

/** Starts the services. Throws a refusal, with everything closed again, when one of them cannot start. */
export async function startSite(request: SiteRequest): Promise<Site> {
  const opened = await openServices(request);
  const servers: RunningServer[] = [];
  const inner: { stop(graceMs: number): Promise<void> }[] = [];
  const workers: Worker[] = [];
  let control: ControlServer | null = null;
  let ending: Promise<void> | null = null;
  const commands = createSiteCommands(opened);
  const housekeeping = setInterval(() => void tidy(opened.list), tidyEveryMs);
  try {
    const isStopping = () => ending !== null;
    await startServers(request, opened, servers, isStopping);
    for (const one of opened.list) {
      const { internal } = opened.configuration.installed[one.service.name] ?? { internal: null };
      if (internal !== null) inner.push(await listenInternally(one.service.name, internal, one.innerDoor));
    }
    for (const one of opened.list) workers.push(await startWorkerOf(one, request.pace));
    control = await serveControl(opened.configuration.data, commands.run);
  } catch (error) {
    await end();
    throw error;
  }
  const addresses = opened.list.map(({ service, configuration }, index) => {
    return {
      service: service.name,
      origin: configuration.origin,
      port: servers[index]?.port ?? configuration.port,
    };
  });
  return { addresses, commands, stop: () => (ending ??= end()) };

  async function end(): Promise<void> {
    clearInterval(housekeeping);
    await Promise.all([...servers.map((server) => server.stop(graceMs)), control?.stop(graceMs)]);
    await Promise.all(workers.map((worker) => worker.stop()));
    await Promise.all(inner.map((server) => server.stop(graceMs)));
    await opened.close();
  }
}

/** Embedded, no other process can have claimed anything, so what a killed one held is free at once. */
async function startWorkerOf(one: OpenService, pace: Partial<Pace> = {}): Promise<Worker> {
  const { service, parts, deliveries, caller, living } = one;
  const { database, log } = parts;
  if (database.driver === "embedded") await deliveries.releaseAll();
  const worker = startWorker({
    database,
    deliveries,
    reactions: service.reactions ?? [],
    parts,
    sendActivities: caller.sendActivities,
    log,
    pace,
  });
  living.wake = worker.wake;
  return worker;
}

/** Forgets what nobody can ask for any more. */
async function tidy(list: readonly OpenService[]): Promise<void> {
  for (const { parts, deliveries } of list) {
    try {
      await deliveries.sweep();
      await sweepCalls(parts.database);
      await sweepSessions(parts);
    } catch (err) {
      parts.log.error({ err }, "old records could not be removed; it is tried again in an hour");
    }
  }
}

async function startServers(
  { views: library }: SiteRequest,
  { list, configuration }: OpenServices,
  servers: RunningServer[],
  isStopping: () => boolean,
): Promise<void> {
  const logo = await loadLogo(configuration.site.logo);
  const processMetrics = createProcessMetrics();
  for (const { service, parts, configuration: own, living } of list) {
    const views = library.of(join(service.folder, "sx"));
    living.render = views.render;
    const isReady = async () => !isStopping() && (await parts.database.isReady());
    const probes = { metrics: configuration.metrics, isReady };
    const app = (port: number) =>
      createBaseApp(service, { parts, views, port, hosts: own.hosts, logo, probes, processMetrics });
    servers.push(await listen(service.name, own.origin, own.port, app));
  }
}
