// Finding the services of the installation: the folders of services/ that have a service.ts.
// They are imported by path, so that nothing below the launcher knows their names.
import { access, readdir } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Refusal, systemCode } from "./refusal.ts";
import type { AnyService } from "./service.ts";

/** The names of all services in `root`/services, in order. */
export async function findServices(root: string): Promise<string[]> {
  const folder = join(root, "services");
  const names: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    if (entry.isDirectory() && (await exists(join(folder, entry.name, "service.ts")))) names.push(entry.name);
  }
  return names.sort();
}

/** Loads the named services, or all when none is named. Refuses a name that there is no service of. */
export async function loadServices(root: string, names: readonly string[]): Promise<AnyService[]> {
  const known = await findServices(root);
  if (known.length === 0)
    throw new Refusal(`There is no service in ${join(root, "services")}: start from the project's folder.`);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new Refusal(`There is no service named “${unknown}”: choose from ${known.join(", ")}.`);
  }
  const wanted = names.length > 0 ? [...new Set(names)] : known;
  return Promise.all(wanted.map((name) => loadService(root, name)));
}

async function loadService(root: string, name: string): Promise<AnyService> {
  const file = join(root, "services", name, "service.ts");
  const loaded = (await import(pathToFileURL(file).href)) as { service?: AnyService }; // checked just below
  if (loaded.service?.name !== name) {
    throw new Refusal(`${file} must export its description as “service”, with the name “${name}”.`);
  }
  return loaded.service;
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch (error) {
    if (systemCode(error) === "ENOENT") return false;
    throw error;
  }
}
