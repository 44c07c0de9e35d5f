// The menus of a WordPress export: entries are items of their own, tied together by custom fields.
// Entries whose target is not in the export, and whatever hangs in a circle, are left out and counted.

import { plainText } from "../clean-html.ts";
import type { ImportedMenu, ImportedMenuItem } from "./imported-site.ts";
import { metaLine, type WordpressItem } from "./wordpress-item.ts";

/** A term of the taxonomy nav_menu. */
export interface MenuTerm {
  readonly slug: string;
  readonly name: string;
}

/** What a menu entry may lead to. */
interface MenuTargets {
  readonly postTitle: (id: string) => string | null;
  /** By WordPress's number of the term. */
  readonly tagWithTermId: (id: string) => { readonly sourceId: string; readonly name: string } | null;
}

/** Deeper entries are left out; no theme shows them. */
const maxDepth = 8;

/** Builds the menus in the order of `terms`; empty ones are left out. `dropped` counts entries that were not taken. */
export function buildMenus(
  terms: readonly MenuTerm[],
  entries: readonly WordpressItem[],
  targets: MenuTargets,
): { menus: ImportedMenu[]; dropped: number } {
  let taken = 0;
  const bySlug = Map.groupBy(
    entries,
    (entry) => entry.terms.find((term) => term.taxonomy === "nav_menu")?.slug,
  );
  const filled = terms.map((term) => {
    const items = nestEntries(bySlug.get(term.slug) ?? [], targets, () => {
      taken += 1;
    });
    return { term, items };
  });
  const shown = filled.filter(({ items }) => items.length > 0);
  const places = choosePlaces(shown.map(({ term }) => term));
  const menus = shown.map(({ term, items }, at) => ({ name: term.name, place: places[at]!, items }));
  return { menus, dropped: Math.max(0, entries.length - taken) };
}

function nestEntries(
  entries: readonly WordpressItem[],
  targets: MenuTargets,
  take: () => void,
): ImportedMenuItem[] {
  const ids = new Set(entries.map((entry) => entry.id));
  const below = new Map<string, WordpressItem[]>();
  for (const entry of [...entries].sort((one, other) => one.menuOrder - other.menuOrder)) {
    const parent = metaLine(entry, "_menu_item_menu_item_parent") ?? "0";
    const key = ids.has(parent) && parent !== entry.id ? parent : "0";
    const siblings = below.get(key);
    if (siblings === undefined) below.set(key, [entry]);
    else siblings.push(entry);
  }
  // Entries in a circle are under nobody that starts at "0", so they are never reached.
  const itemsUnder = (parent: string, depth: number): ImportedMenuItem[] => {
    if (depth > maxDepth) return [];
    return (below.get(parent) ?? []).flatMap((entry) => {
      const item = readEntry(entry, targets);
      const children = itemsUnder(entry.id, depth + 1);
      // The children of an entry that leads nowhere move up.
      if (item === null) return children;
      take();
      return [{ ...item, children }];
    });
  };
  return itemsUnder("0", 1);
}

function readEntry(entry: WordpressItem, targets: MenuTargets): Omit<ImportedMenuItem, "children"> | null {
  if (entry.status !== "publish") return null;
  const label = plainText(entry.title);
  const objectId = metaLine(entry, "_menu_item_object_id") ?? "";
  const type = metaLine(entry, "_menu_item_type");
  if (type === "post_type") {
    const title = targets.postTitle(objectId);
    return title === null ? null : { label: label || title, target: { kind: "post", sourceId: objectId } };
  }
  if (type === "taxonomy") {
    const tag = targets.tagWithTermId(objectId);
    return tag === null
      ? null
      : { label: label || tag.name, target: { kind: "tag", sourceId: tag.sourceId } };
  }
  const url = metaLine(entry, "_menu_item_url");
  // Anything but an ordinary address (a script, say) has no place in a menu.
  if (url === null || !/^(?:https?:\/\/|mailto:|tel:|[/#?])/i.test(url)) return null;
  return { label: label || url, target: { kind: "address", url } };
}

/** The export does not say where a theme showed a menu: the names do, and else the first one is the main one. */
function choosePlaces(terms: readonly MenuTerm[]): ImportedMenu["place"][] {
  const named = (pattern: RegExp) => terms.findIndex((term) => pattern.test(`${term.slug} ${term.name}`));
  const secondary = named(/footer|secondary|bottom|legal|social/i);
  const main = named(/primary|main|header|haupt|principal/i);
  const primary = main >= 0 ? main : terms.findIndex((_, at) => at !== secondary);
  return terms.map((_, at) => (at === primary ? "primary" : at === secondary ? "secondary" : "other"));
}
