// The first operator, roles from the command line, and the log of who did what.
import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { type CommandSession, WrongUsage } from "@rose-ash/platform/app";
import { forEachDriver } from "@rose-ash/platform/store/test-database";
import { sql } from "kysely";
import { commands } from "../commands.ts";
import { createAccountKeys } from "../keys.ts";
import { changeRole, eraseMember, firstOperatorLink } from "../member.ts";
import type { Tables } from "../tables.ts";
import { type AccountSite, openAccount } from "./account-site.ts";
import { openBrowser } from "./browser.ts";
import { letterTo, openRelyingParty, signIn } from "./relying-party.ts";

const blogOrigin = "http://localhost:8001";
const ada = "ada@example.org";

await forEachDriver<Tables>(join(import.meta.dirname, "../migrations"), (fresh) => {
  const { driver } = fresh;
  const open = (t: TestContext, settings = {}) =>
    openAccount(t, fresh, { clients: { blog: blogOrigin }, settings });

  async function run(account: AccountSite, name: string, ...args: string[]) {
    const lines: string[] = [];
    const session: CommandSession = {
      cwd: "/",
      signal: new AbortController().signal,
      progress: () => {},
      print: (line) => void lines.push(line),
    };
    const outcome = await commands(account.parts)[name]?.run(args, session);
    return { text: lines.join("\n"), exitCode: outcome?.exitCode ?? 0 };
  }

  const linkOf = (text: string) => /http:\S+\/first-operator\/\S+/.exec(text)?.[0] ?? "";

  test(`${driver}: the printed link makes the first operator, proven by a letter, also where joining is closed`, async (t) => {
    const account = await open(t, { joining: "closed" });
    const link = linkOf((await run(account, "operator-link")).text);
    const browser = openBrowser();
    const page = await browser.get(link);
    assert.equal(page.headers["referrer-policy"], "no-referrer");
    assert.equal((await browser.submit(page, { address: "nonsense", name: "" })).status, 422);
    await browser.submit(page, { address: ada, name: "Ada Marlowe" });
    await account.deliver();
    assert.equal(await account.store.members.hasOperator(), false);

    const confirm = await browser.get(letterTo(account, ada).link);
    const entered = await browser.submit(confirm);
    assert.equal(entered.headers.location, "/");
    const member = await account.store.members.findByAddress(ada);
    assert.equal(member?.role, "operator");
    assert.equal(member?.name, "Ada Marlowe");
    assert.equal((await browser.get(link)).status, 404);
    assert.equal((await browser.post(link, { address: "eve@example.org", name: "" })).status, 404);
    assert.equal((await run(account, "operator-link")).exitCode, 1);
  });

  test(`${driver}: of two who claim to be the first operator, only one becomes it`, async (t) => {
    const account = await open(t);
    const addresses = [ada, "eve@example.org"];
    const pages = [];
    for (const address of addresses) {
      const browser = openBrowser();
      const link = await firstOperatorLink(account.parts);
      assert.equal(link.kind, "made");
      await browser.submit(await browser.get(link.kind === "made" ? link.address : ""), {
        address,
        name: "",
      });
      await account.deliver();
      pages.push({ browser, page: await browser.get(letterTo(account, address).link) });
    }
    await Promise.all(pages.map(({ browser, page }) => browser.submit(page)));
    const roles = await Promise.all(
      addresses.map(async (address) => (await account.store.members.findByAddress(address))?.role),
    );
    assert.deepEqual(roles.sort(), ["member", "operator"]);
  });

  test(`${driver}: an operator's link is good for a day, and a claim without its letter for nothing`, async (t) => {
    const account = await open(t);
    const made = await firstOperatorLink(account.parts);
    const link = made.kind === "made" ? made.address : "";
    const browser = openBrowser();
    await browser.submit(await browser.get(link), { address: ada, name: "" });
    // The claim is changed before the letter is opened: whoever has the link decides.
    await browser.submit(await browser.get(link), { address: "ben@example.org", name: "" });
    await account.deliver();
    await browser.submit(await browser.get(letterTo(account, ada).link), { name: "" });
    assert.equal((await account.store.members.findByAddress(ada))?.role, "member");
    account.time = new Date(Date.now() + 24 * 3_600_000 + 1000);
    assert.equal((await browser.get(link)).status, 404);
    assert.equal((await browser.get(`${account.origin}/first-operator/guess/`)).status, 404);
  });

  test(`${driver}: a role is granted from the command line, and the last operator keeps theirs`, async (t) => {
    const account = await open(t);
    const blog = await openRelyingParty(account, "blog", blogOrigin);
    await signIn(account, openBrowser(), blog, ada);
    assert.equal((await run(account, "grant", ada, "operator")).exitCode, 0);
    const refused = await run(account, "grant", ada, "member");
    assert.equal(refused.exitCode, 1);
    assert.match(refused.text, /only operator/);
    await signIn(account, openBrowser(), blog, "ben@example.org");
    const ids = await Promise.all(
      [ada, "ben@example.org"].map(
        async (address) => (await account.store.members.findByAddress(address))?.id ?? "",
      ),
    );
    await run(account, "grant", "ben@example.org", "operator");
    const both = ids.map((memberId) =>
      changeRole(account.parts, { memberId, role: "member", actor: memberId, requestId: "r" }),
    );
    const kinds = (await Promise.all(both)).map(({ kind }) => kind);
    assert.deepEqual(kinds.sort(), ["changed", "last-operator"]);
    assert.equal((await run(account, "grant", "nobody@example.org", "editor")).exitCode, 1);
    await assert.rejects(run(account, "grant", ada, "king"), WrongUsage);
    await assert.rejects(run(account, "grant", ada), WrongUsage);
  });

  test(`${driver}: the demonstration adds its members once, and prints the operator's link`, async (t) => {
    const account = await open(t);
    const first = await run(account, "demo");
    assert.match(first.text, /4/);
    assert.ok(linkOf(first.text));
    assert.match((await run(account, "demo")).text, /already/);
    assert.equal((await account.store.members.list(1, 50)).total, 4);
  });

  test(`${driver}: the log of who did what is only added to; the erasure takes the person out of it`, async (t) => {
    const account = await open(t);
    const blog = await openRelyingParty(account, "blog", blogOrigin);
    await signIn(account, openBrowser(), blog, ada);
    const member = (await account.store.members.findByAddress(ada))?.id ?? "";
    await run(account, "grant", ada, "editor");
    const entries = await account.store.audit.listOf(member, 10);
    assert.deepEqual(
      entries.map(({ action }) => action),
      ["role", "sign-in", "join"],
    );
    assert.deepEqual(entries[0]?.detail, { before: "member", after: "editor" });

    const { query } = account.database;
    await assert.rejects(sql`update audit_entry set actor = null`.execute(query), /only ever added to/);
    await assert.rejects(sql`delete from audit_entry`.execute(query), /only ever added to/);
    await assert.rejects(sql`truncate audit_entry`.execute(query), /only ever added to/);

    const keys = createAccountKeys(account.parts.secrets);
    await account.store.change((tx) => eraseMember(account.parts, keys, tx, member));
    const { rows } = await sql<{ action: string; text: string }>`
      select action, audit_entry::text as text from audit_entry where action <> 'erasure'`.execute(query);
    assert.equal(rows.length, 4);
    for (const { text } of rows) assert.ok(!text.includes(member));
    await assert.rejects(sql`update audit_entry set actor = null`.execute(query), /only ever added to/);
  });
});
