// The lock on a directory: a file that names the one process allowed to use it.
// Promise: at most one live process holds it, whoever races and whoever was killed where. The embedded
// database has no lock of its own, and two processes on one of its directories lose rows silently.
import { randomBytes } from "node:crypto";
import { link, mkdir, readdir, readFile, rm, unlink, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";

// The file appears whole or not at all (written aside, then hard-linked). It goes away in two ways only: its
// holder releases it, or, once that holder is dead, a process that holds the lock ON that very dead lock
// (its name carries the dead lock's token) removes it. So a slow process that read about a dead holder can
// never remove the lock of a living one.

/** What asking for a directory gave: the lock, or who has it (`file` is the lock file, `since` when it was taken). */
export type LockOutcome =
  | { readonly kind: "locked"; release(): Promise<void> }
  | {
      readonly kind: "held";
      readonly pid: number;
      readonly since: Date;
      readonly host: string;
      readonly file: string;
    };

const holderSchema = z.object({
  pid: z.int().positive(),
  /** When the process started, in kernel ticks since boot; null where /proc is missing. Tells a recycled pid apart. */
  startTicks: z.string().nullable(),
  /** Identity of this boot of the machine; null where /proc is missing. */
  boot: z.string().nullable(),
  host: z.string(),
  since: z.iso.datetime(),
  /** Unique to this taking of the lock. */
  token: z.string().regex(/^[0-9a-f]{16}$/),
});
type Holder = z.infer<typeof holderSchema>;

/** How often, and how long apart, a take-over that somebody else is doing is waited for. */
const takeOverTries = 250;
const takeOverPauseMs = 20;

/**
 * Takes the lock of `directory` (made when missing). A lock left by a dead process of this machine is taken
 * over. One left on another machine (or in another container) counts as held, for nobody here can tell.
 */
export async function lockDirectory(directory: string): Promise<LockOutcome> {
  await mkdir(directory, { recursive: true });
  const outcome = await takeLock(join(directory, "lock"));
  // Under the lock, what killed processes left of their attempts is litter: no live attempt depends on it.
  if (outcome.kind === "locked") await removeLitter(directory);
  return outcome;
}

async function takeLock(file: string): Promise<LockOutcome> {
  const me = await describeMyself();
  for (let tries = 0; ; tries++) {
    if (await createWhole(file, me)) return { kind: "locked", release: () => releaseLock(file, me) };
    const holder = await readHolder(file);
    if (!holder) continue; // released between the two lines above
    const { pid, host, since } = holder;
    const held: LockOutcome = { kind: "held", pid, since: new Date(since), host, file };
    if (await isAlive(holder)) return held;

    const claim = await takeLock(`${file}.${holder.token}`);
    if (claim.kind === "locked") {
      try {
        if ((await readHolder(file))?.token === holder.token) await unlink(file);
      } finally {
        await claim.release();
      }
    } else {
      if (tries >= takeOverTries) return held;
      await sleep(takeOverPauseMs);
    }
  }
}

async function releaseLock(file: string, me: Holder): Promise<void> {
  if ((await readHolder(file))?.token === me.token) await rm(file, { force: true });
}

/** Creates `file` with its whole content, or answers false when it exists. */
async function createWhole(file: string, holder: Holder): Promise<boolean> {
  const draft = `${file}.new-${randomBytes(8).toString("hex")}`;
  await writeFile(draft, `${JSON.stringify(holder)}\n`, { flag: "wx" });
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    // ENOENT: the draft was swept away as litter by whoever just got the lock.
    if (hasCode(error, "EEXIST") || hasCode(error, "ENOENT")) return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function readHolder(file: string): Promise<Holder | undefined> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
  const holder = holderSchema.safeParse(parseJson(text));
  if (holder.success) return holder.data;
  throw new Error(
    `The lock file ${file} is unreadable: when no program uses ${dirname(file)}, delete it and start again.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function removeLitter(directory: string): Promise<void> {
  const litter = (await readdir(directory)).filter((name) => name.startsWith("lock."));
  await Promise.all(litter.map((name) => rm(join(directory, name), { force: true })));
}

async function describeMyself(): Promise<Holder> {
  return {
    pid: process.pid,
    startTicks: (await readProcess(process.pid))?.startTicks ?? null,
    boot: await readBoot(),
    host: hostname(),
    since: new Date().toISOString(),
    token: randomBytes(8).toString("hex"),
  };
}

async function isAlive(holder: Holder): Promise<boolean> {
  if (holder.host !== hostname()) return true;
  const boot = await readBoot();
  if (holder.boot !== null && boot !== null && holder.boot !== boot) return false;
  const found = await readProcess(holder.pid);
  if (found) {
    const finished = found.state === "Z" || found.state === "X"; // killed, not yet reaped by its parent
    return !finished && (holder.startTicks === null || holder.startTicks === found.startTicks);
  }
  try {
    process.kill(holder.pid, 0); // signal 0 only asks; "not permitted" still means that it lives
    return true;
  } catch (error) {
    return !hasCode(error, "ESRCH");
  }
}

/** State letter and start time from Linux's /proc/<pid>/stat; undefined elsewhere or when it is gone. */
async function readProcess(pid: number): Promise<{ state: string; startTicks: string } | undefined> {
  const stat = await readIfThere(`/proc/${pid}/stat`);
  // The second field is the program's name in parentheses and may hold anything, so count after the last one.
  const [state, ...rest] = stat?.slice(stat.lastIndexOf(")") + 2).split(" ") ?? [];
  const startTicks = rest[18];
  return state && startTicks ? { state, startTicks } : undefined;
}

async function readBoot(): Promise<string | null> {
  return (await readIfThere("/proc/sys/kernel/random/boot_id"))?.trim() ?? null;
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch {
    return undefined; // not Linux, or the process is gone: the caller has a rule for not knowing
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
