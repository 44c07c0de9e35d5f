// A small service for the tests of this folder, and a site that serves it on any free port with a real
// embedded database; and a raw HTTP client, since no proper one sends the requests that attackers send.
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { createEmbeddedEngine, type DatabaseLocation } from "../../store/store.ts";
import { type AnyDatabase, defineService, get, post, Refusal } from "../app.ts";
import type { Configuration } from "../config.ts";
import { type Site, type SiteRequest, startSite } from "../site.ts";
import type { Views } from "../views.ts";

function createNotes(database: AnyDatabase) {
  return {
    find: (slug: string) =>
      database.query.selectFrom("notes").selectAll().where("slug", "=", slug).executeTakeFirst(),
    list: () => database.query.selectFrom("notes").selectAll().orderBy("slug").execute(),
    add: (slug: string, text: string) => database.query.insertInto("notes").values({ slug, text }).execute(),
  };
}

const modified = new Date("2024-03-01T10:00:00.500Z");

export const notes = defineService({
  name: "notes",
  folder: import.meta.dirname,
  settings: z.object({ perPage: z.int().default(10) }),
  createStore: createNotes,
  routes: ({ store }) => [
    get("/", async () => ({
      kind: "page",
      component: "~list",
      props: {
        notes: (await store.list()).map(({ slug }) => slug),
        filler: "all work and no play ".repeat(200),
      },
      cache: "public",
      lastModified: modified,
    })),
    get("/go/", ({ query }) => ({ kind: "redirect", to: query.get("to") ?? "/", status: 302 })),
    get("/search/", ({ query }) => ({ kind: "page", component: "~search", props: { q: query.get("q") } })),
    get("/fails/", () => {
      throw new Error("the secret of the fault");
    }),
    get("/bad-view/", () => ({ kind: "page", component: "~fails", props: {} })),
    get("/slow/", async () => {
      await sleep(300);
      return { kind: "document", type: "text/plain", body: "slow but whole" };
    }),
    get("/feed.xml", () => ({
      kind: "document",
      type: "application/rss+xml",
      body: `<rss>${"x".repeat(2000)}</rss>`,
    })),
    get("/gone/", () => ({ kind: "gone" })),
    get("/unclear/", () => ({ kind: "bad-request", sentence: "Say <which> page." })),
    post("/notes/", async ({ form }) => {
      await store.add(form?.get("slug") ?? "", form?.get("text") ?? "");
      return { kind: "redirect", to: `/${form?.get("slug")}/`, status: 303 };
    }),
    get("/:slug/", async ({ params }) => {
      const note = await store.find(params.slug ?? "");
      return note
        ? { kind: "page", component: "~note", props: { text: note.text } }
        : { kind: "not-found", hint: "Look at the list." };
    }),
  ],
  shell: () => async () => ({ navigation: ["home", "about"] }),
  movedAddress:
    () =>
    async ({ path }) =>
      path === "/2019/05/first-note" || path === "/moved/"
        ? { kind: "redirect", to: "/first/", status: 301 }
        : { kind: "not-found" },
  commands: ({ store }) => ({
    add: {
      help: "SLUG TEXT: adds a note",
      async run([slug, text], session) {
        if (!slug || !text) throw new Refusal("Say the slug and the text.");
        session.progress("adding", 1, 2);
        await store.add(slug, text);
        session.progress("adding", 2, 2);
        session.print(`added ${slug}\u2028from ${session.cwd}`);
        return { report: { slug } };
      },
    },
    demo: {
      help: "adds a note to show, once",
      async run(_args, { print }) {
        if (await store.find("demo")) return print("the demonstration is there already");
        await store.add("demo", "A note to show");
        print("the demonstration is in");
      },
    },
    wait: {
      help: "waits until it is stopped",
      async run(_args, { signal, progress }) {
        progress("waiting");
        await sleep(60_000, undefined, { signal });
      },
    },
    break: {
      help: "breaks",
      async run() {
        throw new Error("broken inside");
      },
    },
  }),
});

const shown = (text: unknown) => JSON.stringify(text).replace(/</g, "&lt;");

