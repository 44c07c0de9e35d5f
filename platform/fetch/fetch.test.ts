// The guarded client against real local servers that attack it. Each address attack is also run with the
// guard opened for its target, where it must succeed: otherwise the test would prove nothing.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createServer, get, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import { promisify } from "node:util";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { isPublicAddress } from "./address.ts";
import { createFetcher, type Fetcher, type FetchPolicy } from "./fetch.ts";

const maxBytes = 100_000;
const loopback = async () => ["127.0.0.1"];
/** Inside 2000::/3 but assigned to nobody: public by its number, and no one is there. */
const nobody = "2d00::1";

type Site = { port: number; requests: IncomingMessage[] };

async function serve(t: TestContext, listener: RequestListener): Promise<Site> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    response.on("error", () => {}); // the client hangs up in the middle of many of these
    listener(request, response);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, requests };
}

function fetcherFor(t: TestContext, policy: FetchPolicy): Fetcher {
  const fetcher = createFetcher(policy);
  t.after(() => fetcher.close());
  return fetcher;
}

/** A fetcher that may talk to this one local site, under the name site.example.org. */
function fetcherAt(t: TestContext, site: Site, more: FetchPolicy = {}): { fetcher: Fetcher; origin: string } {
  const fetcher = fetcherFor(t, {
    allowHttp: true,
    allowPorts: [site.port],
    allowPrivateAddresses: [`site.example.org:${site.port}`],
    resolve: loopback,
    ...more,
  });
  return { fetcher, origin: `http://site.example.org:${site.port}` };
}

const secret: RequestListener = (_, response) => response.end("internal secret");

test("a page comes back with its final address, type and bytes", async (t) => {
  const site = await serve(t, (request, response) => {
    if (request.url === "/old?x=1") response.writeHead(301, { location: "/new" }).end("moved");
    else response.setHeader("content-type", "text/plain; charset=utf-8").end("bread");
  });
  const { fetcher, origin } = fetcherAt(t, site, { userAgent: "rose-ash-test" });
  const answer = await fetcher.get(`${origin}/old?x=1#crumb`, { maxBytes, accept: "text/plain" });
  assert.ok(answer.kind === "ok");
  assert.equal(answer.url, `${origin}/new`);
  assert.equal(answer.status, 200);
  assert.equal(answer.contentType, "text/plain; charset=utf-8");
  assert.equal(Buffer.from(answer.body).toString(), "bread");
  assert.equal(site.requests[1]?.headers.accept, "text/plain");
  assert.equal(site.requests[1]?.headers["user-agent"], "rose-ash-test");
});

const spellings = [
  ...["127.0.0.1", "127.1", "2130706433", "0x7f.1", "0x7f000001", "017700000001", "127.0.0.1.", "①②⑦.0.0.1"],
  ...["127%2e0%2e0%2e1", "0", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "localhost"],
];
for (const spelling of spellings) {
  test(`this machine is not reached as ${spelling}, and is when the guard is opened for it`, async (t) => {
    const site = await serve(t, secret);
    const address = `http://${spelling}:${site.port}/`;
    const policy = { allowHttp: true, allowPorts: [site.port] } as const;
    const refusal = await fetcherFor(t, policy).get(address, { maxBytes });
    assert.ok(refusal.kind === "refused");
    assert.equal(refusal.why, "address");
    assert.equal(site.requests.length, 0);

    const opened = { ...policy, allowPrivateAddresses: [new URL(address).host] };
    assert.equal((await fetcherFor(t, opened).get(address, { maxBytes })).kind, "ok");
    assert.equal(site.requests.length, 1);
  });
}

test("a public-looking name that leads to this machine is refused, unless the guard is opened for it", async (t) => {
  const site = await serve(t, secret);
  const closed = fetcherAt(t, site, { allowPrivateAddresses: [] });
  const refusal = await closed.fetcher.get(`${closed.origin}/?token=hidden`, { maxBytes });
  assert.ok(refusal.kind === "refused");
  assert.equal(refusal.why, "address");
  assert.match(refusal.sentence, /site\.example\.org/);
  assert.doesNotMatch(refusal.sentence, /hidden/);
  assert.equal(site.requests.length, 0);

  const opened = fetcherAt(t, site);
  const answer = await opened.fetcher.get(opened.origin, { maxBytes });
  assert.ok(answer.kind === "ok");
  assert.equal(Buffer.from(answer.body).toString(), "internal secret");
});

