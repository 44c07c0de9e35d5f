// The views of the project for tests: this library, and with it those of every service, as a site loads them.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createRealm, type Realm } from "@rose-ash/sx";
import { jsEngine } from "@rose-ash/sx/js";

const own = join(import.meta.dirname, "../sx");
const services = join(import.meta.dirname, "../../../services");

/** The shared components alone. */
export function loadShared(): Realm {
  return load(own, []);
}

/** Every `class` value that is written in the shared components and in the views of all services. */
export function allClassStrings(): string[] {
  const shared = loadShared();
  const theirs = readdirSync(services, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && readdirSync(join(services, entry.name)).includes("sx"))
    .map((entry) => load(join(services, entry.name, "sx"), [shared]));
  return [shared, ...theirs].flatMap((realm) => realm.classStrings());
}

function load(folder: string, parents: Realm[]): Realm {
  const realm = createRealm({ engine: jsEngine(), parents, checkHostValues: true });
  for (const name of readdirSync(folder).sort()) {
    if (name.endsWith(".sx")) realm.load(readFileSync(join(folder, name), "utf8"), { file: name });
  }
  realm.link();
  return realm;
}
