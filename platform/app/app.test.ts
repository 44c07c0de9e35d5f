// The app through real HTTP: what visitors, browsers, machines and attackers get.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { ask, plainViews, startTestSite } from "./test/notes-site.ts";

const { port, data } = await startTestSite({ after });
const own = [`Origin: http://localhost:1`, "Content-Type: application/x-www-form-urlencoded"];
const postForm = (body: string, headers: string[]) =>
  ask(port, "POST /notes/", [...headers, `Content-Length: ${Buffer.byteLength(body)}`], body);

test("a page is drawn with its props inside the site's and the service's shell", async () => {
  const { status, headers, text } = await ask(port, "GET /first/");
  assert.equal(status, 200);
  assert.equal(headers["content-type"], "text/html; charset=utf-8");
  assert.match(text, /~note/);
  assert.match(text, /"text":"The first note"/);
  assert.match(text, /"navigation":\["home","about"\]/);
  assert.match(text, /"stylesheet":"\/assets\/style\.0123456789abcdef\.css"/);
  assert.equal(Number(headers["content-length"]), Buffer.byteLength(text));
});

test("every kind of answer carries the security headers", async () => {
  for (const path of [
    "/first/",
    "/feed.xml",
    "/nowhere/",
    "/go/",
    "/fails/",
    "/%zz",
    "/healthz",
    "/favicon.svg",
    "/first",
  ]) {
    const { headers, status } = await ask(port, `GET ${path}`);
    const policy = headers["content-security-policy"] ?? "";
    assert.match(policy, /default-src 'none'/, `${path} ${status}`);
    assert.doesNotMatch(policy, /script-src (?!'none')/, path);
    assert.equal(headers["x-content-type-options"], "nosniff", path);
    assert.equal(headers["referrer-policy"], "strict-origin-when-cross-origin", path);
    assert.equal(
      headers["strict-transport-security"],
      undefined,
      "a plain http origin must not promise https",
    );
  }
});

test("an https origin promises https, and only its own host and the listed ones are answered", async (t) => {
  const { port } = await startTestSite(t, { origin: "https://co-op.example.org" });
  const good = await ask(port, "GET /first/", ["Host: Co-op.Example.org"]);
  assert.equal(good.status, 200);
  assert.match(good.headers["strict-transport-security"] ?? "", /max-age=\d{8}/);
  assert.equal((await ask(port, "GET /first/", ["Host: notes.example.org"])).status, 200);
  assert.equal((await ask(port, "GET /first/")).status, 421, "localhost is not its name");
});

test("a foreign or malformed Host is refused and never repeated", async () => {
  const hosts: [string, number][] = [
    ["evil.example.org", 421],
    ["evil.example.org:80", 421],
    [`localhost:${port}.evil.example.org`, 400],
    [`evil.example.org@localhost:${port}`, 400],
    [`localhost:${port}/evil`, 400],
    [`localhost:${port + 1}`, 421],
    ["localhost", 421],
    ["[::1", 400],
    ["%6cocalhost", 400],
  ];
  for (const [host, expected] of hosts) {
    const { status, text, headers } = await ask(port, "GET /first", [`Host: ${host}`]);
    assert.equal(status, expected, host);
    assert.doesNotMatch(text + JSON.stringify(headers), /evil/, host);
    assert.ok(headers["content-security-policy"], host);
  }
  const twice = await ask(port, "GET /first/", [`Host: localhost:${port}`, "Host: evil.example.org"]);
  assert.ok(twice.status === 200 || twice.status === 400);
  assert.doesNotMatch(twice.text, /evil/);
  for (const name of ["127.0.0.1", "[::1]"]) {
    assert.equal((await ask(port, "GET /first/", [`Host: ${name}:${port}`])).status, 200, name);
  }
});

