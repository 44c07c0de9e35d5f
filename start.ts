// The launcher: loads services by name and serves any set of them in one process.
// It stands on no floor: what it starts is in platform/app/site.ts, and services are found by their folders.
// Whatever keeps it from starting is one sentence on standard error and exit code 1.
import { rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { loadConfiguration } from "./platform/app/config.ts";
import { openSession } from "./platform/app/control.ts";
import { loadServices } from "./platform/app/load-services.ts";
import type { LogDestination } from "./platform/app/log.ts";
import { Refusal, refusalOf } from "./platform/app/refusal.ts";
import { type Site, startSite } from "./platform/app/site.ts";
import { createViewLibrary } from "./platform/app/views.ts";
import { createStylesheet } from "./platform/ui/stylesheet.ts";

const help = `node start.ts [service…] [--dev] [--demo]

Serves the named services, or all of services/, in one process.

  --dev              reload changed .sx files; log into files under the data folder's log/
  --demo             fill each service with its demonstration content, once
  --pid-file FILE    write the process's id there while it runs
  --help             this text

Settings are in config/rose-ash.yaml (or ROSE_ASH_CONFIG) and ROSE_ASH_… variables.`;

const root = import.meta.dirname;

async function main(): Promise<void> {
  const { values, positionals } = readArguments();
  if (values.help) return console.log(help);
  const dev = values.dev === true;
  const installed = await loadServices(root, []);
  const services = await loadServices(root, positionals);
  const configuration = await loadConfiguration({ root, services, installed, environment: process.env });
  const logs = join(configuration.data, "log");
  const log: LogDestination = dev
    ? { kind: "files", directory: logs, show: console.error }
    : { kind: "output" };
  const stylesheet = await createStylesheet();
  const views = createViewLibrary({
    shared: join(root, "platform/ui/sx"),
    folders: installed.map(({ folder }) => join(folder, "sx")),
    reload: dev,
    buildStylesheet: (_folders, classStrings) => stylesheet.build(classStrings),
    stylesheetFolders: [stylesheet.folder],
    root,
  });
  const site = await startSite({ configuration, services, installed, log, views, development: dev });
  await stopOnSignals(site, values["pid-file"]);
  try {
    if (values.demo) await fillWithDemo(site);
  } catch (error) {
    await site.stop();
    throw error;
  }
  const say = dev ? console.log : console.error; // outside of development, standard output is the JSON log
  for (const { service, origin, port } of site.addresses) {
    if (services.find(({ name }) => name === service)?.routes === undefined) continue; // others ask it, not people
    const differs = (new URL(origin).port || "default") !== String(port);
    say(`${service} is at ${origin}/${differs ? ` (listening on port ${port})` : ""}`);
  }
  const account = site.addresses.find(({ service }) => service === "account");
  if (dev && account && configuration.mail.smtp === null) say(`Letters are at ${account.origin}/dev/mail/`);
  say(dev ? `Logs are in ${relative(process.cwd(), logs) || "."}/. Ready.` : "Ready.");
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        dev: { type: "boolean" },
        demo: { type: "boolean" },
        "pid-file": { type: "string" },
        help: { type: "boolean" },
      },
    });
  } catch (cause) {
    const what = cause instanceof Error ? cause.message.split(". ", 1)[0] : String(cause);
    throw new Refusal(`${what}: see node start.ts --help.`, { cause });
  }
}

/** The first signal stops in order, a second one at once. */
async function stopOnSignals(site: Site, pidFile: string | undefined): Promise<void> {
  if (pidFile !== undefined) await writeFile(pidFile, `${process.pid}\n`);
  let stopping = false;
  const stop = async () => {
    if (stopping) process.exit(1);
    stopping = true;
    await site.stop();
    if (pidFile !== undefined) await rm(pidFile, { force: true });
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, stop);
}

async function fillWithDemo(site: Site): Promise<void> {
  for (const { service } of site.addresses) {
    if (!site.commands.has(service, "demo")) continue;
    const session = openSession(process.cwd(), new AbortController().signal, (message) => {
      if (message.kind === "line") console.error(message.text);
    });
    await site.commands.run({ verb: "demo", service, args: [] }, session);
  }
}

try {
  await main();
} catch (error) {
  const refusal = refusalOf(error);
  console.error(refusal ?? error);
  process.exit(1);
}
