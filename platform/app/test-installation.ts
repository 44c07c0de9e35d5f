// An installation for tests: any services in one process, with made-up https origins, real databases, real views
// and real signed calls, and people with browsers of their own who walk from one service to another.
// A browser keeps cookies as real ones do (host, path, Secure, __Host-), follows redirects between the services
// and sends what browsers send. Mail lands in a list.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Pace } from "../bus/worker.ts";
import { type DevLetter, openDevMailbox } from "../mail/dev-mailbox.ts";
import { createEmbeddedEngine, type DatabaseLocation } from "../store/store.ts";
import { mailFolder } from "./open-services.ts";
import type { AnyService } from "./service.ts";
import { type Site, startSite } from "./site.ts";
import { type Reply, requestAt } from "./test-request.ts";
import { viewLibraryForTests } from "./test-views.ts";

const engine = createEmbeddedEngine({ templateDirectory: join(tmpdir(), "rose-ash-test-template-18") });

export interface InstallationRequest {
  readonly services: readonly AnyService[];
  /** A new place for each service's database; embedded in the data folder unless given. */
  readonly place?: () => Promise<DatabaseLocation>;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly redis?: string | null;
  readonly pace?: Partial<Pace>;
}

export interface Installation {
  readonly site: Site;
  originOf(service: string): string;
  /** The letters that were sent, oldest first. */
  letters(): Promise<readonly DevLetter[]>;
  browse(): Browser;
}

export interface Page extends Reply {
  /** Where it is in the end. */
  readonly url: string;
  /** How many redirects led there. */
  readonly hops: number;
}

export interface Browser {
  /** Opens an address as a person does; redirects are followed. */
  open(url: string, headers?: Record<string, string>): Promise<Page>;
  /** Sends the form of `page` that has this action (a path), with its hidden fields and these. */
  submit(page: Page, action: string, fields?: Record<string, string>): Promise<Page>;
  /** Sends exactly this and follows nothing. */
  send(method: string, url: string, headers?: Record<string, string>, body?: string): Promise<Page>;
  /** Cookies by host: name -> value. */
  cookies(host: string): ReadonlyMap<string, string>;
}

const quick: Partial<Pace> = { pollMs: 100, firstPauseMs: 20, longestPauseMs: 200 };

/** Where it is said what to do at the end: a test's context, or a program's own. */
export interface Cleanup {
  after(work: () => unknown): void;
}

export async function startInstallation(t: Cleanup, request: InstallationRequest): Promise<Installation> {
  const data = await mkdtemp(join(tmpdir(), "rose-ash-installation-"));
  t.after(() => rm(data, { recursive: true, force: true }));
  const originOf = (service: string) => `https://${service}.example.org`;
  const sections: [string, object][] = [];
  for (const { name, settings } of request.services) {
    const given = await request.place?.();
    const database =
      given && given.kind !== "memory" ? given : { kind: "embedded", directory: join(data, name, "db") };
    const own = settings.parse(request.settings?.[name] ?? {});
    sections.push([name, { origin: originOf(name), port: 0, hosts: [], database, own }]);
  }
  const ports = new Map<string, number>();
  const site = await startSite({
    configuration: {
      site: {
        title: "The Example Co-op",
        description: null,
        language: "en-GB",
        timeZone: "Europe/London",
        logo: null,
      },
      log: { level: "warn" },
      metrics: "off",
      data,
      secrets: null,
      redis: request.redis ?? null,
      mail: { from: "The Example Co-op <post@example.org>", smtp: null },
      services: Object.fromEntries(sections) as never, // as built just above
      installed: Object.fromEntries(
        request.services.map(({ name }) => [name, { origin: originOf(name), internal: null }]),
      ),
    },
    services: request.services,
    development: true,
    log: { kind: "files", directory: join(data, "log"), show: () => {} },
    engine,
    views: viewLibraryForTests(request.services.map(({ folder }) => join(folder, "sx"))),
    pace: { ...quick, ...request.pace },
    fetchOwn: (async (input: string | URL | Request, init?: RequestInit) => {
      const asked = new Request(input, init);
      const headers = Object.fromEntries(asked.headers);
      const reply = await exchange(ports, asked.method, asked.url, headers, await asked.text());
      return new Response(reply.text, {
        status: reply.status,
        headers: { "content-type": String(reply.headers["content-type"] ?? "text/plain") },
      });
    }) as typeof fetch,
  });
  t.after(() => site.stop());
  for (const { origin, port } of site.addresses) ports.set(new URL(origin).host, port);
  return {
    site,
    originOf,
    letters: async () => (await openDevMailbox(mailFolder(data)).list()).toReversed(),
    browse: () => createBrowser(ports),
  };
}

/** One request to the service that has the address's host, whatever its port is. */
function exchange(
  ports: ReadonlyMap<string, number>,
  method: string,
  address: string,
  headers: Record<string, string>,
  body: string,
): Promise<Reply> {
  const url = new URL(address);
  const port = ports.get(url.host);
  if (port === undefined) throw new Error(`No service is at ${url.host}.`);
  return requestAt(port, method, url.pathname + url.search, { ...headers, host: url.host }, body);
}

