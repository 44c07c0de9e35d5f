// The service as a visitor meets it: started by the launcher, on any free port, with a database of its own.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

const port = await startService();

test("the front page answers, and says that nothing is here yet", async () => {
  const response = await fetch(`http://localhost:${port}/`);
  const html = await response.text();
  assert.equal(response.status, 200, html);
  assert.match(html, /<title>A test<\/title>/);
  assert.match(html, /<main[\s\S]*Nothing is here yet\.[\s\S]*<\/main>/);
});

test("an address that is not there is answered with 404", async () => {
  assert.equal((await fetch(`http://localhost:${port}/nowhere/`)).status, 404);
});

/** Starts the service in a process and a data folder of its own; both go away after the tests. */
async function startService(): Promise<number> {
  const launcher = join(import.meta.dirname, "../../../start.ts");
  const data = await mkdtemp(join(tmpdir(), "rose-ash-sample-"));
  const env = {
    ...process.env,
    ROSE_ASH_DATA: data,
    ROSE_ASH_SITE_TITLE: "A test",
    ROSE_ASH_SERVICES_SAMPLE_ORIGIN: "http://localhost:1",
    ROSE_ASH_SERVICES_SAMPLE_PORT: "0",
  };
  const site = spawn(process.execPath, [launcher, "sample"], { env, stdio: ["ignore", "ignore", "pipe"] });
  after(async () => {
    if (site.exitCode === null && site.kill()) await once(site, "exit");
    await rm(data, { recursive: true, force: true });
  });
  let said = "";
  for await (const chunk of site.stderr.setEncoding("utf8")) {
    said += chunk;
    const port = /listening on port (\d+)/.exec(said)?.[1];
    if (port !== undefined && said.includes("Ready.")) return Number(port);
  }
  throw new Error(`The service ended before it was ready: ${said}`);
}