test("a name that shows a public address first and this machine afterwards reaches nothing", async (t) => {
  const site = await serve(t, secret);
  const rebinding = () => {
    let asked = 0;
    return async () => (asked++ === 0 ? [nobody] : ["127.0.0.1"]);
  };
  const { fetcher, origin } = fetcherAt(t, site, {
    allowPrivateAddresses: [],
    resolve: rebinding(),
    connectMs: 500,
  });
  assert.equal((await fetcher.get(origin, { maxBytes })).kind, "failed");
  const second = await fetcher.get(origin, { maxBytes });
  assert.equal(second.kind === "refused" && second.why, "address");
  assert.equal(site.requests.length, 0);

  // The control: a client that checks the name and then dials it by name is led inside.
  const resolve = rebinding();
  assert.ok((await resolve()).every(isPublicAddress));
  await new Promise((done) => {
    const lookup = (
      _: string,
      __: object,
      found: (error: null, all: { address: string; family: number }[]) => void,
    ) =>
      resolve().then((all) =>
        found(
          null,
          all.map((address) => ({ address, family: 4 })),
        ),
      );
    get(origin, { lookup } as object, (response) => response.resume().on("end", done));
  });
  assert.equal(site.requests.length, 1);
});

test("of a name with a public and a private address only the public one is dialled", async (t) => {
  const site = await serve(t, secret);
  const resolve = async () => ["127.0.0.1", nobody];
  const { fetcher, origin } = fetcherAt(t, site, { allowPrivateAddresses: [], resolve, connectMs: 500 });
  assert.equal((await fetcher.get(origin, { maxBytes })).kind, "failed");
  assert.equal(site.requests.length, 0);
});

test("a redirect to this machine is refused, unless the guard is opened for that target too", async (t) => {
  const inside = await serve(t, secret);
  const site = await serve(t, (_, response) => {
    response.writeHead(302, { location: `http://127.0.0.1:${inside.port}/` }).end();
  });
  const allowPorts = [site.port, inside.port];
  const closed = fetcherAt(t, site, { allowPorts });
  const refusal = await closed.fetcher.get(closed.origin, { maxBytes });
  assert.equal(refusal.kind === "refused" && refusal.why, "address");
  assert.equal(inside.requests.length, 0);

  const allowPrivateAddresses = [`site.example.org:${site.port}`, `127.0.0.1:${inside.port}`];
  const opened = fetcherAt(t, site, { allowPorts, allowPrivateAddresses });
  assert.equal((await opened.fetcher.get(opened.origin, { maxBytes })).kind, "ok");
  assert.equal(inside.requests.length, 1);
});

const badRedirects: readonly (readonly [location: string, why: string])[] = [
  ["file:///etc/passwd", "scheme"],
  ["data:text/plain,hello", "scheme"],
  ["gopher://127.0.0.1:70/", "scheme"],
  ["http://ada:pw@site.example.org/", "credentials"],
  ["http://site.example.org:22/", "port"],
  ["http://[::1/", "redirect"],
  ["http://0x7f.1/", "address"],
  ["http://169.254.169.254/latest/meta-data/", "address"],
  ["//[::1]/", "address"],
];
for (const [location, why] of badRedirects) {
  test(`a redirect to ${location} is refused for its ${why}`, async (t) => {
    const site = await serve(t, (_, response) => response.writeHead(302, { location }).end());
    const { fetcher, origin } = fetcherAt(t, site);
    const answer = await fetcher.get(origin, { maxBytes });
    assert.equal(answer.kind === "refused" && answer.why, why);
    assert.equal(site.requests.length, 1);
  });
}

