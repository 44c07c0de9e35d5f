// Secrets: made for one process by themselves, per service for many, and rotated without anybody noticing.
import assert from "node:assert/strict";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { createKeyRing } from "../rpc/keys.ts";
import { signMessage, verifyMessage } from "../rpc/signature.ts";
import type { CommandSession } from "./command.ts";
import type { Configuration } from "./config.ts";
import { openSecrets, readSecrets, type SecretsFile, secretsFor } from "./secrets.ts";
import { runSecrets, takeStep } from "./secrets-command.ts";
import { temporaryFolder } from "./test/notes-site.ts";

const names = ["account", "blog", "likes"];

function configuration(data: string, secrets: string | null, started = names): Configuration {
  const installed = Object.fromEntries(
    names.map((name) => [name, { origin: `https://${name}.example.org`, internal: null }]),
  );
  const services = Object.fromEntries(started.map((name) => [name, {}]));
  return { data, secrets, installed, services } as unknown as Configuration; // all that is read of it
}

function sessionIn(cwd: string): { session: CommandSession; lines: string[] } {
  const lines: string[] = [];
  const session = {
    cwd,
    signal: new AbortController().signal,
    progress: () => {},
    print: (line: string) => void lines.push(line),
  };
  return { session, lines };
}

test("the data folder's own secrets are made once, for the owner's eyes, and stay the same", async (t) => {
  const data = await temporaryFolder(t);
  const first = await openSecrets(configuration(data, null));
  const file = join(data, "secrets.json");
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  const text = await readFile(file, "utf8");
  const second = await openSecrets(configuration(data, null));
  assert.equal(await readFile(file, "utf8"), text);
  assert.deepEqual(first.of("blog").derive("x"), second.of("blog").derive("x"));
  assert.notDeepEqual(first.of("blog").derive("x"), first.of("blog").derive("y"));
  assert.notDeepEqual(first.of("blog").derive("x"), first.of("likes").derive("x"));
  assert.deepEqual(Object.keys(first.of("blog").clients), []);
  assert.equal(first.of("account").clients.blog, first.of("blog").client);
});

test("a service that runs alone gets what it must know and nothing more", async (t) => {
  const folder = await temporaryFolder(t);
  const { session } = sessionIn(folder);
  await runSecrets(["."], names, session);
  const blog = await readSecrets(join(folder, "secrets.blog.json"));
  assert.deepEqual(Object.keys(blog.roots), ["blog"]);
  assert.deepEqual(Object.keys(blog.clients), ["blog"]);
  assert.ok(Object.keys(blog.internal).every((pair) => pair.split(">").includes("blog")));
  await openSecrets(configuration(folder, join(folder, "secrets.blog.json"), ["blog"]));
  await assert.rejects(
    openSecrets(configuration(folder, join(folder, "secrets.blog.json"), ["likes"])),
    /lack .*the internal key likes>account.*the root of likes/,
  );
});

test("a named file that is missing, broken or weak keeps the site from starting and is not mended", async (t) => {
  const folder = await temporaryFolder(t);
  const file = join(folder, "given.json");
  await assert.rejects(openSecrets(configuration(folder, file)), /cannot be read \(ENOENT\): make them with/);
  await writeFile(file, "not json");
  await assert.rejects(openSecrets(configuration(folder, file)), /are not right at the file/);
  await openSecrets(configuration(folder, null));
  const whole = JSON.parse(await readFile(join(folder, "secrets.json"), "utf8")) as SecretsFile;
  whole.internal["blog>likes"] = [{ version: 1, key: "A".repeat(43) }];
  await writeFile(file, JSON.stringify(whole));
  await assert.rejects(openSecrets(configuration(folder, file)), (error: Error) => {
    assert.match(error.message, /blog>likes/);
    assert.doesNotMatch(error.message, /AAAA/);
    return true;
  });
});

test("making secrets again adds what is missing and changes nothing", async (t) => {
  const folder = await temporaryFolder(t);
  const { session } = sessionIn(folder);
  await runSecrets(["."], ["account", "blog"], session);
  const before = await readSecrets(join(folder, "secrets.blog.json"));
  await runSecrets(["."], names, session);
  const after = await readSecrets(join(folder, "secrets.blog.json"));
  assert.deepEqual(after.roots, before.roots);
  for (const [pair, entries] of Object.entries(before.internal))
    assert.deepEqual(after.internal[pair], entries);
  assert.ok(after.internal["blog>likes"]);
});

test("through the three steps of a rotation files of before and after understand each other", async (t) => {
  const folder = await temporaryFolder(t);
  await openSecrets(configuration(folder, null));
  let now = await readSecrets(join(folder, "secrets.json"));
  const first = now;
  for (const expected of ["learn", "sign", "forget"] as const) {
    const { secrets: next, step } = takeStep(now);
    assert.equal(step, expected);
    for (const [signer, verifier] of [
      [now, next],
      [next, now],
      [next, next],
    ] as const) {
      assert.equal(understands(signer, verifier), "verified");
    }
    now = next;
  }
  assert.equal(understands(first, now), "refused", "the old keys are gone in the end");
  assert.equal(takeStep(now).step, "learn");
});

function understands(signer: SecretsFile, verifier: SecretsFile): string {
  const key = createKeyRing(secretsFor("blog", signer).internal).signingKey("blog", "likes");
  assert.ok(key);
  const at = new Date();
  const message = { method: "GET", authority: "likes.internal", target: "/internal/data/x", body: null };
  const headers = signMessage(message, key, { now: at });
  const ring = createKeyRing(secretsFor("likes", verifier).internal);
  return verifyMessage({ ...message, headers }, ring, { callee: "likes", now: at }).kind;
}
