// What other services may ask of relations: which things are in which, across services, in order. An edge says
// that `child` is in `parent` as `type` ("menu", "series"); edges of one type never form a circle.

import { defineContract, reference } from "@rose-ash/platform/rpc";
import { z } from "zod";

const edgeType = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
/** What a thing is called where the edge is shown; kept with the edge, so showing it asks nobody. */
const label = z.string().max(200);
const edge = z.object({
  parent: z.string(),
  child: z.string(),
  type: z.string(),
  position: z.int(),
  label: z.string().nullable(),
});

const moved = z.discriminatedUnion("kind", [
  z.object({ kind: z.enum(["attached", "unchanged"]), position: z.int() }),
  /** The parent is the child or in it, by this way down from the child to the parent. */
  z.object({ kind: z.literal("circle"), way: z.array(z.string()) }),
  z.object({ kind: z.literal("too-deep") }),
]);

export const relations = defineContract("relations", {
  queries: {
    children: {
      params: z.object({ parent: reference, type: edgeType, limit: z.int().min(1).max(500).default(100) }),
      answer: z.array(edge),
      callers: "any",
    },
    /** Everything above a thing, nearest first; a thing may be in several places. */
    ancestors: {
      params: z.object({ child: reference, type: edgeType }),
      answer: z.array(z.object({ parent: z.string(), distance: z.int() })),
      callers: "any",
    },
    /** Every edge that a thing is the child of, whatever the type. */
    whereUsed: {
      params: z.object({ child: reference, limit: z.int().min(1).max(500).default(100) }),
      answer: z.array(edge),
      callers: "any",
    },
    /** A whole tree below a thing, depth first, in order, `depth` 1 for its children. */
    tree: {
      params: z.object({ root: reference, type: edgeType, depth: z.int().min(1).max(20).default(5) }),
      answer: z.array(edge.extend({ depth: z.int() })),
      callers: "any",
    },
  },
  actions: {
    /** Puts a child into a parent, at the end unless `position` (from 0) is said. */
    attach: {
      payload: z.object({
        parent: reference,
        child: reference,
        type: edgeType,
        position: z.int().min(0).optional(),
        label: label.nullable().default(null),
      }),
      answer: moved,
      callers: "any",
    },
    detach: {
      payload: z.object({ parent: reference, child: reference, type: edgeType }),
      answer: z.object({ kind: z.enum(["detached", "unchanged"]) }),
      callers: "any",
    },
    /** Takes a child from one parent to another, or to another place in the same one. */
    move: {
      payload: z.object({
        child: reference,
        type: edgeType,
        from: reference,
        to: reference,
        position: z.int().min(0),
      }),
      answer: z.union([moved, z.object({ kind: z.literal("not-there") })]),
      callers: "any",
    },
    /** Takes a thing that is gone out of everything it was in and everything that was in it. */
    forget: {
      payload: z.object({ thing: reference }),
      answer: z.object({ kind: z.literal("forgotten"), edges: z.int() }),
      callers: "any",
    },
  },
  facts: {
    attached: { type: "Add", visibility: "internal", data: edge },
    detached: { type: "Remove", visibility: "internal", data: edge },
    moved: { type: "Move", visibility: "internal", data: z.object({ from: z.string(), edge }) },
  },
  fragments: {
    /** The tree below a thing as nested lists of links; `hrefs` says where each thing is, others are plain text. */
    navigationTree: {
      params: z.object({
        root: reference,
        type: edgeType,
        label,
        hrefs: z.record(z.string(), z.string()),
        locale: z.string(),
      }),
      freshMs: 60_000,
    },
  },
});
