// The editors' desk for tests: the service's own routes asked with made-up viewers, on a real database of either
// driver, with real views and a real media store. Facts land in the database as the bus keeps them, so those of a
// transaction that was rolled back are not there. What a test says of pages says nothing of how it is asked here:
// when a site with sessions can be opened instead, this file changes and no other.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { PageRequest, Route, UploadedFile } from "@rose-ash/platform/app";
import { viewsForTests } from "@rose-ash/platform/app/test-views";
import { guest, mayAct, type Role, type Viewer } from "@rose-ash/platform/auth";
import { createMediaStore, type MediaStore } from "@rose-ash/platform/media";
import { factName } from "@rose-ash/platform/rpc";
import type { Database } from "@rose-ash/platform/store";
import type { FreshDatabases } from "@rose-ash/platform/store/test-database";
import { sql } from "kysely";
import type { StagedSite } from "../import/staged-site.ts";
import { movedAddress } from "../pages/moved.ts";
import { reactions } from "../reactions.ts";
import { type BlogParts, routes } from "../routes.ts";
import { shell } from "../shell.ts";
import { createStore } from "../store.ts";
import type { Tables } from "../tables.ts";

export const origin = "https://blog.example.org";
export const formToken = "the-token-of-this-session";

/** Somebody with a role and a name of their own. */
export function member(
  name: string,
  role: Role = "editor",
  level: string | null = null,
): Extract<Viewer, { kind: "member" }> {
  const digits = Buffer.from(name.padEnd(6, "-")).toString("hex").slice(0, 12);
  return { kind: "member", id: `00000000-0000-4000-8000-${digits}`, name, role, level };
}

export const ann = member("Ann Example");
export const bob = member("Bob Example");

export interface DeskReply {
  readonly status: number;
  readonly text: string;
  /** Where a redirect leads, else "". */
  readonly location: string;
  readonly cache: string | undefined;
}

export interface ToldFact {
  readonly fact: string;
  readonly type: string;
  readonly actor: string;
  readonly object: string;
  readonly visibility: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly notBefore: string | null;
}

/** The likes service as it is pretended to be. */
export interface PretendedLikes {
  installed: boolean;
  answers: boolean;
  readonly asked: (readonly string[])[];
  readonly keys: Set<string>;
  readonly likedBy: Map<string, Set<string>>;
}

export interface Desk {
  readonly database: Database<Tables>;
  readonly media: MediaStore;
  readonly parts: BlogParts;
  readonly likes: PretendedLikes;
  /** The desk's clock. */
  setNow(now: string): void;
  get(path: string, viewer?: Viewer): Promise<DeskReply>;
  post(
    path: string,
    fields: Readonly<Record<string, string>>,
    viewer?: Viewer,
    file?: UploadedFile,
  ): Promise<DeskReply>;
  /** What was told so far, in order. */
  told(): Promise<ToldFact[]>;
  /** Lets the reactions to these facts happen, as the bus does when they are due. */
  react(facts: readonly ToldFact[]): Promise<void>;
}

const folder = join(import.meta.dirname, "../sx");
const views = viewsForTests(folder);

export async function openDesk(
  t: TestContext,
  fresh: FreshDatabases<Tables>,
  staged?: StagedSite,
): Promise<Desk> {
  const database = await fresh.open(t);
  const pictures = await mkdtemp(join(tmpdir(), "rose-ash-desk-"));
  t.after(() => rm(pictures, { recursive: true, force: true }));
  const store = createStore(database);
  if (staged) await store.applyImport(staged);
  const media = createMediaStore(pictures);
  let time = new Date("2026-06-10T09:00:00Z");
  const likes: PretendedLikes = {
    installed: true,
    answers: true,
    asked: [],
    keys: new Set(),
    likedBy: new Map(),
  };
  const told = () => readFacts(database);
  const parts = {
    settings: { postsPerPage: 5, postsInFeed: 20 },
    site: {
      title: "The Example Gazette",
      description: "News of a co-op.",
      language: "en-GB",
      timeZone: "Europe/London",
      logo: null,
    },
    origin,
    store,
    database,
    media,
    now: () => time,
    get installed() {
      return likes.installed ? ["blog", "likes"] : ["blog"];
    },
    emitActivity: createEmitter(() => time),
    ...pretendLikes(likes),
  } as unknown as BlogParts; // the parts that this service's pages use

  const table = routes(parts);
  const moved = movedAddress(parts);
  const shellOf = shell(parts);

  async function ask(
    method: "GET" | "POST",
    address: string,
    viewer: Viewer,
    sent: Sent,
  ): Promise<DeskReply> {
    const url = new URL(address, origin);
    const found = findRoute(table, method, url.pathname);
    if (!found) return plain(404);
    if (found.route.role !== undefined && !mayAct(viewer, found.route.role))
      return plain(viewer.kind === "guest" ? 401 : 403);
    const request: PageRequest = {
      id: "request-of-a-test",
      path: url.pathname,
      params: found.params,
      query: url.searchParams,
      form: sent.form,
      files: sent.files,
      viewer,
      headers: {},
    };
    let answer = await found.route.page(request);
    if (answer.kind === "not-found" && method === "GET") answer = await moved(request);
    switch (answer.kind) {
      case "page": {
        const frame = {
          site: parts.site,
          origin,
          path: url.pathname,
          stylesheet: "/assets/style.css",
          formToken: viewer.kind === "member" ? formToken : null,
          ...(await shellOf(request)),
        };
        const text = views.render(answer.component, { shell: frame, ...answer.props });
        return { status: answer.status ?? 200, text, location: "", cache: answer.cache };
      }
      case "document":
        return { status: answer.status ?? 200, text: String(answer.body), location: "", cache: answer.cache };
      case "redirect":
        return { status: answer.status, text: "", location: answer.to, cache: undefined };
      case "bad-request":
        return { ...plain(400), text: answer.sentence };
      default:
        return plain(404);
    }
  }

  return {
    database,
    media,
    parts,
    likes,
    setNow: (now) => {
      time = new Date(now);
    },
    get: (path, viewer = guest) => ask("GET", path, viewer, { form: null, files: new Map() }),
    post: (path, fields, viewer = guest, file) => {
      const files = new Map(file ? [["file", file] as const] : []);
      return ask("POST", path, viewer, { form: new URLSearchParams(fields), files });
    },
    told,
    async react(facts) {
      for (const { fact, data, object, actor } of facts) {
        for (const reaction of reactions.filter((one) => factName(one.fact) === fact)) {
          const activity = { object, actor, data } as unknown as Parameters<typeof reaction.handle>[0]; // what it reads
          await database.transaction((tx) => reaction.handle(activity, tx, parts));
        }
      }
    },
  };
}

