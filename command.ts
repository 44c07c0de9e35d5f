// The command line of the site: `node command.ts <verb> [service] …` runs a service's command or one of the
// site's own. While the site runs on this data folder the work is handed to it over the control socket, else it
// is done here, alone. Exit codes: 0 done, 1 refused or failed, 2 wrong usage.
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { restoreSite, verifyBackup } from "./platform/app/backup.ts";
import { type CommandSession, WrongUsage } from "./platform/app/command.ts";
import { loadConfiguration } from "./platform/app/config.ts";
import { askSite, type ControlMessage, openSession, runToMessage } from "./platform/app/control.ts";
import { findServices, loadServices } from "./platform/app/load-services.ts";
import { openServices } from "./platform/app/open-services.ts";
import { refusalOf } from "./platform/app/refusal.ts";
import { runSecrets, secretsHelp } from "./platform/app/secrets-command.ts";
import { type CommandRequest, createSiteCommands } from "./platform/app/site-commands.ts";
import { createTeller } from "./platform/app/teller.ts";

const help = `node command.ts [--json] <verb> …

  <verb> <service> …        a command of a service; see: node command.ts help
  help [service…]           lists the commands of the services
  migrate [service…]        brings databases up to date
  backup FILE [service…]    writes databases and media into one .tar.gz
  restore FILE [--replace]  puts a backup back; only while the site is stopped
  ${secretsHelp}

  --json                    progress and result as JSON lines
  --help                    this text

Exit codes: 0 done, 1 refused or failed, 2 wrong usage.`;

const root = import.meta.dirname;
const ownVerbs = ["help", "migrate", "backup", "restore", "secrets"];

async function main(
  args: string[],
  tell: (message: ControlMessage) => void,
  signal: AbortSignal,
): Promise<void> {
  const [verb, ...rest] = args;
  if (verb === undefined) throw new WrongUsage("Say what to do: see node command.ts --help.");
  const session = openSession(process.cwd(), signal, tell);
  if (verb === "secrets") {
    const { report } = await runSecrets(rest, await findServices(root), session);
    return tell({ kind: "finished", exitCode: 0, report });
  }
  if (verb === "restore") return await restore(rest, session, tell);
  const request = await understand(verb, rest);
  const { data } = (await configure([])).configuration;
  const asked = await askSite(data, { ...request, cwd: process.cwd() }, signal, tell);
  if (asked === "answered") return;
  const names = request.service !== null ? [request.service] : verb === "backup" ? rest.slice(1) : rest;
  await alone(names, (run) => runToMessage(run, request, session).then(tell));
}

/** A verb of the site's own has no service; every other begins with one. */
async function understand(verb: string, rest: string[]): Promise<CommandRequest> {
  if (ownVerbs.includes(verb)) return { verb, service: null, args: rest };
  const [service, ...args] = rest;
  const known = await findServices(root);
  if (service === undefined || !known.includes(service)) {
    throw new WrongUsage(`Say of which service: node command.ts ${verb} <${known.join("|")}> …`);
  }
  return { verb, service, args };
}

async function configure(names: string[], all = false) {
  const installed = names.length > 0 || all ? await loadServices(root, []) : [];
  const services = names.length > 0 ? await loadServices(root, names) : installed;
  const configuration = await loadConfiguration({ root, services, installed, environment: process.env });
  return { configuration, services, installed };
}

/** Opens the services here, does the work, closes them. */
async function alone(
  names: string[],
  work: (run: ReturnType<typeof createSiteCommands>["run"]) => Promise<void>,
): Promise<void> {
  const found = await configure(names, true);
  const opened = await openServices({ ...found, log: aloneLog(found.configuration.data) });
  try {
    await work(createSiteCommands(opened).run);
  } finally {
    await opened.close();
  }
}

function aloneLog(data: string) {
  return { kind: "files", directory: resolve(data, "log"), show: console.error } as const;
}

async function restore(args: string[], session: CommandSession, tell: (message: ControlMessage) => void) {
  const { values, positionals } = readFlags(args);
  const [name] = positionals;
  if (name === undefined || positionals.length > 1)
    throw new WrongUsage("Say which file: restore FILE [--replace].");
  const file = resolve(session.cwd, name);
  const services = await verifyBackup(file, session);
  const found = await configure([...services], true);
  const opened = await openServices({ ...found, log: aloneLog(found.configuration.data) });
  try {
    const { report } = await restoreSite(opened, file, values.replace === true, session);
    tell({ kind: "finished", exitCode: 0, report });
  } finally {
    await opened.close();
  }
}

function readFlags(args: string[]) {
  try {
    return parseArgs({ args, allowPositionals: true, options: { replace: { type: "boolean" } } });
  } catch (cause) {
    throw new WrongUsage(
      `${cause instanceof Error ? cause.message.split(". ", 1)[0] : cause}: restore FILE [--replace].`,
    );
  }
}

const args = process.argv.slice(2);
const json = args[0] === "--json";
const given = json ? args.slice(1) : args;
if (given[0] === "--help" || given[0] === "-h") console.log(help);
else {
  const cancel = new AbortController();
  process.once("SIGINT", () => cancel.abort());
  process.once("SIGTERM", () => cancel.abort());
  const teller = createTeller({ json, output: process.stdout, errors: process.stderr });
  try {
    await main(given, teller.tell, cancel.signal);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal !== null) teller.tell({ kind: "refused", sentence: refusal, usage: false });
    else if (error instanceof WrongUsage)
      teller.tell({ kind: "refused", sentence: error.message, usage: true });
    else if (cancel.signal.aborted) teller.tell({ kind: "refused", sentence: "Stopped.", usage: false });
    else throw error;
  }
  process.exitCode = teller.exitCode();
}
