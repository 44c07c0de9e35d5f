// The installation as people start it: start.ts in one process for all services or in one for each, on free ports
// of localhost, and the letters that it writes.
import { spawnSync } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort, lendTemplate, type Program, startProgram } from "../platform/app/test-program.ts";
import { type DevLetter, openDevMailbox } from "../platform/mail/dev-mailbox.ts";

const root = join(import.meta.dirname, "..");
export const names = ["account", "blog", "likes", "relations"] as const;
export type Name = (typeof names)[number];

export interface LaunchedInstallation {
  /** The public address of each service. */
  readonly addresses: Readonly<Record<Name, string>>;
  /** The ports for internal calls; none where all services are in one process. */
  readonly internal: Readonly<Partial<Record<Name, number>>>;
  /** The link that makes the first operator. */
  readonly operatorLink: string;
  /** The first letter to this address, after those before, that is like this. */
  letter(address: string, pattern: RegExp): Promise<DevLetter>;
  /** Ends a service's process as the power going off would. */
  kill(name: Name): Promise<void>;
  stop(): Promise<void>;
}

export interface SeparateProcesses {
  /** The address of a fresh PostgreSQL database for a service. */
  readonly database: (name: Name) => Promise<string>;
  readonly redis: string;
  /** A folder with a file of secrets per service. */
  readonly secrets: string;
}

/** Starts all services with their demonstration content, in one process unless told how to do without. */
export async function launchInstallation(
  data: string,
  separate: SeparateProcesses | null,
): Promise<LaunchedInstallation> {
  const processes = new Map<Name, Program>();
  const addresses = {} as Record<Name, string>; // filled just below
  const internal: Partial<Record<Name, number>> = {};
  const variables: Record<string, string> = {};
  for (const name of names) {
    addresses[name] = `http://localhost:${await freePort()}`;
    variables[variableOf(name, "ORIGIN")] = addresses[name];
    if (!separate) continue;
    const port = await freePort();
    internal[name] = port;
    variables[variableOf(name, "INTERNAL")] = `http://127.0.0.1:${port}`;
  }
  try {
    await startAll();
  } catch (error) {
    await stop();
    throw error;
  }
  const said = [...processes.values()].map((program) => program.said()).join("");
  const mailbox = openDevMailbox(join(separate ? join(data, "account") : data, "mail"));
  return {
    addresses,
    internal,
    operatorLink: /http\S+\/first-operator\/\S+/.exec(said)?.[0] ?? "",
    async letter(address, pattern) {
      for (;;) {
        const found = (await mailbox.list()).find(({ to, text }) => to === address && pattern.test(text));
        if (found) return found;
        await sleep(50);
      }
    },
    kill: async (name) => await processes.get(name)?.end("SIGKILL"),
    stop,
  };

  async function startAll(): Promise<void> {
    if (!separate) {
      await prepare(data);
      const program = startProgram([...names, "--demo"], { ...variables, ROSE_ASH_DATA: data });
      for (const name of names) processes.set(name, program);
      return await program.ready;
    }
    for (const name of names) {
      const own = join(data, name);
      await prepare(own);
      processes.set(
        name,
        startProgram([name, "--demo"], {
          ...variables,
          ROSE_ASH_DATA: own,
          ROSE_ASH_REDIS: separate.redis,
          ROSE_ASH_SECRETS: join(separate.secrets, `secrets.${name}.json`),
          [variableOf(name, "DATABASE")]: await separate.database(name),
        }),
      );
    }
    await Promise.all([...processes.values()].map(({ ready }) => ready));
  }

  async function stop(): Promise<void> {
    await Promise.all([...new Set(processes.values())].map((program) => program.end("SIGTERM")));
  }
}

/** Makes the files of secrets as `node command.ts secrets` does. */
export function makeSecrets(folder: string): void {
  const made = spawnSync(process.execPath, ["command.ts", "secrets", folder], {
    cwd: root,
    encoding: "utf8",
  });
  if (made.status !== 0) throw new Error(`The secrets could not be made: ${made.stdout}${made.stderr}`);
}

function variableOf(name: Name, key: string): string {
  return `ROSE_ASH_SERVICES_${name.toUpperCase()}_${key}`;
}

/** A data folder to start on. */
async function prepare(data: string): Promise<void> {
  await mkdir(data, { recursive: true });
  lendTemplate(data);
}
