// The configuration: what is taken, what is named as wrong, and that nothing secret is shown.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { z } from "zod";
import { defineService } from "./app.ts";
import { loadConfiguration } from "./config.ts";
import { type Cleanup, temporaryFolder } from "./test/notes-site.ts";

const blog = defineService({
  name: "blog",
  folder: "/nowhere",
  settings: z.object({
    postsPerPage: z.int().min(1).default(10),
    secret: z.string().optional(),
    menu: z
      .object({ title: z.string().default("Menu"), colours: z.array(z.string()).default([]) })
      .prefault({}),
  }),
  createStore: () => ({}),
  routes: () => [],
});

const good = `site:
  title: Co-op
  language: en-GB
  timeZone: Europe/London
services:
  blog:
    origin: http://localhost:8001
  shop:
    anything: goes
`;

async function load(t: Cleanup, text: string, environment: Record<string, string> = {}) {
  const root = await temporaryFolder(t);
  await writeFile(join(root, "rose-ash.yaml"), text);
  return loadConfiguration({
    root,
    services: [blog],
    environment: { ROSE_ASH_CONFIG: "rose-ash.yaml", ...environment },
  });
}

async function refusal(t: Cleanup, text: string, environment: Record<string, string> = {}): Promise<string> {
  try {
    await load(t, text, environment);
  } catch (error) {
    assert.equal((error as Error).name, "Refusal");
    return (error as Error).message.replaceAll(/\/\S*\/rose-ash\.yaml/g, "FILE");
  }
  assert.fail("it was taken");
}

test("a small file is enough; the rest has its defaults, and the whole is frozen", async (t) => {
  const configuration = await load(t, good);
  const { site, services, log, metrics, data } = configuration;
  assert.deepEqual(site, {
    title: "Co-op",
    description: null,
    language: "en-GB",
    timeZone: "Europe/London",
    logo: null,
  });
  assert.deepEqual({ log, metrics }, { log: { level: "info" }, metrics: "private" });
  const database = { kind: "embedded", directory: join(data, "blog/db") };
  const own = { postsPerPage: 10, menu: { title: "Menu", colours: [] } };
  assert.deepEqual(services, {
    blog: { origin: "http://localhost:8001", port: 8001, hosts: [], database, own },
  });
  assert.throws(() => Object.assign(configuration.site, { title: "x" }), TypeError);
  assert.ok(Object.isFrozen((services.blog?.own as typeof own | undefined)?.menu.colours));
});

test("the environment overrides the file, with the types the settings have", async (t) => {
  const { site, services, data } = await load(t, good, {
    ROSE_ASH_SITE_TITLE: "2024",
    ROSE_ASH_SITE_TIME_ZONE: "UTC",
    ROSE_ASH_DATA: "/tmp/elsewhere",
    ROSE_ASH_SERVICES_BLOG_ORIGIN: "https://blog.example.org",
    ROSE_ASH_SERVICES_BLOG_PORT: "9001",
    ROSE_ASH_SERVICES_BLOG_HOSTS: "[a.example.org, b.example.org]",
    ROSE_ASH_SERVICES_BLOG_DATABASE: "postgres://me:hidden@db/blog",
    ROSE_ASH_SERVICES_BLOG_POSTS_PER_PAGE: "25",
    ROSE_ASH_SERVICES_BLOG_MENU_TITLE: "Pages",
    ROSE_ASH_SERVICES_SHOP_WHATEVER: "is not looked at",
    ROSE_ASH_TEST_POSTGRES: "is for tests",
  });
  assert.equal(site.title, "2024");
  assert.equal(site.timeZone, "UTC");
  assert.equal(data, "/tmp/elsewhere");
  const { origin, port, hosts, database, own } = services.blog ?? {};
  assert.deepEqual(
    { origin, port, hosts },
    { origin: "https://blog.example.org", port: 9001, hosts: ["a.example.org", "b.example.org"] },
  );
  assert.deepEqual(database, { kind: "postgres", url: "postgres://me:hidden@db/blog" });
  assert.deepEqual(own, { postsPerPage: 25, menu: { title: "Pages", colours: [] } });
});

