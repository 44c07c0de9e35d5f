// Erasing a member from every service: what is asked of whom, what happens while one of them is down, and that
// nobody comes back in meanwhile.
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { Browser } from "@rose-ash/platform/app/test-installation";
import { forEachDriver } from "@rose-ash/platform/store/test-database";
import type { Tables } from "../tables.ts";
import { accountOrigin, nextLetter, openTown, until } from "./neighbour.ts";

const at = (path: string) => `${accountOrigin}${path}`;
const ada = "ada@example.org";

async function erase(browser: Browser) {
  return await browser.submit(await browser.open(at("/erase/")), "/erase/", { word: "ERASE" });
}

await forEachDriver<Tables>([], ({ driver, place }) => {
  const open = (t: TestContext) => openTown(t, driver === "postgres" ? { place: () => place(t) } : {});

  test(`${driver}: an erasure waits for a service that is down, and nobody signs in meanwhile`, async (t) => {
    const town = await open(t);
    const browser = town.installation.browse();
    await town.signIn(browser, ada);
    const { memberId } = JSON.parse((await browser.open(at("/export/my-data.json"))).text);
    const form = await browser.open(at("/erase/"));
    const wrong = await browser.submit(form, "/erase/", { word: "erase" });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /value="erase"/);
    assert.match(wrong.text, /in capital letters/);

    town.isUp = false;
    const progress = await browser.submit(form, "/erase/", { word: "ERASE" });
    assert.match(progress.url, /\/erasures\/[0-9a-f-]{36}\/$/);
    assert.match(progress.text, /Your account is being erased/);
    assert.equal(progress.headers["referrer-policy"], "no-referrer");
    await until(async () => ((await browser.open(at("/"))).url.includes("/sign-in/") ? true : null));

    const before = (await town.installation.letters()).length;
    const asking = await browser.open(at("/"));
    await browser.submit(asking, new URL(asking.url).pathname, { address: ada });
    const letter = await nextLetter(town.installation, before);
    assert.match(letter.text, /is being erased, as you asked/);
    assert.doesNotMatch(letter.text, /https?:/);
    assert.deepEqual(town.erased, []);

    town.isUp = true;
    const stranger = town.installation.browse();
    const done = await until(async () => {
      const shown = await stranger.open(progress.url);
      return shown.text.includes("Your account is erased") ? shown : null;
    });
    assert.match(done.text, /The neighbour keeps the notes, without your name/);
    assert.match(done.text, /account&#?[a-z0-9]+;s number is kept|account's number is kept/);
    assert.deepEqual(town.erased, [memberId], "it was asked once that counted");

    await town.signIn(browser, ada);
    const anew = JSON.parse((await browser.open(at("/export/my-data.json"))).text);
    assert.notEqual(anew.memberId, memberId, "a new account, which has nothing of the old one");
    assert.equal(anew.services.account.history.length, 2);
  });

  test(`${driver}: asking again is the same erasure`, async (t) => {
    const town = await open(t);
    const browser = town.installation.browse();
    await town.signIn(browser, ada);
    town.isUp = false;
    const form = await browser.open(at("/erase/"));
    const both = await Promise.all([1, 2].map(() => browser.submit(form, "/erase/", { word: "ERASE" })));
    const addresses = new Set(both.map(({ url }) => url).filter((url) => url.includes("/erasures/")));
    assert.equal(addresses.size, 1);
    town.isUp = true;
    await until(async () => {
      const shown = await browser.open([...addresses][0] ?? "");
      return shown.text.includes("Your account is erased") ? true : null;
    });
    assert.equal(town.erased.length, 1);
  });

  test(`${driver}: the last operator stays until there is another`, async (t) => {
    const town = await open(t);
    const browser = town.installation.browse();
    await town.signIn(browser, ada);
    await town.grant(ada, "operator");
    const refused = await erase(browser);
    assert.equal(refused.status, 422);
    assert.match(refused.text, /You are the only operator/);
    await town.signIn(town.installation.browse(), "olga@example.org");
    await town.grant("olga@example.org", "operator");
    assert.match((await erase(browser)).url, /\/erasures\//);
  });

  test(`${driver}: the page of an erasure is found by its own address only`, async (t) => {
    const town = await open(t);
    const browser = town.installation.browse();
    assert.equal((await browser.open(at("/erasures/00000000-0000-4000-8000-000000000000/"))).status, 404);
    assert.equal((await browser.open(at("/erasures/1/"))).status, 404);
  });
});
