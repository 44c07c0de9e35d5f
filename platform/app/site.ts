// The site: services opened, drawn and listened for, in one process, with the control socket beside them.
// Promise: it starts whole or not at all, and stops in order: no new requests, those under way finished,
// commands told to end, databases closed, the data folder given free.
import { join } from "node:path";
import { createBaseApp } from "./app.ts";
import { loadLogo } from "./assets.ts";
import { type ControlServer, serveControl } from "./control.ts";
import { createProcessMetrics } from "./metrics.ts";
import { type OpenRequest, type OpenServices, openServices } from "./open-services.ts";
import { listen, type RunningServer } from "./server.ts";
import { createSiteCommands, type SiteCommands } from "./site-commands.ts";
import type { Views } from "./views.ts";

export interface SiteRequest extends OpenRequest {
  /** Makes the views of a service from its folder. */
  readonly createViews: (folder: string) => Views | Promise<Views>;
}

export interface Site {
  readonly addresses: readonly { readonly service: string; readonly origin: string; readonly port: number }[];
  /** The commands, as the control socket runs them. */
  readonly commands: SiteCommands;
  /** Stops everything; repeating it waits for the same end. */
  stop(): Promise<void>;
}

const graceMs = 10_000;

/** Starts the services. Throws a refusal, with everything closed again, when one of them cannot start. */
export async function startSite(request: SiteRequest): Promise<Site> {
  const opened = await openServices(request);
  const servers: RunningServer[] = [];
  let control: ControlServer | null = null;
  let ending: Promise<void> | null = null;
  const commands = createSiteCommands(opened);
  try {
    const isStopping = () => ending !== null;
    await startServers(request, opened, servers, isStopping);
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
    await Promise.all([...servers.map((server) => server.stop(graceMs)), control?.stop(graceMs)]);
    await opened.close();
  }
}

async function startServers(
  { createViews }: SiteRequest,
  { list, configuration }: OpenServices,
  servers: RunningServer[],
  isStopping: () => boolean,
): Promise<void> {
  const logo = await loadLogo(configuration.site.logo);
  const processMetrics = createProcessMetrics();
  for (const { service, parts, configuration: own } of list) {
    const views = await createViews(join(service.folder, "sx"));
    const isReady = async () => !isStopping() && (await parts.database.isReady());
    const probes = { metrics: configuration.metrics, isReady };
    const app = (port: number) =>
      createBaseApp(service, { parts, views, port, hosts: own.hosts, logo, probes, processMetrics });
    servers.push(await listen(service.name, own.origin, own.port, app));
  }
}
