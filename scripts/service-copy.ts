// A service made from the template: its files under another name, and its section of the configuration.
// Nothing that exists is overwritten.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { forbiddenNames } from "./check/names.ts";
import { listFiles } from "./check/project-files.ts";

const template = join(import.meta.dirname, "service-template");

/** Why a service cannot have this name in the project `root`; null when it can. */
export function refuseName(root: string, name: string): string | null {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name)) {
    return `“${name}” cannot be a service's name: use lower-case letters, digits and hyphens, like gift-cards.`;
  }
  if (forbiddenNames.has(name)) return `“${name}” would fit anything: name the service after what it owns.`;
  if (existsSync(join(root, "services", name)))
    return `services/${name} is there already: choose another name.`;
  return null;
}

/** Writes services/<name>/ below `root`; answers the files, relative to it. */
export function createService(root: string, name: string): string[] {
  const files = listFiles(template);
  for (const file of files) {
    const target = join(root, "services", name, file);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, rename(readFileSync(join(template, file), "utf8"), name), { flag: "wx" });
  }
  // A longer name makes longer lines.
  execFileSync(
    join(import.meta.dirname, "../node_modules/.bin/biome"),
    ["check", "--write", `services/${name}`],
    {
      cwd: root,
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
  return files;
}

/** Lower case in names and prose, upper case in variables of the environment. */
function rename(text: string, name: string): string {
  return text.replaceAll("sample", name).replaceAll("SAMPLE", name.toUpperCase().replaceAll("-", "_"));
}

/** The section was added, or it is for the reader to add these lines. */
export type ConfigurationOutcome =
  | { readonly kind: "added"; readonly origin: string }
  | { readonly kind: "by-hand"; readonly lines: string };

/** Adds a section with the next free port, where the file ends with the services as it does from the start. */
export function addToConfiguration(root: string, name: string): ConfigurationOutcome {
  const file = join(root, "config/rose-ash.yaml");
  const text = readFileSync(file, "utf8").trimEnd();
  const ports = [...text.matchAll(/origin:\s*http:\/\/localhost:(\d+)/g)].map(([, port]) => Number(port));
  const origin = `http://localhost:${Math.max(8000, ...ports) + 1}`;
  const lines = `  ${name}:\n    origin: ${origin}\n`;
  const sections = [...text.matchAll(/^([A-Za-z]\w*):/gm)].map(([, section]) => section);
  if (sections.at(-1) !== "services" || !/^services:\s*$/m.test(text)) return { kind: "by-hand", lines };
  writeFileSync(file, `${text}\n${lines}`);
  return { kind: "added", origin };
}
