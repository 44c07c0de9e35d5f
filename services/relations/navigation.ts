// The navigation tree: edges as nested items to show. Promise: an item leads nowhere or to a web address, whatever
// the asker said; an edge that has no label has nothing to be shown as, so it is left out with what is below it.
import type { TreeEdge } from "./edge.ts";

export interface NavigationItem {
  readonly label: string;
  /** Null: plain text. */
  readonly href: string | null;
  readonly children: NavigationItem[];
}

/** Nests edges that come depth first. `hrefs` says where each thing is, by its reference. */
export function buildNavigation(
  edges: readonly TreeEdge[],
  hrefs: Readonly<Record<string, string>>,
): NavigationItem[] {
  const top: NavigationItem[] = [];
  /** Where items of each depth go, beginning with 1; null below an edge that is left out. */
  const lists: (NavigationItem[] | null)[] = [top];
  for (const { child, depth, label } of edges) {
    const list = lists[depth - 1] ?? null;
    const shown = list !== null && label !== null && label.trim() !== "";
    lists.length = depth;
    if (!shown) {
      lists.push(null);
      continue;
    }
    const href = hrefs[child];
    const leadsTo = href !== undefined && isWebAddress(href) ? href : null;
    const item: NavigationItem = { label, href: leadsTo, children: [] };
    list.push(item);
    lists.push(item.children);
  }
  return top;
}

/**
 * A path of the page's own site, or an http(s) address. Browsers drop tabs and line ends and read a backslash as a
 * slash, so that "/\t/elsewhere.example.org" would lead elsewhere: nothing with such characters is an address here.
 */
export function isWebAddress(href: string): boolean {
  if (/[\s\\\p{Cc}]/u.test(href)) return false;
  if (/^\/(?!\/)/.test(href)) return true;
  return /^https?:\/\/[^/]/i.test(href) && URL.canParse(href);
}
