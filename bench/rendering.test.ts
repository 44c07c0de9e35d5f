// The renderers of the rendering comparison draw the same pages: what is not the same cannot be compared.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createPages } from "./page-data.ts";
import { raw } from "./renderers/raw.ts";
import { contendersFor, createRenderers } from "./rendering.ts";

test("all renderers draw the same cards, table and form", async () => {
  const [pages, renderers] = [createPages(), createRenderers()];
  for (const page of ["cards", "table", "form"] as const) {
    const { contenders } = await contendersFor(page, pages[page], renderers);
    assert.equal(contenders.length, 8);
  }
});

test("a renderer that forgets to escape is refused", async () => {
  const { table } = createPages();
  const careless = {
    ...raw,
    name: "careless",
    table: (page: typeof table) => String(raw.table(page)).replaceAll("&lt;em&gt;", "<em>"),
  };
  await assert.rejects(
    contendersFor("table", table, [raw, careless]),
    /careless draws another table page than raw/,
  );
});
