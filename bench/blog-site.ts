// A blog for measuring: 1,000 invented posts in an embedded database, the blog as its service describes it, and
// beside each page a bare handler that asks the database the same questions and answers with filler text.

import { mkdtemp, rm } from "node:fs/promises";
import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Hono } from "hono";
import { createBaseApp } from "../platform/app/app.ts";
import { createProcessMetrics } from "../platform/app/metrics.ts";
import { openServices } from "../platform/app/open-services.ts";
import type { AnyDatabase } from "../platform/app/service.ts";
import { viewsForTests } from "../platform/app/test-views.ts";
import type { StagedPost, StagedSite } from "../services/blog/import/staged-site.ts";
import { noSeo } from "../services/blog/post.ts";
import { service as blog } from "../services/blog/service.ts";
import { randomNumbers } from "./measure.ts";

export interface BlogSite {
  /** The blog's answer to GET of a path, read to its end. */
  readonly ask: (path: string) => Promise<string>;
  /** A bare handler for a path that runs the queries of that page and answers with as many characters. */
  readonly bareHandler: (path: string) => Promise<() => Promise<string>>;
  readonly close: () => Promise<void>;
}

const origin = "http://localhost:8001";
const site = {
  title: "Hedgerow Co-op",
  description: "What grows and happens here",
  language: "en-GB",
  timeZone: "Europe/London",
  logo: null,
};

