// The dev mailbox: letters as files of a folder instead of mail, for whoever works on the site. Promise: a file
// is there whole or not at all, is readable by its owner only (letters hold login links), and only the newest
// `lettersKept` stay. No id leads out of the folder.
import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Letter } from "./mail.ts";

export interface DevLetter {
  /** Orders letters by time. */
  readonly id: string;
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly sentAt: Date;
  readonly text: string;
  readonly html: string | null;
  /** Further headers. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface DevMailbox {
  /** Adds a letter that was checked. */
  keep(letter: Letter, from: string): Promise<void>;
  /** The letters, newest first. */
  list(): Promise<DevLetter[]>;
  /** The letter of that id; null when there is none, and for anything that is no id. */
  find(id: string): Promise<DevLetter | null>;
}

const lettersKept = 200;
const idPattern = /^\d{8}T\d{9}Z-[0-9a-f]{16}$/;

const letterFile = z.object({
  to: z.string(),
  from: z.string(),
  subject: z.string(),
  sentAt: z.iso.datetime(),
  text: z.string(),
  html: z.string().nullable(),
  headers: z.record(z.string(), z.string()),
});

/** The mailbox in `folder`, which is made with the first letter. Several processes may use one. */
export function openDevMailbox(folder: string): DevMailbox {
  let latestMs = 0;

  const fileOf = (id: string) => join(folder, `${id}.json`);

  /** Newest first. */
  async function listIds(): Promise<string[]> {
    const names = await unlessMissing(readdir(folder));
    const ids = (names ?? []).flatMap((name) => (name.endsWith(".json") ? [name.slice(0, -5)] : []));
    return ids
      .filter((id) => idPattern.test(id))
      .sort()
      .reverse();
  }

  async function find(id: string): Promise<DevLetter | null> {
    if (!idPattern.test(id)) return null;
    const text = await unlessMissing(readFile(fileOf(id), "utf8"));
    if (text === null) return null;
    const { sentAt, ...rest } = readLetter(text, fileOf(id));
    return { id, ...rest, sentAt: new Date(sentAt) };
  }

  return {
    find,
    async keep({ to, subject, text, html = null, headers = {} }, from) {
      // A millisecond of its own for each, so that letters sent at once keep their order.
      latestMs = Math.max(Date.now(), latestMs + 1);
      const sentAt = new Date(latestMs).toISOString();
      const id = `${sentAt.replace(/[-:.]/g, "")}-${randomBytes(8).toString("hex")}`;
      const file: z.infer<typeof letterFile> = { to, from, subject, sentAt, text, html, headers };
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const aside = join(folder, `.${id}.tmp`);
      try {
        await writeFile(aside, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600, flag: "wx" });
        await rename(aside, fileOf(id));
      } catch (error) {
        await rm(aside, { force: true });
        throw error;
      }
      const surplus = (await listIds()).slice(lettersKept);
      await Promise.all(surplus.map((old) => rm(fileOf(old), { force: true })));
    },
    async list() {
      const letters = await Promise.all((await listIds()).map(find));
      return letters.filter((letter) => letter !== null);
    },
  };
}

function readLetter(text: string, file: string): z.infer<typeof letterFile> {
  try {
    return letterFile.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(`The letter in ${file} cannot be read: delete that file.`, { cause: error });
  }
}

/** Null where there is no such file or folder (any more). */
async function unlessMissing<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
