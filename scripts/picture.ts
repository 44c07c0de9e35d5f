// Makes docs/demo.png, the picture in the README: the demo's front page on a desktop and on a phone, side by
// side. Usage: node scripts/picture.ts ADDRESS, with a demo running there (./dev.sh --demo) and Chromium installed.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";

const browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

async function shoot(
  browser: Browser,
  address: string,
  width: number,
  height: number,
  scheme: "light" | "dark",
): Promise<string> {
  const page = await browser.newPage({
    viewport: { width, height },
    colorScheme: scheme,
    deviceScaleFactor: 1,
  });
  await page.goto(address);
  const picture = await page.screenshot();
  await page.close();
  return `data:image/png;base64,${picture.toString("base64")}`;
}

async function main(address: string | undefined): Promise<number> {
  const executablePath = browsers.find((path) => existsSync(path));
  if (!address || !executablePath) {
    console.error(
      "Usage: node scripts/picture.ts ADDRESS, with the demo running there and Chromium installed.",
    );
    return 2;
  }
  const browser = await chromium.launch({
    executablePath,
    args: ["--headless", "--no-sandbox", "--disable-gpu"],
  });
  try {
    const desktop = await shoot(browser, address, 1200, 860, "light");
    const phone = await shoot(browser, address, 390, 860, "dark");
    const page = await browser.newPage({ viewport: { width: 1280, height: 640 } });
    const frame = "border-radius:10px;box-shadow:0 6px 24px #0003;height:580px;width:auto";
    await page.setContent(
      `<body style="margin:0;padding:30px;display:flex;gap:30px;justify-content:center;background:#e9e2dd"><img style="${frame}" src="${desktop}"><img style="${frame}" src="${phone}"></body>`,
    );
    await page.screenshot({ path: join(import.meta.dirname, "../docs/demo.png") });
  } finally {
    await browser.close();
  }
  return 0;
}

process.exitCode = await main(process.argv[2]);