interface Cookie {
  readonly path: string;
  readonly value: string;
}

function createBrowser(ports: ReadonlyMap<string, number>): Browser {
  const jars = new Map<string, Map<string, Cookie>>();
  return { open, submit, send, cookies };

  function cookies(host: string): Map<string, string> {
    return new Map([...(jars.get(host) ?? [])].map(([name, { value }]) => [name, value]));
  }

  async function send(method: string, address: string, headers: Record<string, string> = {}, body = "") {
    const url = new URL(address);
    const jar = jars.get(url.host) ?? new Map<string, Cookie>();
    jars.set(url.host, jar);
    const sent = [...jar].filter(([, { path }]) => isBelow(url.pathname, path));
    const cookie = sent.map(([name, { value }]) => `${name}=${value}`).join("; ");
    const reply = await exchange(
      ports,
      method,
      address,
      cookie === "" || "cookie" in headers ? headers : { ...headers, cookie },
      body,
    );
    for (const line of [reply.headers["set-cookie"] ?? []].flat()) keep(jar, line, url);
    return { ...reply, url: address, hops: 0 };
  }

  async function open(address: string, headers: Record<string, string> = {}): Promise<Page> {
    return await follow(await send("GET", address, { ...navigation("none"), ...headers }), address);
  }

  async function submit(page: Page, action: string, fields: Record<string, string> = {}): Promise<Page> {
    const url = new URL(action, page.url);
    const hidden = hiddenFields(page.text, url, page.url);
    const body = new URLSearchParams({ ...hidden, ...fields }).toString();
    const headers = {
      ...navigation("same-origin"),
      origin: new URL(page.url).origin,
      "content-type": "application/x-www-form-urlencoded",
    };
    return await follow(await send("POST", url.href, headers, body), url.href);
  }

  async function follow(first: Page, from: string): Promise<Page> {
    let page = first;
    let at = from;
    for (let hops = 0; page.status >= 300 && page.status < 400 && page.headers.location; hops++) {
      if (hops > 20) throw new Error(`Redirects without an end, now at ${at}.`);
      at = new URL(String(page.headers.location), at).href;
      page = { ...(await send("GET", at, navigation("cross-site"))), hops: hops + 1 };
    }
    return { ...page, url: at };
  }
}

function navigation(site: string): Record<string, string> {
  return {
    accept: "text/html,application/xhtml+xml",
    "sec-fetch-site": site,
    "sec-fetch-mode": "navigate",
    "sec-fetch-dest": "document",
    "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
  };
}

/** Keeps a cookie as a browser on this host would; refuses what one would refuse. */
function keep(jar: Map<string, Cookie>, line: string, url: URL): void {
  const [pair = "", ...attributes] = line.split(";").map((part) => part.trim());
  const mark = pair.indexOf("=");
  const [name, value] = [pair.slice(0, mark), pair.slice(mark + 1)];
  const find = (wanted: string) =>
    attributes
      .find((attribute) => attribute.toLowerCase().split("=")[0] === wanted)
      ?.slice(wanted.length + 1);
  const path = find("path") || "/";
  const isHost = name.startsWith("__Host-");
  const isSecure = attributes.some((attribute) => attribute.toLowerCase() === "secure");
  const hasDomain = find("domain") !== undefined;
  if (isHost && (!isSecure || hasDomain || path !== "/"))
    throw new Error(`A browser refuses the cookie ${name}.`);
  if (url.protocol === "https:" && !isSecure) throw new Error(`The cookie ${name} is not Secure.`);
  if (!attributes.some((attribute) => attribute.toLowerCase() === "httponly"))
    throw new Error(`${name} is not HttpOnly.`);
  const age = find("max-age");
  const expires = find("expires");
  const isOver = age === "0" || (expires !== undefined && Date.parse(expires) <= Date.now());
  if (isOver) jar.delete(name);
  else jar.set(name, { path, value });
}

function isBelow(path: string, cookiePath: string): boolean {
  return path === cookiePath || path.startsWith(cookiePath.endsWith("/") ? cookiePath : `${cookiePath}/`);
}

/** The hidden fields of the form that leads to `action`. */
function hiddenFields(html: string, action: URL, at: string): Record<string, string> {
  for (const [, attributes = "", content = ""] of html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)) {
    const target = /\baction="([^"]*)"/.exec(attributes)?.[1]?.replaceAll("&amp;", "&") ?? at;
    if (new URL(target, at).href !== action.href) continue;
    const fields: Record<string, string> = {};
    for (const [input] of content.matchAll(/<input\b[^>]*>/g)) {
      if (!/\btype="hidden"/.test(input)) continue;
      const name = /\bname="([^"]*)"/.exec(input)?.[1];
      if (name !== undefined)
        fields[name] = /\bvalue="([^"]*)"/.exec(input)?.[1]?.replaceAll("&amp;", "&") ?? "";
    }
    return fields;
  }
  throw new Error(`The page ${at} has no form that leads to ${action.pathname}.`);
}
