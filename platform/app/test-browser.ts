// The browser that tests look at pages with: which one it is, and how it is started.
// Promise: where there is none, tests are skipped aloud. ROSE_ASH_TEST_BROWSER names another, or “none”.
import { existsSync } from "node:fs";

const named = process.env.ROSE_ASH_TEST_BROWSER;
const known = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** What playwright's `chromium.launch` takes, and why tests with it are skipped, or false. */
export function findTestBrowser() {
  const executablePath = named === "none" ? undefined : (named ?? known.find((path) => existsSync(path)));
  const skip = executablePath
    ? false
    : "SKIPPED: there is no Chromium here (Debian: apt-get install chromium)";
  if (skip) console.error(skip);
  const launch = { executablePath: executablePath ?? "", args: flags };
  return { launch, skip } as const;
}

const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
