// What a Ghost export holds and the import does not take: listed with its number and the reason, never silently
// dropped. Tables that are not known are listed too, so a newer Ghost shows itself in the report.

import type { GhostFile, GhostRow } from "./ghost-file.ts";
import type { NotTaken } from "./imported-site.ts";

/** What was found missing while the parts of the site were put together. */
export interface Losses {
  /** Links to posts, tags or authors that are not in the export. */
  looseEnds: number;
  menuEntries: number;
}

/** Tables that are taken, or whose rows only tie others together. */
const takenTables = new Set(
  (
    "posts posts_meta posts_tags posts_authors tags users settings " +
    "posts_products products_benefits products_stripe_prices migrations migrations_lock brute"
  ).split(" "),
);

/** Tables that are left out, in words. */
const leftOut: readonly (readonly [table: RegExp, what: string | null, why: string])[] = [
  [/^(?:roles|roles_users|permissions\w*|invites)$/, null, "Who may do what is set up anew here."],
  [/^(?:emails?|email_\w+|automated_emails\w*|suppressions)$/, null, "Sent e-mails stay with the old site."],
  [/^newsletters$/, "newsletters", "The blog sends no newsletters."],
  [/^products$/, "membership tiers", "Memberships and prices are not part of the blog."],
  [
    /^(?:benefits|offers|offer_redemptions|stripe_\w+|subscriptions|donation_\w+|gifts\w*)$/,
    null,
    "Memberships and prices are not part of the blog.",
  ],
  [/^members$/, "members", "Readers' accounts are not part of the blog."],
  [/^(?:members_\w+|labels)$/, null, "Readers' accounts are not part of the blog."],
  [/^snippets$/, "snippets", "They are building blocks for Ghost's own editor."],
  [/^custom_theme_settings$/, "theme settings", "They belong to a theme of Ghost."],
  [/^(?:mobiledoc|posts?)_revisions$/, "former versions of posts", "They stay with the old site."],
  [/^comments$/, "comments", "This blog has no comments."],
  [/^redirects$/, null, "They count clicks; old addresses come from the redirects file."],
  [
    /^(?:api_keys|integrations|webhooks|apps?|app_\w+|tokens|sessions|clients?|client_\w+|accesstokens|refreshtokens)$/,
    null,
    "Programs that may reach the site are set up anew here.",
  ],
];

const takenSettings = new Set(
  "title description locale lang default_locale navigation secondary_navigation permalinks".split(" "),
);
const injections = ["codeinjection_head", "codeinjection_foot", "ghost_head", "ghost_foot"];
const profileFields = (
  "facebook twitter threads bluesky mastodon tiktok youtube instagram linkedin location cover_image cover " +
  "meta_title meta_description"
).split(" ");

/** Lists all that is not taken. `settings` are the rows of that table by key. */
export function listNotTaken(
  file: GhostFile,
  settings: ReadonlyMap<string, GhostRow>,
  losses: Losses,
): NotTaken[] {
  const list: NotTaken[] = [];
  const say = (what: string, count: number, why: string) => {
    if (count > 0) list.push({ what, count, why });
  };
  const [posts, tags, users] = [file.table("posts"), file.table("tags"), file.table("users")];
  const siteCode = injections.filter((key) => isFilled(settings.get(key)?.field("value"))).length;
  const code = countFilled(posts, injections) + countFilled(tags, injections) + siteCode;
  say("pieces of injected code", code, "Scripts and styles of the old site do not run here.");
  say("posts' own templates", countFilled(posts, ["custom_template"]), "They belong to a theme of Ghost.");
  const emails = countFilled(users, ["email"]);
  say("e-mail addresses of authors", emails, "They are private and not needed to show posts.");
  const profiles = countFilled(users, profileFields);
  say("authors' other fields", profiles, "An author here has a name, a text, a website and a picture.");
  say("menu entries", losses.menuEntries, "They open a window of Ghost, or lead to what is not public.");
  say("links between posts, tags and authors", losses.looseEnds, "What they lead to is not in the export.");
  for (const table of file.tableNames()) {
    if (takenTables.has(table)) continue;
    const known = leftOut.find(([pattern]) => pattern.test(table));
    const what = known?.[1] ?? `rows of the table "${table.slice(0, 60)}"`;
    say(what, file.looseRows(table).length, known?.[2] ?? "This table is not known here.");
  }
  const others = [...settings].filter(
    ([key, row]) => !takenSettings.has(key) && !injections.includes(key) && isFilled(row.field("value")),
  );
  say("other settings", others.length, "How this site looks and behaves is set in config/rose-ash.yaml.");
  return list;
}

/** How many of the rows have one of the columns filled. */
function countFilled(rows: readonly GhostRow[], columns: readonly string[]): number {
  return rows.filter((row) => columns.some((column) => isFilled(row.field(column)))).length;
}

function isFilled(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "" && value !== "[]" && value !== "{}";
}
