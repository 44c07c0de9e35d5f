// The configuration: config/rose-ash.yaml, overridden by the environment, checked whole and frozen.
// Promise: every unknown, missing or wrong key is named at once, with its file and line, before anything
// starts; no value is ever shown, since some are secrets. Of services that other processes run only the
// addresses are read; sections of services that are not installed are ignored.
import { join, resolve } from "node:path";
import { z } from "zod";
import type { DatabaseLocation } from "../store/store.ts";
import {
  findUnknownKeys,
  type KnownKeys,
  keysOf,
  overrideFromEnvironment,
  variableName,
} from "./config-keys.ts";
import {
  type ConfigSource,
  isSection,
  type KeyPath,
  readConfigSource,
  type Section,
  valueAt,
} from "./config-source.ts";
import { type LogLevel, logLevels } from "./log.ts";
import { Refusal } from "./refusal.ts";
import type { AnyService } from "./service.ts";

/** What every service knows of the site. */
export interface SiteSettings {
  readonly title: string;
  readonly description: string | null;
  /** A BCP 47 tag: "en-GB". */
  readonly language: string;
  /** An IANA name: "Europe/London". */
  readonly timeZone: string;
  /** The logo's file, an absolute path, or null. (A page's shell has its address instead.) */
  readonly logo: string | null;
}

export interface ServiceConfiguration {
  /** The public address, without a slash at the end. */
  readonly origin: string;
  /** The port to listen on; 0 for any that is free. */
  readonly port: number;
  /** Further Host values to answer. */
  readonly hosts: readonly string[];
  /** Where its data is: below the data folder, unless a PostgreSQL address is given. */
  readonly database: DatabaseLocation;
  /** Its own settings, as its schema gives them. */
  readonly own: unknown;
}

export interface Configuration {
  readonly site: SiteSettings;
  readonly log: { readonly level: LogLevel };
  readonly metrics: "private" | "open" | "off";
  /** The folder of databases, media, logs and the control socket, an absolute path. */
  readonly data: string;
  /** The file with the keys and secrets; null for one of the data folder's own, which is made when missing. */
  readonly secrets: string | null;
  /** A Redis to cache in ("redis://…"), or null for this process's memory. */
  readonly redis: string | null;
  readonly mail: {
    /** The sender of letters: "Rose Ash <post@example.org>". */
    readonly from: string;
    /** "smtp://user:password@host:587"; null keeps letters in the data folder, for development. */
    readonly smtp: string | null;
  };
  /** The services that are started, by name. */
  readonly services: Readonly<Record<string, ServiceConfiguration>>;
  /** Every service of the installation, those started among them: where it is for people and for its like. */
  readonly installed: Readonly<Record<string, Address>>;
}

/** Where a service is. */
export interface Address {
  readonly origin: string;
  /** Where its server of internal calls listens ("http://10.0.0.5:9006"); null when only its own process calls it. */
  readonly internal: string | null;
}