/** Views that show the component's name and props, so that a test can look at both. */
export const plainViews: Views = {
  render(component, props) {
    if (component === "~fails") throw new Error("the view is broken");
    return `<!DOCTYPE html><html lang="en"><title>${component}</title><pre>${shown(props)}</pre></html>`;
  },
  stylesheet: { name: "style.0123456789abcdef.css", body: `body{margin:0}/*${"x".repeat(2000)}*/` },
  refresh: () => null,
  explain: () => null,
};

/** Where a test says what to do at its end: its context, or the whole file's `after`. */
export interface Cleanup {
  after(work: () => unknown): void;
}

const engine = createEmbeddedEngine({
  templateDirectory: join(tmpdir(), "rose-ash-test-template-18"),
  snapshotFile: join(tmpdir(), "rose-ash-test-snapshot-18.tar"),
});

export interface TestSiteOptions {
  readonly data?: string;
  readonly database?: DatabaseLocation;
  readonly origin?: string;
  readonly port?: number;
  readonly views?: Views;
  readonly metrics?: Configuration["metrics"];
}

/** What `startSite` and `openServices` need to run the notes; the database is in memory unless it is given. */
export function siteRequest(data: string, options: TestSiteOptions = {}): SiteRequest {
  const {
    database = { kind: "memory" },
    origin = "http://localhost:1",
    port = 0,
    metrics = "private",
  } = options;
  const site = { title: "Notes", description: null, language: "en", timeZone: "UTC", logo: null };
  const services = { notes: { origin, port, hosts: ["notes.example.org"], database, own: { perPage: 10 } } };
  return {
    configuration: {
      site,
      log: { level: "info" },
      metrics,
      data,
      secrets: null,
      redis: null,
      mail: { from: "Notes <notes@example.org>", smtp: null },
      services,
      installed: { notes: { origin, internal: null } },
    },
    services: [notes],
    log: { kind: "files", directory: join(data, "log"), show: () => {} },
    engine,
    views: { of: () => options.views ?? plainViews },
  };
}

export interface TestSite {
  readonly site: Site;
  readonly port: number;
  readonly data: string;
}

export async function startTestSite(t: Cleanup, options: TestSiteOptions = {}): Promise<TestSite> {
  const data = options.data ?? (await temporaryFolder(t));
  const site = await startSite(siteRequest(data, options));
  t.after(() => site.stop());
  return { site, port: site.addresses[0]?.port ?? 0, data };
}

/** A folder that goes away after the test. Ask for it first, since what was asked for last is cleaned up last. */
export async function temporaryFolder(t: Cleanup): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "rose-ash-app-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export interface RawResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly text: string;
}

/** Sends these lines as they are (Host and Connection are added unless they are among them) and reads to the end. */
export async function ask(
  port: number,
  line: string,
  headers: string[] = [],
  body = "",
): Promise<RawResponse> {
  const has = (name: string) => headers.some((header) => header.toLowerCase().startsWith(`${name}:`));
  const all = [
    ...(has("host") ? [] : [`Host: localhost:${port}`]),
    ...(has("connection") ? [] : ["Connection: close"]),
    ...headers,
  ];
  const socket = connect(port, "127.0.0.1");
  socket.write(`${line} HTTP/1.1\r\n${all.join("\r\n")}\r\n\r\n${body}`);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk);
  return parseResponse(Buffer.concat(chunks));
}

function parseResponse(bytes: Buffer): RawResponse {
  const end = bytes.indexOf("\r\n\r\n");
  const [status = "", ...lines] = bytes.subarray(0, end).toString("latin1").split("\r\n");
  const headers = Object.fromEntries(
    lines.map((one) => [
      one.slice(0, one.indexOf(":")).toLowerCase(),
      one.slice(one.indexOf(":") + 1).trim(),
    ]),
  );
  let body = bytes.subarray(end + 4);
  if (headers["transfer-encoding"] === "chunked") body = unchunk(body);
  return { status: Number(status.split(" ")[1]), headers, body, text: body.toString("utf8") };
}

function unchunk(bytes: Buffer): Buffer {
  const end = bytes.indexOf("\r\n");
  const size = Number.parseInt(bytes.subarray(0, end).toString("latin1"), 16);
  if (!(size > 0)) return Buffer.alloc(0);
  const start = end + 2;
  return Buffer.concat([bytes.subarray(start, start + size), unchunk(bytes.subarray(start + size + 2))]);
}
