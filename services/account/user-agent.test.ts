// What is said of browsers, and that nothing else of the header is kept.
import assert from "node:assert/strict";
import { test } from "node:test";
import { summariseUserAgent } from "./user-agent.ts";

test("browsers are called what people call them", () => {
  const cases: [string, string][] = [
    ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"],
    [
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
      "Chrome on Windows",
    ],
    [
      "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
      "Edge on Windows",
    ],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15",
      "Safari on Mac",
    ],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 CriOS/140.0 Mobile/15E148 Safari/604.1",
      "Chrome on iPhone",
    ],
    [
      "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36",
      "Chrome on Android",
    ],
  ];
  for (const [header, summary] of cases) assert.equal(summariseUserAgent(header), summary);
});

test("an unknown, missing or hostile header gives nothing of itself", () => {
  assert.equal(summariseUserAgent(undefined), "A browser");
  assert.equal(summariseUserAgent("curl/8.0 secret-token"), "A browser");
  assert.equal(summariseUserAgent("<script>alert(1)</script> Linux"), "A browser on Linux");
  assert.equal(summariseUserAgent(`${"x".repeat(100_000)} Firefox/1`), "A browser");
});
