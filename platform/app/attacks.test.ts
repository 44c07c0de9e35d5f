// Attacks on the app over raw HTTP: requests that no browser sends. None may be believed, none may reach a file or
// another host, and none may stop the site from answering the next visitor.

import assert from "node:assert/strict";
import { connect } from "node:net";
import { join } from "node:path";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { openLog } from "./log.ts";
import { ask, startTestSite, temporaryFolder } from "./test/notes-site.ts";

const { port } = await startTestSite({ after });
const formType = "Content-Type: application/x-www-form-urlencoded";

const stillAnswers = async () => assert.equal((await ask(port, "GET /first/")).status, 200);

test("no spelling of a path leads out of the media and asset folders", async () => {
  const steps = [
    "../",
    "..%2f",
    "%2e%2e/",
    "%2e%2e%2f",
    "..%5c",
    "..\\",
    "%252e%252e%252f",
    "....//",
    "/",
    "%00",
  ];
  for (const folder of ["/media/", "/assets/", "/favicon.", "/"]) {
    for (const step of steps) {
      const { status, text } = await ask(port, `GET ${folder}${step.repeat(4)}etc/passwd`);
      assert.ok([301, 400, 404].includes(status), `${folder}${step}: ${status}`);
      assert.doesNotMatch(text, /root:/);
    }
  }
});

test("no target sends a visitor to another site, nor a header of its own", async () => {
  const targets = [
    "//evil.example.org",
    "/%5Cevil.example.org",
    "/.//evil.example.org",
    "/..//evil.example.org",
    "%09//evil.example.org",
    "/%09/evil.example.org",
    "https:evil.example.org",
    "https://evil.example.org",
    "http://localhost:1@evil.example.org/",
    "javascript:alert(1)",
    "data:text/html,x",
    "/x%0d%0aSet-Cookie:%20a=b",
  ];
  for (const target of targets) {
    const { headers } = await ask(port, `GET /go/?to=${target}`);
    const location = headers.location ?? "/";
    assert.match(location, /^\/(?![/\\])/, target);
    assert.equal(headers["set-cookie"], undefined, target);
  }
  const { headers } = await ask(port, "GET //evil.example.org//x");
  assert.equal(headers.location, "/evil.example.org/x");
});

test("a request for another server, or in another manner, is not answered as one of ours", async () => {
  assert.equal((await ask(port, "GET http://evil.example.org/first/")).status, 400);
  assert.equal((await ask(port, "OPTIONS *")).status, 400);
  for (const method of ["TRACE", "PUT", "DELETE", "PROPFIND", "PATCH"]) {
    const { status, text } = await ask(port, `${method} /first/`, ["X-Secret: echo-me"]);
    assert.equal(status, 405, method);
    assert.doesNotMatch(text, /echo-me/, method);
  }
  await stillAnswers();
});

test("a form that another site could have sent changes nothing", async () => {
  const attempts = [
    ["Origin: null"],
    [],
    ["Origin: http://localhost:1.evil.example.org"],
    ["Sec-Fetch-Site: cross-site", "Origin: http://localhost:1"],
    ["Sec-Fetch-Site: same-site", "Origin: http://localhost:1"],
    ["Sec-Fetch-Site: "],
    ["Sec-Fetch-Site: same-origin, cross-site"],
  ];
  for (const headers of attempts) {
    const { status } = await ask(
      port,
      "POST /notes/",
      [...headers, formType, "Content-Length: 18"],
      "slug=forged&text=x",
    );
    assert.equal(status, 403, headers.join(" "));
  }
  const typed = await ask(
    port,
    "POST /notes/",
    ["Sec-Fetch-Site: same-origin", "Content-Type: text/plain", "Content-Length: 18"],
    "slug=forged&text=x",
  );
  assert.equal(typed.status, 415);
  assert.equal((await ask(port, "GET /forged/")).status, 404);
});

