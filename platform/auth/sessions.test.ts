// Sessions on both databases: who is behind a cookie, for how long, and what neither the account service's silence
// nor a cache that forgets, lies or talks nonsense can change about it.
import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { type TestContext, test } from "node:test";
import { sql } from "kysely";
import type { z } from "zod";
import { type Cache, openCache } from "../cache/cache.ts";
import type { Caller, CallOutcome } from "../rpc/caller.ts";
import { readMigrations } from "../store/migrate.ts";
import { forEachDriver } from "../store/test-database.ts";
import type { identity } from "./identity.ts";
import {
  createSessions,
  hashOf,
  type Session,
  type SessionCheck,
  sweepSessions,
  viewerOf,
} from "./sessions.ts";
import type { Member } from "./viewer.ts";

const minute = 60_000;
const day = 24 * 60 * minute;
const ann: Member = { kind: "member", id: randomUUID(), name: "Ann Example", role: "member", level: null };
const bob: Member = { kind: "member", id: randomUUID(), name: "Bob Example", role: "operator", level: null };

type State = CallOutcome<z.infer<typeof identity.queries.deviceState.answer>>;

const active = ({ kind, ...member }: Member): State => ({
  kind: "answered",
  answer: { kind: "active", member },
});
const ended: State = { kind: "answered", answer: { kind: "ended" } };
const silent: State = { kind: "unavailable", service: "account", reason: "timeout" };

/** An account service that says what a test lets it say, device by device. */
function createAccount() {
  const says = new Map<string, State>();
  const asked: string[] = [];
  const fetchData = (async (_query: unknown, { device }: { device: string }) => {
    asked.push(device);
    return says.get(device) ?? ended;
  }) as unknown as Caller["fetchData"]; // the one query that sessions ask
  return { says, asked, fetchData };
}

const platform = await readMigrations(new URL("../migrations", import.meta.url));

