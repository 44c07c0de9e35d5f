// Writes services/<name>/tables.ts for every service: the types of its tables, as its migrated database has
// them. Run it after adding a migration; the check of the same name compares. What the text is like is said in
// platform/store/tables.ts.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { listServices, readIfThere } from "./check/project-files.ts";
import { createTableDescriber } from "./check/tables.ts";

const root = join(import.meta.dirname, "..");
const describeService = createTableDescriber();

for (const name of listServices(root)) {
  const file = `services/${name}/tables.ts`;
  const text = await describeService(join(root, "services", name));
  if (text === null) continue;
  const changed = readIfThere(root, file) !== text;
  if (changed) writeFileSync(join(root, file), text);
  console.log(`${file}: ${changed ? "written" : "up to date"}`);
}
