// Where posts and pages stand: pure planning of free paths, before anything is written.
// Promise: no planned path is one that a row had before, except the row's own, so writing them in any order never
// meets the unique index; a page's path is its parent's with its slug; circles of parents are broken.

import { freeSlug } from "../post.ts";

/** A row as it is. */
export interface PlacedRow {
  readonly id: number;
  readonly kind: "post" | "page";
  readonly slug: string;
  readonly path: string;
  readonly parentId: number | null;
  readonly sourceKey: string | null;
}

/** A row as an import wants it. */
export interface WantedRow {
  readonly sourceKey: string;
  readonly kind: "post" | "page";
  readonly slug: string;
  readonly parentKey: string | null;
}

export interface Place {
  readonly slug: string;
  readonly path: string;
  /** The page above; null at the top. */
  readonly parent: PathNode | null;
}

export interface PathPlan {
  /** Where each wanted row shall stand, by source key. */
  readonly wanted: ReadonlyMap<string, Place>;
  /** Rows that the import does not name and that move with the page above them. */
  readonly moved: readonly { readonly id: number; readonly slug: string; readonly path: string }[];
  readonly notes: readonly { readonly sourceKey: string; readonly note: string }[];
}

/** A row that is there, one that is wanted, or both in one. */
export interface PathNode {
  readonly row: PlacedRow | null;
  readonly want: WantedRow | null;
  place: Place | null;
}

/** Longer paths do not fit the index; pages below them stand at the top. */
const maxParentPath = 400;

/** Plans the paths of `wanted` rows beside and in place of the `rows` there are. */
export function planPaths(rows: readonly PlacedRow[], wanted: readonly WantedRow[]): PathPlan {
  const wantedByKey = new Map(wanted.map((want) => [want.sourceKey, want]));
  const nodes: PathNode[] = [];
  const byId = new Map<number, PathNode>();
  const byKey = new Map<string, PathNode>();
  const taken = new Map<string, PathNode>();
  for (const row of rows) {
    const want = row.sourceKey === null ? null : (wantedByKey.get(row.sourceKey) ?? null);
    const node: PathNode = { row, want, place: null };
    nodes.push(node);
    byId.set(row.id, node);
    if (row.sourceKey !== null) byKey.set(row.sourceKey, node);
    taken.set(row.path, node);
  }
  for (const want of wantedByKey.values()) {
    if (byKey.has(want.sourceKey)) continue;
    const node: PathNode = { row: null, want, place: null };
    nodes.push(node);
    byKey.set(want.sourceKey, node);
  }

  const notes: { sourceKey: string; note: string }[] = [];
  const note = (node: PathNode, sentence: string) => {
    const sourceKey = node.want?.sourceKey ?? node.row?.sourceKey ?? null;
    if (sourceKey !== null) notes.push({ sourceKey, note: sentence });
  };
  const parentOf = ({ row, want }: PathNode): PathNode | null => {
    if (want) return want.parentKey === null ? null : (byKey.get(want.parentKey) ?? null);
    return row === null || row.parentId === null ? null : (byId.get(row.parentId) ?? null);
  };

  /** Places a node whose parent has its place already. */
  const settle = (node: PathNode, above: PathNode | null) => {
    const base = above?.place?.path ?? "/";
    const slug = node.want?.slug ?? node.row?.slug ?? "untitled";
    const { row } = node;
    const mayStay =
      row !== null && row.path === `${base}${row.slug}/` && (row.slug === slug || isNumbered(row.slug, slug));
    const free = mayStay
      ? row.slug
      : freeSlug(slug, (candidate) => {
          const owner = taken.get(`${base}${candidate}/`);
          return owner !== undefined && owner !== node;
        });
    if (!mayStay && free !== slug)
      note(node, `The address ${base}${slug}/ was taken: it is at ${base}${free}/.`);
    const path = `${base}${free}/`;
    taken.set(path, node);
    node.place = { slug: free, path, parent: above };
  };

  for (const start of nodes) {
    // Upwards to a page that has its place, then downwards again.
    const chain: PathNode[] = [];
    const climbing = new Set<PathNode>();
    let at: PathNode | null = start;
    while (at !== null && at.place === null && !climbing.has(at)) {
      climbing.add(at);
      chain.push(at);
      at = parentOf(at);
    }
    let above = at;
    if (at !== null && at.place === null) {
      above = null;
      note(chain.at(-1)!, "Its parents went in a circle: it stands at the top now.");
    }
    for (const node of chain.reverse()) {
      if (above !== null && (above.place?.path.length ?? 0) > maxParentPath) {
        note(node, "It was too many levels down: it stands at the top now.");
        above = null;
      }
      settle(node, above);
      above = node;
    }
  }

  const plan = new Map<string, Place>();
  const moved: { id: number; slug: string; path: string }[] = [];
  for (const { row, want, place } of nodes) {
    if (place === null) continue;
    if (want) plan.set(want.sourceKey, place);
    else if (row && place.path !== row.path) moved.push({ id: row.id, slug: place.slug, path: place.path });
  }
  return { wanted: plan, moved, notes };
}

/** Whether `slug` is `wanted` with the number that made it free. */
function isNumbered(slug: string, wanted: string): boolean {
  return slug.startsWith(`${wanted}-`) && /^\d+$/.test(slug.slice(wanted.length + 1));
}
