// The account service in a whole installation with one neighbour, made up for tests: it keeps notes about persons,
// can be told to stop answering, and does badly what it is told to do badly.
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type CommandSession, defineService } from "@rose-ash/platform/app";
import {
  type Browser,
  type Installation,
  type InstallationRequest,
  type Page,
  startInstallation,
} from "@rose-ash/platform/app/test-installation";
import { relay } from "@rose-ash/platform/bus";
import { z } from "zod";
import { account } from "../contract.ts";
import { service as accountService } from "../service.ts";

export const accountOrigin = "https://account.example.org";

export interface Neighbour {
  /** Whether it answers about persons, and reacts to facts. */
  isUp: boolean;
  /** The members that it was asked to erase, each time. */
  readonly erased: string[];
  /** The facts that it heard, by name. */
  readonly heard: string[];
}

export interface Town extends Neighbour {
  readonly installation: Installation;
  /** Signs somebody in at the account; answers their front page. */
  signIn(browser: Browser, address: string): Promise<Page>;
  /** Gives a role by the command line. */
  grant(address: string, role: string): Promise<void>;
}

export async function openTown(t: TestContext, request: Partial<InstallationRequest> = {}): Promise<Town> {
  const folder = await mkdtemp(join(tmpdir(), "rose-ash-neighbour-"));
  await mkdir(join(folder, "migrations"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const neighbour: Neighbour = { isUp: true, erased: [], heard: [] };
  const services = [accountService, makeNeighbour(folder, neighbour)];
  const installation = await startInstallation(t, { services, ...request });
  return Object.assign(neighbour, {
    installation,
    signIn: (browser: Browser, address: string) => signIn(installation, browser, address),
    async grant(address: string, role: string) {
      const session: CommandSession = {
        cwd: "/",
        signal: new AbortController().signal,
        print: () => {},
        progress: () => {},
      };
      await installation.site.commands.run(
        { verb: "grant", service: "account", args: [address, role] },
        session,
      );
    },
  });
}

function makeNeighbour(folder: string, neighbour: Neighbour) {
  const hear = (name: string) => async () => {
    if (!neighbour.isUp) throw new Error("The neighbour is not at home.");
    neighbour.heard.push(name);
  };
  return defineService({
    name: "notes",
    folder,
    settings: z.object({}),
    createStore: () => null,
    reactions: [
      relay(account.facts.newsletterJoined, "hear-joined", hear("joined")),
      relay(account.facts.newsletterLeft, "hear-left", hear("left")),
    ],
    personalData: {
      async gather(memberId) {
        if (!neighbour.isUp) throw new Error("The neighbour is not at home.");
        return { notes: [`about ${memberId}`] };
      },
      async erase(memberId) {
        if (!neighbour.isUp) throw new Error("The neighbour is not at home.");
        neighbour.erased.push(memberId);
        return ["The neighbour keeps the notes, without your name."];
      },
    },
  });
}

async function signIn(installation: Installation, browser: Browser, address: string): Promise<Page> {
  const before = (await installation.letters()).length;
  const asking = await browser.open(`${accountOrigin}/`);
  const path = new URL(asking.url).pathname;
  const waiting = await browser.submit(asking, path, { address });
  const letter = await nextLetter(installation, before);
  const code = /^ {4}(\S{4}-\S{4})$/m.exec(letter.text)?.[1] ?? "no code";
  const page = await browser.submit(waiting, `${path}code/`, { code });
  if (!page.text.includes('name="named"')) return page;
  return await browser.submit(page, `${path}code/`, { name: "" });
}

/** The first letter after so many. */
export async function nextLetter(installation: Installation, before: number) {
  return await until(async () => (await installation.letters())[before] ?? null);
}

/** Waits until `look` sees something; the test's own time limit ends it. */
export async function until<T>(look: () => Promise<T | null>): Promise<T> {
  for (;;) {
    const seen = await look();
    if (seen !== null) return seen;
    await sleep(20);
  }
}
