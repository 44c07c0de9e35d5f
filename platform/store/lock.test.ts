// The directory lock, with real processes: who races, who is killed, and whose pid is used again.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { lockDirectory } from "./lock.ts";
import { type Child, startChild } from "./test/child.ts";

const holderScript = new URL("./test/holder.ts", import.meta.url);
const withoutProc = existsSync("/proc/self/stat") ? false : "this system tells no process's start (/proc)";

test("a directory is made and locked, and free again after release", async (t) => {
  const directory = join(await temporary(t), "a", "b");
  const first = await lockDirectory(directory);
  assert.equal(first.kind, "locked");
  const second = await lockDirectory(directory);
  assert.ok(second.kind === "held");
  assert.equal(second.pid, process.pid);
  assert.ok(Math.abs(Date.now() - second.since.getTime()) < 60_000);
  await release(first);
  assert.deepEqual(await readdir(directory), []);
  const third = await lockDirectory(directory);
  assert.equal(third.kind, "locked");
  await release(first); // a second release is not the third's
  assert.equal((await lockDirectory(directory)).kind, "held");
});

test("a second process on the same directory is refused and told the first's pid", async (t) => {
  const directory = await temporary(t);
  const child = startHolder(t, directory);
  assert.equal(await nextLine(child), "locked");
  const here = await lockDirectory(directory);
  assert.ok(here.kind === "held");
  assert.equal(here.pid, child.process.pid);
  child.process.stdin?.end(); // asks it to release and end
  assert.equal(await child.ended, 0);
  assert.equal((await lockDirectory(directory)).kind, "locked");
});

test("the lock of a killed process is taken over", async (t) => {
  const directory = await temporary(t);
  const child = startHolder(t, directory);
  assert.equal(await nextLine(child), "locked");
  child.process.kill("SIGKILL");
  await child.ended;
  assert.equal((await lockDirectory(directory)).kind, "locked");
});

test("a killed process that nobody has reaped does not hold its lock", { skip: withoutProc }, async (t) => {
  const directory = await temporary(t);
  // The shell starts the holder and becomes `sleep`, which never asks what became of it.
  const holder = [process.execPath, fileURLToPath(holderScript), directory];
  const parent = spawn("sh", ["-c", 'exec 3<&0; "$@" <&3 & exec sleep 60', "sh", ...holder], {
    stdio: ["pipe", "ignore", "ignore"],
  });
  t.after(() => parent.kill("SIGKILL"));
  const seen = await waitForHeld(directory);
  process.kill(seen.pid, "SIGKILL");
  while (!/^State:\tZ/m.test(await readFile(`/proc/${seen.pid}/status`, "utf8"))) await sleep(10);
  assert.equal((await lockDirectory(directory)).kind, "locked");
});

test("of many processes racing for a dead process's lock exactly one gets it", async (t) => {
  for (let round = 0; round < 3; round++) {
    const directory = await temporary(t);
    await leaveLock(directory, { pid: 2 ** 22 + 1 + round }); // above any pid that Linux gives
    const children = Array.from({ length: 5 }, () => startHolder(t, directory));
    const answers = await Promise.all(children.map(nextLine));
    assert.deepEqual(answers.toSorted(), ["held", "held", "held", "held", "locked"]);
    const winner = children[answers.indexOf("locked")];
    const here = await lockDirectory(directory);
    assert.ok(here.kind === "held");
    assert.equal(here.pid, winner?.process.pid);
    for (const child of children) child.process.kill("SIGKILL");
    await Promise.all(children.map((child) => child.ended));
  }
});

test("inside one process too, exactly one of many racing for a dead process's lock gets it", async (t) => {
  for (let round = 0; round < 20; round++) {
    const directory = await temporary(t);
    await leaveLock(directory, { pid: 2 ** 22 + 1 });
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => lockDirectory(directory)));
    assert.equal(outcomes.filter(({ kind }) => kind === "locked").length, 1);
  }
});