/** Opens the blog with its posts. Its log is written to a temporary folder, as a real one writes its own. */
export async function openBlogSite(): Promise<BlogSite> {
  const folder = await mkdtemp(join(tmpdir(), "rose-ash-bench-"));
  const own = {
    origin,
    port: 0,
    hosts: [],
    database: { kind: "memory" } as const,
    own: blog.settings.parse({}),
  };
  const opened = await openServices({
    configuration: {
      site,
      log: { level: "info" },
      metrics: "off",
      data: folder,
      secrets: null,
      redis: null,
      mail: { from: "Hedgerow Co-op <post@example.org>", smtp: null },
      services: { blog: own },
      installed: { blog: { origin, internal: null } },
    },
    services: [blog],
    log: { kind: "files", directory: join(folder, "log"), show: () => {} },
  });
  const { parts } = opened.list[0]!; // one was asked for
  const { database } = parts;
  const recorder = createRecorder(database);
  const store = blog.createStore({ ...database, query: recorder.query });
  await store.applyImport(createPosts(1000));
  const app = createBaseApp(blog, {
    parts: { ...parts, store },
    views: viewsForTests(join(blog.folder, "sx"), false),
    port: 8001,
    hosts: [],
    logo: null,
    probes: { metrics: "off", isReady: () => database.isReady() },
    processMetrics: createProcessMetrics(),
  });
  const ask = async (path: string) => {
    const response = await app.fetch(new Request(`${origin}${path}`), { incoming: incomingFor(path) });
    if (response.status !== 200) throw new Error(`The blog answers ${response.status} to ${path}.`);
    return response.text();
  };
  return {
    ask,
    bareHandler: async (path) => {
      const { result, queries } = await recorder.record(() => ask(path));
      return createBareHandler(database, queries, result.length);
    },
    close: async () => {
      await opened.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The request line and headers as Node would have read them. */
function incomingFor(path: string): IncomingMessage {
  const incoming = new IncomingMessage(new Socket());
  incoming.method = "GET";
  incoming.url = path;
  incoming.headers = { host: new URL(origin).host, accept: "text/html" };
  return incoming;
}

type Statement = Parameters<AnyDatabase["query"]["executeQuery"]>[0];

interface Recorder {
  readonly query: AnyDatabase["query"];
  readonly record: <T>(work: () => Promise<T>) => Promise<{ result: T; queries: Statement[] }>;
}

/** A query handle that remembers what is asked through it while `record` runs. */
function createRecorder({ query }: AnyDatabase): Recorder {
  let recorded: Statement[] | null = null;
  const recording = query.withPlugin({
    transformQuery: ({ node, queryId }) => {
      recorded?.push(query.getExecutor().compileQuery(node, queryId));
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  return {
    query: recording,
    async record(work) {
      recorded = [];
      const result = await work();
      const queries = recorded;
      recorded = null;
      return { result, queries };
    },
  };
}

function createBareHandler(
  { query }: AnyDatabase,
  statements: readonly Statement[],
  length: number,
): () => Promise<string> {
  const filler = "x".repeat(length);
  const hono = new Hono();
  hono.get("/*", async (context) => {
    for (const statement of statements) await query.executeQuery(statement);
    return context.html(filler);
  });
  return async () => {
    const response = await hono.fetch(new Request(`${origin}/page/`));
    return response.text();
  };
}

const vocabulary =
  "orchard hedge kettle barley compost lantern saddle meadow quince ferry bramble gravel of and the with".split(
    " ",
  );
const key = (kind: string, number: number) => `bench:${kind}:${number}`;

/** Posts of about 6 kB, each by one of five authors with up to three of twenty tags, and a menu of six. */
function createPosts(count: number): StagedSite {
  const random = randomNumbers(3);
  const words = (length: number) =>
    Array.from({ length }, () => vocabulary[Math.floor(random() * vocabulary.length)]).join(" ");
  const term = (number: number) => ({
    description: null,
    parentKey: null,
    image: null,
    internal: false,
    seo: noSeo,
    hash: `${number}`,
  });
  return {
    keyPrefix: "bench:",
    searchLanguage: "en",
    authors: Array.from({ length: 5 }, (_, i) => ({
      sourceKey: key("author", i),
      hash: "1",
      slug: `author-${i}`,
      name: `Author ${words(1)} ${i}`,
      bio: null,
      website: null,
      image: null,
    })),
    tags: Array.from({ length: 20 }, (_, i) => ({
      ...term(i),
      sourceKey: key("tag", i),
      kind: i % 4 === 0 ? "category" : "tag",
      slug: `topic-${i}`,
      name: `Topic ${words(1)} ${i}`,
    })),
    posts: Array.from({ length: count }, (_, i) => createPost(i, words)),
    menus: [
      {
        place: "primary",
        items: Array.from({ length: 6 }, (_, i) => ({
          label: `Menu ${words(1)}`,
          target: { kind: "tag", key: key("tag", i) },
          children: [],
        })),
      },
    ],
    redirects: [],
  };
}

function createPost(number: number, words: (count: number) => string): StagedPost {
  const paragraphs = Array.from({ length: 10 }, () => words(90));
  const at = new Date(Date.UTC(2020, 0, 1) + number * 86_400_000);
  const image = {
    name: `${"0".repeat(28)}${String(number).padStart(4, "0")}.webp`,
    width: 1600,
    height: 900,
    alt: words(5),
    caption: null,
  };
  return {
    sourceKey: key("post", number),
    hash: "1",
    slug: `post-${number}`,
    kind: "post",
    title: `${words(6)} & <${number}>`,
    status: "published",
    visibility: "public",
    passwordHash: null,
    pinned: false,
    excerpt: number % 2 === 0 ? words(20) : null,
    summary: words(30),
    html: paragraphs
      .map((text, index) => (index % 4 === 3 ? `<h2>${text.slice(0, 30)}</h2>` : `<p>${text}</p>`))
      .join("\n"),
    previewHtml: null,
    cleanRules: "1",
    sourceFormat: "html",
    sourceText: "",
    image: number % 3 === 0 ? { ...image, variants: [{ name: image.name, width: 1600 }] } : null,
    language: null,
    seo: noSeo,
    searchBody: paragraphs.join(" "),
    parentKey: null,
    authorKeys: [key("author", number % 5)],
    tagKeys: [number, number + 7, number + 11].slice(0, number % 4).map((tag) => key("tag", tag % 20)),
    publishedAt: at,
    createdAt: at,
    updatedAt: at,
    oldAddresses: [],
  };
}
