// Code of the renderers in a real browser: modules become one plain script, their types taken off, and a page
// runs it and says one text. Only for tests; where there is no Chromium they say so aloud and are skipped.

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const named = process.env.ROSE_ASH_TEST_BROWSER;
const known = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const browser = named === "none" ? undefined : (named ?? known.find((path) => existsSync(path)));

/** False where there is a browser, else why tests are skipped. */
export const skip = browser ? false : "SKIPPED: there is no Chromium here (Debian: apt-get install chromium)";
if (skip) console.error(skip);

const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
];

/** Modules and all they import as one expression that gives what those modules export. */
export function bundleModules(entries: readonly string[]): string {
  const done = new Map<string, string>();
  const parts: string[] = [];
  const include = (file: string): string => {
    const earlier = done.get(file);
    if (earlier !== undefined) return earlier;
    const name = `module${done.size}`;
    done.set(file, name);
    const exported: string[] = [];
    const text = stripTypeScriptTypes(readFileSync(file, "utf8"))
      .replace(/^import\s*\{([^}]*)\}\s*from\s*"([^"]+)";/gm, (_all, names: string, path: string) => {
        const bindings = names.replace(/\s+as\s+/g, ": ");
        return `const {${bindings}} = ${include(join(dirname(file), path))};`;
      })
      .replace(/^export (?=(?:function|class|const) (\w+))/gm, (_all, id: string) => {
        exported.push(id);
        return "";
      });
    parts.push(`const ${name} = (() => {\n${text}\nreturn { ${exported.join(", ")} };\n})();`);
    return name;
  };
  const own = entries.map((entry) => `...${include(entry)}`);
  return `(() => {\n${parts.join("\n")}\nreturn { ${own.join(", ")} };\n})()`;
}

/** What a script, run in an empty page, gives as JSON. `data` is there as `data`. */
export function runInBrowser(script: string, data: unknown): unknown {
  const folder = mkdtempSync(join(tmpdir(), "sx-browser-"));
  try {
    const page = join(folder, "page.html");
    const literal = (value: unknown) => JSON.stringify(value).replaceAll("<", "\\u003c");
    writeFileSync(
      page,
      `<!DOCTYPE html><meta charset="utf-8"><body><script>
        let answer;
        try { answer = { is: new Function("data", ${literal(script)})(${literal(data)}) }; } catch (error) { answer = { failed: String(error.stack) }; }
        document.body.textContent = "ANSWER " + btoa(unescape(encodeURIComponent(JSON.stringify(answer)))) + " END";
      </script>`,
    );
    const words = [
      ...flags,
      `--user-data-dir=${join(folder, "profile")}`,
      "--dump-dom",
      pathToFileURL(page).href,
    ];
    const { stdout, stderr } = spawnSync(browser as string, words, {
      encoding: "utf8",
      maxBuffer: 1 << 28,
      timeout: 300_000,
    }); // skip was looked at
    const answer = /ANSWER (\S+) END/.exec(stdout)?.[1];
    if (answer === undefined)
      throw new Error(`the browser gave no answer: ${stdout.slice(-300)} ${stderr.slice(-600)}`);
    const { is, failed } = JSON.parse(Buffer.from(answer, "base64").toString("utf8"));
    if (failed !== undefined) throw new Error(`the script failed in the browser: ${failed}`);
    return is;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
