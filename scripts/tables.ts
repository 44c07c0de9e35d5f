// Writes tables.ts for the platform and every service: the types of their tables, as a migrated database has
// them. Run it after adding a migration; the check of the same name compares. What the text is like is said in
// platform/store/tables.ts.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readIfThere } from "./check/project-files.ts";
import { createTableDescriber, foldersOfTables } from "./check/tables.ts";

const root = join(import.meta.dirname, "..");
const describeService = createTableDescriber();

for (const folder of foldersOfTables(root)) {
  const file = `${folder}/tables.ts`;
  const text = await describeService(join(root, folder));
  if (text === null) continue;
  const changed = readIfThere(root, file) !== text;
  if (changed) writeFileSync(join(root, file), text);
  console.log(`${file}: ${changed ? "written" : "up to date"}`);
}