test("everything that is wrong is named at once, each with its line", async (t) => {
  const text = `site:
  titel: Co-op
  language: not a language
  timezone: Europe/London
services:
  blog:
    origin: http://localhost:8001/path
    postsPerPage: many
    menu: {titel: x}
colour: red
`;
  const said = await refusal(t, text, { ROSE_ASH_SITE_TITEL: "x", ROSE_ASH_SERVICES_BLOG_ORIGINS: "x" });
  assert.deepEqual(
    said.split("\n").sort(),
    [
      "  FILE:10: colour is not a known key",
      "  FILE:1: site.timeZone is missing",
      "  FILE:1: site.title is missing",
      "  FILE:2: site.titel is not a known key; did you mean title?",
      "  FILE:3: site.language must be a language tag such as en-GB (BCP 47)",
      "  FILE:4: site.timezone is not a known key; did you mean timeZone?",
      "  FILE:7: services.blog.origin must be an address without a path, such as https://blog.example.org",
      "  FILE:8: services.blog.postsPerPage is wrong: Invalid input: expected number, received string",
      "  FILE:9: services.blog.menu.titel is not a known key; did you mean title?",
      "  ROSE_ASH_SERVICES_BLOG_ORIGINS (environment) overrides no known key; did you mean ROSE_ASH_SERVICES_BLOG_ORIGIN?",
      "  ROSE_ASH_SITE_TITEL (environment) overrides no known key; did you mean ROSE_ASH_SITE_TITLE?",
      "The configuration FILE is not right; mend these:",
    ].sort(),
  );
});

for (const [what, change, expected] of [
  ["a missing service section", [/services:[\s\S]*/, ""], "mend FILE: services.blog.origin is missing."],
  ["a missing title", ["  title: Co-op\n", ""], "mend FILE:1: site.title is missing."],
  ["an empty title", ["Co-op", '""'], "site.title is wrong"],
  ["a made-up time zone", ["Europe/London", "Europe/Nowhere"], "FILE:4: site.timeZone must be a time zone"],
  ["an offset as time zone", ["Europe/London", '"+01:00"'], "FILE:4: site.timeZone must be a time zone"],
  ["an undetermined language", ["en-GB", "und"], "site.language must be a language tag"],
  ["a port beyond the last", ["8001", "80010"], "services.blog.origin must be an address"],
  ["an origin with credentials", ["http://", "http://a:b@"], "services.blog.origin must be an address"],
  [
    "an origin of another kind",
    ["http://localhost:8001", "ftp://example.org"],
    "services.blog.origin must be an address",
  ],
  [
    "no way to know the port",
    ["localhost:8001", "example.org"],
    "services.blog.port is missing, and the origin does not tell it",
  ],
  [
    "a database of another kind",
    ["    origin", "    database: mysql://x\n    origin"],
    "services.blog.database must be a PostgreSQL address",
  ],
  ["a key twice", ["  language", "  title: Other\n  language"], "FILE:3: Map keys must be unique"],
  ["broken YAML", ["title: Co-op", "title: [Co-op"], "FILE:"],
  ["a list", [/[\s\S]*/, "- a\n- b\n"], "FILE: must be a map of keys"],
  ["a section that is no map", [/services:[\s\S]*/, "services: none\n"], "services.blog.origin is missing"],
] as const) {
  test(`${what} is refused`, async (t) => {
    const said = await refusal(t, good.replace(change[0], change[1]));
    assert.ok(said.includes(expected), said);
  });
}

test("a file that is not there is one sentence that says what to do", async (t) => {
  const root = await temporaryFolder(t);
  await assert.rejects(loadConfiguration({ root, services: [], environment: {} }), (error: Error) => {
    assert.equal(
      error.message,
      `The configuration ${root}/config/rose-ash.yaml cannot be read: there is no such file; make it readable or name another in ROSE_ASH_CONFIG.`,
    );
    return true;
  });
});

test("a wrong value is never shown, since it may be a secret", async (t) => {
  const said = await refusal(
    t,
    good.replace("    origin", "    secret: [hunter2]\n    database: mysql://root:hunter2@db\n    origin"),
    {
      ROSE_ASH_SERVICES_BLOG_PORT: "hunter2",
    },
  );
  assert.match(said, /secret/);
  assert.match(said, /database/);
  assert.match(said, /port/);
  assert.doesNotMatch(said, /hunter2/);
});

test("an alias bomb is refused", async (t) => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${"bcdefghi"
    .split("")
    .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${"abcdefghi"[index]}`).join(",")}]`)
    .join("\n")}\n`;
  const said = await refusal(t, bomb + good);
  assert.ok(said.length < 5000, "the answer stays readable");
});