test("a process killed while taking a dead one's lock over does not block the next", async (t) => {
  const directory = await temporary(t);
  await leaveLock(directory, { pid: 2 ** 22 + 1, token: "00000000000000aa" });
  await leaveLock(directory, { pid: 2 ** 22 + 2, token: "00000000000000bb" }, "lock.00000000000000aa");
  await writeFile(join(directory, "lock.new-0123456789abcdef"), "");
  assert.equal((await lockDirectory(directory)).kind, "locked");
  assert.deepEqual(await readdir(directory), ["lock"], "and its litter is gone");
});

test("a live process that is taking a dead one's lock over is waited for, not overtaken", async (t) => {
  const directory = await temporary(t);
  await leaveLock(directory, { pid: 2 ** 22 + 1, token: "00000000000000aa" });
  await leaveLock(directory, { pid: process.pid }, "lock.00000000000000aa");
  const waiting = lockDirectory(directory);
  const early = await Promise.race([waiting, readFile(join(directory, "lock")).then(() => "still waiting")]);
  assert.equal(early, "still waiting");
  await rm(join(directory, "lock.00000000000000aa"));
  assert.equal((await waiting).kind, "locked");
});

test("a pid that another process has by now does not hold the lock", { skip: withoutProc }, async (t) => {
  const directory = await temporary(t);
  await leaveLock(directory, { pid: process.pid, startTicks: "1" });
  assert.equal((await lockDirectory(directory)).kind, "locked");
});

test("a lock from before the machine was started again does not hold", { skip: withoutProc }, async (t) => {
  const directory = await temporary(t);
  await leaveLock(directory, { pid: process.pid, boot: "an earlier boot" });
  assert.equal((await lockDirectory(directory)).kind, "locked");
});

test("a lock from another machine holds, for nobody here can tell", async (t) => {
  const directory = await temporary(t);
  await leaveLock(directory, { pid: 2 ** 22 + 1, host: "elsewhere.example.org" });
  const outcome = await lockDirectory(directory);
  assert.ok(outcome.kind === "held");
  assert.equal(outcome.host, "elsewhere.example.org");
  assert.equal(outcome.file, join(directory, "lock"));
});

test("an unreadable lock file is an error that names it", async (t) => {
  const directory = await temporary(t);
  await writeFile(join(directory, "lock"), "");
  await assert.rejects(lockDirectory(directory), /lock is unreadable: when no program uses .* delete it/);
});

/** Writes a lock as a process of this machine would have, with some of it otherwise. */
async function leaveLock(directory: string, otherwise: object, name = "lock"): Promise<void> {
  const own = await mkdtemp(join(tmpdir(), "rose-ash-lock-"));
  const lock = await lockDirectory(own);
  const holder: unknown = JSON.parse(await readFile(join(own, "lock"), "utf8"));
  await release(lock);
  await rm(own, { recursive: true });
  assert.ok(holder && typeof holder === "object");
  await writeFile(join(directory, name), JSON.stringify({ ...holder, ...otherwise }));
}

function startHolder(t: TestContext, directory: string): Child {
  return startChild(t, holderScript, [directory]);
}

/** Waits until another process holds the directory, and answers which. */
async function waitForHeld(directory: string): Promise<{ pid: number }> {
  for (;;) {
    if (existsSync(join(directory, "lock"))) {
      const outcome = await lockDirectory(directory);
      if (outcome.kind === "held") return outcome;
    }
    await sleep(20);
  }
}

async function nextLine(child: Child): Promise<string> {
  for await (const line of child.lines) return line;
  throw new Error("The child ended without a word.");
}

async function release(lock: Awaited<ReturnType<typeof lockDirectory>>): Promise<void> {
  assert.ok(lock.kind === "locked");
  await lock.release();
}

async function temporary(t: TestContext): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "rose-ash-lock-"));
  t.after(() => rm(directory, { recursive: true, force: true }));
  return directory;
}
