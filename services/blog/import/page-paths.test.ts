// Planning paths: parents, circles, collisions, and pages that move with the page above them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type PlacedRow, planPaths, type WantedRow } from "./page-paths.ts";

const page = (key: string, parentKey: string | null = null, slug = key): WantedRow => ({
  sourceKey: key,
  kind: "page",
  slug,
  parentKey,
});
const row = (
  id: number,
  path: string,
  parentId: number | null = null,
  sourceKey: string | null = null,
): PlacedRow => ({
  id,
  kind: "page",
  slug: path.split("/").at(-2)!,
  path,
  parentId,
  sourceKey,
});
const pathsOf = (rows: PlacedRow[], wanted: WantedRow[]) =>
  Object.fromEntries([...planPaths(rows, wanted).wanted].map(([key, { path }]) => [key, path]));

test("a page stands below its parent, whichever of them comes first", () => {
  assert.deepEqual(pathsOf([], [page("c", "b"), page("b", "a"), page("a")]), {
    a: "/a/",
    b: "/a/b/",
    c: "/a/b/c/",
  });
});

test("parents in a circle are broken up, and it is said", () => {
  const plan = planPaths([], [page("a", "b"), page("b", "a"), page("c", "c")]);
  assert.equal(plan.wanted.size, 3);
  assert.equal(plan.notes.length, 2);
  assert.ok([...plan.wanted.values()].some(({ path }) => path === "/a/" || path === "/b/"));
});

test("a path that somebody has is never given away, not even when they move", () => {
  const rows = [row(1, "/a/", null, "one")];
  assert.deepEqual(pathsOf(rows, [page("one", null, "b"), page("two", null, "a")]), {
    one: "/b/",
    two: "/a-2/",
  });
});

test("a number that made a path free stays at the next import", () => {
  assert.deepEqual(pathsOf([row(1, "/a/"), row(2, "/a-2/", null, "mine")], [page("mine", null, "a")]), {
    mine: "/a-2/",
  });
});

test("a page that the import does not name moves with the page above it", () => {
  const plan = planPaths([row(1, "/a/", null, "a"), row(2, "/a/x/", 1)], [page("a", null, "b")]);
  assert.deepEqual(plan.moved, [{ id: 2, slug: "x", path: "/b/x/" }]);
});

test("thousands of levels end at the top in time, and no path is too long to be kept", () => {
  const chain = Array.from({ length: 5000 }, (_, index) =>
    page(`p${index}`, index === 0 ? null : `p${index - 1}`),
  );
  const plan = planPaths([], chain.reverse());
  assert.equal(plan.wanted.size, 5000);
  assert.ok([...plan.wanted.values()].every(({ path }) => path.length < 600));
  assert.equal(new Set([...plan.wanted.values()].map(({ path }) => path)).size, 5000);
});
