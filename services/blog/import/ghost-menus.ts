// The menus of a Ghost export: two settings that hold lists of labels and addresses as JSON.
// An address of a post, page or tag in the export becomes a reference, so that it stays right when it moves.

import { type Fields, isFields, opensGhostWindow, textIn } from "./ghost-document.ts";
import { type GhostRow, relativeToSite } from "./ghost-file.ts";
import { readJson } from "./ghost-json.ts";
import type { ImportedMenu, ImportedMenuItem, ImportedPost, ImportedTag } from "./imported-site.ts";

/** What menu entries may lead to. */
interface Destinations {
  readonly posts: readonly ImportedPost[];
  readonly tags: readonly ImportedTag[];
}

const menuSettings = [
  { key: "navigation", name: "Navigation", place: "primary" },
  { key: "secondary_navigation", name: "Secondary navigation", place: "secondary" },
] as const;

/** More entries than any page can show. */
const maxEntries = 200;

/** The menus, empty ones left out, and how many entries had to be left out. Throws ImportRefusal for broken ones. */
export function readGhostMenus(
  settings: ReadonlyMap<string, GhostRow>,
  destinations: Destinations,
): { menus: ImportedMenu[]; dropped: number } {
  const byPath = addressesOf(destinations);
  const menus: ImportedMenu[] = [];
  let dropped = 0;
  for (const { key, name, place } of menuSettings) {
    const row = settings.get(key);
    const text = row?.text("value") ?? "";
    if (row === undefined || text === "") continue;
    const entries = readJson(relativeToSite(text), `${row.place}.value, `);
    if (!Array.isArray(entries)) throw row.refusal("value", "A menu must be a list of entries.");
    const items = entries
      .slice(0, maxEntries)
      .map((entry) => (isFields(entry) ? readEntry(entry, byPath) : null));
    const kept = items.filter((item) => item !== null);
    dropped += entries.length - kept.length;
    if (kept.length > 0) menus.push({ name, place, items: kept });
  }
  return { menus, dropped };
}

function readEntry(
  entry: Fields,
  byPath: ReadonlyMap<string, ImportedMenuItem["target"] | null>,
): ImportedMenuItem | null {
  const label = textIn(entry, "label").replace(/\s+/g, " ").trim();
  const url = textIn(entry, "url").trim();
  if (label === "" || url === "" || opensGhostWindow(url)) return null;
  const path = url.startsWith("/") && !url.endsWith("/") && !/[?#]/.test(url) ? `${url}/` : url;
  const target = byPath.has(path) ? byPath.get(path)! : ({ kind: "address", url } as const);
  return target === null ? null : { label, target, children: [] };
}

/** The addresses that Ghost gives to what is in the export; null for what visitors cannot see. */
function addressesOf({ posts, tags }: Destinations): Map<string, ImportedMenuItem["target"] | null> {
  const byPath = new Map<string, ImportedMenuItem["target"] | null>();
  for (const tag of tags) {
    byPath.set(`/tag/${tag.slug}/`, tag.internal ? null : { kind: "tag", sourceId: tag.sourceId });
  }
  for (const post of posts) {
    const target = post.status === "published" ? ({ kind: "post", sourceId: post.sourceId } as const) : null;
    for (const path of post.oldAddresses) {
      // A post and a page may share a slug; then one of them is what visitors see.
      if (target !== null || !byPath.has(path)) byPath.set(path, target);
    }
  }
  return byPath;
}
