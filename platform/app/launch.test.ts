// The launcher, the command line and dev.sh as a person meets them: child processes in a copy of the project
// with one small service. The copy has links to the installed packages, so nothing is installed.
import assert from "node:assert/strict";
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import {
  access,
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { ask } from "./test/notes-site.ts";

const project = join(import.meta.dirname, "../..");
const copy = await mkdtemp(join(tmpdir(), "rose-ash-copy-"));
const children = new Set<ChildProcess>();
after(async () => {
  for (const child of children) child.kill("SIGKILL");
  await run(join(copy, "dev.sh"), ["down"]); // what a failed test left in the background
  await rm(copy, { recursive: true, force: true });
});
const port = await freePort();
await prepareCopy();

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

async function prepareCopy() {
  const skip = /node_modules|\.test\.ts$|\/spec\/tests/;
  for (const part of [
    "start.ts",
    "command.ts",
    "dev.sh",
    "package.json",
    "package-lock.json",
    "sx",
    "platform",
  ]) {
    await cp(join(project, part), join(copy, part), {
      recursive: true,
      filter: (path) => !skip.test(path.slice(project.length)),
    });
  }
  await mkdir(join(copy, "node_modules/@rose-ash"), { recursive: true });
  for (const name of await readdir(join(project, "node_modules"))) {
    if (name !== "@rose-ash" && name !== ".rose-ash-installed") {
      await symlink(join(project, "node_modules", name), join(copy, "node_modules", name));
    }
  }
  for (const name of ["sx", "platform"])
    await symlink(join(copy, name), join(copy, "node_modules/@rose-ash", name));
  await cp(join(copy, "platform/app/test"), join(copy, "services/notes"), { recursive: true });
  const service = await readFile(join(copy, "services/notes/notes-site.ts"), "utf8");
  await writeFile(
    join(copy, "services/notes/service.ts"),
    service
      .replaceAll('"../', '"../../platform/app/')
      .replace('"../../platform/app/../store', '"../../platform/store')
      .replace("export const notes =", "export const service =")
      .replace("services: [notes]", "services: [service]"),
  );
  await mkdir(join(copy, "services/notes/sx"));
  await writeFile(
    join(copy, "services/notes/sx/pages.sx"),
    `(defcomp ~note (&key shell text) (p text))
(defcomp ~list (&key shell notes filler) (ul (map (fn (slug) (li slug)) notes)))
`,
  );
  // A database template that other tests made saves making one here.
  const template = join(tmpdir(), "rose-ash-test-template-18");
  await mkdir(join(copy, ".data"));
  if (await exists(join(template, "postgres"))) await symlink(template, join(copy, ".data/template-18"));
  await mkdir(join(copy, "config"));
  await configure("");
  // dev.sh asks npm and git only for these; a real installation is not this test's business.
  await mkdir(join(copy, "tools"));
  for (const [tool, script] of [
    ["npm", `echo "$@" >> ${copy}/npm-calls; [ ! -e ${copy}/npm-fails ]`],
    ["git", `cksum "$2"`],
  ]) {
    await writeFile(join(copy, "tools", tool ?? ""), `#!/bin/sh\n${script}\n`);
    await chmod(join(copy, "tools", tool ?? ""), 0o755);
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function configure(more: string) {
  await writeFile(
    join(copy, "config/rose-ash.yaml"),
    `site: {title: Notes, language: en, timeZone: UTC}\n${more}services:\n  notes:\n    origin: http://localhost:${port}\n`,
  );
}

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const environment = { ...process.env, PATH: `${join(copy, "tools")}:${process.env.PATH}` };

function run(file: string, args: string[], env: Record<string, string> = {}, cwd = copy): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(file, args, { cwd, env: { ...environment, ...env } }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });
}

const node = (...args: string[]) => run(process.execPath, args);

/** Starts something that stays, and waits until it has said `sign`. */
async function start(
  file: string,
  args: string[],
  sign: RegExp,
): Promise<{ child: ChildProcess; said: () => string }> {
  const child = spawn(file, args, { cwd: copy, env: environment });
  children.add(child);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (said += chunk));
  const ended = once(child, "exit").then(() => "ended");
  while (!sign.test(said)) {
    if ((await Promise.race([ended, sleep(20)])) === "ended") assert.fail(`it ended: ${said}`);
  }
  return { child, said: () => said };
}