const generalSchema = z.object({
  site: z.object({
    title: z.string().min(1),
    description: z.string().nullable().default(null),
    language: z.string().refine(isLanguageTag, "must be a language tag such as en-GB (BCP 47)"),
    timeZone: z.string().refine(isTimeZone, "must be a time zone such as Europe/London (IANA)"),
    logo: z.string().min(1).nullable().default(null),
  }),
  log: z.object({ level: z.enum(logLevels).default("info") }).prefault({}),
  metrics: z.enum(["private", "open", "off"]).default("private"),
  data: z.string().min(1).default(".data"),
  secrets: z.string().min(1).nullable().default(null),
  redis: z
    .string()
    .refine((url) => /^rediss?:\/\//.test(url), "must be a Redis address (redis://host:6379)")
    .nullable()
    .default(null),
  mail: z
    .object({
      from: z.string().min(3).default("Rose Ash <post@example.org>"),
      smtp: z
        .string()
        .refine((url) => /^smtps?:\/\//.test(url), "must be a mail server (smtp://user@host:587)")
        .nullable()
        .default(null),
    })
    .prefault({}),
});

/** What every service's section may hold beside the service's own settings. */
const sharedSchema = z.object({
  origin: z.string().refine(isOrigin, "must be an address without a path, such as https://blog.example.org"),
  port: z.int().min(0).max(65535).optional(),
  hosts: z.array(z.string().min(1)).default([]),
  internal: z
    .string()
    .refine(isOrigin, "must be an address without a path, such as http://10.0.0.5:9006")
    .nullable()
    .default(null),
  database: z
    .string()
    .refine(
      (url) => /^postgres(?:ql)?:\/\//.test(url),
      "must be a PostgreSQL address (postgres://user@host/name)",
    )
    .optional(),
});

/** What every process needs to know of a service, also of those that another one runs. */
const addressSchema = sharedSchema.pick({ origin: true, internal: true });

export interface ConfigurationRequest {
  /** The project's folder: relative paths are relative to it. */
  readonly root: string;
  /** The services that are to run. */
  readonly services: readonly AnyService[];
  /** All services of the installation; those that are to run, unless said. */
  readonly installed?: readonly AnyService[];
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Reads and checks the configuration. Throws one `Refusal` that names everything that is wrong. */
export async function loadConfiguration({
  root,
  services,
  installed = services,
  environment,
}: ConfigurationRequest): Promise<Configuration> {
  const source = await readConfigSource(resolve(root, environment.ROSE_ASH_CONFIG ?? "config/rose-ash.yaml"));
  const { tree, file } = source;
  const known = knownKeys(installed);
  const ignored = [/^ROSE_ASH_(?:CONFIG$|TEST_)/, notInstalled(installed)];
  const wrong = [
    ...source.mistakes,
    ...overrideFromEnvironment(tree, known, environment, ignored),
    ...findUnknownKeys(onlyInstalled(tree, installed), known).map(
      ({ path, text }) => `${source.place(path)}: ${text}`,
    ),
  ];
  const general = check(generalSchema, [], source, wrong);
  const sections = services.map((service) => {
    const path = ["services", service.name];
    const shared = check(sharedSchema, path, source, wrong);
    const port = shared && (shared.port ?? Number(new URL(shared.origin).port || Number.NaN));
    if (port !== undefined && Number.isNaN(port)) {
      wrong.push(
        `${source.place(path)}: services.${service.name}.port is missing, and the origin does not tell it`,
      );
    }
    return { name: service.name, shared, port, own: check(service.settings, path, source, wrong) };
  });
  const others = installed.filter(({ name }) => !services.some((service) => service.name === name));
  const addresses = others.map(({ name }) => ({
    name,
    address: check(addressSchema, ["services", name], source, wrong),
  }));
  if (wrong.length > 0 || !general) throw refuse(file, wrong);

  const data = resolve(root, general.data);
  const configured = sections.flatMap(({ name, shared, port, own }) => {
    if (!shared || port === undefined) return [];
    const { origin, hosts, database: url } = shared;
    const database: DatabaseLocation = url
      ? { kind: "postgres", url }
      : { kind: "embedded", directory: join(data, name, "db") };
    return [[name, { origin: new URL(origin).origin, port, hosts, database, own }] as const];
  });
  const logo = general.site.logo === null ? null : resolve(root, general.site.logo);
  const installation = [...sections.map(({ name, shared }) => ({ name, address: shared })), ...addresses];
  return deepFreeze({
    ...general,
    site: { ...general.site, logo },
    data,
    secrets: general.secrets === null ? null : resolve(root, general.secrets),
    services: Object.fromEntries(configured),
    installed: Object.fromEntries(installation.flatMap(({ name, address }) => addressOf(name, address))),
  });
}

function addressOf(name: string, address: z.infer<typeof addressSchema> | undefined): [string, Address][] {
  if (!address) return [];
  const { origin, internal } = address;
  return [[name, { origin: new URL(origin).origin, internal: internal && new URL(internal).origin }]];
}

function knownKeys(services: readonly AnyService[]): KnownKeys {
  const sections: KnownKeys = new Map();
  for (const { name, settings } of services) {
    const below = new Map([...(keysOf(sharedSchema) ?? []), ...(keysOf(settings) ?? [])]);
    sections.set(name, { schema: sharedSchema, below });
  }
  const known: KnownKeys = keysOf(generalSchema) ?? new Map();
  return known.set("services", { schema: z.record(z.string(), z.unknown()), below: sections });
}

/** The variables of services that are not of this installation. */
function notInstalled(services: readonly AnyService[]): RegExp {
  const known = services.map(({ name }) =>
    `${variableName(["services", name])}_`.replace("ROSE_ASH_SERVICES_", ""),
  );
  return new RegExp(`^ROSE_ASH_SERVICES_(?!${["$", ...known].join("|")})`);
}

function onlyInstalled(tree: Section, services: readonly AnyService[]): Section {
  if (!isSection(tree.services)) return tree;
  const known = Object.entries(tree.services).filter(([name]) =>
    services.some((service) => service.name === name),
  );
  return { ...tree, services: Object.fromEntries(known) };
}

/** Checks one section; what is wrong is added to `wrong`, and the answer is undefined then. */
function check<T>(schema: z.ZodType<T>, path: KeyPath, source: ConfigSource, wrong: string[]): T | undefined {
  const found = valueAt(source.tree, path);
  const keys = keysOf(schema);
  const section = isSection(found) ? found : {};
  const own = keys ? Object.fromEntries(Object.entries(section).filter(([key]) => keys.has(key))) : section;
  const result = schema.safeParse(own);
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    const where = [...path, ...issue.path.map(String)];
    const missing = valueAt(source.tree, where) === undefined;
    const text = missing
      ? "is missing"
      : issue.code === "custom"
        ? issue.message
        : `is wrong: ${issue.message}`;
    wrong.push(`${source.place(where)}: ${where.join(".")} ${text}`);
  }
  return undefined;
}

function refuse(file: string, wrong: readonly string[]): Refusal {
  const [only] = wrong;
  if (wrong.length === 1) return new Refusal(`The configuration is not right: mend ${only}.`);
  return new Refusal(
    `The configuration ${file} is not right; mend these:\n${wrong.map((one) => `  ${one}`).join("\n")}`,
  );
}

function isLanguageTag(tag: string): boolean {
  try {
    new Intl.Locale(tag);
    return !/^und\b/i.test(tag); // well formed, but says nothing
  } catch {
    return false;
  }
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return !/^[+-]/.test(name); // an offset is accepted there, but it knows no summer time
  } catch {
    return false;
  }
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href;
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) deepFreeze(inner);
  return Object.freeze(value);
}
