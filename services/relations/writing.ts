// Every query of relations that writes. Promises: edges of one type form no circle and no way longer than
// maximumDepth, also when changes that would do so together come at once; positions have no gaps; nothing is ever
// taken out of the table. Each function works in the transaction it is given. Where a child may not be is asked in
// writing-placement.ts; reading is in store.ts.

import { sql, type Transaction } from "kysely";
import type { Edge, EdgeKey, Move, Placed, WantedEdge } from "./edge.ts";
import type { Tables } from "./tables.ts";
import { findMisplacement } from "./writing-placement.ts";

export interface Writing {
  /** Puts a child into a parent, or makes the edge that is there as it is wanted. */
  attach(tx: Transaction<Tables>, wanted: WantedEdge, now: Date): Promise<Placed>;
  /** Takes a child out of a parent; answers the edge as it was, or null when there was none. */
  detach(tx: Transaction<Tables>, key: EdgeKey, now: Date): Promise<Edge | null>;
  /**
   * Takes a child elsewhere, with its label. When it is there already too, it is there once afterwards, at the
   * place and with the label of the move.
   */
  move(tx: Transaction<Tables>, move: Move, now: Date): Promise<Placed | { readonly kind: "not-there" }>;
  /** Ends every edge from and to a thing, of all types; answers them as they were. */
  forget(tx: Transaction<Tables>, thing: string, now: Date): Promise<Edge[]>;
}

/** Keeps changes of the same types apart until the end of their transactions. */
export type LockTypes = (tx: Transaction<Tables>, types: readonly string[]) => Promise<void>;

/**
 * Waits until no other transaction changes edges of these types. Two edges can each be sound and close a circle
 * together, and neither of two transactions sees the other's: no constraint finds that, only turns do. It must be
 * a statement of its own before any that reads, in the default isolation where each statement sees what was kept
 * before it. Types are few, so turns per type are no crowd.
 */
export const lockTypes: LockTypes = async (tx, types) => {
  for (const type of types.toSorted()) {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`relations/edges of ${type}`}, 0))`.execute(tx);
  }
};

export function createWriting(lock: LockTypes): Writing {
  return {
    async attach(tx, wanted, now) {
      await lock(tx, [wanted.type]);
      const found = await findEdge(tx, wanted);
      if (found) return await adjust(tx, found, wanted.position ?? found.position, wanted.label);
      const misplaced = await findMisplacement(tx, wanted);
      if (misplaced) return misplaced;
      return { kind: "attached", edge: await insert(tx, wanted, now) };
    },

    async detach(tx, key, now) {
      await lock(tx, [key.type]);
      const found = await findEdge(tx, key);
      if (!found) return null;
      await end(tx, [found], now);
      return toEdge(found);
    },

    async move(tx, { child, type, from, to, position }, now) {
      await lock(tx, [type]);
      const leaving = await findEdge(tx, { parent: from, child, type });
      if (!leaving) return { kind: "not-there" };
      if (from === to) return await adjust(tx, leaving, position, leaving.label);
      const key = { parent: to, child, type };
      const misplaced = await findMisplacement(tx, key);
      if (misplaced) return misplaced;
      await end(tx, [leaving], now);
      const there = await findEdge(tx, key);
      if (!there)
        return { kind: "attached", edge: await insert(tx, { ...key, position, label: leaving.label }, now) };
      const { edge } = await adjust(tx, there, position, leaving.label);
      return { kind: "attached", edge };
    },

    async forget(tx, thing, now) {
      const touching = tx
        .selectFrom("edge")
        .where((edge) => edge.or([edge("parent", "=", thing), edge("child", "=", thing)]))
        .where("deleted_at", "is", null);
      const types = (await touching.select("type").distinct().execute()).map(({ type }) => type);
      if (types.length === 0) return [];
      await lock(tx, types);
      // Read again now that nobody else writes; an edge of a type that came meanwhile came after the forgetting.
      const found = await touching
        .select(["id", "parent", "child", "type", "position", "label"])
        .where("type", "in", types)
        .orderBy("id")
        .execute();
      await end(tx, found, now);
      return found.map(toEdge);
    },
  };
}

interface EdgeRow extends Edge {
  readonly id: number;
}

async function findEdge(
  tx: Transaction<Tables>,
  { parent, child, type }: EdgeKey,
): Promise<EdgeRow | undefined> {
  return await tx
    .selectFrom("edge")
    .select(["id", "parent", "child", "type", "position", "label"])
    .where("parent", "=", parent)
    .where("child", "=", child)
    .where("type", "=", type)
    .where("deleted_at", "is", null)
    .executeTakeFirst();
}

/** Gives a living edge another position or label; `unchanged` when it has them. */
async function adjust(
  tx: Transaction<Tables>,
  found: EdgeRow,
  position: number,
  label: string | null,
): Promise<{ kind: "attached" | "unchanged"; edge: Edge }> {
  const count = await countChildren(tx, found);
  const edge = { ...toEdge(found), position: Math.min(position, count - 1), label };
  if (edge.position === found.position && edge.label === found.label) return { kind: "unchanged", edge };
  const [first, last] = [found.position, edge.position].toSorted((a, b) => a - b);
  await sql`
    update edge set
      position = case when id = ${found.id} then ${edge.position}::int else position + ${edge.position < found.position ? 1 : -1}::int end,
      label = case when id = ${found.id} then ${label}::text else label end
    where parent = ${found.parent} and type = ${found.type} and deleted_at is null
      and position between ${first} and ${last}`.execute(tx);
  return { kind: "attached", edge };
}

/** Adds an edge that is not there, making room for it. */
async function insert(tx: Transaction<Tables>, wanted: WantedEdge, now: Date): Promise<Edge> {
  const count = await countChildren(tx, wanted);
  const edge = toEdge({ ...wanted, position: Math.min(wanted.position ?? count, count) });
  await tx
    .updateTable("edge")
    .set({ position: sql`position + 1` })
    .where("parent", "=", edge.parent)
    .where("type", "=", edge.type)
    .where("deleted_at", "is", null)
    .where("position", ">=", edge.position)
    .execute();
  await tx
    .insertInto("edge")
    .values({ ...edge, attached_at: now })
    .execute();
  return edge;
}

/** Ends living edges and closes the gaps. Of one parent and type these are a single edge, or all there are. */
async function end(tx: Transaction<Tables>, edges: readonly EdgeRow[], now: Date): Promise<void> {
  const ended = JSON.stringify(edges);
  await sql`
    update edge set deleted_at = ${now}
    from json_to_recordset(${ended}::json) as ended (id bigint) where edge.id = ended.id`.execute(tx);
  await sql`
    update edge set position = edge.position - 1
    from json_to_recordset(${ended}::json) as ended (parent text, type text, position int)
    where edge.parent = ended.parent and edge.type = ended.type and edge.deleted_at is null
      and edge.position > ended.position`.execute(tx);
}

async function countChildren(
  tx: Transaction<Tables>,
  { parent, type }: Omit<EdgeKey, "child">,
): Promise<number> {
  const { count } = await tx
    .selectFrom("edge")
    .select((edge) => edge.fn.countAll<number>().as("count"))
    .where("parent", "=", parent)
    .where("type", "=", type)
    .where("deleted_at", "is", null)
    .executeTakeFirstOrThrow();
  return count;
}

function toEdge({ parent, child, type, position, label }: Edge): Edge {
  return { parent, child, type, position, label };
}
