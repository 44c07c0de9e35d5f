// Moving entries of a menu: up, down, into the entry before and out again. Pure rules over the entries of one menu;
// what is written is every entry's parent and position. A move that leads nowhere changes nothing.

export interface PlacedEntry {
  readonly id: number;
  readonly parentId: number | null;
  readonly position: number;
}

export const menuMoves = ["up", "down", "indent", "outdent"] as const;
export type MenuMove = (typeof menuMoves)[number];

/** Deeper menus are shown badly everywhere. */
const deepest = 3;

/** The entries with their places after the move; only those that change. */
export function moveEntry(entries: readonly PlacedEntry[], id: number, move: MenuMove): PlacedEntry[] {
  const entry = entries.find((one) => one.id === id);
  if (!entry) return [];
  const siblings = childrenOf(entries, entry.parentId);
  const at = siblings.indexOf(entry);
  switch (move) {
    case "up":
      return at > 0 ? renumber(swapped(siblings, at - 1), entry.parentId) : [];
    case "down":
      return at < siblings.length - 1 ? renumber(swapped(siblings, at), entry.parentId) : [];
    case "indent": {
      const into = siblings[at - 1];
      if (!into || depthOf(entries, into) + heightOf(entries, entry) > deepest) return [];
      const inside = [...childrenOf(entries, into.id), entry];
      return [...renumber(without(siblings, entry), entry.parentId), ...renumber(inside, into.id)];
    }
    case "outdent": {
      const above = entries.find((one) => one.id === entry.parentId);
      if (!above) return [];
      const beside = childrenOf(entries, above.parentId);
      beside.splice(beside.indexOf(above) + 1, 0, entry);
      return [...renumber(without(siblings, entry), above.id), ...renumber(beside, above.parentId)];
    }
  }
}

export function childrenOf<Entry extends PlacedEntry>(
  entries: readonly Entry[],
  parentId: number | null,
): Entry[] {
  return entries
    .filter((entry) => entry.parentId === parentId)
    .sort((a, b) => a.position - b.position || a.id - b.id);
}

function renumber(siblings: readonly PlacedEntry[], parentId: number | null): PlacedEntry[] {
  return siblings
    .map((entry, position) => ({ id: entry.id, parentId, position, before: entry }))
    .filter(({ before, position }) => before.parentId !== parentId || before.position !== position)
    .map(({ id, position }) => ({ id, parentId, position }));
}

function swapped(siblings: readonly PlacedEntry[], at: number): PlacedEntry[] {
  const order = [...siblings];
  order.splice(at, 2, siblings[at + 1]!, siblings[at]!); // both are there: the caller looked
  return order;
}

function without(siblings: readonly PlacedEntry[], entry: PlacedEntry): PlacedEntry[] {
  return siblings.filter((one) => one !== entry);
}

/** 1 for an entry at the top. */
function depthOf(entries: readonly PlacedEntry[], entry: PlacedEntry): number {
  const above = entries.find((one) => one.id === entry.parentId);
  return above ? depthOf(entries, above) + 1 : 1;
}

/** How many levels an entry and what is below it take. */
function heightOf(entries: readonly PlacedEntry[], entry: PlacedEntry): number {
  return 1 + Math.max(0, ...childrenOf(entries, entry.id).map((child) => heightOf(entries, child)));
}
