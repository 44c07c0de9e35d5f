// People of the tests of the whole installation: they sign in at the account service by the code of a letter, and
// are given a role from the command line.
import assert from "node:assert/strict";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openSession } from "../platform/app/control.ts";
import { loadServices } from "../platform/app/load-services.ts";
import type { Browser, Installation, Page } from "../platform/app/test-installation.ts";

export const account = "https://account.example.org";
export const blog = "https://blog.example.org";

/** The real services. */
export const services = await loadServices(join(import.meta.dirname, ".."), [
  "account",
  "blog",
  "likes",
  "relations",
]);

/** The code of a letter. */
export function codeIn(text: string): string | null {
  return /^\s*([A-Z0-9]{3,4}[ -]?[A-Z0-9]{3,4})\s*$/m.exec(text)?.[1] ?? null;
}

/** The code of the newest letter to an address after its first `count`, once there is one. */
async function codeFromLetter(installation: Installation, address: string, count: number): Promise<string> {
  for (;;) {
    const letters = (await installation.letters()).filter(({ to }) => to === address).slice(count);
    const code = letters.map(({ text }) => codeIn(text)).findLast((found) => found !== null);
    if (code) return code;
    await sleep(20);
  }
}

/** Signs somebody in at the account service, who may be new; answers the page they end on. */
export async function signIn(
  installation: Installation,
  browser: Browser,
  address: string,
  name = "Ann Example",
): Promise<Page> {
  return await enter(installation, browser, await browser.open(`${account}/`), address, name);
}

/** The same from the page that asks for the address, wherever that leads on to. */
export async function enter(
  installation: Installation,
  browser: Browser,
  asking: Page,
  address: string,
  name = "Ann Example",
): Promise<Page> {
  const before = (await installation.letters()).filter(({ to }) => to === address).length;
  assert.match(asking.url, /^https:\/\/account\.example\.org\/sign-in\//, `${asking.status} ${asking.text}`);
  const path = new URL(asking.url).pathname;
  const waiting = await browser.submit(asking, path, { address });
  assert.equal(waiting.status, 200, waiting.text);
  const code = await codeFromLetter(installation, address, before);
  const page = await browser.submit(waiting, `${path}code/`, { code });
  return page.text.includes('name="name"') ? await browser.submit(page, `${path}code/`, { name }) : page;
}

/** Gives a member a role, as an operator does on the command line. */
export async function grant({ site }: Installation, address: string, role: string): Promise<void> {
  const session = openSession(process.cwd(), new AbortController().signal, () => {});
  const outcome = await site.commands.run(
    { verb: "grant", service: "account", args: [address, role] },
    session,
  );
  assert.equal(outcome.exitCode ?? 0, 0);
}
