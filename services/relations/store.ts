// Every query of relations that reads; what writes is in writing.ts. Promise: every walk along edges is bounded by
// maximumDepth and visits a thing once per distance, so that things which are in each other by many ways (or in a
// circle, should one ever get in) cost no more than their number.

import { RefusedRequest } from "@rose-ash/platform/rpc";
import type { Database } from "@rose-ash/platform/store";
import { sql } from "kysely";
import { type Ancestor, type Edge, largestTree, maximumDepth, type TreeEdge } from "./edge.ts";
import type { Tables } from "./tables.ts";
import { createWriting, lockTypes, type Writing } from "./writing.ts";

export interface EdgeStore extends Writing {
  /** The children of a thing in their order, at most `limit`. */
  children(parent: string, type: string, limit: number): Promise<Edge[]>;
  /** Everything above a thing once, nearest first. */
  ancestors(child: string, type: string): Promise<Ancestor[]>;
  /** The edges that a thing is the child of, of any type, by type and parent. */
  whereUsed(child: string, limit: number): Promise<Edge[]>;
  /** The tree below a thing down to `depth`, depth first and in order. Throws RefusedRequest beyond `largestTree` edges. */
  tree(root: string, type: string, depth: number): Promise<TreeEdge[]>;
}

/** `lock` makes changes of one type wait for each other; a test leaves it out to show what it is for. */
export function createStore({ query }: Database<Tables>, lock = lockTypes): EdgeStore {
  const living = query
    .selectFrom("edge")
    .select(["parent", "child", "type", "position", "label"])
    .where("deleted_at", "is", null);

  return {
    ...createWriting(lock),

    children(parent, type, limit) {
      return living
        .where("parent", "=", parent)
        .where("type", "=", type)
        .orderBy("position")
        .limit(limit)
        .execute();
    },

    async ancestors(child, type) {
      const { rows } = await sql<Ancestor>`
        with recursive above (thing, distance) as (
          select ${child}::text, 0
          union
          select e.parent, above.distance + 1 from above join edge e on e.child = above.thing
          where e.type = ${type} and e.deleted_at is null and above.distance < ${maximumDepth}
        )
        select thing as parent, min(distance) as distance from above where distance > 0
        group by thing order by min(distance), thing collate "C"`.execute(query);
      return rows;
    },

    whereUsed(child, limit) {
      return living
        .where("child", "=", child)
        .orderBy("type")
        .orderBy(sql`parent collate "C"`)
        .limit(limit)
        .execute();
    },

    async tree(root, type, depth) {
      // Its ways are walked, not its things, and ways can be very many: the limit ends the walk, level by level.
      const { rows } = await sql<TreeEdge>`
        with recursive below (parent, child, type, position, label, depth, way) as (
          select e.parent, e.child, e.type, e.position, e.label, 1, array[e.position] from edge e
          where e.parent = ${root} and e.type = ${type} and e.deleted_at is null
          union all
          select e.parent, e.child, e.type, e.position, e.label, below.depth + 1, below.way || e.position
          from below join edge e on e.parent = below.child
          where e.type = ${type} and e.deleted_at is null and below.depth < ${depth}
        )
        select parent, child, type, position, label, depth
        from (select * from below limit ${largestTree + 1}) as found order by way`.execute(query);
      if (rows.length <= largestTree) return rows;
      throw new RefusedRequest(
        `Cannot give the tree of type “${type}” below ${root}: it has more than ${largestTree} edges ` +
          `down to depth ${depth}. Ask for a smaller depth, or for the children of one thing at a time.`,
      );
    },
  };
}
