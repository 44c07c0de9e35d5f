// The command that makes and rotates the secrets of an installation in several processes: a folder with one file
// per service, each holding what that service must know and nothing more.
// Promise: nothing that is in the folder is thrown away but by the last step of a rotation, and after each step
// services with the files of before and of now understand each other.
import { mkdir, readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { newKey } from "../rpc/keys.ts";
import { type CommandOutcome, type CommandSession, WrongUsage } from "./command.ts";
import { complete, readSecrets, type SecretsFile, secretsFor, writeSecrets } from "./secrets.ts";

export const secretsHelp =
  "secrets DIR [--rotate]    makes a file of secrets per service, or takes a step of a rotation";

/** `secrets DIR [--rotate]` for these services. */
export async function runSecrets(
  args: readonly string[],
  services: readonly string[],
  session: CommandSession,
): Promise<CommandOutcome> {
  const rotate = args.includes("--rotate");
  const [folder, ...more] = args.filter((argument) => argument !== "--rotate");
  if (folder === undefined || folder.startsWith("-") || more.length > 0) {
    throw new WrongUsage("Say which folder: secrets DIR [--rotate].");
  }
  const directory = resolve(session.cwd, folder);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const found = complete(await readFolder(directory), services);
  const { secrets, step } = rotate ? takeStep(found) : { secrets: found, step: null };
  for (const service of services) {
    await writeSecrets(join(directory, fileName(service)), secretsFor(service, secrets));
    session.print(join(directory, fileName(service)));
  }
  if (step !== null) session.print(sentences[step]);
  return { report: { directory, services, step } };
}

type Step = "learn" | "sign" | "forget";

const sentences: Readonly<Record<Step, string>> = {
  learn: "New keys are known and not used yet. Restart every service with these files, then rotate again.",
  sign: "The new keys sign from now on. Restart every service with these files, then rotate again.",
  forget: "The old keys are gone. Restart every service with these files: the rotation is done.",
};

/** The next step of the rotation of all internal keys: learn the new ones, sign with them, forget the old ones. */
export function takeStep(secrets: SecretsFile): { readonly secrets: SecretsFile; readonly step: Step } {
  const pairs = Object.entries(secrets.internal);
  const versions = pairs.map(([, entries]) => entries);
  const step: Step = versions.some((entries) => entries.some(({ signs }) => signs === false))
    ? "sign"
    : versions.some((entries) => entries.length > 1)
      ? "forget"
      : "learn";
  const internal = Object.fromEntries(pairs.map(([pair, entries]) => [pair, stepped(entries, step)]));
  return { secrets: { ...secrets, internal }, step };
}

type Entries = SecretsFile["internal"][string];

function stepped(entries: Entries, step: Step): Entries {
  const newest = Math.max(...entries.map(({ version }) => version));
  switch (step) {
    case "learn":
      return [...entries, { version: newest + 1, key: newKey(), signs: false }];
    case "sign":
      return entries.map(({ version, key }) => ({ version, key }));
    case "forget":
      return entries.filter(({ version }) => version === newest);
  }
}

/** What the files of the folder hold together. */
async function readFolder(directory: string): Promise<SecretsFile> {
  const together: SecretsFile = { internal: {}, roots: {}, clients: {} };
  for (const name of await readdir(directory)) {
    if (!/^secrets\.[a-z0-9-]+\.json$/.test(name)) continue;
    const one = await readSecrets(join(directory, name));
    Object.assign(together.internal, one.internal);
    Object.assign(together.roots, one.roots);
    Object.assign(together.clients, one.clients);
  }
  return together;
}

function fileName(service: string): string {
  return `secrets.${service}.json`;
}