const badAddresses: readonly (readonly [address: string, why: string])[] = [
  ["not an address", "url"],
  ["//site.example.org/", "url"],
  ["https://ada:pw@:bad/", "url"],
  ["file:///etc/passwd", "scheme"],
  ["ftp://site.example.org/", "scheme"],
  ["http://site.example.org/", "scheme"],
  ["https://ada@site.example.org/", "credentials"],
  ["https://:pw@site.example.org/", "credentials"],
  ["https://site.example.org:8443/", "port"],
  ["https://site.example.org:0/", "port"],
];
for (const [address, why] of badAddresses) {
  test(`with a closed policy ${address} is refused for its ${why}, and no name is looked up`, async (t) => {
    let lookups = 0;
    const fetcher = fetcherFor(t, {
      allowHttp: ["old.example.org"],
      resolve: async () => {
        lookups += 1;
        return [];
      },
    });
    const answer = await fetcher.get(address, { maxBytes });
    assert.ok(answer.kind === "refused");
    assert.equal(answer.why, why);
    assert.doesNotMatch(answer.sentence, /pw/);
    assert.equal(lookups, 0);
  });
}

test("http is allowed for the hosts listed and only for them", async (t) => {
  const site = await serve(t, (_, response) => response.end("old"));
  const { fetcher, origin } = fetcherAt(t, site, { allowHttp: ["site.example.org"] });
  assert.equal((await fetcher.get(origin, { maxBytes })).kind, "ok");
  const other = await fetcher.get(`http://sub.site.example.org:${site.port}/`, { maxBytes });
  assert.equal(other.kind === "refused" && other.why, "scheme");
});

test("three redirects are followed and a fourth is not", async (t) => {
  const site = await serve(t, (request, response) => {
    const left = Number(request.url?.slice(1));
    if (left === 0) response.end("arrived");
    else response.writeHead(307, { location: `/${left - 1}` }).end();
  });
  const { fetcher, origin } = fetcherAt(t, site);
  assert.equal((await fetcher.get(`${origin}/3`, { maxBytes })).kind, "ok");
  const answer = await fetcher.get(`${origin}/4`, { maxBytes });
  assert.equal(answer.kind === "refused" && answer.why, "redirect");
  assert.equal(site.requests.filter((request) => request.url === "/0").length, 1);
});

test("a cookie set on the way is not carried to the next hop, nor is where we came from", async (t) => {
  const site = await serve(t, (request, response) => {
    if (request.url === "/")
      response.writeHead(302, { location: "/next", "set-cookie": "track=1; Path=/" }).end();
    else response.end("ok");
  });
  const { fetcher, origin } = fetcherAt(t, site);
  await fetcher.get(origin, { maxBytes });
  const names = Object.keys(site.requests[1]?.headers ?? {}).sort();
  assert.deepEqual(names, ["accept", "accept-encoding", "connection", "host", "user-agent"]);
});

const packers = { gzip: gzipSync, br: brotliCompressSync, deflate: deflateSync };
for (const [coding, pack] of Object.entries(packers)) {
  test(`${coding} content is unpacked, and a ${coding} bomb stops at the limit`, async (t) => {
    const bomb = pack(Buffer.alloc(30_000_000));
    assert.ok(bomb.length < maxBytes, "the bomb must pass a limit on its packed size");
    const site = await serve(t, (request, response) => {
      response.setHeader("content-encoding", coding).end(request.url === "/bomb" ? bomb : pack("bread"));
    });
    const { fetcher, origin } = fetcherAt(t, site);
    const small = await fetcher.get(origin, { maxBytes });
    assert.equal(small.kind === "ok" && Buffer.from(small.body).toString(), "bread");
    const answer = await fetcher.get(`${origin}/bomb`, { maxBytes });
    assert.equal(answer.kind === "failed" && answer.why, "too-large");
  });
}

test("packed content that unpacks to nothing for ever is stopped by its packed size", async (t) => {
  const nothing = Buffer.concat(Array.from({ length: 500 }, () => gzipSync("")));
  const site = await serve(t, (_, response) => {
    response.setHeader("content-encoding", "gzip");
    const pour = () => {
      while (!response.destroyed && response.write(nothing));
    };
    response.on("drain", pour);
    pour();
  });
  const { fetcher, origin } = fetcherAt(t, site);
  const answer = await fetcher.get(origin, { maxBytes });
  assert.equal(answer.kind === "failed" && answer.why, "too-large");
});