// biome-ignore lint/suspicious/noExplicitAny: the platform's tables alone
await forEachDriver<any>(platform, ({ driver, open }) => {
  async function start(t: TestContext, given?: Cache) {
    const database = await open(t);
    const cache = given ?? openCache({ kind: "memory" }, { prefix: "test", warn: () => {} });
    t.after(() => cache.close());
    const account = createAccount();
    const clock = { at: Date.UTC(2026, 5, 1) };
    const now = () => new Date(clock.at);
    const sessions = createSessions({ database, cache, fetchData: account.fetchData, now });
    const sweep = () => sweepSessions({ database, now });
    const count = async () => {
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from session`.execute(
        database.query,
      );
      return rows[0]?.n;
    };
    return { database, cache, account, clock, sessions, count, sweep };
  }

  const nameOf = (check: SessionCheck) => {
    const viewer = viewerOf(check);
    return viewer.kind === "member" ? viewer.name : null;
  };

  function known(check: SessionCheck): { session: Session; newId: string | null } {
    assert.equal(check.kind, "known");
    if (check.kind !== "known") throw new Error("unreachable");
    return check;
  }

  test(`${driver}: the account is asked once a minute, and its word ends a session`, async (t) => {
    const { sessions, account, clock } = await start(t);
    account.says.set("laptop", active(ann));
    const id = await sessions.begin(ann, "laptop");
    assert.match(id, /^[A-Za-z0-9_-]{43}$/);
    clock.at += minute - 1;
    assert.equal(nameOf(await sessions.check(id)), "Ann Example");
    assert.deepEqual(account.asked, []);
    clock.at += 1;
    assert.equal(nameOf(await sessions.check(id)), "Ann Example");
    assert.equal(nameOf(await sessions.check(id)), "Ann Example");
    assert.deepEqual(account.asked, ["laptop"]);

    account.says.set("laptop", ended);
    clock.at += minute - 1;
    assert.equal(nameOf(await sessions.check(id)), "Ann Example", "the last word is not a minute old");
    clock.at += 1;
    assert.deepEqual(await sessions.check(id), { kind: "guest", hadSession: true });
    account.says.set("laptop", active(ann));
    assert.deepEqual(await sessions.check(id), { kind: "guest", hadSession: true }, "it does not come back");
  });

  test(`${driver}: a live check sees at once that a device has ended`, async (t) => {
    const { sessions, account, count } = await start(t);
    account.says.set("laptop", active(ann));
    const id = await sessions.begin(ann, "laptop");
    const { session } = known(await sessions.check(id));
    assert.equal(nameOf(await sessions.confirm(session)), "Ann Example");
    account.says.set("laptop", ended);
    assert.deepEqual(await sessions.confirm(session), { kind: "guest", hadSession: true });
    assert.equal(await count(), 0);
    assert.equal((await sessions.check(id)).kind, "guest");
  });

  test(`${driver}: while the account is silent reading goes on for ten minutes, and live checks are unknown`, async (t) => {
    const { sessions, account, clock } = await start(t);
    account.says.set("laptop", silent);
    const id = await sessions.begin(ann, "laptop");
    const { session } = known(await sessions.check(id));
    assert.deepEqual(await sessions.confirm(session), { kind: "unknown" });
    clock.at += 10 * minute - 1;
    assert.equal(nameOf(await sessions.check(id)), "Ann Example");
    assert.deepEqual(await sessions.confirm(session), { kind: "unknown" });
    clock.at += 1;
    assert.deepEqual(await sessions.check(id), { kind: "guest", hadSession: false }, "the cookie is kept");
    account.says.set("laptop", active(ann));
    assert.equal(nameOf(await sessions.check(id)), "Ann Example", "and good again");
  });

  test(`${driver}: a role that changes gives the session a new id, and the old one is nobody's`, async (t) => {
    const { sessions, account, clock } = await start(t);
    const id = await sessions.begin(ann, "laptop");
    account.says.set("laptop", active({ ...ann, role: "editor" }));
    assert.equal(known(await sessions.check(id)).session.member.role, "member");
    clock.at += minute;
    const changed = known(await sessions.check(id));
    assert.equal(changed.session.member.role, "editor");
    assert.ok(changed.newId);
    assert.equal(changed.session.idHash, hashOf(changed.newId));
    assert.deepEqual(await sessions.check(id), { kind: "guest", hadSession: true });
    const next = known(await sessions.check(changed.newId));
    assert.equal(next.session.member.role, "editor");
    assert.equal(next.newId, null);

    account.says.set("laptop", active(ann));
    const lowered = known(await sessions.confirm(next.session));
    assert.equal(lowered.session.member.role, "member");
    assert.ok(lowered.newId);
    assert.equal((await sessions.check(changed.newId)).kind, "guest");
  });

  test(`${driver}: a new name or level is known with the next word, under the same id`, async (t) => {
    const { sessions, account, clock } = await start(t);
    const id = await sessions.begin(ann, "laptop");
    account.says.set("laptop", active({ ...ann, name: "Ann Marlowe", level: "supporter" }));
    clock.at += minute;
    const { session, newId } = known(await sessions.check(id));
    assert.deepEqual([session.member.name, session.member.level, newId], ["Ann Marlowe", "supporter", null]);
  });

  test(`${driver}: a device that is suddenly somebody else's ends the session`, async (t) => {
    const { sessions, account, clock } = await start(t);
    const id = await sessions.begin(ann, "laptop");
    account.says.set("laptop", active(bob));
    clock.at += minute;
    assert.deepEqual(await sessions.check(id), { kind: "guest", hadSession: true });
  });

  test(`${driver}: an id that was not issued here is never taken over`, async (t) => {
    const { sessions, account, count } = await start(t);
    account.says.set("laptop", active(ann));
    const own = await sessions.begin(ann, "laptop");
    const made = randomBytes(32).toString("base64url");
    assert.deepEqual(await sessions.check(made), { kind: "guest", hadSession: true });
    const strange = [
      "",
      "laptop",
      hashOf(own),
      own.slice(1),
      `${own}=`,
      ` ${own}`,
      `${own}'--`,
      "x".repeat(9000),
    ];
    for (const id of strange) assert.equal((await sessions.check(id)).kind, "guest", id);
    assert.equal(await sessions.end(made), null);
    assert.equal(await count(), 1);
    assert.equal(nameOf(await sessions.check(own)), "Ann Example");
    assert.notEqual(await sessions.begin(ann, "laptop"), own);
  });

  test(`${driver}: the database holds no id that a cookie could carry`, async (t) => {
    const { sessions, database } = await start(t);
    const id = await sessions.begin(ann, "laptop");
    await sessions.check(id);
    const { rows } = await sql<{ text: string }>`select session::text as text from session`.execute(
      database.query,
    );
    assert.equal(rows.length, 1);
    assert.ok(!rows[0]?.text.includes(id));
  });

  test(`${driver}: a session nobody uses ends after thirty days, one in use after half a year`, async (t) => {
    const { sessions, account, clock, count } = await start(t);
    account.says.set("laptop", active(ann));
    account.says.set("phone", active(ann));
    const begun = clock.at;
    const idle = await sessions.begin(ann, "laptop");
    const used = await sessions.begin(ann, "phone");
    for (let days = 29; days < 180; days += 29) {
      clock.at = begun + days * day;
      assert.equal(nameOf(await sessions.check(used)), "Ann Example", `${days} days`);
    }
    assert.deepEqual(await sessions.check(idle), { kind: "guest", hadSession: true });
    clock.at = begun + 180 * day;
    assert.equal(nameOf(await sessions.check(used)), "Ann Example");
    clock.at += 1;
    assert.deepEqual(await sessions.check(used), { kind: "guest", hadSession: true });
    assert.equal(await count(), 0);
  });

  test(`${driver}: what has run out is swept away, and nothing else`, async (t) => {
    const { sessions, account, clock, count, sweep } = await start(t);
    account.says.set("laptop", active(ann));
    await sessions.begin(ann, "laptop");
    clock.at += 29 * day;
    const young = await sessions.begin(ann, "laptop");
    clock.at += day + 1;
    await sweep();
    assert.equal(await count(), 1);
    assert.equal(nameOf(await sessions.check(young)), "Ann Example");
  });

  for (const [what, which] of [
    ["a device", { device: "laptop" }],
    ["a member", { memberId: ann.id }],
  ] as const) {
    test(`${driver}: ending all sessions of ${what} takes their cached copies along`, async (t) => {
      const { sessions, account } = await start(t);
      for (const device of ["laptop", "phone", "desk"]) account.says.set(device, active(ann));
      account.says.set("bobs", active(bob));
      const laptop = [await sessions.begin(ann, "laptop"), await sessions.begin(ann, "laptop")];
      const phone = await sessions.begin(ann, "phone");
      const bobs = await sessions.begin(bob, "bobs");
      for (const id of [...laptop, phone, bobs]) known(await sessions.check(id)); // now they are cached
      const all = "memberId" in which;
      assert.equal(await sessions.endAll(which), all ? 3 : 2);
      assert.equal(await sessions.endAll(which), 0);
      for (const id of laptop)
        assert.deepEqual(await sessions.check(id), { kind: "guest", hadSession: true });
      assert.equal(nameOf(await sessions.check(phone)), all ? null : "Ann Example");
      assert.equal(nameOf(await sessions.check(bobs)), "Bob Example");
      assert.deepEqual(account.asked, [], "no minute has passed, so it was not the account's word");
    });
  }

  test(`${driver}: a session that ends here is over here at once, copy and all`, async (t) => {
    const { sessions } = await start(t);
    const id = await sessions.begin(ann, "laptop");
    known(await sessions.check(id));
    assert.equal((await sessions.end(id))?.device, "laptop");
    assert.equal(await sessions.end(id), null);
    assert.deepEqual(await sessions.check(id), { kind: "guest", hadSession: true });
  });

  test(`${driver}: a cached copy of a session that another process ended is over within a minute`, async (t) => {
    const { sessions, account, database, clock } = await start(t);
    account.says.set("laptop", active(ann));
    const id = await sessions.begin(ann, "laptop");
    known(await sessions.check(id));
    await sql`delete from session`.execute(database.query); // there, whose cache is not ours
    clock.at += minute;
    assert.deepEqual(await sessions.check(id), { kind: "guest", hadSession: true });
    assert.deepEqual(await sessions.check(id), { kind: "guest", hadSession: true });
  });

  test(`${driver}: a cache that forgets everything gives and takes nobody's rights`, async (t) => {
    const { sessions, count } = await start(
      t,
      cacheThatSays(() => null),
    );
    const anns = await sessions.begin(ann, "laptop");
    const bobs = await sessions.begin(bob, "bobs");
    assert.equal(nameOf(await sessions.check(anns)), "Ann Example");
    assert.equal(nameOf(await sessions.check(bobs)), "Bob Example");
    await sessions.end(bobs);
    assert.equal((await sessions.check(bobs)).kind, "guest");
    assert.equal(await count(), 1);
  });

  test(`${driver}: a cache that tells another's session, or nonsense, gives nobody's rights`, async (t) => {
    let said: string | null = null;
    const kept: string[] = [];
    const { sessions } = await start(
      t,
      cacheThatSays(
        () => said,
        (text) => kept.push(text),
      ),
    );
    const anns = await sessions.begin(ann, "laptop");
    const bobs = await sessions.begin(bob, "bobs");
    const never = randomBytes(32).toString("base64url");
    known(await sessions.check(bobs));
    const [operators = ""] = kept;
    assert.match(operators, /"operator"/);
    const lies = [operators, "", "{}", "null", "[]", "not JSON", '{"idHash":', `"${hashOf(anns)}"`];
    lies.push(JSON.stringify({ idHash: hashOf(anns), member: bob }));
    lies.push(
      JSON.stringify({ ...JSON.parse(operators), idHash: hashOf(anns), member: { role: "operator" } }),
    );
    for (const lie of lies) {
      said = lie;
      assert.equal(nameOf(await sessions.check(anns)), "Ann Example", lie);
      assert.equal(known(await sessions.check(anns)).session.member.role, "member", lie);
      assert.deepEqual(await sessions.check(never), { kind: "guest", hadSession: true }, lie);
    }
    said = operators;
    assert.equal(nameOf(await sessions.check(bobs)), "Bob Example", "the true copy is taken");
  });
});

function cacheThatSays(say: () => string | null, keep: (text: string) => void = () => {}): Cache {
  return {
    get: async () => say(),
    set: async (_key, value) => keep(value),
    delete: async () => {},
    close: async () => {},
  };
}
