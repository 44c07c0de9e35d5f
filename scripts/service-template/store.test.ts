// The queries, on every database that there is to test on.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { forEachDriver } from "@rose-ash/platform/store/test-database";
import { createStore } from "./store.ts";
import type { Tables } from "./tables.ts";

await forEachDriver<Tables>(join(import.meta.dirname, "migrations"), ({ driver, open }) => {
  test(`${driver}: the newest entry is listed first, a removed one not at all`, async (t) => {
    const store = createStore(await open(t));
    const day = (number: number) => new Date(Date.UTC(2025, 0, number));
    await store.add("first", day(1));
    const removed = await store.add("second", day(2));
    await store.add("third", day(3));
    await store.remove(removed, day(4));
    const titles = async (limit: number) => (await store.listNewest(limit)).map(({ title }) => title);
    assert.deepEqual(await titles(10), ["third", "first"]);
    assert.deepEqual(await titles(1), ["third"]);
  });
});
