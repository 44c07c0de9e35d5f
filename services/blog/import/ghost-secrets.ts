// Secrets in a Ghost export, by name. Nothing here returns or keeps a value: the names go into the report, so
// that whoever made the export knows what else is in the file that they are passing around.

import { type Fields, textIn } from "./ghost-document.ts";
import type { GhostFile } from "./ghost-file.ts";

const secretName =
  /secret|token|passw|salt|api_?key|private_?key|credential|(?:^|_)hash$|stripe_\w*(?:key|integration)/i;

/** Settings whose value lets anybody write to a channel. */
const secretSettings = new Set(["slack_url"]);

/** A member of an object inside a setting that tells a secret and is not empty. */
const secretInside =
  /"\w{0,40}(?:secret|token|passw|api_?key|private_?key)\w{0,40}"\s{0,9}:\s{0,9}"[^"]|\/\/hooks\.slack\.com\//i;

/** Names such as "settings.mailgun_api_key" and "users.password", each once, sorted. */
export function secretNames(file: GhostFile): string[] {
  const names = new Set<string>();
  for (const table of file.tableNames()) {
    for (const row of file.looseRows(table)) {
      if (table === "settings") {
        if (isSecretSetting(row)) names.add(`settings.${textIn(row, "key").slice(0, 80)}`);
        continue;
      }
      for (const column of Object.keys(row)) {
        if (secretName.test(column) && textIn(row, column).trim() !== "")
          names.add(`${table}.${column}`.slice(0, 80));
      }
    }
  }
  return [...names].sort();
}

function isSecretSetting(row: Fields): boolean {
  const key = textIn(row, "key");
  const value = textIn(row, "value").trim();
  if (value === "" || value === "{}" || value === "[]" || value === "null") return false;
  return secretName.test(key) || secretSettings.has(key) || secretInside.test(value.slice(0, 200_000));
}
