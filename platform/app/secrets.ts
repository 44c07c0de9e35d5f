// Secrets: the keys of internal calls, each service's root secret and its OAuth client secret, from one file.
// Promise: a file that is named in the configuration is only read, and one that lacks a key or has a weak one
// keeps everything from starting; the file of the data folder is made and completed by itself, readable by its
// owner alone. No message ever shows a secret.
import { hkdfSync, randomUUID } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { createKeyRing, type KeyRing, newKey } from "../rpc/keys.ts";
import type { Configuration } from "./config.ts";
import { Refusal, systemCode } from "./refusal.ts";
import type { ServiceSecrets } from "./service.ts";

const key = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

const secretsSchema = z.strictObject({
  /** "blog>likes" -> the versions that are live. */
  internal: z.record(
    z.string(),
    z.array(z.strictObject({ version: z.int(), key, signs: z.boolean().optional() })),
  ),
  /** A service's root, from which it derives what it needs. */
  roots: z.record(z.string(), key),
  /** OAuth client secrets; the account service's file has all of them, every other its own. */
  clients: z.record(z.string(), key),
});
export type SecretsFile = z.infer<typeof secretsSchema>;

export interface Secrets {
  readonly keys: KeyRing;
  of(service: string): ServiceSecrets;
}

/** Reads the secrets for the services of this process. Throws a `Refusal` that says what is missing. */
export async function openSecrets({ secrets, data, services, installed }: Configuration): Promise<Secrets> {
  const started = Object.keys(services);
  const all = Object.keys(installed);
  if (secrets !== null) return use(secrets, await readSecrets(secrets), started, all);
  const file = join(data, "secrets.json");
  const found = await readSecrets(file, { internal: {}, roots: {}, clients: {} });
  const whole = complete(found, all);
  if (JSON.stringify(whole) !== JSON.stringify(found)) await writeSecrets(file, whole);
  return use(file, whole, started, all);
}

/** The secrets with what they lack for these services made new. */
export function complete(found: SecretsFile, services: readonly string[]): SecretsFile {
  const pairs = services.flatMap((caller) => services.map((callee) => `${caller}>${callee}`));
  const fill = <T>(given: Readonly<Record<string, T>>, names: readonly string[], make: () => T) => ({
    ...Object.fromEntries(names.filter((name) => !Object.hasOwn(given, name)).map((name) => [name, make()])),
    ...given,
  });
  return {
    internal: fill(found.internal, pairs, () => [{ version: 1, key: newKey() }]),
    roots: fill(found.roots, services, newKey),
    clients: fill(found.clients, services, newKey),
  };
}

/** Of all secrets those that a service needs when it runs alone. */
export function secretsFor(service: string, all: SecretsFile): SecretsFile {
  const only = <T>(given: Readonly<Record<string, T>>, wanted: (name: string) => boolean) =>
    Object.fromEntries(Object.entries(given).filter(([name]) => wanted(name)));
  return {
    internal: only(all.internal, (pair) => pair.split(">").includes(service)),
    roots: only(all.roots, (name) => name === service),
    clients: only(all.clients, (name) => name === service || service === "account"),
  };
}

export async function readSecrets(file: string, whenMissing?: SecretsFile): Promise<SecretsFile> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    if (systemCode(cause) === "ENOENT" && whenMissing) return whenMissing;
    throw new Refusal(
      `The secrets ${file} cannot be read (${systemCode(cause)}): make them with node command.ts secrets, or name another file in “secrets”.`,
      { cause },
    );
  }
  const parsed = secretsSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join(".") || "the file";
  throw new Refusal(
    `The secrets ${file} are not right at ${where}: make them anew with node command.ts secrets.`,
  );
}

/** Writes aside and renames, for the owner's eyes alone. */
export async function writeSecrets(file: string, secrets: SecretsFile): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  await writeFile(aside, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  await rename(aside, file);
}

function use(
  file: string,
  secrets: SecretsFile,
  started: readonly string[],
  all: readonly string[],
): Secrets {
  const lacking = findLacking(secrets, started, all);
  if (lacking.length > 0) {
    throw new Refusal(
      `The secrets ${file} lack ${lacking.join(", ")}: add them with node command.ts secrets.`,
    );
  }
  let keys: KeyRing;
  try {
    keys = createKeyRing(secrets.internal);
  } catch (cause) {
    const sentence = cause instanceof Error ? cause.message : String(cause);
    throw new Refusal(`The secrets ${file} cannot be used. ${sentence}`, { cause });
  }
  return {
    keys,
    of(service) {
      const root = Buffer.from(secrets.roots[service] ?? "", "base64url");
      return {
        derive: (purpose) =>
          new Uint8Array(hkdfSync("sha256", root, "", `rose-ash ${service} ${purpose}`, 32)),
        client: secrets.clients[service] ?? "",
        clients: service === "account" ? secrets.clients : {},
      };
    },
  };
}

function findLacking(secrets: SecretsFile, started: readonly string[], all: readonly string[]): string[] {
  return started.flatMap((service) => {
    const pairs = new Set(all.flatMap((other) => [`${service}>${other}`, `${other}>${service}`]));
    return [
      ...[...pairs].filter((pair) => !secrets.internal[pair]).map((pair) => `the internal key ${pair}`),
      ...(secrets.roots[service] ? [] : [`the root of ${service}`]),
      ...(secrets.clients[service] ? [] : [`the client secret of ${service}`]),
    ];
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // the schema says what is wrong
  }
}