async function stop(child: ChildProcess, signal: NodeJS.Signals = "SIGTERM"): Promise<number | null> {
  const ended = once(child, "exit");
  child.kill(signal);
  const [code] = await ended;
  children.delete(child);
  return code;
}

test("what keeps the site from starting is one sentence on standard error, and exit code 1", async () => {
  const unknown = await node("start.ts", "shop");
  assert.deepEqual(unknown, {
    code: 1,
    out: "",
    err: "There is no service named “shop”: choose from notes.\n",
  });
  const flag = await node("start.ts", "--quick");
  assert.equal(flag.code, 1);
  assert.match(flag.err, /^Unknown option '--quick': see node start\.ts --help\.\n$/);
  await configure("colour: red\n");
  const configured = await node("start.ts");
  assert.equal(configured.code, 1);
  assert.match(
    configured.err,
    /^The configuration is not right: mend \S+\/config\/rose-ash\.yaml:2: colour is not a known key\.\n$/,
  );
  await configure("");
  const busy = createServer().listen(port, "127.0.0.1");
  await once(busy, "listening");
  const refused = await node("start.ts");
  busy.close();
  assert.equal(refused.code, 1);
  assert.match(refused.err, new RegExp(`^Port ${port} for notes is busy: .*\n$`));
});

test("the site starts, answers, writes JSON to its output, and stops in order", async () => {
  const { child, said } = await start(process.execPath, ["start.ts", "notes"], /Ready\./);
  assert.match(said(), new RegExp(`notes is at http://localhost:${port}/\n`));
  assert.equal((await ask(port, "GET /first/")).text, "<p>The first note</p>");
  const second = await node("start.ts");
  assert.equal(second.code, 1);
  assert.match(
    second.err,
    new RegExp(`^The data folder \\S+/\\.data is in use by process ${child.pid} since [^\n]*\n$`),
  );
  assert.equal(await stop(child), 0);
  const answered = said()
    .split("\n")
    .find((line) => line.includes('"answered"'));
  assert.equal(JSON.parse(answered ?? "{}").path, "/first/");
});

test("a command is done by the running site or alone, with the same result", async () => {
  const { child } = await start(process.execPath, ["start.ts"], /Ready\./);
  assert.deepEqual(await node("command.ts", "add", "notes", "with-site", "Hello"), {
    code: 0,
    out: `added with-site\u2028from ${copy}\n`,
    err: "adding (50 %)\nadding (100 %)\n",
  });
  assert.equal((await ask(port, "GET /with-site/")).text, "<p>Hello</p>");
  const refused = await node("command.ts", "restore", "/dev/null");
  assert.equal(refused.code, 1);
  await node("command.ts", "backup", "kept.tar.gz");
  const running = await node("command.ts", "restore", "kept.tar.gz", "--replace");
  assert.equal(running.code, 1);
  assert.match(running.err, /in use by process \d+ since .*: stop that one/);
  await stop(child);

  assert.equal((await node("command.ts", "add", "notes", "alone", "World")).code, 0);
  const json = await node("command.ts", "--json", "add", "notes", "as-json", "x");
  assert.deepEqual(
    json.out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).kind),
    ["progress", "progress", "line", "finished"],
  );
  const listed = await node("command.ts", "help");
  assert.match(listed.out, /^add notes SLUG TEXT: adds a note$/m);
  assert.equal((await node("command.ts", "migrate")).out, "notes: up to date\n");
});

test("a restore brings back the backup's state, and says what it did", async () => {
  const refused = await node("command.ts", "restore", "kept.tar.gz");
  assert.equal(refused.code, 1);
  const restored = await node("command.ts", "restore", "kept.tar.gz", "--replace");
  assert.equal(restored.code, 0, restored.err);
  assert.match(restored.out, /^Restored notes: 2 rows, 0 media files\.$/m);
});

