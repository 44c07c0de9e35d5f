// What the database itself has to hold when two do the same at once, on every database that there is to test on.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { forEachDriver } from "@rose-ash/platform/store/test-database";
import { type AccountStore, createStore } from "./store.ts";
import type { Tables } from "./tables.ts";

const now = new Date("2026-05-01T10:00:00Z");
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

await forEachDriver<Tables>(join(import.meta.dirname, "migrations"), ({ driver, open }) => {
  const openStore = async (t: TestContext) => createStore(await open(t));

  async function addLetter(store: AccountStore, id: string, createdAt: Date) {
    const letter = {
      id,
      tokenHash: `token ${id}`,
      codeHash: `code ${id}`,
      address: "ada@example.org",
      page: "page",
    };
    await store.change((tx) => store.letters.add(tx, { ...letter, createdAt, expiresAt: later(15) }));
  }

  const record = (kind: string, idHash: string, grantHash: string | null) => {
    return { kind, idHash, grantHash, uidHash: null, sealed: new Uint8Array([1]), expiresAt: later(10) };
  };

  test(`${driver}: of twenty who spend a letter at once, one does`, async (t) => {
    const store = await openStore(t);
    const id = randomUUID();
    await addLetter(store, id, now);
    const spent = await Promise.all(
      Array.from({ length: 20 }, () => store.change((tx) => store.letters.spend(tx, id, true, now))),
    );
    assert.equal(spent.filter(Boolean).length, 1);
  });

  test(`${driver}: a letter that is undone with its transaction can still be spent`, async (t) => {
    const store = await openStore(t);
    const id = randomUUID();
    await addLetter(store, id, now);
    const failing = store.change(async (tx) => {
      assert.equal(await store.letters.spend(tx, id, true, now), true);
      throw new Error("the rest of the sign-in failed");
    });
    await assert.rejects(failing, /the rest of the sign-in failed/);
    assert.equal(await store.change((tx) => store.letters.spend(tx, id, true, now)), true);
  });

  test(`${driver}: nothing is written under a grant that was taken back, whoever comes first`, async (t) => {
    const store = await openStore(t);
    assert.equal(await store.records.write(record("AccessToken", "early", "grant")), false);
    for (let round = 0; round < 20; round += 1) {
      assert.equal(await store.records.write(record("Grant", "grant", null)), true);
      const ids = ["a", "b", "c", "d"].map((letter) => `${letter}${round}`);
      await Promise.all([
        ...ids.map((id) => store.records.write(record("AccessToken", id, "grant"))),
        store.records.revokeGrant("grant"),
      ]);
      for (const id of ids) assert.equal(await store.records.find("AccessToken", id, now), null);
    }
  });

  test(`${driver}: a record is consumed once, and not after its time`, async (t) => {
    const store = await openStore(t);
    await store.records.write(record("Grant", "grant", null));
    await store.records.write(record("AuthorizationCode", "code", "grant"));
    const used = await Promise.all(
      Array.from({ length: 10 }, () => store.records.consume("AuthorizationCode", "code", now)),
    );
    assert.equal(used.filter(Boolean).length, 1);
    await store.records.write(record("AuthorizationCode", "late", "grant"));
    assert.equal(await store.records.consume("AuthorizationCode", "late", later(11)), false);
    assert.equal(await store.records.find("AuthorizationCode", "late", later(11)), null);
  });

  test(`${driver}: of those who rewrite a record at once, each builds on the one before`, async (t) => {
    const store = await openStore(t);
    const { sealed: _, ...place } = record("Session", "session", null);
    const first = new Uint8Array([0]);
    await store.records.rewrite(place, () => first);
    await Promise.all(
      Array.from({ length: 10 }, () =>
        store.records.rewrite(place, (before) => new Uint8Array([(before?.[0] ?? 0) + 1])),
      ),
    );
    assert.deepEqual((await store.records.find("Session", "session", now))?.sealed, new Uint8Array([10]));
  });

  test(`${driver}: sweeping takes what has expired and leaves the rest`, async (t) => {
    const store = await openStore(t);
    const [old, fresh] = [randomUUID(), randomUUID()];
    await addLetter(store, old, now);
    await store.records.write(record("Interaction", "old", null));
    await store.records.write({ ...record("Interaction", "new", null), expiresAt: later(3 * 24 * 60) });
    await store.limits.count("client", "somebody", now);
    await store.passkeys.addChallenge("challenge", "sign-in", "page", later(5));
    assert.equal(await store.sweep(later(5)), 0 + 1); // the challenge alone
    const days = later(2.5 * 24 * 60);
    await store.limits.count("client", "somebody", days);
    const tomorrow = { id: fresh, tokenHash: "t", codeHash: "c", address: "ben@example.org", page: null };
    await store.change((tx) =>
      store.letters.add(tx, { ...tomorrow, createdAt: days, expiresAt: new Date(days.getTime() + 900_000) }),
    );
    assert.equal(await store.sweep(days), 3);
    assert.equal(await store.letters.find(old, days), null);
    assert.equal((await store.letters.find(fresh, days))?.state, "good");
    assert.ok(await store.records.find("Interaction", "new", days));
  });
});
