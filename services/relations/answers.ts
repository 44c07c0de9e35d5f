// What relations answers: contract name -> function. Each change is told as a fact about the child, with the edge
// as it is now (or was, when it ended); an order that changes nothing tells nothing.

import type { ServiceParts } from "@rose-ash/platform/app";
import { defineAnswers } from "@rose-ash/platform/rpc";
import type { Settings } from "./config.ts";
import { relations } from "./contract.ts";
import { maximumDepth, type Placed } from "./edge.ts";
import { buildNavigation } from "./navigation.ts";
import type { EdgeStore } from "./store.ts";

export type Parts = Pick<ServiceParts<Settings, EdgeStore>, "store" | "emitActivity">;

const { attached, detached, moved } = relations.facts;

export function answers({ store, emitActivity }: Parts) {
  return defineAnswers(relations, {
    queries: {
      children: ({ parent, type, limit }) => store.children(parent, type, limit),
      ancestors: ({ child, type }) => store.ancestors(child, type),
      whereUsed: ({ child, limit }) => store.whereUsed(child, limit),
      tree: ({ root, type, depth }) => store.tree(root, type, depth),
    },
    actions: {
      async attach({ position = null, ...wanted }, { tx, caller, now }) {
        const placed = await store.attach(tx, { ...wanted, position }, now);
        if (placed.kind === "attached") {
          const { edge } = placed;
          await emitActivity(tx, { fact: attached, actor: caller, object: edge.child, data: edge });
        }
        return toAnswer(placed);
      },

      async detach(key, { tx, caller, now }) {
        const edge = await store.detach(tx, key, now);
        if (!edge) return { kind: "unchanged" as const };
        await emitActivity(tx, { fact: detached, actor: caller, object: edge.child, data: edge });
        return { kind: "detached" as const };
      },

      async move(wanted, { tx, caller, now }) {
        const placed = await store.move(tx, wanted, now);
        if (placed.kind === "not-there") return placed;
        if (placed.kind === "attached") {
          const data = { from: wanted.from, edge: placed.edge };
          await emitActivity(tx, { fact: moved, actor: caller, object: wanted.child, data });
        }
        return toAnswer(placed);
      },

      async forget({ thing }, { tx, caller, now }) {
        const edges = await store.forget(tx, thing, now);
        for (const edge of edges) {
          await emitActivity(tx, { fact: detached, actor: caller, object: edge.child, data: edge });
        }
        return { kind: "forgotten" as const, edges: edges.length };
      },
    },
    fragments: {
      async navigationTree({ root, type, label, hrefs }) {
        const items = buildNavigation(await store.tree(root, type, maximumDepth), hrefs);
        return { component: "~navigation-tree-fragment", props: { label, items } };
      },
    },
  });
}

function toAnswer(placed: Placed) {
  return "edge" in placed ? { kind: placed.kind, position: placed.edge.position } : placed;
}