test("a wrong command line is exit code 2 and says what is right", async () => {
  for (const [args, expected] of [
    [[], /Say what to do/],
    [["add"], /command\.ts add <notes>/],
    [["add", "shop"], /command\.ts add <notes>/],
    [["bake", "notes"], /The service notes has no command “bake”/],
    [["restore"], /restore FILE \[--replace\]/],
    [["restore", "x", "--force"], /Unknown option '--force'/],
  ] as const) {
    const { code, err } = await node("command.ts", ...args);
    assert.equal(code, 2, args.join(" "));
    assert.match(err, expected);
  }
  assert.equal((await node("command.ts", "add", "notes")).code, 1);
  assert.match((await node("command.ts", "--help")).out, /Exit codes/);
});

test("a killed site leaves nothing that keeps the next one from starting", async () => {
  const { child } = await start(process.execPath, ["start.ts"], /Ready\./);
  await node("command.ts", "add", "notes", "before-the-kill", "x");
  await stop(child, "SIGKILL");
  await access(join(copy, ".data/control.sock"));
  const alone = await node("command.ts", "add", "notes", "after-the-kill", "x");
  assert.equal(alone.code, 0, alone.err);
  const next = await start(process.execPath, ["start.ts"], /Ready\./);
  assert.equal((await ask(port, "GET /before-the-kill/")).status, 200);
  await stop(next.child);
});

test("dev.sh starts in the background, refuses a second start, shows its log and stops", async () => {
  const started = await run("./dev.sh", ["--background"]);
  assert.equal(started.code, 0, started.err);
  assert.match(started.out, new RegExp(`notes is at http://localhost:${port}/`));
  assert.equal((await ask(port, "GET /first/")).status, 200);
  const second = await run("./dev.sh", []);
  assert.equal(second.code, 1);
  assert.match(second.err, /^It runs already on \S+ \(process \d+\): stop it with \.\/dev\.sh down\.\n$/);
  const log = await run("./dev.sh", ["logs", "notes"]);
  assert.match(log.out, /"path":"\/first\/"/);
  assert.match((await run("./dev.sh", ["logs", "../../etc"])).err, /There is no service/);
  const down = await run("./dev.sh", ["down"], {}, tmpdir());
  assert.equal(down.out, "", "a relative name is not found from elsewhere");
  assert.equal((await run(join(copy, "dev.sh"), ["down"], {}, tmpdir())).out, "Stopped.\n");
  assert.match((await run("./dev.sh", ["down"])).out, /Nothing that \.\/dev\.sh started/);
  await assert.rejects(ask(port, "GET /first/"), { code: "ECONNREFUSED" });
});

test("dev.sh installs once for each package-lock.json, and says when that fails", async () => {
  const calls = async () => (await readFile(join(copy, "npm-calls"), "utf8")).trim().split("\n").length;
  assert.equal(await calls(), 1, "the start before installed, the second start did not");
  await writeFile(join(copy, "package-lock.json"), "{}");
  await writeFile(join(copy, "npm-fails"), "");
  const failed = await run("./dev.sh", ["--background"]);
  assert.equal(failed.code, 1);
  assert.match(failed.err, /npm ci failed/);
  await rm(join(copy, "npm-fails"));
  assert.equal(
    (await run("./dev.sh", ["nothing", "--background"])).err,
    "There is no service named “nothing”: choose from notes.\n",
  );
  assert.equal(await calls(), 3);
});

test("in the foreground dev.sh shows addresses, warnings and errors, and Ctrl-C stops it", async () => {
  const { child, said } = await start("./dev.sh", ["notes", "--demo"], /Ready\./);
  assert.equal((await ask(port, "GET /first/")).status, 200);
  assert.equal((await ask(port, "GET /demo/")).text, "<p>A note to show</p>");
  assert.match(said(), /^the demonstration is in$/m);
  assert.equal((await ask(port, "GET /fails/")).status, 500);
  assert.match(said(), /Logs are in \.data\/log\/\. Ready\./);
  assert.match(said(), /notes error: GET \/fails\/ {2}a page failed\n {2}Error: the secret of the fault/);
  assert.doesNotMatch(said(), /answered/);
  assert.equal(await stop(child, "SIGINT"), 0);
  await assert.rejects(access(join(copy, ".data/dev.pid")), { code: "ENOENT" });
});
