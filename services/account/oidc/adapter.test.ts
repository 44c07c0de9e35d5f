// The adapter as the library calls it: used once means once, also for two requests that looked before either used.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { join } from "node:path";
import { test } from "node:test";
import { forEachDriver } from "@rose-ash/platform/store/test-database";
import { createAccountKeys } from "../keys.ts";
import { createStore } from "../store.ts";
import type { Tables } from "../tables.ts";
import { createAdapters } from "./adapter.ts";

const keys = createAccountKeys({
  derive: (purpose) => createHmac("sha256", "root").update(purpose).digest(),
  client: "",
  clients: {},
});

await forEachDriver<Tables>(join(import.meta.dirname, "../migrations"), ({ driver, open }) => {
  test(`${driver}: the second use of a code is refused and takes the grant back`, async (t) => {
    const adapters = createAdapters(createStore(await open(t)), keys, () => new Date());
    const [grants, codes, tokens] = [
      adapters("Grant"),
      adapters("AuthorizationCode"),
      adapters("AccessToken"),
    ];
    await grants.upsert("grant", { clientId: "blog" }, 600);
    await codes.upsert("code", { grantId: "grant" }, 60);
    await tokens.upsert("token", { grantId: "grant" }, 600);
    assert.equal((await codes.find("code"))?.consumed, undefined);
    await codes.consume("code");
    assert.ok(Number((await codes.find("code"))?.consumed) > 0);
    assert.ok(await tokens.find("token"));
    await assert.rejects(codes.consume("code"), { error_detail: "it was used before" });
    assert.equal(await grants.find("grant"), undefined);
    assert.equal(await tokens.find("token"), undefined);
    await assert.rejects(tokens.upsert("late", { grantId: "grant" }, 600), { error: "invalid_grant" });
  });

  test(`${driver}: a record is found by its id and its session, under its own kind, until its time is over`, async (t) => {
    let now = new Date();
    const adapters = createAdapters(createStore(await open(t)), keys, () => now);
    const sessions = adapters("Session");
    await sessions.upsert("id", { uid: "uid", accountId: "ada", jti: "id" }, 60);
    assert.equal((await sessions.find("id"))?.accountId, "ada");
    assert.equal((await sessions.findByUid("uid"))?.jti, "id");
    assert.equal(await adapters("Interaction").find("id"), undefined);
    now = new Date(now.getTime() + 60_000);
    assert.equal(await sessions.find("id"), undefined);
    assert.equal(await sessions.findByUid("uid"), undefined);
  });

  test(`${driver}: a session that changes hands takes no client of the member before along`, async (t) => {
    const adapters = createAdapters(createStore(await open(t)), keys, () => new Date());
    const sessions = adapters("Session");
    const authorizations = { blog: { grantId: "g", sid: "s" } };
    await sessions.upsert("id", { uid: "uid", accountId: "ada", authorizations }, 60);
    await sessions.upsert("id", { uid: "uid", accountId: "ada", authorizations: {} }, 60);
    assert.deepEqual((await sessions.find("id"))?.authorizations, authorizations);
    await sessions.upsert("id", { uid: "uid", accountId: "ben", authorizations: {} }, 60);
    assert.deepEqual((await sessions.find("id"))?.authorizations, {});
  });
});
