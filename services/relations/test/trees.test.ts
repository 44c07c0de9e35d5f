// Relations through its contract: nothing is ever in itself, nothing is too deep, and what is above and below a
// thing is told once and in order, by however many ways it is there.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { forEachDriver } from "@rose-ash/platform/store/test-database";
import type { Tables } from "../tables.ts";
import { type AskedRelations, openRelations } from "./asking-relations.ts";

const type = "menu";
const thing = (name: string | number) => `blog/page/${name}`;

await forEachDriver<Tables>(join(import.meta.dirname, "../migrations"), (fresh) => {
  const { driver } = fresh;

  test(`${driver}: a circle is refused with the way that would close it, and nothing is told`, async (t) => {
    const relations = await openRelations(t, fresh);
    await attachAll(relations, "a>b b>c a>x x>y y>c c>d");
    const told = relations.told.length;
    const attach = (parent: string, child: string) =>
      relations.order("attach", { parent: thing(parent), child: thing(child), type });
    assert.deepEqual(await attach("a", "a"), { kind: "circle", way: [thing("a")] });
    assert.deepEqual(await attach("d", "a"), { kind: "circle", way: ["a", "b", "c", "d"].map(thing) });
    const move = { child: thing("x"), type, from: thing("a"), to: thing("d"), position: 0 };
    assert.deepEqual(await relations.order("move", move), {
      kind: "circle",
      way: ["x", "y", "c", "d"].map(thing),
    });
    const used = await relations.ask("whereUsed", { child: thing("x") });
    assert.deepEqual(
      used.map(({ parent }) => parent),
      [thing("a")],
      "a refused move leaves the child where it was",
    );
    assert.equal(relations.told.length, told);
  });

  test(`${driver}: what would be a circle is none when its other edge is gone or of another type`, async (t) => {
    const relations = await openRelations(t, fresh);
    await attachAll(relations, "a>b");
    const back = { parent: thing("b"), child: thing("a") };
    assert.equal((await relations.order("attach", { ...back, type: "series" })).kind, "attached");
    await relations.order("detach", { parent: thing("a"), child: thing("b"), type });
    assert.equal((await relations.order("attach", { ...back, type })).kind, "attached");
  });

  test(`${driver}: twenty edges on a way are the most, wherever the new one is in it`, async (t) => {
    const relations = await openRelations(t, fresh);
    const chain = Array.from({ length: 20 }, (_, number) => `${number}>${number + 1}`);
    await attachAll(relations, chain.join(" "));
    const attach = (parent: string, child: string) =>
      relations.order("attach", { parent: thing(parent), child: thing(child), type });
    assert.deepEqual(await attach("20", "more"), { kind: "too-deep" });
    assert.deepEqual(await attach("above", "0"), { kind: "too-deep" });
    await attachAll(relations, "p>q q>r");
    assert.deepEqual(await attach("18", "p"), { kind: "too-deep" });
    assert.deepEqual(await attach("17", "p"), { kind: "attached", position: 1 });
    const move = { child: thing("p"), type, from: thing("17"), to: thing("18"), position: 0 };
    assert.deepEqual(await relations.order("move", move), { kind: "too-deep" });
    const above = await relations.ask("ancestors", { child: thing("20"), type });
    assert.deepEqual(
      above.map(({ parent, distance }) => [parent, distance]),
      Array.from({ length: 20 }, (_, index) => [thing(19 - index), index + 1]),
    );
  });

  test(`${driver}: depth is of the longest way, where there are several`, async (t) => {
    const relations = await openRelations(t, fresh);
    const chain = Array.from({ length: 20 }, (_, number) => `${number}>${number + 1}`);
    await attachAll(relations, `${chain.join(" ")} 0>20`);
    const below = { parent: thing("20"), child: thing("more"), type };
    assert.deepEqual(await relations.order("attach", below), { kind: "too-deep" });
  });

  test(`${driver}: ancestors are told once each, nearest first`, async (t) => {
    const relations = await openRelations(t, fresh);
    await attachAll(relations, "a>b b>d a>c c>d a>d z>c");
    assert.deepEqual(await relations.ask("ancestors", { child: thing("d"), type }), [
      { parent: thing("a"), distance: 1 },
      { parent: thing("b"), distance: 1 },
      { parent: thing("c"), distance: 1 },
      { parent: thing("z"), distance: 2 },
    ]);
    assert.deepEqual(await relations.ask("ancestors", { child: thing("a"), type }), []);
  });

  test(`${driver}: where a thing is used is told of every type, at most as many as asked`, async (t) => {
    const relations = await openRelations(t, fresh);
    await attachAll(relations, "b>x a>x");
    await relations.order("attach", { parent: thing("s"), child: thing("x"), type: "album", label: "X" });
    const used = await relations.ask("whereUsed", { child: thing("x") });
    assert.deepEqual(
      used.map((edge) => [edge.type, edge.parent, edge.label]),
      [
        ["album", thing("s"), "X"],
        [type, thing("a"), null],
        [type, thing("b"), null],
      ],
    );
    assert.equal((await relations.ask("whereUsed", { child: thing("x"), limit: 2 })).length, 2);
  });

  test(`${driver}: a tree is told depth first and in order, down to the depth asked`, async (t) => {
    const relations = await openRelations(t, fresh);
    await attachAll(relations, "r>a r>b a>a1 a>a2 a1>deep b>b1");
    await relations.order("move", { child: thing("b"), type, from: thing("r"), to: thing("r"), position: 0 });
    const tree = async (depth?: number) => {
      const edges = await relations.ask("tree", {
        root: thing("r"),
        type,
        ...(depth === undefined ? {} : { depth }),
      });
      return edges.map((edge) => `${edge.depth} ${edge.child.split("/").at(-1)}`);
    };
    assert.deepEqual(await tree(), ["1 b", "2 b1", "1 a", "2 a1", "3 deep", "2 a2"]);
    assert.deepEqual(await tree(2), ["1 b", "2 b1", "1 a", "2 a1", "2 a2"]);
    assert.deepEqual(await tree(1), ["1 b", "1 a"]);
    assert.deepEqual(await relations.ask("tree", { root: thing("nothing"), type }), []);
  });

  test(`${driver}: a tree of a million ways is refused in a sentence, and the things above are still told`, async (t) => {
    const relations = await openRelations(t, fresh);
    const levels = Array.from({ length: 20 }, (_, level) => level);
    const both = (level: number) =>
      ["l", "r"].flatMap((from) => ["l", "r"].map((to) => `${from}${level}>${to}${level + 1}`));
    await attachAll(relations, levels.flatMap(both).join(" "));
    await assert.rejects(relations.ask("tree", { root: thing("l0"), type, depth: 20 }), {
      message: /below blog\/page\/l0: it has more than 5000 edges .* Ask for a smaller depth/,
    });
    assert.equal((await relations.ask("tree", { root: thing("l0"), type, depth: 3 })).length, 14);
    assert.equal((await relations.ask("ancestors", { child: thing("l20"), type })).length, 40);
    const closing = { parent: thing("l20"), child: thing("r0"), type };
    const refused = await relations.order("attach", closing);
    assert.equal(refused.kind, "circle");
    assert.equal(refused.kind === "circle" && refused.way.length, 21);
  });
});

/** Attaches "parent>child" pairs, one after another. */
async function attachAll(relations: AskedRelations, pairs: string): Promise<void> {
  for (const pair of pairs.split(" ")) {
    const [parent = "", child = ""] = pair.split(">");
    const answer = await relations.order("attach", { parent: thing(parent), child: thing(child), type });
    assert.equal(answer.kind, "attached", pair);
  }
}