const undecodable: readonly (readonly [claim: string, coding: string, body: Buffer])[] = [
  ["stacked codings", "gzip, gzip", gzipSync(gzipSync("bread"))],
  ["an unknown coding", "zstd", Buffer.from("bread")],
  ["content that is not what its coding says", "gzip", Buffer.from("bread and more bread")],
  ["gzip content cut short", "gzip", gzipSync("bread and more bread").subarray(0, 20)],
  ["brotli content cut short", "br", brotliCompressSync("bread and more bread").subarray(0, 12)],
  ["brotli content that is noise", "br", Buffer.alloc(200, 0xff)],
];
for (const [claim, coding, body] of undecodable) {
  test(`${claim} is a failure of encoding`, async (t) => {
    const site = await serve(t, (_, response) => response.setHeader("content-encoding", coding).end(body));
    const { fetcher, origin } = fetcherAt(t, site);
    const answer = await fetcher.get(origin, { maxBytes });
    assert.equal(answer.kind === "failed" && answer.why, "encoding");
  });
}

test("a body of exactly the limit is taken and one byte more is not, announced or streamed", async (t) => {
  const site = await serve(t, (request, response) => {
    const body = Buffer.alloc(maxBytes + (request.url?.includes("more") ? 1 : 0));
    if (request.url?.includes("streamed"))
      response.write(body.subarray(0, 10), () => response.end(body.subarray(10)));
    else response.end(body);
  });
  const { fetcher, origin } = fetcherAt(t, site);
  for (const way of ["announced", "streamed"]) {
    assert.equal((await fetcher.get(`${origin}/${way}`, { maxBytes })).kind, "ok");
    const answer = await fetcher.get(`${origin}/${way}-more`, { maxBytes });
    assert.equal(answer.kind === "failed" && answer.why, "too-large");
  }
});

test("headers without end are refused", async (t) => {
  const site = await serve(t, (_, response) => response.setHeader("x-padding", "a".repeat(40_000)).end("ok"));
  const { fetcher, origin } = fetcherAt(t, site);
  const answer = await fetcher.get(origin, { maxBytes });
  assert.equal(answer.kind === "failed" && answer.why, "too-large");
});

const stallers: Record<string, RequestListener> = {
  "a server that never answers": () => {},
  "a body that drips byte by byte": (_, response) => {
    const drip = setInterval(() => response.write("."), 20);
    response.on("close", () => clearInterval(drip));
  },
  "a redirect loop of slow answers": (_, response) => {
    setTimeout(() => response.writeHead(302, { location: "/again" }).end(), 150);
  },
};
for (const [claim, listener] of Object.entries(stallers)) {
  test(`${claim} ends at the total time`, async (t) => {
    const { fetcher, origin } = fetcherAt(t, await serve(t, listener));
    const answer = await fetcher.get(origin, { maxBytes, totalMs: 250 });
    assert.equal(answer.kind === "failed" && answer.why, "timeout");
  });
}

test("a resolver that never answers ends at the total time", async (t) => {
  const fetcher = fetcherFor(t, { resolve: () => new Promise(() => {}), connectMs: 1_000 });
  const answer = await fetcher.get("https://site.example.org/", { maxBytes, totalMs: 100 });
  assert.equal(answer.kind === "failed" && answer.why, "timeout");
});

test("other statuses, an unknown name, a closed port and a broken answer are failures that say which", async (t) => {
  const site = await serve(t, (request, response) => {
    if (request.url === "/gone") response.writeHead(410).end("gone");
    else if (request.url === "/nowhere") response.writeHead(302).end();
    else response.writeHead(200, { "content-length": 100 }).write("half", () => response.destroy());
  });
  const { fetcher, origin } = fetcherAt(t, site);
  const gone = await fetcher.get(`${origin}/gone`, { maxBytes });
  assert.deepEqual(gone, {
    kind: "failed",
    why: "status",
    status: 410,
    sentence: `${origin}/gone answered with status 410.`,
  });
  const nowhere = await fetcher.get(`${origin}/nowhere`, { maxBytes });
  assert.equal(nowhere.kind === "failed" && nowhere.status, 302);
  const broken = await fetcher.get(`${origin}/broken`, { maxBytes });
  assert.equal(broken.kind === "failed" && broken.why, "network");

  const unknown = fetcherFor(t, {
    resolve: async () => {
      throw Object.assign(new Error("no such name"), { code: "ENOTFOUND" });
    },
  });
  const lost = await unknown.get("https://nowhere.example.org/", { maxBytes });
  assert.ok(lost.kind === "failed" && lost.why === "network");
  assert.match(lost.sentence, /nowhere\.example\.org.*ENOTFOUND/);
});