interface Sent {
  readonly form: URLSearchParams | null;
  readonly files: ReadonlyMap<string, UploadedFile>;
}

function plain(status: number): DeskReply {
  return { status, text: "", location: "", cache: undefined };
}

/** The first row that has the path, and its parameters. */
function findRoute(table: readonly Route[], method: string, path: string) {
  for (const route of table) {
    if (route.method !== method) continue;
    const names: string[] = [];
    const pattern = route.path
      .replace(/:(\w+)/g, (_, name: string) => {
        names.push(name);
        return "([^/]+)";
      })
      .replace("*", ".*");
    const match = new RegExp(`^${pattern}$`).exec(path);
    if (match === null) continue;
    const params = Object.fromEntries(
      names.map((name, index) => [name, decodeURIComponent(match[index + 1] ?? "")]),
    );
    return { route, params };
  }
  return null;
}

/** Keeps facts as the bus does, in the caller's transaction. */
function createEmitter(now: () => Date): BlogParts["emitActivity"] {
  let count = 0;
  return async (tx, { fact, actor, object, data, notBefore }) => {
    count += 1;
    const kept = JSON.stringify({
      ...(fact.data.parse(data) as object),
      notBefore: notBefore?.toISOString() ?? null,
    });
    await sql`
      insert into activity (id, fact, type, actor, object, visibility, data, published_at)
      values (${`${origin}/activities/${count}`}, ${factName(fact)}, ${fact.type}, ${actor}, ${object}, ${fact.visibility},
        ${kept}::jsonb, ${now()})`.execute(tx);
  };
}

async function readFacts(database: Database<Tables>): Promise<ToldFact[]> {
  const { rows } = await sql<Omit<ToldFact, "notBefore"> & { data: { notBefore: string | null } }>`
    select fact, type, actor, object, visibility, data from activity order by position`.execute(
    database.query,
  );
  return rows.map(({ data: { notBefore, ...data }, ...row }) => ({ ...row, data, notBefore }));
}

function pretendLikes(likes: PretendedLikes): Record<string, unknown> {
  const unavailable = { kind: "unavailable", service: "likes", reason: "timeout" };
  const of = (object: string) => likes.likedBy.get(object) ?? new Set<string>();
  return {
    async fetchData(_query: unknown, { objects, memberId }: { objects: string[]; memberId: string | null }) {
      likes.asked.push(objects);
      if (!likes.answers) return unavailable;
      const answer = objects.map((object) => {
        return { object, count: of(object).size, liked: memberId !== null && of(object).has(memberId) };
      });
      return { kind: "answered", answer };
    },
    async callAction(
      action: { name: string },
      { object, memberId }: { object: string; memberId: string },
      { idempotencyKey }: { idempotencyKey: string },
    ) {
      if (!likes.answers) return unavailable;
      const repeated = likes.keys.has(idempotencyKey);
      likes.keys.add(idempotencyKey);
      const liked = new Set(of(object));
      if (!repeated && action.name === "like") liked.add(memberId);
      if (!repeated && action.name === "unlike") liked.delete(memberId);
      likes.likedBy.set(object, liked);
      return { kind: "answered", answer: { count: liked.size, liked: liked.has(memberId) } };
    },
  };
}
