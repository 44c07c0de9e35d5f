// The dashboard through its pages: profile, sign-ins, newsletters, linked services, the export, roles, operations
// and the letters of a site in development. The services around it answer as the platform makes them answer.
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { Page } from "@rose-ash/platform/app/test-installation";
import { forEachDriver } from "@rose-ash/platform/store/test-database";
import type { Tables } from "../tables.ts";
import { accountOrigin, openTown, until } from "./neighbour.ts";

const at = (path: string) => `${accountOrigin}${path}`;
/** What can be read on a page, without its marks. */
const wordsOf = ({ text }: Page) => text.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");

await forEachDriver<Tables>([], ({ driver, place }) => {
  const open = (t: TestContext, settings = {}) =>
    openTown(t, {
      settings: { account: settings },
      ...(driver === "postgres" ? { place: () => place(t) } : {}),
    });

  test(`${driver}: the front page leads to every part that is for the person, and to no other`, async (t) => {
    const town = await open(t);
    const browser = town.installation.browse();
    const home = await town.signIn(browser, "ada@example.org");
    const parts = ["profile", "devices", "passkeys", "newsletters", "services", "export", "erase"];
    for (const part of parts) {
      assert.ok(home.text.includes(`href="/${part}/"`), part);
      assert.equal((await browser.open(at(`/${part}/`))).status, 200, part);
    }
    for (const part of ["members", "operations"]) {
      assert.ok(!home.text.includes(`href="/${part}/"`), part);
      assert.equal((await browser.open(at(`/${part}/`))).status, 403, part);
    }
    await town.grant("ada@example.org", "operator");
    const asOperator = await browser.open(at("/operations/"));
    assert.equal(asOperator.status, 200);
    assert.match((await browser.open(at("/"))).text, /href="\/members\/"[\s\S]*href="\/operations\/"/);
  });

  test(`${driver}: a name is taken or refused beside its field, with what was typed still in it`, async (t) => {
    const town = await open(t);
    const browser = town.installation.browse();
    await town.signIn(browser, "ada@example.org");
    const page = await browser.open(at("/profile/"));
    for (const [name, error] of [
      ["   ", /Type the name/],
      ["x".repeat(81), /80 characters at most/],
      ["Ada\u202eMarlowe", /cannot be seen/],
    ] as const) {
      const refused = await browser.submit(page, "/profile/", { name });
      assert.equal(refused.status, 422);
      assert.match(refused.text, error);
      assert.match(refused.text, /aria-describedby="name-hint name-error"/);
      assert.ok(refused.text.includes(`value="${name}"`), "what was typed is still there");
    }
    const saved = await browser.submit(page, "/profile/", { name: "  Ada <Marlowe> " });
    assert.equal(saved.status, 200);
    assert.match(saved.text, /value="Ada &lt;Marlowe(?:&gt;|>)"/);
    assert.match(wordsOf(saved), /Your name is saved/);
    assert.match((await browser.open(at("/"))).text, /Ada &lt;Marlowe/);
  });

  test(`${driver}: one browser can sign out another, and all at once`, async (t) => {
    const town = await open(t);
    const [here, there, strange] = [1, 2, 3].map(() => town.installation.browse());
    assert.ok(here && there && strange);
    await town.signIn(there, "ada@example.org");
    await town.signIn(here, "ada@example.org");
    await town.signIn(strange, "eve@example.org");
    const list = await here.open(at("/devices/"));
    assert.equal(list.text.match(/this browser</g)?.length, 1, "exactly one is marked");
    assert.match(list.text, /Firefox on Linux/);
    const keys = [...list.text.matchAll(/name="device" value="([^"]+)"/g)].map(([, key]) => key ?? "");
    assert.equal(keys.length, 2);
    const mine = /this browser<[\s\S]*?name="device" value="([^"]+)"/.exec(list.text)?.[1];
    const other = keys.find((key) => key !== mine) ?? "";

    // Somebody else's form, with the right key, ends nothing.
    await strange.submit(await strange.open(at("/devices/")), "/devices/sign-out/", { device: other });
    assert.equal((await here.open(at("/devices/"))).text.match(/name="device"/g)?.length, 2);

    const after = await here.submit(list, "/devices/sign-out/", { device: other });
    assert.match(wordsOf(after), /That browser is signed out/);
    assert.equal(after.text.match(/name="device"/g)?.length, 1);
    await until(async () => ((await there.open(at("/"))).url.includes("/sign-in/") ? true : null));

    const out = await here.submit(after, "/devices/sign-out-everywhere/");
    assert.equal(out.url, at("/signed-out/"));
    await until(async () => ((await here.open(at("/"))).url.includes("/sign-in/") ? true : null));
    assert.equal((await strange.open(at("/"))).url, at("/"), "others stay signed in");
  });

  test(`${driver}: newsletters are chosen and left, and each change is told once`, async (t) => {
    const town = await open(t);
    const browser = town.installation.browse();
    await town.signIn(browser, "ada@example.org");
    const page = await browser.open(at("/newsletters/"));
    assert.doesNotMatch(page.text, /checked/);
    for (let times = 0; times < 2; times += 1) {
      const chosen = await browser.submit(page, "/newsletters/", { newsletter: "news" });
      assert.match(chosen.text, /value="news" checked/);
    }
    const left = await browser.submit(page, "/newsletters/");
    assert.doesNotMatch(left.text, /checked/);
    await until(async () => (town.heard.includes("left") ? true : null));
    assert.deepEqual(town.heard, ["joined", "left"]);
    const unknown = await browser.submit(page, "/newsletters/", { newsletter: "no-such" });
    assert.doesNotMatch(unknown.text, /checked/);
  });

  test(`${driver}: the parts of the site that know the member are listed, each with its address`, async (t) => {
    const town = await open(t);
    const browser = town.installation.browse();
    await town.signIn(browser, "ada@example.org");
    assert.doesNotMatch((await browser.open(at("/services/"))).text, /notes\.example\.org/);
    await browser.open("https://notes.example.org/auth/sign-in/");
    const page = await browser.open(at("/services/"));
    assert.match(page.text, /href="https:\/\/notes\.example\.org\/"/);
    assert.match(page.text, /href="https:\/\/account\.example\.org\/"/);
  });

  test(`${driver}: the export holds what every service has, and names those that do not answer`, async (t) => {
    const town = await open(t);
    const browser = town.installation.browse();
    await town.signIn(browser, "ada@example.org");
    await browser.submit(await browser.open(at("/newsletters/")), "/newsletters/", { newsletter: "news" });
    const page = await browser.open(at("/export/"));
    assert.match(page.text, /href="\/export\/my-data\.json" download="my-data\.json"/);
    assert.doesNotMatch(page.text, /do not answer/);
    const file = await browser.open(at("/export/my-data.json"));
    assert.match(String(file.headers["content-type"]), /^application\/json/);
    assert.equal(file.headers["cache-control"], "no-store");
    const whole = JSON.parse(file.text);
    assert.deepEqual(whole.missing, []);
    assert.equal(whole.services.account.member.address, "ada@example.org");
    assert.equal(whole.services.account.newsletters[0].slug, "news");
    assert.deepEqual(whole.services.notes, { notes: [`about ${whole.memberId}`] });

    town.isUp = false;
    assert.match(wordsOf(await browser.open(at("/export/"))), /do not answer: notes/);
    const partial = JSON.parse((await browser.open(at("/export/my-data.json"))).text);
    assert.deepEqual(partial.missing, ["notes"]);
    assert.equal(partial.services.account.member.address, "ada@example.org");
  });

  test(`${driver}: admins find members by name and give roles as far as their own goes`, async (t) => {
    const town = await open(t, { levels: ["supporter", "founder"] });
    const [adminBrowser, operatorBrowser] = [town.installation.browse(), town.installation.browse()];
    await town.signIn(town.installation.browse(), "ben@example.org");
    const cleo = town.installation.browse();
    await town.signIn(cleo, "cleo@example.org");
    await cleo.submit(await cleo.open(at("/profile/")), "/profile/", { name: "Cleo 100%" });
    await town.signIn(adminBrowser, "ada@example.org");
    await town.signIn(operatorBrowser, "olga@example.org");
    await town.grant("ada@example.org", "admin");
    await town.grant("olga@example.org", "operator");

    const found = await adminBrowser.open(at("/members/?q=BEN"));
    assert.match(wordsOf(found), /1 member\b/);
    const ben = /href="(\/members\/[0-9a-f-]+\/)"/.exec(found.text)?.[1] ?? "";
    assert.match(wordsOf(await adminBrowser.open(at("/members/?q=%25"))), /1 member\b/, "a % is a letter");
    assert.match(wordsOf(await adminBrowser.open(at("/members/"))), /4 members/);
    assert.equal((await adminBrowser.open(at("/members/?page=x"))).status, 400);
    assert.equal((await adminBrowser.open(at("/members/?page=2"))).status, 404);

    const page = await adminBrowser.open(at(ben));
    assert.doesNotMatch(page.text, /<option value="(?:admin|operator)"/);
    const edited = await adminBrowser.submit(page, `${ben}role/`, { role: "editor" });
    assert.match(wordsOf(edited), /Role: editor/);
    assert.match(wordsOf(edited), /role: member to editor/, "the log has it");
    assert.equal((await adminBrowser.submit(page, `${ben}role/`, { role: "operator" })).status, 403);
    const levelled = await adminBrowser.submit(page, `${ben}level/`, { level: "founder" });
    assert.match(levelled.text, /<option value="founder" selected>/);
    assert.equal((await adminBrowser.submit(page, `${ben}level/`, { level: "king" })).status, 400);

    const list = await operatorBrowser.open(at("/members/"));
    const addressOf = (name: string) =>
      new RegExp(`href="(/members/[0-9a-f-]+/)"[^>]*>\\s*${name}`).exec(list.text)?.[1] ?? "";
    const admin = await adminBrowser.open(at(addressOf("Olga")));
    assert.doesNotMatch(admin.text, /name="role"/, "an admin has no say about an operator");
    const self = await operatorBrowser.open(at(addressOf("Olga")));
    assert.match(wordsOf(self), /Nobody changes their own role/);
    const ownRole = `${addressOf("Olga")}role/`;
    const forged = await operatorBrowser.submit(self, `${addressOf("Olga")}level/`, { level: "" });
    assert.equal(forged.status, 200);
    const token = /name="form-token" value="([^"]+)"/.exec(self.text)?.[1] ?? "";
    const lowered = await operatorBrowser.send(
      "POST",
      at(ownRole),
      {
        "sec-fetch-site": "same-origin",
        origin: accountOrigin,
        "content-type": "application/x-www-form-urlencoded",
      },
      new URLSearchParams({ "form-token": token, role: "member" }).toString(),
    );
    assert.equal(lowered.status, 409);
    const made = await operatorBrowser.open(at(ben));
    assert.match(
      wordsOf(await operatorBrowser.submit(made, `${ben}role/`, { role: "admin" })),
      /Role: admin/,
    );
  });

  test(`${driver}: what was given up is shown to the operator, who tries it again`, async (t) => {
    const request = { pace: { tries: 1 }, ...(driver === "postgres" ? { place: () => place(t) } : {}) };
    const town = await openTown(t, request);
    const browser = town.installation.browse();
    await town.signIn(browser, "olga@example.org");
    await town.grant("olga@example.org", "operator");
    town.isUp = false;
    await browser.submit(await browser.open(at("/newsletters/")), "/newsletters/", { newsletter: "news" });
    const page = await until(async () => {
      const shown = await browser.open(at("/operations/"));
      return shown.text.includes("not at home") ? shown : null;
    });
    assert.match(wordsOf(page), /account\/newsletter-joined → reaction:hear-joined/);
    assert.match(wordsOf(page), /Audit log.*signed in|Audit log.*sign-in/);
    town.isUp = true;
    const again = await browser.submit(page, "/operations/try-again/");
    assert.match(wordsOf(again), /It is tried again now/);
    await until(async () => (town.heard.includes("joined") ? true : null));
    const second = await browser.submit(page, "/operations/try-again/");
    assert.match(wordsOf(second), /somebody has tried it again already/);
  });

  test(`${driver}: a site in development shows its letters with links that can be opened`, async (t) => {
    const town = await open(t);
    await town.signIn(town.installation.browse(), "ada@example.org");
    const stranger = town.installation.browse();
    const list = await stranger.open(at("/dev/mail/"));
    const letter = /href="(\/dev\/mail\/[^"]+\/)"/.exec(list.text)?.[1] ?? "";
    const shown = await stranger.open(at(letter));
    const link = /href="(https:\/\/account\.example\.org\/sign-in\/[^"]+)"/.exec(shown.text)?.[1] ?? "";
    assert.equal((await stranger.open(link)).status, 410, "its link was used up by the sign-in");
    assert.equal((await stranger.open(at("/dev/mail/nonsense/"))).status, 404);
  });
});
