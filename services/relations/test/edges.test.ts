// Relations through its contract: what attach, detach, move and forget do to edges, and what is told of it.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { forEachDriver } from "@rose-ash/platform/store/test-database";
import type { Tables } from "../tables.ts";
import { type AskedRelations, openRelations } from "./asking-relations.ts";

const type = "menu";
const root = "blog/menu/primary";
const page = (name: string | number) => `blog/page/${name}`;

await forEachDriver<Tables>(join(import.meta.dirname, "../migrations"), (fresh) => {
  const { driver } = fresh;

  test(`${driver}: a child goes to the end, or to the place that is said`, async (t) => {
    const relations = await openRelations(t, fresh);
    const attach = (name: string, position?: number) =>
      relations.order("attach", {
        parent: root,
        child: page(name),
        type,
        label: name,
        ...(position === undefined ? {} : { position }),
      });
    assert.deepEqual(await attach("news"), { kind: "attached", position: 0 });
    assert.deepEqual(await attach("about"), { kind: "attached", position: 1 });
    assert.deepEqual(await attach("shop", 1), { kind: "attached", position: 1 });
    assert.deepEqual(await attach("first", 0), { kind: "attached", position: 0 });
    assert.deepEqual(
      await attach("last", 99),
      { kind: "attached", position: 4 },
      "beyond the end is the end",
    );
    assert.deepEqual(await childNames(relations, root), ["first", "news", "shop", "about", "last"]);
    assert.deepEqual(relations.told.at(2), {
      fact: "relations/attached",
      actor: "blog",
      object: page("shop"),
      data: { parent: root, child: page("shop"), type, position: 1, label: "shop" },
    });
  });

  test(`${driver}: attaching what is there says unchanged, and tells nothing`, async (t) => {
    const relations = await openRelations(t, fresh);
    const edge = { parent: root, child: page("news"), type, label: "News" };
    await relations.order("attach", edge);
    await relations.order("attach", { ...edge, child: page("about") });
    const told = relations.told.length;
    assert.deepEqual(await relations.order("attach", edge), { kind: "unchanged", position: 0 });
    assert.deepEqual(await relations.order("attach", { ...edge, position: 0 }), {
      kind: "unchanged",
      position: 0,
    });
    const atEnd = { ...edge, child: page("about"), position: 7 };
    assert.deepEqual(await relations.order("attach", atEnd), { kind: "unchanged", position: 1 });
    assert.equal(relations.told.length, told);
  });

  test(`${driver}: attaching with another label or position changes the edge, and is told`, async (t) => {
    const relations = await openRelations(t, fresh);
    for (const name of ["a", "b", "c", "d"]) {
      await relations.order("attach", { parent: root, child: page(name), type, label: name });
    }
    const renamed = { parent: root, child: page("c"), type, label: "Sea", position: 0 };
    assert.deepEqual(await relations.order("attach", renamed), { kind: "attached", position: 0 });
    assert.deepEqual(await childNames(relations, root), ["c", "a", "b", "d"]);
    assert.deepEqual(relations.told.slice(4), [
      { fact: "relations/attached", actor: "blog", object: page("c"), data: renamed },
    ]);
    const [first] = await relations.ask("children", { parent: root, type, limit: 1 });
    assert.deepEqual(first, renamed);
  });

  test(`${driver}: an edge of one type is none of another`, async (t) => {
    const relations = await openRelations(t, fresh);
    await relations.order("attach", { parent: root, child: page("a"), type });
    await relations.order("attach", { parent: page("a"), child: root, type: "series" });
    assert.deepEqual(await childNames(relations, root), ["a"]);
    assert.deepEqual(await relations.ask("children", { parent: page("a"), type }), []);
    assert.deepEqual(await relations.ask("ancestors", { child: page("a"), type: "series" }), []);
  });

  test(`${driver}: what is detached leaves no gap and can be attached again`, async (t) => {
    const relations = await openRelations(t, fresh);
    for (const name of ["a", "b", "c"])
      await relations.order("attach", { parent: root, child: page(name), type });
    const key = { parent: root, child: page("b"), type };
    assert.deepEqual(await relations.order("detach", key), { kind: "detached" });
    assert.deepEqual(await relations.order("detach", key), { kind: "unchanged" });
    assert.deepEqual(await childNames(relations, root), ["a", "c"]);
    assert.deepEqual(await relations.order("attach", { ...key, position: 0 }), {
      kind: "attached",
      position: 0,
    });
    assert.deepEqual(await childNames(relations, root), ["b", "a", "c"]);
    const was = { ...key, position: 1, label: null };
    assert.deepEqual(relations.told.slice(3), [
      { fact: "relations/detached", actor: "blog", object: page("b"), data: was },
      { fact: "relations/attached", actor: "blog", object: page("b"), data: { ...was, position: 0 } },
    ]);
    const rows = await relations.database.query
      .selectFrom("edge")
      .selectAll()
      .where("child", "=", page("b"))
      .execute();
    assert.deepEqual(
      rows.map((row) => row.deleted_at === null).toSorted(),
      [false, true],
      "a new row, the old one kept",
    );
  });

  test(`${driver}: a child moves to every place of its parent`, async (t) => {
    const relations = await openRelations(t, fresh);
    const names = ["a", "b", "c", "d"];
    for (const name of names) await relations.order("attach", { parent: root, child: page(name), type });
    for (const [child, position] of [
      ["a", 3],
      ["d", 0],
      ["b", 2],
      ["a", 1],
      ["c", 9],
    ] as const) {
      const before = await childNames(relations, root);
      const expected = before.filter((name) => name !== child);
      expected.splice(position, 0, child);
      const place = expected.indexOf(child);
      const kind = before[place] === child ? "unchanged" : "attached";
      const move = { child: page(child), type, from: root, to: root, position };
      assert.deepEqual(await relations.order("move", move), { kind, position: place });
      assert.deepEqual(await childNames(relations, root), expected);
    }
  });

  test(`${driver}: a move to where the child is says unchanged, and one from where it is not says so`, async (t) => {
    const relations = await openRelations(t, fresh);
    await relations.order("attach", { parent: root, child: page("a"), type });
    const told = relations.told.length;
    const move = { child: page("a"), type, from: root, to: root, position: 0 };
    assert.deepEqual(await relations.order("move", move), { kind: "unchanged", position: 0 });
    const elsewhere = { ...move, from: page("x") };
    assert.deepEqual(await relations.order("move", elsewhere), { kind: "not-there" });
    assert.equal(relations.told.length, told);
  });

  test(`${driver}: a child moves to another parent with its label and what is below it`, async (t) => {
    const relations = await openRelations(t, fresh);
    const other = "blog/menu/footer";
    for (const name of ["a", "b", "c"]) {
      await relations.order("attach", { parent: root, child: page(name), type, label: name.toUpperCase() });
    }
    await relations.order("attach", { parent: other, child: page("z"), type });
    await relations.order("attach", { parent: page("b"), child: page("b1"), type });
    const told = relations.told.length;
    const move = { child: page("b"), type, from: root, to: other, position: 0 };
    assert.deepEqual(await relations.order("move", move), { kind: "attached", position: 0 });
    assert.deepEqual(await childNames(relations, root), ["a", "c"]);
    assert.deepEqual(await childNames(relations, other), ["b", "z"]);
    assert.deepEqual(await childNames(relations, page("b")), ["b1"]);
    const edge = { parent: other, child: page("b"), type, position: 0, label: "B" };
    const data = { from: root, edge };
    assert.deepEqual(relations.told.slice(told), [
      { fact: "relations/moved", actor: "blog", object: page("b"), data },
    ]);
    assert.deepEqual(
      await relations.order("move", move),
      { kind: "not-there" },
      "again, it has left already",
    );
  });

  test(`${driver}: a child that moves to where it is already too is there once`, async (t) => {
    const relations = await openRelations(t, fresh);
    const other = "blog/menu/footer";
    await relations.order("attach", { parent: root, child: page("a"), type, label: "A" });
    await relations.order("attach", { parent: other, child: page("z"), type });
    await relations.order("attach", { parent: other, child: page("a"), type, label: "old" });
    const move = { child: page("a"), type, from: root, to: other, position: 0 };
    assert.deepEqual(await relations.order("move", move), { kind: "attached", position: 0 });
    assert.deepEqual(await childNames(relations, root), []);
    assert.deepEqual(await childNames(relations, other), ["a", "z"]);
    const [edge] = await relations.ask("whereUsed", { child: page("a") });
    assert.equal(edge?.label, "A");
  });

  test(`${driver}: a thing that is forgotten is in nothing and nothing is in it, whatever the type`, async (t) => {
    const relations = await openRelations(t, fresh);
    const thing = page("gone");
    for (const child of [page("a"), thing, page("c")])
      await relations.order("attach", { parent: root, child, type });
    await relations.order("attach", { parent: page("s"), child: thing, type: "series" });
    for (const name of ["x", "y"])
      await relations.order("attach", { parent: thing, child: page(name), type: "series" });
    await relations.order("attach", { parent: page("s"), child: page("t"), type: "series" });
    const told = relations.told.length;
    assert.deepEqual(await relations.order("forget", { thing }), { kind: "forgotten", edges: 4 });
    assert.deepEqual(await childNames(relations, root), ["a", "c"]);
    assert.deepEqual(await childNames(relations, page("s"), "series"), ["t"]);
    assert.deepEqual(await relations.ask("whereUsed", { child: page("x") }), []);
    const facts = relations.told.slice(told);
    assert.deepEqual(
      facts.map(({ fact, object, data }) => [fact, object, (data as { position: number }).position]),
      [
        ["relations/detached", thing, 1],
        ["relations/detached", thing, 0],
        ["relations/detached", page("x"), 0],
        ["relations/detached", page("y"), 1],
      ],
    );
    assert.deepEqual(await relations.order("forget", { thing }), { kind: "forgotten", edges: 0 });
    assert.equal(relations.told.length, told + 4);
  });

  test(`${driver}: the longest references can be related`, async (t) => {
    const relations = await openRelations(t, fresh);
    // Three bytes a letter and no pattern in them, so that no index row can be made shorter.
    const letter = (index: number, seed: number) =>
      String.fromCodePoint(0x4e00 + ((index * index * 31 + seed * 977 * (index + 1)) % 20_000));
    const long = (seed: number) =>
      `https://x.example.org/${Array.from({ length: 460 }, (_, index) => letter(index, seed)).join("")}`;
    const [parent, child] = [long(1), long(2)];
    assert.equal((await relations.order("attach", { parent, child, type })).kind, "attached");
    assert.equal((await relations.order("attach", { parent, child, type })).kind, "unchanged");
    assert.deepEqual(await relations.ask("ancestors", { child, type }), [{ parent, distance: 1 }]);
  });
});

/** The last parts of the children's references in their order; checks that positions have no gaps. */
async function childNames(relations: AskedRelations, parent: string, of = type): Promise<string[]> {
  const edges = await relations.ask("children", { parent, type: of });
  assert.deepEqual(
    edges.map(({ position }) => position),
    edges.map((_, index) => index),
  );
  return edges.map(({ child }) => child.split("/").at(-1) ?? "");
}
