// The control socket: a command handed to the running site, and every way the two can lose each other.
import assert from "node:assert/strict";
import { once } from "node:events";
import { access } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { askSite, type ControlMessage, controlPath, serveControl } from "./control.ts";
import type { CommandRequest } from "./site-commands.ts";
import { ask, startTestSite, temporaryFolder } from "./test/notes-site.ts";

const never = new AbortController().signal;

async function run(
  data: string,
  request: Partial<CommandRequest>,
  signal = never,
): Promise<ControlMessage[]> {
  const said: ControlMessage[] = [];
  const whole = { verb: "add", service: "notes", args: [], cwd: "/somewhere", ...request };
  assert.equal(await askSite(data, whole, signal, (message) => said.push(message)), "answered");
  return said;
}

test("a command runs inside the running site and tells its progress, its lines and its report", async (t) => {
  const { data, port } = await startTestSite(t);
  assert.deepEqual(await run(data, { args: ["by-command", "Hello"] }), [
    { kind: "progress", text: "adding", done: 1, total: 2 },
    { kind: "progress", text: "adding", done: 2, total: 2 },
    { kind: "line", text: "added by-command\u2028from /somewhere" },
    { kind: "finished", exitCode: 0, report: { slug: "by-command" } },
  ]);
  assert.match((await ask(port, "GET /by-command/")).text, /Hello/);
});

test("what a person can mend is a refusal; a fault is told as one", async (t) => {
  const { data } = await startTestSite(t);
  assert.deepEqual(await run(data, {}), [
    { kind: "refused", sentence: "Say the slug and the text.", usage: false },
  ]);
  assert.deepEqual(await run(data, { verb: "bake" }), [
    {
      kind: "refused",
      sentence: "The service notes has no command “bake”: choose from add, demo, wait, break.",
      usage: true,
    },
  ]);
  assert.deepEqual(await run(data, { verb: "toString" }), [
    {
      kind: "refused",
      sentence: "The service notes has no command “toString”: choose from add, demo, wait, break.",
      usage: true,
    },
  ]);
  assert.deepEqual(await run(data, { service: "shop" }), [
    { kind: "refused", sentence: "There is no service named “shop” here: choose from notes.", usage: true },
  ]);
  const [failed] = await run(data, { verb: "break" });
  assert.equal(failed?.kind, "failed");
  assert.match(JSON.stringify(failed), /this is a fault of the program.*broken inside/);
});

test("hanging up cancels the command, and the next one gets its turn", async (t) => {
  const { data } = await startTestSite(t);
  const cancel = new AbortController();
  const said: ControlMessage[] = [];
  const waiting = askSite(
    data,
    { verb: "wait", service: "notes", args: [], cwd: "/" },
    cancel.signal,
    (message) => {
      said.push(message);
      cancel.abort();
    },
  );
  assert.equal(await waiting, "answered");
  assert.deepEqual(said, [
    { kind: "progress", text: "waiting" },
    { kind: "refused", sentence: "Stopped.", usage: false },
  ]);
  assert.equal((await run(data, { args: ["after", "x"] })).at(-1)?.kind, "finished");
});

test("commands run one at a time, in the order they came", async (t) => {
  const { data } = await startTestSite(t);
  const cancel = new AbortController();
  const first = run(data, { verb: "wait" }, cancel.signal);
  await sleep(50);
  const order: string[] = [];
  const second = run(data, { args: ["a", "x"] }).then(() => order.push("second"));
  const third = run(data, { args: ["b", "x"] }).then(() => order.push("third"));
  await sleep(100);
  assert.deepEqual(order, [], "they wait for the first");
  cancel.abort();
  await Promise.all([first, second, third]);
  assert.deepEqual(order, ["second", "third"]);
});

test("stopping the site ends a running command and says so to who waits for it", async (t) => {
  const { site, data } = await startTestSite(t);
  const waiting = run(data, { verb: "wait" });
  await sleep(50);
  await site.stop();
  assert.deepEqual((await waiting).at(-1), {
    kind: "refused",
    sentence: "The command was stopped before its end.",
    usage: false,
  });
});

test("no site is told from a site, also where a dead one left its socket", async (t) => {
  const data = await temporaryFolder(t);
  const request = { verb: "add", service: "notes", args: [], cwd: "/" };
  assert.equal(await askSite(data, request, never, () => {}), "absent");
  const dead = createServer().listen(controlPath(data));
  await once(dead, "listening");
  dead.unref();
  // A killed process leaves the file behind; closing would remove it, so a hard link stands in for that.
  const { link, rename } = await import("node:fs/promises");
  await link(controlPath(data), `${controlPath(data)}.left`);
  await new Promise((resolve) => dead.close(resolve));
  await rename(`${controlPath(data)}.left`, controlPath(data));
  assert.equal(await askSite(data, request, never, () => {}), "absent");
  await startTestSite(t, { data });
  assert.equal((await run(data, { args: ["fresh", "x"] })).at(-1)?.kind, "finished");
});

test("a path too long for a socket gets one under a hashed name", async (t) => {
  const data = join(await temporaryFolder(t), "a".repeat(60), "b".repeat(60));
  assert.match(controlPath(data), new RegExp(`^${tmpdir()}/rose-ash-[0-9a-f]{20}\\.sock$`));
  await startTestSite(t, { data });
  assert.equal((await run(data, { args: ["deep", "x"] })).at(-1)?.kind, "finished");
  await access(controlPath(data));
});

test("nonsense on the socket is refused or hung up on, and the site goes on", async (t) => {
  const { data } = await startTestSite(t);
  for (const [sent, expected] of [
    ["not json\n", /not one this site understands/],
    ['{"verb":1}\n', /not one this site understands/],
    [`${"x".repeat(2_000_000)}`, /^$/],
  ] as const) {
    const socket = connect(controlPath(data));
    socket.on("error", () => {}); // being hung up on is one of the answers
    socket.write(sent);
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    await new Promise((resolve) => socket.on("close", resolve));
    assert.match(answer, expected);
  }
  assert.equal((await run(data, { args: ["still", "x"] })).at(-1)?.kind, "finished");
});

test("a site that dies in the middle of a command is noticed", async (t) => {
  const data = await temporaryFolder(t);
  const server = await serveControl(data, async (_request, session) => {
    session.progress("begun");
    await sleep(60_000, undefined, { ref: false });
    return {};
  });
  const waiting = run(data, {});
  await sleep(50);
  await server.stop(0); // no patience: the connection is cut
  assert.deepEqual(await waiting, [
    { kind: "progress", text: "begun" },
    {
      kind: "refused",
      sentence: "The site ended before the command did: look at its log and run the command again.",
      usage: false,
    },
  ]);
});
