// What every page of the blog shows around itself: the menus, the feeds and the search form, and for editors the
// way to their pages, as the last entry of the main menu.

import type { PageRequest } from "@rose-ash/platform/app";
import { mayAct } from "@rose-ash/platform/auth";
import { safeHref } from "./clean-attributes.ts";
import type { BlogParts } from "./routes.ts";
import type { MenuRow } from "./store.ts";

interface MenuEntry {
  readonly label: string;
  readonly href: string;
  readonly current: boolean;
  readonly children: MenuEntry[];
}

export function shell({ store, site, origin, now }: BlogParts) {
  const feeds = [
    { title: `${site.title} (RSS)`, href: "/rss.xml", type: "application/rss+xml" },
    { title: `${site.title} (Atom)`, href: "/atom.xml", type: "application/atom+xml" },
  ];
  return async (request: PageRequest): Promise<Record<string, unknown>> => {
    // An address that no page may carry takes its item out, not the page down.
    const rows = (await store.menu(now())).filter(({ href }) => safeHref(href, origin) !== null);
    return {
      navigation: [...entries(rows, "primary", null, request.path), ...adminEntries(request)],
      secondaryNavigation: entries(rows, "secondary", null, request.path),
      feeds,
      searchAction: "/search/",
      query: request.path === "/search/" ? (request.query.get("q") ?? "") : "",
    };
  };
}

const deskPlaces = [
  ["Posts", "/admin/posts/"],
  ["Write a post", "/admin/posts/new/"],
  ["Pictures", "/admin/media/"],
  ["Tags", "/admin/tags/"],
  ["Menus", "/admin/menu/"],
  ["Deleted posts", "/admin/deleted/"],
] as const;

/** The editors' own entry; what is below it shows where they are in it. */
function adminEntries({ viewer, path }: PageRequest): MenuEntry[] {
  if (!mayAct(viewer, "editor")) return [];
  const within = path.startsWith("/admin/");
  const children = within
    ? deskPlaces.map(([label, href]) => ({ label, href, current: href === path, children: [] }))
    : [];
  const isHere = within && !children.some(({ current }) => current);
  return [{ label: "Admin", href: "/admin/", current: isHere, children }];
}

function entries(
  rows: readonly MenuRow[],
  place: MenuRow["place"],
  parentId: number | null,
  path: string,
): MenuEntry[] {
  return rows
    .filter((row) => row.place === place && row.parentId === parentId)
    .map(({ id, label, href }) => ({
      label,
      href,
      current: href === path,
      children: entries(rows, place, id, path),
    }));
}
