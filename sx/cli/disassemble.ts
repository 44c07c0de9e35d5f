// `sx disassemble`: the module that a file is, or that its source compiles to, for people; with --json as data. A
// module is shown as it is, verified or not, since whoever looks may want to know why it was refused.

import { decode } from "../vm/decode.ts";
import { disassemble, showListing } from "../vm/disassemble.ts";
import { compileText } from "./compile.ts";
import { readText } from "./files.ts";
import { isModuleFile, moduleOf } from "./modules.ts";
import { parseArguments, WrongUsage } from "./options.ts";
import { filesOf, type Streams } from "./programs.ts";

/** Shows the one file of a line. */
export function showModule(line: readonly string[], { out }: Streams): number {
  const parsed = parseArguments(line, [], ["json"]);
  const [file = "", ...more] = filesOf(parsed, "disassemble");
  if (more.length > 0) throw new WrongUsage("sx disassemble takes one file.");
  const module = isModuleFile(file) ? moduleOf(file, decode) : compileText(readText(file), file);
  const listing = disassemble(module);
  out.write(parsed.options.has("json") ? `${JSON.stringify(listing)}\n` : showListing(listing));
  return 0;
}
