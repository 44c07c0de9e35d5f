// The commands of the opened services, by verb, and the site's own: backup and migrate.
// Promise: one command at a time, in the order they were asked for; it runs the same way inside the running
// site (control.ts) and alone (command.ts in the root). Restoring is not here: it is only done alone.
import { backupSite } from "./backup.ts";
import { type CommandOutcome, type CommandSession, WrongUsage } from "./command.ts";
import { chooseServices, type OpenServices, unknownService } from "./open-services.ts";
import { Refusal } from "./refusal.ts";

export interface CommandRequest {
  readonly verb: string;
  /** The service whose command it is, or null for the site's own. */
  readonly service: string | null;
  readonly args: readonly string[];
}

/** Runs a command. Throws `WrongUsage` or a refusal for what a person can mend. */
export type RunCommand = (request: CommandRequest, session: CommandSession) => Promise<CommandOutcome>;

export interface SiteCommands {
  readonly run: RunCommand;
  has(service: string, verb: string): boolean;
}

/** The site's own verbs, with their lines for `--help`. */
const siteVerbs: Readonly<Record<string, string>> = {
  backup: "FILE [service…]: writes databases and media into one .tar.gz",
  help: "[service…]: lists what can be done",
  migrate: "[service…]: brings databases up to date (also done at every start)",
};

export function createSiteCommands(opened: OpenServices): SiteCommands {
  const commandsOf = new Map(
    opened.list.map(({ service, parts }) => [service.name, service.commands?.(parts) ?? {}] as const),
  );
  let last: Promise<unknown> = Promise.resolve();

  return {
    has: (service, verb) => Object.hasOwn(commandsOf.get(service) ?? {}, verb),
    run(request, session) {
      const mine = last.then(() => {
        if (session.signal.aborted) throw new Refusal("The command was given up before its turn came.");
        return request.service === null
          ? runOwn(request, session)
          : runServices(request, request.service, session);
      });
      last = mine.catch(() => {}); // its own caller hears of the failure; the next command must not
      return mine;
    },
  };

  async function runOwn({ verb, args }: CommandRequest, session: CommandSession): Promise<CommandOutcome> {
    if (verb === "backup") return backupSite(opened, args, session);
    if (verb === "help") return list(args, session);
    if (verb !== "migrate") throw unknownVerb(verb);
    const migrated = chooseServices(opened, args).map(({ service, migrated: names }) => ({
      service: service.name,
      names,
    }));
    for (const { service, names } of migrated) {
      session.print(`${service}: ${names.length > 0 ? `applied ${names.join(", ")}` : "up to date"}`);
    }
    return { report: { migrated } };
  }

  function list(names: readonly string[], session: CommandSession): CommandOutcome {
    for (const [verb, text] of Object.entries(siteVerbs)) session.print(`${verb} ${text}`);
    for (const { service } of chooseServices(opened, names)) {
      for (const [verb, { help }] of Object.entries(commandsOf.get(service.name) ?? {})) {
        session.print(`${verb} ${service.name} ${help}`);
      }
    }
    return {};
  }

  async function runServices({ verb, args }: CommandRequest, name: string, session: CommandSession) {
    const commands = commandsOf.get(name);
    if (!commands) throw unknownService(opened, name);
    const command = Object.hasOwn(commands, verb) ? commands[verb] : undefined;
    if (!command) throw unknownVerb(verb, name, Object.keys(commands));
    return (await command.run([...args], session)) ?? {};
  }
}

function unknownVerb(
  verb: string,
  service?: string,
  known: readonly string[] = Object.keys(siteVerbs),
): WrongUsage {
  const whose = service === undefined ? "The site" : `The service ${service}`;
  return new WrongUsage(
    `${whose} has no command “${verb}”${known.length > 0 ? `: choose from ${known.join(", ")}` : ""}.`,
  );
}
