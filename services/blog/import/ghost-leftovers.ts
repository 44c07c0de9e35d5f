// What a Ghost export holds and the import does not take, counted and each with its reason, for the report.
// Secrets are only named, in ghost-secrets.ts; what is taken is in ghost.ts.

import type { GhostFile, GhostRow } from "./ghost-file.ts";
import type { NotTaken } from "./imported-site.ts";

/** What was found missing while the parts were put together. */
export interface Losses {
  looseEnds: number;
  menuEntries: number;
}

/** Tables that are taken, or that say nothing a reader of the report would miss. */
const quietTables = new Set(
  (
    "posts posts_meta posts_tags posts_authors tags users settings roles roles_users permissions permissions_roles " +
    "permissions_users permissions_apps migrations migrations_lock products_benefits posts_products brute sessions"
  ).split(" "),
);

/** Tables that are left out, in words. */
const leftOutTables: Record<string, readonly [what: string, why: string]> = {
  products: ["membership tiers", "Memberships and prices are not part of the blog."],
  benefits: ["benefits of membership tiers", "Memberships and prices are not part of the blog."],
  offers: ["offers", "Memberships and prices are not part of the blog."],
  members: ["members", "Readers' accounts are not part of the blog."],
  newsletters: ["newsletters", "The blog sends no newsletters."],
  snippets: ["snippets", "They are building blocks for Ghost's own editor."],
  custom_theme_settings: ["theme settings", "They belong to a theme of Ghost."],
  comments: ["comments", "This blog has no comments."],
  posts_revisions: ["revisions of posts", "Former versions stay with the old site."],
  post_revisions: ["revisions of posts", "Former versions stay with the old site."],
  mobiledoc_revisions: ["revisions of posts", "Former versions stay with the old site."],
};

const takenSettings = new Set(
  "title description locale lang default_locale permalinks navigation secondary_navigation".split(" "),
);

const injections = ["codeinjection_head", "codeinjection_foot", "ghost_head", "ghost_foot"];

const social =
  "facebook twitter threads bluesky mastodon tiktok youtube instagram linkedin location cover_image";

/** Everything in the file that is not taken. `losses` is what was found missing while posts and menus were made. */
export function listGhostLeftovers(
  file: GhostFile,
  settings: ReadonlyMap<string, GhostRow>,
  losses: Losses,
): NotTaken[] {
  const list: NotTaken[] = [];
  const say = (what: string, count: number, why: string) => {
    if (count > 0) list.push({ what, count, why });
  };
  const [posts, tags, users] = [file.table("posts"), file.table("tags"), file.table("users")];
  const siteCode = injections.filter((key) => (settings.get(key)?.text("value") ?? "").trim() !== "").length;
  const code = filled(posts, injections) + filled(tags, injections) + siteCode;
  say("pieces of injected code", code, "Scripts and styles from outside do not run here.");
  say("posts' own templates", filled(posts, ["custom_template"]), "They belong to a theme of Ghost.");
  say(
    "e-mail addresses of authors",
    filled(users, ["email"]),
    "They are private and not needed to show posts.",
  );
  say(
    "authors' social links, places and cover pictures",
    filled(users, social.split(" ")),
    "No page here shows them.",
  );
  say("menu entries", losses.menuEntries, "They open Ghost's own sign-up window or have no address.");
  say("links between posts and tags or authors", losses.looseEnds, "What they lead to is not in the export.");
  for (const table of file.tableNames()) {
    if (quietTables.has(table)) continue;
    const known = Object.hasOwn(leftOutTables, table) ? leftOutTables[table]! : null;
    const why = known?.[1] ?? "Only posts, pages, tags, authors and menus are taken.";
    say(known?.[0] ?? `rows of the table "${table.slice(0, 60)}"`, file.looseRows(table).length, why);
  }
  const others = [...settings].filter(
    ([key, row]) => !takenSettings.has(key) && !injections.includes(key) && (row.line("value") ?? "") !== "",
  );
  say("other settings", others.length, "Looks and behaviour of this site are set in config/rose-ash.yaml.");
  return list;
}

/** How many rows have something in any of these columns. */
function filled(rows: readonly GhostRow[], columns: readonly string[]): number {
  return rows.filter((row) => columns.some((column) => (row.text(column) ?? "").trim() !== "")).length;
}
