// The site as a whole: starting whole or not at all, stopping in order.
import assert from "node:assert/strict";
import { once } from "node:events";
import { access, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { controlPath } from "./control.ts";
import { openServices } from "./open-services.ts";
import { startSite } from "./site.ts";
import { ask, siteRequest, startTestSite, temporaryFolder } from "./test/notes-site.ts";

test("stopping finishes a request under way, then refuses new ones", async (t) => {
  const { site, port } = await startTestSite(t);
  const slow = ask(port, "GET /slow/", ["Connection: keep-alive"]);
  await sleep(100);
  const stopped = site.stop();
  await assert.rejects(ask(port, "GET /first/"), { code: "ECONNREFUSED" });
  const { status, text } = await slow;
  assert.equal(status, 200);
  assert.equal(text, "slow but whole");
  await stopped;
});

test("an idle connection that is kept alive does not hold up the end", async (t) => {
  const { site, port } = await startTestSite(t);
  const idle = ask(port, "GET /healthz", ["Connection: keep-alive"]);
  await sleep(50);
  await site.stop();
  assert.equal((await idle).status, 200);
});

test("readiness turns to no when the database is gone", async (t) => {
  const data = await temporaryFolder(t);
  const request = siteRequest(data);
  const { addresses, stop } = await startSite({
    ...request,
    services: request.services.map((service) => ({
      ...service,
      shell: (parts) => async () => {
        await parts.database.close();
        return {};
      },
    })),
  });
  t.after(stop);
  const port = addresses[0]?.port ?? 0;
  assert.equal((await ask(port, "GET /readyz")).status, 200);
  await ask(port, "GET /nowhere/"); // draws the shell, which closes the database
  const { status, text } = await ask(port, "GET /readyz");
  assert.equal(status, 503);
  assert.equal(text, "not ready\n");
  assert.equal((await ask(port, "GET /healthz")).status, 200);
});

test("a second site on the same data folder is refused, naming the process, and harms nothing", async (t) => {
  const { data, port } = await startTestSite(t);
  await assert.rejects(startSite(siteRequest(data)), (error: Error) => {
    assert.equal(error.name, "Refusal");
    assert.match(
      error.message,
      new RegExp(`${data} is in use by process ${process.pid} since .*: stop that one`),
    );
    return true;
  });
  assert.equal((await ask(port, "GET /first/")).status, 200);
  await access(controlPath(data));
});

test("a busy port is refused with a sentence, and everything is closed again", async (t) => {
  const busy = createServer().listen(0, "127.0.0.1");
  await once(busy, "listening");
  t.after(() => busy.close());
  const { port } = busy.address() as AddressInfo;
  const data = await temporaryFolder(t);
  await assert.rejects(startSite(siteRequest(data, { port })), (error: Error) => {
    assert.equal(
      error.message,
      `Port ${port} for notes is busy: stop what listens there, or set services.notes.port (or origin) to another.`,
    );
    return true;
  });
  const free = await startTestSite(t, { data });
  assert.equal((await ask(free.port, "GET /first/")).status, 200);
});

test("a data folder that cannot be made is refused with a sentence", async (t) => {
  const file = join(await temporaryFolder(t), "a-file");
  await writeFile(file, "");
  await assert.rejects(openServices(siteRequest(join(file, "below"))), (error: Error) => {
    assert.equal(
      error.message,
      `The data folder ${file}/below cannot be made or written to: choose another with ROSE_ASH_DATA.`,
    );
    return true;
  });
});

test("the data folder and the control socket are the user's alone, and the socket goes with the site", async (t) => {
  const { site, data } = await startTestSite(t);
  assert.equal((await stat(data)).mode & 0o777, 0o700);
  assert.equal((await stat(controlPath(data))).mode & 0o777, 0o600);
  await site.stop();
  await assert.rejects(access(controlPath(data)), { code: "ENOENT" });
  await assert.rejects(access(join(data, "lock")), { code: "ENOENT" });
});

test("what was written is there after a restart on the same folder", async (t) => {
  const data = await temporaryFolder(t);
  const database = { kind: "embedded", directory: join(data, "notes/db") } as const;
  const first = await startTestSite(t, { data, database });
  const form = [
    "Sec-Fetch-Site: same-origin",
    "Content-Type: application/x-www-form-urlencoded",
    "Content-Length: 17",
  ];
  assert.equal((await ask(first.port, "POST /notes/", form, "slug=kept&text=ok")).status, 303);
  await first.site.stop();
  const second = await startTestSite(t, { data, database });
  assert.match((await ask(second.port, "GET /kept/")).text, /"text":"ok"/);
});