test("a body is never unpacked, and never read beyond its limit", async () => {
  const own = ["Sec-Fetch-Site: same-origin", formType];
  const bomb = gzipSync(Buffer.alloc(50_000, "a")).toString("latin1");
  const packed = await ask(
    port,
    "POST /notes/",
    [...own, "Content-Encoding: gzip", `Content-Length: ${Buffer.byteLength(bomb)}`],
    bomb,
  );
  assert.equal(packed.status, 400);
  const piece = `8000\r\n${"a".repeat(0x8000)}\r\n`;
  const long = await ask(
    port,
    "POST /notes/",
    [...own, "Transfer-Encoding: chunked"],
    `${piece.repeat(3)}0\r\n\r\n`,
  );
  assert.equal(long.status, 413);
  const fields = "a=b&".repeat(16_000);
  assert.ok(
    (await ask(port, "POST /notes/", [...own, `Content-Length: ${fields.length}`], fields)).status < 500,
  );
});

test("a length and an encoding together, or two lengths, are refused: proxies differ about them", async () => {
  const both = await ask(
    port,
    "POST /notes/",
    ["Sec-Fetch-Site: same-origin", formType, "Content-Length: 3", "Transfer-Encoding: chunked"],
    "0\r\n\r\n",
  );
  assert.equal(both.status, 400);
  const two = await ask(
    port,
    "POST /notes/",
    ["Sec-Fetch-Site: same-origin", formType, "Content-Length: 3", "Content-Length: 4"],
    "a=bc",
  );
  assert.equal(two.status, 400);
  assert.equal(
    (await ask(port, "GET /first/", ["Transfer-Encoding: chunked"], "3\r\nabc\r\n0\r\n\r\n")).status,
    400,
  );
});

test("visitors who hang up in the middle leave the site as it was", async () => {
  const starts = [
    "GET /fir",
    `POST /notes/ HTTP/1.1\r\nHost: localhost:${port}\r\nSec-Fetch-Site: same-origin\r\n${formType}\r\nContent-Length: 100\r\n\r\nslug=`,
    `GET /slow/ HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`,
  ];
  for (const start of starts) {
    const socket = connect(port, "127.0.0.1");
    await new Promise<void>((resolve) => socket.write(start, () => resolve()));
    socket.resetAndDestroy();
  }
  await stillAnswers();
});

test("header values built to be slow to read are read at once", async () => {
  const headers = [
    `Accept: ${"application/".repeat(1200)}`,
    `Accept: application/${"a.-+".repeat(3500)}`,
    `Accept-Encoding: ${"br;q=0,".repeat(2000)}`,
    `If-None-Match: ${"W/,".repeat(4500)}`,
    `If-Modified-Since: ${"9".repeat(14_000)}`,
  ];
  for (const header of headers)
    assert.equal((await ask(port, "GET /first/", [header])).status, 200, header.slice(0, 40));
});

test("the metrics are not shown to whoever a proxy speaks for, whichever header it adds", async () => {
  assert.equal((await ask(port, "GET /metrics")).status, 200);
  for (const header of [
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "X-Real-IP",
    "Forwarded",
    "Via",
  ]) {
    const { status, text } = await ask(port, "GET /metrics", [`${header}: 198.51.100.7`]);
    assert.equal(status, 403, header);
    assert.doesNotMatch(text, /process_cpu/, header);
  }
});

test("what a visitor chooses does not become a label of the metrics", async () => {
  await ask(port, "GET /made-up-by-a-visitor/", ["X-Request-Id: made-up-by-a-visitor"]);
  await ask(port, "GET /media/made-up-by-a-visitor");
  assert.doesNotMatch((await ask(port, "GET /metrics")).text, /made-up/);
});

test("an error cannot steer the terminal that shows it", async (t) => {
  const shown: string[] = [];
  const directory = join(await temporaryFolder(t), "log");
  const log = await openLog("notes", "info", { kind: "files", directory, show: (line) => shown.push(line) });
  log.logger.error(
    { err: new Error("\u001b[2J\u009b31mred\u0007"), method: "GET", path: "/\u001b]0;x\u0007" },
    "a page failed",
  );
  log.close();
  assert.match(shown.join(""), /red/);
  assert.doesNotMatch(shown.join(""), /[\u001b\u009b\u0007]/);
});