test("hostile paths get 400 or 404, never a page of ours and never a 500", async () => {
  const paths: [string, number][] = [
    ["/%", 400],
    ["/%zz/", 400],
    ["/%ff/", 400],
    ["/%c0%ae%c0%ae/", 400],
    ["/a%00b/", 400],
    ["/../etc/passwd", 400],
    ["/%2e%2e/etc/passwd", 400],
    ["/.%2e/", 400],
    ["/./first/", 400],
    ["/a\\b/", 400],
    ["/%5c%5cevil.example.org/", 400],
    ["/a%0d%0aX-Bad:1/", 400],
    ["/first/#part", 400],
    [`/${"a".repeat(9000)}`, 400],
    ["http://evil.example.org/", 400],
    ["*", 400],
    ["/.git/config", 404],
    ["/%f0%9f%8c%b9/", 404],
    ["/__proto__/", 404],
    ["/assets/../start.ts", 400],
    ["/assets/nothing.css", 404],
    ["/media/%2e%2e%2f%2e%2e%2fstart.ts", 400],
    ["/media/0123456789abcdef0123456789abcdef.webp", 404],
  ];
  for (const [path, expected] of paths) {
    const { status, text } = await ask(port, `GET ${path}`);
    assert.equal(status, expected, path);
    assert.doesNotMatch(text, /\bat [\w.<>]+ \(|node_modules|\.ts:\d/, path);
  }
});

test("hostile queries are refused and harmless ones pass", async () => {
  for (const query of ["%", "q=%zz", "q=%ff", "q=a%00b", "%00", "q=caf%e9"]) {
    assert.equal((await ask(port, `GET /search/?${query}`)).status, 400, query);
  }
  for (const query of [
    "",
    "q=a+b",
    "q=%F0%9F%8C%B9",
    "q=1&q=2",
    "q",
    "=",
    "q=a\\b",
    "a[b]=1",
    "q=../../x",
    `q=${"x".repeat(4000)}`,
  ]) {
    assert.equal((await ask(port, `GET /search/?${query}`)).status, 200, query);
  }
});

test("a path without its slash is redirected once, with its query", async () => {
  const { status, headers } = await ask(port, "GET /first?a=1&b=%2F");
  assert.equal(status, 301);
  assert.equal(headers.location, "/first/?a=1&b=%2F");
});

test("doubled slashes become single ones and never another site", async () => {
  for (const [path, location] of [
    ["//evil.example.org/", "/evil.example.org/"],
    ["//evil.example.org", "/evil.example.org"],
    ["///evil.example.org//x//?y=//z", "/evil.example.org/x/?y=//z"],
    ["/first//", "/first/"],
  ]) {
    const { status, headers } = await ask(port, `GET ${path}`);
    assert.equal(status, 301, path);
    assert.equal(headers.location, location, path);
  }
});

test("a page cannot be talked into redirecting to another site or into writing a header", async () => {
  for (const to of [
    "//evil.example.org/",
    "/\\evil.example.org/",
    "\\\\evil.example.org",
    "https://evil.example.org/",
    "javascript:alert(1)",
    "data:text/html,x",
    "/.//evil.example.org",
    "%2509//evil.example.org",
    "evil",
    "http://localhost:1@evil.example.org/",
  ]) {
    const { status, headers } = await ask(port, `GET /go/?to=${encodeURIComponent(to)}`);
    assert.equal(status, 400, to);
    assert.equal(headers.location, undefined, to);
  }
  const split = await ask(port, `GET /go/?to=${encodeURIComponent("/a\r\nSet-Cookie: b=c/ü")}`);
  assert.equal(split.status, 302);
  assert.equal(split.headers.location, "/aSet-Cookie:%20b=c/%C3%BC");
  assert.equal(split.headers["set-cookie"], undefined);
});

test("an old address is redirected, with and without a route for it", async () => {
  for (const path of ["/2019/05/first-note", "/moved/"]) {
    const { status, headers } = await ask(port, `GET ${path}`);
    assert.equal(status, 301, path);
    assert.equal(headers.location, "/first/", path);
  }
});

test("other methods are answered 405 with what is allowed", async () => {
  for (const [line, allow] of [
    ["POST /first/", "GET, HEAD"],
    ["DELETE /first/", "GET, HEAD"],
    ["TRACE /first/", "GET, HEAD"],
    ["OPTIONS /feed.xml", "GET, HEAD"],
    ["GET /notes/nothing/here/", undefined],
    ["PUT /assets/style.0123456789abcdef.css", "GET, HEAD"],
  ] as const) {
    const { status, headers } = await ask(
      port,
      line,
      line.startsWith("POST") ? [...own, "Content-Length: 0"] : [],
    );
    assert.equal(status, allow === undefined ? 404 : 405, line);
    assert.equal(headers.allow, allow, line);
  }
});

test("HEAD has the headers of GET and no body", async () => {
  for (const path of ["/", "/feed.xml", "/nowhere/", "/assets/style.0123456789abcdef.css", "/healthz"]) {
    const got = await ask(port, `GET ${path}`);
    const head = await ask(port, `HEAD ${path}`);
    assert.equal(head.status, got.status, path);
    assert.equal(head.body.byteLength, 0, path);
    assert.equal(head.headers.etag, got.headers.etag, path);
    assert.equal(head.headers["content-length"], got.headers["content-length"], path);
  }
});

test("an unchanged page is answered 304, for its ETag or its date", async () => {
  const { headers } = await ask(port, "GET /");
  const { etag = "", "last-modified": modified } = headers;
  assert.match(etag, /^"[\w-]{27}"$/);
  assert.equal(modified, "Fri, 01 Mar 2024 10:00:00 GMT");
  for (const condition of [
    `If-None-Match: ${etag}`,
    `If-None-Match: "x", W/${etag}`,
    "If-None-Match: *",
    `If-Modified-Since: ${modified}`,
  ]) {
    const again = await ask(port, "GET /", [condition]);
    assert.equal(again.status, 304, condition);
    assert.equal(again.body.byteLength, 0);
    assert.equal(again.headers.etag, etag);
  }
  for (const condition of [
    `If-None-Match: "x"`,
    "If-Modified-Since: Fri, 01 Mar 2024 09:59:59 GMT",
    "If-Modified-Since: nonsense",
  ]) {
    assert.equal((await ask(port, "GET /", [condition])).status, 200, condition);
  }
  const both = await ask(port, "GET /", [`If-None-Match: "x"`, `If-Modified-Since: ${modified}`]);
  assert.equal(both.status, 200, "the ETag wins over the date");
});

test("texts are compressed as the browser takes them, each encoding with its own ETag", async () => {
  const plain = await ask(port, "GET /");
  assert.equal(plain.headers.vary, "Accept-Encoding");
  const etags = new Set([plain.headers.etag]);
  for (const [header, encoding] of [
    ["gzip, deflate, br, zstd", "br"],
    ["gzip", "gzip"],
    ["br;q=0, gzip;q=0.5", "gzip"],
    ["*", "identity"],
    ["identity", "identity"],
    ["brotli, xgzip", "identity"],
  ] as const) {
    const { headers, body } = await ask(port, "GET /", [`Accept-Encoding: ${header}`]);
    assert.equal(headers["content-encoding"] ?? "identity", encoding, header);
    const decoded =
      encoding === "br" ? brotliDecompressSync(body) : encoding === "gzip" ? gunzipSync(body) : body;
    assert.deepEqual(decoded, plain.body, header);
    assert.equal(Number(headers["content-length"]), body.byteLength);
    etags.add(headers.etag);
  }
  assert.equal(etags.size, 3);
  const small = await ask(port, "GET /first/", ["Accept-Encoding: br"]);
  assert.equal(small.headers["content-encoding"], undefined, "a small text is sent as it is");
});

test("a fault shows a sentence and the request's id, and nothing of the error", async () => {
  for (const path of ["/fails/", "/bad-view/"]) {
    const { status, text, headers } = await ask(port, `GET ${path}`, ["X-Request-Id: from-the-proxy-1"]);
    assert.equal(status, 500);
    assert.match(text, /~error-page/);
    assert.match(text, /from-the-proxy-1/);
    assert.doesNotMatch(text, /secret|broken/);
    assert.equal(headers["cache-control"], "no-store");
  }
  const log = await readFile(join(data, "log/notes.log"), "utf8");
  assert.match(log, /the secret of the fault/);
});

test("errors come as JSON to who asks for it, and otherwise as a page", async () => {
  const json = await ask(port, "GET /nowhere/", ["Accept: application/json"]);
  assert.equal(json.headers["content-type"], "application/json; charset=utf-8");
  const { error } = JSON.parse(json.text);
  assert.deepEqual(
    { ...error, requestId: "" },
    { status: 404, sentence: "There is no page at this address.", requestId: "" },
  );
  assert.equal(error.requestId, json.headers["x-request-id"]);
  const page = await ask(port, "GET /nowhere/", ["Accept: text/html,application/json;q=0.9,*/*;q=0.8"]);
  assert.match(page.text, /"hint":"Look at the list\."/);
  const unclear = await ask(port, "GET /unclear/");
  assert.equal(unclear.status, 400);
  assert.match(unclear.text, /Say &lt;which&gt; page\./);
  assert.equal((await ask(port, "GET /gone/")).status, 410);
});

test("when the site's own error page fails too, a plain one is shown", async (t) => {
  const views = {
    ...plainViews,
    render() {
      throw new Error("nothing can be drawn");
    },
  };
  const { port } = await startTestSite(t, { views });
  const { status, text } = await ask(port, "GET /first/");
  assert.equal(status, 500);
  assert.match(text, /<h1>Something went wrong<\/h1>/);
  assert.doesNotMatch(text, /nothing can be drawn/);
});

test("only a well-formed request id of a proxy is taken over", async () => {
  assert.equal(
    (await ask(port, "GET /first/", ["X-Request-Id: abcdefgh-1"])).headers["x-request-id"],
    "abcdefgh-1",
  );
  for (const bad of ["short", "a".repeat(65), "abcdefgh<script>", "abcdefgh i"]) {
    assert.match(
      (await ask(port, "GET /first/", [`X-Request-Id: ${bad}`])).headers["x-request-id"] ?? "",
      /^[0-9a-f-]{36}$/,
    );
  }
});

test("a form from the site's own page is taken, by either header that browsers send", async () => {
  for (const [slug, header] of [
    ["one", "Origin: http://localhost:1"],
    ["two", "Sec-Fetch-Site: same-origin"],
    ["three", "Sec-Fetch-Site: none"],
  ] as const) {
    const { status, headers } = await postForm(`slug=${slug}&text=a+%26+b`, [
      header,
      "Content-Type: application/x-www-form-urlencoded; charset=UTF-8",
    ]);
    assert.equal(status, 303, header);
    assert.equal(headers.location, `/${slug}/`);
    assert.match((await ask(port, `GET /${slug}/`)).text, /"text":"a & b"/);
  }
});

test("a form from anywhere else is refused and does nothing", async () => {
  const type = "Content-Type: application/x-www-form-urlencoded";
  for (const headers of [
    [],
    ["Origin: https://evil.example.org"],
    ["Origin: null"],
    ["Origin: http://localhost:1.evil.example.org"],
    ["Sec-Fetch-Site: cross-site"],
    ["Sec-Fetch-Site: same-site"],
    ["Sec-Fetch-Site: cross-site", "Origin: http://localhost:1"],
    ["Referer: http://localhost:1/"],
  ]) {
    assert.equal((await postForm("slug=forged&text=x", [...headers, type])).status, 403, headers.join());
  }
  assert.equal((await ask(port, "GET /forged/")).status, 404);
});

test("a form that is too large, of another type or malformed is refused", async () => {
  const [origin = "", type = ""] = own;
  const large = `text=${"x".repeat(70_000)}`;
  assert.equal((await postForm(large, own)).status, 413);
  const chunk = "x".repeat(40_000);
  const chunks = `${chunk.length.toString(16)}\r\n${chunk}\r\n`.repeat(2);
  assert.equal(
    (await ask(port, "POST /notes/", [...own, "Transfer-Encoding: chunked"], `${chunks}0\r\n\r\n`)).status,
    413,
  );
  assert.equal((await postForm("{}", [origin, "Content-Type: application/json"])).status, 415);
  assert.equal((await postForm("x", [origin, "Content-Type: text/plain"])).status, 415);
  for (const body of ["slug=%zz", "slug=a%00b", "slug=%ff", "slug=ü"]) {
    assert.equal((await postForm(body, [origin, type])).status, 400, body);
  }
});

test("a body where none belongs is refused", async () => {
  assert.equal((await ask(port, "GET /first/", ["Content-Length: 3"], "abc")).status, 400);
  assert.equal((await ask(port, "GET /first/", ["Content-Length: 0"])).status, 200);
});

test("the stylesheet and the icon are served to be kept, and only under their own names", async () => {
  const sheet = await ask(port, "GET /assets/style.0123456789abcdef.css");
  assert.equal(sheet.headers["cache-control"], "public, max-age=31536000, immutable");
  assert.equal(sheet.headers["content-type"], "text/css; charset=utf-8");
  assert.equal((await ask(port, "GET /assets/style.css")).status, 404);
  for (const path of ["/favicon.svg", "/favicon.ico"]) {
    const icon = await ask(port, `GET ${path}`);
    assert.equal(icon.status, 200);
    assert.match(icon.headers["content-security-policy"] ?? "", /sandbox/);
  }
});

test("health is answered under any Host; readiness asks the database", async () => {
  for (const path of ["/healthz", "/readyz"]) {
    const { status, headers } = await ask(port, `GET ${path}`, ["Host: 10.0.0.7"]);
    assert.equal(status, 200, path);
    assert.equal(headers["cache-control"], "no-store");
  }
});

test("the metrics count by route pattern and are kept from the outside", async () => {
  await ask(port, "GET /some-unique-path/");
  const { status, text } = await ask(port, "GET /metrics");
  assert.equal(status, 200);
  assert.match(text, /http_requests_total\{service="notes",method="GET",route="\/:slug\/",status="2xx"\} \d/);
  assert.match(text, /nodejs_eventloop_lag_seconds/);
  assert.doesNotMatch(text, /some-unique-path/);
  assert.equal((await ask(port, "GET /metrics", ["X-Forwarded-For: 203.0.113.9"])).status, 403);
});

test("the log has a line per request, without query values", async () => {
  await ask(port, "GET /search/?q=a-private-question", ["X-Request-Id: look-for-this"]);
  const lines = (await readFile(join(data, "log/notes.log"), "utf8"))
    .split("\n")
    .filter((line) => line.includes("look-for-this"));
  assert.equal(lines.length, 1);
  const { method, path, status, service, ms } = JSON.parse(lines[0] ?? "{}");
  assert.deepEqual(
    { method, path, status, service },
    { method: "GET", path: "/search/", status: 200, service: "notes" },
  );
  assert.equal(typeof ms, "number");
  assert.doesNotMatch(lines.join(), /a-private-question/);
});
