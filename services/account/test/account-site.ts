// The account service behind a real HTTP server, for tests: its own pages, views and OpenID Connect server over a
// real database, with an outbox that is delivered when a test says so and mail that lands in a list.
import { createHmac, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { Answer, PageRequest, Route } from "@rose-ash/platform/app";
import { createViewLibrary } from "@rose-ash/platform/app/views";
import { guest, type Viewer } from "@rose-ash/platform/auth";
import type { Emission } from "@rose-ash/platform/rpc";
import type { Database } from "@rose-ash/platform/store";
import type { FreshDatabases } from "@rose-ash/platform/store/test-database";
import { createStylesheet } from "@rose-ash/platform/ui";
import { sql } from "kysely";
import { answers } from "../answers.ts";
import type { Settings } from "../config.ts";
import { mounts } from "../oidc/doors.ts";
import { reactions } from "../reactions.ts";
import { type AccountParts, routes } from "../routes.ts";
import { type AccountStore, createStore, type Tx } from "../store.ts";
import type { Tables } from "../tables.ts";

const root = join(import.meta.dirname, "../../..");

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface AccountSite {
  readonly origin: string;
  readonly parts: AccountParts;
  readonly store: AccountStore;
  readonly database: Database<Tables>;
  readonly answers: ReturnType<typeof answers>;
  /** The mails that went out, oldest first. */
  readonly mails: readonly Mail[];
  /** What was logged as a warning or an error. */
  readonly complaints: readonly unknown[];
  /** Lets the service react to what was emitted; answers what failed, which is tried again next time. */
  deliver(): Promise<string[]>;
  /** The facts that were emitted and committed, by name. */
  facts(): Promise<{ name: string; data: Record<string, string> }[]>;
  /** Who is looking at the pages that follow; the requests of tests carry no session of the platform. */
  viewer: Viewer;
  /** The clock. */
  time: Date | null;
}

export interface AccountOptions {
  readonly settings?: Partial<Settings>;
  /** The public addresses of further services, by name. */
  readonly clients?: Readonly<Record<string, string>>;
  /** A public origin other than the server's own, as behind a proxy. */
  readonly origin?: string;
}

/** The client secret that the tests' services share with the account. */
export function clientSecret(name: string): string {
  return createHmac("sha256", "test clients").update(name).digest("base64url");
}

export async function openAccount(
  t: TestContext,
  fresh: FreshDatabases<Tables>,
  { settings = {}, clients = {}, origin: publicOrigin }: AccountOptions = {},
): Promise<AccountSite> {
  const database = await fresh.open(t);
  await sql`create table if not exists test_outbox (id bigint generated always as identity primary key,
    name text not null, object text not null, data jsonb not null, done boolean not null default false)`.execute(
    database.query,
  );
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  const local = `http://localhost:${(server.address() as AddressInfo).port}`; // a TCP server's address is never null
  const origin = publicOrigin ?? local;
  const mails: Mail[] = [];
  const complaints: unknown[] = [];
  const site = { viewer: guest as Viewer, time: null as Date | null };
  const names = ["account", ...Object.keys(clients)];
  const log = createLog(complaints);
  const parts = {
    settings: { joining: "open", ...settings },
    site: {
      title: "The Example Co-op",
      description: null,
      language: "en-GB",
      timeZone: "Europe/London",
      logo: null,
    },
    origin,
    store: createStore(database),
    database,
    log,
    now: () => site.time ?? new Date(),
    emitActivity: async (tx: Tx, { fact, object, data }: Emission) => {
      const text = JSON.stringify(fact.data.parse(data));
      await sql`insert into test_outbox (name, object, data) values (${fact.name}, ${object}, ${text})`.execute(
        tx,
      );
    },
    mailer: { send: async (mail: Mail) => void mails.push(mail), close: async () => {} },
    originOf: (name: string) => (name === "account" ? origin : (clients[name] ?? null)),
    installed: names,
    fetchOwn: fetch,
    secrets: {
      derive: (purpose: string) => createHmac("sha256", "test root").update(purpose).digest(),
      client: clientSecret("account"),
      clients: Object.fromEntries(names.map((name) => [name, clientSecret(name)])),
    },
  } as unknown as AccountParts; // the rest is not asked for by this service
  server.on("request", await createListener(parts, site));
  const account: AccountSite = Object.assign(site, {
    origin: local,
    parts,
    store: parts.store,
    database,
    answers: answers(parts),
    mails,
    complaints,
    deliver: () => deliver(database, parts),
    facts: () => readFacts(database),
  });
  return account;
}

async function readFacts(database: Database<Tables>) {
  const { rows } = await sql<{ name: string; data: Record<string, string> }>`
    select name, data from test_outbox order by id`.execute(database.query);
  return rows;
}

async function deliver(database: Database<Tables>, parts: AccountParts): Promise<string[]> {
  const failures: string[] = [];
  for (let last = 0; ; ) {
    const { rows } = await sql<{ id: number; name: string; object: string; data: never }>`
      select id, name, object, data from test_outbox where not done and id > ${last}
      order by id limit 1`.execute(database.query);
    const [fact] = rows;
    if (!fact) return failures;
    last = fact.id;
    try {
      for (const { fact: of, handle } of reactions) {
        if (of.name === fact.name) await handle({ object: fact.object, data: fact.data } as never, parts);
      }
      await sql`update test_outbox set done = true where id = ${fact.id}`.execute(database.query);
    } catch (error) {
      failures.push(String(error));
    }
  }
}

function createLog(complaints: unknown[]): AccountParts["log"] {
  const quiet = () => {};
  const loud = (...said: unknown[]) => void complaints.push(said);
  return { info: quiet, debug: quiet, trace: quiet, warn: loud, error: loud, fatal: loud } as never;
}

type Listener = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

/** What the app factory does around pages and mounts, as far as this service's tests can tell. */
async function createListener(parts: AccountParts, site: { viewer: Viewer }): Promise<Listener> {
  const table = routes(parts).map((route) => ({ route, pattern: patternOf(route.path) }));
  const doors = mounts(parts);
  return (incoming, outgoing) => {
    answer().catch((error) => {
      parts.log.error({ err: error }, "a page failed");
      outgoing.writeHead(500).end("A page failed.");
    });

    async function answer(): Promise<void> {
      const { pathname } = new URL(incoming.url ?? "/", "http://local");
      const door = doors.find(({ prefix }) => pathname === prefix || pathname.startsWith(`${prefix}/`));
      if (door) return await door.handle(incoming, outgoing);
      const method = incoming.method === "HEAD" ? "GET" : incoming.method;
      const found = table.find(({ route, pattern }) => route.method === method && pattern.test(pathname));
      if (!found) return void outgoing.writeHead(404).end();
      if (method === "POST" && incoming.headers["sec-fetch-site"] !== "same-origin") {
        return void outgoing.writeHead(403).end();
      }
      const params = found.pattern.exec(pathname)?.groups ?? {};
      const request = await toPageRequest(incoming, pathname, params, found.route, site.viewer);
      send(outgoing, await found.route.page(request), (component, props) =>
        views.render(component, { shell: shellFor(parts), ...props }),
      );
    }
  };
}

async function openViews() {
  const stylesheet = await createStylesheet();
  const folder = join(import.meta.dirname, "../sx");
  const library = createViewLibrary({
    shared: join(root, "platform/ui/sx"),
    folders: [folder],
    reload: false,
    buildStylesheet: (_folders, classes) => stylesheet.build(classes),
    root,
  });
  return library.of(folder);
}

/** Read once: they are the same for every test. */
const views = await openViews();

function shellFor({ site, origin }: AccountParts) {
  return { site, origin, path: "/", stylesheet: "/assets/style.css" };
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/:([a-z]+)/g, "(?<$1>[^/]+)")}$`);
}

async function toPageRequest(
  incoming: IncomingMessage,
  path: string,
  params: Record<string, string>,
  route: Route,
  viewer: Viewer,
): Promise<PageRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const form = route.method === "POST" ? new URLSearchParams(Buffer.concat(chunks).toString()) : null;
  const query = new URL(incoming.url ?? "/", "http://local").searchParams;
  const { headers } = incoming;
  return { id: randomUUID(), path, params, query, form, files: new Map(), viewer, headers };
}

type Render = (component: string, props: Readonly<Record<string, unknown>>) => string;

function send(outgoing: ServerResponse, answer: Answer, render: Render): void {
  switch (answer.kind) {
    case "page": {
      const headers = {
        "content-type": "text/html; charset=utf-8",
        "cache-control": answer.cache === "none" ? "no-store" : "private",
        "referrer-policy": answer.referrer === "none" ? "no-referrer" : "strict-origin",
      };
      return void outgoing
        .writeHead(answer.status ?? 200, headers)
        .end(render(answer.component, answer.props));
    }
    case "document":
      return void outgoing.writeHead(answer.status ?? 200, { "content-type": answer.type }).end(answer.body);
    case "redirect":
      return void outgoing.writeHead(answer.status, { location: answer.to }).end();
    case "too-many":
      return void outgoing
        .writeHead(429, { "retry-after": String(answer.retryAfterSeconds) })
        .end(answer.sentence);
    case "not-found":
      return void outgoing.writeHead(404).end();
    default:
      return void outgoing.writeHead(400).end();
  }
}
