// The guarded client over https: certificates are checked, and a redirect may not leave https.
// The certificate is made here, so that no private key is kept in the repository.
import assert from "node:assert/strict";
import { generateKeyPairSync, sign } from "node:crypto";
import { createServer, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import { createFetcher, type Fetcher } from "./fetch.ts";

const maxBytes = 10_000;

/** One DER element: tag, length, content (X.690). */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const size = content.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

/** A self-signed certificate for `host` (RFC 5280, ECDSA with SHA-256), valid for most of this century. */
function certificateFor(host: string): { cert: string; key: string } {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const sequence = (...parts: Uint8Array[]) => der(0x30, ...parts);
  const objectId = (hex: string) => der(0x06, Buffer.from(hex, "hex"));
  const algorithm = sequence(objectId("2a8648ce3d040302"));
  const name = sequence(der(0x31, sequence(objectId("550403"), der(0x0c, Buffer.from(host)))));
  const validity = sequence(
    der(0x18, Buffer.from("20200101000000Z")),
    der(0x18, Buffer.from("20900101000000Z")),
  );
  const alternativeNames = sequence(der(0x82, Buffer.from(host)));
  const extensions = der(0xa3, sequence(sequence(objectId("551d11"), der(0x04, alternativeNames))));
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    algorithm,
    name,
    validity,
    name,
    publicKey.export({ type: "spki", format: "der" }),
    extensions,
  );
  const signature = der(0x03, Buffer.from([0]), sign("sha256", body, privateKey));
  const base64 = sequence(body, algorithm, signature).toString("base64").replace(/.{64}/g, "$&\n");
  const cert = `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`;
  return { cert, key: privateKey.export({ type: "pkcs8", format: "pem" }).toString() };
}

const identity = certificateFor("site.example.org");

async function serveTls(t: TestContext, listener: RequestListener): Promise<number> {
  const server = createTlsServer({ cert: identity.cert, key: identity.key }, listener);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

function fetcherFor(t: TestContext, ports: readonly number[], trusted: boolean): Fetcher {
  const hosts = ["site.example.org", "other.example.org"];
  const fetcher = createFetcher({
    allowHttp: true,
    allowPorts: ports,
    allowPrivateAddresses: hosts.flatMap((host) => ports.map((port) => `${host}:${port}`)),
    resolve: async () => ["127.0.0.1"],
    ...(trusted ? { trustedCertificates: identity.cert } : {}),
  });
  t.after(() => fetcher.close());
  return fetcher;
}

test("a site with a trusted certificate for its name is fetched", async (t) => {
  const port = await serveTls(t, (_, response) => response.end("bread"));
  const answer = await fetcherFor(t, [port], true).get(`https://site.example.org:${port}/`, { maxBytes });
  assert.equal(answer.kind === "ok" && Buffer.from(answer.body).toString(), "bread");
});

test("a certificate for another name, or one nobody vouches for, ends the request before it is sent", async (t) => {
  let requests = 0;
  const port = await serveTls(t, (_, response) => {
    requests += 1;
    response.end("bread");
  });
  const misnamed = await fetcherFor(t, [port], true).get(`https://other.example.org:${port}/`, { maxBytes });
  assert.ok(misnamed.kind === "failed" && misnamed.why === "network");
  assert.match(misnamed.sentence, /ALTNAME/);
  const unknown = await fetcherFor(t, [port], false).get(`https://site.example.org:${port}/`, { maxBytes });
  assert.ok(unknown.kind === "failed" && unknown.why === "network");
  assert.match(unknown.sentence, /SELF_SIGNED|UNABLE_TO_VERIFY/);
  assert.equal(requests, 0);
});

test("a redirect from https to http is refused though http is allowed; the other way is followed", async (t) => {
  let plainRequests = 0;
  const plain = createServer((_, response) => {
    plainRequests += 1;
    response.writeHead(301, { location: `https://site.example.org:${tlsPort}/safe` }).end();
  });
  await new Promise<void>((ready) => plain.listen(0, "127.0.0.1", ready));
  t.after(() => {
    plain.closeAllConnections();
    plain.close();
  });
  const plainPort = (plain.address() as AddressInfo).port;
  const tlsPort = await serveTls(t, (request, response) => {
    if (request.url === "/safe") response.end("safe");
    else response.writeHead(302, { location: `http://site.example.org:${plainPort}/` }).end();
  });
  const fetcher = fetcherFor(t, [plainPort, tlsPort], true);

  const down = await fetcher.get(`https://site.example.org:${tlsPort}/`, { maxBytes });
  assert.equal(down.kind === "refused" && down.why, "redirect");
  assert.equal(plainRequests, 0);

  const up = await fetcher.get(`http://site.example.org:${plainPort}/`, { maxBytes });
  assert.equal(up.kind === "ok" && up.url, `https://site.example.org:${tlsPort}/safe`);
});