test("no more requests than allowed run at one host, and all are answered in the end", async (t) => {
  let running = 0;
  let peak = 0;
  const site = await serve(t, (_, response) => {
    running += 1;
    peak = Math.max(peak, running);
    setTimeout(() => {
      running -= 1;
      response.end("ok");
    }, 30);
  });
  const { fetcher, origin } = fetcherAt(t, site, { requestsPerHost: 2 });
  const answers = await Promise.all(Array.from({ length: 7 }, () => fetcher.get(origin, { maxBytes })));
  assert.ok(answers.every((answer) => answer.kind === "ok"));
  assert.equal(peak, 2);
});

test("the caller's signal rejects with its reason, under way or waiting", async (t) => {
  const stop = new AbortController();
  const site = await serve(t, () => stop.abort(new Error("shop is shutting")));
  const { fetcher, origin } = fetcherAt(t, site, { requestsPerHost: 1 });
  const options = { maxBytes, signal: stop.signal };
  const both = await Promise.allSettled([fetcher.get(origin, options), fetcher.get(origin, options)]);
  for (const one of both) assert.match(String(one.status === "rejected" && one.reason), /shop is shutting/);
  assert.equal(site.requests.length, 1);
});

test("closing ends what is under way and refuses what comes after", async (t) => {
  const arrived = Promise.withResolvers<void>();
  const site = await serve(t, () => arrived.resolve());
  const { fetcher, origin } = fetcherAt(t, site);
  const underWay = assert.rejects(fetcher.get(origin, { maxBytes }), /closed/);
  await arrived.promise;
  await fetcher.close();
  await underWay;
  await assert.rejects(fetcher.get(origin, { maxBytes }), /closed/);
});

test("a proxy named in the environment is not used, though this Node's own fetch uses it", async (t) => {
  const site = await serve(t, (_, response) => response.end("from the site"));
  let asked = 0;
  const proxy = createServer().on("connect", (_, socket) => {
    asked += 1;
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  await new Promise<void>((ready) => proxy.listen(0, "127.0.0.1", ready));
  t.after(() => proxy.close());
  const proxyUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const run = (script: string) =>
    promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], {
      env: { PATH: process.env.PATH, NODE_USE_ENV_PROXY: "1", HTTP_PROXY: proxyUrl, http_proxy: proxyUrl },
    });
  const place = `127.0.0.1:${site.port}`;
  await run(`await fetch("http://${place}").catch(() => {})`);
  assert.equal(asked, 1);

  const { stdout } = await run(`
    import { createFetcher } from ${JSON.stringify(new URL("./fetch.ts", import.meta.url).href)};
    const policy = { allowHttp: true, allowPorts: [${site.port}], allowPrivateAddresses: ["${place}"] };
    const fetcher = createFetcher(policy);
    const answer = await fetcher.get("http://${place}", { maxBytes: 1000 });
    console.log(answer.kind, Buffer.from(answer.body).toString());
    await fetcher.close();`);
  assert.equal(stdout.trim(), "ok from the site");
  assert.equal(asked, 1);
});

test("limits that are not positive and exceptions that are not host:port are mistakes, thrown", async (t) => {
  const fetcher = fetcherFor(t, {});
  await assert.rejects(fetcher.get("https://site.example.org/", { maxBytes: 0 }), RangeError);
  await assert.rejects(
    fetcher.get("https://site.example.org/", { maxBytes, totalMs: Number.NaN }),
    RangeError,
  );
  assert.throws(() => createFetcher({ allowPrivateAddresses: ["localhost"] }), /host:port/);
});
