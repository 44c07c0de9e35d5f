// The blog's commands for tests, with a real database and media store and somebody who waits for them; and a way
// to write small WordPress exports.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { CommandOutcome, CommandSession } from "@rose-ash/platform/app";
import { createMediaStore, type MediaStore } from "@rose-ash/platform/media";
import type { Database } from "@rose-ash/platform/store";
import type { FreshDatabases } from "@rose-ash/platform/store/test-database";
import { sql } from "kysely";
import { commands } from "../commands.ts";
import type { ImportTarget } from "../import/import.ts";
import type { BlogParts } from "../routes.ts";
import { createStore } from "../store.ts";
import type { Tables } from "../tables.ts";

export const origin = "https://blog.example.org";

export interface Workshop {
  readonly database: Database<Tables>;
  readonly media: MediaStore;
  readonly target: ImportTarget;
  /** A folder of this test alone; commands are run in it. */
  readonly folder: string;
  /** What the command printed last. */
  readonly printed: string[];
  /** The names of the facts that were told, in order. */
  readonly told: string[];
  run(verb: string, ...args: string[]): Promise<CommandOutcome>;
  write(name: string, content: string | Uint8Array): Promise<string>;
  /** Every row of every table, as text to compare. */
  dump(): Promise<string>;
  rows<Row>(statement: string): Promise<Row[]>;
}

const tables = ["author", "tag", "post", "post_author", "post_tag", "old_address", "redirect", "menu_item"];

export async function openWorkshop(
  t: TestContext,
  fresh: FreshDatabases<Tables>,
  watch: Partial<CommandSession> = {},
): Promise<Workshop> {
  const database = await fresh.open(t);
  const folder = await mkdtemp(join(tmpdir(), "rose-ash-import-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const media = createMediaStore(join(folder, "media"));
  const store = createStore(database);
  const now = () => new Date("2026-11-21T12:00:00Z");
  const site = {
    title: "The Example Gazette",
    description: "News of a co-op.",
    language: "en-GB",
    timeZone: "Europe/London",
    logo: null,
  };
  // The commands log nothing; everything else of a running blog is real.
  const told: string[] = [];
  const emitActivity: BlogParts["emitActivity"] = async (_tx, { fact }) => void told.push(fact.name);
  const blog = {
    store,
    database,
    media,
    origin,
    site,
    now,
    emitActivity,
    settings: {},
  } as unknown as BlogParts;
  const printed: string[] = [];
  const session: CommandSession = {
    cwd: folder,
    signal: new AbortController().signal,
    progress() {},
    print: (line) => printed.push(line),
    ...watch,
  };
  const rows = async <Row>(statement: string) => (await sql.raw<Row>(statement).execute(database.query)).rows;
  return {
    database,
    media,
    target: { store, media, origin, searchLanguage: "en-GB", now: now() },
    folder,
    printed,
    told,
    rows,
    async run(verb, ...args) {
      printed.length = 0;
      return (await commands(blog)[verb]!.run(args, session)) ?? {};
    },
    async write(name, content) {
      await writeFile(join(folder, name), content);
      return join(folder, name);
    },
    async dump() {
      const dumps = [];
      for (const table of tables) dumps.push(await rows(`select * from ${table} order by 1, 2`));
      return JSON.stringify(dumps, null, 1);
    },
  };
}

export interface WordpressItem {
  readonly id: number;
  readonly type?: "post" | "page";
  readonly title?: string;
  readonly slug?: string;
  readonly status?: string;
  readonly content?: string;
  readonly parent?: number;
  readonly password?: string;
  readonly more?: string;
}

/** A WordPress export of these posts; `more` in an item is XML that stands in it as it is. */
export function wordpressExport(items: readonly WordpressItem[], site = "https://old.example.org"): string {
  const written = items.map(
    ({ id, type = "post", slug = `post-${id}`, title = `Post ${id}`, content = "", ...item }) => `<item>
<title>${title}</title><link>${site}/2020/01/${slug}/</link><dc:creator>ann</dc:creator>
<content:encoded><![CDATA[${content}]]></content:encoded><wp:post_id>${id}</wp:post_id>
<wp:post_date_gmt>2020-01-02 03:04:05</wp:post_date_gmt><wp:post_modified_gmt>2020-02-03 04:05:06</wp:post_modified_gmt>
<wp:post_name>${slug}</wp:post_name><wp:status>${item.status ?? "publish"}</wp:status>
<wp:post_parent>${item.parent ?? 0}</wp:post_parent><wp:post_type>${type}</wp:post_type>
<wp:post_password>${item.password ?? ""}</wp:post_password>${item.more ?? ""}</item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Old site</title><link>${site}</link>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>${site}</wp:base_blog_url>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login>ann</wp:author_login><wp:author_display_name>Ann Example</wp:author_display_name></wp:author>
${written.join("\n")}</channel></rss>`;
}

/** A Ghost export of these rows of `posts` (each completed to a published post). */
export function ghostExport(posts: readonly Readonly<Record<string, unknown>>[]): string {
  const rows = posts.map((post, index) => ({
    id: String(index + 1).padStart(24, "0"),
    title: `Post ${index + 1}`,
    slug: `post-${index + 1}`,
    type: "post",
    status: "published",
    visibility: "public",
    created_at: "2020-01-02T03:04:05.000Z",
    updated_at: "2020-02-03T04:05:06.000Z",
    published_at: "2020-01-02T03:04:05.000Z",
    ...post,
  }));
  const meta = { exported_on: 1_600_000_000_000, version: "6.0.0" };
  return JSON.stringify({ db: [{ meta, data: { posts: rows } }] });
}
