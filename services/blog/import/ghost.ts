// A Ghost export, version 2 to 6, as a neutral site.
// Rows are read through ghost-file.ts, which refuses broken ones by their place; posts are made in ghost-post.ts.
// What is not taken is counted and said (ghost-not-taken.ts), secrets are only named (ghost-secrets.ts).

import { type GhostFile, type GhostRow, readGhostFile } from "./ghost-file.ts";
import { readGhostMenus } from "./ghost-menus.ts";
import { type Losses, listNotTaken } from "./ghost-not-taken.ts";
import { importGhostPost, readGhostSeo } from "./ghost-post.ts";
import { secretNames } from "./ghost-secrets.ts";
import type { ImportedAuthor, ImportedPost, ImportedSite, ImportedTag } from "./imported-site.ts";

/**
 * Reads a Ghost export. Throws ImportRefusal, naming line and column or the place in the data, for anything that
 * is not one; whatever a valid export holds is either in the result or listed in its `notTaken`.
 */
export function parseGhostExport(text: string): ImportedSite {
  const file = readGhostFile(text);
  const settings = new Map(file.table("settings").map((row) => [row.requiredLine("key"), row]));
  const setting = (...keys: string[]) => {
    for (const key of keys) {
      const value = settings.get(key)?.line("value") ?? null;
      if (value !== null) return value;
    }
    return null;
  };
  const losses: Losses = { looseEnds: 0, menuEntries: 0 };
  const authors = file.table("users").map(readAuthor);
  const tags = readTags(file.table("tags"));
  const posts = readPosts(file, authors, tags, setting("permalinks"), losses);
  const { menus, dropped } = readGhostMenus(settings, { posts, tags });
  losses.menuEntries = dropped;
  return {
    program: "ghost",
    version: file.version,
    origin: null,
    title: setting("title"),
    description: setting("description"),
    language: setting("locale", "lang", "default_locale"),
    authors,
    tags,
    posts,
    menus,
    redirects: [],
    notTaken: listNotTaken(file, settings, losses),
    secretsDropped: secretNames(file),
  };
}

function readAuthor(row: GhostRow): ImportedAuthor {
  const slug = row.requiredLine("slug");
  const name = row.line("name") ?? slug;
  return {
    sourceId: row.requiredId("id"),
    slug,
    // A name that is an e-mail address must not become public.
    name: name.replace(/@\S*$/, "") || slug,
    bio: row.line("bio"),
    website: row.line("website"),
    image: row.address("profile_image") ?? row.address("image"),
  };
}

function readTags(rows: readonly GhostRow[]): ImportedTag[] {
  const ids = new Set(rows.map((row) => row.requiredId("id")));
  return rows.map((row) => {
    const name = row.requiredLine("name");
    const parent = row.id("parent_id");
    return {
      sourceId: row.requiredId("id"),
      kind: "tag",
      slug: row.requiredLine("slug"),
      name,
      description: row.line("description"),
      parentSourceId: parent !== null && ids.has(parent) && parent !== row.id("id") ? parent : null,
      image: row.address("feature_image") ?? row.address("image"),
      internal: row.text("visibility") === "internal" || name.startsWith("#"),
      seo: readGhostSeo(row, null),
    };
  });
}

function readPosts(
  file: GhostFile,
  authors: readonly ImportedAuthor[],
  tags: readonly ImportedTag[],
  permalinks: string | null,
  losses: Losses,
): ImportedPost[] {
  const knownAuthors = new Set(authors.map(({ sourceId }) => sourceId));
  const knownTags = new Set(tags.map(({ sourceId }) => sourceId));
  const authorsOf = linksByPost(file.table("posts_authors"), "author_id", knownAuthors, losses);
  const tagsOf = linksByPost(file.table("posts_tags"), "tag_id", knownTags, losses);
  const tiers = file.table("products");
  const tierNames = new Map(tiers.map((row) => [row.requiredId("id"), row.line("name") ?? "?"]));
  const tiersOf = linksByPost(file.table("posts_products"), "product_id", new Set(tierNames.keys()), losses);
  const metaOf = new Map(file.table("posts_meta").map((row) => [row.requiredId("post_id"), row]));
  const seen = new Map<string, string>();
  return file.table("posts").map((row) => {
    const id = row.requiredId("id");
    const other = seen.get(id);
    if (other !== undefined) throw row.refusal("id", `${other} has the same id.`);
    seen.set(id, row.place);
    const writer = row.id("author_id");
    const alone = writer !== null && knownAuthors.has(writer) ? [writer] : [];
    return importGhostPost(row, {
      meta: metaOf.get(id) ?? null,
      authorSourceIds: authorsOf.get(id) ?? alone,
      tagSourceIds: tagsOf.get(id) ?? [],
      tierNames: (tiersOf.get(id) ?? []).map((tier) => tierNames.get(tier) ?? "?"),
      permalinks: permalinks?.startsWith("/") ? permalinks : "/:slug/",
    });
  });
}

/** What a table links to each post, in its order, each once. */
function linksByPost(
  rows: readonly GhostRow[],
  column: string,
  known: ReadonlySet<string>,
  losses: Losses,
): Map<string, string[]> {
  const sorted = rows.toSorted((one, other) => one.order("sort_order") - other.order("sort_order"));
  const links = new Map<string, Set<string>>();
  for (const row of sorted) {
    const to = row.requiredId(column);
    const post = row.requiredId("post_id");
    if (!known.has(to)) losses.looseEnds += 1;
    else links.set(post, (links.get(post) ?? new Set()).add(to));
  }
  return new Map([...links].map(([post, found]) => [post, [...found]]));
}
