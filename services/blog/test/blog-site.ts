// The blog behind its real doors, for tests: real views, a real database of either driver, an ephemeral port.
// The public origin is made up, so that a page which believes the Host header is caught.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { startSite } from "@rose-ash/platform/app/site";
import { type Reply, requestAt } from "@rose-ash/platform/app/test-request";
import { createViewLibrary } from "@rose-ash/platform/app/views";
import {
  createEmbeddedEngine,
  type Database,
  migrateDatabase,
  openDatabase,
  readMigrations,
} from "@rose-ash/platform/store";
import type { FreshDatabases } from "@rose-ash/platform/store/test-database";
import { createStylesheet } from "@rose-ash/platform/ui";
import type {
  PostContent,
  StagedMenu,
  StagedPost,
  StagedRedirect,
  StagedSite,
} from "../import/staged-site.ts";
import { noSeo } from "../post.ts";
import { service } from "../service.ts";
import { createStore } from "../store.ts";
import type { Tables } from "../tables.ts";

export const origin = "https://blog.example.org";
const host = "blog.example.org";
const root = join(import.meta.dirname, "../../..");

/** New databases are copies of one template, which outlives the tests. */
const engine = createEmbeddedEngine({ templateDirectory: join(tmpdir(), "rose-ash-test-template-18") });

export interface Visitor {
  get(path: string, headers?: Record<string, string>): Promise<Reply>;
  post(path: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Reply>;
}

/** Fills a database, serves it and gives somebody to visit it. */
export async function openBlog(
  t: TestContext,
  fresh: FreshDatabases<Tables>,
  staged: StagedSite,
): Promise<Visitor> {
  const place = await fresh.place(t);
  const data = await mkdtemp(join(tmpdir(), "rose-ash-blog-"));
  t.after(() => rm(data, { recursive: true, force: true }));
  const embedded =
    place.kind === "memory" ? { kind: "embedded" as const, directory: join(data, "db") } : place;
  await fill(embedded, staged);
  const stylesheet = await createStylesheet();
  const site = await startSite({
    configuration: {
      site: {
        title: "The Example Gazette",
        description: "News of a co-op.",
        language: "en-GB",
        timeZone: "Europe/London",
        logo: null,
      },
      log: { level: "silent" },
      metrics: "off",
      data,
      secrets: null,
      redis: null,
      mail: { from: "The Example Gazette <post@example.org>", smtp: null },
      installed: { blog: { origin, internal: null } },
      services: {
        blog: { origin, port: 0, hosts: [], database: embedded, own: { postsPerPage: 5, postsInFeed: 20 } },
      },
    },
    services: [service],
    log: { kind: "files", directory: join(data, "log"), show: () => {} },
    engine,
    views: createViewLibrary({
      shared: join(root, "platform/ui/sx"),
      folders: [join(service.folder, "sx")],
      reload: true,
      buildStylesheet: (_folders, classes) => stylesheet.build(classes),
      root,
    }),
  });
  t.after(() => site.stop());
  return visitor(site.addresses[0]?.port ?? 0);
}

async function fill(place: Parameters<typeof openDatabase>[0], staged: StagedSite): Promise<void> {
  const database: Database<Tables> = await openDatabase(place, { engine });
  try {
    await migrateDatabase(database, await readMigrations(join(import.meta.dirname, "../migrations")));
    await createStore(database).applyImport(staged);
  } finally {
    await database.close();
  }
}

function visitor(port: number): Visitor {
  const send = (method: string, path: string, headers: Record<string, string>, body?: string) =>
    requestAt(port, method, path, { host, ...headers }, body);
  return {
    get: (path, headers = {}) => send("GET", path, headers),
    post: (path, fields, headers = {}) => {
      const form = {
        "content-type": "application/x-www-form-urlencoded",
        "sec-fetch-site": "same-origin",
        origin,
        ...headers,
      };
      return send("POST", path, form, new URLSearchParams(fields).toString());
    },
  };
}

/** A published public post, but for what a test says. */
export function stagedPost(slug: string, over: Partial<StagedPost> = {}): StagedPost {
  const html = over.html ?? `<p>The body of ${slug}.</p>`;
  const content: PostContent = {
    kind: "post",
    title: `Title of ${slug}`,
    status: "published",
    visibility: "public",
    passwordHash: null,
    pinned: false,
    excerpt: null,
    summary: `The body of ${slug}.`,
    html,
    previewHtml: null,
    cleanRules: "test",
    sourceFormat: "html",
    sourceText: `source of ${slug}`,
    image: null,
    language: null,
    seo: noSeo,
    searchBody: over.visibility && over.visibility !== "public" ? "" : html.replace(/<[^>]*>/g, " "),
  };
  return {
    ...content,
    sourceKey: `test post ${slug}`,
    hash: slug,
    slug,
    parentKey: null,
    authorKeys: [],
    tagKeys: [],
    publishedAt: new Date("2026-03-01T10:00:00Z"),
    createdAt: new Date("2026-03-01T10:00:00Z"),
    updatedAt: new Date("2026-03-01T10:00:00Z"),
    oldAddresses: [],
    ...over,
  };
}

/** A site of these posts, with one author, one tag and one category, all of them invented. */
export function stagedSite(
  posts: readonly StagedPost[],
  more: { menus?: StagedMenu[]; redirects?: StagedRedirect[] } = {},
): StagedSite {
  return {
    keyPrefix: "test ",
    searchLanguage: "en-GB",
    authors: [
      {
        sourceKey: "test author ann",
        hash: "1",
        slug: "ann",
        name: "Ann Example",
        bio: "Bakes.",
        website: "https://ann.example.org/",
        image: null,
      },
    ],
    tags: [
      {
        sourceKey: "test tag bread",
        hash: "1",
        kind: "tag",
        slug: "bread",
        name: "Bread",
        description: "All about it.",
        parentKey: null,
        image: null,
        internal: false,
        seo: noSeo,
      },
      {
        sourceKey: "test tag inner",
        hash: "1",
        kind: "tag",
        slug: "hash-inner",
        name: "#inner",
        description: null,
        parentKey: null,
        image: null,
        internal: true,
        seo: noSeo,
      },
    ],
    posts,
    menus: more.menus ?? [],
    redirects: more.redirects ?? [],
  };
}
