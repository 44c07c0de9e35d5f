// `sx hash`: what each definition of a library is known by whatever its name, one line a definition in the
// order of the files. Nothing runs but macros.

import { showAddress } from "../content/hash.ts";
import { createRealm } from "../realm.ts";
import { readText } from "./files.ts";
import { parseArguments } from "./options.ts";
import { engineOf, filesOf, type Streams } from "./programs.ts";

/** Hashes the definitions of files that together are one library. */
export async function hashFiles(line: readonly string[], { out }: Streams): Promise<number> {
  const parsed = parseArguments(line, ["engine"], ["json"]);
  const files = filesOf(parsed, "hash");
  const realm = createRealm({ engine: await engineOf(parsed) });
  for (const file of files) realm.load(readText(file), { file });
  const hashes = [...realm.hashes()];
  if (parsed.options.has("json")) {
    const definitions = hashes.map(([name, { hash, member, definition, references }]) => ({
      name,
      kind: definition.kind,
      hash,
      member,
      references: references.map((reference) => reference.name),
    }));
    out.write(`${JSON.stringify({ definitions })}\n`);
  } else for (const [name, hash] of hashes) out.write(`${showAddress(hash)} ${name}\n`);
  return 0;
}
