// Where a child may be: the question of every edge before it is written, asked in the writing transaction after
// its turn has come (writing.ts). Promise: the walks visit a thing once per distance and end at maximumDepth.

import { type RawBuilder, sql, type Transaction } from "kysely";
import { type EdgeKey, type Misplaced, maximumDepth } from "./edge.ts";
import type { Tables } from "./tables.ts";

/** Why the child cannot be in the parent: null when it can. */
export async function findMisplacement(tx: Transaction<Tables>, key: EdgeKey): Promise<Misplaced | null> {
  const way = await findWayDown(tx, key);
  if (way.length > 0) return { kind: "circle", way };
  const { rows } = await sql<{ height: number; depth: number }>`
    with recursive ${above(key)}, ${below(key)}
    select (select max(distance) from above) as height, (select max(distance) from below) as depth`.execute(
    tx,
  );
  const { height = 0, depth = 0 } = rows[0] ?? {};
  return height + 1 + depth > maximumDepth ? { kind: "too-deep" } : null;
}

/** A shortest way from the child down to the parent, both included; empty when there is none. */
async function findWayDown(tx: Transaction<Tables>, key: EdgeKey): Promise<string[]> {
  const { rows } = await sql<{ thing: string }>`
    with recursive ${above(key)}, way (thing, distance) as (
      (select thing, distance from above where thing = ${key.child} order by distance limit 1)
      union all
      select next.thing, next.distance from way cross join lateral (
        select above.thing, above.distance from edge e
        join above on above.thing = e.child and above.distance = way.distance - 1
        where e.parent = way.thing and e.type = ${key.type} and e.deleted_at is null
        order by e.position limit 1) as next
    )
    select thing from way order by distance desc`.execute(tx);
  return rows.map(({ thing }) => thing);
}

/** The parent and what it is in, with all distances. */
function above({ parent, type }: EdgeKey): RawBuilder<unknown> {
  return sql`above (thing, distance) as (
    select ${parent}::text, 0
    union
    select e.parent, above.distance + 1 from above join edge e on e.child = above.thing
    where e.type = ${type} and e.deleted_at is null and above.distance < ${maximumDepth})`;
}

/** The child and what is in it, with all distances. */
function below({ child, type }: EdgeKey): RawBuilder<unknown> {
  return sql`below (thing, distance) as (
    select ${child}::text, 0
    union
    select e.child, below.distance + 1 from below join edge e on e.parent = below.thing
    where e.type = ${type} and e.deleted_at is null and below.distance < ${maximumDepth})`;
}
