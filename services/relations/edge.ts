// Edges: what the store gives and the answers pass on. `child` is in `parent` as `type`, edges of one type form
// no circle, and no way down along them is longer than `maximumDepth`.

/** The most edges on a way from a thing down to another, of one type. */
export const maximumDepth = 20;

/** The most edges that a tree is given with: several hundred kB, more than a page could show. */
export const largestTree = 5000;

export interface EdgeKey {
  readonly parent: string;
  readonly child: string;
  readonly type: string;
}

export interface Edge extends EdgeKey {
  /** From 0 without gaps among the children of one parent and type. */
  readonly position: number;
  readonly label: string | null;
}

export interface TreeEdge extends Edge {
  /** 1 for the root's children. */
  readonly depth: number;
}

export interface Ancestor {
  readonly parent: string;
  /** Edges between, on the shortest way. */
  readonly distance: number;
}

/** Why a child cannot be in a parent. */
export type Misplaced =
  /** The parent is the child or in it, by this way down from the child to the parent. */
  { readonly kind: "circle"; readonly way: string[] } | { readonly kind: "too-deep" };

/** What came of putting a child somewhere. */
export type Placed = { readonly kind: "attached" | "unchanged"; readonly edge: Edge } | Misplaced;

/** How an edge is wanted. */
export interface WantedEdge extends EdgeKey {
  /** Null: where it is, or the end when it is new. One beyond the end means the end. */
  readonly position: number | null;
  readonly label: string | null;
}

/** A child on its way from one parent to another, or to another place in the same one. */
export interface Move {
  readonly child: string;
  readonly type: string;
  readonly from: string;
  readonly to: string;
  /** One beyond the end means the end. */
  readonly position: number;
}
